"""Brings a database to the present version: numbered SQL files, each in the transaction that records it."""

import sqlite3
from pathlib import Path

from storage.database import DatabaseTooNew

FOLDER = Path(__file__).parent / "migrations"


def known_migrations(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The files in their order; the number in front is the version they bring."""
    return tuple(sorted(folder.glob("[0-9][0-9][0-9]_*.sql")))


def applied(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The versions a database has had; only reads."""
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone()
    return (
        tuple(row[0] for row in connection.execute("SELECT version FROM migrations ORDER BY version")) if there else ()
    )


def migrate(connection: sqlite3.Connection, folder: Path = FOLDER) -> int:
    """Apply what is missing and give the version reached.

    DatabaseTooNew, with nothing changed, where the database has had a version that this program does not know.
    """
    files = {int(path.name[:3]): path for path in known_migrations(folder)}
    newest = max(files, default=0)
    if (had := max(applied(connection), default=0)) > newest:
        raise DatabaseTooNew(
            f"the database is of version {had}, this bot knows {newest}: install the newer bot, or point DATABASE_URL "
            "at another file; nothing was changed"
        )
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL)")
        done = applied(connection)
        for version, path in files.items():
            if version not in done:
                for statement in _statements(path.read_text(encoding="utf-8")):
                    connection.execute(statement)
                connection.execute("INSERT INTO migrations (version, name) VALUES (?, ?)", (version, path.name))
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return newest


def _statements(text: str) -> list[str]:
    """Split a file at the semicolons that end its statements."""
    found, part = [], ""
    for piece in text.split(";"):
        part += piece + ";"
        if sqlite3.complete_statement(part):
            found.append(part)
            part = ""
    return [statement for statement in found if statement.strip(" \n;")]
