"""A copy of the database while it is being written to, and a copy put back in its place.

A copy is one file, whole, at the version its database had. Copying goes by SQLite's online backup inside one read
transaction: it holds everything committed before it began, and holds up no writer.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from storage.database import CannotOpen, DatabaseBusy, DatabaseProblem, DatabaseTooNew, ForeignDatabase, NotADatabase
from storage.migrate import applied, known_migrations
from storage.sqlite import connect, explained

STEP_PAGES = 1000  # copied at once, 4 MB
KEPT_SUFFIX = ".before-restore"
PART_SUFFIX = ".part"
_COUNTED = {
    "assessments": ("dialogs", "1"),
    "running": ("dialogs", "running = 1"),
    "answers": ("answers", "1"),
    "facts": ("facts", "1"),
    "results": ("results", "1"),
    "reminders": ("reminders", "due_at IS NOT NULL"),
    "waiting": ("outbox", "status = 'waiting'"),
}


class DatabaseInUse(DatabaseProblem):
    """Another process has the database open, so it cannot be replaced."""


class CopyInTheWay(DatabaseProblem):
    """Where a copy is to be written there is something that must not be overwritten."""


class NotOurs(DatabaseProblem):
    """A file that is to be put back holds no database of this bot."""


class Holds(NamedTuple):
    """What a database holds: its version, and how many rows of what; `waiting` are messages owed to Slack."""

    version: int
    assessments: int
    running: int
    answers: int
    facts: int
    results: int
    reminders: int
    waiting: int


def _nothing() -> None:
    pass


def back_up(path: Path, copy: Path, *, overwrite: bool = False, between: Callable[[], None] = _nothing) -> Holds:
    """Copy the database at `path` to the file `copy`, through a file beside it; says what the copy holds.

    `between` is called after each thousand pages. CannotOpen, CopyInTheWay, or another DatabaseProblem, with nothing
    left behind.
    """
    if not path.is_file():
        raise CannotOpen(f"there is no database at {path}; check DATABASE_URL")
    _must_be_free(path, copy, overwrite=overwrite)
    part = copy.with_name(copy.name + PART_SUFFIX)
    try:
        with _opened(path, read_only=True) as source:
            _must_be_ours(source, path, "check DATABASE_URL")
            holds = _copied(source, part, between)
        part.chmod(path.stat().st_mode & 0o777)
        part.replace(copy)
    except OSError as error:
        raise CannotOpen(f"{copy} cannot be written ({error.strerror}); look at its folder and the disk") from None
    finally:
        part.unlink(missing_ok=True)
    return holds


def _must_be_free(path: Path, copy: Path, *, overwrite: bool) -> None:
    if copy.is_dir() or not copy.parent.is_dir():
        raise CopyInTheWay(f"{copy} cannot be a file: name a file in a folder that is there")
    if copy.exists() and copy.samefile(path):
        raise CopyInTheWay(f"{copy} is the database itself; name another file")
    if copy.exists() and not overwrite:
        raise CopyInTheWay(f"{copy} is there already; name another file, or say --force to overwrite it")


def _copied(source: sqlite3.Connection, part: Path, between: Callable[[], None]) -> Holds:
    """Write a copy to a file of its own and look whether it is whole."""
    part.unlink(missing_ok=True)
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on the source stands still for us
    with _opened(part) as copy:
        source.backup(copy, pages=STEP_PAGES, progress=lambda *_: between())
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        _must_be_whole(copy, part)
        holds = what_it_holds(copy)
    source.execute("ROLLBACK")
    return holds


def put_back(copy: Path, path: Path) -> tuple[Holds, Path | None]:
    """Put a copy in the place of the database; says what it holds, and where the database before it is kept.

    Nothing is changed where the copy is damaged, not ours or too new, and where the database is in use.
    """
    if not copy.is_file():
        raise CannotOpen(f"there is no file {copy}; name a copy made by `maturity-bot backup`")
    if path.exists() and copy.samefile(path):
        raise CopyInTheWay(f"{copy} is the database itself; name a copy made by `maturity-bot backup`")
    with _opened(copy, read_only=True) as source:
        _must_be_ours(source, copy, "name a copy made by `maturity-bot backup`")
        _must_be_known(source, copy)
        _must_be_whole(source, copy)
        holds = what_it_holds(source)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return holds, _replaced(source, path)
        except OSError as error:
            raise CannotOpen(f"{path} cannot be written ({error.strerror}); look at its folder and the disk") from None


def _replaced(source: sqlite3.Connection, path: Path) -> Path | None:
    """Write the copy over the database in one transaction, so that a crash leaves the one or the other."""
    kept = _free_name(path) if path.exists() else None
    try:
        with _alone_with(path) as database:
            if kept is not None:
                _must_be_ours(database, path, "point DATABASE_URL at a file of its own; nothing was changed", new=True)
                _copied_aside(database, kept)
                _like(path, kept)
            source.backup(database)
    except NotADatabase:
        if kept is None:
            raise
        _set_aside(path, kept)
        with _alone_with(path) as database:
            source.backup(database)
        _like(kept, path)
    return kept


def _set_aside(path: Path, kept: Path) -> None:
    """Move what cannot be read out of the way as it is; nobody can be using it."""
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
    for end in ("-wal", ""):
        if (damaged := path.with_name(path.name + end)).exists():
            damaged.rename(kept.with_name(kept.name + end))


def _like(before: Path, path: Path) -> None:
    """Give a new file the rights of the one before it, and its owner where we may: the bot must be able to write."""
    found = before.stat()
    path.chmod(found.st_mode & 0o777)
    with suppress(PermissionError):
        shutil.chown(path, found.st_uid, found.st_gid)


def _copied_aside(database: sqlite3.Connection, kept: Path) -> None:
    part = kept.with_name(kept.name + PART_SUFFIX)
    part.unlink(missing_ok=True)
    with _opened(part) as copy:
        database.backup(copy)
    part.replace(kept)


def _free_name(path: Path) -> Path:
    """A name beside the database that nothing has yet: what was kept before is never overwritten."""
    first = path.with_name(path.name + KEPT_SUFFIX)
    number, name = 1, first
    while name.exists():
        number += 1
        name = first.with_name(f"{first.name}-{number}")
    return name


# --- connections, and what must hold -------------------------------------------------------------------------------


@contextmanager
def _opened(path: Path, *, read_only: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection for a while; SQLite's errors in it say what to do."""
    with closing(connect(path, read_only=read_only).conn) as connection:
        try:
            yield connection
        except sqlite3.Error as error:
            raise explained(error, path) from error


@contextmanager
def _alone_with(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that shuts all others out. DatabaseInUse where there are any, even idle ones.

    Everybody who works with a write-ahead log keeps a shared lock on the file, so asking for it alone tells.
    """
    try:
        with _opened(path) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode = DELETE")  # moves the log into the file; the bot begins a new one
            yield connection
    except DatabaseBusy:
        raise DatabaseInUse(f"{path} is in use by a running bot: stop it first; nothing was changed") from None


def _must_be_ours(connection: sqlite3.Connection, path: Path, way_out: str, *, new: bool = False) -> None:
    """NotOurs for another program's database, and for an empty one unless it may be `new`; NotADatabase."""
    try:
        had = applied(connection)
    except ForeignDatabase:
        raise NotOurs(f"{path} holds tables of another program; {way_out}") from None
    except sqlite3.DatabaseError as error:
        if isinstance(explained(error, path), NotADatabase):
            raise NotADatabase(f"{path} is no SQLite database, or is damaged ({error}); {way_out}") from None
        raise
    if not had and not new:
        raise NotOurs(f"{path} holds nothing of this bot; {way_out}")


def _must_be_known(connection: sqlite3.Connection, path: Path) -> None:
    version, newest = applied(connection)[-1], max(known_migrations())
    if version > newest:
        raise DatabaseTooNew(
            f"{path} is of version {version}, this bot knows {newest}: put it back with the newer bot; "
            "nothing was changed"
        )


def _must_be_whole(connection: sqlite3.Connection, path: Path) -> None:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise NotADatabase(f"{path} is damaged ({found}); take another copy")


def what_it_holds(connection: sqlite3.Connection) -> Holds:
    """Count what a database holds; an older version has fewer tables."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    counts = {
        name: connection.execute(f"SELECT count(*) FROM {table} WHERE {which}").fetchone()[0]  # noqa: S608 - ours
        if table in tables
        else 0
        for name, (table, which) in _COUNTED.items()
    }
    return Holds(version=applied(connection)[-1], **counts)
