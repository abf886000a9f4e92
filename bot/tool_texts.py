"""What is said about tools: when to choose them, when not, how we know their state, and two side by side."""

from collections.abc import Sequence

from bot.blocks import Block, listing, section
from bot.mrkdwn import Mrkdwn
from bot.naming import several
from bot.words import Words
from knowledge.content import Mark, Tool
from knowledge.topics import capabilities_of

_MARKS: tuple[Mark, ...] = ("verified", "reported", "unverified")  # from sure to unsure
_CHOICES = 6  # tools named on a capability's page


def _end(text: str) -> str:
    return text.rstrip(".")


def tool_choices(words: Words, slugs: Sequence[str]) -> tuple[list[Mrkdwn], Mrkdwn]:
    """Say when to choose each of a capability's tools, and name those that are not for new work."""
    tools = [words.library.tools[slug] for slug in slugs]
    usable = [tool for tool in tools if not tool.avoid_for_new_work][:_CHOICES]
    lines = [words("topics.tool_choice", name=tool.name, when=_end(tool.choose_when)) for tool in usable]
    return lines, several([tool.name for tool in tools if tool.avoid_for_new_work])


def tool_points(words: Words, tool: Tool) -> tuple[list[Mrkdwn], list[Mrkdwn]]:
    """Say what there is to know about a tool, and, small, how we know it."""
    library = words.library
    points = [words("topics.tool_choose", when=_end(tool.choose_when))]
    if tool.not_when:
        points.append(words("topics.tool_not", when=_end(tool.not_when)))
    points.append(words("topics.tool_licence", licence=tool.licence))
    if tool.caution:
        points.append(words("topics.caution", caution=tool.caution))
    if tool.state:
        points.append(words("topics.tool_state", state=tool.state))
    serves = [library.capabilities[name].title.lower() for name in capabilities_of(library, tool.slug)]
    if serves:
        points.append(words("topics.tool_for", capabilities=several(serves)))
    others = [library.tools[slug].name for slug in tool.alternatives if slug in library.tools]
    if others:
        points.append(words("topics.tool_alternatives", tools=several(others, last="or")))
    return points, [words("topics.marked", mark=words(f"topics.mark_{tool.mark}"))]


def compared(words: Words, first: Tool, second: Tool) -> tuple[Mrkdwn, list[Block], list[Mrkdwn]]:
    """Put two tools side by side: the verdict, a block for each, and small print."""
    library = words.library
    both = [name for name in capabilities_of(library, first.slug) if second.slug in library.capabilities[name].tools]
    verdict = words(
        "topics.tools_same" if both else "topics.tools_other",
        first=first.name,
        second=second.name,
        capability=library.capabilities[both[0]].title.lower() if both else "",
        first_when=_end(first.choose_when),
        second_when=_end(second.choose_when),
    )
    blocks = []
    for tool in (first, second):
        points = [tool.what] if tool.what else []
        points += [words("topics.tool_not", when=_end(tool.not_when))] if tool.not_when else []
        points += [words("topics.tool_licence", licence=tool.licence)]
        points += [words("topics.caution", caution=tool.caution)] if tool.caution else []
        blocks.append(section(listing(tool.name, points)))
    small = [words("topics.tools_avoid", name=tool.name) for tool in (first, second) if tool.avoid_for_new_work]
    weakest = max(first.mark, second.mark, key=_MARKS.index)
    return verdict, blocks, [*small, words("topics.marked", mark=words(f"topics.mark_{weakest}"))]
