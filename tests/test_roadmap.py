"""The next steps: towards the target and no further, in an order that pays, with tools that fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers import Answers, Choice, Facts, FactValue
from dialogs.judgement import judge
from dialogs.roadmap import NextStep, next_steps
from dialogs.scoring import score
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
    order = [(step.level, not step.gate) for step in found]
    assert order == sorted(order)
    assert found[0].practice == "M1-C-2"
    assert {step.level for step in found} == {1, 2}


def test_of_two_gates_the_cheaper_comes_first_and_what_is_surely_missing_before_what_nobody_knows() -> None:
    efforts = {"days": 0, "weeks": 1, "months": 2}
    gates = [step for step in steps(everything("no") | SAFE, LEVEL_2) if step.gate and step.level == 1]
    costs = [efforts[LIBRARY.practices[step.practice].effort] for step in gates]
    assert costs == sorted(costs)
    unknown = everything("yes", M1_C_2="unknown", M1_A_1="no", M1_A_3="partly") | SAFE
    assert names(unknown, LEVEL_2)[-1] == "M1-C-2"


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
