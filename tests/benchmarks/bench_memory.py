"""Row 13: what a connected bot holds in memory while nothing happens, against a bare Bolt app.

Ours is started as in production, by `python -m bot run`; memory is `VmRSS` of `/proc/PID/status`, so this needs Linux.
"""
# ruff: noqa: E402 - a script: it finds its folder before importing

import asyncio
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from benchmarks.bot_process import memory_of
from benchmarks.loopback_slack import LoopbackSlack, loopback_slack
from benchmarks.measuring import compared, not_there, rounds_wanted, tell
from benchmarks.started import Side, started

IDLE_SECONDS = 1.0
GOAL = 1.5


async def measure(rounds: int) -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as name:
        async with loopback_slack() as slack:

            async def held(side: Side, number: int) -> float:
                return await memory_held(side, slack, Path(name) / f"{number}.db")

            pairs = [(await held("ours", number), await held("bare", number)) for number in range(rounds)]
    tell([compared("13", "memory when idle", pairs, "MB", GOAL)])


async def memory_held(side: Side, slack: LoopbackSlack, database: Path) -> float:
    """MB of a process that has been connected for a second."""
    async with started(side, slack, database) as pid:
        await asyncio.sleep(IDLE_SECONDS)
        return memory_of(pid)


if __name__ == "__main__":
    wanted = rounds_wanted(__doc__)
    if not Path("/proc/self/status").exists():
        not_there("13", "memory when idle", "it is read from /proc, which only Linux has")
    asyncio.run(measure(wanted))
