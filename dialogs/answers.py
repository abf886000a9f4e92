"""What a team has told us: answers to practices, facts about itself, and how the two are read."""

from collections.abc import Mapping
from typing import Literal

from knowledge.content import Fact
from knowledge.library import Library

Choice = Literal["yes", "partly", "no", "unknown", "na"]
CHOICES: tuple[Choice, ...] = ("yes", "partly", "no", "unknown", "na")

Answers = Mapping[str, Choice]  # practice id to choice; a practice that is not there was not asked
FactValue = str | int | bool | tuple[str, ...]
Facts = Mapping[str, FactValue]  # fact key to value; defaults are not filled in
_TYPES: Mapping[str, type] = {"count": int, "yes-no": bool, "tools": tuple, "choice": str}
LARGEST_COUNT = 100_000  # of models; more is a slip


def answer_of(library: Library, answers: Answers, practice_id: str) -> Choice | None:
    """Read a practice's own answer, else that of its twin in the other model, else None (not asked)."""
    own = answers.get(practice_id)
    if own is not None:
        return own
    twin = library.twin(practice_id)
    return answers.get(twin) if twin else None


def value_of(library: Library, facts: Facts, key: str) -> FactValue | None:
    """Read a fact as the rules do: as given, else its default, else the value of the fact it follows.

    None means that it is missing, as is a value of another kind than the fact has by now.
    """
    value = facts.get(key)
    fact: Fact = library.facts[key]
    if value is not None and type(value) is _TYPES[fact.kind]:
        return value
    if fact.default is not None:
        return fact.default
    return value_of(library, facts, fact.default_from) if fact.default_from else None


def lacking(library: Library, key: str) -> str:
    """Name the fact to ask for when this one is missing: itself, or the one whose value it takes by default."""
    source = library.facts[key].default_from
    return lacking(library, source) if source else key
