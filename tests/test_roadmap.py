"""The next steps: towards the target and no further, in an order that pays, with tools that fit."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import content_folder as content
from dialogs.answers import Answers, Choice, Facts, FactValue
from dialogs.cheapest_path import cheapest_path
from dialogs.judgement import judge
from dialogs.roadmap import NextStep, next_steps, whole_path
from dialogs.scoring import score
from knowledge.check import check
from knowledge.library import Library, load_library
from teams import EVERY, answers, everything, facts, full_facts, up_to

LIBRARY: Library = load_library()
SAFE: dict[str, Choice] = {"X-monitoring": "yes", "X-rollback": "yes", "X-owner": "yes", "X-personal-data": "na"}
LEVEL_2 = full_facts(use_cases=3)  # the target is 2


def steps(given_answers: Answers, known: Facts, limit: int = 100) -> tuple[NextStep, ...]:
    return next_steps(LIBRARY, judge(LIBRARY, given_answers, known), given_answers, known, limit)


def names(given_answers: Answers, known: Facts, limit: int = 100) -> list[str]:
    return [step.practice for step in steps(given_answers, known, limit)]


def test_three_steps_unless_told_otherwise() -> None:
    judgement = judge(LIBRARY, everything("no"), LEVEL_2)
    assert len(next_steps(LIBRARY, judgement, everything("no"), LEVEL_2)) == 3


def test_watching_live_models_and_a_way_back_come_before_any_level() -> None:
    found = names(everything("no"), LEVEL_2)
    assert found[:3] == ["X-monitoring", "X-rollback", "M1-C-2"]
    assert found[-2:] == ["X-owner", "X-personal-data"]


@pytest.mark.parametrize("stage", ["personal", "poc"])
def test_an_exploration_needs_no_steps_at_all(stage: str) -> None:
    assert steps(everything("no"), full_facts(stage=stage)) == ()


def test_at_the_target_nothing_is_left_but_risks() -> None:
    assert names(up_to(2) | SAFE, LEVEL_2) == []
    assert names(up_to(2) | SAFE | {"X-rollback": "unknown", "X-owner": "no"}, LEVEL_2) == ["X-rollback", "X-owner"]
    assert names(everything("yes", X_monitoring="partly"), LEVEL_2) == ["X-monitoring"]


def test_levels_come_in_order_and_gates_before_the_others() -> None:
    found = steps(everything("no") | SAFE, LEVEL_2)
    waited_for = {name for step in found if step.gate for name in step.waits_for}
    order = [(step.level, not step.gate and step.practice not in waited_for) for step in found]
    assert order == sorted(order)
    assert found[0].practice == "M1-C-2"
    assert {step.level for step in found} == {1, 2}


def test_of_two_gates_the_cheaper_comes_first_and_what_is_surely_missing_before_what_nobody_knows() -> None:
    efforts = {"days": 0, "weeks": 1, "months": 2}
    gates = [step for step in steps(everything("no") | SAFE, LEVEL_2) if step.gate and step.level == 1]
    costs = [efforts[LIBRARY.practices[step.practice].effort] for step in gates]
    assert costs == sorted(costs)
    unknown = everything("yes", M1_A_1="unknown", M2_C_4="unknown", M2_C_6="no", M2_R_1="partly") | SAFE
    assert names(unknown, LEVEL_2) == ["M1-A-1", "M2-R-1", "M2-C-6", "M2-C-4"]  # half of M2-R-1 is done


def test_no_more_side_practices_than_the_share_of_points_still_wants() -> None:
    only_gates = everything("no", M2_C_1="yes", M2_C_4="yes", M2_C_6="yes", M2_C_8="yes")
    team = only_gates | {name: "yes" for name in EVERY if name[1] == "1"} | {"M2-P-1": "yes", "M2-P-2": "yes"}
    found = [name for name in names({**team, **SAFE}, LEVEL_2) if name.startswith("M2-C")]
    assert len(found) == 5  # 8 of 22 points are there, 17 are wanted: five practices from no to yes
    partly = {**team, **SAFE, "M2-C-2": "partly", "M2-C-3": "partly"}
    assert len([name for name in names(partly, LEVEL_2) if name.startswith("M2-C")]) == 4


def test_following_every_step_reaches_the_target() -> None:
    team = everything("no") | SAFE
    followed: dict[str, Choice] = {**team, **dict.fromkeys(names(team, LEVEL_2), "yes")}
    assert score(LIBRARY, followed).floor.overall == 2


def test_a_dimension_that_has_reached_the_target_gives_no_step() -> None:
    team: dict[str, Choice] = {name: "no" if "-C-" in name else "yes" for name in EVERY}
    assert {step.blocks for step in steps(team, LEVEL_2)} == {"model-creation"}


def test_a_step_tells_what_it_holds_back_and_how_it_was_answered() -> None:
    team: dict[str, Choice] = {**everything("yes", M2_R_1="partly")}
    [step] = steps(team, LEVEL_2)
    assert (step.practice, step.blocks, step.level, step.gate, step.answer) == (
        "M2-R-1",
        "model-release",
        2,
        True,
        "partly",
    )
    del team["M2-R-1"]
    assert steps(team, LEVEL_2)[0].answer is None


@pytest.mark.parametrize("called", ["mlflow", "MLflow", "MLFLOW"])
def test_a_tool_the_team_has_is_named_instead_of_new_ones(called: str) -> None:
    team = everything("yes", M2_C_6="no")
    [step] = steps(team, LEVEL_2 | {"stack": ("git", called)})
    assert (step.owned_tools, step.tool_options) == (("mlflow",), ())


def test_without_a_fitting_tool_at_most_two_are_offered_and_none_that_is_not_for_new_work() -> None:
    for step in steps(everything("no"), full_facts(use_cases=3, importance="high")):
        assert len(step.tool_options) in (1, 2)
        assert step.owned_tools == ()
        assert not [slug for slug in step.tool_options if LIBRARY.tools[slug].avoid_for_new_work]


@given(answers(EVERY), facts(), st.integers(0, 5))
def test_advice_never_asks_for_what_only_a_level_above_the_target_needs(
    given_answers: dict[str, Choice], known: dict[str, FactValue], limit: int
) -> None:
    judgement = judge(LIBRARY, given_answers, known)
    found = next_steps(LIBRARY, judgement, given_answers, known, limit)
    assert len(found) <= limit
    for step in found:
        assert step.answer not in ("yes", "na")
        if step.blocks == "risk":
            assert known["stage"] in ("to-production", "production")
        else:
            assert step.level is not None
            assert step.level <= judgement.target.level
            assert judgement.score.floor.dimensions[step.blocks] < step.level  # type: ignore[index]  # no google step


def test_the_next_steps_are_the_first_of_the_whole_path() -> None:
    team = everything("no")
    judgement = judge(LIBRARY, team, LEVEL_2)
    whole = whole_path(LIBRARY, judgement, team, LEVEL_2)
    assert len(whole) > 12
    assert next_steps(LIBRARY, judgement, team, LEVEL_2) == whole[:3]
    assert next_steps(LIBRARY, judgement, team, LEVEL_2, limit=len(whole)) == whole


@given(answers(EVERY), facts())
def test_the_whole_path_is_the_cheapest_one_and_the_risks(team: dict[str, Choice], known: dict[str, FactValue]) -> None:
    judgement = judge(LIBRARY, team, known)
    found = whole_path(LIBRARY, judgement, team, known)
    ladder = {step.practice for step in found if step.blocks != "risk"}
    assert ladder == set(cheapest_path(LIBRARY, team, judgement.target.level))
    live = known.get("stage") in ("to-production", "production")
    outside = {name for name in judgement.score.risks if name.startswith("X-")}
    assert {step.practice for step in found if step.blocks == "risk"} == (outside if live else set())


@given(answers(EVERY), facts(), st.sets(st.sampled_from(EVERY)))
def test_what_is_set_aside_makes_room_for_what_comes_after_it(
    team: dict[str, Choice], known: dict[str, FactValue], later: set[str]
) -> None:
    judgement = judge(LIBRARY, team, known)
    whole = whole_path(LIBRARY, judgement, team, known)
    left = tuple(step for step in whole if step.practice not in later)
    assert whole_path(LIBRARY, judgement, team, known, frozenset(later)) == left
    assert next_steps(LIBRARY, judgement, team, known, later=frozenset(later)) == left[:3]


# What waits for what


@given(answers(EVERY), facts())
def test_nothing_of_a_level_comes_before_what_it_waits_for(
    team: dict[str, Choice], known: dict[str, FactValue]
) -> None:
    found = whole_path(LIBRARY, judge(LIBRARY, team, known), team, known)
    order = [step.practice for step in found]
    for place, step in enumerate(found):
        waits = [name for name in LIBRARY.practices[step.practice].after if name in order]
        assert list(step.waits_for) == waits
        assert set(waits) <= set(order[:place])
    levels = [step.level for step in found if step.level is not None]
    assert levels == sorted(levels)


def test_what_a_gate_waits_for_comes_among_the_gates() -> None:
    found = names(everything("no") | SAFE, LEVEL_2)
    assert found.index("M2-C-5") < found.index("M2-C-7") < found.index("M2-C-8") < found.index("M2-C-3")


def test_a_step_names_only_what_it_waits_for_in_the_same_path() -> None:
    [step] = steps(everything("yes", M2_C_8="no"), LEVEL_2)
    assert step.waits_for == ()
    waiting = steps(everything("yes", M2_C_8="no", M2_C_4="partly"), LEVEL_2)
    assert [(each.practice, each.waits_for) for each in waiting] == [("M2-C-4", ()), ("M2-C-8", ("M2-C-4",))]


def test_what_is_missing_and_not_on_the_path_is_no_obstacle() -> None:
    [step] = steps(everything("yes", M2_C_8="no", M2_C_5="no"), LEVEL_2)  # 20 of 22 points with M2-C-8: enough
    assert (step.practice, step.waits_for) == ("M2-C-8", ())


def test_a_training_pipeline_comes_before_retraining_and_tests_before_a_release_without_hands() -> None:
    after = {name: practice.after for name, practice in LIBRARY.practices.items()}
    assert "M2-C-1" in after["M2-C-9"]
    assert "M3-A-1" in after["M3-R-1"]
    assert 20 <= sum(map(len, after.values())) <= 35


CREATION = "models/practices/creation.yml"


@pytest.mark.parametrize(
    ("one", "two", "problem"),
    [
        (
            ["M1-C-9"],
            [],
            "M1-C-1.after: names M1-C-9, which is not among the practices; add it there or correct it",
        ),
        (["M2-C-1"], [], "M1-C-1.after: names M2-C-1 of a higher level; a step never waits for a later one"),
        (["G1-1"], [], "M1-C-1.after: names G1-1 of another ladder; give one of its own, or an X practice"),
        (["M1-C-1"], [], "M1-C-1.after: goes round in a circle (M1-C-1 after M1-C-1); take one link out"),
        (
            ["M1-C-2"],
            ["M1-C-1"],
            "M1-C-1.after: goes round in a circle (M1-C-1 after M1-C-2 after M1-C-1); take one link out",
        ),
        (["X-owner", "M1-C-2"], ["X-owner"], ""),
    ],
)
def test_a_link_to_what_is_unknown_later_elsewhere_or_itself_is_named(
    tmp_path: Path, one: list[str], two: list[str], problem: str
) -> None:
    folder = content.write_all(tmp_path / "content")
    practices = [
        content.practice("M2-C-1", "Training job"),
        content.practice("M1-C-1", "Data pipeline", after=one),
        content.practice("M1-C-2", "Versioned code", after=two),
    ]
    content.write(folder, CREATION, {"practices": practices})
    told = [each for each in check(folder) if ".after" in each]
    assert told == ([f"{CREATION}: practices.{problem}"] if problem else [])


# Tools


def test_no_new_tool_is_offered_for_what_only_a_level_above_the_target_needs_but_the_teams_own_is_named() -> None:
    tracking = LIBRARY.capabilities["experiment-tracking"]
    above = tracking.model_copy(update={"from_level": 3})
    library = replace(LIBRARY, capabilities={**LIBRARY.capabilities, "experiment-tracking": above})
    team = everything("yes", M2_C_4="no")
    judgement = judge(library, team, LEVEL_2)
    [step] = next_steps(library, judgement, team, LEVEL_2)
    assert (step.owned_tools, step.tool_options) == ((), ())
    [step] = next_steps(library, judgement, team, LEVEL_2 | {"stack": ("mlflow",)})
    assert (step.owned_tools, step.tool_options) == (("mlflow",), ())
    [step] = next_steps(LIBRARY, judgement, team, LEVEL_2)
    assert len(step.tool_options) == 2


@given(answers(EVERY), facts())
def test_every_tool_on_offer_serves_a_capability_of_the_target_or_below(
    team: dict[str, Choice], known: dict[str, FactValue]
) -> None:
    judgement = judge(LIBRARY, team, known)
    for step in whole_path(LIBRARY, judgement, team, known):
        capability = LIBRARY.capabilities[LIBRARY.practices[step.practice].capability]
        assert capability.from_level <= judgement.target.level or not step.tool_options
