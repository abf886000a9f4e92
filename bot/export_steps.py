"""The next steps of an exported result: each with why, what done looks like, what it takes and whose it is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from bot.naming import area_title
from dialogs.exported import Plan, Result
from dialogs.judgement import judge
from dialogs.roadmap import NextStep, whole_path
from dialogs.state import Given
from knowledge.content import Effort, Tool
from knowledge.library import Library

SHOWN = 3  # at a time: more is a backlog, and a backlog is not begun


class Step(NamedTuple):
    """One step. `area` is what it holds back, `given` the answer that blocks, `done` what a yes would mean.

    `owned` are tools the team has for it; where it has none, `options` of the `capability` to consider. `after` are
    titles of earlier steps that should be in place before.
    """

    id: str
    title: str
    what: str
    area: str
    level: int | None
    risk: bool
    gate: bool
    given: Given | None
    done: str
    effort: Effort
    capability: str
    owned: tuple[str, ...]
    options: tuple[Tool, ...]
    cautions: tuple[Tool, ...]
    after: tuple[str, ...]
    plan: Plan | None


class Way(NamedTuple):
    """The way to the target, without the steps that the team put off, which are `aside`."""

    steps: tuple[Step, ...]
    aside: tuple[Step, ...]


def way_of(library: Library, result: Result, plans: Mapping[str, Plan]) -> Way:
    """Find the way to the target of a result, by today's practices."""
    choices = {name: given.choice for name, given in result.answers.items()}
    facts = {key: given.value for key, given in result.facts.items()}
    judged = judge(library, choices, facts)
    aimed = replace(judged, target=replace(judged.target, level=result.target))
    later = frozenset(name for name, plan in plans.items() if plan.later)
    path = whole_path(library, aimed, choices, facts)
    steps = tuple(_step(library, result, each, plans.get(each.practice)) for each in path)
    return Way(tuple(each for each in steps if each.id not in later), tuple(each for each in steps if each.id in later))


def _step(library: Library, result: Result, step: NextStep, plan: Plan | None) -> Step:
    practice = library.practices[step.practice]
    twin = library.twin(step.practice)
    capability = library.capabilities.get(practice.capability)
    chosen = tuple(library.tools[slug] for slug in step.owned_tools or step.tool_options)
    return Step(
        id=step.practice,
        title=practice.title,
        what=practice.step.rstrip("."),
        area=area_title(library, step.blocks),
        level=step.level,
        risk=step.blocks == "risk",
        gate=step.gate,
        given=result.answers.get(step.practice) or (result.answers.get(twin) if twin else None),
        done=practice.yes,
        effort=practice.effort,
        capability=capability.title if capability else practice.capability,
        owned=tuple(tool.name for tool in chosen) if step.owned_tools else (),
        options=() if step.owned_tools else chosen,
        cautions=tuple(tool for tool in chosen if tool.caution),
        after=tuple(library.practices[name].title for name in step.waits_for),
        plan=plan,
    )
