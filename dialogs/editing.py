"""Changing what has been answered: by the Edit form, by "edit 3 yes", by a second click."""

from typing import get_args

from dialogs.answers import Choice
from dialogs.asking import allowed, ask_next, give, next_practice
from dialogs.effects import Open, Post, Whisper
from dialogs.screens import Changed, EditForm, Ended, SameAnswer
from dialogs.state import State
from dialogs.walk import Walk


def practice_of_number(state: State, number: int) -> str | None:
    """The practice that was asked under this number."""
    return next((practice for practice, own in state.numbers.items() if own == number), None)


def as_choice(value: object) -> Choice | None:
    """The value as a choice, None where it is none."""
    known: tuple[Choice, ...] = get_args(Choice)
    return next((choice for choice in known if choice == value), None)


def open_edit(walk: Walk, practice: str) -> None:
    """Open the form for one answer; after the end, say how to reopen."""
    state = walk.state
    if not state.running:
        walk.then(Whisper(Ended(state)))
    elif practice in state.numbers:
        given = state.answers.get(practice)
        walk.then(Open(EditForm(state.id, practice, state.numbers[practice], given, walk.turn)))


def change_answer(walk: Walk, practice: str, choice: Choice, note: str | None = None) -> bool:
    """Give another answer to a practice; the thread is told what changed. False where nothing is to be done.

    The open question, once answered this way, is followed by the next one.
    """
    if not walk.state.running:
        walk.then(Whisper(Ended(walk.state)))
        return False
    if not allowed(walk, practice, choice):
        return False
    was = walk.state.answers.get(practice)
    if was is not None and was.choice == choice and (was.note or None) == (note or None):
        walk.then(Whisper(SameAnswer(practice, was)))
        return False
    give(walk, practice, choice, note or None)
    if was is not None:
        number = walk.state.numbers[practice]
        walk.then(Post(f"changed:{walk.turn}", Changed(practice, number, was, walk.state.answers[practice])))
    return True


def needs_another_question(walk: Walk, practice: str) -> bool:
    """Whether something must be asked after this change.

    Either the open question was answered, or quick's offer has become untrue: the overall level is open again.
    """
    state = walk.state
    if state.phase == "offer":
        return next_practice(walk.library, state) is not None
    return state.phase == "asking" and state.question is not None and state.question.id == practice


def after_change(walk: Walk, practice: str) -> bool:
    """Ask on where a change calls for it; False when the end has come."""
    if not needs_another_question(walk, practice):
        return True
    if walk.state.phase == "offer":
        walk.become(offered=False)
    return ask_next(walk)
