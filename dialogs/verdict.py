"""Do we need level N? The verdict for each level, its grounds, and the facts that would change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dialogs.answers import Answers, Facts, FactValue, answer_of, value_of
from dialogs.grounds_read import facts_read, practices_read
from dialogs.neighbours import one_step_on, other_values
from dialogs.scoring import Score, score
from dialogs.target import held_back, propose, top_level
from knowledge.library import Library

Kind = Literal["unknown", "already", "beyond", "yes", "not-yet", "no"]


class Flip(NamedTuple):
    """A fact whose nearest other value gives another verdict: what it is, what it would be, and the verdict then."""

    fact: str
    was: FactValue
    to: FactValue
    verdict: Kind


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict for one level.

    `rules` are those that fired; `facts` and `practices` what they read. `perhaps_reached` tells that the floor is
    below the level and the ceiling is not, so that answers not known decide whether the team has it already.
    """

    level: int
    verdict: Kind
    rules: tuple[str, ...]
    flips: tuple[Flip, ...]
    facts: tuple[str, ...]
    practices: tuple[str, ...]
    perhaps_reached: bool


def verdict(library: Library, answers: Answers, facts: Facts, level: int) -> Verdict:
    """Say whether a team needs a level of Microsoft's model; IndexError if there is no such level."""
    return verdicts(library, answers, facts)[level]


def kinds(library: Library, answers: Answers, facts: Facts) -> tuple[Kind, ...]:
    """Say it for every level in a word, lowest first; quicker than with flips."""
    return _Case(library, answers, score(library, answers), _any_answer(library, answers)).decide(facts)


def verdicts(library: Library, answers: Answers, facts: Facts) -> tuple[Verdict, ...]:
    """Say it for every level with its grounds and flips, lowest first."""
    found = score(library, answers)
    case = _Case(library, answers, found, _any_answer(library, answers))
    now = case.decide(facts)
    flips = case.flips(facts, now)
    rules = propose(library, found, answers, facts).rules
    read, practices = facts_read(library, rules), practices_read(library, rules)
    floor, ceiling = found.floor.overall, found.ceiling.overall
    return tuple(
        Verdict(level, now[level], rules, flips[level], read, practices, floor < level <= ceiling)
        for level in range(len(now))
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """A team whose answers stay, while its facts are varied."""

    library: Library
    answers: Answers
    score: Score
    any_answer: bool

    def decide(self, facts: Facts) -> tuple[Kind, ...]:
        """Decide for every level, lowest first; the first line that fits counts."""
        target = propose(self.library, self.score, self.answers, facts)
        held = not held_back(self.library).isdisjoint(target.rules)
        top, overall = top_level(self.library), self.score.floor.overall
        # Looking one step ahead costs four more proposals, and only levels above all else ask for it.
        soon = self._soon(facts) if top > max(target.highest, overall) else 0

        def one(level: int) -> Kind:
            if target.lowest < level <= target.highest or (not self.any_answer and level <= target.highest):
                return "unknown"
            if level <= overall:
                return "already" if level <= target.level else "beyond"
            if level <= target.level:
                return "yes"
            return "not-yet" if level <= soon or (held and level == top) else "no"

        return tuple(one(level) for level in range(len(self.library.microsoft.levels)))

    def _soon(self, facts: Facts) -> int:
        """Find the highest target that one fact moving on would give."""
        steps = one_step_on(self.library, facts)
        targets = (propose(self.library, self.score, self.answers, step).level for step in steps)
        return max(targets, default=0)

    def flips(self, facts: Facts, now: tuple[Kind, ...]) -> tuple[tuple[Flip, ...], ...]:
        """Find for every level the flips, in the order in which facts are asked."""
        found: list[list[Flip]] = [[] for _ in now]
        for key in self.library.facts:
            for level, flip in self._flips_of(facts, now, key).items():
                found[level].append(flip)
        return tuple(tuple(each) for each in found)

    def _flips_of(self, facts: Facts, now: tuple[Kind, ...], key: str) -> Mapping[int, Flip]:
        was = value_of(self.library, facts, key)
        found: dict[int, Flip] = {}
        if was is None:
            return found
        for value in other_values(self.library, facts, key):
            then = self.decide({**facts, key: value})
            for level, kind in enumerate(then):
                if kind != now[level] and level not in found:
                    found[level] = Flip(key, was, value, kind)
            if len(found) == len(now):
                break
        return found


def _any_answer(library: Library, answers: Answers) -> bool:
    """Whether any practice of Microsoft's model has an answer, its own or its twin's."""
    practices = library.practices.values()
    return any(
        answer_of(library, answers, practice.id) is not None for practice in practices if practice.model == "microsoft"
    )
