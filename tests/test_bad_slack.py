"""Whatever Slack does, nothing is lost, nothing doubled, and nobody waits for an acknowledgement."""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
import pytest_asyncio

from bot.courier import Courier
from bot.people import LOOK_SECONDS
from bot.sandbox.errors import NotAcknowledged
from bot.sandbox.socket_mode import Farewell
from bot.sandbox.weather import Weather
from storage.outbox import Owed
from storage.writing import Writing
from timed_stage import CHANNEL, TimedStage

OTHER = "demand-forecast"
HOUR = 3_600.0
ACK_SECONDS = 3.0  # Slack's limit


class Played(NamedTuple):
    """What a conversation left behind: in Slack and on the disk."""

    posts: list[str]
    answers: list[tuple[str, str, str]]


async def begin(stage: TimedStage) -> None:
    """Ana starts an assessment; both are known by name, so that no look-up can change what is said."""
    for name in ("Ana", "Ben"):
        await stage.person(name).commands("/maturity help", CHANNEL)
    await stage.person("Ana").commands("/maturity start full fraud model", CHANNEL)
    await stage.settled()


async def go_on(stage: TimedStage, between: Callable[[], object] = lambda: None) -> Played:
    """Four answers, by button and by word; before each of them `between` may do something."""
    await stage.person("Ana").clicks("Skip the facts")
    await stage.settled()
    for label in ("Yes", "Partly", "No"):
        between()
        await click(stage, label)
    between()
    await say(stage)
    return Played(stage.posts(), await stage.answers())


async def click(stage: TimedStage, label: str) -> None:
    """Ben answers; where Slack shows him a failure he looks whether he was heard, and clicks again if not."""
    before = len(await stage.answers())
    for _ in range(5):
        with suppress(NotAcknowledged):
            await stage.person("Ben").clicks(label)
        await stage.settled()
        if len(await stage.answers()) > before:
            # Where the acknowledgement was lost, the bot may be at work still: the next question has to be there.
            for _ in range(20):
                await stage.settled()
                if any(f"{before + 2} of about" in text for text in stage.posts()):
                    break
            return


async def say(stage: TimedStage) -> None:
    """Ana answers in words; what is not acknowledged Slack brings again by itself, until it is."""
    try:
        await stage.person("Ana").says("yes, since March", CHANNEL, stage.person("Ana").last(CHANNEL))
    except NotAcknowledged:
        while not await brought_again(stage):
            await stage.resting()
    await stage.settled()


async def brought_again(stage: TimedStage) -> bool:
    """Bring the last words that somebody wrote once more; whether they were acknowledged."""
    hub = stage.workspace.hub
    channel = hub.state.channels[stage.workspace.channel_id(CHANNEL)]
    said = [each for each in hub.state.in_channel(channel.id).values() if not each.get("bot_id")][-1]
    with hub.events.collected() as deliveries:
        hub.events.message(channel, {**said, "event_ts": said["ts"]})
    return all([await delivery is None for delivery in deliveries])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Played:
    async with TimedStage(tmp_path_factory.mktemp("undisturbed")) as stage:
        await begin(stage)
        return await go_on(stage)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[TimedStage]:
    async with TimedStage(tmp_path) as running:
        yield running


def lose_looks(weather: Weather) -> None:
    weather.drop("chat.postMessage")
    weather.drop("conversations.replies", 2)


def throttle_looks(weather: Weather) -> None:
    weather.drop("chat.postMessage")
    weather.storm("conversations.replies", 3, retry_after=20)


def be_slow(weather: Weather) -> None:
    for method in ("chat.postMessage", "chat.update"):
        weather.slow(5.0, method)


# Weather -------------------------------------------------------------------------------------------------------------

WEATHERS: dict[str, Callable[[Weather], object]] = {
    "429 for posts": lambda weather: weather.storm("chat.postMessage", 3, retry_after=7),
    "429 for edits": lambda weather: weather.storm("chat.update", 4, retry_after=30),
    "429 for everything": lambda weather: weather.storm("*", 12, retry_after=5),
    "the limits of each tier": lambda weather: weather.throttle(),
    "500 for posts": lambda weather: weather.break_down("chat.postMessage", 2),
    "500 for everything": lambda weather: weather.break_down("*", 5),
    "answers of posts lost": lambda weather: weather.drop("chat.postMessage", 2),
    "answers of edits lost": lambda weather: weather.drop("chat.update", 3),
    "posts lost on the way": lambda weather: weather.drop("chat.postMessage", 2, after=False),
    "posts and then the looks for them lost": lose_looks,
    "posts lost, the looks for them throttled": throttle_looks,
    "five seconds for every message": be_slow,
}


@pytest.mark.parametrize("name", WEATHERS)
async def test_in_any_weather_everything_arrives_once_and_in_order(
    stage: TimedStage, undisturbed: Played, name: str
) -> None:
    await begin(stage)
    WEATHERS[name](stage.weather)

    assert await go_on(stage) == undisturbed
    assert stage.bot.courier.doubt.posted_blindly == 0
    assert stage.weather.to_come == 0


async def test_an_acknowledgement_waits_for_no_call_but_the_look_ups_and_for_them_a_second(stage: TimedStage) -> None:
    """The clock stands still, so no call gets through; the acts return once they are acknowledged."""
    await begin(stage)
    await stage.person("Ana").clicks("Skip the facts")
    await stage.settled()
    stage.weather.slow(HOUR)

    await stage.person("Dora").clicks("Yes")  # nobody knows her yet: she is looked up
    await stage.person("Ben").commands("/maturity status", CHANNEL)

    assert stage.time.waiting > 0
    assert len(await stage.answers()) == 1
    assert LOOK_SECONDS < ACK_SECONDS
    stage.weather.clear()
    await stage.pass_time(2 * HOUR, step=HOUR)


async def test_a_refused_look_ends_in_a_post_that_is_counted_and_logged(
    stage: TimedStage, undisturbed: Played, caplog: pytest.LogCaptureFixture
) -> None:
    await begin(stage)
    stage.weather.break_down("chat.postMessage")
    stage.weather.refuse("conversations.replies", "missing_scope", 100, needed="channels:history")
    with caplog.at_level(logging.WARNING):
        played = await go_on(stage)

    assert played == undisturbed
    assert stage.bot.courier.doubt.posted_blindly == 1
    assert "could not look for a doubtful message" in caplog.text


# The socket ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
async def test_a_socket_that_slack_renews_loses_and_doubles_nothing(
    stage: TimedStage, undisturbed: Played, reason: Farewell
) -> None:
    farewells: list[asyncio.Task[None]] = []
    await begin(stage)

    played = await go_on(stage, lambda: farewells.append(asyncio.create_task(stage.weather.disconnect(reason))))

    assert played == undisturbed
    assert len(farewells) == 4


async def test_a_socket_that_breaks_without_a_word_loses_and_doubles_nothing(
    stage: TimedStage, undisturbed: Played
) -> None:
    breaks: list[asyncio.Task[None]] = []
    await begin(stage)

    played = await go_on(stage, lambda: breaks.append(asyncio.create_task(stage.workspace.link.close())))

    assert played == undisturbed
    assert len(breaks) == 4


async def test_a_message_whose_acknowledgement_was_lost_with_the_socket_counts_once(stage: TimedStage) -> None:
    await begin(stage)
    await stage.person("Ana").clicks("Skip the facts")
    await stage.settled()
    stage.weather.slow(HOUR, "users.info")  # holds the message back until the socket is gone
    saying = asyncio.create_task(stage.person("Dora").says("yes", CHANNEL, stage.person("Ana").last(CHANNEL)))
    await stage.time.reached.wait()
    await stage.workspace.link.close()
    missed = stage.workspace.hub.events.last
    with pytest.raises(NotAcknowledged):
        await saying
    stage.weather.clear()
    assert await stage.workspace.redeliver(missed) is None
    await stage.pass_time(HOUR + 1, step=HOUR + 1)
    await stage.settled()

    assert len(await stage.answers()) == 1


async def test_a_bot_goes_on_although_its_way_back_was_barred(stage: TimedStage, undisturbed: Played) -> None:
    await begin(stage)
    stage.weather.break_down("apps.connections.open", 2)
    await stage.weather.disconnect("link_disabled")

    assert await go_on(stage) == undisturbed


async def test_an_address_for_a_socket_that_lapsed_before_it_was_used_is_not_tried_for_ever(
    stage: TimedStage, undisturbed: Played
) -> None:
    await begin(stage)

    async def let_lapse(method: str, _arguments: object, _result: object) -> None:
        if method == "apps.connections.open":
            stage.workspace.before_reply = None
            stage.workspace.link.void_tickets()

    stage.workspace.before_reply = let_lapse
    await stage.workspace.link.close()

    assert await go_on(stage) == undisturbed


async def test_a_courier_that_is_stopped_at_the_moment_it_is_called_ends(stage: TimedStage) -> None:
    house = stage.bot
    pace, files = house.courier.pace, house.courier.uploader
    courier = Courier(house.store, house.client, pace, house.now, house.bot.handle, files)
    working = asyncio.create_task(courier.run())
    while not courier.resting:  # noqa: ASYNC110 - nothing rings when a database answers
        await asyncio.sleep(0)
    courier.wake()
    working.cancel()
    for _ in range(10):
        await asyncio.sleep(0)

    assert working.cancelled()


# An hour without Slack -----------------------------------------------------------------------------------------------


async def test_after_an_hour_without_slack_everything_comes_once_in_order_and_within_its_limits(
    stage: TimedStage, undisturbed: Played
) -> None:
    await begin(stage)
    await stage.person("Ana").clicks("Skip the facts")
    await stage.weather.outage()
    await stage.pass_time(HOUR, step=60.0)
    assert stage.posts()[-1] != undisturbed.posts[-1]

    stage.weather.back()
    stage.weather.throttle()
    await stage.workspace.until(lambda: stage.workspace.link.connected)
    await stage.settled()
    for label in ("Yes", "Partly", "No"):
        await click(stage, label)
    await say(stage)

    assert Played(stage.posts(), await stage.answers()) == undisturbed
    assert stage.bot.courier.doubt.posted_blindly == 0
    assert stage.weather.throttled == 0


async def test_what_people_do_while_slack_is_away_fails_visibly_and_leaves_nothing_half_written(
    stage: TimedStage,
) -> None:
    await begin(stage)
    await stage.person("Ana").clicks("Skip the facts")
    await stage.settled()
    await stage.weather.outage()
    stage.workspace.link.ack_limit = 0.05
    with pytest.raises(NotAcknowledged):
        await stage.person("Ben").clicks("Yes")

    assert await stage.answers() == []


async def test_a_reminder_and_a_nudge_that_came_due_meanwhile_come_once(stage: TimedStage) -> None:
    """The assessment has been quiet for three working days, and the other channel's day has come, both at ten."""
    await begin(stage)
    await stage.person("Ana").clicks("Skip the facts")
    await stage.person("Ana").commands("/maturity remind on 2026-11-27", OTHER)
    await stage.settled()
    before = len(stage.posts())
    await stage.pass_time(dt.timedelta(days=3, hours=23, minutes=30).total_seconds(), step=47.75 * HOUR)
    await stage.weather.outage()
    await stage.pass_time(HOUR, step=60.0)
    assert len(stage.posts()) == before

    stage.weather.back()
    stage.weather.throttle()
    await stage.settled()
    await stage.pass_time(HOUR, step=60.0)

    assert len([text for text in stage.posts(OTHER) if "Time to look at" in text]) == 1
    assert len(stage.posts()) == before + 1
    assert stage.weather.throttled == 0


async def test_many_messages_in_doubt_are_looked_for_and_sent_without_a_burst(stage: TimedStage) -> None:
    """Each was tried while Slack took nothing in; then there are more of them than may be looked for in a minute."""
    count = 55
    await begin(stage)
    already = len(stage.posts())
    await stage.weather.outage()

    def work(writing: Writing) -> None:
        for number in range(count):
            writing.owe(loose(stage, number))

    await stage.bot.store.turn(work)
    await stage.pass_time(75, step=5.0)
    stage.weather.back()
    stage.weather.throttle()
    await stage.settled()

    assert sorted(stage.posts()[already:]) == [f"note {number:02d}" for number in range(count)]
    assert stage.bot.courier.doubt.posted_blindly == 0
    assert stage.weather.throttled == 0


def loose(stage: TimedStage, number: int) -> Owed:
    """A message of no assessment."""
    return Owed(
        key=f"note:{number:02d}",
        workspace=stage.bot.router.me.team,
        dialog=None,
        channel=stage.workspace.channel_id(CHANNEL),
        kind="post",
        slot=None,
        payload={"text": f"note {number:02d}", "blocks": []},
        created_at=stage.clock(),
    )
