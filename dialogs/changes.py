"""What changed between two finished results, and what caused it: answers, facts, or the content."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from dialogs.causes import Causes, LevelChange, Of, TargetChange
from dialogs.differences import AnswerChange, FactChange, answer_changes, fact_changes
from knowledge.content import DIMENSIONS
from knowledge.library import Library

_LEVELS: tuple[Of, ...] = ("overall", *DIMENSIONS, "google")


class ContentChange(NamedTuple):
    """The versions of the content that the two results were made with."""

    was: str
    to: str


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two results. `answers` and `facts` also hold what moved no number."""

    levels: tuple[LevelChange, ...]
    target: TargetChange | None
    answers: tuple[AnswerChange, ...]
    facts: tuple[FactChange, ...]
    content: ContentChange | None

    @property
    def anything(self) -> bool:
        """Whether anything differs at all."""
        return bool(self.levels or self.target or self.answers or self.facts or self.content)

    @property
    def newly_asked(self) -> tuple[str, ...]:
        """Practices that only the newer result has an answer for."""
        return tuple(change.practice for change in self.answers if change.was is None)

    @property
    def not_asked_any_more(self) -> tuple[str, ...]:
        """Practices that only the older result has an answer for."""
        return tuple(change.practice for change in self.answers if change.to is None)


def changes_between(library: Library, older: Mapping[str, Any], newer: Mapping[str, Any]) -> Changes:
    """Compare two results, as `result.snapshot` makes them.

    The recorded levels count; they are never judged anew. A recount with this library only finds the causes of a level:
    of the changed answers in the cells from the lower level's next up to the one that holds the higher level, a least
    set. For a rise it is what alone leads from the older answers to the new level: without any one of it the level
    would be another, and what is left out need not have happened. For a fall it is what must be taken back from the
    newer answers until the old level stands again (or a higher one, where something else got better): with any one of
    it left as it is the old level stays lost, so what breaks a cell beside something else is named too, and what got
    better never is. Rise or fall is what the recount says. Both sets are found by dropping changes one by one while
    the rest is still enough: others before gates, small before large, last in the sheet first.

    Causes of the target, up or down, are a least set that alone leads to the new one: of the facts and answers read by
    the rules that fire no more or newly (by any rule, where one that applies alone hid the others), and the answers
    that alone lead to the new overall level.

    Where other content made the newer result and the recount of the older one differs from what was recorded, the
    content is a cause as well. Where a recount gives neither number, all changes that it could have been are named.
    """
    answers, facts = answer_changes(library, older, newer), fact_changes(library, older, newer)
    versions = ContentChange(older["content_version"], newer["content_version"])
    case = Causes(library, older, newer, answers, facts, versions.was != versions.to)
    levels = tuple(change for key in _LEVELS if (change := case.level(key)))
    return Changes(levels, case.target(), answers, facts, versions if case.content else None)
