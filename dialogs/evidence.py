"""What an answer rests on: web addresses, and when the thing last ran."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

from dialogs.state import Given

MOST = 5  # links kept with one answer
LONGEST = 500  # characters of one link
_LINK = re.compile(r"https?://[^\s<>|\"'“”]+", re.IGNORECASE)
_AFTER = ".,;:!?)]}…"  # belongs to the sentence around an address rather than to it


class Grounds(NamedTuple):
    """What an answer rests on besides its note: links, and the day when the thing last ran."""

    evidence: tuple[str, ...] = ()
    last_run: dt.date | None = None


NO_GROUNDS = Grounds()


def grounds_of(given: Given | None) -> Grounds:
    """What an answer rested on, for one that is confirmed or goes on."""
    return Grounds(given.evidence, given.last_run) if given is not None else NO_GROUNDS


def links_in(*texts: str | None) -> tuple[str, ...]:
    """The web addresses in these texts, each once, at most five."""
    found = (link.rstrip(_AFTER) for text in texts if text for link in _LINK.findall(text))
    return tuple(dict.fromkeys(link for link in found if len(link) <= LONGEST))[:MOST]


def without_links(text: str) -> str:
    """The text without its web addresses, for where they stand beside it; empty where it was nothing else."""
    parts = (_LINK.sub("", part).strip(" ,:") for part in text.split("; "))
    return "; ".join(" ".join(part.split()) for part in parts if part)


def evidence_with(note: str | None, *kept: Iterable[str]) -> tuple[str, ...]:
    """The evidence of an answer: what its note links to, then what else was given, each once, at most five."""
    others = (link for links in kept for link in links)
    return tuple(dict.fromkeys((*links_in(note), *others)))[:MOST]


def read_links(value: object) -> tuple[tuple[str, ...], str | None]:
    """Read a form's field of links; gives them and, where something in it is no link, what that is."""
    text = value if isinstance(value, str) else ""
    links = links_in(text)
    strange = next((word for word in text.split() if not _LINK.match(word)), None)
    too_long = next((word for word in text.split() if len(word.rstrip(_AFTER)) > LONGEST), None)
    return links, strange or too_long


def read_day(value: object) -> dt.date | None:
    """Read a form's day ("2026-11-20"); None for a blank, or for what is none."""
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None
