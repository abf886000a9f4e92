"""What two finished results rest on that is not the same: answers and facts, by whom and when."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from dialogs.answers import Choice, FactValue
from knowledge.library import Library


class AnswerChange(NamedTuple):
    """A practice that has another answer: what it was and is, None for not asked, and by whom and when it was given.

    Where nobody gave a newer one, the names are empty and `at` is None.
    """

    practice: str
    was: Choice | None
    to: Choice | None
    person: str
    name: str
    at: dt.datetime | None


class FactChange(NamedTuple):
    """A fact that has another value; None is missing, the rest is as for an answer."""

    fact: str
    was: FactValue | None
    to: FactValue | None
    person: str
    name: str
    at: dt.datetime | None


def answer_changes(library: Library, older: Mapping[str, Any], newer: Mapping[str, Any]) -> tuple[AnswerChange, ...]:
    """What is answered otherwise, in the order of the sheet; a practice of both models speaks for its twin."""
    found = []
    for name in _sheet(library.practices, older["answers"], newer["answers"]):
        was, to = (_given_to(library, result["answers"], name) for result in (older, newer))
        if was.get("choice") != to.get("choice"):
            found.append(AnswerChange(name, was.get("choice"), to.get("choice"), *_author(to)))
    return tuple(found)


def _given_to(library: Library, answers: Mapping[str, Any], practice: str) -> Mapping[str, Any]:
    given: Mapping[str, Any] = answers.get(practice) or answers.get(library.twin(practice) or "") or {}
    return given


def fact_changes(library: Library, older: Mapping[str, Any], newer: Mapping[str, Any]) -> tuple[FactChange, ...]:
    """Which facts have another value, in the order of asking; tools in another order are the same tools."""
    was, to = values_in(older), values_in(newer)
    return tuple(
        FactChange(key, was.get(key), to.get(key), *_author(newer["facts"].get(key, {})))
        for key in _sheet(library.facts, was, to)
        if not _same(was.get(key), to.get(key))
    )


def _same(was: FactValue | None, to: FactValue | None) -> bool:
    if isinstance(was, tuple) and isinstance(to, tuple):
        return set(was) == set(to)
    return was == to and type(was) is type(to)  # True is no 1


def _sheet(known: Iterable[str], *used: Iterable[str]) -> list[str]:
    """Ids in use, in the order of the content; those it does not know any more last."""
    names = {name for each in used for name in each}
    order = {name: place for place, name in enumerate(known)}
    return sorted(names, key=lambda name: (order.get(name, len(order)), name))


def _author(given: Mapping[str, Any]) -> tuple[str, str, dt.datetime | None]:
    at = given.get("at")
    return given.get("person", ""), given.get("name", ""), dt.datetime.fromisoformat(at) if at else None


def choices_in(result: Mapping[str, Any]) -> dict[str, Choice]:
    """The answers of a result: practice id to choice."""
    return {name: given["choice"] for name, given in result["answers"].items()}


def values_in(result: Mapping[str, Any]) -> dict[str, FactValue]:
    """The facts of a result: key to value, as the rules read them."""
    values = {key: fact["value"] for key, fact in result["facts"].items()}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
