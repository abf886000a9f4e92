"""Answers that come in another way than the bot asks: in the channel, several at once, twice."""

from pathlib import Path
from typing import Any

import pytest

from edges import CHANNEL, FIRST, SECOND, answers, begin, choices, private, says, shown, state, texts
from stage import Stage

# In the channel -----------------------------------------------------------------------------------------------------


async def writes(stage: Stage, name: str, text: str, **how: Any) -> None:
    await stage.person(name).says(text, CHANNEL, **how)
    await stage.settled()


async def test_an_answer_in_the_channel_is_asked_about_privately_and_taken_by_a_click(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await writes(stage, "Ana", "yes but only for the fraud model")

        assert await choices(stage) == []
        assert "Was this for the assessment of *fraud model*, question 1" in private(stage, "Ana")[-1]

        await stage.person("Ana").clicks("Take it as Partly")
        await stage.settled()

        assert [(row["practice"], row["choice"], row["note"]) for row in await answers(stage)] == [
            (FIRST, "partly", "only for the fraud model")
        ]
        assert "2 of about" in texts(stage)[-1]


async def test_an_answer_with_a_mention_in_the_channel_is_asked_about_as_well(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await writes(stage, "Ana", "@maturity partly")

        assert "Was this for the assessment of *fraud model*" in private(stage, "Ana")[-1]
        assert "1 of about" in texts(stage)[-1]


async def test_no_leaves_an_answer_in_the_channel_alone(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await writes(stage, "Ana", "yes")
        await stage.person("Ana").clicks("No", within="Was this for")
        await stage.settled()

        assert await choices(stage) == []
        assert private(stage, "Ana") == ["Nothing changed."]


async def test_a_button_of_the_channel_takes_nothing_once_somebody_else_has_answered(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await writes(stage, "Ana", "yes")
        await stage.person("Ben").clicks("No")
        await stage.settled()
        await stage.person("Ana").clicks("Take it as Yes")
        await stage.settled()

        assert await choices(stage) == [(FIRST, "no")]
        assert "Change it to *yes*?" in private(stage, "Ana")[-1]


async def test_with_two_open_assessments_a_bare_answer_in_the_channel_is_never_taken(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await begin(stage, "churn model")
        await writes(stage, "Ana", "yes")

        assert await choices(stage) == []
        assert private(stage, "Ana") == []


async def test_of_two_assessments_the_one_that_is_theirs_is_named(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await begin(stage, "churn model", "Ben")
        await writes(stage, "Ana", "yes")

        assert "Was this for the assessment of *fraud model*" in private(stage, "Ana")[-1]


async def test_what_others_say_in_the_channel_is_let_be_and_not_written_down(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        before = await stage.bot.store.read(lambda reading: reading.sql("SELECT count(*) AS n FROM inbox"))
        await writes(stage, "Dora", "yes")
        await writes(stage, "Ana", "lunch, anyone?")
        after = await stage.bot.store.read(lambda reading: reading.sql("SELECT count(*) AS n FROM inbox"))

        assert (private(stage, "Dora"), private(stage, "Ana")) == ([], [])
        assert after == before


async def test_a_reply_that_is_also_sent_to_the_channel_counts_once(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        stage.workspace.event_copies = 2
        await writes(stage, "Ana", "yes", thread=(await state(stage)).thread, broadcast=True)

        assert await choices(stage) == [(FIRST, "yes")]
        assert private(stage, "Ana") == []


@pytest.mark.parametrize("kind", ["message", "app_mention"])
async def test_a_workspace_that_sends_only_one_of_the_two_events_of_a_mention_works(tmp_path: Path, kind: str) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        thread = (await state(stage)).thread
        event = {"user": stage.person("Ana").id, "text": f"<@{stage.bot.router.me.user}> partly", "thread_ts": thread}
        event |= {"type": kind, "ts": stage.workspace.hub.stamps.next(), "channel": shown(stage)[-1].channel}
        await stage.bot.router.route({"type": "event_callback", "event": event})
        await stage.settled()

        assert await choices(stage) == [(FIRST, "partly")]


async def test_a_reaction_is_no_answer(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        item = {"type": "message", "channel": shown(stage)[-1].channel, "ts": shown(stage)[-1].ts}
        event = {"type": "reaction_added", "user": stage.person("Ana").id, "reaction": "+1", "item": item}
        await stage.bot.router.route({"type": "event_callback", "event": event})
        await stage.settled()
        await says(stage, "Ana", "help")

        assert await choices(stage) == []
        assert "Reactions do not count" in private(stage, "Ana")[-1]


# Several at once, and twice -----------------------------------------------------------------------------------------


async def answered_two(stage: Stage) -> None:
    await begin(stage)
    for label in ("No", "No"):
        await stage.person("Ana").clicks(label)
        await stage.settled()


async def test_several_numbered_answers_are_all_taken_and_shown_back_in_one_message(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await answered_two(stage)
        third = (await state(stage)).question
        assert third is not None
        await says(stage, "Ana", "1 yes\n2. no, not yet\n3) partly: fraud only")

        now = await state(stage)
        assert {practice: given.choice for practice, given in now.answers.items()} == {
            FIRST: "yes",
            SECOND: "no",
            third.id: "partly",
        }
        back = next(text for text in texts(stage) if text.startswith("Noted 3 answers by Ana"))
        assert "*yes* (was *no*)" in back
        assert "“fraud only”" in back
        assert "4 of about" in texts(stage)[-1]


async def test_of_numbered_answers_those_to_questions_that_never_came_are_named(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await answered_two(stage)
        await says(stage, "Ana", "1 yes 9 no")

        assert (await state(stage)).answers[FIRST].choice == "yes"
        assert "There is no question 9 yet" in private(stage, "Ana")[-1]
        assert sum("3 of about" in text for text in texts(stage)) == 1


async def test_a_contradiction_stands_and_what_it_contradicts_is_kept(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await says(stage, "Ana", "yes, all of them")
        await says(stage, "Ana", "edit 1 no")

        assert (await state(stage)).answers[FIRST].choice == "no"
        assert [(row["choice"], row["note"]) for row in await answers(stage)] == [("yes", "all of them"), ("no", None)]


@pytest.mark.parametrize(
    ("typed", "told"), [("yes", "recorded as *yes* already, by Ben"), ("no", "Change it to *no*?")]
)
async def test_a_typed_answer_that_a_click_overtook_is_told_what_is_recorded(
    tmp_path: Path, typed: str, told: str
) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        event = {"type": "message", "user": stage.person("Ana").id, "text": typed, "channel": shown(stage)[-1].channel}
        event |= {"ts": stage.workspace.hub.stamps.next(), "thread_ts": (await state(stage)).thread or ""}
        await stage.person("Ben").clicks("Yes")
        await stage.settled()
        await stage.bot.router.route({"type": "event_callback", "event": event})
        await stage.settled()

        assert await choices(stage) == [(FIRST, "yes")]
        assert told in private(stage, "Ana")[-1]


async def test_an_answer_on_the_phone_and_one_on_the_desktop_are_one_answer(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        event = {"type": "message", "user": stage.person("Ana").id, "text": "no", "channel": shown(stage)[-1].channel}
        event |= {"ts": stage.workspace.hub.stamps.next(), "thread_ts": (await state(stage)).thread or ""}
        await says(stage, "Ana", "yes")
        await stage.bot.router.route({"type": "event_callback", "event": event})
        await stage.settled()

        assert await choices(stage) == [(FIRST, "yes")]
        assert "before the question was on screen" in private(stage, "Ana")[-1]
