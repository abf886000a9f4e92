"""What must hold after every event, whatever came before it: of a turn, of a state, of a reminder."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from bot.blocks import Message
from bot.speak import Place, speak, speak_answer
from bot.views import draw
from bot.words import Words
from dialogs.effects import (
    Answer,
    Begin,
    Conclude,
    Dismiss,
    Edit,
    Effect,
    Join,
    Learn,
    Miss,
    Open,
    Post,
    Rate,
    Record,
    Redraw,
    Remind,
    SetPlan,
    SetTime,
    Tell,
    Turn,
    Upload,
    Whisper,
)
from dialogs.events import ChannelChanged, Event, OfPerson, Pressed, ReminderDue
from dialogs.judgement import judge
from dialogs.permissions import refusal
from dialogs.reminder import Reminder
from dialogs.state import State
from dialogs.surroundings import Surroundings
from knowledge.library import Library
from slack_limits import doubts_of_message, doubts_of_view

_LASTING = (Record, Learn, Conclude, Post, Edit, Begin, Remind, SetTime, Miss, Rate, Join, Tell, SetPlan, Upload)
_EXPLAINS = ("answer:", "why:", "told:")  # slots of answers to questions, which may be asked anywhere
_NEVER_CHANGES = (
    "id", "workspace", "channel_kind", "subject", "subject_key", "began", "mode", "content_version", "last_facts",
    "since",
)  # fmt: skip
_BY_CHANNEL, _BY_STARTER = ("channel", "channel_name"), ("starter", "starter_name", "zone")


def drawn(effect: Effect, words: Words, place: Place) -> Message | dict[str, Any] | None:
    """What an effect shows: it can be drawn, and Slack takes it. None where it shows nothing."""
    if isinstance(effect, Open | Redraw):
        view = draw(effect.view, words)
        assert doubts_of_view(view) == []
        return view
    if isinstance(effect, Answer):
        assert doubts_of_message(speak_answer(effect, words, place, private=False)) == []
        message = speak_answer(effect, words, place, private=True)
    elif isinstance(effect, Post | Edit | Whisper | Tell | Dismiss) and effect.screen is not None:
        message = speak(effect.screen, words, place)
    else:
        return None
    assert doubts_of_message(message) == []
    return message


def every(effects: tuple[Effect, ...]) -> Iterator[Effect]:
    """The effects, those of an assessment that begins included."""
    for effect in effects:
        yield effect
        if isinstance(effect, Begin):
            yield from every(effect.turn.effects)


def check_refused(event: Event, turn: Turn, around: Surroundings) -> None:
    """People who may not take part are told so, and change nothing but what is kept of themselves."""
    if isinstance(event, OfPerson) and refusal(event.person, around) is not None:
        assert turn.state is None
        assert [effect for effect in turn.effects if isinstance(effect, _LASTING)] == []


def check_step(before: State, turn: Turn, event: Event) -> None:
    """One step: what never changes stays, and answers and facts are those that are recorded."""
    after = turn.state or before
    assert after.turn == before.turn + (turn.state is not None)
    moved = isinstance(event, ChannelChanged)
    led = isinstance(event, Pressed) and event.action == "take-over"
    kept = (*_NEVER_CHANGES, *(() if moved else _BY_CHANNEL), *(() if led else _BY_STARTER))
    assert [name for name in kept if getattr(before, name) != getattr(after, name)] == []
    records = {effect.practice: effect for effect in turn.effects if isinstance(effect, Record)}
    if isinstance(event, Pressed) and event.action == "withdraw":
        assert all((each.choice, each.note) == ("unknown", "withdrawn") for each in records.values())
        assert after.choices() == {p: choice for p, choice in before.choices().items() if p not in records}
    else:
        assert after.choices() == {**before.choices(), **{p: record.choice for p, record in records.items()}}
        assert all(after.answers[p].note == record.note for p, record in records.items())
    learned = {effect.fact: effect.value for effect in turn.effects if isinstance(effect, Learn)}
    facts = {key: value for key, value in {**before.known_facts(), **learned}.items() if value is not None}
    assert after.known_facts() == facts
    _check_end(before, after, turn, event)


def _check_end(before: State, after: State, turn: Turn, event: Event) -> None:
    """What is finished or discarded stays as it is, until it is reopened or brought back."""
    posts = [effect.slot for effect in turn.effects if isinstance(effect, Post)]
    if before.phase == "finished" and after.phase != "finished":
        assert (after.phase, after.answers) == ("asking", before.answers), "only reopening leads on from the end"
        assert f"reopened:{after.turn}" in posts
    if before.phase == "finished":
        assert after.answers == before.answers
    if before.phase == "discarded" and not (isinstance(event, Pressed) and event.action == "undo-discard"):
        assert (after.phase, after.answers, after.facts) == ("discarded", before.answers, before.facts)
        assert [slot for slot in posts if not slot.startswith(_EXPLAINS)] == []
    if after.phase == "finished" and before.phase != "finished":
        assert after.reports == before.reports + 1
        assert len([effect for effect in turn.effects if isinstance(effect, Conclude)]) == 1
    else:
        assert after.reports == before.reports


def check_state(library: Library, state: State) -> None:
    """A state by itself: it can be kept, and nothing in it contradicts the rest."""
    assert State.model_validate_json(state.model_dump_json()) == state
    question, answers = state.question, state.answers
    assert sorted(state.numbers.values()) == list(range(1, len(state.numbers) + 1))
    assert all(practice in library.practices for practice in (*answers, *state.numbers, *state.skipped))
    assert [p for p, given in answers.items() if given.choice == "na" and library.practices[p].na_when is None] == []
    assert len(set(state.order)) == len(state.order)
    assert set(state.order) <= set(answers)
    assert not set(state.skipped) & set(answers)
    assert set(state.recheck) <= set(answers)
    assert state.since is not None or set(answers) == set(state.order)
    assert state.phase != "paused" or state.rested_in in ("facts", "asking", "offer")
    assert len(set(state.writers)) == len(state.writers)
    phase = state.rested_in if state.phase in ("paused", "discarded") else state.phase
    if question is not None:
        assert phase == ("facts" if question.about == "fact" else "asking"), "a question is open where it is asked"
        assert question.id in (library.facts if question.about == "fact" else state.numbers)
    elif state.phase == "asking":
        assert state.reports, "only a reopened assessment has nothing to ask"
    assert not state.nudged or state.nudge is not None
    check_levels(library, state)


def check_levels(library: Library, state: State) -> None:
    """No level is above what open questions could still make of it; a settled one is both."""
    found = judge(library, state.choices(), state.known_facts()).score
    floor, ceiling = found.floor, found.ceiling
    assert 0 <= floor.overall <= ceiling.overall <= 4
    assert 0 <= floor.google <= ceiling.google <= 2
    assert all(0 <= level <= ceiling.dimensions[key] <= 4 for key, level in floor.dimensions.items())
    assert floor.overall == min(floor.dimensions.values())


def check_reminder(reminder: Reminder, event: Event) -> None:
    """A reminder by itself: it can be kept, rests or is due, and what has come due is not due any more."""
    assert Reminder.model_validate_json(reminder.model_dump_json()) == reminder
    assert (reminder.due is None) == (reminder.day is None) == (reminder.rests is not None)
    if isinstance(event, ReminderDue):
        assert reminder.due is None or reminder.due > event.at


def check_one_running(states: list[State]) -> None:
    """A subject has one running assessment at the most."""
    running = sorted((state.channel, state.subject_key) for state in states if state.running)
    assert [one for one, other in pairwise(running) if one == other] == []
