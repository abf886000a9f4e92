"""Who may answer, and when a typed word counts: the rules of a thread with several people, on the pure engine."""

import datetime as dt
from typing import Any

import pytest

from dialogs.answer_screens import Refused
from dialogs.answers import Choice
from dialogs.effects import Answer, Begin, Effect, Miss, Post, Record, Whisper
from dialogs.engine import command, step
from dialogs.events import Chosen, Commanded, Deleted, Person, Pressed, Said, Submitted, Undeliverable
from dialogs.screens import AlreadyAnswered, Ended, NotUnderstood, Outdated, Outsider, Problem, SameAnswer
from dialogs.script import load_script
from dialogs.state import State, subject_key
from dialogs.surroundings import Surroundings
from knowledge.found import Found
from knowledge.library import load_library

SCRIPT = load_script(load_library())
AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
ANA, BEN, EVE = Person("U1", "Ana"), Person("U2", "Ben"), Person("U9", "Eve", outsider=True)
BASE: dict[str, Any] = {"workspace": "T1", "channel": "C1", "at": AT}


def begun(mode: str = "full") -> State:
    order = Commanded(key="s:1", person=ANA, text=f"start {mode} fraud", by="slash", channel_name="fraud", **BASE)
    turn = next(e.turn for e in command(SCRIPT, Surroundings(), order).effects if isinstance(e, Begin))
    assert turn.state is not None
    skip = Pressed(key="c:1", person=ANA, action="facts-skip", dialog=turn.state.id, **BASE)
    asked = step(SCRIPT, turn.state, skip).state
    assert asked is not None
    return asked


def said(text: str, person: Person = ANA, question_ts: str | None = "10.000000", *, mentioned: bool = False) -> Said:
    return Said(
        **BASE,
        key=f"m:{text}",
        person=person,
        text=text,
        ts="20.000000",
        thread="1.0",
        question_ts=question_ts,
        mentioned=mentioned,
    )


def click(state: State, choice: Choice, person: Person = ANA) -> Chosen:
    assert state.question is not None
    return Chosen(
        key=f"c:{choice}",
        person=person,
        dialog=state.id,
        practice=state.question.id,
        choice=choice,
        turn=state.turn,
        **BASE,
    )


@pytest.mark.parametrize("question_ts", [None, "20.000000", "20.000100", "21.000000"])
def test_a_word_typed_before_the_question_was_on_screen_does_not_count(question_ts: str | None) -> None:
    turn = step(SCRIPT, begun(), said("yes", question_ts=question_ts))

    assert [e.screen for e in turn.effects if isinstance(e, Whisper)] == [Problem("too-early", {})]
    assert not [e for e in turn.effects if isinstance(e, Record)]


def test_a_second_writer_makes_bare_words_count_no_more_and_is_told_once() -> None:
    state = begun()
    effects: list[Effect] = []
    for text, person in (("let me look", BEN), ("yes", ANA), ("no", BEN), ("partly", ANA)):
        turn = step(SCRIPT, state, said(text, person))
        state = turn.state or state
        effects += turn.effects

    assert [e.slot for e in effects if isinstance(e, Post)] == ["crowd"]
    assert not [e for e in effects if isinstance(e, Record)]


def test_with_a_mention_an_answer_counts_however_many_write() -> None:
    state = step(SCRIPT, begun(), said("let me look", BEN)).state
    assert state is not None
    turn = step(SCRIPT, state, said("partly", ANA, mentioned=True))

    assert [(e.practice, e.choice) for e in turn.effects if isinstance(e, Record)] == [("M2-P-1", "partly")]


def test_the_next_question_begins_with_nobody_having_written() -> None:
    state = step(SCRIPT, begun(), said("let me look", BEN)).state
    assert state is not None
    state = step(SCRIPT, state, click(state, "yes")).state
    assert state is not None
    turn = step(SCRIPT, state, said("no", BEN))

    assert [e.choice for e in turn.effects if isinstance(e, Record)] == ["no"]


def test_people_of_other_workspaces_are_refused_privately_whatever_they_do() -> None:
    state = begun()
    press = Pressed(key="c:9", person=EVE, action="finish", dialog=state.id, **BASE)
    form = Submitted(
        key="v:9", person=EVE, form="edit", dialog=state.id, argument="M2-P-1", turn=1, values={"choice": "no"}, **BASE
    )

    for event in (click(state, "yes", EVE), press, form, said("yes", EVE, mentioned=True)):
        turn = step(SCRIPT, state, event)
        assert turn.state is None
        assert turn.effects == (Whisper(Outsider()),)
    assert step(SCRIPT, state, said("yes", EVE)).effects == ()


def test_the_first_click_counts_and_the_second_person_is_told() -> None:
    before = begun()
    after = step(SCRIPT, before, click(before, "yes", ANA)).state
    assert after is not None
    same, other = click(before, "yes", BEN), click(before, "no", BEN)
    given = after.answers["M2-P-1"]

    assert step(SCRIPT, after, same).effects == (Whisper(SameAnswer("M2-P-1", given)),)
    assert step(SCRIPT, after, other).effects == (Whisper(AlreadyAnswered(after.id, "M2-P-1", given, "no")),)


@pytest.mark.parametrize("action", ["no-such-button", "show-result", "go-on"])
def test_a_button_that_means_nothing_now_is_answered_privately(action: str) -> None:
    state = begun()
    turn = step(SCRIPT, state, Pressed(key="c:2", person=BEN, action=action, dialog=state.id, **BASE))

    assert [type(e.screen) for e in turn.effects if isinstance(e, Whisper)] == [Outdated]


def test_when_slack_refuses_the_parent_nothing_is_left_running() -> None:
    state = begun()
    lost = Undeliverable(
        key="u:1", person=Person("", ""), dialog=state.id, slot="parent", error="not_in_channel", **BASE
    )
    turn = step(SCRIPT, state, lost)

    assert turn.state is not None
    assert turn.state.phase == "discarded"


def test_when_slack_refuses_the_new_parent_of_one_that_was_deleted_no_answer_is_thrown_away() -> None:
    state = begun()
    state = (step(SCRIPT, state, click(state, "yes")).state or state).model_copy(update={"thread": "1.0"})
    moved = step(
        SCRIPT, state, Deleted(key="d:1", person=Person("", ""), ts="1.0", thread="1.0", slot="parent", **BASE)
    ).state
    assert moved is not None
    lost = Undeliverable(
        key="u:1", person=Person("", ""), dialog=state.id, slot="parent", error="not_in_channel", **BASE
    )
    turn = step(SCRIPT, moved, lost)

    assert turn.state is not None
    assert (turn.state.phase, turn.state.answers) == ("paused", state.answers)


def test_subjects_are_the_same_without_case_spaces_and_dashes() -> None:
    assert subject_key("Fraud Model") == subject_key("fraud-model") == subject_key("FRAUD_MODEL") == "fraudmodel"


def test_after_the_end_a_click_on_edit_says_privately_how_to_reopen() -> None:
    state = begun()
    state = step(SCRIPT, state, click(state, "yes")).state or state
    done = step(SCRIPT, state, Pressed(key="c:5", person=ANA, action="finish", dialog=state.id, **BASE)).state
    assert done is not None

    edit = Pressed(key="c:6", person=BEN, action="edit", dialog=done.id, argument="M2-P-1", **BASE)

    assert step(SCRIPT, done, edit).effects == (Whisper(Ended(done)),)
    assert step(SCRIPT, done, click(state, "no", BEN)).effects == (Whisper(Ended(done)),)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("strat fraud", "start fraud"),
        ("stauts", "status"),
        ("statsu", "status"),
        ("levle 2", "level 2"),
        ("hlep me", "help"),
        ("begin fraud", "start fraud"),
    ],
)
def test_a_near_miss_of_a_command_is_offered(typed: str, meant: str) -> None:
    order = Commanded(key="s:2", person=ANA, text=typed, by="slash", channel_name="fraud", **BASE)
    (answer,) = command(SCRIPT, Surroundings(), order).effects

    assert isinstance(answer, Answer)
    assert answer.screen == NotUnderstood(typed, meant)


def test_what_is_near_no_command_is_a_question() -> None:
    found = Found(None, near=("bot/help",))
    order = Commanded(key="s:2", person=ANA, text="lunch", by="slash", channel_name="fraud", found=found, **BASE)

    assert command(SCRIPT, Surroundings(), order).effects == (
        Miss("lunch"),
        Answer(Refused(("bot/help",), noted=True), share=None),
    )
