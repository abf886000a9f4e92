"""Changing what has been answered: by the Edit form, by "edit 3 yes", by a second click."""

import datetime as dt
from typing import NamedTuple, get_args

from dialogs.answers import Choice
from dialogs.asking import allowed, answered_before, give, next_practice
from dialogs.course import proceed
from dialogs.effects import Dismiss, Open, Post, Refuse, Whisper
from dialogs.events import Pressed, Submitted
from dialogs.evidence import Grounds, evidence_with, grounds_of, read_day, read_links
from dialogs.notes import note_for, shortened
from dialogs.screens import Changed, Done, EditForm, Ended, Outdated, Problem, SameAnswer
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


def change_answer(
    walk: Walk,
    practice: str,
    choice: Choice,
    note: str | None = None,
    source: str | None = None,
    grounds: Grounds | None = None,
) -> bool:
    """Give another answer to a practice; the thread is told what changed. False where nothing is to be done.

    `source` as in `give`. Without `grounds` the same choice keeps what it rested on, another one begins anew. The open
    question, once answered this way, is followed by the next one.
    """
    if not walk.state.running:
        walk.then(Whisper(Ended(walk.state)))
        return False
    if not allowed(walk, practice, choice):
        return False
    was = walk.state.answers.get(practice)
    if grounds is None:
        grounds = grounds_of(was) if was is not None and was.choice == choice else Grounds()
    wanted = (choice, note or None, evidence_with(note, grounds.evidence), grounds.last_run)
    if was is not None and (was.choice, was.note or None, was.evidence, was.last_run) == wanted:
        walk.then(Whisper(SameAnswer(practice, was)))
        return False
    give(walk, practice, choice, note or None, source, grounds)
    if was is not None:
        number = walk.state.numbers[practice]
        walk.then(Post(f"changed:{walk.turn}", Changed(practice, number, was, walk.state.answers[practice])))
    carry_on(walk, practice)
    return True


class Told(NamedTuple):
    """What an answer's form says."""

    choice: Choice
    note: str | None
    grounds: Grounds


def told_in(walk: Walk, event: Submitted) -> Told | None:
    """Read an answer's form: the choice, its note, its evidence, when the thing last ran. None where it is refused."""
    choice, note = as_choice(event.values.get("choice")), event.values.get("note")
    links, strange = read_links(event.values.get("evidence"))
    last_run = read_day(event.values.get("last_run"))
    if errors := form_errors(walk, strange, last_run):
        walk.then(Refuse(errors))
    if choice is None or errors:
        return None
    kept = shortened(walk, " ".join(note.split()) or None if isinstance(note, str) else None)
    safe = tuple(link for link in links if shortened(walk, link) is not None)
    return Told(choice, kept, Grounds(safe, last_run))


def take_edit(walk: Walk, event: Submitted) -> None:
    """Take a sent Edit form."""
    if (told := told_in(walk, event)) is not None:
        change_answer(walk, event.argument, told.choice, told.note, grounds=told.grounds)


def form_errors(walk: Walk, strange: str | None, last_run: dt.date | None) -> dict[str, str]:
    """What is wrong with a form's evidence, by field."""
    errors = {}
    if strange is not None:
        errors["evidence"] = f"“{strange[:60]}” is no web address. Give links that begin with https://, one a line."
    if last_run is not None and last_run > walk.event.at.date() + dt.timedelta(days=1):  # it may be tomorrow somewhere
        errors["last_run"] = "That day is still to come. Give the day when it last ran, or leave it open."
    return errors


def take_meant(walk: Walk, event: Pressed) -> None:
    """Take an answer that was written in the channel, once its author says that it was meant for this question."""
    answer, _, note = event.argument.partition(" ")
    practice, _, wanted = answer.partition("=")
    choice, question = as_choice(wanted), walk.state.question
    if walk.state.phase == "paused":
        walk.then(Whisper(Problem("paused", {})))
    elif choice is None or practice not in walk.library.practices:
        walk.then(Whisper(Outdated(walk.state)))
    elif question is None or question.id != practice:
        if not answered_before(walk, practice, choice):
            walk.then(Whisper(Outdated(walk.state)))
    elif allowed(walk, practice, choice):
        give(walk, practice, choice, note_for(walk, practice, note))
        walk.then(Dismiss(Done("going-on")))
        carry_on(walk, practice)


def carry_on(walk: Walk, *changed: str) -> None:
    """Ask on where a change of these practices calls for it.

    Either the open question was answered, or none is open and one matters again, as after quick's offer.
    """
    state = walk.state
    if state.phase not in ("asking", "offer"):
        return
    if state.question is not None:
        if state.question.id in changed:
            proceed(walk)
    elif next_practice(walk.library, state) is not None:
        if state.phase == "offer":
            walk.become(offered=False)
        proceed(walk)
