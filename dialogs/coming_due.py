"""A reminder whose date has come: the message, and what its buttons do. Everything here is about one reminder."""

import datetime as dt

from dialogs.aging import Aged, aged
from dialogs.effects import Answer, Begin, Edit, Effect, Post, Remind, Tell, Whisper
from dialogs.events import Event, Pressed, ReminderDue, Undeliverable, as_command
from dialogs.judgement import judge
from dialogs.permissions import refusal
from dialogs.reminder import SHORTLY, Reminder, come_due, snoozed
from dialogs.reminder_screens import (
    ReminderFolded,
    ReminderLonely,
    ReminderSpent,
    ReminderStuck,
    TimeToLook,
)
from dialogs.screens import Outdated, Outsider
from dialogs.script import Script
from dialogs.starting import start
from dialogs.state import State
from dialogs.surroundings import Surroundings


def remind_step(script: Script, reminder: Reminder, around: Surroundings, event: Event) -> tuple[Effect, ...]:
    """Everything that follows when something happens to a reminder. Total, pure, no clock, like `engine.step`."""
    if isinstance(event, ReminderDue):
        return _due(script, reminder, around, event)
    if isinstance(event, Undeliverable):
        return _undeliverable(reminder, event)
    if not isinstance(event, Pressed):
        return ()
    if why := refusal(event.person, around):
        return (Whisper(Outsider(why)),)
    return _pressed(script, reminder, around, event)


def _due(script: Script, reminder: Reminder, around: Surroundings, event: ReminderDue) -> tuple[Effect, ...]:
    """Write the message, unless the reminder has moved since, or an assessment makes it needless."""
    if reminder.due != event.due:
        return ()
    if event.alone:
        return Remind(reminder.resting("nobody")), Tell(reminder.owner, ReminderLonely(reminder))
    coming = come_due(reminder, around.time, event.at, event.person.zone)
    if coming.reminder is reminder:
        return ()
    own = [state for state in around.states if state.subject_key == reminder.subject_key]
    running = next((state for state in own if state.running), None)
    if not coming.write or (running is not None and event.at - running.assessed_at <= SHORTLY):
        return (Remind(coming.reminder.with_(message=reminder.message)),)
    after = coming.reminder
    today = around.time.calendar(after.profile_zone).day(event.at)
    screen = _screen(script, after, own, running, today, coming.late)
    return Remind(after), Post(after.message or "", screen, "channel")


def _screen(
    script: Script,
    reminder: Reminder,
    own: list[State],
    running: State | None,
    today: dt.date,
    late: dt.date | None,
) -> TimeToLook:
    library = script.library
    last = next((state for state in own if state.phase == "finished"), None)
    if last is None:
        return TimeToLook(reminder, today, None, None, (), (), late, running)
    judgement = judge(library, last.choices(), last.known_facts())
    old: Aged = aged(library, last, today)
    return TimeToLook(reminder, today, last, judgement, old.practices, old.facts, late, running)


def _undeliverable(reminder: Reminder, event: Undeliverable) -> tuple[Effect, ...]:
    """Slack refuses the message for good: rest, and tell who set it, once."""
    if reminder.rests in ("channel", "off"):
        return ()
    return Remind(reminder.resting("channel")), Tell(reminder.owner, ReminderStuck(reminder, event.error))


# Buttons -------------------------------------------------------------------------------------------------------------


def _pressed(script: Script, reminder: Reminder, around: Surroundings, event: Pressed) -> tuple[Effect, ...]:
    slot = f"due:{event.argument.partition(' ')[2]}"
    wanted = event.argument.partition(" ")[0]
    if reminder.message != slot:
        return (Whisper(ReminderSpent(reminder)),)
    if event.action == "remind-start":
        return _start(script, reminder, around, event, wanted)
    if event.action == "remind-snooze" and wanted in ("week", "month"):
        after = snoozed(reminder, around.time, event.at, "week" if wanted == "week" else "month")
        dropped = reminder.day if reminder.day and after.day and reminder.day <= after.day else None
        after = after.with_(message=None)
        return Remind(after), Edit(slot, ReminderFolded(after, "snoozed", event.person.name, dropped))
    if event.action == "remind-stop":
        after = reminder.resting("off").with_(message=None)
        return Remind(after), Edit(slot, ReminderFolded(reminder, "stopped", event.person.name))
    return (Whisper(Outdated(None)),)


def _start(script: Script, reminder: Reminder, around: Surroundings, event: Pressed, wanted: str) -> tuple[Effect, ...]:
    """Begin the reassessment, or a full one; where that cannot be, say privately why and leave the buttons."""
    finished = any(state.subject_key == reminder.subject_key for state in around.finished)
    mode = "full" if wanted == "full" else "again" if finished else "quick"
    order = as_command(event, f"start {mode} {reminder.subject}", "mention")
    effects = start(script, around, order, f"{mode} {reminder.subject}")
    if not any(isinstance(effect, Begin) for effect in effects):
        return tuple(Whisper(effect.screen) for effect in effects if isinstance(effect, Answer))
    what = "full" if mode == "full" else "again"
    after = reminder.with_(message=None)
    folded = ReminderFolded(after, what, event.person.name)  # type: ignore[arg-type]  # one of the two, see above
    return Remind(after), Edit(reminder.message or "", folded), *effects
