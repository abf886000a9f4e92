"""The ladders a team climbs: the four dimensions and Google's model, prepared once per library."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from knowledge.content import DimensionKey, Practice
from knowledge.library import Library

LadderKey = DimensionKey | Literal["google"]

# A model nobody can train again is a risk to whoever runs it, wherever the team stands on the ladders.
_RISKS_ON_A_LADDER = ("M2-C-8",)


class Rung(NamedTuple):
    """One practice of a cell. `asked` is the id it is asked under: the twin's for a shared Google practice."""

    id: str
    twin: str | None
    asked: str
    gate: bool


class Cell(NamedTuple):
    """One dimension at one level, or one level of Google's model; `rungs` in the order of the sheet."""

    ladder: LadderKey
    level: int
    rungs: tuple[Rung, ...]


class Ladder(NamedTuple):
    """The cells of one ladder, level 1 first; a level without practices has an empty cell."""

    key: LadderKey
    cells: tuple[Cell, ...]


@lru_cache(maxsize=8)
def ladders(library: Library) -> tuple[Ladder, ...]:
    """Give the four dimensions in their order, then Google's model."""
    top = len(library.microsoft.levels) - 1
    keys: tuple[DimensionKey, ...] = get_args(DimensionKey)
    four = (
        Ladder(key, tuple(_cell(library, key, level, library.cell(key, level)) for level in range(1, top + 1)))
        for key in keys
    )
    google = range(1, len(library.google.levels))
    cells = tuple(_cell(library, "google", level, library.google_cell(level)) for level in google)
    return (*four, Ladder("google", cells))


@lru_cache(maxsize=8)
def outside(library: Library) -> tuple[str, ...]:
    """Name the practices that stand outside both ladders, in their order."""
    return tuple(name for name, practice in library.practices.items() if practice.model == "outside")


@lru_cache(maxsize=8)
def risk_ids(library: Library) -> tuple[str, ...]:
    """Name every practice whose absence is a risk beside the levels, in the order in which risks are told."""
    return outside(library) + _RISKS_ON_A_LADDER


def _cell(library: Library, ladder: LadderKey, level: int, practices: Iterable[Practice]) -> Cell:
    rungs = (Rung(each.id, library.twin(each.id), each.same_as or each.id, each.gate) for each in practices)
    return Cell(ladder, level, tuple(rungs))
