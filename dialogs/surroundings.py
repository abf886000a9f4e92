"""What a channel has: assessments running and finished, earlier results, reminders, and when its team works."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from dialogs.overview import Overview
from dialogs.plan import Plan
from dialogs.privacy_screens import Held
from dialogs.reminder import Reminder
from dialogs.standing import Standing
from dialogs.state import State
from dialogs.working_time import WorkingTime


class Past(NamedTuple):
    """One finished result as it was kept: when, the overall level and the target then."""

    at: dt.datetime
    overall: int
    target: int


class Result(NamedTuple):
    """One finished result: what it came to, and the whole of it as `result.snapshot` made it."""

    standing: Standing
    whole: Mapping[str, Any]


class Surroundings(NamedTuple):
    """For each subject of a channel the running assessment, if any, and the last finished one.

    `past` holds finished results by subject key, newest first, where a question asks for them; `reminders` the
    reminders by subject key, those that rest included; `time` when the channel's team works; `guests` whether an
    admin lets guests take part.
    """

    states: tuple[State, ...] = ()
    past: Mapping[str, tuple[Past, ...]] = {}
    reminders: Mapping[str, Reminder] = {}
    time: WorkingTime = WorkingTime()
    guests: bool = False
    plans: Mapping[str, Mapping[str, Plan]] = {}  # by subject key and practice; where next steps are asked for
    results: Mapping[str, tuple[Result, ...]] = {}  # by subject key, newest first; where earlier results are asked for
    overview: Overview | None = None  # of the workspace, as far as who asks may see it; only where they ask for it
    ranking: bool = False  # whether an admin lets the portfolio be sorted by gap
    greeted: bool = False  # whether who opened the Messages tab has been greeted
    held: Held = Held()  # of who asks, and of the channel's subjects; only where somebody asks to delete or export

    @property
    def finished(self) -> tuple[State, ...]:
        """The last completed assessment of each subject."""
        return tuple(state for state in self.states if state.phase == "finished")


def past_from(at: dt.datetime, result: Mapping[str, Any]) -> Past:
    """Read a result as `result.snapshot` made it."""
    return Past(at, int(result["overall"]), int(result["target"]))
