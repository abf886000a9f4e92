"""How far one cell is: points that are sure, answers not known, questions still open."""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from dialogs.answers import Answers
from dialogs.ladders import Cell

POINTS = {"yes": 2, "partly": 1}  # every other answer gives none
FULL = 2  # points of a practice that is fully in place


class Tally(NamedTuple):
    """The answers of a cell, counted. Points are integers, two for a practice fully in place.

    *Sure* is an answer that says something, *unknown* one that does not ("don't know", or skipped), *open* a
    question nobody has answered yet. `needed` are the points that meet the cell's share.
    """

    needed: int
    points: int  # from sure answers
    unknown: int
    open: int
    gates_failed: int  # surely not in place
    gates_unknown: int
    gates_open: int

    @property
    def met(self) -> bool:
        """Whether the cell is met whatever is unknown or open."""
        gates = self.gates_failed or self.gates_unknown or self.gates_open
        return not gates and self.points >= self.needed

    @property
    def met_if_open_are_yes(self) -> bool:
        """Whether the open questions can still bring the cell up, unknown ones counting as no."""
        gates = self.gates_failed or self.gates_unknown
        return not gates and self.points + FULL * self.open >= self.needed

    @property
    def met_if_unknown_are_yes(self) -> bool:
        """Whether the cell counts as met under the ceiling even when every open question is answered no."""
        gates = self.gates_failed or self.gates_open
        return not gates and self.points + FULL * self.unknown >= self.needed

    @property
    def may_be_met(self) -> bool:
        """Whether the cell counts as met under the ceiling: unknown and open are yes."""
        return not self.gates_failed and self.points + FULL * (self.unknown + self.open) >= self.needed

    @property
    def floor_turns_on_others(self) -> bool:
        """Whether, with its open gates in place, the floor still turns on practices that are no gates."""
        return self.points + FULL * self.gates_open < self.needed

    @property
    def ceiling_turns_on_others(self) -> bool:
        """The same for the ceiling."""
        return self.points + FULL * (self.gates_open + self.unknown) < self.needed


def tally(cell: Cell, answers: Answers, share_percent: int, skipped: Collection[str] = ()) -> Tally:
    """Count a cell. `skipped` ids (as asked) without an answer count as unknown: nobody will ask them."""
    applicable = points = unknown = unasked = failed = gates_unknown = gates_open = 0
    for rung in cell.rungs:
        answer = answers.get(rung.id)
        if answer is None and rung.twin is not None:
            answer = answers.get(rung.twin)
        if answer == "na":
            continue
        applicable += 1
        if answer is None and rung.asked not in skipped:
            unasked += 1
            gates_open += rung.gate
        elif answer is None or answer == "unknown":
            unknown += 1
            gates_unknown += rung.gate
        else:
            points += POINTS.get(answer, 0)
            failed += rung.gate and answer != "yes"
    needed = -(-share_percent * FULL * applicable // 100)
    return Tally(needed, points, unknown, unasked, failed, gates_unknown, gates_open)


def height(tallies: Iterable[Tally], met: Callable[[Tally], bool]) -> int:
    """How many cells from the first on are met: the level reached."""
    level = 0
    for each in tallies:
        if not met(each):
            break
        level += 1
    return level
