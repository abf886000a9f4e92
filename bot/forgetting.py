"""Forgetting, inside the transaction: rows go, and what stands in Slack is redrawn as far as its place is known."""

from bot.mrkdwn import escape
from bot.owing import Owing
from dialogs.deleting import DELETING
from dialogs.effects import Effect, ForgetPerson, ForgetSubject
from dialogs.events import Event, Pressed
from dialogs.privacy_screens import Erased
from dialogs.redrawing import redrawn
from dialogs.script import Script
from dialogs.walk import dialog_id
from storage.erasing import forget_person
from storage.forgetting import forget_subject, note_erasure
from storage.writing import Writing


def may_forget(event: Event) -> bool:
    """Whether an event may have deleted something for good."""
    return isinstance(event, Pressed) and event.action in DELETING


def forget(writing: Writing, event: Event, effect: Effect, script: Script, owing: Owing) -> None:
    """Let one effect of forgetting happen; any other one is not its business."""
    if isinstance(effect, ForgetPerson):
        _forget_person(writing, event, script, owing)
    elif isinstance(effect, ForgetSubject):
        _forget_subject(writing, event, effect, owing)
    else:
        return
    note_erasure(writing.sql, event.workspace, dialog_id(event.workspace, event.key), event.at)


def _forget_person(writing: Writing, event: Event, script: Script, owing: Owing) -> None:
    person = event.person
    for before, after in forget_person(writing.sql, event.workspace, person.id, person.name, escape):
        turn = redrawn(script, before, after, event)
        if turn.state is not None:
            writing.save(turn.state)
            for owed in owing.of_conversation(turn.state, turn.effects, turn.state.turn):
                writing.owe(owed)


def _forget_subject(writing: Writing, event: Event, effect: ForgetSubject, owing: Owing) -> None:
    names = {effect.subject, escape(effect.subject)}
    gone = forget_subject(writing.sql, event.workspace, event.channel, effect.subject_key, names)
    for channel, ts in gone:
        writing.owe(owing.edit_at(channel, ts, Erased()))
