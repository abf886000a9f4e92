"""The SQLite engine: one writer thread that commits for a whole group at once, and readers of their own.

Each waiting work runs in a savepoint; one commit (one flush, `synchronous=FULL`) serves all, and only then is anyone
answered. The event loop never waits for the disk.
"""

import asyncio
import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import sqlite_utils

from storage.database import NotADatabase, Row, Sql, SqliteTooOld, Value

T = TypeVar("T")
OLDEST_SQLITE = (3, 35, 0)  # the first with RETURNING
BUSY_SECONDS = 1.5  # below Slack's 3 seconds for an acknowledgement
GROUP = 16  # works in one commit at the most


class _Job(NamedTuple):
    work: Callable[[Sql], Any]
    answer: "Future[Any]"


class _TransactionGone(Exception):  # noqa: N818 - a signal between two functions here
    """SQLite ended the whole transaction by itself (disk full, for one)."""


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open a connection as the bot uses it; NotADatabase for a file that holds something else."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise SqliteTooOld(
            f"SQLite {sqlite3.sqlite_version} is too old; 3.35 or newer is needed: use a newer Python, "
            "or a system with a newer libsqlite3"
        )
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    try:
        database = sqlite_utils.Database(connection)
        if not read_only:
            database.enable_wal()
        for pragma in ("synchronous = FULL", "foreign_keys = ON", f"query_only = {'ON' if read_only else 'OFF'}"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        if isinstance(error, sqlite3.OperationalError):
            raise
        raise NotADatabase(
            f"{path} is no SQLite database, or is damaged ({error}); move it away or restore it"
        ) from None
    return connection


def sql_on(connection: sqlite3.Connection) -> Sql:
    """The way works speak to this connection."""

    def sql(text: str, /, **values: Value) -> list[Row]:
        return [dict(row) for row in connection.execute(text, values)]

    return sql


class Sqlite:
    """A database file. `commits` counts commits, so that tests can see groups. Close it before leaving."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.commits = 0
        self.writer = connect(path)
        self._sql = sql_on(self.writer)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="sqlite-read")
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._closing = False
        self._thread = threading.Thread(target=self._write, name="sqlite-write", daemon=True)
        self._thread.start()

    def __repr__(self) -> str:
        return f"<Sqlite {self.path}>"

    async def transact(self, work: Callable[[Sql], T]) -> T:
        """Run the work in one transaction; answered after the commit that holds it."""
        if self._closing:
            raise RuntimeError(f"{self!r} is closed; open it anew")
        job = _Job(work, Future())
        self._jobs.put(job)
        answer: T = await asyncio.wrap_future(job.answer)
        return answer

    async def read(self, work: Callable[[Sql], T]) -> T:
        """Run the work on a read-only connection in a thread of its own."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    async def close(self) -> None:
        """Finish what is waiting, then close; a second call does nothing."""
        if self._closing:
            return
        self._closing = True
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)
        self._readers.shutdown(wait=True)
        for connection in (*self._open, self.writer):
            connection.close()

    def abandon(self) -> None:
        """Let go at once, before any work was given."""
        self._closing = True
        self._jobs.put(None)
        self._thread.join()
        self._readers.shutdown(wait=True)
        self.writer.close()

    def _read(self, work: Callable[[Sql], T]) -> T:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect(self.path, read_only=True)
            self._local.connection = connection
            self._open.append(connection)
        return work(sql_on(connection))

    # The writer thread ----------------------------------------------------------------------------------------------

    def _write(self) -> None:
        while True:
            group, last = self._next_group()
            live = [job for job in group if job.answer.set_running_or_notify_cancel()]
            if live:
                self._commit_group(live)
            if last:
                return

    def _next_group(self) -> tuple[list[_Job], bool]:
        """Wait for a job, then take what else is waiting, up to a group."""
        group: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            group.append(job)
            if len(group) == GROUP:
                return group, False
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return group, False
        return group, True

    def _commit_group(self, group: list[_Job]) -> None:
        try:
            outcomes = self._run(group)
        except (_TransactionGone, sqlite3.Error) as error:
            self._roll_back()
            if len(group) == 1:
                group[0].answer.set_exception(error.__cause__ or error)
                return
            for job in group:  # one of them spoils the transaction: each alone
                self._commit_group([job])
            return
        for job, (value, failure) in zip(group, outcomes, strict=True):
            if failure is None:
                job.answer.set_result(value)
            else:
                job.answer.set_exception(failure)

    def _run(self, group: list[_Job]) -> list[tuple[Any, BaseException | None]]:
        self.writer.execute("BEGIN IMMEDIATE")
        outcomes = [self._one(job) for job in group]
        self.writer.execute("COMMIT")
        self.commits += 1
        return outcomes

    def _one(self, job: _Job) -> tuple[Any, BaseException | None]:
        """Run one work in its savepoint: its value, or what it raised after being rolled back alone."""
        self.writer.execute("SAVEPOINT work")
        try:
            value = job.work(self._sql)
        except BaseException as error:
            if not self.writer.in_transaction:
                raise _TransactionGone from error
            self.writer.execute("ROLLBACK TO work")
            self.writer.execute("RELEASE work")
            return None, error
        if not self.writer.in_transaction:
            raise _TransactionGone
        self.writer.execute("RELEASE work")
        return value, None

    def _roll_back(self) -> None:
        if self.writer.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self.writer.execute("ROLLBACK")
