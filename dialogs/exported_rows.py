"""What an export holds of answers and facts: every row as it was given, and who said otherwise."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from dialogs.answers import Choice, FactValue
from dialogs.state import State

WITHDRAWN = "withdrawn"  # the note of the row that takes an answer back

Name = Annotated[str, Field(min_length=1)]
Number = Annotated[int, Field(ge=0, le=2**31)]


class Part(BaseModel):
    """Base of all that a file holds: frozen, unknown keys forbidden, no silent conversion of types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class AnswerRow(Part):
    """One answer as it was given, present or superseded; `turn` and `place` say when within the assessment."""

    turn: Number
    place: Number
    practice: Name
    choice: Choice
    note: str | None
    evidence: tuple[str, ...]
    last_run: dt.date | None
    person: str
    name: str
    at: AwareDatetime
    content_version: Name


class FactRow(Part):
    """One fact as it was given; without a value it was left open on purpose, or withdrawn."""

    turn: Number
    place: Number
    fact: Name
    value: FactValue | None
    person: str
    name: str
    at: AwareDatetime
    content_version: Name


class Voice(Part):
    """What one person said otherwise."""

    choice: Choice
    note: str | None
    person: str
    name: str
    at: AwareDatetime


class Dissent(Part):
    """A practice whose present answer others gave otherwise: the last word of each, oldest first."""

    practice: Name
    choice: Choice
    others: tuple[Voice, ...]


def dissent_in(state: State, rows: Sequence[AnswerRow]) -> tuple[Dissent, ...]:
    """List for each practice what others answered otherwise in the same assessment, each with their last word."""
    last: dict[tuple[str, str], AnswerRow] = {}
    for row in rows:
        if row.note != WITHDRAWN or row.choice != "unknown":
            last[row.practice, row.person] = row
    found = []
    for practice, present in sorted(state.answers.items()):
        others = [
            row
            for (about, person), row in last.items()
            if about == practice and person != present.person and row.choice != present.choice
        ]
        if others:
            others.sort(key=lambda row: (row.turn, row.place))
            voices = tuple(map(_voice, others))
            found.append(Dissent(practice=practice, choice=present.choice, others=voices))
    return tuple(found)


def _voice(row: AnswerRow) -> Voice:
    return Voice(choice=row.choice, note=row.note, person=row.person, name=row.name, at=row.at)
