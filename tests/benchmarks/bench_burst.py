"""Row 7: five hundred answers in the same moment: lost acknowledgements, and how late the last ones come.

An acknowledgement counts as lost after three seconds, as with Slack. The naive bot, too, saves before it acknowledges.
"""
# ruff: noqa: E402 - a script: it finds its folder before importing

import asyncio
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from benchmarks.crowd import Crowd
from benchmarks.measuring import compared, measured, quantile, rounds_wanted, tell
from benchmarks.two_crowds import two_crowds

PEOPLE = 500
GOAL = 0.5


async def measure(rounds: int) -> None:
    """Measure and tell."""
    async with two_crowds(PEOPLE) as (ours, naive):
        for crowd in (ours, naive):
            await slowest(crowd)
            crowd.lost = 0
        pairs = [(await slowest(ours), await slowest(naive)) for _ in range(rounds)]
    what = f"{PEOPLE} answers at once"
    tell(
        [
            measured("7", f"{what}: acknowledgements lost", [ours.lost], "", 0),
            measured("7", "the same, lost by the naive bot", [naive.lost], ""),
            compared("7", f"{what}: p99 until acknowledged", pairs, "s", GOAL),
        ]
    )


async def slowest(crowd: Crowd) -> float:
    """Seconds until 99 of 100 clicks are acknowledged."""
    await crowd.settles()
    done = await crowd.answers(1)
    return quantile([each.acknowledged for each in done], 0.99)


if __name__ == "__main__":
    asyncio.run(measure(rounds_wanted(__doc__)))
