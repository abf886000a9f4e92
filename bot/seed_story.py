"""What befell the example teams of `demo --seed`: one YAML file a team in `seed_teams/`, read and checked here.

Every deed has `ago`: how long before today it was ("18 months", "18 months - 7 days", "1 day"). It happens on that day,
or on the weekday before it. A round that begins with a reminder stands a week later in its story than the round before
it did, since holidays let a reminder come up to five days late.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from dialogs.answers import Choice
from knowledge.calendars import months_later
from knowledge.content import Record
from knowledge.folder import Raw
from knowledge.library import ContentError, Library
from knowledge.validation import validate
from knowledge.yaml_files import read_yaml

FOLDER = Path(__file__).parent / "seed_teams"
BEGINS = dt.time(9, 20)  # of the day, UTC: office hours from Lagos to Singapore
_AGO = re.compile(r"^(?:(?P<months>\d+) months?(?: - (?P<later>\d+) days?)?|(?P<days>\d+) days?)$")
_SATURDAY = 5  # and Sunday after it
_Tokens = tuple[str, ...]  # practices: an id, or what several ids begin with ("M1", "M2-C")


class Deed(Record):
    """Something a person does: who, and when."""

    ago: str = Field(pattern=_AGO.pattern)
    by: str

    def moment(self, today: dt.date) -> dt.datetime:
        """When it happens, in UTC."""
        found = _AGO.match(self.ago)
        months, later, days = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
        day = months_later(today, -months) + dt.timedelta(days=later - days)
        while day.weekday() >= _SATURDAY:
            day -= dt.timedelta(days=1)
        return dt.datetime.combine(day, BEGINS, dt.UTC)


class Ground(Record):
    """What an answer rests on: a note, links, and how many days before the deed it last ran."""

    note: str = ""
    evidence: _Tokens = ()
    ran: int | None = Field(None, ge=0)


class Remark(Ground):
    """An answer that somebody opens again by Edit, during a round; `first` is what the form said before."""

    by: str
    practice: str
    first: Choice | None = None


class Round(Deed):
    """An assessment from its first click to its report. What changed since the last one stands in four lists.

    `begins`: a command (full, quick, again), or the click on a reminder. `sections` ends it unfinished after so many.
    """

    does: Literal["round"]
    begins: Literal["full", "quick", "again", "reminder"]
    subject: str = ""
    facts: Mapping[str, str | _Tokens] = {}
    met: _Tokens = ()
    partly: _Tokens = ()
    missing: _Tokens = ()
    unknown: _Tokens = ()
    remarks: tuple[Remark, ...] = ()
    remind: str = ""  # how the button begins that is clicked at the end, where one is
    sections: int | None = None


class Done(Deed, Ground):
    """`Done` beside a next step, with its form."""

    does: Literal["done"]
    practice: str
    choice: Choice


class Planned(Deed):
    """`Owner and date` beside a next step; the date is so many days after the deed."""

    does: Literal["plan"]
    practice: str
    owner: str
    days: int = Field(ge=1)


class Later(Deed):
    """`Not now` beside a next step."""

    does: Literal["later"]
    practice: str


class Told(Deed):
    """A fact told in passing, and the form of two questions behind `Update it`."""

    does: Literal["told"]
    words: str
    facts: Mapping[str, str]


class Reopened(Deed):
    """A finished assessment is opened again, one answer is changed by Edit, and it is finished anew."""

    does: Literal["reopen"]
    change: Remark
    choice: Choice


class Typed(Deed):
    """A command; with `share` its private answer is put into the channel."""

    does: Literal["command"]
    line: str
    share: bool = False


class Spoken(Deed):
    """Words in the channel, to nobody in particular."""

    does: Literal["says"]
    words: str


class Invited(Deed):
    """The bot is invited into the channel."""

    does: Literal["invite"]


Anything = Annotated[
    Round | Done | Planned | Later | Told | Reopened | Typed | Spoken | Invited, Field(discriminator="does")
]


class Story(Record):
    """One team: its channel, who answers for which area, and its deeds."""

    channel: str
    answers: Mapping[str, str]
    deeds: tuple[Anything, ...]


def read_stories(folder: Path = FOLDER) -> tuple[Story, ...]:
    """Every team's story. ContentError with every problem as "file: field: what to do"."""
    problems: list[str] = []
    found = []
    for path in sorted(folder.glob("*.yml")):
        read = read_yaml(path, path.name)
        problems += read.problems
        data = read.data if isinstance(read.data, Mapping) else {}
        story = None if read.problems else validate(Story, Raw(data, path.name), problems)
        found += [story] if story is not None else []
    if problems:
        raise ContentError(problems)
    return tuple(found)


def changed(library: Library, before: Mapping[str, Choice], told: Round) -> dict[str, Choice]:
    """How things stand at a round: as before, but for its four lists; what none ever named is a no."""
    lists: Sequence[tuple[Choice, _Tokens]] = (
        ("no", told.missing),
        ("yes", told.met),
        ("partly", told.partly),
        ("unknown", told.unknown),
    )
    now: dict[str, Choice] = {practice.id: before.get(practice.id, "no") for practice in library.asked()}
    for choice, tokens in lists:
        now |= {name: choice for name in now if any(name == token or name.startswith(f"{token}-") for token in tokens)}
    return now
