"""What the bot shows of privacy: what it holds of a person, what a deletion takes, what it would not keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Entry = Mapping[str, object]  # one thing kept, by the name of each part; plain JSON types


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything kept of one person in a workspace, each as it is exported.

    `remarks` are notes that an open question keeps, or another one's answer; `written` are the assessments in whose
    thread they wrote since the open question was posted.
    """

    answers: tuple[Entry, ...] = ()
    facts: tuple[Entry, ...] = ()
    remarks: tuple[Entry, ...] = ()
    started: tuple[Entry, ...] = ()
    reminders: tuple[Entry, ...] = ()
    ratings: tuple[Entry, ...] = ()
    settings: tuple[Entry, ...] = ()
    written: tuple[Entry, ...] = ()
    plans: tuple[Entry, ...] = ()
    greetings: tuple[Entry, ...] = ()
    policies: tuple[Entry, ...] = ()

    @property
    def notes(self) -> int:
        """How many notes are theirs."""
        given = {str(entry["note"]) for entry in self.answers if entry.get("note")}
        return len(given) + sum(entry["note"] not in given for entry in self.remarks)

    def __bool__(self) -> bool:
        """Whether there is anything."""
        theirs = (self.answers, self.facts, self.remarks, self.started, self.reminders, self.ratings)
        return any((*theirs, self.settings, self.written, self.greetings, self.policies, self.plans))


@dataclass(frozen=True, slots=True)
class SubjectHeld:
    """What is kept of one subject of a channel; the starter is that of its last assessment, or the reminder's owner."""

    subject: str
    subject_key: str
    starter: str
    starter_name: str
    assessments: int = 0
    answers: int = 0
    facts: int = 0
    results: int = 0
    reminders: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of the person who asks, and of the subjects of the channel; read only where somebody asks."""

    mine: Mine = Mine()
    subjects: tuple[SubjectHeld, ...] = ()


@dataclass(frozen=True, slots=True)
class DeleteMe:
    """What goes when a person deletes all about themselves; asks for a click."""

    mine: Mine


@dataclass(frozen=True, slots=True)
class NothingAboutYou:
    """Nothing is kept of who asks."""


@dataclass(frozen=True, slots=True)
class DeleteSubject:
    """What goes with a subject; asks for a click, since it cannot be undone."""

    held: SubjectHeld


@dataclass(frozen=True, slots=True)
class MayNotDelete:
    """Who may delete this subject: not the one who asks."""

    held: SubjectHeld


@dataclass(frozen=True, slots=True)
class WhichToDelete:
    """`delete` alone, where a channel has several subjects."""

    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """Stands in the place of the parent message of an assessment that was deleted. Names nothing."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A page of everything kept of a person, as JSON."""

    name: str
    pieces: tuple[str, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class SecretSeen:
    """Something that looks like a password or token was not kept; what to do about it."""

    where: Literal["note", "question", "command"]
