"""A bot in a process of its own, so that only its own work is measured: ours, the naive one, or a bare Bolt app.

Run as a script it is the bot: it connects, then answers orders that come as lines, with a line of JSON each.
"""
# ruff: noqa: E402, T201 - a script: it finds its folder before importing, and prints

import asyncio
import contextlib
import json
import logging
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from benchmarks.loopback_slack import APP_TOKEN, BOT_TOKEN, PATIENCE_SECONDS

Kind = Literal["ours", "naive", "bare"]
TICK = 0.001  # seconds; how often a stall of the loop is looked for


class BotProcess:
    """A running bot. `pid` is its process; under a tracer, the tracer's."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.pid = process.pid
        self._process = process
        self._talking = asyncio.Lock()

    async def cpu(self) -> float:
        """Seconds of processor time used so far, all threads together."""
        return float(await self._asks("cpu"))

    async def memory(self) -> float:
        """What it holds in memory now, in MB."""
        return float(await self._asks("memory"))

    async def watch(self) -> None:
        """Look for stalls of its event loop from now on."""
        await self._asks("watch")

    async def stalls(self) -> list[float]:
        """By how much each tick of a millisecond came late since `watch`, in seconds; ends the watch."""
        return list(json.loads(await self._asks("stalls")))

    async def counts(self) -> dict[str, int]:
        """Of ours: `commits` so far, and how many messages and edits it still owes."""
        return dict(json.loads(await self._asks("counts")))

    async def _asks(self, order: str) -> str:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        async with self._talking:
            stdin.write(f"{order}\n".encode())
            return (await stdout.readline()).decode()


@contextlib.asynccontextmanager
async def bot_process(
    kind: Kind, api_url: str, database: Path, under: Sequence[str] = (), *, speed: str = "unpaced"
) -> AsyncIterator[BotProcess]:
    """Run a bot, connected, for the length of the block; `speed` is ours alone (`our_house.Speed`)."""
    process = await asyncio.create_subprocess_exec(
        *under, sys.executable, __file__, kind, api_url, str(database), speed,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**26,
        env={name: value for name, value in os.environ.items() if "proxy" not in name.lower()},
    )  # fmt: skip
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert process.stdout is not None
            told = await process.stdout.readline()
        assert told, f"the {kind} bot did not start"
        yield BotProcess(process)
    finally:
        if process.stdin is not None:
            process.stdin.close()  # the bot ends with its orders
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), 10)
        if process.returncode is None:
            process.kill()
            await process.wait()


# Inside the process --------------------------------------------------------------------------------------------------


class Watch:
    """Ticks once a millisecond and notes how late each tick comes."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Start anew."""
        self.end()
        self.late = []
        self._task = asyncio.create_task(self._tick())

    def end(self) -> None:
        """Stop; `late` stays."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _tick(self) -> None:
        while True:
            due = time.perf_counter() + TICK
            await asyncio.sleep(TICK)
            self.late.append(max(0.0, time.perf_counter() - due))


def memory_of(pid: int | str = "self") -> float:
    """What a process holds in memory now, in MB, as Linux tells."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


async def obey(counts: Callable[[], Awaitable[dict[str, int]]]) -> None:
    """Answer orders until there are no more."""
    loop, watch = asyncio.get_running_loop(), Watch()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    print("ready", flush=True)
    while order := (await reader.readline()).decode().strip():
        if order == "watch":
            watch.begin()
        if order == "stalls":
            watch.end()
        answers: dict[str, Callable[[], object]] = {
            "cpu": time.process_time,
            "memory": memory_of,
            "watch": lambda: 0,
            "stalls": lambda: json.dumps([round(late, 6) for late in watch.late]),
        }
        print(json.dumps(await counts()) if order == "counts" else answers[order](), flush=True)


async def be_ours(api_url: str, database: str, speed: Any) -> None:
    """Our bot, as `maturity-bot run` builds it."""
    from benchmarks.our_house import house_at
    from storage.sqlite import Sqlite

    house = house_at(Path(database), api_url, speed=speed)
    await house.start()
    engine = house.store.database

    async def counts() -> dict[str, int]:
        owed = await house.store.read(lambda reading: reading.backlog())
        return {"commits": engine.commits if isinstance(engine, Sqlite) else 0, "owed": owed}

    await obey(counts)
    await house.close()


async def no_counts() -> dict[str, int]:
    """The other bots count nothing."""
    return {}


async def be_naive(api_url: str, database: str) -> None:
    """The naive bot."""
    from benchmarks.naive_bot import NaiveBot

    bot = NaiveBot(BOT_TOKEN, APP_TOKEN, api_url, Path(database))
    await bot.socket.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt has no types here
    await obey(no_counts)
    await bot.socket.close_async()  # type: ignore[no-untyped-call]  # likewise


async def be_bare(api_url: str) -> None:
    """A Bolt app that only acknowledges."""
    from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
    from slack_sdk.web.async_client import AsyncWebClient

    from benchmarks.bare_bolt import bare_app

    app = bare_app(AsyncWebClient(BOT_TOKEN, base_url=api_url))
    socket = AsyncSocketModeHandler(app, APP_TOKEN)
    await socket.connect_async()  # type: ignore[no-untyped-call]  # likewise
    await obey(no_counts)
    await socket.close_async()  # type: ignore[no-untyped-call]  # likewise


def main() -> None:
    """Be the bot that is wanted."""
    kind, api_url, database, speed = sys.argv[1:]
    if kind != "ours":
        logging.disable(logging.WARNING)  # Bolt writes a page about every click that it loses, which would cost time
    if kind == "ours":
        asyncio.run(be_ours(api_url, database, speed))
    elif kind == "naive":
        asyncio.run(be_naive(api_url, database))
    else:
        asyncio.run(be_bare(api_url))


if __name__ == "__main__":
    main()
