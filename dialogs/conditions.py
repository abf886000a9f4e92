"""Conditions of the target's rules, weighed in three values: true, false, or open because a fact is missing."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dialogs.answers import Answers, FactValue, answer_of, lacking
from knowledge.content import (
    AnsweredYes,
    AnyNeed,
    AnyOf,
    Condition,
    FactAtLeast,
    FactIs,
    FactIsNot,
    FactMoreThan,
    NotReady,
    OverallAtLeast,
    Ready,
    RuleNotFired,
)
from knowledge.library import Library


class Truth(NamedTuple):
    """What a condition comes to. `holds` None is open: then `missing` names the facts it waits for."""

    holds: bool | None
    missing: frozenset[str] = frozenset()


TRUE, FALSE = Truth(True), Truth(False)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a condition may look at. `facts` hold defaults already; `overall` is the floor.

    `not_known_is_open` tells how a readiness point reads whose fact is missing: open, or as not met.
    """

    library: Library
    answers: Answers
    facts: Mapping[str, FactValue]
    overall: int
    need: Truth = FALSE
    readiness: Mapping[str, Truth] | None = None
    fired: Collection[str] = ()
    not_known_is_open: bool = True


def both(parts: Iterable[Truth]) -> Truth:
    """Join with "and": one false part makes it false, whatever is open."""
    joined = TRUE
    for part in parts:
        if part.holds is False:
            return FALSE
        if part.holds is None:
            joined = Truth(None, joined.missing | part.missing)
    return joined


def either(parts: Iterable[Truth]) -> Truth:
    """Join with "or": one true part makes it true, whatever is open."""
    joined = FALSE
    for part in parts:
        if part.holds:
            return TRUE
        if part.holds is None:
            joined = Truth(None, joined.missing | part.missing)
    return joined


def weigh_all(conditions: Iterable[Condition], grounds: Grounds) -> Truth:
    """Weigh a list of conditions, which all must hold."""
    return both(weigh(condition, grounds) for condition in conditions)


def weigh(condition: Condition, grounds: Grounds) -> Truth:
    """Weigh one condition."""
    match condition:
        case FactIs() | FactIsNot() | FactAtLeast() | FactMoreThan():
            return _weigh_fact(condition, grounds)
        case OverallAtLeast():
            return _truth(grounds.overall >= condition.overall_at_least)
        case AnsweredYes():
            given = (answer_of(grounds.library, grounds.answers, name) for name in condition.answered_yes)
            return _truth(all(answer == "yes" for answer in given))
        case AnyNeed():
            return grounds.need
        case Ready():
            return _ready(condition.ready, grounds)
        case NotReady():
            points = (_point(name, grounds) for name in condition.not_ready)
            return _truth(any(point.holds is not True for point in points))
        case RuleNotFired():
            return _truth(condition.not_fired not in grounds.fired)
        case AnyOf():
            return either(weigh(inner, grounds) for inner in condition.any_of)


def _ready(names: Iterable[str], grounds: Grounds) -> Truth:
    points = both(_point(name, grounds) for name in names)
    return points if grounds.not_known_is_open else _truth(points.holds is True)


def _point(name: str, grounds: Grounds) -> Truth:
    return (grounds.readiness or {})[name]


def _weigh_fact(condition: FactIs | FactIsNot | FactAtLeast | FactMoreThan, grounds: Grounds) -> Truth:
    facts = grounds.facts
    read = (condition.fact, condition.more_than) if isinstance(condition, FactMoreThan) else (condition.fact,)
    for key in read:
        if key not in facts:
            return Truth(None, frozenset(lacking(grounds.library, each) for each in read if each not in facts))
    value = facts[condition.fact]
    match condition:
        case FactIs():
            return _truth(value in condition.one_of)
        case FactIsNot():
            return _truth(value not in condition.none_of)
        case FactAtLeast():
            return _truth(_number(value) >= limit(grounds.library, condition))
        case FactMoreThan():
            return _truth(_number(value) > _number(facts[condition.more_than]))


def _truth(holds: bool) -> Truth:  # noqa: FBT001 - the one thing it is about
    return TRUE if holds else FALSE


def limit(library: Library, condition: FactAtLeast) -> int:
    """Look up the number a count is held against, which may be a setting."""
    number = condition.at_least
    return number if isinstance(number, int) else int(getattr(library.thresholds, number))


def _number(value: FactValue) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is not a count; only facts of the kind count can be compared")
    return value


def every(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """Walk all conditions, those inside an "or" included."""
    for condition in conditions:
        yield condition
        if isinstance(condition, AnyOf):
            yield from every(condition.any_of)
