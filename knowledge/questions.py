"""A question taken apart: as a whole, by sentences and by clauses, since context and question share a message."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from knowledge.found import About
from knowledge.levels_named import FOREIGN
from knowledge.mentions import SLOTS, Unit
from knowledge.phrasings import ASKING, Reader
from knowledge.wording import MACHINE, clauses, cleaned, sentences

MOST_PARTS = 14
_WHOLE_UP_TO = 4  # sentences: a longer message is not looked at as one
_MENTIONS_ELSEWHERE = 3
_FEW_WORDS = 5
_POINTING = frozenset({"it", "that", "they", "them", "those", "these"})
_ASKING = re.compile(
    r"\?|^(?:so |and |but |ok |hey |hi )*(?:what|whats|which|who|whose|when|where|why|how|hows|should|is|are|do|does"
    r"|did|can|could|would|will|explain|tell|compare|show|list|describe|recommend|suggest|give|define|help|any|anyone)\b"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a question: its units, what is mentioned elsewhere in the question, and how much it counts (0 to 1).

    `span` is "whole", "sentence" or "clause".
    """

    text: str
    units: tuple[Unit, ...]
    elsewhere: tuple[Unit, ...]
    span: str
    asks: bool


@dataclass(frozen=True)
class Question:
    """A question, read. `parts` begin with the widest."""

    text: str
    units: tuple[Unit, ...]
    parts: tuple[Part, ...]

    @cached_property
    def about(self) -> tuple[About, ...]:
        """What it mentions, in order."""
        return tuple(dict.fromkeys(About(unit.kind, unit.value) for unit in self.units if unit.kind in SLOTS))

    @property
    def is_of_others(self) -> bool:
        """Whether it is about another kind of level, or pastes a machine's message: nothing of ours, whatever else."""
        return any(unit.value in (FOREIGN, MACHINE) for unit in self.units)

    @property
    def names_nothing(self) -> bool:
        """Whether it only points at something said before, which is not known here: "what is it"."""
        return all(unit.value in ASKING or unit.text in _POINTING for unit in self.units)

    @property
    def asking(self) -> bool:
        """Whether it reads like a question rather than a remark."""
        return bool(_ASKING.search(self.text)) or 0 < len(self.text.split()) <= _FEW_WORDS


def read_question(reader: Reader, text: str) -> Question:
    """Take a question apart; a text without a word of any kind has no parts."""
    plain = reader.joined(cleaned(text))
    split = [(sentence, clauses(sentence)) for sentence in sentences(plain)]
    read = [(sentence, [(clause, tuple(reader.units(clause))) for clause in inner]) for sentence, inner in split]
    everything = tuple(unit for _, inner in read for _, units in inner for unit in units)
    spans: list[tuple[str, tuple[Unit, ...], str]] = []
    if len(read) <= _WHOLE_UP_TO:
        spans.append((plain, everything, "whole"))
    for sentence, inner in read:
        if len(read) > 1:
            spans.append((sentence, tuple(unit for _, units in inner for unit in units), "sentence"))
        if len(inner) > 1:
            spans += [(clause, units, "clause") for clause, units in inner]
    alone = len(read) == 1
    parts = (_part(each, everything, plain, alone=alone) for each in spans[:MOST_PARTS] if each[1])
    return Question(plain, everything, tuple(parts))


def _part(span: tuple[str, tuple[Unit, ...], str], everything: Iterable[Unit], plain: str, *, alone: bool) -> Part:
    text, units, kind = span
    inside = {unit.token for unit in units}
    others = {unit.token: unit for unit in everything if unit.kind in SLOTS and unit.token not in inside}
    asks = alone or "?" in plain or bool(_ASKING.search(text))
    return Part(text, units, tuple(others.values())[:_MENTIONS_ELSEWHERE], kind, asks)
