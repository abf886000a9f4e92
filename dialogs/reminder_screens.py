"""The screens of reminders, nudges, reassessments and changed facts; members of `screens.Screen`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dialogs.answers import FactValue
from dialogs.judgement import Judgement
from dialogs.reminder import Reminder
from dialogs.state import GivenFact, State
from dialogs.working_time import WorkingTime

# --- setting one ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReminderSet:
    """Said back once it is set, or shown again: the rhythm, the next date, in whose time.

    `name` is who set it, empty where that needs not be said.
    """

    reminder: Reminder
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReminderProposed:
    """A schedule read from free words, as it would be; `argument` is the command that sets it."""

    said: str
    reminder: Reminder
    argument: str


@dataclass(frozen=True, slots=True)
class RemindersShown:
    """What is set in a channel: the reminders, and the subjects without one."""

    reminders: tuple[Reminder, ...]
    without: tuple[str, ...]
    channel_name: str


@dataclass(frozen=True, slots=True)
class ReminderOff:
    """Switched off, by whom; `argument` is the command that switches it on again, empty where there is none."""

    subject: str
    name: str
    argument: str


@dataclass(frozen=True, slots=True)
class WhichReminder:
    """Several subjects and none named: each as a button with the whole command."""

    rest: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReminderOffer:
    """At the end of an assessment: a reminder to look again. `proposed` is what each button would come to."""

    dialog: str
    subject: str
    proposed: tuple[Reminder, ...]


@dataclass(frozen=True, slots=True)
class ReminderDeclined:
    """The offer, declined."""

    name: str


@dataclass(frozen=True, slots=True)
class TeamTime:
    """The time zone, country and hour that a channel goes by, and where they come from."""

    channel_name: str
    time: WorkingTime
    profile: str
    guests: bool = False


# --- when it is due ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimeToLook:
    """The reminder itself: the last result, how long ago, what has likely aged; `late` is the day it was due on.

    `state` is the last finished assessment, None where there is none; `running` one that was left unfinished.
    """

    reminder: Reminder
    today: dt.date
    state: State | None
    judgement: Judgement | None
    aged: tuple[str, ...]  # practices
    aged_facts: tuple[str, ...]
    late: dt.date | None = None
    running: State | None = None


@dataclass(frozen=True, slots=True)
class ReminderFolded:
    """The reminder once somebody chose: what was done, by whom; `instead_of` is a regular date that is dropped."""

    reminder: Reminder
    what: Literal["again", "full", "snoozed", "stopped"]
    name: str
    instead_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ReminderSpent:
    """A click on the buttons of a reminder that somebody has dealt with."""

    reminder: Reminder


@dataclass(frozen=True, slots=True)
class ReminderStuck:
    """Direct message to who set it: it can no longer be written in its channel, so it rests."""

    reminder: Reminder
    error: str


@dataclass(frozen=True, slots=True)
class ReminderLonely:
    """Direct message to who set it: nobody is left in the channel, so it is retired."""

    reminder: Reminder


# --- an assessment that has gone quiet -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Nudge:
    """In the thread, once: nobody has said anything for three working days; what is open and what one can do."""

    state: State
    left: int
    since: dt.date


@dataclass(frozen=True, slots=True)
class Rested:
    """In the thread: it rests now, until somebody resumes it."""

    dialog: str


@dataclass(frozen=True, slots=True)
class RestSummary:
    """Direct message to the starter: an assessment rests; how far it came, and what to do."""

    state: State
    left: int
    judgement: Judgement


# --- asking again what may have changed ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recheck:
    """First message of a reassessment: how much may have changed since when, with one click for "all still true"."""

    dialog: str
    since: dt.date
    practices: tuple[str, ...]
    kept: int  # answers taken over without asking


@dataclass(frozen=True, slots=True)
class RecheckDone:
    """The same once it is through: how many were confirmed as they were, how many changed."""

    since: dt.date
    confirmed: int
    changed: int


# --- a fact told in words ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactTold:
    """Somebody told a fact that the target rests on: what it was, and what it would change."""

    state: State
    fact: str
    was: GivenFact | None
    value: FactValue
    before: Judgement
    after: Judgement


@dataclass(frozen=True, slots=True)
class FactsUpdated:
    """The facts are updated: each as it is now, and what that changed."""

    subject: str
    facts: Mapping[str, FactValue]
    name: str
    before: Judgement
    after: Judgement


@dataclass(frozen=True, slots=True)
class UpdateForm:
    """Form "update": the changed fact and the one that decides with it (`facts`), filled in with `values`."""

    dialog: str
    facts: tuple[str, ...]
    values: Mapping[str, FactValue]
    turn: int
