"""How words are read: quotes, lists, code, emoji, several answers at once; and what is kept beside an answer."""

import pytest

from dialogs.effects import Edit, Record, Whisper
from dialogs.engine import step
from dialogs.events import Event, Pressed
from dialogs.screens import Noted, NoteKept, Problem
from dialogs.several_answers import TypedSeveral, read_several
from dialogs.state import State
from dialogs.typed import COUNTS, TypedAnswer, TypedWord, read_typed
from test_thread_rules import ANA, BASE, BEN, SCRIPT, begun, click, said

# Words --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["> yes", "`yes`", "```yes```", "- yes", "\u2022 yes", "*yes*", "_yes_", "~yes~", '"yes"', "yes >"],
)
def test_quotes_lists_and_code_are_read_for_the_answer_in_them(text: str) -> None:
    typed = read_typed(SCRIPT, text)

    assert isinstance(typed, TypedAnswer)
    assert (typed.choice, typed.note) == ("yes", None)


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("\U0001f44d", "yes"),
        (":+1::skin-tone-3:", "yes"),
        (":thumbsup:", "yes"),
        ("\u2705", "yes"),
        (":white_check_mark:", "yes"),
        ("\u2714\ufe0f", "yes"),
        ("\U0001f44e\U0001f3fd", "no"),
        (":x:", "no"),
        ("\U0001f937\U0001f3fb\u200d\u2640\ufe0f", "unknown"),
        (":woman-shrugging::skin-tone-2:", "unknown"),
    ],
)
def test_an_emoji_that_can_mean_one_thing_only_is_an_answer_that_is_said_back(text: str, choice: str) -> None:
    typed = read_typed(SCRIPT, text)

    assert isinstance(typed, TypedAnswer)
    assert (typed.choice, typed.literal) == (choice, False)


@pytest.mark.parametrize(
    "text", ["\U0001f440", ":tada:", "\U0001f44d \U0001f44e", "https://ml.example/runs", "\U0001f600"]
)
def test_other_emoji_and_bare_links_are_no_answers(text: str) -> None:
    assert read_typed(SCRIPT, text) is None


@pytest.mark.parametrize("text", ["what counts as automated?", "What do you mean by job?", "what counts as yes"])
def test_a_question_about_the_question_asks_what_counts(text: str) -> None:
    typed = read_typed(SCRIPT, text)

    assert isinstance(typed, TypedWord)
    assert (typed.word, typed.rest in ("", COUNTS)) == ("why", True)


# Several at once ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("1 yes 2 no 3 partly", {1: "yes", 2: "no", 3: "partly"}),
        ("1. yes 2. no", {1: "yes", 2: "no"}),
        ("1) yes, 2) n/a", {1: "yes", 2: "na"}),
        ("#4: no; #12: don't know", {4: "no", 12: "unknown"}),
        ("Q1 yes but only fraud Q2 nope", {1: "partly", 2: "no"}),
        ("7 yes", {7: "yes"}),
    ],
)
def test_answers_are_read_by_their_numbers(text: str, choices: dict[int, str]) -> None:
    several = read_several(SCRIPT, text)

    assert isinstance(several, TypedSeveral)
    assert {number: answer.choice for number, answer in several.answers} == choices


@pytest.mark.parametrize(
    "text", ["1 yes 2 lunch", "1 yes 1 no", "about 3 models, 2 of them live", "3 of them", "yes 2", "1"]
)
def test_numbers_in_talk_are_no_answers(text: str) -> None:
    assert read_several(SCRIPT, text) is None


def test_a_number_and_an_answer_alone_count_for_the_open_question_only() -> None:
    state = after(begun(), click(begun(), "no"))

    assert recorded(state, said("2 yes")) == [("M2-P-2", "yes")]
    assert recorded(state, said("1 yes")) == []


def after(state: State, event: Event) -> State:
    return step(SCRIPT, state, event).state or state


def recorded(state: State, event: Event) -> list[tuple[str, str]]:
    return [(e.practice, e.choice) for e in step(SCRIPT, state, event).effects if isinstance(e, Record)]


# Notes --------------------------------------------------------------------------------------------------------------


def test_a_remark_kept_before_a_typed_answer_is_kept_with_it() -> None:
    state = after(begun(), said("the registry moves in March", mentioned=True))
    (record,) = [e for e in step(SCRIPT, state, said("yes, for fraud")).effects if isinstance(e, Record)]

    assert record.note == "the registry moves in March; for fraud"


def test_two_peoples_words_are_never_made_one_note() -> None:
    state = after(begun(), said("the registry moves in March", BEN, mentioned=True))
    notes = [
        [e.note for e in step(SCRIPT, state, said(text, ANA, mentioned=True)).effects if isinstance(e, Record)]
        for text in ("no", "no, never")
    ]

    assert notes == [["the registry moves in March"], ["never"]]


def test_a_remark_before_the_next_question_is_on_screen_belongs_to_the_answer_just_given() -> None:
    state = after(begun(), said("yes"))
    early = step(SCRIPT, state, said("since March at least", question_ts=None, mentioned=True))
    late = step(SCRIPT, state, said("since March at least", mentioned=True))

    assert [e.screen.given.note for e in early.effects if isinstance(getattr(e, "screen", None), Noted)] == [  # type: ignore[union-attr]  # the screen is a Noted
        "since March at least"
    ]
    assert [e.screen.practice for e in late.effects if isinstance(getattr(e, "screen", None), NoteKept)] == ["M2-P-2"]  # type: ignore[union-attr]  # likewise


def test_a_remark_after_an_answer_is_not_taken_for_anything_without_a_mention() -> None:
    state = after(begun(), said("yes"))
    turn = step(SCRIPT, state, said("since March at least"))

    assert not [e for e in turn.effects if isinstance(e, Record | Whisper)]


# Withdrawn, and taken from the channel ------------------------------------------------------------------------------


def test_a_state_without_the_new_fields_is_read_and_a_withdrawal_while_paused_waits() -> None:
    state = after(begun(), said("yes"))
    old = state.model_dump(exclude={"sources", "told_edits", "left_threads", "told_moved", "lost", "captions"})
    paused = after(state, said("pause"))
    withdraw = Pressed(key="c:7", person=ANA, action="withdraw", dialog=state.id, argument="20.000000 M2-P-1", **BASE)
    now = after(paused, withdraw)

    assert State.model_validate(old).answers == state.answers
    assert (now.phase, now.answers) == ("paused", {})


def test_an_answer_that_is_being_asked_again_is_withdrawn_without_folding_its_question() -> None:
    state = after(after(begun(), said("yes")), said("back"))
    withdraw = Pressed(key="c:7", person=ANA, action="withdraw", dialog=state.id, argument="20.000000 M2-P-1", **BASE)
    turn = step(SCRIPT, state, withdraw)

    assert turn.state is not None
    assert (turn.state.answers, turn.state.question) == ({}, state.question)
    assert not [e for e in turn.effects if isinstance(e, Edit)]


def test_an_answer_taken_from_the_channel_is_refused_where_it_cannot_be_given() -> None:
    state = begun()
    meant = Pressed(key="c:8", person=ANA, action="meant", dialog=state.id, argument="M2-P-1=na because", **BASE)
    turn = step(SCRIPT, state, meant)

    assert [type(e.screen) for e in turn.effects if isinstance(e, Whisper)] == [Problem]
