"""From the gap to the next steps: what to put in place, in which order, and with which technology."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dialogs.answers import Answers, Choice, Facts, answer_of
from dialogs.judgement import Judgement
from dialogs.ladders import Cell, ladders, outside
from dialogs.tally import FULL, POINTS, tally
from dialogs.target import STAGE
from knowledge.content import DimensionKey, Effort, Practice
from knowledge.library import Library

_LIVE = ("to-production", "production")  # stages in which somebody depends on a model, or soon will
_RISKS_FIRST = ("X-monitoring", "X-rollback")  # without these, anything automated spreads errors faster
_EFFORT: tuple[Effort, ...] = ("days", "weeks", "months")
_SETTLED = ("yes", "na")
_OPTIONS = 2  # tools named where the team has none of its own


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to put in place next.

    `blocks` is the dimension whose level it holds back, or "risk" for what every live model needs; `level` is the
    level that needs it, None for a risk. `answer` is the present one, None if nobody was asked. `owned_tools`
    are slugs from the team's stack that serve it; without any, `tool_options` are at most two to consider.
    """

    practice: str
    blocks: DimensionKey | Literal["google", "risk"]
    level: int | None
    gate: bool
    answer: Choice | None
    owned_tools: tuple[str, ...]
    tool_options: tuple[str, ...]


def next_steps(
    library: Library, judgement: Judgement, answers: Answers, facts: Facts, limit: int = 3
) -> tuple[NextStep, ...]:
    """Choose at most `limit` steps towards the target.

    What every live model needs comes first; then what the dimensions below the target lack, lowest level first,
    gates before others, cheapest first; then the other risks. Nothing that only a level above the target needs.
    """
    risks = [name for name in _risks(library, answers, facts) if name in _RISKS_FIRST]
    others = [name for name in _risks(library, answers, facts) if name not in _RISKS_FIRST]
    ladder = sorted(_lacking(library, judgement, answers), key=lambda each: _order(library, answers, each))
    names = [*risks, *(practice.id for practice in ladder), *others]
    return tuple(_step(library, name, answers, facts) for name in names[:limit])


def _order(library: Library, answers: Answers, practice: Practice) -> tuple[int, bool, bool, int]:
    """Order steps: lowest level, gates, what is known to be missing, cheapest."""
    level, effort = practice.level or 0, _EFFORT.index(practice.effort)
    return (level, not practice.gate, _not_known(library, answers, practice), effort)


def _not_known(library: Library, answers: Answers, practice: Practice) -> bool:
    return answer_of(library, answers, practice.id) in (None, "unknown")


def _risks(library: Library, answers: Answers, facts: Facts) -> list[str]:
    if facts.get(STAGE) not in _LIVE:
        return []
    return [name for name in outside(library) if answer_of(library, answers, name) not in _SETTLED]


def _lacking(library: Library, judgement: Judgement, answers: Answers) -> Iterator[Practice]:
    """List what is missing in every cell up to the target, of the dimensions that are below it."""
    for ladder in ladders(library):
        if ladder.key == "google":
            continue
        reached = judgement.score.floor.dimensions[ladder.key]
        for cell in ladder.cells[reached : judgement.target.level]:
            yield from _lacking_in(library, cell, answers)


def _lacking_in(library: Library, cell: Cell, answers: Answers) -> Iterator[Practice]:
    """List the cell's gates that are not in place, and as many others as its share of the points still wants."""
    missing = [
        library.practices[rung.id] for rung in cell.rungs if answer_of(library, answers, rung.id) not in _SETTLED
    ]
    gates = [practice for practice in missing if practice.gate]
    yield from gates
    counted = tally(cell, answers, library.thresholds.share_percent)
    wanted = counted.needed - counted.points - sum(_gain(library, answers, gate) for gate in gates)
    others = (practice for practice in missing if not practice.gate)
    for practice in sorted(others, key=lambda each: _ease(library, answers, each)):
        if wanted <= 0:
            return
        wanted -= _gain(library, answers, practice)
        yield practice


def _gain(library: Library, answers: Answers, practice: Practice) -> int:
    """Count the points that putting it fully in place would add."""
    return FULL - POINTS.get(answer_of(library, answers, practice.id) or "no", 0)


def _ease(library: Library, answers: Answers, practice: Practice) -> tuple[bool, int, int]:
    """Order what a cell may choose from: what is known to be missing first, then cheap, then worth most points."""
    not_known = _not_known(library, answers, practice)
    return (not_known, _EFFORT.index(practice.effort), -_gain(library, answers, practice))


def _step(library: Library, name: str, answers: Answers, facts: Facts) -> NextStep:
    practice = library.practices[name]
    owned, options = _tools(library, practice, facts)
    return NextStep(
        practice=name,
        blocks=practice.dimension or "risk",
        level=practice.level,
        gate=practice.gate,
        answer=answer_of(library, answers, name),
        owned_tools=owned,
        tool_options=options,
    )


def _tools(library: Library, practice: Practice, facts: Facts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Find the tools of the practice's capability that the team has; where it has none, some to consider."""
    capability = library.capabilities.get(practice.capability)
    stack = facts.get("stack", ())
    if capability is None or not isinstance(stack, tuple):
        return (), ()
    in_use = {name.casefold() for name in stack}
    owned = tuple(slug for slug in capability.tools if in_use & _names(library, slug))
    if owned:
        return owned, ()
    fresh = (slug for slug in capability.tools if not library.tools[slug].avoid_for_new_work)
    return (), tuple(fresh)[:_OPTIONS]


def _names(library: Library, slug: str) -> set[str]:
    tool = library.tools[slug]
    return {slug, tool.name.casefold(), *(alias.casefold() for alias in tool.aliases)}
