"""From the gap to the next steps: what to put in place, in which order, and with which technology."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from dialogs.answers import Answers, Choice, Facts, answer_of
from dialogs.cheapest_path import cheapest_path, not_known, work_left
from dialogs.judgement import Judgement
from dialogs.ladders import outside
from dialogs.target import STAGE
from knowledge.content import DimensionKey, Practice
from knowledge.library import Library

_LIVE = ("to-production", "production")  # stages in which somebody depends on a model, or soon will
_RISKS_FIRST = ("X-monitoring", "X-rollback")  # without these, anything automated spreads errors faster
_SETTLED = ("yes", "na")
_OPTIONS = 2  # tools named where the team has none of its own
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to put in place next.

    `blocks` is the dimension whose level it holds back, or "risk" for what every live model needs; `level` is the
    level that needs it, None for a risk. `answer` is the present one, None if nobody was asked. `owned_tools`
    are slugs from the team's stack that serve it; without any, `tool_options` are at most two to consider.
    `waits_for` names earlier steps of the same path, set aside or not, that should be in place before this one begins.
    """

    practice: str
    blocks: DimensionKey | Literal["google", "risk"]
    level: int | None
    gate: bool
    answer: Choice | None
    owned_tools: tuple[str, ...]
    tool_options: tuple[str, ...]
    waits_for: tuple[str, ...] = ()


def next_steps(
    library: Library,
    judgement: Judgement,
    answers: Answers,
    facts: Facts,
    limit: int = 3,
    later: Collection[str] = _NOTHING,
) -> tuple[NextStep, ...]:
    """Choose at most `limit` steps of the whole path; those set aside for `later` make room for the ones after them."""
    return tuple(islice(_path(library, judgement, answers, facts, later), limit))


def whole_path(
    library: Library, judgement: Judgement, answers: Answers, facts: Facts, later: Collection[str] = _NOTHING
) -> tuple[NextStep, ...]:
    """List every step to the target, without those set aside for `later`.

    What every live model needs comes first; then the cheapest path to the target, lowest level first, gates before
    others, nothing before what it waits for, cheapest first; then the other risks. Nothing that only a level above
    the target needs.
    """
    return tuple(_path(library, judgement, answers, facts, later))


def _path(
    library: Library, judgement: Judgement, answers: Answers, facts: Facts, later: Collection[str]
) -> Iterator[NextStep]:
    target = judgement.target.level
    risks = _risks(library, answers, facts)
    first = [name for name in risks if name in _RISKS_FIRST]
    ladder = _in_order(library, answers, cheapest_path(library, answers, target))
    names = (*first, *ladder, *(name for name in risks if name not in first))
    for place, name in enumerate(names, 1):
        if name not in later:
            yield _step(library, answers, facts, target, names[:place])


def _in_order(library: Library, answers: Answers, names: Collection[str]) -> list[str]:
    """Sort the steps of a path: always the first that waits for none of the rest."""
    urgent = _urgent(library, names)

    def order(name: str) -> tuple[int, bool, bool, int]:
        level = library.practices[name].level or 0
        return level, name not in urgent, not_known(library, answers, name), work_left(library, answers, name)

    waiting = sorted(names, key=order)
    found: list[str] = []
    while waiting:
        ready = (name for name in waiting if set(waiting).isdisjoint(library.practices[name].after))
        found.append(next(ready, waiting[0]))
        waiting.remove(found[-1])
    return found


def _urgent(library: Library, names: Collection[str]) -> set[str]:
    """Gates, and what a gate of the same level waits for: it holds the level back as the gate does."""
    found = [name for name in names if library.practices[name].gate]
    for name in found:  # grows while it is walked
        practice = library.practices[name]
        found += [
            other
            for other in practice.after
            if other in names and other not in found and library.practices[other].level == practice.level
        ]
    return set(found)


def _risks(library: Library, answers: Answers, facts: Facts) -> list[str]:
    if facts.get(STAGE) not in _LIVE:
        return []
    return [name for name in outside(library) if answer_of(library, answers, name) not in _SETTLED]


def _step(library: Library, answers: Answers, facts: Facts, target: int, path: Sequence[str]) -> NextStep:
    """Tell about the last step of a path."""
    *earlier, name = path
    practice = library.practices[name]
    owned, options = _tools(library, practice, facts, target)
    return NextStep(
        practice=name,
        blocks=practice.dimension or "risk",
        level=practice.level,
        gate=practice.gate,
        answer=answer_of(library, answers, name),
        owned_tools=owned,
        tool_options=options,
        waits_for=tuple(other for other in practice.after if other in earlier),
    )


def _tools(library: Library, practice: Practice, facts: Facts, target: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Find the tools of the practice's capability that the team has; where it has none, some to consider.

    Nothing new is offered for a capability that only a level above the target needs.
    """
    capability = library.capabilities.get(practice.capability)
    stack = facts.get("stack", ())
    if capability is None or not isinstance(stack, tuple):
        return (), ()
    in_use = {name.casefold() for name in stack}
    owned = tuple(slug for slug in capability.tools if in_use & _names(library, slug))
    if owned or capability.from_level > target:
        return owned, ()
    fresh = (slug for slug in capability.tools if not library.tools[slug].avoid_for_new_work)
    return (), tuple(fresh)[:_OPTIONS]


def _names(library: Library, slug: str) -> set[str]:
    tool = library.tools[slug]
    return {slug, tool.name.casefold(), *(alias.casefold() for alias in tool.aliases)}
