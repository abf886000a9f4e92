"""Row 10: how long it takes to read what has come due: a million reminders against ten thousand, and against a scan.

Run it from the project's root: `python tests/benchmarks/bench_reminders.py`. It prints a table and asserts nothing of
it. The goals: a million rows take at most 1.5 times as long as ten thousand, with 100 due; with none due, a hundredth
of a scan.
"""
# ruff: noqa: E402, T201 - a script: it finds its folder before importing, and prints

import asyncio
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

import sqlite_utils

from benchmarks.measuring import compared, in_turns, rounds_wanted, tell
from dialogs.schedule import Rhythm
from reminders import BERLIN, reminder
from storage import reminders
from storage.database import moment
from storage.sqlite import connect, sql_on
from storage.store import open_store

MANY, FEW, DUE = 1_000_000, 10_000, 100
READS, SCANS = 200, 2  # of one round
NOW = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.UTC)
GROWTH, SCANNED = 1.5, 1 / 100  # the goals
COLUMNS = ("id", "workspace", "channel", "subject_key", "owner", "due_at", "state")


def main(rounds: int) -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        few, many = (filled(Path(folder) / f"{rows}.db", rows) for rows in (FEW, MANY))
        print(f"{FEW:,} and {MANY:,} reminders written in {time.perf_counter() - began:.0f} s, {DUE} of them due")
        due, none = NOW, NOW - dt.timedelta(days=1)
        assert (len(read(few, due)), len(read(many, due)), len(read(many, none))) == (DUE, DUE, 0)
        growth = in_turns(lambda: times(many, due), lambda: times(few, due), rounds)
        idle = in_turns(lambda: times(many, none), lambda: times(few, none), rounds)
        scan = in_turns(lambda: times(many, none), lambda: times(many, none, SCAN), rounds)
        for database in (few, many):
            database.close()
    tell(
        [
            compared("10", f"{DUE} reminders due, 1 M rows against 10 k", growth, "us", GROWTH),
            compared("10", "none due, 1 M rows against 10 k", idle, "us", GROWTH),
            compared("10", "none due, against a scan of 1 M", scan, "us", SCANNED),
        ]
    )


# The same statement without indexes.
SCAN = reminders._DUE.replace("FROM reminders WHERE", "FROM reminders NOT INDEXED WHERE")


def times(database: sqlite_utils.Database, now: dt.datetime, statement: str | None = None) -> float:
    """How long one read takes, in microseconds: the real one, or this statement."""
    count = READS if statement is None else SCANS
    began = time.perf_counter()
    for _ in range(count):
        read(database, now, statement)
    return (time.perf_counter() - began) / count * 1e6


def read(database: sqlite_utils.Database, now: dt.datetime, statement: str | None = None) -> Sequence[Any]:
    """Read what is due by then in a transaction, as the bot does."""
    database.conn.execute("BEGIN")
    try:
        if statement is None:
            return reminders.due(sql_on(database), now, None, DUE)
        return sql_on(database)(statement, now=moment(now), due="", id="", limit=DUE)
    finally:
        database.conn.execute("ROLLBACK")


def filled(path: Path, rows: int) -> sqlite_utils.Database:
    """A database of the present version with so many reminders, opened for reading."""
    asyncio.run(open_store(f"sqlite:///{path}").close())
    database = connect(path)
    database.execute("PRAGMA synchronous = OFF")
    names = ", ".join(COLUMNS)
    with database.conn:
        database.conn.execute("BEGIN")
        database.conn.executemany(f"INSERT INTO reminders ({names}) VALUES (?, ?, ?, ?, ?, ?, ?)", records(rows))  # noqa: S608 - our columns
    database.close()
    return connect(path, read_only=True)


def records(rows: int) -> Iterator[tuple[str | None, ...]]:
    """Reminders of three in a channel: the first hundred are due, every tenth of the others rests, most are to come."""
    made = reminder("2026-11-26", Rhythm(count=3, unit="month"), BERLIN, message="due:2026-08-26T08:00:00+00:00")
    whole = made.model_copy(update={"id": "r-ID", "channel": "CHANNEL", "subject_key": "SUBJECT"}).model_dump_json()
    for number in range(rows):
        key, channel, subject = f"r-{number * 7919 % rows:012x}", f"C{number // 3:08d}", f"model {number % 3}"
        ahead = dt.timedelta(hours=number % 17_000 + 1) if number >= DUE else dt.timedelta(minutes=-number)
        at = None if number >= DUE and number % 10 == 0 else moment(NOW + ahead)
        state = whole.replace("r-ID", key).replace("CHANNEL", channel).replace("SUBJECT", subject)
        yield key, "T1", channel, subject, f"U{number % 5000:08d}", at, state


if __name__ == "__main__":
    main(rounds_wanted(__doc__))
