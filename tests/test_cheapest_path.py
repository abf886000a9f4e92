"""The cheapest path: it reaches the target, nothing in it can be spared, and no other choice costs less."""

from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers import Answers, Choice, answer_of
from dialogs.cheapest_path import cheapest_path, work_left
from dialogs.scoring import score
from knowledge.content import DIMENSIONS, Practice
from knowledge.library import Library, load_library
from teams import EVERY, answers, everything, up_to

LIBRARY: Library = load_library()
DAYS = {"days": 2, "weeks": 10, "months": 50}
TEAMS = answers(EVERY)  # with own answers for shared practices now and then
TARGETS = st.integers(0, 4)


def path(given_answers: Answers, target: int) -> tuple[str, ...]:
    return cheapest_path(LIBRARY, given_answers, target)


def followed(given_answers: Answers, names: Iterable[str]) -> dict[str, Choice]:
    return {**given_answers, **dict.fromkeys(names, "yes")}


def levels(given_answers: Answers) -> list[int]:
    return list(score(LIBRARY, given_answers).floor.dimensions.values())


@given(TEAMS, TARGETS)
def test_following_the_path_brings_every_dimension_to_the_target(team: dict[str, Choice], target: int) -> None:
    assert min(levels(followed(team, path(team, target)))) >= target


@given(TEAMS, TARGETS)
def test_leaving_any_one_practice_out_fails_the_target(team: dict[str, Choice], target: int) -> None:
    found = path(team, target)
    for spared in found:
        assert min(levels(followed(team, set(found) - {spared}))) < target


@given(TEAMS, TARGETS)
def test_the_path_holds_only_what_is_missing_up_to_the_target_in_the_order_of_the_sheet(
    team: dict[str, Choice], target: int
) -> None:
    found = path(team, target)
    assert list(found) == [name for name in EVERY if name in found]
    for name in found:
        practice = LIBRARY.practices[name]
        assert practice.model == "microsoft"
        assert (practice.level or 0) <= target
        assert answer_of(LIBRARY, team, name) not in ("yes", "na")


@given(TEAMS, TARGETS)
def test_the_path_is_empty_exactly_where_the_target_is_reached(team: dict[str, Choice], target: int) -> None:
    assert (path(team, target) == ()) == (min(levels(team)) >= target)


def cost(team: Answers, practice: Practice) -> int:
    half_done = answer_of(LIBRARY, team, practice.id) == "partly"
    return DAYS[practice.effort] // (2 if half_done else 1)


def choices_by_trying_all(team: Answers, cell: tuple[Practice, ...]) -> list[tuple[int, int, int, tuple[int, ...]]]:
    """Every set of a cell's practices that meets it, as cost, how many are not known, how many, and their places."""
    standing = [answer_of(LIBRARY, team, each.id) for each in cell]
    missing = [place for place, choice in enumerate(standing) if choice not in ("yes", "na")]
    enough = []
    for size in range(len(missing) + 1):
        for places in combinations(missing, size):
            then = ["yes" if place in places else choice for place, choice in enumerate(standing)]
            counted = [choice for choice in then if choice != "na"]
            points = sum(2 if choice == "yes" else choice == "partly" for choice in counted)
            gates = all(then[place] in ("yes", "na") for place, each in enumerate(cell) if each.gate)
            if gates and 4 * points >= 3 * 2 * len(counted):
                unknown = sum(standing[place] in (None, "unknown") for place in places)
                enough.append((sum(cost(team, cell[place]) for place in places), unknown, size, places))
    return enough


@given(TEAMS)
def test_no_other_choice_in_a_cell_is_cheaper_or_as_cheap_and_better_known(team: dict[str, Choice]) -> None:
    found = path(team, 4)
    for dimension in DIMENSIONS:
        for level in range(1, 5):
            cell = LIBRARY.cell(dimension, level)
            best = min(choices_by_trying_all(team, cell))
            assert [each.id for each in cell if each.id in found] == [cell[place].id for place in best[3]]


def test_days_are_chosen_before_weeks_and_a_feature_store_of_months_last() -> None:
    others = {"M2-C-2", "M2-C-3", "M2-C-5", "M2-C-7", "M2-C-9", "M2-C-10", "M2-C-11"}
    found = set(path(everything("no"), 2)) & others
    assert found == {"M2-C-3", "M2-C-5", "M2-C-7", "M2-C-9", "M2-C-11"}  # 9 points are wanted; all five take days


def test_a_practice_of_months_costs_more_than_four_of_weeks_and_one_of_weeks_more_than_four_of_days() -> None:
    team = everything("no")
    assert [work_left(LIBRARY, team, name) for name in ("M2-C-3", "M2-C-2", "M2-C-10")] == [2, 10, 50]


def test_what_is_partly_there_costs_half_and_what_is_there_nothing() -> None:
    team = everything("no", M2_C_2="partly", M2_C_3="yes", M2_C_10="na")
    assert [work_left(LIBRARY, team, name) for name in ("M2-C-2", "M2-C-3", "M2-C-10")] == [5, 0, 0]


def test_what_is_known_to_be_missing_is_chosen_before_what_nobody_knows() -> None:
    team = up_to(2) | {"M2-C-3": "unknown", "M2-C-5": "no", "M2-C-7": "no"}  # 16 of 22 points, 17 wanted: one
    assert path(team, 2) == ("M2-C-5",)
    del team["M2-C-5"]  # not asked is not known either
    assert path(team, 2) == ("M2-C-7",)


def test_of_equal_choices_the_one_with_fewer_practices_is_taken_and_then_the_first_of_the_sheet() -> None:
    halves: dict[str, Choice] = dict.fromkeys(("M2-C-3", "M2-C-5", "M2-C-7", "M2-C-9", "M2-C-11"), "partly")
    team = up_to(2) | {**halves, "M2-C-10": "no"}  # 15 of 22 points, 17 wanted: two halves of two days each
    assert path(team, 2) == ("M2-C-3", "M2-C-5")
    assert path(team | {"M2-C-9": "no"}, 2) == ("M2-C-3", "M2-C-9")  # 3 wanted: 1 + 2 days, where 1 + 1 + 1 is as dear


def test_a_shared_practice_counts_by_its_own_answer_else_by_its_twins() -> None:
    team = up_to(2)
    del team["M2-C-1"]
    assert path(team | {"G1-1": "yes"}, 2) == ()
    assert path(team | {"G1-1": "partly"}, 2) == ("M2-C-1",)
    assert path(team | {"G1-1": "yes", "M2-C-1": "no"}, 2) == ("M2-C-1",)


@pytest.mark.parametrize("target", [-1, 0])
def test_no_target_asks_for_nothing(target: int) -> None:
    assert path({}, target) == ()
