"""Asking again only what may have changed: old answers hold until somebody says otherwise, and shelf lives count."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.words import Words
from dialogs.aging import aged, worth_asking
from dialogs.answers import Choice
from dialogs.judgement import judge
from dialogs.script import load_script
from dialogs.sections import full_order
from dialogs.state import Given, State
from engine_player import EnginePlayer
from knowledge.calendars import months_later
from knowledge.library import load_library
from screens import state_of

LIBRARY = load_library()
SCRIPT, WORDS = load_script(LIBRARY), Words(LIBRARY)
THEN = dt.datetime(2026, 11, 3, 12, 0, tzinfo=dt.UTC)
CHOICES: tuple[Choice, ...] = ("yes", "partly", "no", "unknown")


def finished(answers: dict[str, Choice]) -> State:
    """An assessment finished on 3 November 2026 by Ana."""
    return state_of(answers, {"stage": "production", "use_cases": 3}, id="old").model_copy(
        update={"phase": "finished", "subject": "fraud-detection", "subject_key": "frauddetection"}
    )


def player_with(state: State, days: int) -> EnginePlayer:
    player = EnginePlayer(SCRIPT, WORDS)
    player.states[state.id] = state
    player.clock = THEN + dt.timedelta(days=days)
    return player


@pytest.mark.parametrize("months", [3, 6, 12])
def test_an_answer_ages_on_the_day_its_shelf_life_passes(months: int) -> None:
    practice = next(each for each in LIBRARY.asked() if each.keeps_months == months)
    state = finished({practice.id: "yes"})
    day = months_later(THEN.date(), months)

    assert aged(LIBRARY, state, day - dt.timedelta(days=1)).practices == ()
    assert aged(LIBRARY, state, day).practices == (practice.id,)


def test_what_blocks_the_target_is_asked_again_although_it_is_fresh() -> None:
    answers: dict[str, Choice] = {practice: "yes" for practice in full_order(LIBRARY) if practice.startswith("M1")}
    state = finished({**answers, "M2-C-1": "no"})
    judgement = judge(LIBRARY, state.choices(), state.known_facts())

    assert worth_asking(LIBRARY, state, judgement, THEN.date()) == ("M2-C-1",)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(CHOICES), min_size=66, max_size=66), st.integers(min_value=0, max_value=800))
async def test_saying_that_all_is_still_true_keeps_level_and_target(choices: list[Choice], days: int) -> None:
    old = finished(dict(zip(full_order(LIBRARY), choices, strict=True)))
    player = player_with(old, days)

    await player.commands("Ben", "/maturity start again")
    if player.assessment().recheck:
        await player.clicks("Ben", "All still true")
    await player.clicks("Ben", "Still true", within="Are these facts")
    for _ in range(3):
        if player.assessment().phase == "offer":
            await player.clicks("Ben", "Show the result")

    new = player.assessment()
    assert new.choices() == old.choices()
    assert new.known_facts() == old.known_facts()
    assert (new.phase, new.recheck) == ("finished", ())


@settings(max_examples=15, deadline=None)
@given(st.sets(st.sampled_from(full_order(LIBRARY)), min_size=1), st.integers(min_value=0, max_value=800))
async def test_only_what_was_confirmed_is_new(practices: set[str], days: int) -> None:
    old = finished(dict.fromkeys(sorted(practices), "partly"))
    player = player_with(old, days)
    await player.commands("Ben", "/maturity start again")
    asked = player.assessment().recheck

    if asked:
        await player.clicks("Ben", "All still true")

    answers = player.assessment().answers
    assert {practice for practice, given in answers.items() if given.name == "Ben"} == set(asked)
    assert {practice for practice, _ in player.records} == set(asked)


def test_a_question_that_is_gone_is_left_out_and_breaks_nothing() -> None:
    old = finished({"M1-C-2": "yes"})
    gone = Given(choice="yes", person="U1", name="Ana", at=THEN)
    old = old.model_copy(update={"answers": {**old.answers, "M9-Z-9": gone}})

    assert aged(LIBRARY, old, dt.date(2030, 1, 1)).practices == ("M1-C-2",)
