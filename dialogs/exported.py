"""One subject of one channel as a file: everything that was said of it and what it came to. What JSON exports hold.

What belongs to the messages in Slack stays behind, for they are not where the file goes: threads, slots, and the
question on screen. A reminder stays as well, since it says whom to call there and when.
"""

import datetime as dt
import json
from collections.abc import Hashable, Iterable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from dialogs.exported_rows import AnswerRow, Dissent, FactRow, Name, Number, Part
from dialogs.state import Given, GivenFact, Mode, State
from knowledge.content import DIMENSIONS, DimensionKey

FORMAT: Literal["mlops-maturity-bot/subject"] = "mlops-maturity-bot/subject"
VERSION: Literal[1] = 1
_LEFT_BEHIND: Mapping[str, Any] = {
    "thread": None,
    "slots": {},
    "question": None,
    "sources": {},
    "writers": (),
    "told_crowd": False,
    "told_edits": (),
    "left_threads": (),
    "told_moved": (),
    "lost": "",
    "captions": {},
    "nudge": None,
    "nudged": False,
}

Level = Annotated[int, Field(ge=0, le=4)]
GoogleLevel = Annotated[int, Field(ge=0, le=2)]


class Reached(Part):
    """Levels: of the whole, of the four dimensions, of Google's model."""

    overall: Level
    dimensions: dict[DimensionKey, Level]
    google: GoogleLevel

    @model_validator(mode="after")
    def _all_four(self) -> Self:
        missing = [key for key in DIMENSIONS if key not in self.dimensions]
        if missing:
            raise ValueError(f"the dimension {missing[0]} has no level")
        return self


class Result(Reached):
    """What `result.snapshot` keeps: levels, target, rules fired, and the answers and facts they rest on."""

    content_version: Name
    subject: str
    mode: Mode
    ceiling: Reached
    provisional: bool
    target: Level
    target_rules: tuple[str, ...]
    target_missing: tuple[str, ...]
    blockers: dict[str, tuple[str, ...]]
    risks: tuple[str, ...]
    answers: dict[str, Given]
    facts: dict[str, GivenFact]

    @property
    def open_target(self) -> bool:
        """Whether the target waits for the stage, and is only what holds so far."""
        return "stage" in self.target_missing


class Finished(Part):
    """A result with its place in the assessment, and when it was reached."""

    turn: Number
    at: AwareDatetime
    result: Result


class Assessment(Part):
    """One assessment, whole. `finished` is when its last result was reached; `state` is what the bot goes by."""

    state: State
    finished: AwareDatetime | None
    answers: tuple[AnswerRow, ...]
    facts: tuple[FactRow, ...]
    results: tuple[Finished, ...]
    dissent: tuple[Dissent, ...] = ()

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        _unique("answers", ((row.turn, row.place) for row in self.answers))
        _unique("facts", ((row.turn, row.place) for row in self.facts))
        _unique("results", (row.turn for row in self.results))
        return self


class Plan(Part):
    """What the team decided about a next step: who does it by when, or that it is not its turn now."""

    practice: Name
    owner: str
    owner_name: str
    due: dt.date | None
    later: bool
    set_by: str
    set_at: AwareDatetime


class SubjectExport(Part):
    """Everything of one subject of one channel, assessments oldest first. `content_versions` made its parts."""

    format: Literal["mlops-maturity-bot/subject"] = FORMAT
    version: Literal[1] = VERSION
    content_versions: tuple[str, ...]
    workspace: Name
    channel: Name
    channel_name: str
    subject: Name
    subject_key: Name
    assessments: tuple[Assessment, ...]
    plans: tuple[Plan, ...]

    @model_validator(mode="after")
    def _of_one_subject(self) -> Self:
        if not self.assessments:
            raise ValueError("assessments: there are none")
        _unique("assessments", (each.state.id for each in self.assessments))
        _unique("plans", (plan.practice for plan in self.plans))
        ours = (self.workspace, self.channel, self.subject_key)
        for number, each in enumerate(self.assessments):
            if (each.state.workspace, each.state.channel, each.state.subject_key) != ours:
                raise ValueError(f"assessments.{number}: is of another workspace, channel or subject")
        return self

    @property
    def last(self) -> Finished | None:
        """The newest result, where there is any."""
        return next(iter(self.history), None)

    @property
    def history(self) -> tuple[Finished, ...]:
        """All results, newest first."""
        found = (each for assessment in self.assessments for each in assessment.results)
        return tuple(sorted(found, key=lambda each: (each.at, each.turn), reverse=True))

    def plans_by_name(self) -> dict[str, Plan]:
        """The plans by practice, with the owners' names: they are kept only where people took a step themselves."""
        return {plan.practice: plan.model_copy(update={"owner_name": self._owner(plan)}) for plan in self.plans}

    def _owner(self, plan: Plan) -> str:
        """The name that the owner last gave an answer or told a fact by; else the one that was kept, if any."""
        rows: list[AnswerRow | FactRow] = []
        for each in self.assessments if plan.owner else ():
            rows += (*each.answers, *each.facts)
        said = [(row.at, row.name) for row in rows if row.person == plan.owner]
        return max(said)[1] if said else plan.owner_name


def _unique(what: str, keys: Iterable[Hashable]) -> None:
    seen: set[Hashable] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"{what}: {key} is there twice")
        seen.add(key)


def as_json(export: SubjectExport) -> str:
    """Write it: the same data give the same bytes, whenever and wherever it is written."""
    plain = export.model_dump(mode="json")
    return json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def portable(state: State, *, concluded: bool) -> State:
    """Give an assessment as it can live elsewhere, where none of its messages are.

    One that still runs has no thread there in which anybody could go on: with a result it counts as finished, else
    as discarded (`rested_in` says where it stood), so that the subject can be assessed anew. Nothing said is lost.
    """
    left: dict[str, Any] = dict(_LEFT_BEHIND)
    if state.running and not concluded:
        left["rested_in"] = state.rested_in if state.phase == "paused" else state.phase
    if state.running:
        left |= {"phase": "finished" if concluded else "discarded", "rest": ""}
    return state.model_copy(update=left)
