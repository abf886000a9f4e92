"""Values near a team's facts: what one could change, nearest first, and what one step further along is."""

from collections.abc import Iterator
from functools import lru_cache

from dialogs.answers import Facts, FactValue, value_of
from dialogs.conditions import every, limit
from knowledge.content import Fact, FactAtLeast
from knowledge.library import Library

# The facts that tend to move on by themselves, and make a level worth having later that is not worth it today.
_MOVING = ("use_cases", "stage", "importance", "retraining")


def one_step_on(library: Library, facts: Facts) -> Iterator[Facts]:
    """Change one fact at a time: one use case more, a stage on, more important, retrained more often."""
    for key in _MOVING:
        value = value_of(library, facts, key)
        if value is None:
            continue
        following = value + 1 if isinstance(value, int) else _next_option(library.facts[key], value)
        if following is not None:
            yield {**facts, key: following}


def other_values(library: Library, facts: Facts, key: str) -> tuple[FactValue, ...]:
    """List the other values of a fact that could change something, nearest first; () when it is missing.

    Choices are as far apart as their places in the list, counts as their difference; of two equally near the later
    or higher comes first. Of counts, only those where a rule may begin or cease to hold are listed.
    """
    fact, value = library.facts[key], value_of(library, facts, key)
    if value is None or fact.kind == "tools":
        return ()
    if fact.kind == "yes-no":
        return (not value,)
    if isinstance(value, int):
        counts = {number for each in _turning_points(library, facts) for number in range(each - 2, each + 3)}
        others = (number for number in counts if number >= 0 and number != value)
        return tuple(sorted(others, key=lambda number: (abs(number - value), -number)))
    listed = [option.value for option in fact.options]
    if value not in listed:  # given under content that has since changed
        return ()
    here = listed.index(str(value))
    places = sorted(range(len(listed)), key=lambda place: (abs(place - here), -place))
    return tuple(listed[place] for place in places if place != here)


def _next_option(fact: Fact, value: FactValue) -> str | None:
    listed = [option.value for option in fact.options]
    place = listed.index(str(value)) + 1 if value in listed else len(listed)
    return listed[place] if place < len(listed) else None


def _turning_points(library: Library, facts: Facts) -> set[int]:
    """Collect the numbers that counts are held against: limits of rules, and the team's other counts.

    A verdict may look one step ahead, and "at least" and "more than" turn one apart; both are within two.
    """
    counts = (value_of(library, facts, key) for key in _counts(library))
    return _limits(library) | {count for count in counts if isinstance(count, int)}


@lru_cache(maxsize=8)
def _counts(library: Library) -> tuple[str, ...]:
    return tuple(key for key, fact in library.facts.items() if fact.kind == "count")


@lru_cache(maxsize=8)
def _limits(library: Library) -> set[int]:
    target = library.target
    lists = [each.when for each in target.needs] + [each.when for each in target.readiness]
    lists += [each.when for each in target.rules]
    conditions = (each for listed in lists for each in every(listed))
    return {limit(library, each) for each in conditions if isinstance(each, FactAtLeast)}
