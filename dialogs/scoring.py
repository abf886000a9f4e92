"""Answers to levels: a floor and a ceiling for every dimension, for the whole, and for Google's model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dialogs.answers import Answers, answer_of
from dialogs.ladders import Cell, LadderKey, ladders, risk_ids
from dialogs.tally import FULL, POINTS, Tally, height, tally
from knowledge.content import DimensionKey, Practice
from knowledge.library import Library

_SETTLED = ("yes", "na")  # answers that leave nothing to do


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels counted one way. `overall` is the lowest of the four dimensions (0 to 4), `google` is 0 to 2."""

    dimensions: Mapping[DimensionKey, int]
    overall: int
    google: int


@dataclass(frozen=True, slots=True)
class Score:
    """Where a team stands.

    The floor counts "don't know" and questions not asked as no, and is the level shown; the ceiling counts
    them as yes. `blockers` holds for each dimension, and under "google", the ids of the first cell not met that
    are not in place, gates first. `risks` are ids, in the order in which they are told.
    """

    floor: Levels
    ceiling: Levels
    provisional: bool
    blockers: Mapping[str, tuple[str, ...]]
    risks: tuple[str, ...]


def score(library: Library, answers: Answers) -> Score:
    """Work out the levels that these answers give, and what holds them."""
    share = library.thresholds.share_percent
    floor: dict[LadderKey, int] = {}
    ceiling: dict[LadderKey, int] = {}
    blockers: dict[str, tuple[str, ...]] = {}
    for ladder in ladders(library):
        tallies = [tally(cell, answers, share) for cell in ladder.cells]
        reached = height(tallies, _met)
        floor[ladder.key] = reached
        ceiling[ladder.key] = height(tallies, _may_be_met)
        blockers[ladder.key] = _blockers(ladder.cells[reached], answers) if reached < len(tallies) else ()
    low, high = _levels(floor), _levels(ceiling)
    return Score(low, high, low != high, blockers, risks(library, answers))


def risks(library: Library, answers: Answers) -> tuple[str, ...]:
    """List the risks beside the level that are not surely under control, in their order."""
    return tuple(name for name in risk_ids(library) if answer_of(library, answers, name) not in _SETTLED)


def cell_progress(library: Library, answers: Answers, practices: Iterable[Practice]) -> tuple[int, int]:
    """Count (points, maximum) of some practices, usually a cell's: those not applicable count nowhere."""
    given = [answer_of(library, answers, practice.id) for practice in practices]
    counted = [answer for answer in given if answer != "na"]
    return sum(POINTS.get(answer or "no", 0) for answer in counted), FULL * len(counted)


def _levels(found: Mapping[LadderKey, int]) -> Levels:
    dimensions: dict[DimensionKey, int] = {key: level for key, level in found.items() if key != "google"}
    return Levels(dimensions, min(dimensions.values()), found["google"])


def _blockers(cell: Cell, answers: Answers) -> tuple[str, ...]:
    missing = [
        rung for rung in cell.rungs if (answers.get(rung.id) or (rung.twin and answers.get(rung.twin))) not in _SETTLED
    ]
    return tuple(rung.id for rung in sorted(missing, key=lambda rung: not rung.gate))


def _met(cell: Tally) -> bool:
    return cell.met


def _may_be_met(cell: Tally) -> bool:
    return cell.may_be_met
