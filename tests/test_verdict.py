"""Do we need level N? One verdict for each level, and flips that really flip."""

import pytest
from hypothesis import given, settings

from dialogs.answers import Answers, Choice, Facts, FactValue, value_of
from dialogs.neighbours import one_step_on
from dialogs.scoring import score
from dialogs.target import propose
from dialogs.verdict import Flip, Kind, kinds, verdict, verdicts
from teams import EVERY, LIBRARY, answers, everything, facts, full_facts, up_to

NEEDED = full_facts(adaptive=True, on_call=True, label_delay="days", retraining_budget=True)


@pytest.mark.parametrize(
    ("given_answers", "known", "expected"),
    [
        ({}, {}, ("unknown", "unknown", "unknown", "unknown", "no")),
        (everything("no"), {}, ("already", "unknown", "unknown", "unknown", "no")),
        ({}, full_facts(), ("unknown", "unknown", "no", "no", "no")),
        ({"X-owner": "yes", "G1-7": "yes"}, full_facts(), ("unknown", "unknown", "no", "no", "no")),
        ({"G1-1": "no"}, full_facts(), ("already", "yes", "no", "no", "no")),  # M2-C-1 has an answer: its twin's
        ({"M2-C-1": "unknown"}, full_facts(), ("already", "yes", "no", "no", "no")),
        (up_to(1), full_facts(use_cases=3), ("already", "already", "yes", "no", "no")),
        (up_to(3), full_facts(use_cases=3), ("already", "already", "already", "beyond", "no")),
        (everything("yes"), full_facts(stage="poc"), ("already", "beyond", "beyond", "beyond", "beyond")),
        (everything("no"), full_facts(stage="poc"), ("already", "not-yet", "no", "no", "no")),
        (everything("no"), full_facts(stage="personal"), ("already", "no", "no", "no", "no")),
        (everything("no"), full_facts(use_cases=2), ("already", "yes", "not-yet", "no", "no")),
        (
            everything("no"),
            full_facts(importance="medium", use_cases=2),
            ("already", "yes", "not-yet", "not-yet", "no"),
        ),
        (everything("no"), full_facts(retraining="quarterly"), ("already", "yes", "not-yet", "no", "no")),
        (everything("no"), full_facts(use_cases=19), ("already", "yes", "yes", "not-yet", "no")),
        (everything("no"), full_facts(adaptive=True), ("already", "yes", "yes", "yes", "not-yet")),
        (up_to(3), NEEDED, ("already", "already", "already", "already", "yes")),
        (up_to(3), NEEDED | {"regulation": "approval"}, ("already", "already", "already", "already", "not-yet")),
        (up_to(3), NEEDED | {"on_call": False}, ("already", "already", "already", "already", "not-yet")),
        (everything("yes"), NEEDED | {"on_call": False}, ("already",) * 4 + ("beyond",)),
    ],
)
def test_the_verdicts_of_the_sheet(given_answers: Answers, known: Facts, expected: tuple[Kind, ...]) -> None:
    assert kinds(LIBRARY, given_answers, known) == expected


def test_one_more_use_case_can_make_level_4_worth_having() -> None:
    known = full_facts(use_cases=19, on_call=True, label_delay="days", retraining_budget=True)
    assert verdict(LIBRARY, up_to(3), known, 4).verdict == "not-yet"


def test_a_missing_fact_that_could_raise_the_target_leaves_the_levels_between_unknown() -> None:
    known = {key: value for key, value in full_facts().items() if key != "retraining"}
    assert kinds(LIBRARY, everything("no"), known) == ("already", "yes", "unknown", "no", "no")


def test_an_answer_says_where_the_ceiling_but_not_the_floor_reaches_a_level() -> None:
    found = verdicts(LIBRARY, everything("yes", M2_P_1="unknown"), full_facts(use_cases=3))
    assert [each.perhaps_reached for each in found] == [False, False, True, True, True]
    assert found[2].verdict == "yes"


def test_flips_are_told_per_fact_in_the_order_of_the_facts() -> None:
    found = verdict(LIBRARY, everything("no"), full_facts(use_cases=2, importance="medium"), 3)
    assert found.verdict == "not-yet"
    assert found.flips == (
        Flip("stage", "production", "poc", "no"),
        Flip("use_cases", 2, 1, "no"),
        Flip("importance", "medium", "high", "yes"),
        Flip("retraining", "rarely", "weekly", "yes"),
        Flip("staleness", "none", "costly", "yes"),
        Flip("adaptive", False, True, "yes"),
    )


def test_of_two_equally_near_values_the_later_counts() -> None:
    found = verdict(LIBRARY, everything("no"), full_facts(use_cases=2, importance="medium"), 3)
    importance = next(flip for flip in found.flips if flip.fact == "importance")
    assert importance.to == "high"  # "low" is as near, and would give "no"


def test_a_defaulted_fact_is_tried_and_a_missing_one_is_not() -> None:
    known = {key: value for key, value in NEEDED.items() if key != "retraining_budget"}
    found = verdict(LIBRARY, up_to(3), known, 4)
    assert Flip("retraining_budget", False, True, "yes") in found.flips
    without = {key: value for key, value in known.items() if key != "adaptive"}
    assert not [flip for flip in verdict(LIBRARY, up_to(3), without, 4).flips if flip.fact == "adaptive"]


def test_planned_use_cases_follow_the_live_ones_until_they_are_given() -> None:
    found = verdict(LIBRARY, everything("no"), full_facts(use_cases=5), 2)
    assert Flip("use_cases", 5, 2, "not-yet") in found.flips
    given_too = verdict(LIBRARY, everything("no"), full_facts(use_cases=5, use_cases_planned=5), 2)
    assert not [flip for flip in given_too.flips if flip.fact == "use_cases"]  # 2 live, 5 planned: growing
    tried = verdict(LIBRARY, everything("no"), full_facts(use_cases=1), 2)
    assert Flip("use_cases_planned", 1, 3, "yes") in tried.flips


def test_tools_in_use_are_never_a_flip() -> None:
    found = verdicts(LIBRARY, everything("no"), full_facts(stack=("mlflow",)))
    assert "stack" not in {flip.fact for each in found for flip in each.flips}


def test_a_verdict_names_what_its_rules_have_read() -> None:
    found = verdict(LIBRARY, up_to(3), NEEDED, 4)
    assert found.rules == ("T1-production", "T4-need")
    assert found.practices == ("G1-7", "G1-8", "G1-9", "X-rollback")
    assert found.facts == (
        "stage",
        "use_cases",
        "staleness",
        "adaptive",
        "label_delay",
        "proxy_metric",
        "regulation",
        "on_call",
        "retraining_budget",
    )
    plain = verdict(LIBRARY, everything("no"), full_facts(use_cases=3), 2)
    assert (plain.facts, plain.practices) == (("stage", "use_cases"), ())


# --- properties ----------------------------------------------------------------------------------------------------

STEPS = {
    "stage": ("personal", "poc", "to-production", "production"),
    "importance": ("low", "medium", "high"),
    "retraining": ("rarely", "quarterly", "monthly", "weekly", "daily"),
}


def fitting(given_answers: Answers, known: Facts, level: int) -> list[Kind]:
    """Every line of the sheet's table that fits, top down."""
    found = score(LIBRARY, given_answers)
    target, overall = propose(LIBRARY, found, given_answers, known), found.floor.overall
    answered = any(name[0] == "M" or name in ("G1-1", "G1-5", "G1-12") for name in given_answers)
    close = level == 4 and bool({"T4-close", "T4-approval"} & set(target.rules))
    later = []
    if "use_cases" in known:
        later.append({**known, "use_cases": int(known["use_cases"]) + 1})  # type: ignore[arg-type]  # a count
    for key, listed in STEPS.items():
        if key in known and known[key] != listed[-1]:
            later.append({**known, key: listed[listed.index(str(known[key])) + 1]})
    soon = any(propose(LIBRARY, found, given_answers, changed).level >= level for changed in later)
    lines: list[tuple[Kind, bool]] = [
        ("unknown", target.lowest < level <= target.highest or (not answered and level <= target.highest)),
        ("already", level <= overall and level <= target.level),
        ("beyond", level <= overall and level > target.level),
        ("yes", overall < level <= target.level),
        ("not-yet", level > target.level and (close or soon)),
        ("no", level > target.level),
    ]
    return [kind for kind, fits in lines if fits]


@settings(max_examples=120)
@given(answers(EVERY), facts())
def test_each_level_gets_the_first_line_that_fits(
    given_answers: dict[str, Choice], known: dict[str, FactValue]
) -> None:
    for level, kind in enumerate(kinds(LIBRARY, given_answers, known)):
        assert kind == fitting(given_answers, known, level)[0]


@settings(max_examples=20)
@given(answers(EVERY), facts())
def test_the_verdicts_in_a_word_are_those_told_at_length(
    given_answers: dict[str, Choice], known: dict[str, FactValue]
) -> None:
    at_length = verdicts(LIBRARY, given_answers, known)
    assert kinds(LIBRARY, given_answers, known) == tuple(each.verdict for each in at_length)
    assert [each.level for each in at_length] == [0, 1, 2, 3, 4]


def others(key: str, value: FactValue) -> list[FactValue]:
    """All other values of a fact, nearest first, counts up to 25 away."""
    fact = LIBRARY.facts[key]
    if fact.kind == "yes-no":
        return [not value]
    if fact.kind == "choice":
        listed = [option.value for option in fact.options]
        here = listed.index(str(value))
        return sorted(
            (each for each in listed if each != value),
            key=lambda each: (abs(listed.index(str(each)) - here), -listed.index(str(each))),
        )
    assert isinstance(value, int)
    near = [value + sign * step for step in range(1, 26) for sign in (1, -1)]
    return [count for count in near if count >= 0]


@settings(max_examples=25)
@given(answers(EVERY), facts())
def test_a_flip_gives_its_verdict_and_no_nearer_value_gives_another(
    given_answers: dict[str, Choice], known: dict[str, FactValue]
) -> None:
    now = verdicts(LIBRARY, given_answers, known)
    for key in LIBRARY.facts:
        value = value_of(LIBRARY, known, key)
        tried = others(key, value) if value is not None and key != "stack" else []
        then = [(other, kinds(LIBRARY, given_answers, {**known, key: other})) for other in tried]
        for each in now:
            flips = [flip for flip in each.flips if flip.fact == key]
            first = next(
                ((other, found[each.level]) for other, found in then if found[each.level] != each.verdict), None
            )
            if first is not None:
                assert flips == [Flip(key, value, *first)]  # type: ignore[arg-type]  # the value is not None here
            else:
                assert not flips or abs(int(flips[0].to) - int(flips[0].was)) > 25  # type: ignore[arg-type]  # counts


def test_one_step_on_changes_one_fact_each_and_stops_at_the_end_of_a_list() -> None:
    known: Facts = {
        "stage": "production",
        "use_cases": 4,
        "importance": "low",
        "retraining": "daily",
        "adaptive": False,
    }
    assert list(one_step_on(LIBRARY, known)) == [{**known, "use_cases": 5}, {**known, "importance": "medium"}]


def test_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(IndexError):
        verdict(LIBRARY, {}, {}, 5)
