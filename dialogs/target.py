"""The level worth aiming at, proposed by the library's rules from facts, answers and the level reached."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from dialogs.answers import Answers, Facts, FactValue, value_of
from dialogs.conditions import FALSE, TRUE, Grounds, Truth, either, every, weigh_all
from dialogs.scoring import Score
from knowledge.content import AnyNeed, TargetRule
from knowledge.library import Library

STAGE = "stage"  # the fact without which every target is provisional
_WITHOUT_RULES = 1  # the target when no rule fires, which takes a missing stage


@dataclass(frozen=True, slots=True)
class Target:
    """A proposed level and its grounds, ids in the order of the rules' file.

    `rules` fired; `undecided` ones wait for facts. `missing` names the facts that could still raise the level (and
    the stage), in the order in which facts are asked. `needs` are the reasons for the top level that hold,
    `needs_open` those that wait for facts. `readiness_missing` are the points not met, `readiness_unknown` those
    whose fact is missing. `lowest` and `highest` bound what the missing facts can still do.
    """

    level: int
    rules: tuple[str, ...]
    undecided: tuple[str, ...]
    missing: tuple[str, ...]
    provisional: bool
    lowest: int
    highest: int
    needs: tuple[str, ...]
    needs_open: tuple[str, ...]
    readiness_missing: tuple[str, ...]
    readiness_unknown: tuple[str, ...]


def propose(library: Library, score: Score, answers: Answers, facts: Facts) -> Target:
    """Propose the target of a team that stands at `score`."""
    grounds = Grounds(library, answers, with_defaults(library, facts), score.floor.overall)
    needs = {need.id: weigh_all(need.when, grounds) for need in library.target.needs}
    ready = {point.id: weigh_all(point.when, grounds) for point in library.target.readiness}
    truths = _weigh_rules(library, replace(grounds, need=either(needs.values()), readiness=ready))
    fired = tuple(rule for rule in library.target.rules if truths[rule.id].holds)
    undecided = tuple(rule for rule in library.target.rules if truths[rule.id].holds is None)
    level = max((rule.level for rule in fired), default=_WITHOUT_RULES)
    has_stage = STAGE in grounds.facts
    missing = {STAGE} if not has_stage else set()
    missing.update(*(truths[rule.id].missing for rule in undecided if rule.level > level))
    return Target(
        level=level,
        rules=tuple(rule.id for rule in fired),
        undecided=tuple(rule.id for rule in undecided),
        missing=tuple(key for key in library.facts if key in missing),
        provisional=not has_stage or any(rule.level > level for rule in undecided),
        lowest=level if has_stage else 0,
        highest=max([level, *(rule.level for rule in undecided if rule.says != "exactly")]),
        needs=_that(needs, "holds"),
        needs_open=_that(needs, "is open"),
        readiness_missing=_that(ready, "fails"),
        readiness_unknown=_that(ready, "is open"),
    )


def with_defaults(library: Library, facts: Facts) -> dict[str, FactValue]:
    """Fill in every default, so that only missing facts are not there."""
    found = ((key, value_of(library, facts, key)) for key in library.facts)
    return {key: value for key, value in found if value is not None}


@lru_cache(maxsize=8)
def top_level(library: Library) -> int:
    """Find the level that needs and readiness are about: the highest that any rule says."""
    return max(rule.level for rule in library.target.rules)


@lru_cache(maxsize=8)
def held_back(library: Library) -> frozenset[str]:
    """Name the rules that fire when a need for the top level holds, yet say less than it."""
    top = top_level(library)
    rules = (rule for rule in library.target.rules if rule.level < top)
    return frozenset(rule.id for rule in rules if any(isinstance(each, AnyNeed) for each in every(rule.when)))


def _weigh_rules(library: Library, grounds: Grounds) -> dict[str, Truth]:
    """Weigh every rule; where one that says "exactly" fires, no other applies.

    A readiness point that is not known leaves a rule open only where the rule says the top level, which is what
    readiness is for; in a rule that says less it counts as not met.
    """
    top = top_level(library)
    truths: dict[str, Truth] = {}
    fired: list[str] = []
    for_top = replace(grounds, fired=fired)
    for_less = replace(grounds, fired=fired, not_known_is_open=False)
    for rule in library.target.rules:
        truths[rule.id] = weigh_all(rule.when, for_top if rule.level == top else for_less)
        if truths[rule.id].holds:
            fired.append(rule.id)
    sole = next((rule for rule in library.target.rules if _settles(rule, truths)), None)
    if sole is None:
        return truths
    return dict.fromkeys(truths, FALSE) | {sole.id: TRUE}


def _settles(rule: TargetRule, truths: dict[str, Truth]) -> bool:
    return rule.says == "exactly" and truths[rule.id].holds is True


def _that(truths: dict[str, Truth], outcome: Literal["holds", "fails", "is open"]) -> tuple[str, ...]:
    wanted = {"holds": True, "fails": False, "is open": None}[outcome]
    return tuple(name for name, truth in truths.items() if truth.holds is wanted)
