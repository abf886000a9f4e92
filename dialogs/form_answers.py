"""Answering a whole section as a form: one dimension at one level, Google's ladder, or what every live model needs."""

from dialogs.answers import Choice
from dialogs.asking import give
from dialogs.choosing import open_in_section, section_of
from dialogs.editing import as_choice
from dialogs.effects import Open, Post, Whisper
from dialogs.events import Submitted
from dialogs.folding import folded_form
from dialogs.screens import AlreadyAnswered, AnswersForm, Problem
from dialogs.walk import Walk


def open_answers_form(walk: Walk) -> None:
    """Open the form with all open practices of the section that the open question belongs to."""
    question = walk.state.question
    if question is None or question.about != "practice":
        walk.then(Whisper(Problem("nothing-open", {})))
        return
    section = section_of(walk.library.practices[question.id])
    practices = open_in_section(walk.library, walk.state.choices(), section)
    if question.id not in practices:  # asked again: it has an answer, which the form may change
        practices = (question.id, *practices)
    walk.then(Open(AnswersForm(walk.state.id, section.key, practices, walk.turn)))


def take_form(walk: Walk, event: Submitted) -> bool:
    """Take what was chosen; blanks stay open, and what somebody answered meanwhile stays theirs.

    True where the open question was answered, so that the next one is due.
    """
    choices = _choices(event)
    question = walk.state.question
    current = question.id if question is not None and question.id in choices else None
    fresh = [p for p in choices if p in walk.library.practices and (p not in walk.state.answers or p == current)]
    allowed = [p for p in fresh if choices[p] != "na" or walk.library.practices[p].na_when is not None]
    others = [p for p in allowed if p != current]
    slot = f"form:{walk.turn}:{event.argument}"
    for practice in (p for p in (current, *others) if p in allowed):
        if practice != current:
            numbers = walk.state.numbers
            number = numbers.get(practice, len(numbers) + 1)
            walk.become(numbers={**numbers, practice: number})
        give(walk, practice, choices[practice], walk.state.notes.get(practice))
    if others:
        walk.become(slots={**walk.state.slots, **dict.fromkeys(others, slot)})
        walk.then(Post(slot, folded_form(walk.state, slot)))
    for practice in (p for p in choices if p not in fresh and p in walk.state.answers):
        given = walk.state.answers[practice]
        if given.choice != choices[practice]:
            walk.then(Whisper(AlreadyAnswered(walk.state.id, practice, given, choices[practice])))
    return current in allowed and walk.state.phase == "asking"


def _choices(event: Submitted) -> dict[str, Choice]:
    """The practices that something was chosen for."""
    return {p: choice for p, value in event.values.items() if (choice := as_choice(value)) is not None}
