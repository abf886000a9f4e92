"""Which open questions can still change a level, and which no longer can.

A level is a monotone function of the answers, so a question matters to a cell exactly where its *no* fails the
cell and its *yes* can still save it; and a cell matters to its ladder only up to the level that is still in reach.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from dialogs.answers import Answers
from dialogs.ladders import Cell, Ladder, Rung, ladders
from dialogs.tally import Tally, height, tally
from knowledge.library import Library


class Climb(NamedTuple):
    """One ladder as far as it is known.

    Whatever the open questions bring, the floor lies between `floor` and `floor_reach`, the ceiling between
    `ceiling_hold` and `ceiling`.
    """

    ladder: Ladder
    tallies: tuple[Tally, ...]
    floor: int
    floor_reach: int
    ceiling_hold: int
    ceiling: int


def climb(ladder: Ladder, answers: Answers, share_percent: int, skipped: Collection[str]) -> Climb:
    """Count one ladder."""
    tallies = tuple(tally(cell, answers, share_percent, skipped) for cell in ladder.cells)
    return Climb(
        ladder,
        tallies,
        height(tallies, lambda cell: cell.met),
        height(tallies, lambda cell: cell.met_if_open_are_yes),
        height(tallies, lambda cell: cell.met_if_unknown_are_yes),
        height(tallies, lambda cell: cell.may_be_met),
    )


def climbs(library: Library, answers: Answers, skipped: Collection[str]) -> tuple[Climb, ...]:
    """Count the four dimensions, then Google's model."""
    share = library.thresholds.share_percent
    return tuple(climb(ladder, answers, share, skipped) for ladder in ladders(library))


class Open(NamedTuple):
    """The open questions of one cell that can still change something: its gates, and the others."""

    cell: Cell
    tally: Tally
    gates: bool
    others: bool


def open_cells(each: Climb, floor_reach: int, ceiling: int) -> Iterator[Open]:
    """Find the cells of a ladder that can still change its levels, lowest first.

    `floor_reach` and `ceiling` are the highest floor and ceiling in reach: the ladder's own where its level is
    asked for, the lowest of all four dimensions where only the overall level is.
    """
    for cell, counted in zip(each.ladder.cells, each.tallies, strict=True):
        floor_open, ceiling_open = cell.level <= floor_reach, cell.level <= ceiling
        if not (floor_open or ceiling_open):
            return
        others = (floor_open and counted.floor_turns_on_others) or (ceiling_open and counted.ceiling_turns_on_others)
        others = others and counted.open > counted.gates_open
        if counted.gates_open or others:
            yield Open(cell, counted, counted.gates_open > 0, others)


def unanswered(cell: Cell, answers: Answers, skipped: Collection[str], *, gates: bool) -> Iterator[Rung]:
    """List the rungs of a cell still to be asked, either its gates or the others."""
    for rung in cell.rungs:
        if rung.gate is not gates or rung.asked in skipped or rung.id in answers or rung.twin in answers:
            continue
        yield rung
