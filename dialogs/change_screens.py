"""Screens about messages themselves: edited, deleted, moved, in the wrong place, several answers in one, pictures."""

from dataclasses import dataclass

from dialogs.answers import Choice
from dialogs.state import Given, State


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer as it stands now; `was` where it was another one before."""

    practice: str
    number: int
    now: Given
    was: Given | None = None


@dataclass(frozen=True, slots=True)
class SeveralTaken:
    """Several numbered answers of one message, shown back."""

    lines: tuple[AnswerLine, ...]
    name: str


@dataclass(frozen=True, slots=True)
class EditUnread:
    """Privately, once: after the edit the message reads as no answer, so its answers stay."""

    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class WithdrawOffer:
    """Privately: the message `ts` that gave these answers was deleted; keep them, or withdraw them."""

    dialog: str
    ts: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Answers were withdrawn by who gave them; they are open again."""

    lines: tuple[AnswerLine, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The new parent message, after the old one was deleted. `number` of the open question, None without one."""

    state: State
    number: int | None
    about: int


@dataclass(frozen=True, slots=True)
class MovedAway:
    """Privately, to who writes in the thread whose parent was deleted: where it goes on."""

    state: State
    posted: bool  # whether the new thread is there already


@dataclass(frozen=True, slots=True)
class MeantFor:
    """Asks privately whether an answer written in the channel was for the open question of this assessment."""

    dialog: str
    subject: str
    practice: str
    number: int
    choice: Choice
    note: str | None


@dataclass(frozen=True, slots=True)
class PictureSeen:
    """Privately: files came without words; they hang on the open question, and one line about them would help."""

    practice: str
    number: int
    files: int


ChangeScreen = SeveralTaken | EditUnread | WithdrawOffer | Withdrawn | Moved | MovedAway | MeantFor | PictureSeen
