"""Reads the content folders into one Library; collects every problem instead of stopping at the first."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from knowledge.asking_content import Declined, Entry, Family, PageOf, WordsFile
from knowledge.content import (
    DIMENSIONS,
    Capability,
    DimensionKey,
    Fact,
    Level,
    MaturityModel,
    Practice,
    Record,
    Source,
    TargetRules,
    Thresholds,
    Tool,
)
from knowledge.crosschecks import crosscheck
from knowledge.folder import Folder, Kind, is_of_kind, lay_over, missing_files, read_folder, stray_files
from knowledge.parts import Parts
from knowledge.validation import validate
from knowledge.yaml_files import YamlFile

_R = TypeVar("_R", bound=Record)
# What a library takes over from its validated parts as it is.
_SHARED = (
    "practices", "facts", "target", "thresholds", "capabilities", "tools", "sources", "entries", "families", "pages",
    "declined", "words",
)  # fmt: skip
_OUTSIDE = ("X-monitoring", "X-rollback", "X-owner", "X-personal-data")  # the order in which risks are listed


class ContentError(Exception):
    """Content that cannot be used. `problems` holds every one of them, each `file: field: what to do`."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, eq=False)
class Library:
    """Everything that is true about MLOps maturity, read and checked once. Mappings are read-only.

    `practices` stand in this order: Microsoft's by level, then people, model creation, model release,
    application integration; then Google's; then those outside both. `version` changes with any byte.
    """

    version: str
    microsoft: MaturityModel
    google: MaturityModel
    practices: Mapping[str, Practice]
    facts: Mapping[str, Fact]
    target: TargetRules
    thresholds: Thresholds
    capabilities: Mapping[str, Capability]
    tools: Mapping[str, Tool]
    sources: Mapping[str, Source]
    entries: Mapping[str, Entry]
    families: Mapping[str, Family]
    pages: Mapping[str, PageOf]
    declined: Mapping[str, Declined]
    words: WordsFile

    def cell(self, dimension: DimensionKey, level: int) -> tuple[Practice, ...]:
        """Give the practices of one dimension at one level of Microsoft's model, which may be none."""
        return self._cells.get((dimension, level), ())

    def google_cell(self, level: int) -> tuple[Practice, ...]:
        """Give the practices of one level of Google's model, those it shares with Microsoft's included."""
        return self._cells.get((None, level), ())

    def asked(self) -> tuple[Practice, ...]:
        """Give the practices asked: each shared practice once, under its Microsoft id."""
        return self._asked

    def level(self, number: int) -> Level:
        """Give a level of Microsoft's model; IndexError if there is none."""
        return _level(self.microsoft, number)

    def google_level(self, number: int) -> Level:
        """Give a level of Google's model; IndexError if there is none."""
        return _level(self.google, number)

    def twin(self, practice_id: str) -> str | None:
        """Name the same practice in the other model, or None."""
        return self._twins.get(practice_id)

    @cached_property
    def _cells(self) -> dict[tuple[DimensionKey | None, int], tuple[Practice, ...]]:
        cells: dict[tuple[DimensionKey | None, int], list[Practice]] = {}
        for practice in self.practices.values():
            if practice.level is not None:
                cells.setdefault((practice.dimension, practice.level), []).append(practice)
        return {key: tuple(found) for key, found in cells.items()}

    @cached_property
    def _asked(self) -> tuple[Practice, ...]:
        return tuple(practice for practice in self.practices.values() if practice.same_as is None)

    @cached_property
    def _twins(self) -> dict[str, str]:
        pairs = [(name, practice.same_as) for name, practice in self.practices.items() if practice.same_as]
        return dict(pairs) | {other: name for name, other in pairs}


def load_library(root: Path | None = None, overlay: Path | None = None) -> Library:
    """Read the content of `root` (default: what ships here) with a company's `overlay` laid over it.

    Raises ContentError with every problem of both folders.
    """
    root = root or Path(__file__).parent
    folder = read_folder(root)
    folder.problems += missing_files(folder)
    if overlay:
        folder = lay_over(folder, _read_overlay(overlay))
    problems = folder.problems
    parts = _validated(folder, problems)
    problems += crosscheck(parts)
    if problems or parts.target is None or parts.thresholds is None or parts.words is None:
        raise ContentError(dict.fromkeys(problems))
    shared = {name: getattr(parts, name) for name in _SHARED}
    return Library(_version(folder.files), parts.models["microsoft"], parts.models["google"], **shared)


def _level(model: MaturityModel, number: int) -> Level:
    if number < 0:  # a list would count from its end
        raise IndexError(f"{model.title} has no level {number}; its levels are 0 to {len(model.levels) - 1}")
    return model.levels[number]


def _read_overlay(root: Path) -> Folder:
    if not root.is_dir():
        raise ContentError([f"{root}: folder: is not there; name an existing folder or leave the setting empty"])
    folder = read_folder(root)
    folder.problems += stray_files(root)
    return folder


def _validated(folder: Folder, problems: list[str]) -> Parts:
    models = {key: _single(MaturityModel, folder, f"models/{key}.yml", problems) for key in ("microsoft", "google")}
    practices = _all(Practice, folder, "practices", problems)
    return Parts(
        models={key: model for key, model in models.items() if model},
        practices=MappingProxyType(dict(sorted(practices.items(), key=_place_in_sheet))),
        facts=_all(Fact, folder, "facts", problems),
        target=_single(TargetRules, folder, "target.yml", problems),
        thresholds=_single(Thresholds, folder, "thresholds.yml", problems),
        capabilities=_all(Capability, folder, "capabilities", problems),
        tools=_all(Tool, folder, "tools", problems),
        sources=_all(Source, folder, "sources", problems),
        entries=_all(Entry, folder, "answers", problems),
        families=_all(Family, folder, "families", problems),
        pages=_all(PageOf, folder, "pages", problems),
        declined=_all(Declined, folder, "declined", problems),
        words=_single(WordsFile, folder, "asking/words.yml", problems),
        known={kind: _known(folder, kind) for kind in folder.records},
        records=folder.records,
    )


def _all(model: type[_R], folder: Folder, kind: Kind, problems: list[str]) -> Mapping[str, _R]:
    found = {name: validate(model, raw, problems) for name, raw in folder.records[kind].items()}
    return MappingProxyType({name: record for name, record in found.items() if record})


def _single(model: type[_R], folder: Folder, file: str, problems: list[str]) -> _R | None:
    return validate(model, folder.singles[file], problems) if file in folder.singles else None


def _known(folder: Folder, kind: Kind) -> frozenset[str] | None:
    """List the ids of a kind; None when a file of it is missing or unreadable, so that nobody can tell."""
    unreadable = any(is_of_kind(file, kind) for file in folder.unreadable)
    names = folder.records[kind]
    return None if unreadable or not names else frozenset(names)


def _place_in_sheet(item: tuple[str, Practice]) -> tuple[int, int, int, int]:
    name, practice = item
    if practice.level is None:
        return (2, _OUTSIDE.index(name) if name in _OUTSIDE else len(_OUTSIDE), 0, 0)
    dimension = DIMENSIONS.index(practice.dimension) if practice.dimension else 0
    return ("MG".index(name[0]), practice.level, dimension, int(name.rpartition("-")[2]))


def _version(files: Iterable[YamlFile]) -> str:
    """Twelve hex digits that change when any byte or any file's name changes."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}:{len(file.raw)}:".encode())
        digest.update(file.raw)
    return digest.hexdigest()[:12]
