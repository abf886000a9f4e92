"""Reminders and nudges through the real bot: once, in time, and with a word where they cannot be delivered."""

import asyncio
import itertools
import logging
from pathlib import Path

import pytest

from bot.house import House, build
from dialogs.events import NudgeDue, Person, Pressed, ReminderDue
from stage import Stage, shared_charts, shipped_index

CHANNEL = "fraud-detection"
DAY = 86_400.0
REMINDER = "Time to look at fraud-detection again."


async def reminded(stage: Stage, words: str = "every 3 months") -> None:
    """Ana sets a reminder; on 23 February 2027 at 10:00 in Berlin it is due."""
    await stage.person("Ana").commands(f"/maturity remind {words}", CHANNEL)
    await stage.settled()


async def passes(stage: Stage, days: float) -> None:
    stage.clock.forward(days * DAY)
    await stage.bot.clock.tick()
    stage.bot.courier.wake()
    await stage.settled()


def texts(stage: Stage, words: str, channel: str = CHANNEL) -> list[str]:
    seen = stage.person("Ana").sees(channel)
    return [each.text for each in seen if words in each.text]


def direct(stage: Stage, name: str) -> list[str]:
    person = stage.person(name)
    return [each.text for each in person.sees() if each.channel == stage.workspace.state.im_of(person.id).id]


def whispers(stage: Stage, name: str) -> list[str]:
    return [each.text for each in stage.person(name).sees() if each.ephemeral]


def another_process(stage: Stage) -> House:
    ticks = itertools.count(step=10.0)
    return build(
        stage.settings, now=stage.clock, monotonic=lambda: next(ticks), index=shipped_index(), charts=shared_charts()
    )


# Once ---------------------------------------------------------------------------------------------------------------


async def test_two_processes_that_look_at_the_same_moment_send_one_reminder(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage)
        stage.clock.forward(92 * DAY)
        other = another_process(stage)

        await asyncio.gather(stage.bot.clock.tick(), other.clock.tick())
        stage.bot.courier.wake()
        await stage.settled()
        await other.close()

        assert len(texts(stage, REMINDER)) == 1


async def test_a_due_date_handed_in_twice_takes_effect_once(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage)
        heard: list[ReminderDue | NudgeDue] = []
        handle = stage.bot.clock.handle

        async def twice(event: ReminderDue | NudgeDue) -> object:
            heard.append(event)
            await handle(event)
            return await handle(event)

        stage.bot.clock.handle = twice
        await passes(stage, 92)

        assert len(heard) == 1
        assert len(texts(stage, REMINDER)) == 1


async def test_what_was_missed_while_the_bot_was_down_comes_once_and_says_so(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage, "every 2 weeks")
        await stage.stop_bot()
        stage.clock.forward(100 * DAY + 3_600)  # seven dates have passed; it is Wednesday, 11:00 in Berlin
        await stage.start_bot()

        await passes(stage, 0)

        assert len(texts(stage, REMINDER)) == 1
        assert texts(stage, "This comes late: it was due on Mon 7 Dec 2026.")
        await passes(stage, 5)
        assert len(texts(stage, REMINDER)) == 1


async def test_a_bot_that_comes_back_at_night_waits_for_the_morning(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage)
        await stage.stop_bot()
        stage.clock.forward(92 * DAY + 13 * 3_600)  # 23 February 2027, 23:00 in Berlin
        await stage.start_bot()

        await passes(stage, 0)
        assert texts(stage, REMINDER) == []

        await passes(stage, 11 / 24)
        assert texts(stage, "This comes late: it was due on Tue 23 Feb 2027")


async def test_a_reminder_survives_a_restart(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage)
        await stage.stop_bot()
        await stage.start_bot()

        await passes(stage, 92)

        assert len(texts(stage, REMINDER)) == 1


# Where it cannot be delivered ---------------------------------------------------------------------------------------


async def test_an_archived_channel_lets_the_reminder_rest_and_tells_who_set_it_once(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage)
        stage.workspace.archive(CHANNEL)

        await passes(stage, 92)
        await passes(stage, 92)

        told = [text for text in direct(stage, "Ana") if "reminder" in text]
        assert len(told) == 1
        assert "(it is archived), so the reminder of *fraud-detection* rests." in told[0]


async def test_a_bot_put_out_of_the_channel_says_how_to_invite_it_again(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage)
        await stage.person("Ana").removes(CHANNEL)

        await passes(stage, 92)

        assert any("Invite me with `/invite @maturity`" in text for text in direct(stage, "Ana"))


async def test_a_reminder_is_retired_where_nobody_is_left(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage)
        state = stage.workspace.state
        state.channels[stage.workspace.channel_id(CHANNEL)].members = [state.bot_user]

        await passes(stage, 92)

        assert texts(stage, REMINDER) == []
        assert any("Nobody but me is left" in text for text in direct(stage, "Ana"))


async def test_nothing_comes_due_while_slack_refuses_the_token_and_it_comes_late_afterwards(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage)
        stage.bot.courier.locked_out = "account_inactive"

        stage.clock.forward(92 * DAY)
        assert await stage.bot.clock.tick() == 0
        stage.clock.forward(DAY)
        stage.bot.courier.locked_out = None
        await passes(stage, 0)

        assert texts(stage, "This comes late: it was due on Tue 23 Feb 2027")


async def test_one_reminder_that_fails_keeps_no_other_waiting(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage)
        await stage.person("Ana").commands("/maturity remind every 3 months", "demand-forecast")
        await stage.settled()
        handle = stage.bot.clock.handle

        async def trips(event: ReminderDue | NudgeDue) -> object:
            if event.channel == stage.workspace.channel_id(CHANNEL):
                raise RuntimeError("a stone in the way")
            return await handle(event)

        stage.bot.clock.handle = trips
        with caplog.at_level(logging.CRITICAL):
            await passes(stage, 92)
        assert texts(stage, "Time to look at demand-forecast again.", "demand-forecast")

        stage.bot.clock.handle = handle
        await passes(stage, 0)
        assert len(texts(stage, REMINDER)) == 1


# What its buttons do ------------------------------------------------------------------------------------------------


async def test_a_snooze_beyond_the_next_date_takes_its_place(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage, "every 2 weeks")
        await passes(stage, 14.01)

        await stage.person("Ben").clicks("Snooze a month")
        await stage.settled()

        assert texts(stage, "snoozed by Ben until Thu 7 Jan 2027, 10:00. The date in between, Mon 21 Dec 2026, is left")
        await passes(stage, 14)
        assert texts(stage, REMINDER) == []  # the message was folded, and no other came
        await passes(stage, 17)
        assert len(texts(stage, REMINDER)) == 1


async def test_a_second_click_says_that_somebody_has_dealt_with_it(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage)
        await passes(stage, 92)
        event = stage.workspace.person("Ben")
        await event.clicks("Stop")
        await stage.settled()

        assert texts(stage, "reminders stopped by Ben")
        await passes(stage, 400)
        assert texts(stage, REMINDER) == []


async def test_starting_by_hand_shortly_before_keeps_the_reminder_away(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage)
        await passes(stage, 91)
        await stage.person("Ben").commands("/maturity start", CHANNEL)
        await stage.settled()

        await passes(stage, 1)

        assert texts(stage, REMINDER) == []


async def test_finishing_moves_the_next_date(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage)
        await passes(stage, 30)
        await stage.person("Ana").commands("/maturity start", CHANNEL)
        await stage.settled()
        await stage.person("Ana").clicks("Skip the facts")
        await stage.settled()

        await stage.person("Ana").says("finish", CHANNEL, texts_thread(stage))
        await stage.settled()

        assert texts(stage, "*fraud-detection: I come back on Tue 23 Mar 2027, 10:00*")
        await passes(stage, 62)
        assert texts(stage, REMINDER) == []


def texts_thread(stage: Stage) -> str:
    """The thread of the assessment begun last."""
    parents = [each for each in stage.person("Ana").sees(CHANNEL) if "MLOps maturity of" in each.text]
    return parents[-1].ts


async def test_travel_of_who_started_takes_the_reminder_along_to_the_morning_there(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage)
        stage.workspace.state.people[stage.person("Ana").id].tz = "America/New_York"
        await stage.stop_bot()  # who people are is remembered for ten minutes
        await stage.start_bot()

        await passes(stage, 92)
        assert texts(stage, REMINDER) == []

        await passes(stage, 0.25)
        assert len(texts(stage, REMINDER)) == 1


async def test_people_of_another_workspace_change_no_reminder(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await reminded(stage)
        await passes(stage, 92)
        due = stage.bot.clock.now()
        reminder = (await stage.bot.store.read(lambda reading: reading.reminders()))[0]
        stranger = Person("U9STRANGER", "Zoe", outsider=True)

        for action in ("remind-start", "remind-snooze", "remind-stop"):
            click = Pressed(
                key=f"c:{action}",
                workspace=reminder.workspace,
                channel=reminder.channel,
                person=stranger,
                at=due,
                action=action,
                dialog=reminder.id,
                argument=f"week {(reminder.message or '').removeprefix('due:')}",
            )
            reply = await stage.bot.bot.handle(click)
            assert [each.text for each in reply.whispers] == ["Only people of this workspace can take part here."]

        assert (await stage.bot.store.read(lambda reading: reading.reminders()))[0] == reminder
