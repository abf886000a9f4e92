"""A database is brought to the present version step by step, and never touched where it is not for this program."""

import asyncio
import sqlite3
import sys
from pathlib import Path

import pytest

from storage.database import DatabaseTooNew, ForeignDatabase
from storage.migrate import FOLDER, applied, known_migrations, migrate, refuse_unknown
from storage.sqlite import Sqlite

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two migrations."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "001_first.sql").write_text("CREATE TABLE teams (name TEXT); -- one; two\n", encoding="utf-8")
    (folder / "002_second.sql").write_text(
        "ALTER TABLE teams ADD COLUMN level INTEGER;\nINSERT INTO teams VALUES ('a;b', 2);\n", encoding="utf-8"
    )
    return folder


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    return sqlite3.connect(tmp_path / "bot.db", isolation_level=None)


def tables(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]


def test_every_migration_is_applied_once_in_order(connection: sqlite3.Connection, folder: Path) -> None:
    assert migrate(connection, folder) == 2
    assert migrate(connection, folder) == 2

    assert connection.execute("SELECT version, name FROM migrations").fetchall() == [
        (1, "001_first.sql"),
        (2, "002_second.sql"),
    ]
    assert connection.execute("SELECT * FROM teams").fetchall() == [("a;b", 2)]
    connection.close()


def test_an_older_database_gets_what_it_lacks_and_keeps_its_rows(connection: sqlite3.Connection, folder: Path) -> None:
    second = (folder / "002_second.sql").read_text(encoding="utf-8")
    (folder / "002_second.sql").unlink()
    migrate(connection, folder)
    connection.execute("INSERT INTO teams VALUES ('old')")
    (folder / "002_second.sql").write_text(second, encoding="utf-8")

    assert migrate(connection, folder) == 2

    assert connection.execute("SELECT * FROM teams").fetchall() == [("old", None), ("a;b", 2)]
    connection.close()


def test_a_migration_that_fails_half_way_leaves_the_version_before_it(
    connection: sqlite3.Connection, folder: Path
) -> None:
    (folder / "002_second.sql").write_text(
        "CREATE TABLE levels (n INTEGER);\nINSERT INTO no_such_table VALUES (1);\n", encoding="utf-8"
    )

    with pytest.raises(sqlite3.OperationalError, match="no_such_table"):
        migrate(connection, folder)

    assert applied(connection) == (1,)
    assert tables(connection) == ["migrations", "teams"]
    assert not connection.in_transaction
    connection.close()


def test_a_newer_database_is_refused_and_left_as_it_is(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "bot.db"
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, folder)
    connection.close()
    before = path.read_bytes()
    (folder / "002_second.sql").unlink()

    with pytest.raises(DatabaseTooNew, match=r"of version 2, this bot knows 1: install the newer bot"):
        Sqlite(path, folder)

    assert path.read_bytes() == before
    assert not path.with_name("bot.db-wal").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE songs (title TEXT)",
        "CREATE TABLE answers (id INTEGER PRIMARY KEY)",
        "CREATE TABLE migrations (id INTEGER, applied_at TEXT)",  # another program's bookkeeping
    ],
)
def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "songs.db"
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.close()
    before = path.read_bytes()

    with pytest.raises(ForeignDatabase, match="point DATABASE_URL at a file of its own; nothing was changed"):
        Sqlite(path)

    assert path.read_bytes() == before
    assert not path.with_name("songs.db-wal").exists()


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.touch()
    connection = sqlite3.connect(path)

    assert refuse_unknown(connection) == ()

    connection.close()


async def test_processes_that_open_a_new_file_at_once_all_find_it_ready(tmp_path: Path) -> None:
    script = "import sys; from pathlib import Path; from storage.sqlite import Sqlite; Sqlite(Path(sys.argv[1]))"
    command = (sys.executable, "-c", script, str(tmp_path / "bot.db"))
    pipe = asyncio.subprocess.PIPE

    processes = [await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=pipe) for _ in range(4)]
    ends = [(await process.communicate())[1].decode() for process in processes]

    assert [(process.returncode, end) for process, end in zip(processes, ends, strict=True)] == [(0, "")] * 4


def test_a_migration_that_another_process_applied_in_the_last_moment_is_not_applied_again(
    tmp_path: Path, connection: sqlite3.Connection, folder: Path
) -> None:
    other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)

    def be_faster(statement: str) -> None:
        if statement == "BEGIN IMMEDIATE":
            migrate(other, folder)

    connection.set_trace_callback(be_faster)  # SQLite calls it before it runs the statement

    assert migrate(connection, folder) == 2

    assert connection.execute("SELECT * FROM teams").fetchall() == [("a;b", 2)]
    connection.close()
    other.close()


# The files themselves ------------------------------------------------------------------------------------------------


def test_the_numbers_of_the_migrations_have_no_gap() -> None:
    known = known_migrations()

    assert list(known) == list(range(1, len(known) + 1))
    assert len(known) == len(list(FOLDER.glob("*.sql")))


def test_every_table_names_the_workspace(connection: sqlite3.Connection) -> None:
    migrate(connection)

    without = [
        table
        for table in tables(connection)
        if "workspace" not in {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    ]

    assert without == ["migrations"]
    assert tables(connection) == [
        "answers", "dialogs", "erasures", "facts", "greetings", "inbox", "left_threads", "messages", "migrations",
        "outbox", "plans", "policies", "questions", "ratings", "reminders", "results", "standings", "teams",
    ]  # fmt: skip
    connection.close()


@pytest.mark.parametrize("path", known_migrations().values(), ids=lambda path: path.name)
def test_a_migration_is_plain_enough_for_postgresql_too(path: Path) -> None:
    """Types and clauses that only SQLite knows would have to be written a second time."""
    words = set(path.read_text(encoding="utf-8").upper().replace("(", " ").replace(",", " ").split())

    assert words & {"AUTOINCREMENT", "STRICT", "ROWID", "DATETIME", "PRAGMA", "GLOB", "IFNULL", "BLOB"} == set()
