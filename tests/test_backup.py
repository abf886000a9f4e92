"""A copy is taken while the bot works, and put back only where nothing can be lost by it."""

import asyncio
import datetime as dt
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from stage import Stage
from storage.backup import DatabaseInUse, back_up, put_back
from storage.database import DatabaseProblem, Sql
from storage.migrate import FOLDER, known_migrations, migrate
from storage.sqlite import Sqlite
from storage.store import open_store
from test_cli import Outcome, environment, maturity_bot

NOW = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.UTC)
PAGE = "x" * 4000


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with one question in it."""
    path = tmp_path / "maturity.db"
    asyncio.run(open_store(f"sqlite:///{path}").close())
    ask(path, "first")
    return path


def ask(path: Path, text: str, rows: int = 1) -> None:
    """Note questions, as another process would while the bot runs."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO questions VALUES ('T1', ?, ?, 1, '2026', '2026')",
            [(f"{text} {number}", text) for number in range(rows)],
        )


def asked(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [row[0] for row in connection.execute("SELECT DISTINCT text FROM questions ORDER BY text")]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(("-shm", "-wal")))


def command(database: Path, *arguments: str) -> Outcome:
    result = CliRunner(env={"DATABASE_URL": f"sqlite:///{database}"}).invoke(main, arguments)
    return Outcome(result.exit_code, result.stdout, result.stderr)


# --- taking a copy ---------------------------------------------------------------------------------------------------


def test_writes_go_on_while_a_copy_is_taken_and_it_holds_all_that_was_there_before(
    database: Path, tmp_path: Path
) -> None:
    ask(database, PAGE, 2500)
    written: list[str] = []

    def meanwhile() -> None:
        written.append(f"meanwhile {len(written)}")
        ask(database, written[-1])

    back_up(database, tmp_path / "copy.db", between=meanwhile)

    assert len(written) > 2
    assert asked(tmp_path / "copy.db") == ["first", PAGE]
    assert asked(database) == ["first", *written, PAGE]


async def test_a_copy_taken_by_the_command_while_a_writer_never_rests_is_whole(tmp_path: Path) -> None:
    engine = Sqlite(tmp_path / "maturity.db")
    committed = 0
    under_way = asyncio.Event()

    def one_more(sql: Sql) -> None:
        sql("INSERT INTO inbox VALUES ('T1', :key, '2026')", key=f"key {committed}")

    async def write() -> None:
        nonlocal committed
        while True:
            await engine.transact(one_more)
            committed += 1
            under_way.set()

    writer = asyncio.create_task(write())
    await under_way.wait()
    before = committed
    env = environment(DATABASE_URL=f"sqlite:///{engine.path}")
    outcome = await maturity_bot("backup", "copy.db", env=env, cwd=tmp_path)
    after = committed
    writer.cancel()
    await asyncio.gather(writer, return_exceptions=True)
    await engine.close()

    assert outcome.code == 0, outcome.err
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        (rows,) = copy.execute("SELECT count(*) FROM inbox").fetchone()
    assert before <= rows <= after
    assert before < after


async def test_the_command_says_what_a_copy_of_a_running_bot_holds(tmp_path: Path) -> None:
    env = environment(DATABASE_URL=f"sqlite:///{tmp_path / 'maturity.db'}")
    async with Stage(tmp_path) as stage:
        await stage.person("Ana").commands("/maturity start")
        await stage.settled()
        await stage.person("Ana").clicks("Skip the facts")
        await stage.settled()
        await stage.person("Ana").clicks("Yes")
        await stage.settled()
        said = await maturity_bot("backup", "a.db", env=env, cwd=tmp_path)
        told = await maturity_bot("backup", "b.db", "--json", env=env, cwd=tmp_path)

    assert said.out.startswith("a.db: ")
    assert "kB, whole; 1 assessment (1 running), 1 answer, 0 facts, 0 results, 0 reminders, 0 messages" in said.out
    found = json.loads(told.out)
    assert (found["assessments"], found["running"], found["answers"]) == (1, 1, 1)
    assert found["bytes"] == (tmp_path / "b.db").stat().st_size
    assert found["version"] == max(known_migrations())


def test_a_copy_is_one_file_with_the_rights_of_its_database(database: Path, tmp_path: Path) -> None:
    database.chmod(0o600)

    assert command(database, "backup", str(tmp_path / "copy.db")).code == 0

    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("copy")] == ["copy.db"]
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_file_that_is_there_is_overwritten_only_by_force(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("precious", encoding="utf-8")

    refused = command(database, "backup", str(copy))

    assert refused == Outcome(1, "", f"{copy} is there already; name another file, or say --force to overwrite it\n")
    assert copy.read_text(encoding="utf-8") == "precious"
    assert command(database, "backup", str(copy), "--force").code == 0
    assert asked(copy) == ["first"]


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        ("maturity.db", "is the database itself; name another file"),
        ("link.db", "is the database itself; name another file"),
        ("nowhere/copy.db", "name a file in a folder that is there"),
        (".", "name a file in a folder that is there"),
    ],
)
def test_a_copy_never_lands_where_it_does_harm(database: Path, tmp_path: Path, name: str, way_out: str) -> None:
    (tmp_path / "link.db").symlink_to(database)

    refused = command(database, "backup", "--force", str(tmp_path / name))

    assert refused.code == 1
    assert refused.err.endswith(f"{way_out}\n")
    assert len(refused.err.splitlines()) == 1
    assert asked(database) == ["first"]
    assert names(tmp_path) == ["link.db", "maturity.db"]


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def junk(path: Path) -> None:
    path.write_bytes(b"my diary\n" * 1000)


def nothing(path: Path) -> None:
    del path


def empty(path: Path) -> None:
    path.touch()


@pytest.mark.parametrize("make", [foreign, junk, nothing, empty])
def test_what_is_no_database_of_ours_is_not_copied(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "maturity.db")
    before = names(tmp_path)

    refused = command(tmp_path / "maturity.db", "backup", str(tmp_path / "copy.db"))

    assert refused.code == 1
    assert len(refused.err.splitlines()) == 1
    assert names(tmp_path) == before


# --- putting it back -------------------------------------------------------------------------------------------------


def test_a_restored_copy_takes_the_place_and_what_was_there_is_kept(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    command(database, "backup", str(copy))
    ask(database, "second")

    restored = command(database, "restore", str(copy))

    assert restored.code == 0, restored.err
    assert restored.out.splitlines()[1] == f"What it held before is in {database}.before-restore."
    assert asked(database) == ["first"]
    assert asked(tmp_path / "maturity.db.before-restore") == ["first", "second"]
    assert asked(copy) == ["first"]


def test_what_was_kept_before_is_never_overwritten(database: Path, tmp_path: Path) -> None:
    command(database, "backup", str(tmp_path / "copy.db"))
    for text in ("second", "third"):
        ask(database, text)
        assert command(database, "restore", str(tmp_path / "copy.db")).code == 0

    assert asked(tmp_path / "maturity.db.before-restore") == ["first", "second"]
    assert asked(tmp_path / "maturity.db.before-restore-2") == ["first", "third"]


def test_a_database_that_was_lost_comes_back_in_a_folder_made_for_it(database: Path, tmp_path: Path) -> None:
    command(database, "backup", str(tmp_path / "copy.db"))

    restored = command(tmp_path / "new" / "maturity.db", "restore", str(tmp_path / "copy.db"))

    assert restored.code == 0, restored.err
    assert asked(tmp_path / "new" / "maturity.db") == ["first"]
    assert names(tmp_path / "new") == ["maturity.db"]


def test_a_damaged_database_gives_way_and_is_kept_as_it_is(database: Path, tmp_path: Path) -> None:
    command(database, "backup", str(tmp_path / "copy.db"))
    junk(database)

    restored = command(database, "restore", str(tmp_path / "copy.db"))

    assert restored.code == 0, restored.err
    assert asked(database) == ["first"]
    assert (tmp_path / "maturity.db.before-restore").read_bytes() == b"my diary\n" * 1000


def test_what_a_killed_bot_left_in_its_log_is_kept_as_well(database: Path, tmp_path: Path) -> None:
    command(database, "backup", str(tmp_path / "copy.db"))
    with closing(sqlite3.connect(database)) as alive:
        alive.execute("INSERT INTO questions VALUES ('T1', 'last', 'last words', 1, '2026', '2026')")
        alive.commit()
        for end in ("", "-wal"):
            shutil.copy(f"{database}{end}", tmp_path / f"killed.db{end}")
    assert (tmp_path / "killed.db-wal").stat().st_size > 0

    assert command(tmp_path / "killed.db", "restore", str(tmp_path / "copy.db")).code == 0

    assert asked(tmp_path / "killed.db") == ["first"]
    assert asked(tmp_path / "killed.db.before-restore") == ["first", "last words"]


async def test_a_bot_that_runs_keeps_its_database_and_once_stopped_starts_from_the_copy(tmp_path: Path) -> None:
    env = environment(DATABASE_URL=f"sqlite:///{tmp_path / 'maturity.db'}")
    async with Stage(tmp_path) as stage:
        await stage.person("Ana").commands("/maturity remind every 3 months")
        await stage.settled()
        await maturity_bot("backup", "copy.db", env=env, cwd=tmp_path)
        await stage.person("Ana").commands("/maturity remind off")
        await stage.settled()

        refused = await maturity_bot("restore", "copy.db", env=env, cwd=tmp_path)

        assert refused.code == 1
        assert refused.err.endswith("maturity.db is in use by a running bot: stop it first; nothing was changed\n")
        assert not (tmp_path / "maturity.db.before-restore").exists()
        (row,) = await stage.bot.store.read(lambda reading: reading.reminders())
        assert row.rests == "off"

        await stage.stop_bot()
        assert (await maturity_bot("restore", "copy.db", env=env, cwd=tmp_path)).code == 0
        await stage.start_bot()
        (row,) = await stage.bot.store.read(lambda reading: reading.reminders())

        assert row.rests is None


def test_a_database_in_use_is_told_from_one_that_is_only_there(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy.db")
    engine = Sqlite(database)
    with pytest.raises(DatabaseInUse):
        put_back(tmp_path / "copy.db", database)
    asyncio.run(engine.close())

    assert put_back(tmp_path / "copy.db", database)[1] == tmp_path / "maturity.db.before-restore"


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL)")
        connection.execute("INSERT INTO migrations VALUES (999, '999_later.sql')")


def torn(path: Path) -> None:
    asyncio.run(Sqlite(path).close())
    ask(path, PAGE, 100)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


@pytest.mark.parametrize("make", [foreign, junk, nothing, empty, newer, torn])
def test_a_copy_that_is_not_ours_or_not_whole_changes_nothing(
    database: Path, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "copy.db")
    before = names(tmp_path)

    refused = command(database, "restore", str(tmp_path / "copy.db"))

    assert refused.code == 1
    assert len(refused.err.splitlines()) == 1
    assert str(tmp_path / "copy.db") in refused.err
    assert names(tmp_path) == before
    assert asked(database) == ["first"]


def test_another_programs_database_is_not_replaced(database: Path, tmp_path: Path) -> None:
    command(database, "backup", str(tmp_path / "copy.db"))
    foreign(tmp_path / "recipes.db")

    refused = command(tmp_path / "recipes.db", "restore", str(tmp_path / "copy.db"))

    assert "point DATABASE_URL at a file of its own; nothing was changed" in refused.err
    assert names(tmp_path) == ["copy.db", "maturity.db", "recipes.db"]


def test_the_database_is_no_copy_of_itself(database: Path) -> None:
    assert "is the database itself" in command(database, "restore", str(database)).err


def test_an_older_copy_takes_the_place_of_a_newer_database_and_is_brought_up_at_the_next_start(
    database: Path, tmp_path: Path
) -> None:
    (tmp_path / "migrations").mkdir()
    first = known_migrations(FOLDER)[1]
    (tmp_path / "migrations" / first.name).write_text(first.read_text(encoding="utf-8"), encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "old.db", isolation_level=None)) as old:
        migrate(old, tmp_path / "migrations")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("INSERT INTO migrations VALUES (999, '999_later.sql')")

    assert put_back(tmp_path / "old.db", database)[0].version == 1

    asyncio.run(open_store(f"sqlite:///{database}").close())
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT max(version) FROM migrations").fetchone() == (max(known_migrations()),)


def test_a_bot_does_not_start_on_a_database_of_a_newer_one(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("INSERT INTO migrations VALUES (999, '999_later.sql')")

    with pytest.raises(DatabaseProblem, match="install the newer bot"):
        open_store(f"sqlite:///{database}")
