"""A running bot leaves a sign of how it is, and anybody can read it without Slack and without the database."""

import asyncio
import datetime as dt
import json
import os
import sys
from pathlib import Path

import pytest

from bot.health import Beat, Signs, health_file, judge, read_beat
from bot.manifest import manifest_path
from bot.sandbox.workspace import Workspace
from stage import PATIENCE_SECONDS, Stage
from test_cli import connected_to, environment, maturity_bot

NOW = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.UTC)
WELL = Signs(connected=True, last_event=None, outbox_seconds=None, locked_out=None)


def ago(seconds: float) -> dt.datetime:
    return NOW - dt.timedelta(seconds=seconds)


def beat(signs: Signs = WELL, *, silent: float = 4, looked: float | None = 9) -> Beat:
    return Beat(ago(silent), 812, None if looked is None else ago(looked), signs)


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (beat(), None),
        (beat(WELL._replace(last_event=ago(9 * 86_400))), None),
        (beat(silent=60), None),
        (beat(looked=120), None),
        (beat(WELL._replace(outbox_seconds=900)), None),
        (beat(WELL._replace(outbox_seconds=-5)), None),
        (None, "bot: no sign of one here; start it with `maturity-bot run`"),
        (beat(silent=61), "bot: last sign at 2026-11-26 08:58:59 UTC: it has ended or hangs"),
        (beat(silent=-61), "bot: last sign at 2026-11-26 09:01:01 UTC"),
        (beat(WELL._replace(connected=False)), "socket: not connected to Slack; it tries by itself"),
        (beat(WELL._replace(locked_out="token_revoked")), "token: Slack refuses it (token_revoked); run `maturity-bot"),
        (
            beat(WELL._replace(outbox_seconds=901)),
            "outbox: the oldest message has waited 15 min; run `maturity-bot status`",
        ),
        (beat(WELL._replace(trouble="no room left")), "outbox: cannot be read: no room left"),
        (beat(looked=121), "clock: last looked 2 min ago what is due; restart the bot"),
        (beat(looked=None), "clock: has not looked yet"),
    ],
)
def test_each_aspect_is_judged_alone(found: Beat | None, problem: str | None) -> None:
    problems = [str(aspect).removeprefix("PROBLEM  ") for aspect in judge(found, NOW) if not aspect.well]

    if problem is None:
        assert problems == []
    else:
        assert len(problems) == 1
        assert problems[0].startswith(problem)


def test_all_that_is_wrong_is_told_at_once() -> None:
    signs = Signs(connected=False, last_event=ago(86_400), outbox_seconds=7_200, locked_out="invalid_auth")

    assert [(aspect.what, aspect.well) for aspect in judge(beat(signs, looked=None), NOW)] == [
        ("bot", True),
        ("socket", False),
        ("token", False),
        ("last event", True),
        ("outbox", False),
        ("clock", False),
    ]


@pytest.mark.parametrize("content", ["", "soon", "{}", "[]", '{"time": "yesterday"}', "null"])
def test_a_sign_that_cannot_be_read_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "sign").write_text(content, encoding="utf-8")

    assert read_beat(tmp_path / "sign") is None


async def sign_of(stage: Stage) -> Beat:
    """The sign that a bot leaves now, after a look of its clock, as it is read."""
    await stage.bot.clock.tick()
    await stage.bot.heartbeat.beat(stage.bot.signs)
    found = read_beat(health_file(stage.settings.database_url))
    assert found is not None
    return found


def problems(found: Beat, stage: Stage) -> list[str]:
    return [aspect.what for aspect in judge(found, stage.clock()) if not aspect.well]


async def test_a_bot_at_work_is_well_and_takes_its_sign_away_in_the_end(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        before = await sign_of(stage)
        await stage.person("Ana").commands("/maturity start")
        await stage.settled()
        after = await sign_of(stage)

        assert problems(before, stage) == problems(after, stage) == []
        assert after.pid == os.getpid()
        assert before.signs.last_event is None
        assert after.signs.last_event is not None

    assert not health_file(stage.settings.database_url).exists()


async def test_the_clocks_looks_are_noted(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        first = (await sign_of(stage)).looked
        stage.clock.forward(60)
        second = (await sign_of(stage)).looked

        assert first is not None
        assert second is not None
        assert second - first >= dt.timedelta(seconds=60)


async def test_a_message_that_slack_does_not_take_is_seen_to_wait(tmp_path: Path) -> None:
    async def busy(method: str, _arguments: object) -> dict[str, object] | None:
        return {"ok": False, "error": "internal_error"} if method == "chat.postMessage" else None

    async with Stage(tmp_path) as stage:
        stage.workspace.before_call = busy
        await stage.person("Ana").commands("/maturity start")
        await stage.workspace.quiet()
        stage.clock.forward(20 * 60)

        assert problems(await sign_of(stage), stage) == ["outbox"]


async def test_a_token_that_slack_refuses_is_seen(tmp_path: Path) -> None:
    async def revoked(method: str, _arguments: object) -> dict[str, object] | None:
        return {"ok": False, "error": "token_revoked"} if method == "chat.postMessage" else None

    async with Stage(tmp_path) as stage:
        stage.workspace.before_call = revoked
        await stage.person("Ana").commands("/maturity start")
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (found := await sign_of(stage)).signs.locked_out is None:
                pass

        assert problems(found, stage) == ["token"]


async def test_a_lost_connection_is_seen(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.bot.socket.disconnect_async()  # type: ignore[no-untyped-call]

        assert problems(await sign_of(stage), stage) == ["socket"]


async def test_a_sign_that_cannot_be_written_does_not_end_the_bot(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        file = health_file(stage.settings.database_url)
        await sign_of(stage)
        file.unlink()
        file.mkdir()
        running = asyncio.create_task(stage.bot.heartbeat.run(stage.bot.signs))
        with pytest.raises(IsADirectoryError):
            await stage.bot.heartbeat.beat(stage.bot.signs)

        assert not running.done()
        running.cancel()
        file.rmdir()


async def test_the_exit_code_tells_whether_a_bot_runs(tmp_path: Path) -> None:
    async with Workspace.serve(manifest_path()) as workspace:
        env = connected_to(workspace, tmp_path)
        before = await maturity_bot("health", env=env, cwd=tmp_path)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=env | {"LOG_LEVEL": "ERROR"}, cwd=tmp_path
        )
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (during := await maturity_bot("health", env=env, cwd=tmp_path)).code != 0:
                assert process.returncode is None
        as_json = await maturity_bot("health", "--json", env=env, cwd=tmp_path)
        process.terminate()
        await process.wait()
        after = await maturity_bot("health", env=env, cwd=tmp_path)

    assert (before.code, after.code) == (1, 1)
    assert before.out == after.out
    assert before.out.startswith("PROBLEM  bot: no sign of one here")
    assert during.out.splitlines()[0].startswith(f"ok       bot: running as process {process.pid}, last sign ")
    assert json.loads(as_json.out)["well"] is True


async def test_health_needs_no_tokens_and_names_a_wrong_setting(tmp_path: Path) -> None:
    outcome = await maturity_bot("health", env=environment(DATABASE_URL="mysql://db"), cwd=tmp_path)

    assert outcome.code == 2
    assert outcome.err.startswith("DATABASE_URL must name a SQLite file")
