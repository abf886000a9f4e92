"""Checks of answers and phrasings: what they name must exist, slots must fit, one phrasing asks for one thing."""

import re
from collections.abc import Iterator

from knowledge.content import DIMENSIONS
from knowledge.filling import DERIVED, slots_in
from knowledge.mentions import SLOTS
from knowledge.parts import Found, Parts, unknown
from knowledge.topics import is_topic

_WORDS = re.compile(r"[^\W_]+|[{}]")
_LEVELS = ("0", "1", "2", "3", "4")


def answer_problems(parts: Parts) -> Iterator[Found]:
    """Every problem of answers, of families of phrasings and of the words file."""
    yield from _entries(parts)
    yield from _families(parts)
    yield from _tools(parts)
    yield from _same_phrasings(parts)
    if parts.words is not None:
        for key in parts.words.levels:
            if key not in _LEVELS:
                yield "asking/words.yml", f"levels.{key}", "is no level; the levels are 0 to 4"
        for key in parts.words.dimensions:
            if key not in DIMENSIONS:
                yield "asking/words.yml", f"dimensions.{key}", f"is no dimension; they are {', '.join(DIMENSIONS)}"


def _entries(parts: Parts) -> Iterator[Found]:
    for name, entry in parts.entries.items():
        for what in unknown(parts, "sources", entry.sources):
            yield *parts.at("answers", name, "sources"), what
        if name != entry.topic and not is_topic(parts, entry.topic):
            what = f"names {entry.topic}, which nothing answers; name a topic there is, or give this entry its id"
            yield *parts.at("answers", name, "topic"), what
        for topic in entry.related:
            if not is_topic(parts, topic):
                yield *parts.at("answers", name, "related"), f"names {topic}, which nothing answers; correct it"
        if entry.review_by <= entry.reviewed_on:
            yield *parts.at("answers", name, "review_by"), "must be later than reviewed_on"
        for ask in entry.asks:
            yield from (
                (
                    *parts.at("answers", name, "asks"),
                    f"{ask!r} has the slot {{{slot}}}, which is none; use one of {_slots()}",
                )
                for slot in slots_in(ask)
                if slot not in SLOTS
            )


def _families(parts: Parts) -> Iterator[Found]:
    for topic, family in parts.families.items():
        needed = slots_in(topic)
        for slot in needed:
            if slot not in SLOTS and slot not in DERIVED:
                yield (
                    *parts.at("families", topic, "topic"),
                    f"has the slot {{{slot}}}, which is none; use one of {_slots()}",
                )
        for ask in family.asks:
            given = slots_in(ask)
            if wrong := [slot for slot in given if slot not in SLOTS]:
                what = f"{ask!r} has the slot {{{wrong[0]}}}, which is none; use one of {_slots()}"
                yield *parts.at("families", topic, "asks"), what
            elif any(not _fills(topic, slot, given) for slot in needed):
                yield *parts.at("families", topic, "asks"), f"{ask!r} does not say what fills {topic}; add the slot"


def _fills(topic: str, slot: str, given: tuple[str, ...]) -> bool:
    """Whether a phrasing's slots are enough for a slot of its topic."""
    kind, times = DERIVED.get(slot, (slot, 1))
    kind = kind or ("level" if topic.startswith("levels/") else "tool")
    return given.count(kind) >= times


def _slots() -> str:
    return ", ".join(sorted(SLOTS))


def _tools(parts: Parts) -> Iterator[Found]:
    for slug, tool in parts.tools.items():
        at = parts.at("tools", slug, "alternatives")
        for what in unknown(parts, "tools", tool.alternatives):
            yield *at, what
        if slug in tool.alternatives:
            yield *at, "name the tool itself; take it out"


def _same_phrasings(parts: Parts) -> Iterator[Found]:
    """Two topics that one and the same phrasing asks for, whatever its case and punctuation."""
    first: dict[str, str] = {}
    for file, field, topic, ask in _phrasings(parts):
        key = " ".join(_WORDS.findall(ask.casefold()))
        known = first.setdefault(key, topic)
        if known != topic:
            yield file, field, f"{ask!r} also asks for {known}; keep it in one place"


def _phrasings(parts: Parts) -> Iterator[tuple[str, str, str, str]]:
    for topic, family in parts.families.items():
        at = parts.at("families", topic, "asks")
        yield from ((*at, topic, ask) for ask in family.asks)
    for name, entry in parts.entries.items():
        at = parts.at("answers", name, "asks")
        yield from ((*at, entry.id, ask) for ask in entry.asks)
    for name, capability in parts.capabilities.items():
        for field, part, asks in (
            ("asks_what", "what", capability.asks_what),
            ("asks_tools", "tools", capability.asks_tools),
        ):
            at = parts.at("capabilities", name, field)
            yield from ((*at, f"capability/{name}/{part}", ask) for ask in asks)
    for kind, declined in parts.declined.items():
        at = parts.at("declined", kind, "asks")
        yield from ((*at, f"declined/{kind}", ask) for ask in declined.asks)
