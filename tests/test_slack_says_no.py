"""What Slack refuses for good: what becomes of the assessment or the reminder, and who is told, once."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.stuck import read_status
from timed_stage import CHANNEL, TimedStage

HOUR, DAY = 3_600.0, 86_400.0
REMINDER = "Time to look at fraud-detection again."
NOT_THERE = ("not_in_channel", "is_archived", "channel_not_found")
TOO_MUCH = ("msg_blocks_too_long", "invalid_blocks")
LOCKED_OUT = ("account_inactive", "token_revoked")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[TimedStage]:
    async with TimedStage(tmp_path) as running:
        yield running


async def asking(stage: TimedStage, channel: str = CHANNEL, subject: str = "fraud model") -> None:
    await stage.person("Ana").commands(f"/maturity start full {subject}", channel)
    await stage.settled()
    await stage.person("Ana").clicks("Skip the facts")
    await stage.settled()


async def reminded(stage: TimedStage) -> None:
    """On 23 February 2027 it is due."""
    await stage.person("Ana").commands("/maturity remind every 3 months", CHANNEL)
    await stage.settled()


async def comes_due(stage: TimedStage) -> None:
    await stage.pass_time(92 * DAY, step=92 * DAY)
    await stage.settled()


async def phases(stage: TimedStage) -> list[str]:
    rows = await stage.bot.store.read(lambda reading: reading.sql("SELECT phase FROM dialogs ORDER BY began_at"))
    return [row["phase"] for row in rows]


def locked_out(stage: TimedStage) -> str | None:
    return stage.bot.courier.locked_out


def logged(caplog: pytest.LogCaptureFixture, words: str) -> int:
    return sum(words in record.getMessage() for record in caplog.records)


# The place is gone ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", NOT_THERE)
async def test_an_assessment_that_cannot_go_on_rests_and_its_starter_is_told_once(
    stage: TimedStage, error: str
) -> None:
    await asking(stage)
    stage.weather.refuse("chat.postMessage", error)
    await stage.person("Ben").clicks("Yes")
    await stage.settled()
    await stage.pass_time(DAY, step=DAY)

    assert await phases(stage) == ["paused"]
    assert len(stage.direct("Ana")) == 1
    assert "fraud model" in stage.direct("Ana")[0]
    assert len(await stage.answers()) == 1


@pytest.mark.parametrize("error", NOT_THERE)
async def test_a_reminder_that_cannot_be_written_rests_and_who_set_it_is_told_once(
    stage: TimedStage, error: str
) -> None:
    await reminded(stage)
    stage.weather.refuse("chat.postMessage", error)
    await comes_due(stage)
    await comes_due(stage)

    (reminder,) = await stage.bot.store.read(lambda reading: reading.reminders())
    assert reminder.rests == "channel"
    assert len(stage.direct("Ana")) == 1
    assert REMINDER not in "".join(stage.posts())


# Too much for Slack --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", TOO_MUCH)
async def test_a_message_whose_blocks_are_refused_comes_as_plain_text_and_the_operator_is_told(
    stage: TimedStage, caplog: pytest.LogCaptureFixture, error: str
) -> None:
    await asking(stage)
    before = len(stage.posts())
    stage.weather.refuse("chat.postMessage", error)
    with caplog.at_level(logging.WARNING):
        await stage.person("Ben").clicks("Yes")
        await stage.settled()

    assert len(stage.posts()) == before + 1
    assert await phases(stage) == ["asking"]
    assert stage.direct("Ana") == []
    assert logged(caplog, f"refused the blocks ({error})") == 1


@pytest.mark.parametrize("error", TOO_MUCH)
async def test_a_reminder_whose_blocks_are_refused_comes_as_plain_text(stage: TimedStage, error: str) -> None:
    await reminded(stage)
    stage.weather.refuse("chat.postMessage", error)
    await comes_due(stage)

    assert sum(REMINDER in text for text in stage.posts()) == 1


# A scope is missing --------------------------------------------------------------------------------------------------


async def test_a_missing_scope_is_named_to_the_operator_once_and_the_rest_goes_on(
    stage: TimedStage, caplog: pytest.LogCaptureFixture
) -> None:
    await asking(stage)
    stage.weather.refuse("conversations.join", "missing_scope", 2, needed="channels:join")
    with caplog.at_level(logging.WARNING):
        for subject in ("churn one", "churn two"):
            await stage.person("Ana").commands(f"/maturity start {subject}", "churn-model")
            await stage.person("Ana").clicks("Add me")
            await stage.settled()
        await stage.person("Ben").clicks("Yes")
        await stage.settled()

    assert logged(caplog, "Slack misses the scope channels:join") == 1
    assert await phases(stage) == ["asking", "discarded", "discarded"]
    assert len(stage.direct("Ana")) == 2  # once for each of the two that could not begin
    assert len(await stage.answers()) == 1
    status = await read_status(stage.settings.database_url, stage.clock())
    assert {row["error"] for row in status["given_up"]} == {"missing_scope channels:join"}


# The token is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", LOCKED_OUT)
async def test_while_the_token_is_refused_nothing_is_sent_and_a_new_start_goes_on_where_it_was(
    stage: TimedStage, caplog: pytest.LogCaptureFixture, error: str
) -> None:
    await asking(stage)
    before = stage.posts()
    stage.weather.refuse("chat.postMessage", error)
    with caplog.at_level(logging.ERROR):
        await stage.person("Ben").clicks("Yes")
        await stage.resting()
        calls = len(stage.workspace.api_calls)
        await stage.person("Ben").commands("/maturity status", CHANNEL)  # people are still heard
        await stage.pass_time(DAY, step=HOUR)

    assert locked_out(stage) == error
    assert all(call.method.startswith(("users.", "conversations.")) for call in stage.workspace.api_calls[calls:])
    assert logged(caplog, f"Slack refuses our token ({error})") == 1
    assert (await read_status(stage.settings.database_url, stage.clock()))["locked_out"] == error

    await stage.stop_bot()
    await stage.start_bot()
    await stage.settled()

    assert locked_out(stage) is None
    assert len(stage.posts()) == len(before) + 1
    assert (await read_status(stage.settings.database_url, stage.clock()))["locked_out"] is None


async def test_a_token_that_is_refused_while_looking_posts_nothing_blindly(stage: TimedStage) -> None:
    await asking(stage)
    stage.weather.drop("chat.postMessage")
    stage.weather.refuse("conversations.replies", "token_revoked")
    await stage.person("Ben").clicks("Yes")
    await stage.pass_time(120)

    assert stage.bot.courier.locked_out == "token_revoked"
    assert stage.bot.courier.doubt.posted_blindly == 0


@pytest.mark.parametrize("error", LOCKED_OUT)
async def test_a_reminder_due_while_the_token_is_refused_comes_once_after_the_new_start(
    stage: TimedStage, error: str
) -> None:
    await reminded(stage)
    stage.weather.refuse("chat.postMessage", error)
    await stage.pass_time(92 * DAY, step=92 * DAY)
    assert stage.bot.courier.locked_out == error
    await stage.pass_time(DAY, step=DAY)
    await stage.stop_bot()
    await stage.start_bot()
    await stage.settled()

    assert sum(REMINDER in text for text in stage.posts()) == 1
