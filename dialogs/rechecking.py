"""Asking again only what may have changed: last time's answers hold until somebody says otherwise."""

import datetime as dt

from dialogs.aging import worth_asking
from dialogs.asking import ask_next, give
from dialogs.carried import carried_over
from dialogs.course import parent, proceed
from dialogs.effects import Learn, Post, Whisper
from dialogs.evidence import grounds_of
from dialogs.fact_finding import show_line
from dialogs.folding import folded_form
from dialogs.judgement import judge
from dialogs.reminder_screens import Recheck
from dialogs.screens import Problem
from dialogs.state import GivenFact, State
from dialogs.walk import Walk
from knowledge.library import Library

_LINES = 40  # of one message of confirmed answers; Slack takes 50 blocks


def taken_over(library: Library, fresh: State, last: State, today: dt.date) -> State:
    """Let a new assessment begin with the answers and facts of the last one; questions that are gone are left out."""
    answers = {practice.id: last.answers[practice.id] for practice in library.asked() if practice.id in last.answers}
    facts = {key: fact for key, fact in last.facts.items() if key in library.facts}
    old = last.model_copy(update={"answers": answers, "facts": facts})
    judgement = judge(library, old.choices(), old.known_facts())
    return fresh.model_copy(
        update={
            "answers": answers,
            "carried": carried_over(last, answers),
            "facts": facts,
            "mode": last.mode,
            "phase": "asking",
            "beyond_overall": last.beyond_overall,
            "since": last.assessed_at.date(),
            "recheck": worth_asking(library, old, judgement, today),
            "facts_later": True,
        }
    )


def begin_again(walk: Walk) -> None:
    """Post the parent message, what may have changed, and the first question about it."""
    state = walk.state
    walk.then(Post("parent", parent(walk), "channel"))
    if state.recheck and state.since is not None:
        walk.become(slots={"recheck": "recheck"})
        screen = Recheck(state.id, state.since, state.recheck, len(state.answers) - len(state.recheck))
        walk.then(Post("recheck", screen))
    ask_next(walk)


def still_true(walk: Walk, practice: str) -> bool:
    """Confirm last time's answer to the open question; False, with a word why, where there is none."""
    given, question = walk.state.answers.get(practice), walk.state.question
    if given is None or question is None or question.id != practice:
        walk.then(Whisper(Problem("no-last-answer", {})))
        return False
    give(walk, practice, given.choice, given.note, grounds=grounds_of(given))
    proceed(walk)
    return True


def all_still_true(walk: Walk) -> None:
    """Confirm everything that is left to recheck: the open question in its place, the others in a list."""
    state, question = walk.state, walk.state.question
    if not state.recheck:
        walk.then(Whisper(Problem("no-last-answer", {})))
        return
    current = question.id if question is not None else None
    if current in state.recheck:
        _confirm(walk, current)
    left = walk.state.recheck
    for start in range(0, len(left), _LINES):
        practices, slot = left[start : start + _LINES], f"form:{walk.turn}.{start}:recheck"
        numbers = {practice: len(walk.state.numbers) + place for place, practice in enumerate(practices, 1)}
        walk.become(numbers={**numbers, **walk.state.numbers})
        for practice in practices:
            _confirm(walk, practice)
        walk.become(slots={**walk.state.slots, **dict.fromkeys(practices, slot)})
        walk.then(Post(slot, folded_form(walk.state, slot)))
    proceed(walk)


def _confirm(walk: Walk, practice: str) -> None:
    given = walk.state.answers[practice]
    give(walk, practice, given.choice, given.note, grounds=grounds_of(given))


def facts_still_true(walk: Walk) -> None:
    """Confirm last time's facts, all of them, with today's date."""
    person, at = walk.event.person, walk.event.at
    known = {
        key: GivenFact(value=fact.value, person=person.id, name=person.name, at=at)
        for key, fact in walk.state.facts.items()
    }
    walk.become(facts=known)
    walk.then(*(Learn(key, fact.value, person, at) for key, fact in known.items()))
    show_line(walk)
    proceed(walk)
