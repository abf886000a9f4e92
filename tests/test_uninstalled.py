"""Once the app is taken out of a workspace everything rests, nothing is lost, and a new start goes on."""

import logging
from pathlib import Path
from typing import Any

import pytest

from bot.uninstalling import uninstalled
from stage import Stage
from test_privacy import DAY, does, rows_of

CHANNEL = "fraud-detection"
POSTS = ("chat.postMessage", "chat.update", "chat.postEphemeral", "views.open", "users.info", "conversations.info")


async def gone(stage: Stage) -> None:
    """The app is uninstalled, and the bot has heard of it."""
    stage.workspace.uninstall()
    await stage.workspace.until(lambda: stage.bot.router.uninstalled)
    await stage.workspace.quiet()


def calls(stage: Stage) -> list[str]:
    return [call.method for call in stage.workspace.api_calls if call.method in POSTS]


async def test_after_it_was_uninstalled_nothing_comes_due_and_nothing_is_sent(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await does(stage, "Ana", "/maturity start", "/maturity remind every 2 weeks")
        await gone(stage)
        before = calls(stage)

        stage.clock.forward(100 * DAY)
        assert await stage.bot.clock.tick() == 0
        assert await stage.bot.courier.deliver() == 0
        await stage.person("Ana").commands("/maturity status", CHANNEL)
        await stage.person("Ana").says("@maturity level 3", CHANNEL)
        await stage.workspace.quiet()

        assert calls(stage) == before


async def test_the_log_says_so_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with Stage(tmp_path) as stage:
        await does(stage, "Ana", "/maturity start")
        await gone(stage)
        stage.workspace.uninstall()
        await stage.workspace.quiet()
        stage.bot.courier.wake()
        await stage.bot.clock.tick()

    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len([text for text in told if "taken out of the workspace" in text]) == 1
    assert [text for text in told if "taken out of the workspace" not in text] == []


async def test_the_rows_stay_and_a_new_start_goes_on_with_what_was_missed_once(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await does(stage, "Ana", "/maturity remind every 2 weeks")
        await gone(stage)
        stage.clock.forward(100 * DAY + 3_600)
        await stage.bot.clock.tick()
        await stage.stop_bot()
        stage.workspace.reinstall()

        await stage.start_bot()
        await stage.bot.clock.tick()
        stage.bot.courier.wake()
        await stage.settled()

        seen = [each.text for each in stage.person("Ana").sees(CHANNEL)]
        assert len([text for text in seen if "Time to look at fraud-detection again." in text]) == 1
        assert any("This comes late" in text for text in seen)
        assert len(await rows_of(stage.bot.store, "SELECT id FROM reminders")) == 1


async def test_what_was_owed_when_it_was_uninstalled_is_sent_after_the_new_start(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        stage.bot.courier.halt("tokens_revoked")
        await stage.person("Ana").commands("/maturity start", CHANNEL)
        await stage.workspace.quiet()
        assert (await rows_of(stage.bot.store, "SELECT count(*) AS n FROM outbox WHERE status = 'waiting'"))[0][
            "n"
        ] == 2
        await stage.stop_bot()

        await stage.start_bot()
        await stage.settled()

        assert [each.text for each in stage.person("Ana").sees(CHANNEL) if "fraud-detection" in each.text]


def envelope(**event: Any) -> dict[str, Any]:
    return {"type": "event_callback", "team_id": "T1", "event": event}


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (envelope(type="app_uninstalled"), "app_uninstalled"),
        (envelope(type="tokens_revoked", tokens={"oauth": [], "bot": ["U1"]}), "tokens_revoked"),
        (envelope(type="tokens_revoked", tokens={"oauth": ["U2"]}), None),
        (envelope(type="tokens_revoked"), None),
        (envelope(type="message", text="app_uninstalled"), None),
        ({"type": "block_actions"}, None),
        ({"type": "event_callback", "event": None}, None),
        ({}, None),
    ],
)
def test_only_these_two_events_end_it(payload: dict[str, Any], why: str | None) -> None:
    assert uninstalled(payload) == why
