"""What a text is about: levels, Google's levels, dimensions, capabilities, tools, and words that mean the same here.

A text becomes `Unit`s, each a mention or a word. A mention of level 4 can stand for the slot {level} of a phrasing, or
for level 4 itself.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from knowledge.levels_named import levels_at, of_google, without_foreign
from knowledge.wording import Word, Wording, stem

Kind = Literal["level", "google", "beyond", "googlebeyond", "dimension", "capability", "tool", "same", "word"]
SLOTS = frozenset({"level", "google", "beyond", "googlebeyond", "dimension", "capability", "tool"})
_TURNED_REACH = 4  # words within which a two-word name may stand the other way round
_BETWEEN = frozenset(
    (
        "of", "the", "our", "a", "an", "my", "your", "all", "for", "on", "their", "in", "every", "each", "any", "it",
        "we",
    )
)  # fmt: skip


class Unit(NamedTuple):
    """One thing in a text: a mention (with what it names), or a word by its stem."""

    kind: Kind
    value: str  # "4", "mlflow", a meaning, or a stem
    text: str

    @property
    def token(self) -> str:
        """What it is called in the index when it means exactly this; letters and digits only."""
        if self.kind == "word":
            return f"w{self.value}"
        return f"x{self.kind}x{re.sub(r'[^a-z0-9]', '', self.value)}"


class _Named(NamedTuple):
    """What a name names."""

    kind: Kind
    value: str


class Recogniser:
    """Finds what a text is about. The longest name at a place wins, and things win over words that mean the same."""

    def __init__(self, wording: Wording, same: Mapping[str, Sequence[str]], foreign: Iterable[str]) -> None:
        self._wording = wording
        self._typed: dict[tuple[str, ...], _Named] = {}  # names compared as typed
        self._stems: dict[tuple[str, ...], _Named] = {}  # names compared by their stems
        self._turned: dict[str, dict[str, _Named]] = {}  # second word to first word
        self._longest: dict[str, int] = {}  # stem of a name's first word to the words of the longest such name
        self._foreign = frozenset(stem(word) for text in foreign for word in text.split())
        for meaning, phrases in same.items():
            self.name("same", meaning, phrases)

    def name(self, kind: Kind, value: str, names: Iterable[str], *, literal: bool = False) -> None:
        """Teach names of one thing. One-word names of things are compared as typed: "ray" is no "rays of hope"."""
        named = _Named(kind, value)
        for text in names:
            self._wording.learn((text,), names=kind != "same")
            words = self._wording.words(text.casefold(), mend=False)
            if not words:
                continue
            stems, typed = tuple(word.stem for word in words), tuple(word.text for word in words)
            self._longest[stems[0]] = max(self._longest.get(stems[0], 0), len(words))
            if literal or (len(words) == 1 and kind != "same"):
                self._typed.setdefault(typed, named)
                if not literal:
                    self._typed.setdefault((f"{typed[0]}s",), named)
            elif kind != "same" or stems not in self._stems:
                self._stems[stems] = named
            if kind == "capability" and len(words) == 2:  # noqa: PLR2004 - only pairs can be turned round
                self._turned.setdefault(stems[1], {}).setdefault(stems[0], named)

    def units(self, words: Sequence[Word]) -> list[Unit]:
        """Read the words of a clause."""
        found: list[Unit] = []
        at = 0
        while at < len(words):
            level = levels_at(words, at, [unit.kind for unit in found[-3:]])
            if level is not None:
                found.append(Unit(level.kind, str(level.number), level.text))
                at += level.length
                continue
            unit, length = self._named(words, at) or self._named_turned(words, at) or (_word(words[at]), 1)
            found.append(unit)
            at += length
        return of_google(without_foreign(found, self._foreign))

    def _named(self, words: Sequence[Word], at: int) -> tuple[Unit, int] | None:
        for length in range(min(self._longest.get(words[at].stem, 0), len(words) - at), 0, -1):
            here = words[at : at + length]
            named = self._typed.get(tuple(word.text for word in here)) or self._stems.get(
                tuple(word.stem for word in here)
            )
            if named is not None:
                return Unit(named.kind, named.value, " ".join(word.text for word in here)), length
        return None

    def _named_turned(self, words: Sequence[Word], at: int) -> tuple[Unit, int] | None:
        """Read a capability's two-word name the other way round: "tracking of our experiments", "version the data"."""
        firsts = self._turned.get(words[at].stem)
        for further in range(at + 1, min(at + _TURNED_REACH, len(words))) if firsts else ():
            if named := firsts.get(words[further].stem):  # type: ignore[union-attr]  # no firsts, no turns of the loop
                return Unit(named.kind, named.value, f"{words[at].text} {words[further].text}"), further + 1 - at
            if words[further].text not in _BETWEEN:
                break
        return None


def _word(word: Word) -> Unit:
    return Unit("word", word.stem, word.text)
