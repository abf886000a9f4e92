"""Which practice to ask next: all of them in a fixed order, or only those that can still change the result."""

from collections.abc import Collection, Iterable, Iterator
from typing import Literal

from dialogs.answers import Answers, Facts, answer_of
from dialogs.estimate import estimate
from dialogs.ladders import outside, risk_ids
from dialogs.readiness import read_by_rules, readiness_matters
from dialogs.relevance import Climb, Open, climbs, open_cells, unanswered
from dialogs.sections import Section, full_order, open_in_section, section_of
from knowledge.library import Library

__all__ = ["Section", "about_left", "next_practice", "open_in_section", "section_of"]


def next_practice(
    library: Library,
    answers: Answers,
    facts: Facts,
    *,
    mode: Literal["quick", "full"],
    beyond_overall: bool,
    skipped: Collection[str],
) -> str | None:
    """Choose the practice to ask next; None when nothing is left that matters.

    Full asks everything. Quick asks, until the overall level is settled, only what can change it; then, with
    `beyond_overall`, what can change a dimension, Google's level, the target or the risks. A skipped practice
    counts as not known and is not chosen.
    """
    if mode == "full":
        return next(_to_ask(library, answers, skipped, full_order(library)), None)
    found = climbs(library, answers, skipped)
    if not beyond_overall:
        return _for_overall(found, answers, skipped)
    return _for_the_rest(library, found, answers, facts, skipped)


def about_left(
    library: Library,
    answers: Answers,
    facts: Facts,
    *,
    mode: Literal["quick", "full"],
    beyond_overall: bool,
    skipped: Collection[str] = (),
) -> int:
    """Tell how many questions are still to come: exact for full, an estimate for quick; 0 only if none is left."""
    if mode == "full":
        return sum(1 for _ in _to_ask(library, answers, skipped, full_order(library)))
    following = next_practice(library, answers, facts, mode=mode, beyond_overall=beyond_overall, skipped=skipped)
    if following is None:
        return 0
    required = tuple(_to_ask(library, answers, skipped, _required(library, facts))) if beyond_overall else ()
    found = climbs(library, answers, skipped)
    return max(1, len(required), estimate(found, required, beyond_overall=beyond_overall))


def _to_ask(library: Library, answers: Answers, skipped: Collection[str], names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if name not in skipped and answer_of(library, answers, name) is None)


def _required(library: Library, facts: Facts) -> tuple[str, ...]:
    """Name what the whole of quick always asks: the risks, and what the target's rules read where they can matter."""
    read = read_by_rules(library) if readiness_matters(library, facts) else ()
    names = (*risk_ids(library), *read)
    return tuple(dict.fromkeys(library.practices[name].same_as or name for name in names))


def _for_overall(found: tuple[Climb, ...], answers: Answers, skipped: Collection[str]) -> str | None:
    """Choose from the lowest cells that can change the overall level: gates first, then the tightest cell."""
    dimensions = [each for each in found if each.ladder.key != "google"]
    reach = min(each.floor_reach for each in dimensions)
    ceiling = min(each.ceiling for each in dimensions)
    candidates = [cell for each in dimensions for cell in open_cells(each, reach, ceiling)]
    if not candidates:
        return None
    lowest = min(each.cell.level for each in candidates)
    best = min((each for each in candidates if each.cell.level == lowest), key=_urgency)
    return _first(best, answers, skipped)


def _urgency(each: Open) -> tuple[bool, int]:
    """Gates first; without gates, the cell that can bear the fewest points lost, for there a no settles most."""
    counted = each.tally
    return (not each.gates, 0 if each.gates else counted.points + 2 * counted.open - counted.needed)


def _for_the_rest(
    library: Library, found: tuple[Climb, ...], answers: Answers, facts: Facts, skipped: Collection[str]
) -> str | None:
    """Choose ladder by ladder, so that people stay with one subject; then what stands outside them."""
    required = tuple(_to_ask(library, answers, skipped, _required(library, facts)))
    for each in found:
        lowest = next(open_cells(each, each.floor_reach, each.ceiling), None)
        if lowest is not None:
            return _first(lowest, answers, skipped, required)
        on_ladder = {rung.asked for cell in each.ladder.cells for rung in cell.rungs}
        due = next((name for name in required if name in on_ladder), None)
        if due is not None:
            return due
    return next((name for name in outside(library) if name in required), None)


def _first(best: Open, answers: Answers, skipped: Collection[str], required: Collection[str] = ()) -> str:
    """Take the first of a cell's gates, else of its others; what must be asked anyway goes before."""
    rungs = list(unanswered(best.cell, answers, skipped, gates=best.gates))
    return next((rung.asked for rung in rungs if rung.asked in required), rungs[0].asked)
