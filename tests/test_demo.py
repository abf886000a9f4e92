"""`maturity-bot demo` as a newcomer runs it: two processes that begin, end and go on together."""

import asyncio
import datetime as dt
import json
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from knowledge.calendars import Calendar

ANA, CHANNEL, BOT = "U0000000ANA", "C00000FRAUD", "U0000000BOT"
PATIENCE_SECONDS = 30.0  # a safety net, never a measure
# What a newcomer's machine may hold: none of it is the demo's business.
FOREIGN = {
    "SLACK_BOT_TOKEN": "xoxb-somebodys-own",
    "SLACK_API_URL": "https://slack.example/api/",
    "DATABASE_URL": "sqlite:////nowhere/maturity.db",
    "CLOCK_FILE": "/nowhere/clock",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "http_proxy": "http://127.0.0.1:9",
    "PYTHONUNBUFFERED": "1",
}


class Demo:
    """A running demo: what it said so far, and its page as Ana uses it."""

    def __init__(self, process: Process, session: aiohttp.ClientSession) -> None:
        self.process = process
        self.session = session
        self.said = ""
        self.url = ""

    async def hears(self, words: str) -> str:
        """Read what the demo says until these words come; gives the line."""
        assert self.process.stdout is not None
        while line := (await self.process.stdout.readline()).decode():
            self.said += line
            if words in line:
                return line
        raise AssertionError(f"it ended without saying {words!r}, but: {self.said}")

    async def opened(self) -> None:
        line = await self.hears("is open at")
        found = re.search(r"http://localhost:\d+/", line)
        assert found is not None, line
        self.url = found[0].replace("localhost", "127.0.0.1")

    async def acts(self, **what: Any) -> dict[str, Any]:
        async with self.session.post(self.url + "page/act", json={"person": ANA, **what}) as answer:
            done: dict[str, Any] = await answer.json()
            return done

    async def sees(self, wanted: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """Watch the channel until it is as wanted; gives its messages."""
        async with self.session.ws_connect(f"{self.url}page/socket?person={ANA}") as page:
            messages: dict[str, dict[str, Any]] = {}
            async for frame in page:
                news = json.loads(frame.data)
                if news["type"] == "snapshot":
                    messages = {each["ts"]: each for each in news["messages"].get(CHANNEL, [])}
                elif news["type"] == "message" and news["channel"] == CHANNEL:
                    messages[news["message"]["ts"]] = news["message"]
                if wanted(list(messages.values())):
                    return list(messages.values())
        raise AssertionError("the page's connection ended")

    async def connected(self) -> None:
        """Watch the page until it says that the bot is there."""
        async with self.session.ws_connect(f"{self.url}page/socket?person={ANA}") as page:
            async for frame in page:
                news = json.loads(frame.data)
                if (news["type"] == "bot" and news["connected"]) or news.get("bot", {}).get("connected"):
                    return

    async def start_assessment(self) -> None:
        await self.connected()
        assert (await self.acts(do="command", channel=CHANNEL, text="/maturity start fraud model"))["ok"]
        await self.sees(lambda messages: any(is_invitation(each) for each in messages))

    def bot_process(self) -> int:
        (bot,) = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(bot)

    async def ends(self, number: signal.Signals = signal.SIGINT) -> None:
        """Press Ctrl-C, and read the rest."""
        self.process.send_signal(number)
        assert self.process.stdout is not None
        self.said += (await self.process.stdout.read()).decode()
        await self.process.wait()


def is_invitation(message: dict[str, Any]) -> bool:
    """Whether it is the first message in an assessment's thread."""
    return message.get("user") == BOT and "a few facts about the team" in json.dumps(message)


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


@asynccontextmanager
async def demo(data: Path, port: int = 0, **env: str) -> AsyncIterator[Demo]:
    arguments = ("-m", "bot", "demo", "--port", str(port), "--data", str(data))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env={**os.environ, **FOREIGN, **env}, stdout=PIPE, stderr=STDOUT
    )
    async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE_SECONDS):
        running = Demo(process, session)
        try:
            await running.opened()
            yield running
        finally:
            if process.returncode is None:
                await running.ends()


@pytest.fixture
def taken_port() -> Any:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_the_bot_works_and_a_signal_ends_both_processes_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    async with demo(tmp_path / "data") as running:
        await running.start_assessment()
        bot = running.bot_process()
        await running.ends(number)

        assert running.process.returncode == 0
        assert is_gone(bot)
        assert "Traceback" not in running.said
        assert running.said.splitlines()[-1] == "Ended. Start it again to go on where you were."


async def test_it_names_its_data_folder_and_goes_on_there(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with demo(data) as running:
        await running.start_assessment()
    assert f"Its data is kept in {data}." in running.said

    async with demo(data) as again:
        await again.connected()
        before = await again.sees(lambda messages: any(is_invitation(each) for each in messages))
        invitation = next(each for each in before if is_invitation(each))
        skip = next(
            (block["block_id"], element["action_id"])
            for block in invitation["blocks"]
            for element in block.get("elements", [])
            if (element.get("text") or {}).get("text") == "Skip the facts"
        )
        clicked = await again.acts(
            do="click", channel=CHANNEL, ts=invitation["ts"], block_id=skip[0], action_id=skip[1]
        )
        assert clicked["ok"], clicked
        await again.sees(lambda messages: len(messages) > len(before))


async def test_a_killed_bot_is_started_again_and_loses_nothing(tmp_path: Path) -> None:
    async with demo(tmp_path / "data") as running:
        await running.start_assessment()
        killed = running.bot_process()
        os.kill(killed, signal.SIGKILL)
        await running.hears("starting it again")

        await running.connected()

        assert running.bot_process() != killed
        assert (await running.acts(do="command", channel=CHANNEL, text="/maturity level 2"))["ok"]
        seen = await running.sees(lambda messages: any(is_invitation(each) for each in messages))
        assert sum(is_invitation(each) for each in seen) == 1


async def test_the_clock_moved_in_the_page_brings_the_reminder(tmp_path: Path) -> None:
    async with demo(tmp_path / "data") as running:
        await running.connected()
        assert (await running.acts(do="command", channel=CHANNEL, text="/maturity remind every 1 week"))["ok"]
        now = dt.datetime.now(dt.UTC)
        berlin = Calendar("Europe/Berlin", "DE", dt.time(10))  # Ana's
        due = berlin.due_on(berlin.local(now).date() + dt.timedelta(days=7))
        ahead = (due - now).total_seconds() + 60

        assert (await running.acts(do="forward", seconds=ahead))["ok"]

        await running.sees(lambda messages: any("Time to look at fraud-detection" in m["text"] for m in messages))


async def test_a_busy_port_gives_one_sentence_and_the_next_free_one(tmp_path: Path, taken_port: int) -> None:
    async with demo(tmp_path / "data", taken_port) as running:
        assert running.said.splitlines()[0] == f"Port {taken_port} is busy; taking the next free one."
        assert f":{taken_port}/" not in running.url


async def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("I am no folder", encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--data", str(tmp_path / "file" / "data"), stdout=PIPE, stderr=STDOUT
    )
    said, _ = await process.communicate()

    assert process.returncode == 1
    assert len(said.decode().splitlines()) == 1
    assert "name another folder with --data" in said.decode()


async def test_a_spoilt_workspace_file_is_told_in_one_line_and_kept(tmp_path: Path) -> None:
    spoilt = tmp_path / "workspace.json"
    spoilt.write_text("{", encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", "0", "--data", str(tmp_path), stdout=PIPE, stderr=STDOUT
    )
    said, _ = await process.communicate()

    assert process.returncode == 1
    assert len(said.decode().splitlines()) == 1
    assert "workspace.json" in said.decode()
    assert spoilt.read_text(encoding="utf-8") == "{"
