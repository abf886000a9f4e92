"""The cheapest way to a level: the fewest days of work that bring every dimension there, and not a practice more."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dialogs.answers import Answers, answer_of
from dialogs.ladders import Cell, ladders
from dialogs.tally import FULL, POINTS, tally
from knowledge.content import Effort
from knowledge.library import Library

_SETTLED = ("yes", "na")  # answers that leave nothing to do
# Working days of a practice that nobody has begun. "days" are about two, "weeks" about two weeks, "months" about ten
# weeks, so a step up is five times the work: one practice of months costs more than four of weeks, and one of weeks
# more than four of days. What stands at "partly" is half done, and costs half. Our judgement; only the order matters.
_DAYS: dict[Effort, int] = {"days": 2, "weeks": 10, "months": 50}


class _Offer(NamedTuple):
    """A practice that a cell may choose: the points it would add, its cost, and whether it may be there already."""

    practice: str
    gain: int
    cost: int
    unknown: bool


class _Pick(NamedTuple):
    """A choice of offers; the smaller of two is the better one, and `places` (in the sheet) decide last."""

    cost: int
    unknown: int
    size: int
    places: tuple[int, ...]


def cheapest_path(library: Library, answers: Answers, target: int) -> tuple[str, ...]:
    """Name what, once answered yes, brings every dimension (and so overall) to `target`, in the order of the sheet.

    Of each cell up to the target: every gate that is missing, and of the other practices those that reach the cell's
    share of points at the least cost (`work_left`). Of choices that cost the same: what is known to be missing before
    what nobody knows, fewer practices before more, then the order of the sheet. So without any one of them a cell is
    not met. Empty where the target is reached; never anything of a cell above it. Answers `yes` and `na` stay.
    """
    found: set[str] = set()
    for ladder in ladders(library):
        if ladder.key != "google":
            for cell in ladder.cells[: max(target, 0)]:
                found.update(_lacking(library, cell, answers))
    return tuple(name for name in library.practices if name in found)


def work_left(library: Library, answers: Answers, practice: str) -> int:
    """Estimate the working days until a practice is fully in place; 0 where it is, half of all at "partly"."""
    return _DAYS[library.practices[practice].effort] * _gain(answer_of(library, answers, practice)) // FULL


def not_known(library: Library, answers: Answers, practice: str) -> bool:
    """Whether nobody knows, or was asked, if the practice is in place."""
    return answer_of(library, answers, practice) in (None, "unknown")


def _gain(answer: str | None) -> int:
    """Count the points that putting it fully in place would add."""
    return 0 if answer in _SETTLED else FULL - POINTS.get(answer or "no", 0)


def _lacking(library: Library, cell: Cell, answers: Answers) -> tuple[str, ...]:
    """Name the cell's missing gates, and the cheapest of the others that the share of points still wants."""
    given = {rung: answer_of(library, answers, rung.id) for rung in cell.rungs}
    missing = [rung for rung in cell.rungs if given[rung] not in _SETTLED]
    gates = [rung for rung in missing if rung.gate]
    counted = tally(cell, answers, library.thresholds.share_percent)
    wanted = counted.needed - counted.points - sum(_gain(given[gate]) for gate in gates)
    offers = [
        _Offer(name, _gain(given[rung]), work_left(library, answers, name), not_known(library, answers, name))
        for rung in missing
        if not rung.gate and (name := rung.id)
    ]
    return (*(gate.id for gate in gates), *(offers[place].practice for place in _cheapest(offers, wanted)))


def _cheapest(offers: Sequence[_Offer], wanted: int) -> Iterable[int]:
    """Choose offers worth at least `wanted` points, exactly: the best choice for every number of points, grown."""
    if wanted <= 0:
        return ()
    best = {0: _Pick(0, 0, 0, ())}
    for place, offer in enumerate(offers):
        for points, pick in tuple(best.items()):
            reached = min(wanted, points + offer.gain)
            grown = _Pick(pick.cost + offer.cost, pick.unknown + offer.unknown, pick.size + 1, (*pick.places, place))
            if reached not in best or grown < best[reached]:
                best[reached] = grown
    return best[wanted].places
