"""Redraws what of a running assessment still shows somebody who wants to be forgotten."""

from dataclasses import replace

from dialogs.asking import question_screen
from dialogs.course import parent
from dialogs.effects import Edit, Turn
from dialogs.events import Event
from dialogs.fact_finding import facts_line
from dialogs.folding import folded_form, redraw
from dialogs.screens import FactFolded
from dialogs.script import Script
from dialogs.state import State
from dialogs.walk import Walk


def redrawn(script: Script, before: State, after: State, event: Event) -> Turn:
    """Redraw the parent message and every message of an answer, a question or a fact that differs from before."""
    last = max(after.facts.values(), key=lambda fact: fact.at, default=None)
    by = replace(event.person, id="", name=last.name if last is not None else after.starter_name)
    walk = Walk(script, after, replace(event, person=by))
    walk.then(Edit("parent", parent(walk)))
    _answers(walk, before)
    _facts(walk, before)
    return walk.result()


def _answers(walk: Walk, before: State) -> None:
    state, question = walk.state, walk.state.question
    changed = [practice for practice, given in state.answers.items() if given != before.answers.get(practice)]
    forms = {slot for practice in changed if (slot := state.slots.get(practice, "")).startswith("form:")}
    for slot in sorted(forms):
        walk.then(Edit(slot, folded_form(state, slot)))
    for practice in changed:
        if question is not None and question.id == practice:
            walk.then(Edit(question.slot, question_screen(walk, practice, state.numbers[practice], question.turn)))
        elif state.slots.get(practice) not in forms:
            redraw(walk, practice)


def _facts(walk: Walk, before: State) -> None:
    state = walk.state
    changed = [key for key, fact in state.facts.items() if fact != before.facts.get(key)]
    if changed and state.phase != "facts":
        walk.then(Edit("facts", facts_line(walk)))
    for key in changed:
        slot, fact = f"fact:{key}", state.facts[key]
        if slot in state.slots and (state.question is None or state.question.slot != slot):
            walk.then(Edit(slot, FactFolded(key, fact.value, fact.name)))
