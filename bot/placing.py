"""What an event is about: which assessment or reminder, and where it stands among the assessment's own messages."""

from dataclasses import replace

from dialogs.change_screens import MeantFor
from dialogs.events import Commanded, Deleted, Event, Pressed, ReminderDue, Said, Undeliverable, as_command, in_order
from dialogs.reminder import ID_MARK
from dialogs.script import Script
from dialogs.secrets import holds_secret
from dialogs.state import State
from dialogs.typed import TypedAnswer, read_typed
from storage.reports import Reading
from storage.writing import Writing


def dialog_of(writing: Writing, event: Said | Deleted) -> State | None:
    """Take the assessment in whose thread this happened."""
    if event.thread is None:
        return None
    return writing.dialog_in_thread(event.workspace, event.channel, event.thread)


def placed(reading: Reading, state: State, event: Event) -> Event:
    """Say when the open question was posted, or which of our messages is gone."""
    if isinstance(event, Said):
        asked = reading.message_ts(state.id, state.question.slot) if state.question is not None else None
        return replace(event, question_ts=asked)
    return replace(event, slot=reading.slot_at(state.id, event.ts)) if isinstance(event, Deleted) else event


def may_be_meant(script: Script, event: Said) -> bool:
    """Whether words outside any thread read as an answer; everything else costs not even a look."""
    return event.thread is None and isinstance(read_typed(script, event.text), TypedAnswer)


def meant_for(script: Script, reading: Reading, event: Said) -> MeantFor | None:
    """The one question of this channel that awaits an answer from this person; None where it is not just one."""
    typed = read_typed(script, event.text)
    waiting = [state for state in reading.asking_in(event.workspace, event.channel) if _takes_part(state, event)]
    if not isinstance(typed, TypedAnswer) or len(waiting) != 1:
        return None
    state = waiting[0]
    if state.question is None or state.question.about != "practice":
        return None
    asked = reading.message_ts(state.id, state.question.slot)
    if asked is None or in_order(asked) >= in_order(event.ts):
        return None
    practice = state.question.id
    note = None if typed.note is None or holds_secret(typed.note) else typed.note[: script.file.limits.note]
    return MeantFor(state.id, state.subject, practice, state.numbers[practice], typed.choice, note)


def _takes_part(state: State, event: Said) -> bool:
    person = event.person.id
    answered = {given.person for practice, given in state.answers.items() if practice in state.numbers}
    return person in {state.starter, *answered, *state.writers}


def spoken(event: Said) -> Commanded:
    """Words to the bot outside any assessment: a command, answered in the thread of the message."""
    thread = event.thread or (None if event.direct else event.ts)
    return as_command(event, event.text, "direct" if event.direct else "mention", thread=thread)


def reminder_named(event: Event) -> str | None:
    """The reminder that an event is about: its date has come, or its message was clicked or refused."""
    if isinstance(event, ReminderDue):
        return event.reminder
    about = event.dialog if isinstance(event, Pressed | Undeliverable) else None
    return about if about is not None and about.startswith(ID_MARK) else None
