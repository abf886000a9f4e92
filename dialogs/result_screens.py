"""The screens that look at finished results: next steps, history, differences, what-if, pictures and exports."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dialogs.changes import Changes
from dialogs.judgement import Judgement
from dialogs.plan import Plan
from dialogs.roadmap import NextStep
from dialogs.standing import Standing
from dialogs.state import Given, State
from dialogs.verdict import Verdict
from dialogs.what_if import WhatIf, WhatIfProblem

IN_THREAD = " thread"
ASKED_AT = "@"
ExportKind = Literal["markdown", "csv", "json", "html"]


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of a result: levels against the target, practices by dimension and level, and the trend."""

    judgement: Judgement


@dataclass(frozen=True, slots=True)
class ExportFiles:
    """The export of a subject, in these forms."""

    kinds: tuple[ExportKind, ...]


@dataclass(frozen=True, slots=True)
class NextPage:
    """The next steps towards the target, three at the most; `more` are those after them, `aside` those put off.

    `done` is the verdict about the level above the target, where the target is reached: its flips would change that.
    """

    state: State
    judgement: Judgement
    steps: tuple[NextStep, ...]
    more: int
    aside: tuple[str, ...]
    plans: Mapping[str, Plan]
    done: Verdict | None = None


@dataclass(frozen=True, slots=True)
class StepDone:
    """A practice of a finished assessment was looked at again; what that makes of the levels."""

    practice: str
    was: Given | None
    now: Given
    before: Judgement
    after: Judgement


@dataclass(frozen=True, slots=True)
class AnsweredMeanwhile:
    """Privately: somebody answered the practice while a form about it was open, so the form was not taken."""

    practice: str
    given: Given


def asked_at(given: Given | None) -> str:
    """When an answer was given, as forms carry it; empty without one."""
    return given.at.isoformat() if given is not None else ""


@dataclass(frozen=True, slots=True)
class StepPlanned:
    """Somebody took a step, or gave it a date; said in the thread."""

    plan: Plan
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One result of a history. `number` counts from the first, 1; `changes` against the one before, None for it."""

    number: int
    standing: Standing
    changes: Changes | None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The results of a subject that changed something, newest first; `same` more changed nothing. `page` from 1."""

    subject: str
    entries: tuple[Entry, ...]
    same: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class DiffPage:
    """What changed between two results of a subject, and why."""

    subject: str
    older: Entry
    newer: Entry
    changes: Changes


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """What the levels would be if some answers or facts were others; nothing is changed."""

    state: State
    found: WhatIf


@dataclass(frozen=True, slots=True)
class WhatIfUnread:
    """A supposition that cannot be read, and why."""

    problem: WhatIfProblem


@dataclass(frozen=True, slots=True)
class WhichOne:
    """A command about one subject, where the channel has several: asks which. `command` stands before the name."""

    command: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilesComing:
    """Privately: files are on their way into the thread of this assessment."""

    state: State
    kinds: tuple[ExportKind, ...]  # none: the pictures


@dataclass(frozen=True, slots=True)
class FilesRefused:
    """In the thread: Slack did not take the pictures or the export that belong here, and what to do."""

    error: str  # Slack's own word, such as `missing_scope`


@dataclass(frozen=True, slots=True)
class StepDoneForm:
    """Form "done": asks a practice of a finished assessment again. Fields as in EditForm.

    `argument` is the practice's id and when its answer was given (`asked_at`, after `ASKED_AT`), and `IN_THREAD` after
    them where the steps that it was opened from stand in a thread.
    """

    dialog: str
    practice: str
    given: Given | None
    turn: int
    in_thread: bool = False


@dataclass(frozen=True, slots=True)
class StepPlanForm:
    """Form "plan": who does a step, and by when; fields `owner` and `due`. `argument` as in StepDoneForm."""

    dialog: str
    plan: Plan
    subject: str
    turn: int
    in_thread: bool = False


@dataclass(frozen=True, slots=True)
class ReportAgain:
    """A report that was asked for; `answered` of `about` where the assessment still runs. `at` is when it ended."""

    state: State
    judgement: Judgement
    steps: tuple[NextStep, ...]
    at: dt.datetime
    answered: int = 0
    about: int = 0


ResultScreen = (
    NextPage
    | StepDone
    | StepPlanned
    | AnsweredMeanwhile
    | HistoryPage
    | DiffPage
    | WhatIfPage
    | WhatIfUnread
    | WhichOne
    | FilesComing
    | FilesRefused
    | ReportAgain
)
