"""Where an assessment is. Goes to disk as JSON, so it is a pydantic model; every step makes a new one."""

import datetime as dt
import difflib
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from dialogs.answers import Choice, FactValue
from dialogs.events import ChannelKind

Mode = Literal["quick", "full"]
Phase = Literal["facts", "asking", "offer", "paused", "finished", "discarded"]
_NEARLY = 0.8  # how alike two subjects must be for one to be offered instead of the other (0 to 1)
OPEN_PHASES: tuple[Phase, ...] = ("facts", "asking", "offer", "paused")


class Kept(BaseModel):
    """Base of all that is stored: frozen, unknown keys forbidden."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Given(Kept):
    """The present answer to a practice: who gave it, when, and what they added.

    `evidence` are web addresses that it rests on; `last_run` is the day when what it is about last ran, where said.
    """

    choice: Choice
    note: str | None = None
    evidence: tuple[str, ...] = ()
    last_run: dt.date | None = None
    person: str
    name: str
    at: dt.datetime


class GivenFact(Kept):
    """A fact about the team, by whom and when."""

    value: FactValue
    person: str
    name: str
    at: dt.datetime


class Carried(Kept):
    """Words or a link that a person gave to a practice, and that another one's answer to it may carry."""

    practice: str
    person: str
    words: str


class OpenQuestion(Kept):
    """The question on screen: a practice, or a fact asked in words. `slot` is its message."""

    about: Literal["practice", "fact"]
    id: str
    slot: str
    turn: int


class State(Kept):
    """One assessment of one subject, walked through in one thread.

    `thread` is the parent message's ts, None until the courier has learned it. `numbers` holds the number under which
    a practice was first asked, `slots` the message that shows it now. `writers` are the people who have written in the
    thread since the open question was posted; bare words count only while there is no second one.
    """

    id: str
    workspace: str
    channel: str
    channel_name: str
    channel_kind: ChannelKind = "channel"
    subject: str
    subject_key: str
    starter: str
    starter_name: str
    began: dt.datetime
    mode: Mode
    phase: Phase = "facts"
    content_version: str
    thread: str | None = None
    turn: int = 0
    facts: dict[str, GivenFact] = {}
    last_facts: dict[str, FactValue] = {}  # from the last assessment of the subject: the form is prefilled with them
    answers: dict[str, Given] = {}
    numbers: dict[str, int] = {}
    slots: dict[str, str] = {}
    order: tuple[str, ...] = ()  # practices in the order in which they were answered, for "back"
    question: OpenQuestion | None = None
    notes: dict[str, str] = {}  # remarks made with a mention before the answer; kept with it
    noted_by: dict[str, str] = {}  # whose they are
    carried: tuple[Carried, ...] = ()  # whose words answers carry, behind which somebody else stands
    skipped: tuple[str, ...] = ()
    skipped_again: bool = False  # the skipped ones have come once more
    beyond_overall: bool = False
    offered: bool = False
    writers: tuple[str, ...] = ()
    told_crowd: bool = False
    sources: dict[str, str] = {}  # practice to the ts of the message that gave its present answer, where one did
    told_edits: tuple[str, ...] = ()  # messages that read as no answer since an edit; that is said once
    left_threads: tuple[str, ...] = ()  # those whose parent message was deleted
    told_moved: tuple[str, ...] = ()  # who wrote in one of them and was told where it goes on
    lost: str = ""  # the slot of what was open and was deleted; posted again as soon as somebody is here
    captions: dict[str, str] = {}  # practice to the person who was asked what their picture shows
    rest: Literal["", "channel", "shared"] = ""  # why it rests without anybody's pause
    starter_gone: bool = False  # deactivated: anybody here may take over
    rested_in: Phase = "asking"  # where a pause, or a discard that is undone, goes back to
    zone: str = ""  # the starter's time zone, as their Slack profile says
    since: dt.date | None = None  # of a reassessment: the day of the result that it goes on from
    recheck: tuple[str, ...] = ()  # practices to be confirmed or changed, in the order of asking
    confirmed: int = 0  # answers found to be still true
    changed: int = 0  # answers that a reassessment changed
    facts_later: bool = False  # the facts come after what is to be rechecked
    heard: dt.datetime | None = None  # when somebody last did something, to the day
    nudge: dt.datetime | None = None  # when silence is noticed, in UTC; None while it rests
    nudged: bool = False  # the thread was nudged; the next silence lets it rest
    reports: int = 0  # how many reports were posted: a reopened assessment posts another one

    @property
    def running(self) -> bool:
        """Whether it still takes answers (a paused one does after Resume)."""
        return self.phase in OPEN_PHASES

    def choices(self) -> dict[str, Choice]:
        """The answers as scoring reads them: practice id to choice."""
        return {practice: given.choice for practice, given in self.answers.items()}

    def known_facts(self) -> dict[str, FactValue]:
        """The facts as the target reads them: key to value."""
        return {key: fact.value for key, fact in self.facts.items()}

    @property
    def assessed_at(self) -> dt.datetime:
        """When the last answer was given; without any, when the assessment began."""
        return max((given.at for given in self.answers.values()), default=self.began)


def near_subject(key: str, keys: Iterable[str]) -> str | None:
    """Of the subjects' keys the one most alike, where one is so near that it may have been meant."""
    return next(iter(difflib.get_close_matches(key, list(keys), n=1, cutoff=_NEARLY)), None)


def subject_key(subject: str) -> str:
    """What makes two subject names the same: case, spaces, dashes and underscores do not count."""
    return "".join(letter for letter in subject.casefold() if letter not in " -_\u2010\u2011\u2012\u2013\u2014")
