"""What the rules that fired have looked at: facts, and practices asked for by id."""

from collections.abc import Collection, Iterable, Iterator

from dialogs.conditions import every
from knowledge.content import (
    AnsweredYes,
    AnyNeed,
    Condition,
    FactAtLeast,
    FactIs,
    FactIsNot,
    FactMoreThan,
    NotReady,
    Ready,
)
from knowledge.library import Library


def facts_read(library: Library, rules: Collection[str]) -> tuple[str, ...]:
    """Name the facts that these rules read, in the order in which facts are asked."""
    read: set[str] = set()
    for condition in _conditions(library, rules):
        if isinstance(condition, FactIs | FactIsNot | FactAtLeast | FactMoreThan):
            read.add(condition.fact)
        if isinstance(condition, FactMoreThan):
            read.add(condition.more_than)
    return tuple(key for key in library.facts if key in read)


def practices_read(library: Library, rules: Collection[str]) -> tuple[str, ...]:
    """Name the practices that these rules ask for by id, in the order of the sheet."""
    conditions = _conditions(library, rules)
    read = {name for each in conditions if isinstance(each, AnsweredYes) for name in each.answered_yes}
    return tuple(name for name in library.practices if name in read)


def _conditions(library: Library, rules: Collection[str]) -> Iterator[Condition]:
    """Walk the conditions of rules, with those of the needs and readiness points they rest on."""
    for rule in library.target.rules:
        if rule.id in rules:
            yield from _with_rests(library, rule.when)


def _with_rests(library: Library, conditions: Iterable[Condition]) -> Iterator[Condition]:
    for condition in every(conditions):
        yield condition
        if isinstance(condition, AnyNeed):
            for need in library.target.needs:
                yield from every(need.when)
        elif isinstance(condition, Ready | NotReady):
            names = condition.ready if isinstance(condition, Ready) else condition.not_ready
            for point in library.target.readiness:
                if point.id in names:
                    yield from every(point.when)
