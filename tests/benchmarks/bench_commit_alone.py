"""Row 2: commit, then acknowledge, one event at a time; elapsed time against bare Bolt plus one flushed transaction.

The event tells of a renamed channel that has nothing of ours: it passes Bolt, the router and the one transaction,
whose whole effect is its mark in the inbox, and is acknowledged after the commit. The reference acknowledges in a bare
listener and commits one row with the same durability (write-ahead log, `synchronous=FULL`) in the same thread.
"""
# ruff: noqa: E402 - a script: it finds its folder before importing

import asyncio
import itertools
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from slack_bolt.async_app import AsyncApp

from benchmarks.bare_bolt import acknowledged, bare_event_app
from benchmarks.measuring import compared, rounds_wanted, tell
from benchmarks.our_house import house_at
from benchmarks.payloads import renamed

EVENTS = 400  # a round
GOAL = 2.5
_keys = itertools.count()


async def measure(rounds: int) -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as folder:
        house = house_at(Path(folder) / "ours.db")
        bare, database = bare_event_app(), flushed(Path(folder) / "bare.db")
        await ours(house.socket.app)
        await reference(bare, database)
        pairs = [(await ours(house.socket.app), await reference(bare, database)) for _ in range(rounds)]
        database.close()
        await house.close()
    tell([compared("2", "commit, then acknowledge, one at a time", pairs, "us", GOAL)])


async def ours(app: AsyncApp) -> float:
    """Elapsed time of one event, in microseconds."""
    bodies = [renamed(f"C{number}") for number in range(EVENTS)]
    began = time.perf_counter()
    for body in bodies:
        await acknowledged(app, body)
    return (time.perf_counter() - began) / EVENTS * 1e6


async def reference(app: AsyncApp, database: sqlite3.Connection) -> float:
    """Elapsed time of one event and one transaction, in microseconds."""
    bodies = [renamed(f"C{number}") for number in range(EVENTS)]
    began = time.perf_counter()
    for body in bodies:
        await acknowledged(app, body)
        commit_one(database)
    return (time.perf_counter() - began) / EVENTS * 1e6


def flushed(path: Path) -> sqlite3.Connection:
    """A database that flushes at every commit."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE inbox (workspace TEXT, key TEXT, received_at TEXT, PRIMARY KEY (workspace, key))")
    return database


def commit_one(database: Any) -> None:
    """One row in a transaction of its own."""
    database.execute("BEGIN IMMEDIATE")
    database.execute("INSERT INTO inbox VALUES ('T1', ?, '2026-11-26T09:00:00+00:00')", (f"e:{next(_keys)}",))
    database.execute("COMMIT")


if __name__ == "__main__":
    asyncio.run(measure(rounds_wanted(__doc__)))
