"""Which practices the target reads besides the levels, and whether they can matter to this team."""

from functools import lru_cache

from dialogs.answers import Facts
from dialogs.conditions import Grounds, either, every, weigh_all
from dialogs.target import with_defaults
from knowledge.content import AnsweredYes
from knowledge.library import Library

USE_CASES = "use_cases"  # the one count of which one more is a near future


@lru_cache(maxsize=8)
def read_by_rules(library: Library) -> tuple[str, ...]:
    """Name the practices that readiness points or rules ask for by id."""
    lists = [point.when for point in library.target.readiness] + [rule.when for rule in library.target.rules]
    conditions = [each for listed in lists for each in every(listed)]
    named = [name for each in conditions if isinstance(each, AnsweredYes) for name in each.answered_yes]
    return tuple(dict.fromkeys(named))


def readiness_matters(library: Library, facts: Facts) -> bool:
    """Whether a need for the top level holds, is open, or would hold with one more use case.

    Where a rule settles the target exactly, an open need changes nothing; one that holds still tells how far a
    next stage would carry.
    """
    grounds = Grounds(library, {}, with_defaults(library, facts), overall=0)
    need = _need(library, grounds)
    exactly = (rule for rule in library.target.rules if rule.says == "exactly")
    if need is True or any(weigh_all(rule.when, grounds).holds for rule in exactly):
        return need is True
    count = facts.get(USE_CASES)
    if need is None or not isinstance(count, int):
        return True
    more = with_defaults(library, {**facts, USE_CASES: count + 1})
    return _need(library, Grounds(library, {}, more, overall=0)) is not False


def _need(library: Library, grounds: Grounds) -> bool | None:
    return either(weigh_all(need.when, grounds) for need in library.target.needs).holds
