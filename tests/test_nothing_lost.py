"""What the bot showed as recorded is recorded, and nothing is said twice."""

import asyncio
import os
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from bot.manifest import manifest_path
from bot.sandbox.errors import DropConnection
from bot.sandbox.workspace import Workspace
from sandbox_player import SandboxPlayer
from stage import PATIENCE_SECONDS, Stage


def posts(stage: Stage) -> list[str]:
    bot = stage.bot.router.me.user
    seen = stage.person("Ana").sees("fraud-detection")
    return [each.text for each in seen if each.author == bot and not each.ephemeral]


async def answer_three(stage: Stage) -> None:
    player = SandboxPlayer(stage)
    await player.commands("Ana", "/maturity start full fraud model")
    await player.settled()
    await player.clicks("Ana", "Skip the facts")
    await player.settled()
    for label in ("Yes", "Partly", "No"):
        await player.clicks("Ben", label)
        await player.settled()
    await player.says("Ana", "yes, since March")
    await player.settled()


async def test_four_deliveries_of_everything_take_effect_once(tmp_path: Path) -> None:
    (tmp_path / "once").mkdir()
    (tmp_path / "often").mkdir()
    async with Stage(tmp_path / "once") as once:
        await answer_three(once)
        expected = posts(once)
    async with Stage(tmp_path / "often") as often:
        often.workspace.event_copies = 4
        await answer_three(often)

        assert posts(often) == expected


async def test_a_post_whose_answer_got_lost_is_found_and_not_repeated(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ana").commands("/maturity start full fraud model")
        await stage.settled()
        dropped: list[str] = []

        async def drop_one_answer(method: str, _arguments: object, _result: object) -> None:
            if method == "chat.postMessage" and not dropped:
                dropped.append(method)
                raise DropConnection

        stage.workspace.before_reply = drop_one_answer
        await stage.person("Ana").clicks("Skip the facts")
        await stage.workspace.until(lambda: dropped)
        await stage.workspace.quiet()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await waits_for_later(stage):
                pass
        stage.clock.forward(60)
        stage.bot.courier.wake()
        await stage.settled()

        assert sum("1 of about" in text for text in posts(stage)) == 1
        assert stage.bot.courier.doubt.posted_blindly == 0


async def waits_for_later(stage: Stage) -> bool:
    """Whether the courier has put the doubtful row off, so that only time is missing."""
    rows = await stage.bot.store.read(
        lambda reading: reading.sql(
            "SELECT 1 FROM outbox WHERE status = 'waiting' AND tried_at IS NOT NULL AND not_before > tried_at"
        )
    )
    return bool(rows)


async def test_a_bot_that_is_started_again_goes_on_where_it_was(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await answer_three(stage)
        before = posts(stage)
        await stage.stop_bot()
        await stage.start_bot()
        await stage.settled()

        assert posts(stage) == before

        await stage.person("Dora").clicks("Partly")
        await stage.settled()

        assert any("· *partly* · Dora" in text for text in posts(stage))


@pytest.mark.parametrize("number", [1, 2])
async def test_an_acknowledged_click_survives_kill_9(tmp_path: Path, number: int) -> None:
    """The real process is killed right after its acknowledgement; started again it says what it owes, once."""
    workspace = Workspace(manifest_path(), None)
    await workspace.start()
    ana = workspace.person("Ana")
    try:
        process = await start_bot(workspace, tmp_path)
        await ana.commands("/maturity start full fraud model")
        await workspace.until(lambda: any("Skip the facts" in each.labels for each in ana.sees()))
        await ana.clicks("Skip the facts")
        await workspace.until(lambda: questions(workspace) == [1])
        for done in range(1, number + 1):
            await ana.clicks("Partly")
            if done < number:
                await workspace.until(lambda done=done: questions(workspace)[-1] == done + 1)  # type: ignore[misc]  # binds the loop's number
        process.send_signal(signal.SIGKILL)
        await process.wait()

        assert answers_on_disk(tmp_path) == number

        process = await start_bot(workspace, tmp_path)
        await workspace.until(lambda: questions(workspace) == list(range(1, number + 2)), limit=60)
        await workspace.until(lambda: sum("*partly* · Ana" in each.text for each in ana.sees()) == number, limit=60)
        process.terminate()
        await process.wait()
    finally:
        await workspace.stop()


def questions(workspace: Workspace) -> list[int]:
    """The numbers of the questions on screen, folded ones included, in their order."""
    seen = workspace.person("Ana").sees("fraud-detection")
    texts = [each.text for each in seen if not each.ephemeral and each.thread_ts not in (None, each.ts)]
    numbers = [text.split(" of about ")[0].rsplit(" ", 1)[-1] for text in texts if " of about " in text]
    folded = [text.split(".")[0] for text in texts if "· *partly* · Ana" in text]
    return sorted(int(number) for number in (*numbers, *folded))


def answers_on_disk(folder: Path) -> int:
    connection = sqlite3.connect(folder / "maturity.db")
    try:
        return int(connection.execute("SELECT count(*) FROM answers").fetchone()[0])
    finally:
        connection.close()


async def start_bot(workspace: Workspace, folder: Path) -> asyncio.subprocess.Process:
    environment = {
        **{name: value for name, value in os.environ.items() if "proxy" not in name.lower()},
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_API_URL": workspace.api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'maturity.db'}",
        "LOG_LEVEL": "ERROR",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment, cwd=folder)
    await workspace.until(lambda: workspace.link.connected, limit=20)
    return process
