"""Which answers have likely aged, and which are worth asking again. Shelf lives stand with each question."""

import datetime as dt
from typing import NamedTuple

from dialogs.judgement import Judgement
from dialogs.sections import full_order
from dialogs.state import State
from knowledge.calendars import months_later
from knowledge.content import DIMENSIONS
from knowledge.library import Library


class Aged(NamedTuple):
    """Practices and facts whose shelf life has passed, in the order of asking."""

    practices: tuple[str, ...]
    facts: tuple[str, ...]


def aged(library: Library, state: State, today: dt.date) -> Aged:
    """Name the answers and facts that are older than the question's shelf life."""
    known, facts = state.answers, state.facts
    practices = (
        practice
        for practice in full_order(library)
        if practice in known and _passed(known[practice].at, library.practices[practice].keeps_months, today)
    )
    old = (
        key for key, fact in library.facts.items() if key in facts and _passed(facts[key].at, fact.keeps_months, today)
    )
    return Aged(tuple(practices), tuple(old))


def _passed(at: dt.datetime, months: int, today: dt.date) -> bool:
    return months_later(at.date(), months) <= today


def worth_asking(library: Library, state: State, judgement: Judgement, today: dt.date) -> tuple[str, ...]:
    """Name what a reassessment asks again, in the order of asking: what has aged, and what stood in the way.

    What blocked the target, and the risks, are what a team works on; a "no" of last time is the first to change.
    """
    blocked = {practice for key in DIMENSIONS if judgement.gap_of(key) for practice in judgement.score.blockers[key]}
    wanted = {*aged(library, state, today).practices, *blocked, *judgement.score.risks}
    return tuple(practice for practice in full_order(library) if practice in wanted and practice in state.answers)
