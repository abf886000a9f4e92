"""Checks of the target rules: each fact, value, threshold, practice and rule that they name exists."""

import re
from collections.abc import Iterable, Iterator

from knowledge.content import (
    AnsweredYes,
    AnyOf,
    Condition,
    Fact,
    FactAtLeast,
    FactIs,
    FactIsNot,
    FactMoreThan,
    NotReady,
    OverallAtLeast,
    Ready,
    RuleNotFired,
    Thresholds,
)
from knowledge.parts import Found, Parts, unknown

_TARGET = "target.yml"
_TOP = 4


def fits(fact: Fact, value: object) -> bool:
    """Tell whether a value is one that this fact can have."""
    if fact.kind == "choice":
        return value in {option.value for option in fact.options}
    if fact.kind == "yes-no":
        return isinstance(value, bool)
    return fact.kind == "count" and isinstance(value, int) and not isinstance(value, bool) and value >= 0


def target_problems(parts: Parts) -> Iterator[Found]:
    """Yield what is wrong between `target.yml`, the facts, the practices and the thresholds."""
    if parts.target is None:
        return
    groups = (
        ("needs", parts.target.needs),
        ("readiness", parts.target.readiness),
        ("rules", parts.target.rules),
    )
    seen: set[str] = set()
    for group, items in groups:
        for item in items:
            field = f"{group}.{item.id}"
            if item.id in seen:
                yield _TARGET, field, "stands twice; keep one"
            yield from ((_TARGET, f"{field}.sources", what) for what in unknown(parts, "sources", item.sources))
            found = (what for condition in item.when for what in _condition(parts, condition, seen))
            yield from ((_TARGET, f"{field}.when", what) for what in found)
            seen.add(item.id)
    for rule in parts.target.rules:
        named = re.findall(r"\{([^}]*)\}", rule.reason)
        yield from ((_TARGET, f"rules.{rule.id}.reason", what) for what in unknown(parts, "facts", named))


def _condition(parts: Parts, condition: Condition, earlier: set[str]) -> Iterator[str]:
    """Say what is wrong with a condition; `earlier` ids stand before it, so rules cannot chase each other."""
    match condition:
        case AnyOf():
            for inner in condition.any_of:
                yield from _condition(parts, inner, earlier)
        case FactIs() | FactIsNot():
            values = condition.one_of if isinstance(condition, FactIs) else condition.none_of
            yield from _fact_values(parts, condition.fact, values)
        case FactAtLeast() | FactMoreThan():
            yield from _counts(parts, condition)
        case AnsweredYes():
            yield from unknown(parts, "practices", condition.answered_yes)
        case Ready() | NotReady():
            names = condition.ready if isinstance(condition, Ready) else condition.not_ready
            yield from _earlier(names, earlier, "readiness points")
        case RuleNotFired():
            yield from _earlier((condition.not_fired,), earlier, "rules before it")
        case OverallAtLeast() if not 0 <= condition.overall_at_least <= _TOP:
            yield f"asks for level {condition.overall_at_least}; levels are 0 to 4"


def _fact_values(parts: Parts, name: str, values: tuple[str | bool, ...]) -> Iterator[str]:
    yield from unknown(parts, "facts", (name,))
    fact = parts.facts.get(name)
    for value in values:
        if fact and not fits(fact, value):
            yield f"compares {name} with {value!r}, which it never is; correct the value"


def _counts(parts: Parts, condition: FactAtLeast | FactMoreThan) -> Iterator[str]:
    names = (condition.fact, condition.more_than) if isinstance(condition, FactMoreThan) else (condition.fact,)
    yield from unknown(parts, "facts", names)
    for name in names:
        if name in parts.facts and parts.facts[name].kind != "count":
            yield f"counts {name}, which is no number; use one_of"
    limit = condition.at_least if isinstance(condition, FactAtLeast) else 0
    if isinstance(limit, str) and limit not in Thresholds.model_fields:
        yield f"names the threshold {limit}; thresholds.yml knows {', '.join(Thresholds.model_fields)}"


def _earlier(names: Iterable[str], earlier: set[str], what: str) -> Iterator[str]:
    for name in names:
        if name not in earlier:
            yield f"names {name}, which is not among the {what}; add it there or correct it"
