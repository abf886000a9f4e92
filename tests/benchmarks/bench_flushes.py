"""Row 4: how often the disk is flushed for an event: alone, and fifty at once.

Counted from outside, by strace, which follows the bot's process and stops it at `fdatasync` and `fsync` alone
(`--seccomp-bpf`); Docker and Podman let a process trace its own children without any added right. Where strace is not
there, or may not trace, the commits that the engine made are counted instead: in a write-ahead log with
`synchronous=FULL` a commit is a flush, but for checkpoints; the table says which was counted. `/proc/PID/io` is of no
use here: it counts reads and writes, not flushes.

The event is that of row 2; whole turns, with the courier's own notes, are shown below it without a goal.
"""
# ruff: noqa: E402 - a script: it finds its folder before importing

import asyncio
import itertools
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from benchmarks.bot_process import BotProcess, bot_process
from benchmarks.crowd import Crowd
from benchmarks.loopback_slack import LoopbackSlack, loopback_slack
from benchmarks.measuring import Row, measured, rounds_wanted, tell
from benchmarks.payloads import renamed

ALONE, AT_ONCE, TIMES, TURNS = 200, 50, 10, 4  # events alone; so many at once, so many times; turns of everybody
ALONE_GOAL, AT_ONCE_GOAL = 1.05, 0.1
TRACER = ("strace", "-f", "--seccomp-bpf", "-qq", "-ttt", "-e", "trace=fdatasync,fsync", "-o")


async def measure(rounds: int) -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trace = folder / "trace" if may_trace() else None
        under = (*TRACER, str(trace)) if trace else ()
        async with loopback_slack() as slack, bot_process("ours", slack.api_url, folder / "ours.db", under) as bot:
            rows = await told(slack, Flushes(bot, trace), rounds)
    how = "strace" if trace else "the engine's commits: strace may not trace here"
    tell([*rows, Row("4", "counted by", how)])


class Flushes:
    """Counts flushes from one call to the next."""

    def __init__(self, bot: BotProcess, trace: Path | None) -> None:
        self._bot = bot
        self._trace = trace

    async def during(self, work: Callable[[], Awaitable[object]], events: int) -> float:
        """Flushes for each event of this work."""
        began, commits = time.time(), await self._bot.counts()
        await work()
        await asyncio.sleep(0.1)
        ended = time.time()
        if self._trace is None:
            return ((await self._bot.counts())["commits"] - commits["commits"]) / events
        await asyncio.sleep(0.2)  # until the tracer has written it down
        lines = self._trace.read_text(encoding="utf-8").splitlines()
        moments = [float(line.split()[1]) for line in lines if "sync(" in line]
        return sum(began <= moment <= ended for moment in moments) / events


async def told(slack: LoopbackSlack, flushes: Flushes, rounds: int) -> list[Row]:
    """The rows: bare events, then whole turns."""
    numbers = itertools.count()

    async def alone() -> None:
        for _ in range(ALONE):
            await slack.happens("events_api", renamed(f"C{next(numbers)}"))

    async def at_once() -> None:
        for _ in range(TIMES):
            await asyncio.gather(*(slack.happens("events_api", renamed(f"C{next(numbers)}")) for _ in range(AT_ONCE)))

    await alone()
    one = [await flushes.during(alone, ALONE) for _ in range(rounds)]
    many = [await flushes.during(at_once, AT_ONCE * TIMES) for _ in range(rounds)]
    crowd = Crowd(slack, AT_ONCE)
    await crowd.begins()
    await crowd.settles()

    async def turns(channels: int) -> None:
        await crowd.answers(TURNS, crowd.channels[:channels])
        await crowd.settles()

    single = await flushes.during(lambda: turns(1), TURNS)
    everybody = await flushes.during(lambda: turns(AT_ONCE), TURNS * AT_ONCE)
    return [
        measured("4", "flushes for an event, alone", one, "", ALONE_GOAL),
        measured("4", f"flushes for an event, {AT_ONCE} at once", many, "", AT_ONCE_GOAL),
        measured("4", "flushes for a whole turn with its two messages, alone", [single], ""),
        measured("4", f"the same, {AT_ONCE} at once", [everybody], ""),
    ]


def may_trace() -> bool:
    """Whether strace is there and may trace."""
    strace = shutil.which("strace")
    if strace is None:
        return False
    tried = subprocess.run([strace, "--seccomp-bpf", "-f", "-qq", "true"], capture_output=True, check=False)  # noqa: S603 - found above
    return tried.returncode == 0


if __name__ == "__main__":
    asyncio.run(measure(rounds_wanted(__doc__)))
