"""A database that is damaged, newer, another program's, or none at all: said with a way out, and never overwritten."""

import asyncio
import os
import sqlite3
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import assessment
from fuzz_amount import tell, tries
from storage.database import DatabaseProblem
from storage.migrate import known_migrations
from storage.sqlite import Sqlite
from storage.store import Store, open_store

HEADER = 100  # bytes, see https://www.sqlite.org/fileformat.html
WAYS_OUT = ("move it away", "restore a backup", "look at its folder", "install the newer bot", "point DATABASE_URL")


@cache
def healthy() -> bytes:
    """A database in use, as the bot leaves it."""

    async def fill(path: Path) -> None:
        store = Store(Sqlite(path))
        for number in range(40):
            name = f"d{number}"
            await store.turn(lambda writing, name=name: writing.begin(assessment(name, f"subject {name}")))  # type: ignore[misc]  # binds the loop's
        await store.close()

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bot.db"
        asyncio.run(fill(path))
        return path.read_bytes()


def opened(path: Path) -> str:
    """Open the file as the bot does and close it again; what was said where it was refused, else nothing."""

    async def use() -> None:
        await open_store(f"sqlite:///{path}").close()

    try:
        asyncio.run(use())
    except DatabaseProblem as problem:
        return str(problem)
    return ""


def refused(path: Path) -> bool:
    """Whether the file was refused; then it is said what to do, and every byte is as it was."""
    before = path.read_bytes()
    said = opened(path)
    if said:
        assert any(way in said for way in WAYS_OUT), said
        assert str(path) in said or "DATABASE_URL" in said
        assert path.read_bytes() == before
        written = [found for found in path.parent.iterdir() if found.stat().st_size and found.suffix != ".db-shm"]
        assert written == [path], "an empty log may stay behind, a written one would be a change"
    return bool(said)


_flips = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=40)


def flipped(raw: bytes, flips: list[tuple[float, int]], within: slice) -> bytes:
    """The bytes with some of them changed inside a part."""
    found = bytearray(raw)
    places = range(len(raw))[within]
    for share, change in flips:
        found[places[int(share * len(places))]] ^= change
    return bytes(found)


@pytest.mark.parametrize(
    "within", [pytest.param(slice(0, HEADER), id="header"), pytest.param(slice(HEADER, None), id="pages")]
)
def test_a_database_with_changed_bytes_is_opened_or_refused_and_left_as_it_is(
    within: slice, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: Counter[str] = Counter()

    @tries(60)
    @given(_flips)
    def every_damage(flips: list[tuple[float, int]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bot.db"
            path.write_bytes(flipped(healthy(), flips, within))
            tried["refused" if refused(path) else "opened"] += 1

    every_damage()
    tell(capsys, f"changed bytes {within}", tried)


def test_a_database_cut_off_anywhere_is_opened_or_refused_and_left_as_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tried: Counter[str] = Counter()

    @tries(40)
    @given(st.floats(0, 1, exclude_max=True) | st.floats(0, 0.01))
    def every_length(share: float) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bot.db"
            path.write_bytes(healthy()[: int(share * len(healthy()))])
            tried["refused" if refused(path) else "opened"] += 1

    every_length()
    tell(capsys, "databases cut off", tried)


@pytest.mark.parametrize(
    "raw", [b"Dear diary\n", b"SQLite format 3\x00", b"\x00" * 4096, b"PK\x03\x04" + b"x" * 8192, b"{}"]
)
def test_a_file_of_another_kind_is_refused_and_left_as_it_is(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "bot.db").write_bytes(raw)

    assert refused(tmp_path / "bot.db")


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "bot.db").touch()

    assert not refused(tmp_path / "bot.db")
    assert (tmp_path / "bot.db").read_bytes().startswith(b"SQLite format 3")


def test_a_folder_in_the_place_of_the_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "bot.db").mkdir()
    (tmp_path / "bot.db" / "kept.txt").write_text("kept", encoding="utf-8")

    assert "look at its folder" in opened(tmp_path / "bot.db")

    assert [path.name for path in (tmp_path / "bot.db").iterdir()] == ["kept.txt"]


@pytest.mark.parametrize("steps", [1, 7, 10**9, 2**62])
def test_a_database_of_any_newer_version_is_refused_and_left_as_it_is(tmp_path: Path, steps: int) -> None:
    path = tmp_path / "bot.db"
    change(path, "INSERT INTO migrations (version, name) VALUES (?, 'later.sql')", max(known_migrations()) + steps)

    assert refused(path)
    assert "install the newer bot" in opened(path)


@pytest.mark.parametrize("version", [None, "three", b"3", 2.5])
def test_a_database_whose_version_cannot_be_read_is_refused_and_left_as_it_is(tmp_path: Path, version: object) -> None:
    path = tmp_path / "bot.db"
    change(path, "ALTER TABLE migrations RENAME TO before")
    change(path, "CREATE TABLE migrations (version, name)")
    change(path, "INSERT INTO migrations VALUES (?, 'x')", version)

    assert refused(path)
    assert "restore a backup" in opened(path)


def test_a_database_that_has_forgotten_a_migration_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    change(path, "DELETE FROM migrations WHERE version = 1")

    assert refused(path)


@pytest.mark.parametrize("statement", ["CREATE TABLE songs (title TEXT)", "CREATE VIEW v AS SELECT 1"])
def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "bot.db"
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()

    assert refused(path)
    assert "another program" in opened(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_database_in_a_folder_that_may_not_be_written_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.write_bytes(healthy())
    tmp_path.chmod(0o500)

    assert refused(path)
    assert "its rights" in opened(path)
    tmp_path.chmod(0o700)


def change(path: Path, statement: str, *values: object) -> None:
    """Change a healthy database by hand; it is made where it is not there yet."""
    if not path.exists():
        path.write_bytes(healthy())
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement, values)
    connection.close()


async def test_a_database_that_may_only_be_read_is_refused_at_once(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everything")
    path = tmp_path / "maturity.db"
    await open_store(f"sqlite:///{path}").close()
    path.chmod(0o444)

    with pytest.raises(DatabaseProblem, match="readonly database"):
        open_store(f"sqlite:///{path}")
