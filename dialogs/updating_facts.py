"""A changed fact told in words: what it would change, a form of two questions, and the update."""

import re

from dialogs.answers import FactValue
from dialogs.effects import Conclude, Edit, Effect, Open, Post, Refuse, Whisper
from dialogs.events import Pressed, Submitted
from dialogs.fact_finding import facts_line, keep_facts, read_form
from dialogs.fact_values import from_button
from dialogs.judgement import Judgement, judge
from dialogs.neighbours import other_values
from dialogs.reminder_screens import FactsUpdated, FactTold, UpdateForm
from dialogs.result import snapshot
from dialogs.screens import Done, Outdated, Screen
from dialogs.script import Script
from dialogs.state import State
from dialogs.surroundings import Surroundings
from dialogs.told_facts import ToldFact
from dialogs.walk import Walk
from knowledge.library import Library

_WORD = re.compile(r"[^\W_]+")


def told_screen(script: Script, around: Surroundings, text: str) -> Screen | None:
    """What a sentence changes for the team it is about; None where it tells no fact, or it is unclear of whom.

    With several subjects in a channel the sentence has to name one; without any there is nothing to update.
    """
    told = script.told.read(text)
    if told is None:
        told = next((found for each in _without_subject(around, text) if (found := script.told.read(each))), None)
    state = _meant(around, text)
    if told is None or state is None or told.fact not in script.library.facts:
        return None
    return _told(script.library, state, told)


def _told(library: Library, state: State, told: ToldFact) -> FactTold:
    facts = state.known_facts()
    before = judge(library, state.choices(), facts)
    after = judge(library, state.choices(), {**facts, told.fact: told.value})
    return FactTold(state, told.fact, state.facts.get(told.fact), told.value, before, after)


def _meant(around: Surroundings, text: str) -> State | None:
    newest = {state.subject_key: state for state in sorted(around.states, key=lambda state: state.began)}
    states = list(newest.values())
    if len(states) == 1:
        return states[0]
    said = f" {' '.join(_WORD.findall(text.casefold()))} "
    named = [each for each in states if f" {' '.join(_WORD.findall(each.subject.casefold()))} " in said]
    return named[0] if len(named) == 1 else None


def _without_subject(around: Surroundings, text: str) -> tuple[str, ...]:
    """The sentence without the subject in front or behind: "churn model: we now have 3 models"."""
    found = []
    for state in around.states:
        name = re.escape(state.subject)
        found.append(re.sub(rf"^(?:for |in |on )?(?:the )?{name}\s*[:,-]?\s*", "", text, flags=re.IGNORECASE))
        found.append(re.sub(rf"\s*,?\s*(?:for|in|on) (?:the )?{name}\s*$", "", text, flags=re.IGNORECASE))
    return tuple(found)


# The form ------------------------------------------------------------------------------------------------------------


def open_update(walk: Walk, event: Pressed) -> None:
    """Open the form of two questions: the fact that was told, and the one that decides with it."""
    key, _, given = event.argument.partition("=")
    fact = walk.library.facts.get(key)
    value = from_button(walk.library, fact, given) if fact is not None else None
    if value is None or walk.state.phase == "discarded":
        walk.then(Whisper(Outdated(walk.state)))
        return
    facts = {**walk.state.known_facts(), key: value}
    asked = (key, second_question(walk.library, walk.state, facts, key))
    values = {each: facts[each] for each in asked if each in facts}
    walk.then(Open(UpdateForm(walk.state.id, asked, values, walk.turn)))


def second_question(library: Library, state: State, facts: dict[str, FactValue], told: str) -> str:
    """The fact that matters most beside the told one: a missing one, else the first that could move the target."""
    now = judge(library, state.choices(), facts).target
    others = [key for key, fact in library.facts.items() if key != told and fact.kind != "tools" and fact.step == 1]
    if missing := next((key for key in now.missing if key in others), None):
        return missing
    for key in others:
        for value in other_values(library, facts, key):
            if judge(library, state.choices(), {**facts, key: value}).target.level != now.level:
                return key
    return others[0]


def take_update(walk: Walk, event: Submitted) -> None:
    """Keep what the form says; a finished assessment's result of then stays, a new one stands beside it."""
    errors, given = read_form(walk.library, walk.library.facts, event)
    if errors:
        walk.then(Refuse(errors))
        return
    before = judge(walk.library, walk.state.choices(), walk.state.known_facts())
    values = {key: value for key, value in given.items() if value is not None}
    if walk.state.phase == "discarded" or not keep_facts(walk, values):
        walk.then(Whisper(Done("kept")))
        return
    state = walk.state
    after = judge(walk.library, state.choices(), state.known_facts())
    if state.phase == "finished":
        walk.then(Conclude(snapshot(walk.library, state, after), event.at))
    else:
        walk.then(Edit("facts", facts_line(walk)))
    walk.then(*_tell(walk, {key: values[key] for key in values}, before, after))


def _tell(walk: Walk, facts: dict[str, FactValue], before: Judgement, after: Judgement) -> tuple[Effect, ...]:
    """In the assessment's thread; a new target is shown in the channel as well."""
    screen = FactsUpdated(walk.state.subject, facts, walk.event.person.name, before, after)
    moved = before.target.level != after.target.level
    return (Post(f"updated:{walk.turn}", screen, "broadcast" if moved else "thread"),)
