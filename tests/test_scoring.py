"""What levels a set of answers gives, checked against the sheet's cases and by properties."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers import Answers, Choice
from dialogs.scoring import Levels, cell_progress, score
from sample_library import CELLS, NOT_APPLICABLE, TWINS
from teams import ASKED, EVERY, LIBRARY, answers, everything, up_to

DIMENSIONS = ("people", "model-creation", "model-release", "application-integration")
BETTER: tuple[Choice, ...] = ("no", "partly", "yes")


def levels_of(found: Levels) -> tuple[int, int, int, int, int, int]:
    p, c, r, a = (found.dimensions[key] for key in DIMENSIONS)  # type: ignore[index]  # the four keys
    return p, c, r, a, found.overall, found.google


@pytest.mark.parametrize(
    ("given_answers", "expected"),
    [
        (everything("yes"), (4, 4, 4, 4, 4, 2)),
        (everything("partly"), (1, 0, 0, 0, 0, 0)),
        (everything("no"), (1, 0, 0, 0, 0, 0)),
        (everything("unknown"), (1, 0, 0, 0, 0, 0)),
        ({}, (1, 0, 0, 0, 0, 0)),
        (up_to(1), (1, 1, 1, 2, 1, 1)),
        (up_to(3), (3, 3, 3, 3, 3, 2)),
        (everything("yes", M2_C_4="partly"), (4, 1, 4, 4, 1, 2)),
        (everything("yes", M2_C_10="no"), (4, 4, 4, 4, 4, 2)),
        (everything("yes", M3_R_3="no", M3_R_5="no"), (4, 4, 2, 4, 2, 2)),
        (everything("yes", M4_C_1="no"), (4, 3, 4, 4, 3, 2)),
        (everything("yes", M1_R_1="partly"), (4, 4, 4, 4, 4, 2)),  # 3 of 4 points
        (everything("yes", M1_R_1="no"), (4, 4, 0, 4, 0, 2)),  # 2 of 4 points
        (everything("yes", M1_R_1="partly", M1_R_2="partly"), (4, 4, 0, 4, 0, 2)),
        (everything("yes", M4_C_3="no", M4_C_4="na"), (4, 3, 4, 4, 3, 2)),  # 4 of 6 points
        (everything("yes", M4_C_3="no"), (4, 4, 4, 4, 4, 2)),  # 6 of 8 points
        (everything("yes", G1_2="no"), (4, 4, 4, 4, 4, 0)),
        (everything("yes", G2_6="partly"), (4, 4, 4, 4, 4, 1)),
        (everything("yes", G2_2="no", G2_4="partly"), (4, 4, 4, 4, 4, 2)),  # 11 of 14 points
        (everything("yes", G2_2="no", G2_4="no"), (4, 4, 4, 4, 4, 1)),  # 10 of 14 points
    ],
)
def test_the_sheets_check_cases_come_out_as_computed_by_hand(
    given_answers: Answers, expected: tuple[int, int, int, int, int, int]
) -> None:
    assert levels_of(score(LIBRARY, given_answers).floor) == expected


def test_unknown_and_unasked_count_as_no_in_the_floor_and_as_yes_in_the_ceiling() -> None:
    found = score(LIBRARY, everything("yes", M2_P_1="unknown"))
    assert levels_of(found.floor) == (1, 4, 4, 4, 1, 2)
    assert levels_of(found.ceiling) == (4, 4, 4, 4, 4, 2)
    assert found.provisional
    assert levels_of(score(LIBRARY, {}).ceiling) == (4, 4, 4, 4, 4, 2)
    assert not score(LIBRARY, everything("yes")).provisional


def test_an_unknown_answer_that_changes_no_level_leaves_the_result_final() -> None:
    assert not score(LIBRARY, everything("no", M2_C_3="unknown")).provisional
    assert not score(LIBRARY, everything("yes", M2_C_3="unknown")).provisional


def test_googles_level_alone_makes_a_result_provisional() -> None:
    found = score(LIBRARY, everything("yes", G2_1="unknown"))
    assert found.provisional
    assert (found.floor.google, found.ceiling.google) == (1, 2)
    assert found.floor.dimensions == found.ceiling.dimensions


def test_blockers_are_gates_first_then_the_others_of_the_first_cell_not_met() -> None:
    blockers = score(LIBRARY, everything("no", M2_C_1="yes", M1_A_2="partly")).blockers
    assert blockers == {
        "people": ("M2-P-1", "M2-P-2"),
        "model-creation": ("M1-C-2", "M1-C-1"),
        "model-release": ("M1-R-1", "M1-R-2"),
        "application-integration": ("M1-A-1", "M1-A-2", "M1-A-3", "M1-A-4"),
        "google": ("G1-2", "G1-3", "G1-5", "G1-6", "G1-7", "G1-8", "G1-10", "G1-1", "G1-4", "G1-9", "G1-11", "G1-12"),
    }


def test_at_the_top_nothing_blocks_and_all_five_keys_are_there() -> None:
    assert score(LIBRARY, everything("yes")).blockers == dict.fromkeys((*DIMENSIONS, "google"), ())


def test_what_is_not_applicable_blocks_nothing() -> None:
    given_answers = everything("no", M2_C_10="na", G1_12="na", M1_C_1="yes", M1_C_2="yes")
    blockers = score(LIBRARY, given_answers).blockers
    assert "M2-C-10" not in blockers["model-creation"]
    assert "M2-C-9" in blockers["model-creation"]
    assert "G1-12" not in blockers["google"]


def test_risks_stand_in_their_order_and_only_yes_or_not_applicable_ends_one() -> None:
    assert score(LIBRARY, {}).risks == ("X-monitoring", "X-rollback", "X-owner", "X-personal-data", "M2-C-8")
    given_answers: dict[str, Choice] = {
        "X-monitoring": "yes",
        "X-rollback": "partly",
        "X-owner": "unknown",
        "X-personal-data": "na",
        "M2-C-8": "yes",
    }
    assert score(LIBRARY, given_answers).risks == ("X-rollback", "X-owner")


@pytest.mark.parametrize(("google", "microsoft"), sorted(TWINS.items()))
def test_a_shared_practice_is_read_from_its_twin_in_both_directions(google: str, microsoft: str) -> None:
    both = everything("yes")
    only_microsoft = {key: value for key, value in both.items() if key != google}
    only_google = {key: value for key, value in both.items() if key != microsoft}
    assert score(LIBRARY, only_microsoft) == score(LIBRARY, both)
    assert score(LIBRARY, only_google) == score(LIBRARY, both)


def test_each_id_uses_its_own_answer_before_its_twins() -> None:
    assert levels_of(score(LIBRARY, everything("yes", M3_R_1="no")).floor) == (4, 4, 2, 4, 2, 2)
    assert levels_of(score(LIBRARY, everything("yes", G1_5="no")).floor) == (4, 4, 4, 4, 4, 0)
    assert levels_of(score(LIBRARY, everything("yes", G1_5="unknown")).floor) == (4, 4, 4, 4, 4, 0)


def test_progress_counts_points_of_what_applies() -> None:
    cell = LIBRARY.cell("model-creation", 4)
    assert cell_progress(LIBRARY, {}, cell) == (0, 8)
    assert cell_progress(LIBRARY, {"M4-C-1": "yes", "M4-C-2": "partly", "M4-C-4": "na"}, cell) == (3, 6)
    assert cell_progress(LIBRARY, {"M2-C-1": "partly"}, LIBRARY.google_cell(1)) == (1, 24)


def naive_levels(given_answers: Answers, *, unsure: Choice) -> tuple[int, int, int, int, int, int]:
    """The rules once more in plain sight: unknown and unasked replaced by `unsure`, fractions for points."""
    partner = TWINS | {microsoft: google for google, microsoft in TWINS.items()}

    def said(name: str) -> Choice:
        choice = given_answers.get(name) or given_answers.get(partner.get(name, ""), "unknown")
        return unsure if choice == "unknown" else choice

    def is_met(key: str) -> bool:
        listed = [(f"{key}-{number.rstrip('*')}", number.endswith("*")) for number in CELLS.get(key, "").split()]
        counted = [(said(name), gate) for name, gate in listed if said(name) != "na"]
        points = sum({"yes": 1.0, "partly": 0.5, "no": 0.0}[choice] for choice, _ in counted)
        return all(choice == "yes" for choice, gate in counted if gate) and points >= 0.75 * len(counted)

    def climbed(keys: list[str]) -> int:
        return next((place for place, key in enumerate(keys) if not is_met(key)), len(keys))

    four = [climbed([f"M{level}-{letter}" for level in (1, 2, 3, 4)]) for letter in "PCRA"]
    return four[0], four[1], four[2], four[3], min(four), climbed(["G1", "G2"])


@given(answers(EVERY))
def test_levels_agree_with_the_rules_written_down_naively(given_answers: dict[str, Choice]) -> None:
    found = score(LIBRARY, given_answers)
    assert levels_of(found.floor) == naive_levels(given_answers, unsure="no")
    assert levels_of(found.ceiling) == naive_levels(given_answers, unsure="yes")
    assert found.provisional == (levels_of(found.floor) != levels_of(found.ceiling))


@given(answers(EVERY), st.sampled_from(EVERY))
def test_a_better_answer_never_lowers_a_level(given_answers: dict[str, Choice], name: str) -> None:
    ladder: tuple[Choice, ...] = ("no", "na", "yes") if name in NOT_APPLICABLE else BETTER
    for lower, higher in pairwise(ladder):
        before = score(LIBRARY, {**given_answers, name: lower})
        after = score(LIBRARY, {**given_answers, name: higher})
        assert all(a <= b for a, b in zip(levels_of(before.floor), levels_of(after.floor), strict=True))
        assert all(a <= b for a, b in zip(levels_of(before.ceiling), levels_of(after.ceiling), strict=True))


@given(answers(EVERY), st.sampled_from(ASKED), st.sampled_from(("yes", "partly", "no", "unknown", "na")))
def test_an_answer_to_an_open_question_only_narrows_the_range(
    given_answers: dict[str, Choice], name: str, choice: Choice
) -> None:
    opened = {key: value for key, value in given_answers.items() if name not in (key, TWINS.get(key))}
    fits: Choice = "no" if choice == "na" and name not in NOT_APPLICABLE else choice
    before, after = score(LIBRARY, opened), score(LIBRARY, {**opened, name: fits})
    wide = zip(levels_of(before.floor), levels_of(after.floor), strict=True)
    high = zip(levels_of(before.ceiling), levels_of(after.ceiling), strict=True)
    assert all(a <= b for a, b in wide)
    assert all(a >= b for a, b in high)


@given(answers(EVERY))
def test_the_floor_is_never_above_the_ceiling(given_answers: dict[str, Choice]) -> None:
    found = score(LIBRARY, given_answers)
    pairs = zip(levels_of(found.floor), levels_of(found.ceiling), strict=True)
    assert all(low <= high for low, high in pairs)
