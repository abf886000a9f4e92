"""What a team would have to find out so that a provisional level is settled."""

from collections.abc import Iterator
from typing import Literal

from dialogs.answers import Answers, answer_of
from dialogs.ladders import Cell, Ladder, LadderKey, ladders
from dialogs.scoring import Score
from dialogs.tally import FULL, tally
from knowledge.library import Library

_NOT_KNOWN = (None, "unknown")


def to_learn(
    library: Library, answers: Answers, score: Score, topic: LadderKey | Literal["overall"]
) -> tuple[str, ...]:
    """List the practices, not asked or not known, on which a level turns; as asked, gates first in each cell.

    For "overall" these are the ones of every dimension that could still hold it below its ceiling.
    """
    found: dict[str, None] = {}
    for ladder in ladders(library):
        if ladder.key == topic or (topic == "overall" and ladder.key != "google"):
            low, high = _between(ladder, score, topic)
            for cell in ladder.cells[low:high]:
                found |= dict.fromkeys(_turning(library, cell, answers))
    return tuple(found)


def _between(ladder: Ladder, score: Score, topic: str) -> tuple[int, int]:
    """Bound the cells in question: those above the floor, up to the ceiling."""
    if ladder.key == "google":
        return score.floor.google, score.ceiling.google
    low = score.floor.dimensions[ladder.key]
    return low, score.ceiling.overall if topic == "overall" else score.ceiling.dimensions[ladder.key]


def _turning(library: Library, cell: Cell, answers: Answers) -> Iterator[str]:
    """Name what is not known in a cell: its gates, and the others where the points of the rest do not suffice."""
    open_rungs = [rung for rung in cell.rungs if answer_of(library, answers, rung.id) in _NOT_KNOWN]
    yield from (rung.asked for rung in open_rungs if rung.gate)
    counted = tally(cell, answers, library.thresholds.share_percent)
    if counted.points + FULL * (counted.gates_open + counted.gates_unknown) < counted.needed:
        yield from (rung.asked for rung in open_rungs if not rung.gate)
