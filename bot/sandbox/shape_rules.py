"""Small rules for JSON values, from which the shapes of blocks are put together.

A rule looks at one value and notes what is wrong with it; `at` is the JSON pointer of the value. Lengths
count Unicode code points, as Slack does.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.payload import Payload


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where (JSON pointer), what, and the limit that was broken."""

    pointer: str
    message: str
    constraint: Payload = field(default_factory=dict)

    def as_json(self) -> Payload:
        """Give the problem as `blocks.validate` lists it."""
        told: Payload = {"code": "failed_constraint", "message": self.message, "pointer": self.pointer or "/"}
        return told | ({"constraint": self.constraint} if self.constraint else {})


Problems = list[Problem]
Rule = Callable[[Any, str, Problems], None]


@dataclass(frozen=True)
class Shape:
    """The fields an object may have, those it must have, and alternatives: at least (exactly) one of them."""

    fields: Mapping[str, Rule]
    required: Collection[str] = ()
    some_of: Collection[str] = ()
    one_of: Collection[str] = ()

    def __call__(self, value: Any, at: str, problems: Problems) -> None:  # noqa: ANN401 - any JSON value
        """Check an object."""
        if not isinstance(value, dict):
            problems.append(Problem(at, "must be an object", {"type": "object"}))
            return
        for name in sorted(value.keys() - self.fields.keys() - {"type"}):
            problems.append(Problem(f"{at}/{name}", f"invalid additional property: {name}"))
        for name in self.required:
            if value.get(name) is None:
                problems.append(Problem(at, f"missing required field: {name}"))
        self._alternatives(value, at, problems)
        for name, rule in self.fields.items():
            if value.get(name) is not None:
                rule(value[name], f"{at}/{name}", problems)

    def _alternatives(self, value: Payload, at: str, problems: Problems) -> None:
        for names, exactly in ((self.some_of, False), (self.one_of, True)):
            count = sum(value.get(name) is not None for name in names)
            if names and (count == 0 or (exactly and count > 1)):
                kind = "exactly" if exactly else "at least"
                problems.append(Problem(at, f"must provide {kind} one of {', '.join(names)}"))


def string(most: int | None = None, *, least: int = 0, pattern: str = "", among: Collection[str] = ()) -> Rule:
    """Demand a string of limited length, of a pattern, or out of a list."""

    def rule(value: Any, at: str, problems: Problems) -> None:  # noqa: ANN401 - any JSON value
        if not isinstance(value, str):
            problems.append(Problem(at, "must be a string", {"type": "string"}))
        elif len(value) < least:
            problems.append(Problem(at, f"must be more than {least - 1} characters", {"min_length": least}))
        elif most is not None and len(value) > most:
            problems.append(Problem(at, f"must be less than {most + 1} characters", {"max_length": most}))
        elif pattern and not re.fullmatch(pattern, value):
            problems.append(Problem(at, f"must match the pattern {pattern}", {"pattern": pattern}))
        elif among and value not in among:
            expected = sorted(among)
            told = f"unsupported value: {value}; allowed: {', '.join(expected)}"
            problems.append(Problem(at, told, {"type": "enum", "expected": expected}))

    return rule


def flag(value: Any, at: str, problems: Problems) -> None:  # noqa: ANN401 - any JSON value
    """Accept true or false."""
    if not isinstance(value, bool):
        problems.append(Problem(at, "must be a boolean", {"type": "boolean"}))


def number(least: int, most: int | None = None) -> Rule:
    """Demand a whole number within bounds."""

    def rule(value: Any, at: str, problems: Problems) -> None:  # noqa: ANN401 - any JSON value
        if isinstance(value, bool) or not isinstance(value, int):
            problems.append(Problem(at, "must be a whole number", {"type": "integer"}))
        elif value < least or (most is not None and value > most):
            problems.append(Problem(at, f"must be from {least} to {most if most is not None else 'any'}"))

    return rule


def many(of: Rule, most: int | None, *, least: int = 1) -> Rule:
    """Demand a list with a limited number of items."""

    def rule(value: Any, at: str, problems: Problems) -> None:  # noqa: ANN401 - any JSON value
        if not isinstance(value, list):
            problems.append(Problem(at, "must be an array", {"type": "array"}))
            return
        if len(value) < least:
            problems.append(Problem(at, f"no fewer than {least} items required", {"min_items": least}))
        if most is not None and len(value) > most:
            problems.append(Problem(at, f"no more than {most} items allowed", {"max_items": most}))
        for index, item in enumerate(value):
            of(item, f"{at}/{index}", problems)

    return rule


def typed(kinds: Mapping[str, Rule]) -> Rule:
    """Demand an object whose `type` chooses the rule that holds for it."""

    def rule(value: Any, at: str, problems: Problems) -> None:  # noqa: ANN401 - any JSON value
        if not isinstance(value, dict):
            problems.append(Problem(at, "must be an object", {"type": "object"}))
            return
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in kinds:
            told = "missing required field: type" if kind is None else f"unsupported type: {kind}"
            problems.append(Problem(f"{at}/type", told, {"type": "enum", "expected": sorted(kinds)}))
            return
        kinds[kind](value, at, problems)

    return rule
