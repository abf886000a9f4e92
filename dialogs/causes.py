"""Why a level or a target moved between two results: the least set of changes that explains it, found by recounting."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeVar

from dialogs.answers import Choice, FactValue, lacking
from dialogs.differences import AnswerChange, FactChange, choices_in, values_in
from dialogs.grounds_read import facts_read, practices_read
from dialogs.ladders import Ladder, LadderKey, ladders
from dialogs.scoring import score
from dialogs.tally import FULL, POINTS, Tally, height, tally
from dialogs.target import propose
from knowledge.library import Library
from knowledge.target_checks import fits

Of = LadderKey | Literal["overall"]  # whose level
_T = TypeVar("_T")
_Choices = Mapping[str, Choice]


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A level that moved, and why: changed answers, and `content` where those do not explain it alone."""

    of: Of
    was: int
    to: int
    answers: tuple[AnswerChange, ...]
    content: bool


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A target that moved: the rules that fire no more and newly, and why, as for a level."""

    was: int
    to: int
    rules_gone: tuple[str, ...]
    rules_new: tuple[str, ...]
    facts: tuple[FactChange, ...]
    answers: tuple[AnswerChange, ...]
    content: bool


class _Move(NamedTuple):
    """A level that moved from `was` to `to`, as recorded.

    `before` is a recount of the older answers, and `exact` tells whether recounts explain the move. `near` are the
    changed answers in the cells that the two levels are about.
    """

    key: Of
    was: int
    to: int
    before: int
    exact: bool
    near: tuple[AnswerChange, ...]


@dataclass(frozen=True, slots=True)
class Causes:
    """Two results, and all that differs between what they rest on, to be asked why a number moved.

    `content` tells whether they were made with different content. `changes.changes_between` tells the rule.
    """

    library: Library
    older: Mapping[str, Any]
    newer: Mapping[str, Any]
    answers: tuple[AnswerChange, ...]
    facts: tuple[FactChange, ...]
    content: bool

    def level(self, key: Of) -> LevelChange | None:
        """Tell how one level moved; None where it did not."""
        move = self._move(key)
        if move is None:
            return None
        if not move.exact:
            return LevelChange(key, move.was, move.to, self._suspects(move), self.content)
        causes = self._leading_there(move) if move.before < move.to else self._to_take_back(move)
        return LevelChange(key, move.was, move.to, causes, move.before != move.was)

    def _move(self, key: Of) -> _Move | None:
        was, to = _recorded(self.older, key), _recorded(self.newer, key)
        if was == to:
            return None
        before, after = (_level(self.library, key, self._given(changes)) for changes in ((), self.answers))
        exact = after == to and (before == was or self.content)
        start = before if exact else was
        return _Move(key, was, to, before, exact, tuple(self._between(key, min(start, to), max(start, to))))

    def _leading_there(self, move: _Move) -> tuple[AnswerChange, ...]:
        """Find a least set that, made on the older answers, gives the new level."""

        def leads(made: Sequence[AnswerChange]) -> bool:
            return _level(self.library, move.key, self._given(made)) == move.to

        return self._least_of(move.near, leads)

    def _to_take_back(self, move: _Move) -> tuple[AnswerChange, ...]:
        """Find a least set that, taken back from the newer answers, gives the old level again, or more than that."""

        def restores(taken_back: Sequence[AnswerChange]) -> bool:
            left = [each for each in self.answers if each not in taken_back]
            return _level(self.library, move.key, self._given(left)) >= move.before

        return self._least_of(move.near, restores)

    def _least_of(
        self, changes: Sequence[AnswerChange], enough: Callable[[Sequence[AnswerChange]], bool]
    ) -> tuple[AnswerChange, ...]:
        """Find the changes, in their own order, that are still enough and of which none can be spared."""
        causes = _least(self._least_telling(changes), enough)
        return tuple(each for each in changes if each in causes)

    def _suspects(self, move: _Move) -> tuple[AnswerChange, ...]:
        """Name all that may have moved a level which no recount explains."""
        return move.near or tuple(each for each in self.answers if each.practice not in self.library.practices)

    def target(self) -> TargetChange | None:
        """Tell how the target moved; None where it did not."""
        was, to = int(self.older["target"]), int(self.newer["target"])
        if was == to:
            return None
        gone = tuple(rule for rule in self.older["target_rules"] if rule not in self.newer["target_rules"])
        new = tuple(rule for rule in self.newer["target_rules"] if rule not in self.older["target_rules"])
        pool = self._read_by((*gone, *new))
        before, after = self._target(()), self._target((*self.answers, *self.facts))
        exact = after == to and (before == was or self.content)
        if exact:
            if self._target(pool) != to:  # a rule that says "exactly" had kept others from firing, or does so now
                pool = self._read_by([rule.id for rule in self.library.target.rules])
            pool = _least(pool[::-1], lambda left: self._target(left) == to)
        facts = tuple(each for each in self.facts if each in pool)
        answers = tuple(each for each in self.answers if each in pool)
        return TargetChange(was, to, gone, new, facts, answers, before != was if exact else self.content)

    def _read_by(self, rules: Collection[str]) -> tuple[AnswerChange | FactChange, ...]:
        """What changed of all that rules may read: answers, those that moved the overall level first, and facts."""
        read = facts_read(self.library, rules)
        keys = {*read, *(lacking(self.library, key) for key in read)}  # a default may follow another fact
        names = practices_read(self.library, rules)
        move = self._move("overall")
        below = () if move is None else self._leading_there(move) if move.exact else self._suspects(move)
        answers = [each for each in self.answers if each.practice in names and each not in below]
        return (*below, *answers, *(each for each in self.facts if each.fact in keys))

    def _given(self, changes: Iterable[AnswerChange | FactChange]) -> dict[str, Choice]:
        """The older answers with some of the changes made."""
        given = {each.practice: each.was for each in self.answers}
        given |= {each.practice: each.to for each in changes if isinstance(each, AnswerChange)}
        return {name: choice for name, choice in (choices_in(self.older) | given).items() if choice is not None}

    def _target(self, changes: Sequence[AnswerChange | FactChange]) -> int:
        values = {each.fact: each.was for each in self.facts}
        values |= {each.fact: each.to for each in changes if isinstance(each, FactChange)}
        facts = {
            key: value for key, value in (values_in(self.older) | values).items() if _fits(self.library, key, value)
        }
        given = self._given(changes)
        known = {key: value for key, value in facts.items() if value is not None}
        return propose(self.library, score(self.library, given), given, known).level

    def _between(self, key: str, low: int, high: int) -> list[AnswerChange]:
        """The changed answers in the cells above the lower level, up to the one that holds the higher."""
        cells = (cell for ladder in _ladders(self.library, key) for cell in ladder.cells[low : high + 1])
        inside = {name for cell in cells for rung in cell.rungs for name in (rung.id, rung.twin)}
        return [each for each in self.answers if each.practice in inside]

    def _least_telling(self, changes: Iterable[AnswerChange]) -> list[AnswerChange]:
        """In the order of dropping them from the causes."""
        practices = self.library.practices
        back = reversed(tuple(changes))
        return sorted(back, key=lambda each: (practices[each.practice].gate, abs(_worth(each.to) - _worth(each.was))))


def _least(changes: Iterable[_T], reaches: Callable[[Sequence[_T]], bool]) -> tuple[_T, ...]:
    """Drop changes in this order as long as the rest still reaches it, until none can be spared."""
    kept, spared = tuple(changes), True
    while spared:
        spared = False
        for each in kept:
            rest = tuple(other for other in kept if other is not each)
            if reaches(rest):
                kept, spared = rest, True
    return kept


def _fits(library: Library, key: str, value: FactValue | None) -> bool:
    """Whether today's rules can read it."""
    fact = library.facts.get(key)
    return fact is not None and (isinstance(value, tuple) if fact.kind == "tools" else fits(fact, value))


def _recorded(result: Mapping[str, Any], key: str) -> int:
    return int(result[key] if key in ("overall", "google") else result["dimensions"][key])


def _ladders(library: Library, key: str) -> list[Ladder]:
    """The ladder of this name; for "overall" those of the four dimensions."""
    return [each for each in ladders(library) if each.key == key or (key == "overall" and each.key != "google")]


def _level(library: Library, key: str, answers: _Choices) -> int:
    share = library.thresholds.share_percent
    return min(height((tally(cell, answers, share) for cell in each.cells), _met) for each in _ladders(library, key))


def _met(cell: Tally) -> bool:
    return cell.met


def _worth(choice: Choice | None) -> int:
    return FULL if choice == "na" else POINTS.get(choice or "no", 0)
