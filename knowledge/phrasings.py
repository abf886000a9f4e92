"""Every way to ask that the content knows, read into tokens; and who recognises what a text is about."""

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.asking_content import SLOT
from knowledge.library import Library
from knowledge.mentions import SLOTS, Kind, Recogniser, Unit
from knowledge.wording import Wording

DECLINED = "declined/"  # topics of questions that nothing curated answers begin so
ASKING = frozenset({"what-is", "explain"})  # names in words.yml


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask: the topic it asks for (with slots), the entry that answers it, and what it is made of."""

    topic: str
    entry: str | None
    text: str
    tokens: tuple[str, ...]


class Reader:
    """Reads phrasings and questions into tokens with the words and names of one library.

    `kept` holds phrasings read before (text to tokens) by a reader of the vocabulary `kept_of`; they are not read anew.
    """

    def __init__(self, library: Library, kept: Mapping[str, str] | None = None, kept_of: str = "") -> None:
        self.vocabulary = vocabulary_of(library)
        known = kept if kept and kept_of == self.vocabulary else {}
        self.wording = Wording(library.words)
        self._recogniser = _recogniser(self.wording, library)
        levels = (*library.microsoft.levels, *library.google.levels)
        names = (name.casefold() for level in levels for name in (level.name, *level.aliases))
        self._with_comma = tuple(name for name in names if "," in name)
        asks = tuple(asks_of(library))
        self.wording.learn(text for _, _, text in asks)
        self.phrasings = tuple(
            Phrasing(
                topic, entry, text, tuple(map(sys.intern, known[text].split())) if text in known else self.tokens(text)
            )
            for topic, entry, text in asks
        )

    def joined(self, text: str) -> str:
        """Take the comma out of names that hold one ("DevOps, no MLOps"), so that no clause ends there."""
        for name in self._with_comma:
            text = text.replace(name, name.replace(",", ""))
        return text

    def units(self, text: str, *, mend: bool = True) -> list[Unit]:
        """Read a cleaned text, without the words that tell questions apart in no way."""
        found = self._recogniser.units(self.wording.words(text, mend=mend))
        kept = [unit for unit in found if unit.kind != "word" or unit.value not in self.wording.dropped]
        # "What is MLOps?": where only the asking is left, what would be dropped is what is asked about.
        return found if kept and all(unit.value in ASKING for unit in kept) else kept

    def tokens(self, text: str) -> tuple[str, ...]:
        """Read a phrasing: slots stay slots, the rest is read like a question."""
        tokens: list[str] = []
        seen: Counter[str] = Counter()
        for part in re.split(r"(\{[a-z]+\})", text.casefold()):
            if slot := SLOT.fullmatch(part):
                seen[slot[1]] += 1
                tokens.append(slot_token(slot[1], seen[slot[1]]))
            else:
                tokens += [unit.token for unit in self.units(part, mend=False)]
        return tuple(dict.fromkeys(tokens))

    def asked(self, units: Sequence[Unit]) -> tuple[str, ...]:
        """Write a question as the phrasing it would be word for word: mentions as slots."""
        return tuple(slot or unit.token for unit, slot in _slotted(units))

    def question_tokens(self, units: Sequence[Unit]) -> tuple[str, ...]:
        """Name everything that units stand for: mentions both as themselves and as the slot they fill."""
        both = (token for unit, slot in _slotted(units) for token in (unit.token, slot) if token)
        return tuple(dict.fromkeys(both))


def _slotted(units: Iterable[Unit]) -> Iterator[tuple[Unit, str | None]]:
    """Give each unit with the slot that it fills, if any; equal mentions fill the same."""
    order: dict[str, list[str]] = {}
    for unit in units:
        if unit.kind not in SLOTS:
            yield unit, None
            continue
        values = order.setdefault(unit.kind, [])
        if unit.value not in values:
            values.append(unit.value)
        yield unit, slot_token(unit.kind, values.index(unit.value) + 1)


def slot_token(slot: str, place: int) -> str:
    """Name a slot in the index; the second different one of a kind has a name of its own."""
    return f"q{slot}" if place == 1 else f"q{slot}2"


def vocabulary_of(library: Library) -> str:
    """Twelve hex digits that change with any word or name that texts are read by."""
    digest = hashlib.sha256(library.words.model_dump_json().encode())
    for kind, value, names in _names_of(library):
        digest.update(f"{kind}\t{value}\t{names}\n".encode())
    return digest.hexdigest()[:12]


def asks_of(library: Library) -> Iterator[tuple[str, str | None, str]]:
    """Give every phrasing as (topic, entry, text)."""
    for family in library.families.values():
        yield from ((family.topic, None, ask) for ask in family.asks)
    for entry in library.entries.values():
        yield from ((entry.topic, entry.id, ask) for ask in (*entry.asks, entry.title))
    for name, capability in library.capabilities.items():
        yield from ((f"capability/{name}/what", None, ask) for ask in capability.asks_what)
        yield from ((f"capability/{name}/tools", None, ask) for ask in capability.asks_tools)
    for declined in library.declined.values():
        yield from ((f"{DECLINED}{declined.kind}", None, ask) for ask in declined.asks)


def _recogniser(wording: Wording, library: Library) -> Recogniser:
    recogniser = Recogniser(wording, library.words.same, library.words.foreign)
    for kind, value, names in _names_of(library):
        recogniser.name(kind, value, names, literal=kind in ("level", "google"))
    return recogniser


def _names_of(library: Library) -> Iterator[tuple[Kind, str, tuple[str, ...]]]:
    """Give everything that can be mentioned, with its names."""
    words = library.words
    for tool in library.tools.values():
        yield "tool", tool.slug, (tool.slug.replace("-", " "), tool.name, *tool.aliases)
    for name, capability in library.capabilities.items():
        yield "capability", name, (capability.title, name.replace("-", " "), *capability.called)
    for dimension in library.microsoft.dimensions:
        titles = (dimension.title,) if " " in dimension.title else ()  # "people" alone is too common a word
        yield "dimension", dimension.key, (*titles, *words.dimensions.get(dimension.key, ()))
    for level in library.microsoft.levels:
        number = str(level.number)
        yield "level", number, (level.name, *level.aliases, *words.levels.get(number, ()))
    capabilities = {capability.title.casefold() for capability in library.capabilities.values()}
    for level in library.google.levels:  # whoever says "continuous training" means the capability, not the level
        called = tuple(name for name in (level.name, *level.aliases) if name.casefold() not in capabilities)
        yield "google", str(level.number), called
