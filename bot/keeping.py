"""Effects that are written down: of one assessment, and besides."""

from dialogs.effects import (
    Conclude,
    Effect,
    Greet,
    Learn,
    LeaveThread,
    Miss,
    Rate,
    Record,
    Remind,
    SetPlan,
    SetPolicy,
    SetTime,
)
from dialogs.events import Event
from dialogs.state import State
from storage import greetings, plans, policies
from storage.writing import Writing


def keep_of_assessment(writing: Writing, state: State, effect: Effect) -> None:
    """Write down what belongs to an assessment: answers, facts, results."""
    if isinstance(effect, Record):
        writing.record(state, effect)
    elif isinstance(effect, Learn):
        writing.learn(state, effect)
    elif isinstance(effect, Conclude):
        writing.conclude(state, effect)
    elif isinstance(effect, LeaveThread):
        writing.leave_thread(state, effect.thread)
    elif isinstance(effect, SetPlan):
        plans.keep(writing.sql, state, effect)


def keep_besides(writing: Writing, event: Event, effect: Effect) -> None:
    """Write down what concerns no assessment alone: for the curators, reminders, what a channel has set."""
    if isinstance(effect, Miss):
        writing.miss(event.workspace, effect, event.at)
    elif isinstance(effect, Rate):
        writing.rate(event.workspace, effect, event.person.id, event.at)
    elif isinstance(effect, Remind):
        writing.remind(effect.reminder)
    elif isinstance(effect, SetTime):
        writing.set_time(event.workspace, event.channel, effect, event.person.id, event.at)
    elif isinstance(effect, SetPolicy):
        policies.keep(writing.sql, event.workspace, effect, event.person.id, event.at)
    elif isinstance(effect, Greet):
        greetings.greet(writing.sql, event.workspace, event.person.id, event.at)
