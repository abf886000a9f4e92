"""Brings a database to the present version: numbered SQL files, each in the transaction that records it."""

import sqlite3
from pathlib import Path

from storage.database import DatabaseTooNew, ForeignDatabase

FOLDER = Path(__file__).parent / "migrations"
_OURS = {"version", "name"}  # the columns of our table of migrations


def known_migrations(folder: Path = FOLDER) -> dict[int, Path]:
    """The files in their order by number; the number in front is the version they bring."""
    return {int(path.name[:3]): path for path in sorted(folder.glob("[0-9][0-9][0-9]_*.sql"))}


def applied(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The versions a database has had, none for a new file; only reads. ForeignDatabase where it is not ours.

    DatabaseError where its versions are no numbers, as SQLite lets a damaged file say.
    """
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")]
    if not tables:
        return ()
    if {row[1] for row in connection.execute("PRAGMA table_info(migrations)")} != _OURS:
        raise ForeignDatabase(
            f"the database holds tables of another program ({', '.join(sorted(tables)[:3])}): point DATABASE_URL at a "
            "file of its own; nothing was changed"
        )
    versions = [row[0] for row in connection.execute("SELECT version FROM migrations ORDER BY version")]
    if not all(isinstance(version, int) for version in versions):
        raise sqlite3.DatabaseError("its version is no number")
    return tuple(versions)


def refuse_unknown(connection: sqlite3.Connection, folder: Path = FOLDER) -> tuple[int, ...]:
    """The versions a database has had; DatabaseTooNew where this program does not know one. Only reads."""
    had = applied(connection)
    newest = max(known_migrations(folder), default=0)
    if had and had[-1] > newest:
        raise DatabaseTooNew(
            f"the database is of version {had[-1]}, this bot knows {newest}: install the newer bot, or point "
            "DATABASE_URL at another file; nothing was changed"
        )
    return had


def migrate(connection: sqlite3.Connection, folder: Path = FOLDER) -> int:
    """Apply what is missing and give the version reached; a file that fails leaves the database as it was before it.

    DatabaseTooNew and ForeignDatabase, with nothing changed, where the database is not for this program.
    """
    files = known_migrations(folder)
    while missing := [version for version in files if version not in refuse_unknown(connection, folder)]:
        _apply(connection, missing[0], files[missing[0]], folder)
    return max(files, default=0)


def must_be_writable(connection: sqlite3.Connection) -> None:
    """sqlite3.OperationalError where SQLite opened the file for reading only, as it does without a word.

    Another process that is writing just now is no reason to refuse.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE migrations SET name = name")  # only a real write is refused
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if (error.sqlite_errorcode or 0) & 0xFF == sqlite3.SQLITE_READONLY:
            raise


def _apply(connection: sqlite3.Connection, version: int, path: Path, folder: Path) -> None:
    """Apply one file, unless another process was faster."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version not in refuse_unknown(connection, folder):
            connection.execute(
                "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL)"
            )
            for statement in _statements(path.read_text(encoding="utf-8")):
                connection.execute(statement)
            connection.execute("INSERT INTO migrations (version, name) VALUES (?, ?)", (version, path.name))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(text: str) -> list[str]:
    """Split a file at the semicolons that end its statements."""
    found, part = [], ""
    for piece in text.split(";"):
        part += piece + ";"
        if sqlite3.complete_statement(part):
            found.append(part)
            part = ""
    return [statement for statement in found if statement.strip(" \n;")]
