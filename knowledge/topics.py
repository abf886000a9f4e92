"""The addresses of answers: which there are, what each is called on a button, and what lies next to it."""

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from knowledge.asking_content import SLOT, Entry, PageOf
from knowledge.content import Capability, Tool
from knowledge.levels_named import TOP

TITLE = 60  # characters of a title on a button
_LEVEL = re.compile(r"level/([0-4])/(overview|highlights|technology|when|need|reach)")
_COMPARE = re.compile(r"levels/compare/([0-4])-([0-4])")
_GOOGLE = re.compile(r"google/([0-2])")
_CAPABILITY = re.compile(r"capability/([a-z0-9-]+)/(what|tools)")
_TOOLS = re.compile(r"tools/compare/([a-z0-9-]+)")
_NEIGHBOURS = 2


class Answers(Protocol):
    """The part of a library that has answers, each kind by its id."""

    @property
    def entries(self) -> Mapping[str, Entry]: ...  # noqa: D102 - said above
    @property
    def pages(self) -> Mapping[str, PageOf]: ...  # noqa: D102 - likewise
    @property
    def capabilities(self) -> Mapping[str, Capability]: ...  # noqa: D102 - likewise
    @property
    def tools(self) -> Mapping[str, Tool]: ...  # noqa: D102 - likewise


def entry_of(content: Answers, topic: str) -> Entry | None:
    """Give the curated entry that is a topic's own page, or None where the page is put together."""
    found = content.entries.get(topic)
    return found if found is not None and found.topic == topic else None


def is_topic(content: Answers, topic: str) -> bool:
    """Whether there is an answer at this address."""
    if entry_of(content, topic):
        return True
    if found := _LEVEL.fullmatch(topic):
        return found[2] not in ("need", "reach")
    if found := _COMPARE.fullmatch(topic):
        return found[1] < found[2]
    if found := _CAPABILITY.fullmatch(topic):
        return found[1] in content.capabilities
    if topic.startswith("tools/compare/"):
        return pair_of(content, topic) is not None
    slug = topic.removeprefix("tool/")
    return bool(_GOOGLE.fullmatch(topic)) or (slug != topic and slug in content.tools)


def pair_of(content: Answers, topic: str) -> tuple[str, str] | None:
    """Give the two tools of a comparison, in alphabetical order; None where it names no two tools."""
    found = _TOOLS.fullmatch(topic)
    if not found:
        return None
    parts = found[1].split("-")
    for at in range(1, len(parts)):
        first, second = "-".join(parts[:at]), "-".join(parts[at:])
        if first in content.tools and second in content.tools and first < second:
            return first, second
    return None


def title(content: Answers, topic: str) -> str:
    """Call a topic by a short question; LookupError where there is no such topic."""
    if entry := entry_of(content, topic):
        return entry.title
    for pattern, page in content.pages.items():
        if (filled := _slots(content, pattern, topic)) is not None:
            text = page.title
            for slot, value in filled.items():
                text = text.replace(f"{{{slot}}}", _shown(content, slot, value))
            return text if len(text) <= TITLE else text[: TITLE - 1].rstrip() + "…"
    raise LookupError(
        f"{topic!r} is no topic; the addresses stand in knowledge/asking/pages.yml and knowledge/answers/"
    )


def related(content: Answers, topic: str, entry: Entry | None = None) -> tuple[str, ...]:
    """Name the topics next to one, at most two: what its entry says, else what its page or its tool says."""
    entry = entry or entry_of(content, topic)
    wanted = list(entry.related) if entry else list(_page_related(content, topic))
    wanted += _tool_related(content, topic)
    good = (each for each in dict.fromkeys(wanted) if each != topic and is_topic(content, each))
    return tuple(good)[:_NEIGHBOURS]


def _page_related(content: Answers, topic: str) -> Iterator[str]:
    for pattern, page in content.pages.items():
        filled = _slots(content, pattern, topic)
        if filled is None:
            continue
        for neighbour in page.related:
            text = neighbour
            for slot, value in filled.items():
                text = text.replace(f"{{{slot}}}", value)
            if not SLOT.search(text):
                yield text


def _tool_related(content: Answers, topic: str) -> Iterator[str]:
    """Name a tool's first alternative and its first capability; of two tools, each alone."""
    if pair := pair_of(content, topic):
        yield from (f"tool/{slug}" for slug in pair)
    slug = topic.removeprefix("tool/")
    if not topic.startswith("tool/") or slug not in content.tools:
        return
    others = [other for other in content.tools[slug].alternatives if other in content.tools]
    if others:
        first, second = sorted((slug, others[0]))
        yield f"tools/compare/{first}-{second}"
    for capability in capabilities_of(content, slug):
        yield f"capability/{capability}/tools"


def capabilities_of(content: Answers, tool: str) -> tuple[str, ...]:
    """Name the capabilities that a tool serves, those it is foremost in first."""
    serving = [(found.tools.index(tool), name) for name, found in content.capabilities.items() if tool in found.tools]
    return tuple(name for _, name in sorted(serving))


def _slots(content: Answers, pattern: str, topic: str) -> Mapping[str, str] | None:
    """Fill a page's slots from an address; None where the address is not of this pattern."""
    if not is_topic(content, topic):
        return None
    expression = SLOT.sub(lambda found: f"(?P<{found[1]}>[a-z0-9-]+)", pattern)
    found = re.fullmatch(expression, topic)
    if not found:
        return None
    filled = found.groupdict()
    if "level" in filled:
        number = int(filled["level"])
        filled |= {"next": str(number + 1)} if number < TOP else {}
        filled |= {"below": str(number - 1)} if number else {}
    if "pair" in filled:
        pair = pair_of(content, topic) or tuple(filled["pair"].split("-"))
        filled |= {"first": pair[0], "second": pair[1]}
    return filled


def _shown(content: Answers, slot: str, value: str) -> str:
    """Say a slot's value as people read it."""
    if slot in ("tool", "first", "second") and value in content.tools:
        return content.tools[value].name
    return content.capabilities[value].title if slot == "capability" else value
