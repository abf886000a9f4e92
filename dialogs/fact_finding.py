"""The facts about the team: they come first, as a form or one at a time, and only those that can still matter."""

from collections.abc import Iterable, Mapping
from typing import Literal

from dialogs.answers import FactValue
from dialogs.effects import Edit, Learn, Open, Post, Redraw, Refuse, Whisper
from dialogs.events import Submitted
from dialogs.fact_values import NotAValue, from_form, from_words
from dialogs.folding import leave
from dialogs.judgement import judge
from dialogs.screens import FactFolded, FactQuestion, FactsForm, FactsLine, Problem
from dialogs.state import GivenFact, OpenQuestion, State
from dialogs.walk import Walk
from knowledge.library import Library

Step = Literal[1, 2]  # of the facts' form; the second only when a need for level 4 holds
SETTLED_STAGES = ("personal", "poc")  # these settle the target at once (scoring.md, T0)


def open_form(walk: Walk, step: Step) -> None:
    """Open the form of one step, prefilled with what is known now, else with last time's facts."""
    walk.then(Open(_form(walk, step)))


def _form(walk: Walk, step: Step) -> FactsForm:
    values = {**walk.state.last_facts, **walk.state.known_facts()}
    return FactsForm(walk.state.id, step, values, walk.turn)


def submitted(walk: Walk, event: Submitted) -> bool:
    """Take a sent form; False where it was refused. Opens the second step where a need for level 4 holds."""
    step: Step = 2 if event.argument == "2" else 1
    asked = (key for key, fact in walk.library.facts.items() if fact.step == step)
    errors, values = read_form(walk.library, asked, event)
    if errors:
        walk.then(Refuse(errors))
        return False
    _learn(walk, values)
    line = show_line(walk)
    if step == 1 and line.waiting:
        walk.then(Redraw(_form(walk, 2)))
    return True


def read_form(
    library: Library, keys: Iterable[str], event: Submitted
) -> tuple[dict[str, str], dict[str, FactValue | None]]:
    """Read the fields of these facts, where the form has them: errors by field, and values (None for a blank)."""
    errors: dict[str, str] = {}
    values: dict[str, FactValue | None] = {}
    for key in keys:
        if key not in event.values:
            continue
        try:
            values[key] = from_form(library, library.facts[key], event.values[key])
        except NotAValue:
            errors[key] = "Please give a whole number, such as 3, or leave it blank."
    return errors, values


def keep_facts(walk: Walk, values: Mapping[str, FactValue | None]) -> bool:
    """Keep what is new or changed; in a reassessment also what was confirmed. False where there is nothing."""
    before = walk.state.facts
    _learn(walk, values)
    return walk.state.facts != before


def _learn(walk: Walk, values: Mapping[str, FactValue | None]) -> None:
    known, person = dict(walk.state.facts), walk.event.person
    for key, value in values.items():
        before = known.get(key)
        if value is None and before is not None:
            del known[key]
        elif value is not None and (before is None or before.value != value or walk.state.since is not None):
            known[key] = GivenFact(value=value, person=person.id, name=person.name, at=walk.event.at)
        else:
            continue
        walk.then(Learn(key, value, person, walk.event.at))
    walk.become(facts=known)


def still_waiting(library: Library, state: State) -> int:
    """How many facts of the second step are worth asking now: none unless a need for level 4 holds."""
    facts = state.known_facts()
    if facts.get("stage") in SETTLED_STAGES:
        return 0
    if not judge(library, state.choices(), facts).target.needs:
        return 0
    return sum(fact.step == 2 and key not in facts for key, fact in library.facts.items())  # noqa: PLR2004


def facts_line(walk: Walk) -> FactsLine:
    """The facts in one line, as things stand."""
    state = walk.state
    names = [fact.name for fact in state.facts.values()]
    name = names[0] if len(set(names)) == 1 else walk.event.person.name
    return FactsLine(state.id, state.known_facts(), name, still_waiting(walk.library, state))


def show_line(walk: Walk) -> FactsLine:
    """Redraw the facts' message as their line."""
    line = facts_line(walk)
    walk.then(Edit("facts", line))
    return line


def ask_in_words(walk: Walk) -> bool:
    """Ask the next fact in words; False when none is left that can matter."""
    asked = {slot.removeprefix("fact:") for slot in walk.state.slots if slot.startswith("fact:")}
    key = next((key for key in _in_order(walk) if key not in asked), None)
    if key is None:
        walk.become(question=None)
        walk.then(Edit("facts", facts_line(walk)))
        return False
    slot = f"fact:{key}"
    walk.become(
        question=OpenQuestion(about="fact", id=key, slot=slot, turn=walk.turn),
        slots={**walk.state.slots, slot: slot},
        writers=(),
    )
    so_far = walk.state.known_facts().get(key, walk.state.last_facts.get(key))
    walk.then(Post(slot, FactQuestion(walk.state.id, key, len(asked) + 1, walk.turn, so_far)))
    return True


def _in_order(walk: Walk) -> list[str]:
    facts = walk.library.facts
    if walk.state.known_facts().get("stage") in SETTLED_STAGES:
        return []
    keys = sorted(facts, key=lambda key: (key != "stage", facts[key].step))
    return keys if still_waiting(walk.library, walk.state) else [key for key in keys if facts[key].step == 1]


def take_words(walk: Walk, text: str) -> bool:
    """Take a typed value for the fact on screen; False, with a word why, where it is none."""
    question = walk.state.question
    if question is None:
        return False
    try:
        value = from_words(walk.script, walk.library.facts[question.id], text)
    except NotAValue as problem:
        walk.then(Whisper(Problem(problem.kind, problem.details)))  # type: ignore[arg-type]  # kinds of Problem
        return False
    take_value(walk, value)
    return True


def take_value(walk: Walk, value: FactValue | None) -> None:
    """Keep the value of the fact on screen, None to skip it, and fold its message."""
    question = walk.state.question
    if question is None:
        return
    if value is not None:
        _learn(walk, {question.id: value})
    walk.then(Edit(question.slot, FactFolded(question.id, value, walk.event.person.name)))
    walk.become(question=None)


def leave_words(walk: Walk) -> None:
    """Stop asking facts one at a time, because the form came in between."""
    question = walk.state.question
    if question is not None and question.about == "fact":
        value = walk.state.known_facts().get(question.id)
        walk.then(Edit(question.slot, FactFolded(question.id, value, walk.event.person.name)))
        walk.become(question=None)
    else:
        leave(walk, "later")
