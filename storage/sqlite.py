"""The SQLite engine: one writer that commits for a whole group at once, and readers of their own.

WAL, so that readers and the writer do not wait for each other; `synchronous=FULL`, so that what was answered survives
a loss of power. The event loop never waits for the disk.
"""

import asyncio
import queue
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from knowledge.lean_sqlite_utils import sqlite_utils
from storage.database import (
    CannotOpen,
    DatabaseBusy,
    DatabaseClosed,
    DatabaseFull,
    DatabaseProblem,
    NotADatabase,
    Row,
    Sql,
    SqliteTooOld,
    Value,
)
from storage.group_commit import GroupCommit
from storage.migrate import FOLDER, migrate, must_be_writable, refuse_unknown

T = TypeVar("T")
OLDEST_SQLITE = (3, 35, 0)  # the first with RETURNING
BUSY_SECONDS = 1.5  # below Slack's 3 seconds for an acknowledgement
WIPE_SECONDS = 1.0  # for others, before what was deleted is wiped out later: the wait itself holds up writers
WAL_TRIES = 10
READERS = 2  # so that a long report does not hold up the look whether a message concerns us

_DAMAGED = "{path} is no SQLite database, or is damaged ({error}); move it away or restore a backup"

# What SQLite's result codes (https://www.sqlite.org/rescode.html) come down to for whoever runs the bot.
_MEANING: dict[int, tuple[type[DatabaseProblem], str]] = {
    code: meaning
    for codes, meaning in (
        (
            (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),
            (
                DatabaseBusy,
                "{path} was locked by another process for too long; nothing was kept, find out who writes to it",
            ),
        ),
        (
            (sqlite3.SQLITE_FULL,),
            (DatabaseFull, "there is no room left for {path}; nothing was kept, free some disk space"),
        ),
        ((sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT), (NotADatabase, _DAMAGED)),
        (
            (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR),
            (CannotOpen, "{path} cannot be opened or written ({error}); look at its folder, its rights and the disk"),
        ),
    )
    for code in codes
}


def explained(error: BaseException, path: Path) -> BaseException:
    """The same error as one that says what to do, where SQLite's own code tells; else as it is."""
    code = getattr(error, "sqlite_errorcode", None)
    found = _MEANING.get(code & 0xFF) if isinstance(code, int) else None
    if found is None:
        return error
    kind, words = found
    problem = kind(words.format(path=path, error=error))
    problem.__cause__ = error
    return problem


def _explained_at_opening(error: BaseException, path: Path) -> BaseException:
    """The same, for a file just being opened: what SQLite finds wrong then, by whatever code, is the file's fault.

    Python cannot even read the message where it quotes a damaged schema.
    """
    clear = explained(error, path)
    if isinstance(clear, sqlite3.Error | UnicodeDecodeError):
        return NotADatabase(_DAMAGED.format(path=path, error=error))
    return clear


def require_sqlite(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> None:
    """SqliteTooOld where this Python brings a SQLite that lacks statements we use."""
    if version < OLDEST_SQLITE:
        raise SqliteTooOld(
            f"SQLite {'.'.join(map(str, version))} is too old, 3.35 or newer is needed: use a newer Python, "
            "or a system with a newer libsqlite3"
        )


def connect(path: Path, *, read_only: bool = False, patience: float = BUSY_SECONDS) -> sqlite_utils.Database:
    """Open one connection; SQLite looks into the file only at the first statement. `patience` in seconds."""
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}",
            uri=True,
            timeout=patience,
            isolation_level=None,  # transactions begin and end where we say so
            check_same_thread=False,
        )
    except sqlite3.Error as error:
        raise explained(error, path) from None
    return sqlite_utils.Database(connection, execute_plugins=False, recursive_triggers=False)


def _use_wal(database: sqlite_utils.Database) -> None:
    """Switch the file to its write-ahead log, which it keeps. Several processes may open a new file at once.

    Of two that switch at the same moment SQLite refuses one without waiting; asking for the write lock does wait.
    """
    for _ in range(WAL_TRIES - 1):
        try:
            database.enable_wal()
        except sqlite3.OperationalError:
            database.execute("BEGIN IMMEDIATE")
            database.execute("ROLLBACK")
        else:
            return
    database.enable_wal()


def sql_on(database: sqlite_utils.Database) -> Sql:
    """The way works speak to this connection, inside a transaction only.

    Where SQLite has ended the transaction by itself, a statement would be kept on its own: it is refused instead.
    """

    def sql(text: str, /, **values: Value) -> list[Row]:
        if not database.conn.in_transaction:
            raise sqlite3.OperationalError("the transaction has ended, nothing more can be done in it")
        cursor = database.execute(text, values)
        if cursor.description is None:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    return sql


class Sqlite:
    """A database file, brought to the present version. Close it before leaving.

    `patience` is how many seconds to wait while another process has it locked.
    """

    def __init__(self, path: Path, migrations: Path = FOLDER, *, patience: float = BUSY_SECONDS) -> None:
        require_sqlite()
        self.path = path
        self._patience = patience
        self._closing = False
        self._writer = self._open(migrations)
        self._idle: queue.SimpleQueue[sqlite_utils.Database] = queue.SimpleQueue()
        for _ in range(READERS):
            self._idle.put(connect(path, read_only=True))
        self._readers = ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="sqlite-read")
        self._group = GroupCommit(self._writer.conn, sql_on(self._writer), lambda error: explained(error, self.path))

    def __repr__(self) -> str:
        return f"<Sqlite {self.path}>"

    @property
    def commits(self) -> int:
        """How many transactions were committed since it was opened."""
        return self._group.commits

    async def transact(self, work: Callable[[Sql], T]) -> T:
        """Run the work in one transaction; answered after the commit that holds it."""
        self._must_be_open()
        return await asyncio.wrap_future(self._group.submit(work))

    async def read(self, work: Callable[[Sql], T]) -> T:
        """Run the work on one snapshot, on a read-only connection in a thread of its own."""
        self._must_be_open()
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    async def wipe(self) -> None:
        """Write the file anew without what was deleted, and empty its log; on a connection of its own, off the loop."""
        self._must_be_open()
        await asyncio.to_thread(self._wipe)

    def _wipe(self) -> None:
        database = connect(self.path, patience=WIPE_SECONDS)
        try:
            database.execute("VACUUM")
            busy = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error as error:
            raise explained(error, self.path) from error
        finally:
            database.close()
        if busy:
            raise DatabaseBusy(f"{self.path} is being read by another process; what was deleted is wiped out later")

    async def close(self) -> None:
        """Finish what is waiting, then close; a second call does nothing."""
        if not self._closing:
            self._closing = True
            await asyncio.to_thread(self._shut)

    def _must_be_open(self) -> None:
        if self._closing:
            raise DatabaseClosed(f"{self!r} is closed; open it anew")

    def _open(self, migrations: Path) -> sqlite_utils.Database:
        """Make the folder, open the writer, and change nothing before it is known that the file is ours."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotOpen(f"the folder of {self.path} cannot be made ({error}); make it, or name another") from None
        database = connect(self.path, patience=self._patience)
        try:
            refuse_unknown(database.conn, migrations)
            _use_wal(database)
            database.execute("PRAGMA synchronous = FULL")
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, not only let go
            migrate(database.conn, migrations)
            must_be_writable(database.conn)
        except BaseException as error:  # noqa: BLE001 - raised again, only clearer
            database.close()
            raise _explained_at_opening(error, self.path) from None
        return database

    def _read(self, work: Callable[[Sql], T]) -> T:
        database = self._idle.get()
        try:
            database.conn.execute("BEGIN")
            return work(sql_on(database))
        except sqlite3.Error as error:
            raise explained(error, self.path) from error
        finally:
            if database.conn.in_transaction:
                database.conn.execute("ROLLBACK")
            self._idle.put(database)

    def _shut(self) -> None:
        self._readers.shutdown(wait=True)
        for _ in range(READERS):
            self._idle.get().close()
        self._group.stop()
        self._writer.close()  # the last one out moves the write-ahead log into the file
