"""An unfinished assessment that has gone quiet: one nudge in its thread, then it rests, and its starter is told."""

from dialogs.asking import about_left
from dialogs.course import parent, rest, say_paused
from dialogs.effects import Edit, Post, Tell
from dialogs.events import NudgeDue
from dialogs.judgement import judge
from dialogs.reminder_screens import Nudge, Rested, RestSummary
from dialogs.walk import Walk

QUIET_DAYS = 3  # working days without a word before the nudge, and again before it rests


def watch(walk: Walk) -> None:
    """Somebody did something: silence counts from now. What is over, or was paused on purpose, is left alone."""
    state = walk.state
    if not state.running or state.phase == "paused":
        if state.nudge is not None:
            walk.become(nudge=None, nudged=False)
        return
    due = walk.around.time.calendar(state.zone).after_working_days(walk.event.at, QUIET_DAYS)
    if due != state.nudge or state.nudged:
        walk.become(heard=walk.event.at, nudge=due, nudged=False)


def gone_quiet(walk: Walk, event: NudgeDue) -> None:
    """The silence has lasted: nudge the thread once, then let it rest. What was missed waits for working hours."""
    state = walk.state
    if state.nudge != event.due:
        return
    if not state.running or state.phase == "paused":
        walk.become(nudge=None, nudged=False)
        return
    calendar = walk.around.time.calendar(event.person.zone or state.zone)
    if not calendar.welcome(event.at):
        walk.become(nudge=calendar.next_morning(event.at))
    elif not state.nudged:
        since = calendar.day(state.heard or state.began)
        walk.become(nudged=True, nudge=calendar.after_working_days(event.at, QUIET_DAYS))
        walk.then(Post(f"nudge:{walk.turn}", Nudge(state, about_left(walk.library, state), since)))
    else:
        _rest(walk)


def _rest(walk: Walk) -> None:
    state = walk.state
    rest(walk)
    say_paused(walk, Rested(state.id))
    judgement = judge(walk.library, state.choices(), state.known_facts())
    summary = RestSummary(state, about_left(walk.library, state), judgement)
    walk.then(Edit("parent", parent(walk)), Tell(state.starter, summary))
