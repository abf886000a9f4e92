"""What a curated answer says, by family of topic: the verdict first, then reasons; put together from curated fields."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.blocks import Block, listing, section
from bot.mrkdwn import Mrkdwn, join
from bot.tool_texts import compared, tool_choices, tool_points
from bot.words import Words
from knowledge.asking_content import Entry
from knowledge.content import Level
from knowledge.topics import entry_of, pair_of

_GATES_SHOWN = 6  # practices of one level in a comparison
_TOOLS_SHOWN = 2  # tools of one capability on a level's page


class Body(NamedTuple):
    """An answer without its foot: the verdict, further blocks, small print, sources, and when it was reviewed."""

    verdict: str
    blocks: Sequence[Block]
    sources: Sequence[str]
    small: Sequence[str] = ()
    reviewed_on: dt.date | None = None
    review_by: dt.date | None = None


def body_of(topic: str, entry: str | None, words: Words) -> Body:
    """Put an answer together; LookupError where there is no such topic."""
    curated = words.library.entries.get(entry or "") or entry_of(words.library, topic)
    if curated is not None:
        return _entry(curated, words)
    for pattern, draw in _FAMILIES:
        if found := re.fullmatch(pattern, topic):
            return draw(words, *found.groups())
    if pair := pair_of(words.library, topic):
        return _tools_compared(words, *pair)
    raise LookupError(f"no answer stands at {topic!r}; see knowledge/asking/pages.yml")


def _entry(entry: Entry, words: Words) -> Body:
    small = (words("topics.caution", caution=entry.caution),) if entry.caution else ()
    blocks = [section(join(_bullets(entry.points)))] if entry.points else []
    return Body(entry.verdict, blocks, entry.sources, small, entry.reviewed_on, entry.review_by)


def _bullets(points: Sequence[str]) -> list[Mrkdwn]:
    return [join((Mrkdwn("•"), point), " ") for point in points]


def _list(title: str, points: Sequence[str]) -> list[Block]:
    return [section(listing(title, points))] if points else []


# Levels ---------------------------------------------------------------------------------------------------------------


def _level_overview(words: Words, number: str) -> Body:
    level = words.library.level(int(number))
    verdict = words("topics.level_overview", number=level.number, name=level.name, summary=level.summary)
    blocks = [
        *_list(words("topics.highlights_title"), level.highlights),
        *_list(words("topics.technology_title"), level.technology),
        *_list(words("topics.when_title"), level.when),
    ]
    return Body(verdict, blocks, level.sources, level.notes)


def _level_highlights(words: Words, number: str) -> Body:
    level = words.library.level(int(number))
    verdict = words("topics.level_highlights", number=level.number, name=level.name, summary=level.summary)
    return Body(verdict, _list(words("topics.highlights_title"), level.highlights), level.sources, level.notes[:1])


def _level_technology(words: Words, number: str) -> Body:
    library, level = words.library, words.library.level(int(number))
    first, *rest = level.technology
    verdict = words("topics.level_technology", number=level.number, name=level.name, points=first)
    lines = []
    for capability in library.capabilities.values():
        usable = [library.tools[slug] for slug in capability.tools if not library.tools[slug].avoid_for_new_work]
        if capability.from_level == level.number and usable:
            names = ", ".join(tool.name for tool in usable[:_TOOLS_SHOWN])
            lines.append(words("topics.capability_tools", capability=capability.title, tools=names))
    blocks = [*_list(words("topics.technology_title"), rest), *_list(words("topics.tools_title"), lines)]
    return Body(verdict, blocks, level.sources, level.notes[:1])


def _level_when(words: Words, number: str) -> Body:
    level = words.library.level(int(number))
    verdict = words("topics.level_when", number=level.number, name=level.name, when=_joined(level.when))
    blocks = [section(words("topics.enough", enough=level.enough_when))] if level.enough_when else []
    if level.next:
        blocks += _list(words("topics.next_title"), (level.next,))
    return Body(verdict, blocks, level.sources, level.notes)


def _joined(sentences: Sequence[str]) -> str:
    return " ".join(sentences)


def _compared(words: Words, low: str, high: str) -> Body:
    library = words.library
    upper = library.level(int(high))
    verdict = words("topics.compare", low=low, high=high, summary=upper.summary)
    blocks = []
    for number in range(int(low) + 1, int(high) + 1):
        level = library.level(number)
        new = [p for p in library.practices.values() if p.model == "microsoft" and p.level == number]
        new.sort(key=lambda practice: not practice.gate)
        lines = [words("topics.compare_practice", title=p.title, gate=p.gate) for p in new[:_GATES_SHOWN]]
        if len(new) > _GATES_SHOWN:
            lines.append(words("topics.compare_more", number=len(new) - _GATES_SHOWN))
        blocks += _list(words("topics.compare_title", level=number, name=level.name), lines)
    sources = dict.fromkeys((*library.level(int(low)).sources, *upper.sources))
    return Body(verdict, blocks, tuple(sources))


def _google(words: Words, number: str) -> Body:
    level: Level = words.library.google_level(int(number))
    verdict = words("topics.google_overview", number=level.number, name=level.name, summary=level.summary)
    blocks = [
        *_list(words("topics.highlights_title"), level.highlights),
        *_list(words("topics.technology_title"), level.technology),
        *_list(words("topics.when_title"), level.when),
    ]
    return Body(verdict, blocks, level.sources, level.notes)


# Capabilities and tools -----------------------------------------------------------------------------------------------


def _capability_what(words: Words, name: str) -> Body:
    library, capability = words.library, words.library.capabilities[name]
    points = [words("topics.capability_why", why=capability.why)]
    if capability.smallest:
        points.append(words("topics.capability_smallest", smallest=capability.smallest))
    points.append(words("topics.capability_level", level=capability.from_level))
    asked = [practice.title for practice in library.asked() if practice.capability == name]
    blocks = [section(join(_bullets(points))), *_list(words("topics.capability_practices"), asked[:_GATES_SHOWN])]
    return Body(capability.what, blocks, capability.sources, (), capability.reviewed_on, capability.review_by)


def _capability_tools(words: Words, name: str) -> Body:
    capability = words.library.capabilities[name]
    lines, avoided = tool_choices(words, capability.tools)
    blocks = _list(words("topics.tools_list_title"), lines)
    small = (words("topics.tool_avoid", tools=avoided),) if avoided else ()
    verdict = capability.choosing or capability.what
    return Body(verdict, blocks, capability.sources, small, capability.reviewed_on, capability.review_by)


def _tool(words: Words, slug: str) -> Body:
    tool = words.library.tools[slug]
    verdict = words("topics.tool", name=tool.name, what=tool.what or tool.choose_when)
    points, small = tool_points(words, tool)
    return Body(verdict, [section(join(points))], tool.sources, small, tool.reviewed_on, tool.review_by)


def _tools_compared(words: Words, first: str, second: str) -> Body:
    tools = words.library.tools[first], words.library.tools[second]
    verdict, blocks, small = compared(words, *tools)
    sources = tuple(dict.fromkeys((*tools[0].sources, *tools[1].sources)))
    reviewed_on = min(tool.reviewed_on for tool in tools)
    review_by = min((tool.review_by for tool in tools if tool.review_by), default=None)
    return Body(verdict, blocks, sources, small, reviewed_on, review_by)


_FAMILIES: tuple[tuple[str, Callable[..., Body]], ...] = (
    (r"level/([0-4])/overview", _level_overview),
    (r"level/([0-4])/highlights", _level_highlights),
    (r"level/([0-4])/technology", _level_technology),
    (r"level/([0-4])/when", _level_when),
    (r"levels/compare/([0-4])-([0-4])", _compared),
    (r"google/([0-2])", _google),
    (r"capability/([a-z0-9-]+)/what", _capability_what),
    (r"capability/([a-z0-9-]+)/tools", _capability_tools),
    (r"tool/([a-z0-9-]+)", _tool),
)
