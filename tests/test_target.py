"""Which level is proposed, by which rules, and what could still change it; held against the rules in plain Python."""

import pytest
from hypothesis import example, given, settings

from dialogs.answers import Answers, Choice, Facts, FactValue
from dialogs.scoring import score
from dialogs.target import Target, propose
from target_oracle import Oracle
from teams import EVERY, LIBRARY, answers, everything, facts, full_facts

READY_FACTS = full_facts(adaptive=True, on_call=True, label_delay="days", retraining_budget=True)


def target_of(given_answers: Answers, known: Facts) -> Target:
    return propose(LIBRARY, score(LIBRARY, given_answers), given_answers, known)


@pytest.mark.parametrize(
    ("known", "level", "rules"),
    [
        (full_facts(stage="personal", use_cases=30, importance="high"), 0, ("T0-exploring",)),
        (full_facts(stage="poc", adaptive=True), 0, ("T0-exploring",)),
        (full_facts(stage="to-production"), 1, ("T1-production",)),
        (full_facts(use_cases=2), 1, ("T1-production",)),
        (full_facts(use_cases=3), 2, ("T1-production", "T2-use-cases")),
        (full_facts(use_cases_planned=3), 2, ("T1-production", "T2-growing")),
        (full_facts(use_cases=5, use_cases_planned=5), 2, ("T1-production", "T2-use-cases")),
        (full_facts(use_cases=5, use_cases_planned=6), 2, ("T1-production", "T2-use-cases", "T2-growing")),
        (full_facts(use_cases=1, use_cases_planned=2), 1, ("T1-production",)),
        (full_facts(retraining="quarterly"), 1, ("T1-production",)),
        (full_facts(retraining="monthly"), 2, ("T1-production", "T2-retraining")),
        (full_facts(retraining="weekly"), 2, ("T1-production", "T2-retraining")),
        (full_facts(retraining="weekly", importance="medium"), 3, ("T1-production", "T2-retraining", "T3-frequent")),
        (full_facts(regulation="audit"), 2, ("T1-production", "T2-audit")),
        (full_facts(regulation="approval", importance="high"), 3, ("T1-production", "T2-audit", "T3-traceable")),
        (full_facts(importance="high"), 1, ("T1-production",)),
        (full_facts(importance="high", use_cases=2), 3, ("T1-production", "T3-important")),
        (
            full_facts(team="several-teams", use_cases=3, importance="medium"),
            3,
            ("T1-production", "T2-use-cases", "T3-teams"),
        ),
        (full_facts(team="several-teams", use_cases=3), 2, ("T1-production", "T2-use-cases")),
        (full_facts(adaptive=True), 3, ("T1-production", "T4-close")),
        (full_facts(staleness="costly"), 3, ("T1-production", "T4-close")),
        (full_facts(staleness="small"), 1, ("T1-production",)),
        (full_facts(use_cases=20), 3, ("T1-production", "T2-use-cases", "T4-close")),
        (READY_FACTS, 4, ("T1-production", "T4-need")),
        (READY_FACTS | {"regulation": "approval"}, 3, ("T1-production", "T2-audit", "T4-approval")),
        (READY_FACTS | {"regulation": "approval", "on_call": False}, 3, ("T1-production", "T2-audit", "T4-close")),
        (READY_FACTS | {"label_delay": "months"}, 3, ("T1-production", "T4-close")),
        (READY_FACTS | {"label_delay": "months", "proxy_metric": True}, 4, ("T1-production", "T4-need")),
    ],
)
def test_the_rules_of_the_sheet(known: Facts, level: int, rules: tuple[str, ...]) -> None:
    found = target_of(everything("yes"), known)
    assert (found.level, found.rules) == (level, rules)
    assert (found.provisional, found.missing, found.undecided) == (False, (), ())
    assert found.lowest == found.highest == level


@pytest.mark.parametrize(
    ("given_answers", "missing"),
    [
        (everything("yes", M3_R_1="no", G1_5="yes"), ("R1",)),
        (everything("yes", G1_7="partly"), ("R3",)),
        (everything("yes", G1_8="unknown"), ("R4",)),
        (everything("yes", G1_9="no"), ("R5",)),
        (everything("yes", X_rollback="no"), ("R5",)),
        ({name: choice for name, choice in everything("yes").items() if name != "X-rollback"}, ("R5",)),
    ],
)
def test_readiness_rests_on_the_floor_and_on_yes_alone(given_answers: Answers, missing: tuple[str, ...]) -> None:
    found = target_of(given_answers, READY_FACTS)
    assert (found.level, found.rules) == (3, ("T1-production", "T4-close"))
    assert (found.needs, found.readiness_missing, found.readiness_unknown) == (("N3",), missing, ())


def test_readiness_whose_fact_is_missing_is_open_for_level_4_and_not_met_below() -> None:
    known = {key: value for key, value in READY_FACTS.items() if key not in ("on_call", "regulation")}
    found = target_of(everything("yes"), known)
    assert found.rules == ("T1-production", "T4-close")
    assert found.undecided == ("T2-audit", "T4-need")
    assert (found.readiness_missing, found.readiness_unknown) == ((), ("R6", "R8"))
    assert (found.provisional, found.missing) == (True, ("regulation", "on_call"))
    assert (found.lowest, found.highest) == (3, 4)


def test_an_unknown_point_of_readiness_asks_for_nothing_where_approval_is_required() -> None:
    known = {key: value for key, value in READY_FACTS.items() if key not in ("on_call", "adaptive")}
    found = target_of(everything("yes"), known | {"regulation": "approval"})
    assert found.undecided == ("T4-close",)  # T4-approval is false: not known counts as not met
    assert (found.level, found.missing) == (2, ("adaptive",))


def test_without_any_fact_the_target_is_1_and_provisional() -> None:
    found = target_of({}, {})
    assert (found.level, found.rules, found.provisional) == (1, (), True)
    assert (found.lowest, found.highest) == (0, 3)
    assert found.missing == (
        "stage",
        "use_cases",
        "importance",
        "retraining",
        "staleness",
        "adaptive",
        "regulation",
        "team",
    )


def test_the_stage_alone_settles_an_exploration() -> None:
    found = target_of({}, {"stage": "poc"})
    assert (found.level, found.provisional, found.missing, found.undecided) == (0, False, (), ())


def test_a_rule_can_fire_before_the_stage_is_known() -> None:
    found = target_of({}, {key: value for key, value in full_facts(use_cases=3).items() if key != "stage"})
    assert (found.level, found.rules) == (2, ("T2-use-cases",))
    assert (found.provisional, found.missing) == (True, ("stage",))
    assert (found.lowest, found.highest) == (0, 2)


def test_a_missing_fact_that_cannot_raise_the_target_is_not_asked_for() -> None:
    known = {key: value for key, value in full_facts(importance="high", use_cases=2).items() if key != "retraining"}
    found = target_of(everything("no"), known)
    assert (found.level, found.provisional, found.missing) == (3, False, ())
    assert found.undecided == ("T2-retraining", "T3-frequent")


def test_without_the_use_cases_only_they_are_named() -> None:
    known = {key: value for key, value in full_facts().items() if key != "use_cases"}
    assert target_of({}, known).missing == ("use_cases",)
    assert target_of({}, known | {"use_cases_planned": 7}).missing == ("use_cases",)


# --- the rules once more, by hand ----------------------------------------------------------------------------------


@settings(max_examples=200)
@given(answers(EVERY), facts(missing=0.3))
@example(everything("yes"), READY_FACTS)
@example(everything("yes"), {**READY_FACTS, "regulation": "approval"})
def test_the_rules_as_data_say_what_the_rules_by_hand_say(
    given_answers: dict[str, Choice], known: dict[str, FactValue]
) -> None:
    found = target_of(given_answers, known)
    assert Oracle(given_answers, known).judged() == (
        found.level,
        found.rules,
        found.undecided,
        found.missing,
        found.provisional,
        found.lowest,
        found.highest,
    )


@settings(max_examples=100)
@given(answers(EVERY), facts(missing=0.4), facts(missing=0.0))
def test_the_target_stays_within_its_bounds_whatever_the_missing_facts_turn_out_to_be(
    given_answers: dict[str, Choice], known: dict[str, FactValue], rest: dict[str, FactValue]
) -> None:
    before = target_of(given_answers, known)
    defaulted = ("use_cases_planned", "proxy_metric", "retraining_budget")
    filled = {key: value for key, value in rest.items() if key not in defaulted}
    after = target_of(given_answers, {**filled, **known})
    assert before.lowest <= after.level <= before.highest
    assert after.level == before.level or before.provisional
