"""Row 1: what routing and middleware of the whole app cost, against a bare Bolt app; processor time a request.

The payload is a click on a button that is none of ours: it passes Bolt, our middleware and the router, is found to
concern nothing of ours, and is acknowledged.
"""
# ruff: noqa: E402 - a script: it finds its folder before importing

import asyncio
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from slack_bolt.async_app import AsyncApp

from benchmarks.bare_bolt import acknowledged, bare_app
from benchmarks.measuring import compared, rounds_wanted, tell
from benchmarks.our_house import house_at
from benchmarks.payloads import foreign_click

REQUESTS = 1000  # a round
GOAL = 1.5


async def measure(rounds: int) -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as folder:
        house = house_at(Path(folder) / "ours.db")
        bare = bare_app()
        await cpu(house.socket.app, REQUESTS)
        await cpu(bare, REQUESTS)
        pairs = [(await cpu(house.socket.app, REQUESTS), await cpu(bare, REQUESTS)) for _ in range(rounds)]
        await house.close()
    tell([compared("1", "routing and middleware, CPU a request", pairs, "us", GOAL)])


async def cpu(app: AsyncApp, requests: int) -> float:
    """Processor time of one request, in microseconds."""
    bodies = [foreign_click() for _ in range(requests)]
    began = time.process_time()
    for body in bodies:
        await acknowledged(app, body)
    return (time.process_time() - began) / requests * 1e6


if __name__ == "__main__":
    asyncio.run(measure(rounds_wanted(__doc__)))
