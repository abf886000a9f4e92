"""How much of each dimension is in place, level by level: what a heatmap shows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.answers import Answers, answer_of
from dialogs.ladders import Cell, ladders
from dialogs.tally import tally
from knowledge.content import DimensionKey
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class CellCoverage:
    """The practices of one dimension at one level, counted by answer.

    `met` counts yes, `missing` no, `unknown` "don't know" and practices without an answer, `na` not applicable ones.
    `cell_met` tells whether the cell itself is met: its gates are in place and its share of the points is reached,
    what nobody knows counting as no. A cell without practices is met, and all its counts are 0.
    """

    level: int
    met: int
    partly: int
    missing: int
    unknown: int
    na: int
    cell_met: bool

    @property
    def practices(self) -> int:
        """How many practices the cell has; 0 where the level adds nothing to the dimension."""
        return self.met + self.partly + self.missing + self.unknown + self.na


def coverage(library: Library, answers: Answers) -> Mapping[DimensionKey, tuple[CellCoverage, ...]]:
    """Count every cell of the four dimensions, in their order, level 1 first."""
    return {
        ladder.key: tuple(_counted(library, answers, cell) for cell in ladder.cells)
        for ladder in ladders(library)
        if ladder.key != "google"
    }


def _counted(library: Library, answers: Answers, cell: Cell) -> CellCoverage:
    found = Counter(answer_of(library, answers, rung.id) or "unknown" for rung in cell.rungs)
    met = tally(cell, answers, library.thresholds.share_percent).met
    return CellCoverage(cell.level, found["yes"], found["partly"], found["no"], found["unknown"], found["na"], met)
