"""What if: read from words, judged as if it were so, and nothing is kept."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers import CHOICES, Choice, FactValue
from dialogs.judgement import judge
from dialogs.what_if import (
    FactShift,
    FactWere,
    PracticeShift,
    PracticeWere,
    Supposed,
    WhatIfProblem,
    read_what_if,
    what_if,
)
from knowledge.library import Library, load_library
from teams import EVERY, answers, everything, facts, full_facts, up_to

LIBRARY: Library = load_library()


def read(text: str) -> tuple[Supposed, ...]:
    found = read_what_if(LIBRARY, text)
    assert isinstance(found, tuple), found
    return found


# Judging


def test_one_answer_lifts_the_level_and_nothing_is_changed() -> None:
    team, known = up_to(2) | {"M2-C-4": "no"}, full_facts(use_cases=3)
    kept = deepcopy((team, known))
    found = what_if(LIBRARY, team, known, [PracticeWere("M2-C-4", "yes")])
    assert (found.before.score.floor.overall, found.after.score.floor.overall) == (1, 2)
    assert found.practices == (PracticeShift("M2-C-4", "no", "yes"),)
    assert found.facts == ()
    assert (team, known) == kept


def test_one_fact_moves_the_target_and_its_default_is_what_it_was() -> None:
    known = full_facts(use_cases=2)
    found = what_if(LIBRARY, {}, known, [FactWere("importance", "high"), FactWere("use_cases_planned", 4)])
    assert (found.before.target.level, found.after.target.level) == (1, 3)
    assert found.facts == (FactShift("importance", "low", "high"), FactShift("use_cases_planned", 2, 4))
    assert what_if(LIBRARY, {}, {}, [FactWere("stage", "poc")]).facts == (FactShift("stage", None, "poc"),)


def test_a_shared_practice_changes_in_both_models() -> None:
    team = everything("yes", M3_R_1="no", G1_5="no")
    found = what_if(LIBRARY, team, {}, [PracticeWere("M3-R-1", "yes")])
    assert (found.before.score.floor.google, found.after.score.floor.google) == (0, 2)
    assert found.after.score.floor.overall == 4
    unasked = what_if(LIBRARY, {"G1-1": "partly"}, {}, [PracticeWere("M2-C-1", "yes")])
    assert unasked.practices == (PracticeShift("M2-C-1", "partly", "yes"),)


def test_what_is_supposed_may_be_so_already() -> None:
    found = what_if(LIBRARY, {"M2-C-4": "yes"}, {}, [PracticeWere("M2-C-4", "yes")])
    assert found.practices == (PracticeShift("M2-C-4", "yes", "yes"),)
    assert found.before == found.after


@given(answers(), facts(), st.dictionaries(st.sampled_from(EVERY), st.sampled_from(CHOICES[:4]), max_size=5), facts())
def test_the_judgement_is_that_of_a_team_of_which_it_is_true(
    team: dict[str, Choice],
    known: dict[str, FactValue],
    supposed: dict[str, Choice],
    values: dict[str, FactValue],
) -> None:
    asked = {LIBRARY.practices[name].same_as or name: choice for name, choice in supposed.items()}
    changes: list[Supposed]
    changes = [*(PracticeWere(*pair) for pair in asked.items()), *(FactWere(*pair) for pair in values.items())]
    found = what_if(LIBRARY, team, known, changes)
    assert found.before == judge(LIBRARY, team, known)
    assert found.after == judge(LIBRARY, team | asked, known | values)


# Reading


@pytest.mark.parametrize(
    ("text", "practice", "choice"),
    [
        ("what if M2-C-4 were yes", "M2-C-4", "yes"),
        ("What if m2-c-4 was Partly?", "M2-C-4", "partly"),
        ("M2-C-4 yes", "M2-C-4", "yes"),
        ("what-if: `M2-C-4` = no.", "M2-C-4", "no"),
        ("what if the M2-C-4 were “don\u2019t know”", "M2-C-4", "unknown"),
        ("what if x-owner became yes", "X-owner", "yes"),
        ("what if x-personal-data were not applicable", "X-personal-data", "na"),
        ("what if M2-C-10: n/a", "M2-C-10", "na"),
        ("what if G1-1 were yes", "M2-C-1", "yes"),  # it is asked under the Microsoft id
        ("what if g2-3 were yes", "G2-3", "yes"),
    ],
)
def test_a_practice_goes_by_its_id(text: str, practice: str, choice: Choice) -> None:
    assert read(text) == (PracticeWere(practice, choice),)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("what if use_cases were 5", "use_cases", 5),
        ("what if use cases live were about 5?", "use_cases", 5),
        ("what if use_cases_planned were 12", "use_cases_planned", 12),
        ("use cases planned 12", "use_cases_planned", 12),
        ("what if importance were high", "importance", "high"),
        ("what if importance were A lot: safety, rights or serious money", "importance", "high"),
        ("what if our importance = a lot", "importance", "high"),
        ("what if retraining is every week", "retraining", "weekly"),
        ("what if Refresh needed were weekly", "retraining", "weekly"),
        ("what if stage were to-production", "stage", "to-production"),
        ("what if team were 1-3", "team", "1-3"),
        ("what if adaptive were true", "adaptive", True),
        ("what if on_call were no", "on_call", False),
        ("what if staleness were unknown", "staleness", "unknown"),
        ("what if stack were MLflow, Airflow and git", "stack", ("mlflow", "airflow", "git")),
        ("what if tools in use were none", "stack", ()),
    ],
)
def test_a_fact_goes_by_its_key_or_title_and_its_value_by_itself_or_its_label(
    text: str, fact: str, value: FactValue
) -> None:
    assert read(text) == (FactWere(fact, value),)


def test_several_are_joined_by_and_or_commas_in_the_order_said() -> None:
    assert read("what if m2-c-4 was partly and M3-R-1 = yes, use_cases 5; and importance were high") == (
        PracticeWere("M2-C-4", "partly"),
        PracticeWere("M3-R-1", "yes"),
        FactWere("use_cases", 5),
        FactWere("importance", "high"),
    )


def test_a_label_with_commas_ends_where_the_next_supposition_begins() -> None:
    label = "what if importance was something: money, time or goodwill, and M2-C-4 were yes"
    assert read(label) == (FactWere("importance", "medium"), PracticeWere("M2-C-4", "yes"))


def test_several_may_share_one_value() -> None:
    assert read("what if M2-C-4, M2-C-6, and M2-C-8 were yes") == tuple(
        PracticeWere(name, "yes") for name in ("M2-C-4", "M2-C-6", "M2-C-8")
    )


def test_the_same_said_twice_counts_once() -> None:
    assert read("what if M2-C-1 = yes and G1-1 = yes") == (PracticeWere("M2-C-1", "yes"),)


ANSWERS = "yes, partly, no, unknown"


@pytest.mark.parametrize(
    ("text", "kind", "details"),
    [
        ("what if", "nothing-supposed", {}),
        (" ? ", "nothing-supposed", {}),
        ("what if M9-C-1 were yes", "unknown-practice", {"given": "M9-C-1"}),
        ("what if x-ray were yes", "unknown-practice", {"given": "X-ray"}),
        ("what if we bought a robot", "unknown-subject", {"given": "we bought a robot"}),
        ("what if M2-C-4 were yes and luck was 5", "unknown-subject", {"given": "luck"}),
        ("what if M2-C-4 were not yes", "unknown-value", {"subject": "M2-C-4", "given": "not yes", "options": ANSWERS}),
        ("what if M2-C-4", "unknown-value", {"subject": "M2-C-4", "given": "", "options": ANSWERS}),
        ("what if M2-C-10 were 5", "unknown-value", {"subject": "M2-C-10", "given": "5", "options": f"{ANSWERS}, na"}),
        (
            "what if importance were huge",
            "unknown-value",
            {"subject": "Importance", "given": "huge", "options": "low, medium, high"},
        ),
        (
            "what if adaptive were often",
            "unknown-value",
            {"subject": "World adapts in days", "given": "often", "options": "yes, no"},
        ),
        (
            "what if stack were mlflow and abacus",
            "unknown-value",
            {"subject": "Tools in use", "given": "mlflow and abacus", "options": ""},
        ),
        ("what if use_cases were -5", "not-a-number", {"subject": "Use cases live", "given": "-5"}),
        ("what if use_cases were 999999", "not-a-number", {"subject": "Use cases live", "given": "999999"}),
        ("what if M2-C-4 were na", "na-not-allowed", {"subject": "M2-C-4"}),
        ("what if M2-C-4 = yes and M2-C-4 = no", "supposed-twice", {"subject": "M2-C-4"}),
        ("what if use_cases = 3, use cases live = 4", "supposed-twice", {"subject": "Use cases live"}),
    ],
)
def test_what_cannot_be_read_is_told_with_its_kind_and_details(text: str, kind: str, details: dict[str, str]) -> None:
    assert read_what_if(LIBRARY, text) == WhatIfProblem(kind, details)  # type: ignore[arg-type]  # one of its kinds


def test_every_value_of_every_choice_can_be_said_by_value_and_by_label() -> None:
    for key, fact in LIBRARY.facts.items():
        for option in fact.options:
            assert read(f"what if {key} were {option.value}") == (FactWere(key, option.value),)
            assert read(f"what if {fact.title} were {option.label}") == (FactWere(key, option.value),)


@given(st.text(alphabet="m2-c4 x,and=:isyo?&5", max_size=60) | st.text(max_size=60))
def test_any_text_gives_suppositions_or_a_problem(text: str) -> None:
    found = read_what_if(LIBRARY, text)
    if isinstance(found, tuple):
        assert found
        what_if(LIBRARY, {}, {}, found)
