"""What one person may see of the whole workspace: every subject of the channels they are in, and what runs there."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from dialogs.script import plain
from dialogs.standing import Standing
from dialogs.state import State
from knowledge.content import DIMENSIONS, DimensionKey

Trend = Literal["first", "up", "down", "same"]


class Subject(NamedTuple):
    """One subject as its last finished result left it; `before` is the result before that one.

    `due` is the day of its next reminder where its team is, None where none is set.
    """

    channel: str
    channel_name: str
    last: Standing
    before: Standing | None = None
    due: dt.date | None = None

    @property
    def name(self) -> str:
        """The subject's name."""
        return self.last.subject

    @property
    def trend(self) -> Trend:
        """How the overall level moved since the result before."""
        if self.before is None:
            return "first"
        now, then = self.last.overall, self.before.overall
        return "up" if now > then else "down" if now < then else "same"


class Span(NamedTuple):
    """The levels of one dimension over several subjects; `lowest` names those at the minimum, in alphabetical order."""

    low: int
    high: int
    lowest: tuple[str, ...]


class Overview(NamedTuple):
    """What somebody may see. `more_running` counts assessments that run besides those given.

    `ranking` says whether an admin lets the portfolio be sorted by gap. `channels` counts the channels looked at.
    """

    subjects: tuple[Subject, ...] = ()
    running: tuple[State, ...] = ()
    more_running: int = 0
    ranking: bool = False
    channels: int = 0


def ordered(subjects: Iterable[Subject], *, ranked: bool) -> tuple[Subject, ...]:
    """Sort by channel and name; ranked, the largest gap to the target first."""

    def place(subject: Subject) -> tuple[int, str, str, str]:
        gap = -subject.last.gap if ranked else 0
        return gap, plain(subject.channel_name), plain(subject.name), subject.channel

    return tuple(sorted(subjects, key=place))


def spans(subjects: Iterable[Subject]) -> Mapping[DimensionKey, Span]:
    """The minimum and the range of each dimension over all these subjects; empty without any."""
    found = tuple(subjects)
    return {key: _span(found, key) for key in DIMENSIONS} if found else {}


def _span(subjects: tuple[Subject, ...], key: DimensionKey) -> Span:
    levels = [subject.last.dimensions[key] for subject in subjects]
    low = min(levels)
    named = {subject.name for subject, level in zip(subjects, levels, strict=True) if level == low}
    return Span(low, max(levels), tuple(sorted(named, key=plain)))
