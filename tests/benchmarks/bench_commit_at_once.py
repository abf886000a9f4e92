"""Row 3: commit, then acknowledge, fifty events at once; processor time an event against bare Bolt without a commit.

The event is that of row 2. The reference takes fifty at once as well, and only acknowledges.
"""
# ruff: noqa: E402 - a script: it finds its folder before importing

import asyncio
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from slack_bolt.async_app import AsyncApp

from benchmarks.bare_bolt import acknowledged, bare_event_app
from benchmarks.measuring import Row, compared, rounds_wanted, tell
from benchmarks.our_house import house_at
from benchmarks.payloads import renamed
from storage.sqlite import Sqlite

AT_ONCE, TIMES = 50, 20  # events a round: so many at once, so many times
GOAL = 2.0


async def measure(rounds: int) -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as folder:
        house = house_at(Path(folder) / "ours.db")
        app, bare = house.socket.app, bare_event_app()
        await cpu(app)
        await cpu(bare)
        engine = house.store.database
        assert isinstance(engine, Sqlite)
        before = engine.commits
        pairs = [(await cpu(app), await cpu(bare)) for _ in range(rounds)]
        groups = (engine.commits - before) / (rounds * AT_ONCE * TIMES)
        await house.close()
    what = f"the same, {AT_ONCE} at once, CPU an event"
    tell([compared("3", what, pairs, "us", GOAL), Row("3", "its commits an event", f"{groups:.3f}")])


async def cpu(app: AsyncApp) -> float:
    """Processor time of one event, in microseconds, all threads together."""
    bodies = [[renamed(f"C{number}") for number in range(AT_ONCE)] for _ in range(TIMES)]
    began = time.process_time()
    for at_once in bodies:
        await asyncio.gather(*(acknowledged(app, body) for body in at_once))
    return (time.process_time() - began) / (AT_ONCE * TIMES) * 1e6


if __name__ == "__main__":
    asyncio.run(measure(rounds_wanted(__doc__)))
