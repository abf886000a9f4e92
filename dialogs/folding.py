"""Folding: an answered, or left, question as one numbered line in its own message, or among a form's lines."""

from typing import Literal

from dialogs.effects import Edit
from dialogs.screens import Folded, FoldedForm, FoldedLine
from dialogs.state import State
from dialogs.walk import Walk


def redraw(walk: Walk, practice: str) -> None:
    """Redraw the message that shows a practice: a single folded line, or the form's lines it is among."""
    slot = walk.state.slots.get(practice)
    if slot is None:
        return
    if slot.startswith("form:"):
        walk.then(Edit(slot, folded_form(walk.state, slot)))
    else:
        walk.then(Edit(slot, Folded(walk.state.id, line_of(walk.state, practice))))


def line_of(state: State, practice: str) -> FoldedLine:
    """The folded line of a practice as things stand."""
    return FoldedLine(practice, state.numbers[practice], state.answers.get(practice))


def folded_form(state: State, slot: str) -> FoldedForm:
    """The message of answers given by a form; the section stands in the slot."""
    inside = sorted((p for p, where in state.slots.items() if where == slot), key=lambda p: state.numbers[p])
    name = state.answers[inside[0]].name
    return FoldedForm(state.id, slot.split(":", 2)[2], tuple(line_of(state, p) for p in inside), name)


def leave(walk: Walk, why: Literal["skipped", "again", "later"]) -> None:
    """Fold the open question without an answer of its own; one asked again keeps the answer it had."""
    question = walk.state.question
    if question is None or question.about != "practice":
        return
    given = walk.state.answers.get(question.id) if why == "skipped" else None
    line = FoldedLine(question.id, walk.state.numbers[question.id], given, why)
    walk.then(Edit(question.slot, Folded(walk.state.id, line)))
    walk.become(question=None)
