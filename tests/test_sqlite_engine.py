"""One writer for all: groups share a commit, nobody is answered before it holds, and nobody pays for a neighbour."""

import asyncio
import signal
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage.database import (
    CannotOpen,
    DatabaseBusy,
    DatabaseClosed,
    DatabaseFull,
    NotADatabase,
    Sql,
    SqliteTooOld,
)
from storage.sqlite import Sqlite, require_sqlite

ROOT = Path(__file__).parents[1]


class Boom(Exception):  # noqa: N818 - what tests raise
    pass


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Sqlite]:
    database = Sqlite(tmp_path / "bot.db")
    yield database
    await database.close()


class Work:
    """Writes one row, and counts how often it was run."""

    def __init__(self, key: str, size: int = 0) -> None:
        self.key = key + "x" * size
        self.runs = 0

    def __call__(self, sql: Sql) -> str:
        self.runs += 1
        sql("INSERT INTO inbox (workspace, key, received_at) VALUES ('T1', :key, 'now')", key=self.key)
        return self.key


class Gate:
    """A work that holds the writer until it is opened, so that others gather behind it."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.opened = threading.Event()

    def __call__(self, _: Sql) -> None:
        self.entered.set()
        assert self.opened.wait(10)


async def behind_a_gate(database: Sqlite, *works: Callable[[Sql], object]) -> list[object]:
    """Run works that are all waiting when the writer becomes free; their outcomes in order."""
    gate = Gate()
    first = asyncio.create_task(database.transact(gate))
    await asyncio.to_thread(gate.entered.wait, 10)
    waiting = [asyncio.create_task(database.transact(work)) for work in works]
    await asyncio.sleep(0)  # lets each of them hand its work in
    gate.opened.set()
    await first
    outcomes: list[object] = await asyncio.gather(*waiting, return_exceptions=True)
    return outcomes


def keys_in(sql: Sql) -> list[str]:
    return [row["key"][:6].rstrip("x") for row in sql("SELECT key FROM inbox ORDER BY key")]


# Groups --------------------------------------------------------------------------------------------------------------


async def test_a_work_alone_takes_one_commit(database: Sqlite) -> None:
    before = database.commits

    assert await database.transact(Work("a")) == "a"

    assert database.commits - before == 1


async def test_works_that_wait_together_share_one_commit(database: Sqlite) -> None:
    before = database.commits

    outcomes = await behind_a_gate(database, *(Work(f"k{n:02d}") for n in range(16)))

    assert outcomes == [f"k{n:02d}" for n in range(16)]
    assert database.commits - before == 2  # the gate's own, and one for all sixteen


async def test_a_group_holds_sixty_four_at_the_most(database: Sqlite) -> None:
    before = database.commits

    await behind_a_gate(database, *(Work(f"k{n:02d}") for n in range(129)))

    assert database.commits - before == 1 + 3  # 64, 64 and 1


async def test_works_run_in_the_order_in_which_they_were_handed_in(database: Sqlite) -> None:
    order: list[int] = []

    await behind_a_gate(database, *(lambda _, n=n: order.append(n) for n in range(40)))

    assert order == list(range(40))


async def test_a_work_that_raises_takes_only_its_own_rows_with_it(database: Sqlite) -> None:
    def boom(sql: Sql) -> None:
        sql("INSERT INTO inbox (workspace, key, received_at) VALUES ('T1', 'boom', 'now')")
        raise Boom

    before = database.commits
    outcomes = await behind_a_gate(database, Work("a"), boom, Work("b"))

    assert outcomes[0] == "a"
    assert isinstance(outcomes[1], Boom)
    assert outcomes[2] == "b"
    assert await database.read(keys_in) == ["a", "b"]
    assert database.commits - before == 2


async def test_a_work_that_raises_alone_leaves_nothing(database: Sqlite) -> None:
    def boom(sql: Sql) -> None:
        Work("gone")(sql)
        raise Boom

    with pytest.raises(Boom):
        await database.transact(boom)

    assert await database.read(keys_in) == []


async def test_a_work_that_ends_the_transaction_for_all_is_run_again_alone(database: Sqlite) -> None:
    """As SQLite does by itself when the disk is full: the savepoints of the neighbours are gone as well."""
    first, last = Work("a"), Work("b")

    def ends_it(sql: Sql) -> None:
        Work("gone")(sql)
        sql("ROLLBACK")
        raise Boom

    outcomes = await behind_a_gate(database, first, ends_it, last)

    assert outcomes[0] == "a"
    assert isinstance(outcomes[1], Boom)
    assert outcomes[2] == "b"
    assert (first.runs, last.runs) == (2, 1)
    assert await database.read(keys_in) == ["a", "b"]


async def test_a_work_that_hides_the_end_of_its_transaction_is_not_answered_as_kept(database: Sqlite) -> None:
    def hides_it(sql: Sql) -> str:
        Work("gone")(sql)
        sql("ROLLBACK")
        return "kept"

    with pytest.raises(sqlite3.OperationalError, match="no transaction is active"):
        await database.transact(hides_it)

    assert await database.transact(Work("a")) == "a"
    assert await database.read(keys_in) == ["a"]


async def test_after_the_end_of_its_transaction_a_work_can_write_nothing_more(database: Sqlite) -> None:
    """Such a row would be kept on its own, and once more when the work is run again."""

    def goes_on(sql: Sql) -> None:
        sql("ROLLBACK")
        Work("alone")(sql)

    with pytest.raises(sqlite3.OperationalError, match="the transaction has ended"):
        await database.transact(goes_on)

    assert await database.read(keys_in) == []


async def test_a_work_that_lets_stop_iteration_escape_is_answered(database: Sqlite) -> None:
    """No asyncio future can carry a StopIteration: its waiter would wait for ever."""

    def exhausted(_: Sql) -> object:
        return next(iter(()))

    with pytest.raises(RuntimeError, match="StopIteration"):
        await database.transact(exhausted)


async def test_a_cancelled_work_that_had_not_begun_is_not_run(database: Sqlite) -> None:
    gate, late = Gate(), Work("late")
    first = asyncio.create_task(database.transact(gate))
    await asyncio.to_thread(gate.entered.wait, 10)
    waiting = asyncio.create_task(database.transact(late))
    await asyncio.sleep(0)

    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    gate.opened.set()
    await first

    assert await database.transact(keys_in) == []
    assert late.runs == 0


# A full disk ---------------------------------------------------------------------------------------------------------


async def limit_pages(database: Sqlite, more: int) -> None:
    """Leave room for so many pages more than the file has."""

    def limit(sql: Sql) -> None:
        pages = sql("PRAGMA page_count")[0]["page_count"]
        sql(f"PRAGMA max_page_count = {pages + more}")

    await database.transact(limit)


async def test_on_a_full_disk_nobody_is_answered_before_a_commit_that_holds(database: Sqlite) -> None:
    await limit_pages(database, 4)
    big = Work("big", size=200_000)

    outcomes = await behind_a_gate(database, Work("a"), big, Work("b"))

    assert outcomes[0] == "a"
    assert isinstance(outcomes[1], DatabaseFull)
    assert outcomes[2] == "b"
    assert await database.read(keys_in) == ["a", "b"]


async def test_after_a_full_disk_the_writer_goes_on_once_there_is_room(database: Sqlite) -> None:
    await limit_pages(database, 4)
    with pytest.raises(DatabaseFull, match=r"no room left for .*bot\.db; nothing was kept, free some disk space"):
        await database.transact(Work("big", size=200_000))

    await limit_pages(database, 1000)

    await database.transact(Work("big", size=200_000))
    assert await database.read(keys_in) == ["big"]


async def test_works_that_fill_the_disk_one_by_one_are_answered_as_what_was_kept(database: Sqlite) -> None:
    """Whatever gets through is in the file; whatever is not in the file was answered with an error."""
    await limit_pages(database, 6)

    outcomes = await behind_a_gate(database, *(Work(f"k{n:02d}", size=3000) for n in range(32)))

    kept = [str(outcome)[:3] for outcome in outcomes if isinstance(outcome, str)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, DatabaseFull)]
    assert len(kept) + len(refused) == 32
    assert kept
    assert refused
    assert await database.read(keys_in) == kept


# Other processes -----------------------------------------------------------------------------------------------------


async def test_a_database_locked_by_another_process_says_so_and_works_again_afterwards(tmp_path: Path) -> None:
    database = Sqlite(tmp_path / "bot.db", patience=0.0)
    other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    works = [Work(f"k{n}") for n in range(3)]

    other.execute("BEGIN IMMEDIATE")
    refused = await asyncio.gather(*(database.transact(work) for work in works), return_exceptions=True)
    other.execute("ROLLBACK")

    assert [type(outcome) for outcome in refused] == [DatabaseBusy] * 3
    assert "was locked by another process for too long; nothing was kept" in str(refused[0])
    assert [work.runs for work in works] == [0, 0, 0]
    assert await database.transact(Work("a")) == "a"
    assert await database.read(keys_in) == ["a"]
    other.close()
    await database.close()


WRITES_UNTIL_KILLED = """
import asyncio, sys
from pathlib import Path
from storage.sqlite import Sqlite

async def write(database, name):
    for number in range(1_000_000):
        key = f"{name}:{number:06d}"
        def work(sql):
            for part in ("first", "second"):
                sql("INSERT INTO inbox (workspace, key, received_at) VALUES (:part, :key, 'now')", part=part, key=key)
        await database.transact(work)
        print(key, flush=True)

async def main():
    database = Sqlite(Path(sys.argv[1]))
    await asyncio.gather(*(write(database, name) for name in "abcdefgh"))

asyncio.run(main())
"""


async def test_kill_9_in_the_middle_of_writes_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITES_UNTIL_KILLED, str(tmp_path / "bot.db"), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert writer.stdout is not None
    answered = [(await writer.stdout.readline()).decode().strip() for _ in range(200)]
    writer.kill()
    rest = (await writer.stdout.read()).decode()
    answered += [line.strip() for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    assert await writer.wait() == -signal.SIGKILL

    database = Sqlite(tmp_path / "bot.db")
    rows = await database.read(lambda sql: sql("SELECT key, count(*) AS parts FROM inbox GROUP BY key"))
    health = await database.read(lambda sql: sql("PRAGMA integrity_check"))
    await database.close()

    assert len(answered) >= 200
    assert set(answered) <= {row["key"] for row in rows}
    assert {row["parts"] for row in rows} == {2}  # a transaction is there with both of its rows, or not at all
    assert health == [{"integrity_check": "ok"}]


# Reading -------------------------------------------------------------------------------------------------------------


async def test_a_read_does_not_wait_for_the_writer(database: Sqlite) -> None:
    gate = Gate()
    writing = asyncio.create_task(database.transact(gate))
    await asyncio.to_thread(gate.entered.wait, 10)

    seen = await database.read(keys_in)

    assert seen == []
    assert not writing.done()
    gate.opened.set()
    await writing


async def test_a_read_sees_one_snapshot_whatever_is_written_meanwhile(database: Sqlite) -> None:
    started, written = threading.Event(), threading.Event()

    def looks_twice(sql: Sql) -> tuple[list[str], list[str]]:
        first = keys_in(sql)
        started.set()
        assert written.wait(10)
        return first, keys_in(sql)

    reading = asyncio.create_task(database.read(looks_twice))
    await asyncio.to_thread(started.wait, 10)
    await database.transact(Work("a"))
    written.set()

    assert await reading == ([], [])
    assert await database.read(keys_in) == ["a"]


async def test_a_read_cannot_write(database: Sqlite) -> None:
    with pytest.raises(CannotOpen, match="attempt to write a readonly database"):
        await database.read(Work("a"))

    assert await database.read(keys_in) == []


async def test_a_read_that_raises_leaves_its_connection_usable(database: Sqlite) -> None:
    def boom(sql: Sql) -> None:
        keys_in(sql)
        raise Boom

    for _ in range(3):  # more often than there are connections
        with pytest.raises(Boom):
            await database.read(boom)

    assert await database.read(keys_in) == []


# Opening and closing -------------------------------------------------------------------------------------------------


async def test_an_answered_commit_is_on_the_disk_and_references_are_checked(database: Sqlite) -> None:
    def settings(sql: Sql) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return {name: sql(f"PRAGMA {name}")[0][name] for name in names}

    assert await database.transact(settings) == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_what_was_handed_in_before_closing_is_kept(tmp_path: Path) -> None:
    database = Sqlite(tmp_path / "bot.db")
    waiting = asyncio.create_task(database.transact(Work("a")))
    await asyncio.sleep(0)

    await database.close()

    assert await waiting == "a"
    again = Sqlite(tmp_path / "bot.db")
    assert await again.read(keys_in) == ["a"]
    await again.close()


async def test_a_closed_database_takes_no_more_work_and_may_be_closed_again(tmp_path: Path) -> None:
    database = Sqlite(tmp_path / "bot.db")
    await database.close()
    await database.close()

    with pytest.raises(DatabaseClosed, match="open it anew"):
        await database.transact(Work("a"))
    with pytest.raises(DatabaseClosed, match="open it anew"):
        await database.read(keys_in)


def test_closing_leaves_one_file(tmp_path: Path) -> None:
    """The write-ahead log is moved into it, so that a copy of the file is a backup."""

    async def use() -> None:
        database = Sqlite(tmp_path / "bot.db")
        await database.transact(Work("a"))
        await database.read(keys_in)
        await database.close()

    asyncio.run(use())

    assert [path.name for path in tmp_path.iterdir()] == ["bot.db"]


async def test_the_folder_is_made(tmp_path: Path) -> None:
    database = Sqlite(tmp_path / "new folder" / "50% #1?.db")
    await database.transact(Work("a"))
    assert await database.read(keys_in) == ["a"]
    await database.close()

    assert (tmp_path / "new folder" / "50% #1?.db").exists()


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")

    with pytest.raises(CannotOpen, match="make it, or name another"):
        Sqlite(tmp_path / "file" / "bot.db")


def test_a_folder_in_place_of_the_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="look at its folder, its rights and the disk"):
        Sqlite(tmp_path)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.write_text("Dear diary, " * 1000, encoding="utf-8")

    with pytest.raises(NotADatabase, match="move it away or restore a backup"):
        Sqlite(path)

    assert path.read_text(encoding="utf-8") == "Dear diary, " * 1000


async def test_a_damaged_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    await Sqlite(path).close()
    damaged = path.read_bytes()[:100] + b"\xff" * (path.stat().st_size - 100)
    path.write_bytes(damaged)

    with pytest.raises(NotADatabase, match="damaged"):
        Sqlite(path)

    assert path.read_bytes() == damaged


@pytest.mark.parametrize("version", [(3, 34, 1), (3, 7, 17)])
def test_a_sqlite_without_returning_is_refused_with_the_way_out(version: tuple[int, int, int]) -> None:
    with pytest.raises(SqliteTooOld, match=r"3\.35 or newer is needed: use a newer Python"):
        require_sqlite(version)


def test_the_first_sqlite_with_returning_will_do() -> None:
    require_sqlite((3, 35, 0))
