"""Everything that may have to follow an event, on one page.

`slot` names a message of an assessment ("parent", "question:7", ...), so that a later effect can edit it; storage
learns the slot's ts when the courier has posted it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from dialogs.answers import Choice, FactValue
from dialogs.events import Person
from dialogs.home_screens import Wish
from dialogs.plan import Plan
from dialogs.reminder import Reminder
from dialogs.result_screens import ExportFiles, Pictures
from dialogs.screens import Problem, Screen, View
from dialogs.state import State


@dataclass(frozen=True, slots=True)
class Record:
    """Keep an answer: one more row, never an overwritten one."""

    practice: str
    choice: Choice
    note: str | None
    person: Person
    at: dt.datetime
    evidence: tuple[str, ...] = ()
    last_run: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Learn:
    """Keep a fact about the team."""

    fact: str
    value: FactValue | None
    person: Person
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Conclude:
    """Keep a finished result, as a snapshot with the content version that made it."""

    result: Mapping[str, Any]
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Post:
    """Post a message: in the assessment's thread, in the channel itself, or in the thread and shown in the channel."""

    slot: str
    screen: Screen
    where: Literal["thread", "channel", "broadcast"] = "thread"


@dataclass(frozen=True, slots=True)
class Edit:
    """Redraw the message in a slot. May lag behind posts; only the newest redraw of a message counts."""

    slot: str
    screen: Screen


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer a command where it was given: privately for a slash command, else in the thread of the mention.

    `share` is the command text behind "Share in channel"; None where there is nothing to share.
    """

    screen: Screen
    share: str | None = None


@dataclass(frozen=True, slots=True)
class Whisper:
    """Tell the person of the event something privately. May be lost in a crash, is never repeated."""

    screen: Screen


@dataclass(frozen=True, slots=True)
class Dismiss:
    """Take away, or replace, the private message whose button was clicked."""

    screen: Screen | None = None


@dataclass(frozen=True, slots=True)
class Tell:
    """Send a direct message to a person, surely."""

    person: str
    screen: Screen


@dataclass(frozen=True, slots=True)
class Join:
    """Become a member of the event's (public) channel, before anything is posted there."""


@dataclass(frozen=True, slots=True)
class Open:
    """Open a modal by the event's trigger."""

    view: View


@dataclass(frozen=True, slots=True)
class Redraw:
    """Answer a submitted modal with another one in its place."""

    view: View


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answer a submitted modal with an error per field, in words or as a problem; nothing else happens or is kept."""

    errors: Mapping[str, str | Problem]


@dataclass(frozen=True, slots=True)
class Begin:
    """A new assessment comes into being, with its own turn."""

    turn: "Turn"


@dataclass(frozen=True, slots=True)
class Miss:
    """Keep a question that nothing curated answers, for the curators; without who asked."""

    text: str


@dataclass(frozen=True, slots=True)
class Rate:
    """Keep whether a person found an answer helpful; the last word counts. `entry` is the page's, or its topic."""

    topic: str
    entry: str
    helpful: bool


@dataclass(frozen=True, slots=True)
class SetPlan:
    """Keep what was decided about a next step of the assessment's subject, by whom and when."""

    plan: Plan
    person: Person
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Upload:
    """Put files into the thread of an assessment: pictures of its result, or its export. May come after later posts."""

    state: State
    what: Pictures | ExportFiles


@dataclass(frozen=True, slots=True)
class Remind:
    """Keep a reminder as it is from now on."""

    reminder: Reminder


@dataclass(frozen=True, slots=True)
class SetTime:
    """Keep what a channel has set of its working time; None leaves the country to the zone, "" the zone to people."""

    zone: str
    country: str | None
    guests: bool = False


@dataclass(frozen=True, slots=True)
class SetPolicy:
    """Keep what an admin set for the whole workspace."""

    ranking: bool


@dataclass(frozen=True, slots=True)
class Greet:
    """Remember that the person of the event was greeted."""


@dataclass(frozen=True, slots=True)
class ShowHome:
    """Draw the person's Home anew, as they wish it. May be lost in a crash: it is drawn whenever it is opened."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    """Take every trace of the event's person out of the workspace: id, name, notes, ratings. Choices stay."""


@dataclass(frozen=True, slots=True)
class ForgetSubject:
    """Take everything of a subject out of the event's channel."""

    subject: str
    subject_key: str


@dataclass(frozen=True, slots=True)
class LeaveThread:
    """Remember a thread whose parent is gone: the assessment goes on under a new one, and answers here with a link."""

    thread: str


Effect = (
    Record
    | Learn
    | Conclude
    | Post
    | Edit
    | Answer
    | Whisper
    | Dismiss
    | Tell
    | Join
    | Open
    | Redraw
    | Refuse
    | Begin
    | Miss
    | Rate
    | SetPlan
    | Upload
    | Remind
    | SetTime
    | SetPolicy
    | Greet
    | ShowHome
    | ForgetPerson
    | ForgetSubject
    | LeaveThread
)


class Turn(NamedTuple):
    """What a step gives back: the new state (None: there is none, or nothing changed) and what must follow."""

    state: State | None
    effects: tuple[Effect, ...] = ()
