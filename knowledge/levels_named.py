"""Levels in any spelling: "level 3", "lvl3", "L3", "3rd level", "from 2 to 3"; and what only looks like one."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from knowledge.wording import Word, stem

if TYPE_CHECKING:
    from knowledge.mentions import Unit

TOP, GOOGLE_TOP = 4, 2
BEYOND = 10  # up to here a number is a level that somebody takes to exist; above it is something else
NUMBERS = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7} | {
    str(number): number for number in range(100)
}
_GLUED = re.compile(r"(?:l|lv|lvl|level|lev)(\d{1,2})")
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th)")
_LEVEL_WORDS = frozenset({"level", "levels"})
_BESIDE = 5  # words within which Google's name makes a level Google's
_NEAR = 3  # words within which a foreign word makes a level a foreign one, with joints between at the most
_JOINTS = frozenset({"of", "the", "in", "a", "an", "for", "maturity", "our", "my", "your", "is"})
FOREIGN = "foreignlevel"  # the word that a level of something else becomes
# A bare number means a level after one of the first, and before one of the second or at the end.
_BEFORE = frozenset(
    (
        "against", "from", "to", "at", "versus", "or", "between", "and", "reach", "than", "stay", "below", "above",
        "is", "reached", "hit", "on", "score", "scores", "does", "that",
    )
)  # fmt: skip
_AFTER = frozenset(
    (
        "against", "straight", "to", "versus", "or", "and", "is", "are", "enough", "then", "now", "but", "already",
        "yet", "maturity", "really", "compared", "instead", "in", "than", "what", "how", "do", "does", "should",
        "because", "for", "even", "on", "have", "has", "look", "looks", "that", "not", "add", "adds", "give", "gives",
    )
)  # fmt: skip
_DIFFERS = frozenset(["differ", "differs", "different"])  # "how 4 differs from 3"
_JOINS = frozenset(["against", "to", "versus", "or", "and", "than", "from", "with"])
_OURS = frozenset({"your", "yours", "here"})


class Level(NamedTuple):
    """A level in a text: its kind (`beyond` is above the top), its number, as written, and how many words it takes."""

    kind: Literal["level", "beyond"]
    number: int
    text: str
    length: int


def levels_at(words: Sequence[Word], at: int, before: Sequence[str]) -> Level | None:
    """Read a level at a place; `before` are the kinds of what stood there lately."""
    text = words[at].text
    if text not in _LEVEL_WORDS and text not in NUMBERS and not text[-1].isdigit() and not text[0].isdigit():
        return None
    found = _spelt_out(words, at) or _bare(words, at, before)
    if found is None or found.number > BEYOND:
        return None
    end = at + found.length
    if end < len(words) and words[end].text in _LEVEL_WORDS and _number(words, end + 1) is None:
        return found._replace(length=found.length + 1)  # "the 2 level"
    return found


def _spelt_out(words: Sequence[Word], at: int) -> Level | None:
    text = words[at].text
    if glued := _GLUED.fullmatch(text):
        return _level(int(glued[1]), text, 1)
    after = words[at + 1].text if at + 1 < len(words) else ""
    if text in _LEVEL_WORDS:
        skipped = 2 if after in ("number", "no", "nr") else 1
        number = _number(words, at + skipped)
        return _level(number, f"level {number}", skipped + 1) if number is not None else None
    if (ordinal := _ORDINAL.fullmatch(text)) and after in _LEVEL_WORDS:
        return _level(int(ordinal[1]), f"{text} level", 2)
    return None


def _bare(words: Sequence[Word], at: int, before: Sequence[str]) -> Level | None:
    """Read a number that can only be a level: "from 1 to 2", "is 3 enough", "2 vs 3"."""
    number = _number(words, at)
    if number is None or number > TOP:
        return None
    previous = words[at - 1].text if at else ""
    after = words[at + 1].text if at + 1 < len(words) else ""
    digit = words[at].text.isdigit()
    joined = previous in _JOINS and any(kind in ("level", "google") for kind in before)
    leads = previous in (_BEFORE if digit else ("from", "to", "at"))
    pair = _number(words, at + 2) is not None
    differs = after in _DIFFERS and _number(words, at + 3) is not None
    begins = not previous and after in _JOINS and (pair or (digit and after in ("to", "versus", "against")))
    if differs or ((joined or leads or begins) and (not after or after in _AFTER)):
        return _level(number, words[at].text, 1)
    return None


def _number(words: Sequence[Word], at: int) -> int | None:
    return NUMBERS.get(words[at].text) if at < len(words) else None


def _level(number: int, text: str, length: int) -> Level:
    return Level("level" if number <= TOP else "beyond", number, text, length)


def without_foreign(units: list["Unit"], foreign: frozenset[str]) -> list["Unit"]:
    """Take levels of other things for what they are: "CMMI level 3", "L2 regularization", "level 2 support"."""
    found = list(units)
    for at, unit in enumerate(units):
        if unit.kind not in ("level", "beyond"):
            continue
        beside = (*_beside(units[at - 1 :: -1] if at else []), *_beside(units[at + 1 :]))
        if any(stem(word) in foreign for word in beside):
            found[at] = unit._replace(kind="word", value=FOREIGN)
    return found


def _beside(units: Sequence["Unit"]) -> list[str]:
    """Give the words of the first thing that is no mere joint."""
    for unit in units[:_NEAR]:
        if unit.text not in _JOINTS:
            return unit.text.split() if unit.kind in ("word", "same") else []
    return []


def of_google(units: list["Unit"]) -> list["Unit"]:
    """Turn levels that stand beside Google's name into Google's; with no other model named, all near ones."""
    google = [at for at, unit in enumerate(units) if unit.value == "google"]
    others = [at for at, unit in enumerate(units) if unit.value in ("microsoft", "us") or unit.text in _OURS]
    found = list(units)
    for at, unit in enumerate(units):
        if not google or unit.kind not in ("level", "beyond"):
            continue
        distance = min(abs(at - place) for place in google)
        if distance <= min((abs(at - place) for place in others), default=_BESIDE) and distance <= _BESIDE:
            found[at] = unit._replace(kind="google" if int(unit.value) <= GOOGLE_TOP else "googlebeyond")
    return found
