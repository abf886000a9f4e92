"""What changed between two results: every number that moved with its causes, and nothing where nothing changed."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers import Answers, Choice, Facts, FactValue
from dialogs.causes import LevelChange, TargetChange
from dialogs.changes import Changes, ContentChange, changes_between
from dialogs.differences import AnswerChange, FactChange
from dialogs.judgement import judge
from dialogs.result import snapshot
from dialogs.scoring import Levels, score
from dialogs.state import Given, GivenFact, State
from knowledge.content import DIMENSIONS
from knowledge.library import Library, load_library
from teams import ASKED, EVERY, answers, everything, facts, full_facts, up_to

LIBRARY: Library = load_library()
SPRING, AUTUMN = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC), dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
KNOWN = full_facts(use_cases=3)


def result(team: Answers, known: Facts, at: dt.datetime = SPRING, library: Library = LIBRARY) -> Mapping[str, Any]:
    """A finished result as it comes back from the database."""
    person = {"person": "U1", "name": "Ana"} if at == SPRING else {"person": "U2", "name": "Ben"}
    state = State(
        id="a1",
        workspace="T1",
        channel="C1",
        channel_name="fraud",
        subject="fraud",
        subject_key="fraud",
        starter="U1",
        starter_name="Ana",
        began=at,
        mode="full",
        content_version=library.version,
        answers={name: Given(choice=choice, at=at, **person) for name, choice in team.items()},
        facts={key: GivenFact(value=value, at=at, **person) for key, value in known.items()},
    )
    kept = json.dumps(snapshot(library, state, judge(library, team, known)))
    found: Mapping[str, Any] = json.loads(kept)
    return found


def between(
    was: Answers, to: Answers, facts_then: Facts = KNOWN, facts_now: Facts = KNOWN, library: Library = LIBRARY
) -> Changes:
    return changes_between(library, result(was, facts_then), result(to, facts_now, AUTUMN))


def causes(found: Changes) -> dict[str, list[str]]:
    return {change.of: [answer.practice for answer in change.answers] for change in found.levels}


# Nothing


def test_two_identical_results_have_no_changes() -> None:
    found = between(up_to(2), up_to(2))
    assert found == Changes((), None, (), (), None)
    assert not found.anything


@given(answers(EVERY), facts())
def test_a_result_differs_from_itself_in_nothing(team: dict[str, Choice], known: dict[str, FactValue]) -> None:
    one = result(team, known)
    assert not changes_between(LIBRARY, one, one).anything


# Levels


def test_a_level_that_rose_names_the_answer_that_lifted_it_with_author_and_date() -> None:
    team: dict[str, Choice] = up_to(2) | {"M3-P-1": "no"}
    found = between(team | {"M2-C-4": "no"}, team | {"M2-C-4": "yes", "M3-P-1": "partly"})
    change = AnswerChange("M2-C-4", "no", "yes", "U2", "Ben", AUTUMN)
    assert found.levels == (
        LevelChange("overall", 1, 2, (change,), False),
        LevelChange("model-creation", 1, 3, (change,), False),  # level 3 asks nothing of model creation
    )
    assert [each.practice for each in found.answers] == ["M2-C-4", "M3-P-1"]
    assert found.target is None


def test_a_level_that_fell_names_what_pulled_it_down() -> None:
    found = between(up_to(3), up_to(3) | {"M2-R-1": "partly", "M2-R-2": "partly", "M3-R-5": "no"})
    assert causes(found) == {"overall": ["M2-R-1"], "model-release": ["M2-R-1"]}  # the share bears the two others


def test_a_fall_names_each_gate_and_the_points_that_the_share_wants_back() -> None:
    lost: dict[str, Choice] = {"M2-C-1": "partly", "M2-C-8": "partly", "M2-C-9": "no"}
    thin = up_to(2) | {"M2-C-2": "no", "M2-C-3": "no"}  # 18 of 22 points, 17 are needed; then 14
    assert causes(between(thin, thin | lost))["overall"] == ["M2-C-1", "M2-C-8", "M2-C-9"]
    assert causes(between(up_to(2), up_to(2) | lost))["overall"] == ["M2-C-1", "M2-C-8"]  # 20 points without M2-C-9


def test_what_got_better_is_no_cause_of_a_fall() -> None:
    was: dict[str, Choice] = up_to(4) | {"M3-P-2": "no"}
    found = between(was, was | {"M2-P-1": "no", "M3-P-2": "yes"})  # with M2-P-1 taken back it would be level 4
    assert causes(found) == {"overall": ["M2-P-1"], "people": ["M2-P-1"]}


def test_points_are_named_only_as_far_as_the_share_needed_them() -> None:
    side: dict[str, Choice] = {f"M2-C-{number}": "no" for number in (2, 3, 5, 7, 9, 10, 11)}
    found = between(up_to(2) | side, up_to(2) | {"M2-C-11": "partly"})  # 21 of 22 points, 17 are needed
    assert causes(found)["model-creation"] == ["M2-C-2", "M2-C-3", "M2-C-5", "M2-C-7", "M2-C-9"]


def test_what_moves_in_a_cell_far_above_is_no_cause() -> None:
    found = between(up_to(1), up_to(1) | {"M2-P-1": "yes", "M2-P-2": "yes", "M4-P-1": "yes"})
    assert causes(found) == {"people": ["M2-P-1", "M2-P-2"]}


def test_what_stops_a_level_from_rising_further_is_a_cause_of_where_it_stands() -> None:
    was = everything("yes", M2_P_1="no")
    found = between(was, was | {"M2-P-1": "yes", "M3-P-2": "no"})
    assert causes(found)["people"] == ["M2-P-1", "M3-P-2"]


def test_googles_level_names_a_shared_practice_under_the_id_it_was_asked_by() -> None:
    asked: dict[str, Choice] = dict.fromkeys(ASKED, "yes")
    found = between(asked | {"M3-R-1": "no"}, asked)
    assert causes(found) == {"overall": ["M3-R-1"], "model-release": ["M3-R-1"], "google": ["M3-R-1"]}


def test_an_answer_that_is_new_or_gone_is_told_so() -> None:
    was = {**up_to(1), "M4-A-3": "no"}
    to = {name: choice for name, choice in up_to(1).items() if name != "M1-A-1"}
    del was["M1-C-1"]
    del to["M4-A-3"]
    found = between(was, to)
    assert (found.newly_asked, found.not_asked_any_more) == (("M1-C-1",), ("M1-A-1", "M4-A-3"))
    gone = next(each for each in found.answers if each.practice == "M1-A-1")
    assert gone == AnswerChange("M1-A-1", "yes", None, "", "", None)
    assert causes(found)["application-integration"] == ["M1-A-1"]


# Target


def test_a_target_names_the_facts_that_moved_it_and_the_rules() -> None:
    then, now = full_facts(use_cases=3), full_facts(use_cases=5, importance="high", team="4-10")
    found = between(up_to(1), up_to(1), then, now)
    moved = FactChange("importance", "low", "high", "U2", "Ben", AUTUMN)
    assert found.target == TargetChange(2, 3, (), ("T3-important",), (moved,), (), False)
    assert [each.fact for each in found.facts] == ["use_cases", "importance", "team"]
    assert found.levels == ()


def test_a_pilot_that_goes_live_is_told_by_its_stage() -> None:
    found = between(up_to(1), up_to(1), full_facts(stage="poc", use_cases=2), full_facts(use_cases=3))
    assert found.target is not None
    assert (found.target.was, found.target.to) == (0, 2)
    assert found.target.rules_gone == ("T0-exploring",)
    assert [each.fact for each in found.target.facts] == ["stage", "use_cases"]
    alone = between(up_to(1), up_to(1), full_facts(stage="poc", use_cases=3), full_facts(use_cases=4))
    assert alone.target is not None
    assert [each.fact for each in alone.target.facts] == ["stage"]


def test_a_need_that_went_while_a_pilot_hid_it_is_a_cause_of_the_target() -> None:
    found = between({}, {}, full_facts(stage="poc", adaptive=True), full_facts(adaptive=False))
    assert found.target is not None
    assert (found.target.to, found.target.rules_new) == (1, ("T1-production",))  # a need would have made it 3
    assert [each.fact for each in found.target.facts] == ["stage", "adaptive"]


def test_a_fact_that_another_takes_its_value_from_is_a_cause() -> None:
    growing = {key: value for key, value in full_facts(use_cases_planned=5).items() if key != "use_cases"}
    found = between({}, {}, growing, {**growing, "use_cases": 5})
    assert found.target is not None
    assert [each.fact for each in found.target.facts] == ["use_cases"]


def test_a_target_that_answers_opened_names_them() -> None:
    ready = full_facts(use_cases=20, label_delay="days", on_call=True, retraining_budget=True)
    team = up_to(3) | {name: "yes" for name in EVERY if name[0] == "G"}
    found = between(team | {"G1-7": "no", "M3-P-2": "no", "M2-R-2": "partly"}, team, ready, ready)
    assert found.target is not None
    assert (found.target.was, found.target.to, found.target.rules_new) == (3, 4, ("T4-need",))
    assert [each.practice for each in found.target.answers] == ["M3-P-2", "G1-7"]
    assert found.target.facts == ()


# Content


def test_other_content_with_the_same_rules_is_told_and_blamed_for_nothing() -> None:
    newer = replace(LIBRARY, version="next")
    found = changes_between(
        newer, result(up_to(1), KNOWN), result(up_to(1) | {"M2-P-1": "yes", "M2-P-2": "yes"}, KNOWN, AUTUMN, newer)
    )
    assert found.content == ContentChange(LIBRARY.version, "next")
    assert causes(found) == {"people": ["M2-P-1", "M2-P-2"]}
    assert not any(change.content for change in found.levels)
    same = changes_between(newer, result({}, KNOWN), result({}, KNOWN, AUTUMN, newer))
    assert same.anything
    assert same.levels == ()


def stricter() -> Library:
    """A library of which M1-C-1 is a gate as well, and one that has a new threshold."""
    gate = LIBRARY.practices["M1-C-1"].model_copy(update={"gate": True})
    thresholds = LIBRARY.thresholds.model_copy(update={"several_use_cases": 4})
    return replace(LIBRARY, version="next", practices={**LIBRARY.practices, "M1-C-1": gate}, thresholds=thresholds)


def test_a_level_and_a_target_that_only_other_rules_moved_name_the_content_alone() -> None:
    newer, team = stricter(), everything("yes", M1_C_1="partly")
    found = changes_between(newer, result(team, KNOWN), result(team, KNOWN, AUTUMN, newer))
    assert [(change.of, change.was, change.to, change.answers, change.content) for change in found.levels] == [
        ("overall", 4, 0, (), True),
        ("model-creation", 4, 0, (), True),
    ]
    assert found.target == TargetChange(2, 1, ("T2-use-cases",), (), (), (), True)


def test_results_older_than_todays_content_keep_their_numbers_and_name_all_that_may_have_moved_them() -> None:
    was, to = everything("yes", M1_C_1="partly", M1_C_2="no"), everything("yes", M1_C_1="partly")
    found = between(was, to, library=stricter())  # a recount gives 0 for both
    assert [(change.of, change.was, change.to) for change in found.levels] == [
        ("overall", 0, 4),
        ("model-creation", 0, 4),
    ]
    assert causes(found) == {"overall": ["M1-C-2"], "model-creation": ["M1-C-2"]}
    assert found.content is None


def test_a_practice_that_is_gone_from_the_content_is_still_told() -> None:
    left = {name: practice for name, practice in LIBRARY.practices.items() if name != "M1-C-2"}
    found = between({"M1-C-2": "no"}, {"M1-C-2": "yes"}, library=replace(LIBRARY, practices=left))
    assert [each.practice for each in found.answers] == ["M1-C-2"]


# Whatever the two results


def level_of(levels: Levels, key: str) -> int:
    figures: dict[str, int] = {"overall": levels.overall, "google": levels.google}
    figures.update({str(dimension): level for dimension, level in levels.dimensions.items()})
    return figures[key]


@given(answers(EVERY), answers(EVERY), facts(), facts())
def test_every_number_that_moved_is_told_once_with_its_own_figures(
    was: dict[str, Choice], to: dict[str, Choice], then: dict[str, FactValue], now: dict[str, FactValue]
) -> None:
    found = between(was, to, then, now)
    before, after = judge(LIBRARY, was, then), judge(LIBRARY, to, now)
    keys = ("overall", *DIMENSIONS, "google")
    moved = [(key, level_of(before.score.floor, key), level_of(after.score.floor, key)) for key in keys]
    assert [(each.of, each.was, each.to) for each in found.levels] == [each for each in moved if each[1] != each[2]]
    target = (found.target.was, found.target.to) if found.target else None
    levels = (before.target.level, after.target.level)
    assert target == (levels if levels[0] != levels[1] else None)
    assert found.content is None


@given(answers(ASKED), answers(ASKED))
def test_the_causes_of_a_rise_alone_give_the_new_level_and_none_of_them_can_be_spared(
    was: dict[str, Choice], to: dict[str, Choice]
) -> None:
    for change in rises(was, to):
        made = {each.practice: each.to for each in change.answers}
        assert {name: choice for name, choice in made.items() if to.get(name) == choice} == made
        assert all(was.get(name) != choice for name, choice in made.items())
        for spared in (None, *made):
            level = recounted(was, {name: choice for name, choice in made.items() if name != spared}, change.of)
            assert (level == change.to) == (spared is None)


@given(answers(ASKED), answers(ASKED))
def test_a_fall_is_undone_by_taking_its_causes_back_and_by_no_fewer_of_them(
    was: dict[str, Choice], to: dict[str, Choice]
) -> None:
    for change in falls(was, to):
        back = {each.practice: each.was for each in change.answers}
        assert {name: choice for name, choice in back.items() if was.get(name) == choice} == back
        assert all(to.get(name) != choice for name, choice in back.items())
        for left in (None, *back):
            level = recounted(to, {name: choice for name, choice in back.items() if name != left}, change.of)
            assert (level >= change.was) == (left is None)


@given(answers(ASKED), answers(ASKED))
def test_a_fall_names_every_gate_that_was_lost_on_the_way_and_nothing_that_is_in_place(
    was: dict[str, Choice], to: dict[str, Choice]
) -> None:
    for change in falls(was, to):
        assert all(each.to != "yes" for each in change.answers)
        named = {each.practice for each in change.answers}
        assert named >= lost_gates(was, to, change)


def lost_gates(was: dict[str, Choice], to: dict[str, Choice], change: LevelChange) -> set[str]:
    """The gates in place before and no more, up to the level that was lost."""
    gates = [
        practice for practice in LIBRARY.practices.values() if practice.gate and (practice.level or 9) <= change.was
    ]
    if change.of == "google":
        gates = [practice for practice in gates if practice.model == "google"]
    else:
        gates = [each for each in gates if each.model == "microsoft" and change.of in ("overall", each.dimension)]
    asked = {practice.same_as or practice.id for practice in gates}
    return {name for name in asked if was.get(name) in ("yes", "na") and to.get(name) not in ("yes", "na")}


def recounted(start: Answers, made: Mapping[str, Choice | None], key: str) -> int:
    mixed = {name: choice for name, choice in {**start, **made}.items() if choice is not None}
    return level_of(score(LIBRARY, mixed).floor, key)


def rises(was: Answers, to: Answers) -> list[LevelChange]:
    return [change for change in between(was, to).levels if change.to > change.was]


def falls(was: Answers, to: Answers) -> list[LevelChange]:
    return [change for change in between(was, to).levels if change.to < change.was]


@given(answers(ASKED), answers(ASKED), facts(), facts())
def test_a_moved_target_always_has_a_cause_among_what_differs(
    was: dict[str, Choice], to: dict[str, Choice], then: dict[str, FactValue], now: dict[str, FactValue]
) -> None:
    found = between(was, to, then, now)
    if found.target is None:
        return
    assert found.target.facts or found.target.answers
    assert set(found.target.facts) <= set(found.facts)
    assert set(found.target.answers) <= set(found.answers)
    facts_made: dict[str, Any] = {each.fact: each.to for each in found.target.facts}
    answers_made: dict[str, Any] = {each.practice: each.to for each in found.target.answers}
    known = {key: value for key, value in {**then, **facts_made}.items() if value is not None}
    team = {name: choice for name, choice in {**was, **answers_made}.items() if choice is not None}
    assert judge(LIBRARY, team, known).target.level == found.target.to


@pytest.mark.parametrize("value", [("mlflow",), ("mlflow", "git")])
def test_a_stack_is_compared_as_the_rules_read_it(value: tuple[str, ...]) -> None:
    found = between({}, {}, {"stack": ("mlflow",)}, {"stack": value})
    assert [each.to for each in found.facts] == ([value] if len(value) > 1 else [])


@given(st.permutations(("mlflow", "git", "airflow")))
def test_the_same_tools_in_another_order_are_no_change(stack: list[str]) -> None:
    found = between({}, {}, {"stack": ("mlflow", "git", "airflow")}, {"stack": tuple(stack)})
    assert not found.anything


@given(st.sampled_from([(True, 1), (1, True), (0, False)]))
def test_a_yes_is_not_a_count_of_one(pair: tuple[FactValue, FactValue]) -> None:
    assert len(between({}, {}, {"on_call": pair[0]}, {"on_call": pair[1]}).facts) == 1
