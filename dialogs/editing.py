"""Changing what has been answered: by the Edit form, by "edit 3 yes", by a second click."""

from typing import get_args

from dialogs.answers import Choice
from dialogs.asking import allowed, give, next_practice
from dialogs.course import proceed
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
    _go_on(walk, practice)
    return True


def _go_on(walk: Walk, practice: str) -> None:
    """Ask on where the change calls for it.

    Either the open question was answered, or quick's offer has become untrue: the overall level is open again.
    """
    state = walk.state
    if state.phase == "offer" and next_practice(walk.library, state) is not None:
        walk.become(offered=False)
        proceed(walk)
    elif state.phase == "asking" and state.question is not None and state.question.id == practice:
        proceed(walk)
