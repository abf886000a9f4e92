"""Which question comes next: full asks all, quick only what can still change something, and both find the same."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers import Answers, Choice, Facts, FactValue
from dialogs.choosing import Section, about_left, next_practice, open_in_section, section_of
from dialogs.scoring import score
from sample_library import NOT_APPLICABLE, TWINS
from teams import ASKED, LIBRARY, answers, everything, facts, full_facts, up_to

RISKS = ("X-monitoring", "X-rollback", "X-owner", "X-personal-data", "M2-C-8")
NO_NEED = full_facts()


def ask(
    given_answers: Answers,
    known: Facts = NO_NEED,
    *,
    beyond: bool = False,
    skipped: tuple[str, ...] = (),
    mode: Literal["quick", "full"] = "quick",
) -> str | None:
    return next_practice(LIBRARY, given_answers, known, mode=mode, beyond_overall=beyond, skipped=skipped)


def left(given_answers: Answers, known: Facts = NO_NEED, *, beyond: bool = False) -> int:
    return about_left(LIBRARY, given_answers, known, mode="quick", beyond_overall=beyond)


def walked(
    team: Answers, known: Facts, *, beyond: bool, begun: Answers | None = None, skipped: tuple[str, ...] = ()
) -> dict[str, Choice]:
    """What quick has asked when it is done, answered as the team would."""
    found = dict(begun or {})
    while (name := ask(found, known, beyond=beyond, skipped=skipped)) is not None:
        assert name not in found
        found[name] = team[name]
    return found


# --- full ----------------------------------------------------------------------------------------------------------


def test_full_asks_all_66_practices_once_section_by_section() -> None:
    found: dict[str, Choice] = {}
    while (name := ask(found, {}, mode="full")) is not None:
        found[name] = "no"
    assert len(found) == 66
    assert not set(found) & set(TWINS)
    sections = list(dict.fromkeys(section_of(LIBRARY.practices[name]).key for name in found))
    assert sections == [
        "people-2",
        "people-3",
        "people-4",
        "model-creation-1",
        "model-creation-2",
        "model-creation-4",
        "model-release-1",
        "model-release-2",
        "model-release-3",
        "model-release-4",
        "application-integration-1",
        "application-integration-3",
        "application-integration-4",
        "google-1",
        "google-2",
        "risks",
    ]


def test_full_does_not_ask_what_was_skipped_or_answered_under_the_other_id() -> None:
    given_answers: dict[str, Choice] = {name: "no" for name in ASKED if name not in ("M2-C-1", "M3-R-1", "X-owner")}
    assert ask(given_answers | {"G1-1": "yes"}, mode="full") == "M3-R-1"
    assert ask(given_answers | {"G1-1": "yes"}, mode="full", skipped=("M3-R-1",)) == "X-owner"


def test_full_counts_exactly_what_is_left() -> None:
    def count(given_answers: Answers, skipped: tuple[str, ...] = ()) -> int:
        return about_left(LIBRARY, given_answers, {}, mode="full", beyond_overall=False, skipped=skipped)

    assert count({}) == 66
    assert count({"M1-C-1": "no", "G1-1": "yes"}) == 64
    assert count({"M1-C-1": "no"}, skipped=("X-owner", "M1-C-2")) == 63
    assert count(everything("no")) == 0


# --- quick, the overall level --------------------------------------------------------------------------------------


def test_quick_begins_with_the_gates_of_level_1() -> None:
    asked = list(walked(everything("yes"), NO_NEED, beyond=False))
    assert asked[:4] == ["M1-C-2", "M1-A-1", "M1-A-2", "M1-A-3"]


def test_one_missing_gate_of_level_1_settles_the_overall_level() -> None:
    assert ask({"M1-A-2": "partly"}) is None


@pytest.mark.parametrize(("level", "questions"), [(0, 1), (1, 8), (2, 21), (3, 31), (4, 40)])
def test_quick_climbs_no_further_than_the_team_does(level: int, questions: int) -> None:
    found = walked(up_to(level), NO_NEED, beyond=False)
    assert len(found) == questions
    assert score(LIBRARY, found).floor.overall == score(LIBRARY, found).ceiling.overall == level


def test_a_gate_nobody_knows_lets_quick_go_on_for_the_ceiling() -> None:
    team = everything("no", M1_C_2="unknown", M1_A_1="yes", M1_A_2="yes", M1_A_3="yes", M1_A_4="yes")
    asked = list(walked(team, NO_NEED, beyond=False))
    assert asked[:5] == ["M1-C-2", "M1-A-1", "M1-A-2", "M1-A-3", "M1-C-1"]
    assert asked[-1] == "M1-C-1"  # the no fails the cell in the ceiling too: one point short, whatever the gate


# --- quick, the rest -----------------------------------------------------------------------------------------------


def test_the_rest_of_quick_always_asks_the_risks() -> None:
    for level in range(5):
        assert set(RISKS) <= set(walked(up_to(level), NO_NEED, beyond=True))


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        (full_facts(), False),
        (full_facts(adaptive=True), True),
        (full_facts(staleness="costly"), True),
        (full_facts(use_cases=20), True),
        (full_facts(use_cases=19), True),  # one use case more and the need holds
        (full_facts(use_cases=18), False),
        ({}, True),  # open
        ({"staleness": "none", "adaptive": False}, True),  # use cases not known
        ({"stage": "poc"}, False),  # nothing asked can move a target that is exactly 0
        (full_facts(stage="poc", use_cases=19), False),
        (full_facts(stage="poc", adaptive=True), True),
    ],
)
def test_readiness_is_asked_where_a_need_for_level_4_holds_or_is_near(known: Facts, asked: bool) -> None:  # noqa: FBT001 - a table
    found = walked(everything("no"), known, beyond=True)
    assert {"G1-8", "G1-9"} <= set(found) if asked else "G1-8" not in found and "G1-9" not in found


def test_a_skipped_question_does_not_come_again_and_counts_as_not_known() -> None:
    team = everything("no", M2_P_1="yes")
    assert ask({}) == "M1-C-2"
    assert ask({}, skipped=("M1-C-2",)) == "M1-A-1"
    for beyond in (False, True):
        asked = walked(team, NO_NEED, beyond=beyond, skipped=("M1-C-2", "X-owner", "M1-A-1"))
        assert not {"M1-C-2", "X-owner", "M1-A-1"} & set(asked)


def test_the_estimate_is_zero_exactly_when_nothing_is_left() -> None:
    assert left({"M1-C-2": "no"}) == 0
    assert left({"M1-C-2": "no"}, beyond=True) > 4
    assert left({}) in range(12, 26)
    assert left({}, beyond=True) in range(25, 45)


@given(given_answers=answers(), known=facts(), beyond=st.booleans())
def test_the_estimate_is_never_zero_while_a_question_is_to_come(
    given_answers: dict[str, Choice], known: dict[str, FactValue], *, beyond: bool
) -> None:
    following = ask(given_answers, known, beyond=beyond)
    assert (left(given_answers, known, beyond=beyond) == 0) == (following is None)
    assert left(given_answers, known, beyond=beyond) <= 66 - len(given_answers) or following is None


# --- sections, twins -----------------------------------------------------------------------------------------------


def test_a_section_is_one_dimension_at_one_level_or_googles_level_or_the_risks() -> None:
    practices = LIBRARY.practices
    assert section_of(practices["M2-C-4"]) == Section("model-creation-2", "model-creation", 2)
    assert section_of(practices["G1-7"]) == Section("google-1", "google", 1)
    assert section_of(practices["X-owner"]) == Section("risks", "risks", None)


def test_a_form_shows_what_is_open_in_its_section() -> None:
    section = section_of(LIBRARY.practices["M2-R-1"])
    assert open_in_section(LIBRARY, {}, section) == ("M2-R-1", "M2-R-2")
    assert open_in_section(LIBRARY, {"M2-R-1": "unknown"}, section) == ("M2-R-2",)
    google = section_of(LIBRARY.practices["G1-7"])
    assert "G1-1" not in open_in_section(LIBRARY, {}, google)
    assert len(open_in_section(LIBRARY, {}, google)) == 9


def test_asking_a_shared_practice_settles_it_for_both_models() -> None:
    team = everything("yes")
    team = {name: choice for name, choice in team.items() if name not in TWINS}
    found = walked(team, NO_NEED, beyond=True)
    assert "M3-R-1" in found
    assert score(LIBRARY, found).floor.google == 2
    assert not set(found) & set(TWINS)


def test_not_applicable_is_offered_to_simulations_only_where_the_sheet_allows_it() -> None:
    assert {name for name, practice in LIBRARY.practices.items() if practice.na_when} == set(NOT_APPLICABLE)
