"""How long assessments that are over are kept: a rule by which the newest result of a subject stays twice as long."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.calendars import months_later


class Over(NamedTuple):
    """An assessment that is over: finished, or discarded. `whose` names its subject: workspace, channel, key."""

    id: str
    whose: tuple[str, str, str]
    at: dt.datetime
    finished: bool


def expired(over: Sequence[Over], now: dt.datetime, months: int) -> tuple[str, ...]:
    """The assessments to be deleted: over for more than so many months, in the order given.

    The last finished one of a subject is what the team goes by: it stays until twice that time is past.
    """
    last: dict[tuple[str, str, str], Over] = {}
    for each in sorted((each for each in over if each.finished), key=lambda each: (each.at, each.id)):
        last[each.whose] = each
    kept = {each.id for each in last.values()}
    return tuple(each.id for each in over if _since(each.at, months * (2 if each.id in kept else 1)) < now)


def _since(at: dt.datetime, months: int) -> dt.datetime:
    """The same time of day so many months later."""
    return dt.datetime.combine(months_later(at.date(), months), at.timetz())
