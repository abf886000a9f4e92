"""Row 8: a disk that takes ten milliseconds to flush: events a second, and how long the loop stands still.

The slow disk is a connection that waits ten milliseconds before every COMMIT, on both sides the same. The reference is
a bare Bolt listener that commits where it stands, as row 2's reference does. The event is that of row 2.
"""
# ruff: noqa: E402 - a script: it finds its folder before importing

import asyncio
import contextlib
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from slack_bolt.async_app import AsyncApp

from benchmarks.bare_bolt import acknowledged, bare_event_app
from benchmarks.bench_commit_alone import commit_one, flushed
from benchmarks.bot_process import Watch
from benchmarks.measuring import Pair, compared, measured, rounds_wanted, tell
from benchmarks.our_house import house_at
from benchmarks.payloads import renamed
from storage.sqlite import Sqlite

AT_ONCE, OURS, INLINE = 50, 1000, 100  # how many at once, and how many events of a round
FLUSH = 0.010
TIMES, STALL_MS = 10.0, 1000 * FLUSH + 10


class SlowDisk:
    """A connection whose commits take ten milliseconds more."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def in_transaction(self) -> bool:
        """As the connection says."""
        return self._connection.in_transaction

    def execute(self, sql: str, *arguments: Any) -> sqlite3.Cursor:
        """As the connection does, only slower."""
        if sql == "COMMIT":
            time.sleep(FLUSH)
        return self._connection.execute(sql, *arguments)


async def measure(rounds: int) -> None:
    """Measure and tell."""
    stalls: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        house = house_at(Path(name) / "ours.db")
        engine = house.store.database
        assert isinstance(engine, Sqlite)
        engine._group._connection = SlowDisk(engine._writer.conn)  # type: ignore[assignment]  # it does what is needed of one
        bare = inline(SlowDisk(flushed(Path(name) / "bare.db")))
        pairs: list[Pair] = []
        for _ in range(rounds):
            async with watched() as watch:
                ours = await a_second(house.socket.app, OURS)
            stalls.append(1000 * max(watch.late))
            pairs.append((ours, await a_second(bare, INLINE)))
        await house.close()
    tell(
        [
            compared(
                "8", f"a flush takes 10 ms: events a second, {AT_ONCE} at once", pairs, "/s", TIMES, at_least=True
            ),
            measured("8", "the longest stall of the loop meanwhile", stalls, "ms", STALL_MS),
        ]
    )


@contextlib.asynccontextmanager
async def watched() -> AsyncIterator[Watch]:
    """Watch this loop for the length of the block."""
    watch = Watch()
    watch.begin()
    yield watch
    watch.end()


def inline(database: SlowDisk) -> AsyncApp:
    """A bare app that commits in its middleware, before its listener acknowledges."""
    app = bare_event_app()

    @app.middleware
    async def commit(next: Any) -> Any:  # noqa: A002 - Bolt's name for it
        commit_one(database)
        return await next()

    return app


async def a_second(app: AsyncApp, events: int) -> float:
    """Events a second, so many at once."""
    bodies = [renamed(f"C{number}") for number in range(events)]
    began = time.perf_counter()
    for at in range(0, events, AT_ONCE):
        await asyncio.gather(*(acknowledged(app, body) for body in bodies[at : at + AT_ONCE]))
    return events / (time.perf_counter() - began)


if __name__ == "__main__":
    asyncio.run(measure(rounds_wanted(__doc__)))
