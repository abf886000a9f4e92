"""A topic with slots, filled from what a question mentions."""

from collections.abc import Iterable, Iterator, Mapping

from knowledge.asking_content import SLOT
from knowledge.levels_named import TOP
from knowledge.mentions import SLOTS, Unit

_PAIR = 2

# Slots of topics that are filled from others: how many different mentions of which kind each takes.
DERIVED = {"next": ("level", 1), "higher": ("level", 2), "pair": ("", 2)}

Mentions = Mapping[str, tuple[str, ...]]  # kind to what is named, in the order of mention


def mentions_of(units: Iterable[Unit]) -> Mentions:
    """Gather what units name, by kind."""
    found: dict[str, list[str]] = {}
    for unit in units:
        if unit.kind in SLOTS and unit.value not in found.setdefault(unit.kind, []):
            found[unit.kind].append(unit.value)
    return {kind: tuple(values) for kind, values in found.items()}


def filled(topic: str, mentions: Mentions) -> Iterator[str]:
    """Give every address that a topic can mean, in the order of mention; none where a slot stays empty."""
    found = SLOT.search(topic)
    if found is None:
        yield topic
        return
    slot, levels = found[1], mentions.get("level", ())
    if slot == "next":
        # Nothing comes after the last level, which the overview says.
        yield from (
            _put(topic, slot, str(int(each) + 1)) if int(each) < TOP else "levels/overview" for each in levels[:1]
        )
    elif slot == "higher":
        yield from (_put(topic, slot, max(levels)),) if len(levels) >= _PAIR else ()
    elif slot == "pair":
        pair = sorted(mentions.get("level" if topic.startswith("levels/") else "tool", ())[:_PAIR])
        yield from (_put(topic, slot, "-".join(pair)),) if len(pair) == _PAIR else ()
    elif topic == "level/{level}/need":
        # "Do we need 4, or is 3 enough?" asks about the higher one.
        yield from (_put(topic, slot, value) for value in sorted(levels, reverse=True))
    else:
        values = mentions.get(slot, ())
        # Nobody has to reach the lowest level; what it is says so.
        yield from ("level/0/overview" if (topic, v) == _LOWEST else _put(topic, slot, v) for v in values)


def slots_in(text: str) -> tuple[str, ...]:
    """Name the slots of a topic or a phrasing, in order."""
    return tuple(SLOT.findall(text))


_LOWEST = ("level/{level}/reach", "0")


def _put(topic: str, slot: str, value: str) -> str:
    return topic.replace(f"{{{slot}}}", value)
