"""The two or three facts that settle whether a level is needed, and what they come to without an assessment."""

from dataclasses import dataclass

from dialogs.answers import Facts, FactValue
from dialogs.conditions import every
from dialogs.grounds_read import facts_read
from dialogs.scoring import score
from dialogs.target import STAGE, Target, propose, top_level
from dialogs.verdict import Flip, Verdict, verdict
from knowledge.content import FactAtLeast, FactIs
from knowledge.library import Library

MOST = 3  # questions, at the most
_TAKEN_AS = "production"  # the stage of a team that asks whether it needs a level


@dataclass(frozen=True, slots=True)
class Settled:
    """What a few facts alone say about a level: the target they propose, and the verdict."""

    level: int
    facts: Facts
    target: Target
    verdict: Verdict

    @property
    def speaks_for(self) -> bool:
        """Whether the facts ask for the level, whatever a team's answers would be."""
        return self.level <= self.target.level

    @property
    def flips(self) -> tuple[Flip, ...]:
        """The facts whose nearest other value gives another verdict."""
        return self.verdict.flips


def settling_facts(library: Library, level: int) -> tuple[str, ...]:
    """Name the facts that decide about a level, at most three, in the order in which they are asked.

    For the top level these are the facts its needs read, for others those of the rules that say this level; the stage
    only where nothing else is read.
    """
    if level == top_level(library):
        conditions = [condition for need in library.target.needs for condition in every(need.when)]
        read = {each.fact for each in conditions if isinstance(each, FactIs | FactAtLeast)}
        keys = [key for key in library.facts if key in read]
    else:
        rules = [rule.id for rule in library.target.rules if rule.level == level]
        keys = [key for key in facts_read(library, rules) if key != STAGE]
    return tuple(keys[:MOST]) or (STAGE,)


def settle(library: Library, level: int, facts: Facts) -> Settled:
    """Judge a level from a few facts. A team that does not say its stage is taken to be in production."""
    known: dict[str, FactValue] = {STAGE: _TAKEN_AS, **facts}
    found = score(library, {})
    return Settled(level, known, propose(library, found, {}, known), verdict(library, {}, known, level))
