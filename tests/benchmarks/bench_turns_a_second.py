"""Row 6: turns a second, fifty people who answer as fast as questions come, against the naive bot.

A turn ends when the next question is there. Both bots keep to no pace, so that the bots are what is measured.
"""
# ruff: noqa: E402 - a script: it finds its folder before importing

import asyncio
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from benchmarks.crowd import Crowd
from benchmarks.measuring import compared, rounds_wanted, tell
from benchmarks.two_crowds import two_crowds

PEOPLE, TURNS = 50, 4  # of a round
GOAL = 3.0


async def measure(rounds: int) -> None:
    """Measure and tell."""
    async with two_crowds(PEOPLE) as (ours, naive):
        for crowd in (ours, naive):
            await a_second(crowd)
        pairs = [(await a_second(ours), await a_second(naive)) for _ in range(rounds)]
    tell([compared("6", f"turns a second, {PEOPLE} people, against the naive bot", pairs, "/s", GOAL, at_least=True)])


async def a_second(crowd: Crowd) -> float:
    """Turns a second of one round."""
    await crowd.settles()
    began = time.perf_counter()
    done = await crowd.answers(TURNS)
    return len(done) / (time.perf_counter() - began)


if __name__ == "__main__":
    asyncio.run(measure(rounds_wanted(__doc__)))
