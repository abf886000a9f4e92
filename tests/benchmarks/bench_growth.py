"""What a turn costs where 10, 1,000 and 100,000 assessments are stored already: it must stay the same.

Ten people answer at once; a turn is that of row 5, in the real process. `tests/test_structure.py` holds the reason:
every statement of a turn finds its rows by an index.
"""
# ruff: noqa: E402 - a script: it finds its folder before importing

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from benchmarks.bench_turn import cpu_of_turns
from benchmarks.bot_process import bot_process
from benchmarks.crowd import Crowd
from benchmarks.loopback_slack import loopback_slack
from benchmarks.measuring import compared, rounds_wanted, tell
from benchmarks.stored import fill

SIZES = (10, 1_000, 100_000)
PEOPLE, TURNS = 10, 4  # of a round
GOAL = 1.2


async def measure(folder: Path, rounds: int) -> None:
    """Measure and tell."""
    figures: dict[int, list[float]] = {size: [] for size in SIZES}
    async with contextlib.AsyncExitStack() as stack:
        sides = {}
        for size in SIZES:
            slack = await stack.enter_async_context(loopback_slack())
            bot = await stack.enter_async_context(bot_process("ours", slack.api_url, folder / f"{size}.db"))
            crowd = Crowd(slack, PEOPLE)
            await crowd.begins()
            sides[size] = (bot, crowd)
            await cpu_of_turns(bot, crowd, TURNS)
        for _ in range(rounds):
            for size, (bot, crowd) in sides.items():
                figures[size].append(await cpu_of_turns(bot, crowd, TURNS))
    few = figures[SIZES[0]]
    tell([compared("G", what, list(zip(figures[size], few, strict=True)), "us", GOAL) for size, what in subjects()])


def subjects() -> Iterator[tuple[int, str]]:
    """The sizes that are compared with the smallest, in words."""
    for size in SIZES[1:]:
        yield size, f"CPU a turn with {size:,} stored assessments against {SIZES[0]}"


if __name__ == "__main__":
    wanted = rounds_wanted(__doc__)
    with tempfile.TemporaryDirectory() as name:
        for each in SIZES:
            fill(Path(name) / f"{each}.db", each)
        asyncio.run(measure(Path(name), wanted))
