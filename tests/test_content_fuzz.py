"""However a content file is spoilt: it is read, or every problem names a file and says what to do."""

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import content_folder as content
import dialogs.script
from dialogs.script import load_script
from dialogs.told_facts import FILE as TOLD
from dialogs.told_facts import load_told
from fuzz_amount import tell, tries
from fuzz_text import spoilings
from knowledge.index import Index
from knowledge.library import ContentError, Library, load_library

SCRIPT = Path(dialogs.script.__file__).parent / "scripts" / "assessment.yml"
SHIPPED = Path(content.__file__).parents[1] / "knowledge"
SMALL = tuple(sorted(content.FILES))
# "file: field: what to do", or "file: line 3: what to do"; the last part is words, and one line.
PROBLEM = re.compile(r"[^:\n]+\.yml: [^\n]+: [^\n]+")
Spoil = Callable[[bytes], bytes]


@cache
def library() -> Library:
    return load_library()


@cache
def shipped_files() -> tuple[str, ...]:
    found = (path for path in SHIPPED.rglob("*.yml") if "learn" not in path.parts)
    return tuple(sorted(path.relative_to(SHIPPED).as_posix() for path in found))


def read(reader: Callable[[], object]) -> object | None:
    """What a reader gives; None where it refuses, having said of each file what to do."""
    try:
        return reader()
    except ContentError as refused:
        problems = refused.problems
    assert problems
    assert [problem for problem in problems if not PROBLEM.fullmatch(problem)] == []
    assert len(set(problems)) == len(problems)
    return None


def spoil(path: Path, changes: list[Spoil]) -> None:
    raw = path.read_bytes()
    for change in changes:
        raw = change(raw)
    path.write_bytes(raw)


def test_a_spoilt_file_of_a_complete_folder_is_read_or_its_problems_are_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tried: Counter[str] = Counter()

    @tries(60)
    @given(st.sampled_from(SMALL), spoilings)
    def every_file(file: str, changes: list[Spoil]) -> None:
        with tempfile.TemporaryDirectory() as place:
            folder = content.write_all(Path(place))
            spoil(folder / file, changes)
            found = read(lambda: load_library(folder))
        tried["refused" if found is None else "read"] += 1
        if isinstance(found, Library):
            Index(found).ask("what is level 2")

    every_file()
    tell(capsys, "files of a small folder", tried)


def test_a_spoilt_copy_of_a_shipped_file_in_an_overlay_is_read_or_its_problems_are_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tried: Counter[str] = Counter()

    @tries(4, share=0.1)
    @given(st.sampled_from(shipped_files()), spoilings)
    def every_file(file: str, changes: list[Spoil]) -> None:
        with tempfile.TemporaryDirectory() as place:
            copy = Path(place) / file
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(SHIPPED / file, copy)
            spoil(copy, changes)
            found = read(lambda: load_library(overlay=Path(place)))
        tried["refused" if found is None else "read"] += 1

    every_file()
    tell(capsys, "shipped files in an overlay", tried)


@pytest.mark.parametrize(
    ("file", "reader"),
    [
        pytest.param(SCRIPT, lambda path: load_script(library(), path), id="the script"),
        pytest.param(TOLD, lambda path: load_told(library(), path), id="the ways of telling a fact"),
    ],
)
def test_a_spoilt_script_is_read_or_its_problems_are_told(
    file: Path, reader: Callable[[Path], object], capsys: pytest.CaptureFixture[str]
) -> None:
    tried: Counter[str] = Counter()

    @tries(20)
    @given(spoilings)
    def every_copy(changes: list[Spoil]) -> None:
        with tempfile.TemporaryDirectory() as place:
            copy = Path(place) / file.name
            shutil.copyfile(file, copy)
            spoil(copy, changes)
            tried["refused" if read(lambda: reader(copy)) is None else "read"] += 1

    every_copy()
    tell(capsys, file.name, tried)


def test_a_file_that_is_not_there_is_a_problem_with_a_way_out(tmp_path: Path) -> None:
    for reader in (load_script, load_told):
        with pytest.raises(ContentError, match=r"gone\.yml: file: cannot be read"):
            reader(library(), tmp_path / "gone.yml")
