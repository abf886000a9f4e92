"""The practices as content: which there are, and that each can be asked, judged and acted on."""

import re
from functools import cache
from pathlib import Path

import pytest

import content_folder as content
from knowledge.content import Practice
from knowledge.library import Library, load_library


def words(text: str) -> list[str]:
    """Split a table written as text, which reads better here than quoted lists."""
    return text.split()


MICROSOFT = words("""
    M1-C-1 M1-C-2 M1-R-1 M1-R-2 M1-A-1 M1-A-2 M1-A-3 M1-A-4
    M2-P-1 M2-P-2 M2-C-1 M2-C-2 M2-C-3 M2-C-4 M2-C-5 M2-C-6 M2-C-7 M2-C-8 M2-C-9 M2-C-10 M2-C-11 M2-R-1 M2-R-2
    M3-P-1 M3-P-2 M3-R-1 M3-R-2 M3-R-3 M3-R-4 M3-R-5 M3-R-6 M3-A-1 M3-A-2 M3-A-3 M3-A-4
    M4-P-1 M4-P-2 M4-C-1 M4-C-2 M4-C-3 M4-C-4 M4-R-1 M4-R-2 M4-A-1 M4-A-2 M4-A-3
""")
GOOGLE = words("""
    G1-1 G1-2 G1-3 G1-4 G1-5 G1-6 G1-7 G1-8 G1-9 G1-10 G1-11 G1-12
    G2-1 G2-2 G2-3 G2-4 G2-5 G2-6 G2-7
""")
OUTSIDE = ["X-monitoring", "X-rollback", "X-owner", "X-personal-data"]
GATES = words("""
    M1-C-2 M1-A-1 M1-A-2 M1-A-3
    M2-P-1 M2-C-1 M2-C-4 M2-C-6 M2-C-8 M2-R-1
    M3-P-2 M3-R-1 M3-R-2 M3-R-4 M3-A-1
    M4-P-2 M4-C-1 M4-A-1
    G1-2 G1-3 G1-5 G1-6 G1-7 G1-8 G1-10 G2-1 G2-3 G2-6
""")
ADDED_IN_2025 = words("M1-C-2 M2-C-9 M2-C-10 M2-C-11 M3-R-6 M4-C-2 M4-C-4 M4-R-1")
CAPABILITIES = words("""
    experiment-tracking model-registry data-versioning reproducibility pipeline-orchestration continuous-training
    feature-store ci-cd testing model-serving progressive-delivery monitoring data-validation lineage
    infrastructure-as-code governance explainability collaboration llmops zero-downtime
""")
ALL = MICROSOFT + GOOGLE + OUTSIDE

# Product names, words that sell, and fillers. "AWS" and "Google" may be named as sources of a view.
NEVER = re.compile(
    r"\b(azure|sagemaker|vertex|databricks|mlflow|kubernetes|simply|just|easy to see|seamless|robust|leverage"
    r"|powerful|cutting-edge|best-in-class|unlock|empower|holistic|synergy|world-class)\b",
    re.IGNORECASE,
)


@cache
def library() -> Library:
    return load_library()


def practice(practice_id: str) -> Practice:
    return library().practices[practice_id]


def texts(found: Practice) -> dict[str, str]:
    fields = ("title", "question", "yes", "partly", "why", "evidence", "step", "na_when")
    return {name: getattr(found, name) for name in fields if getattr(found, name) is not None}


def test_every_practice_of_both_models_and_the_four_outside_is_there_in_the_order_of_the_sheet() -> None:
    assert len(MICROSOFT) == 46
    assert len(GOOGLE) == 19
    assert list(library().practices) == ALL


def test_sixty_six_practices_are_asked_each_shared_one_once_under_its_microsoft_id() -> None:
    shared = {"G1-1", "G1-5", "G1-12"}
    assert [found.id for found in library().asked()] == [name for name in ALL if name not in shared]
    assert len(library().asked()) == 66


def test_three_google_practices_repeat_a_microsoft_practice_and_no_other_does() -> None:
    twins = {name: practice(name).same_as for name in ALL if practice(name).same_as}
    assert twins == {"G1-1": "M2-C-1", "G1-5": "M3-R-1", "G1-12": "M2-C-10"}


def test_exactly_the_practices_that_define_a_level_are_gates() -> None:
    assert [name for name in ALL if practice(name).gate] == GATES


def test_only_four_practices_may_be_not_applicable_and_each_says_when() -> None:
    may = {name for name in ALL if practice(name).na_when}
    assert may == {"M2-C-10", "M4-C-4", "G1-12", "X-personal-data"}


def test_what_microsoft_added_in_2025_is_marked() -> None:
    assert [name for name in ALL if practice(name).added_in_2025] == ADDED_IN_2025


def test_titles_tell_all_practices_apart() -> None:
    titles = [practice(name).title.casefold() for name in ALL]
    assert len(set(titles)) == len(ALL)


def test_questions_tell_all_practices_apart() -> None:
    questions = [practice(name).question.casefold() for name in ALL]
    assert len(set(questions)) == len(ALL)


@pytest.mark.parametrize("name", ALL)
def test_a_title_fits_a_folded_line(name: str) -> None:
    title = practice(name).title
    assert len(title) <= 40
    assert 2 <= len(title.split()) <= 5
    assert title[-1] not in ".?!"


@pytest.mark.parametrize("name", ALL)
def test_a_question_is_one_sentence_that_yes_partly_or_no_answers(name: str) -> None:
    question = practice(name).question
    assert question.endswith("?")
    assert question.count("?") == 1
    assert ". " not in question
    assert len(question) <= 160
    # An open question ("Which ...", "How ...") has no yes.
    assert not question.startswith(("Which", "What", "Who", "How", "Why", "When", "Where"))


@pytest.mark.parametrize("name", ALL)
def test_what_counts_as_yes_and_partly_completes_the_line_that_shows_it(name: str) -> None:
    for text in (practice(name).yes, practice(name).partly, practice(name).evidence):
        assert text[0].islower(), text
        assert text.endswith("."), text
        assert len(text) <= 300, text


@pytest.mark.parametrize("name", ALL)
def test_partly_names_at_least_two_cases_or_one_that_leaves_something_out(name: str) -> None:
    partly = practice(name).partly
    assert "; or " in partly or " or " in partly or " while " in partly or " but " in partly


@pytest.mark.parametrize("name", ALL)
def test_why_is_one_or_two_short_sentences(name: str) -> None:
    why = practice(name).why
    assert 1 <= len(re.findall(r"[.?!](?:\s|$)", why)) <= 2
    assert len(why) <= 300


@pytest.mark.parametrize("name", ALL)
def test_a_next_step_reads_as_an_instruction_that_fits_one_line_of_a_report(name: str) -> None:
    step = practice(name).step
    assert step[0].isupper()
    assert not step.endswith(".")
    assert len(step) <= 160
    assert step.split()[0] not in {"The", "A", "You", "We", "There", "It"}


@pytest.mark.parametrize("name", ALL)
def test_no_text_contains_markup_that_slack_would_interpret(name: str) -> None:
    for field, text in texts(practice(name)).items():
        assert not set(text) & set("<>&*_~`\n"), f"{field}: {text}"


@pytest.mark.parametrize("name", ALL)
def test_no_text_sells_or_names_a_product(name: str) -> None:
    for field, text in texts(practice(name)).items():
        assert not NEVER.search(text), f"{field}: {text}"


@pytest.mark.parametrize("name", ALL)
def test_each_practice_points_to_a_known_capability_and_to_known_sources(name: str) -> None:
    found = practice(name)
    assert found.capability in CAPABILITIES
    assert set(found.sources) <= set(library().sources)
    assert len(set(found.sources)) == len(found.sources)


@pytest.mark.parametrize(("names", "source"), [(MICROSOFT, "microsoft-2025"), (GOOGLE, "google-cloud")])
def test_each_practice_of_a_model_names_that_model_first_among_its_sources(names: list[str], source: str) -> None:
    assert [name for name in names if practice(name).sources[0] != source] == []


def test_no_sentence_serves_two_practices() -> None:
    seen: dict[str, str] = {}
    for name in ALL:
        for text in (practice(name).yes, practice(name).partly, practice(name).why, practice(name).step):
            for sentence in re.split(r"(?<=[.?!])\s+", text):
                assert sentence not in seen, f"{name} repeats {seen[sentence]}: {sentence}"
                seen[sentence] = name


# How long an answer keeps


def test_every_practice_and_every_fact_says_how_many_months_its_answer_keeps() -> None:
    assert {found.keeps_months for found in library().practices.values()} == {3, 6, 12}
    assert {fact.keeps_months for fact in library().facts.values()} == {3, 6, 12}


def test_a_google_practice_keeps_as_long_as_the_one_it_repeats() -> None:
    twins = [(found, practice(found.same_as)) for found in library().practices.values() if found.same_as]
    assert [found.id for found, repeated in twins if found.keeps_months != repeated.keeps_months] == []


@pytest.mark.parametrize(
    ("months", "names"),
    [
        (3, "X-monitoring X-rollback X-owner M4-C-1 M4-C-4 G2-6"),
        (6, "M1-R-2 M2-P-1 M2-C-1 M2-C-8 M2-R-2 M3-P-1 M3-R-1 M4-R-1 X-personal-data"),
        (12, "M1-C-2 M1-R-1 M1-A-1 M1-A-2 M2-C-2 M2-C-4 M2-C-10 M3-R-5 G2-7"),
    ],
)
def test_what_is_watched_ages_before_habits_and_habits_before_structures(months: int, names: str) -> None:
    assert {name: practice(name).keeps_months for name in words(names)} == dict.fromkeys(words(names), months)


def test_facts_that_move_fast_or_are_measured_age_first() -> None:
    facts = library().facts
    soonest = {key for key, fact in facts.items() if fact.keeps_months == 3}
    assert soonest == {"use_cases", "staleness", "proxy_metric", "on_call"}
    assert {facts[key].keeps_months for key in ("regulation", "adaptive", "label_delay")} == {12}


def test_an_overlay_lets_one_answer_keep_longer_and_one_fact_shorter(tmp_path: Path) -> None:
    longer = {"id": "X-rollback", "keeps_months": 9}
    content.write(tmp_path, "models/practices/ours.yml", {"practices": [longer]})
    content.write(tmp_path, "facts.yml", {"facts": [{"key": "regulation", "keeps_months": 1}]})
    found, base = load_library(overlay=tmp_path), library()
    assert found.practices["X-rollback"] == practice("X-rollback").model_copy(update={"keeps_months": 9})
    assert found.facts["regulation"].keeps_months == 1
    changed = [name for name in ALL if found.practices[name] != base.practices[name]]
    assert changed == ["X-rollback"]


def test_a_schedule_is_level_two_and_level_four_says_that_it_is_not_enough() -> None:
    assert "schedule" in practice("M2-C-9").question
    assert "a fixed schedule alone is level 2" in practice("M4-C-1").yes


def test_a_model_release_that_waits_for_an_approval_is_partly() -> None:
    assert "approval" in practice("M3-R-1").partly
    assert "approves" in practice("M3-R-1").yes


def test_an_automatic_release_also_counts_where_level_two_asks_for_an_easy_manual_one() -> None:
    assert "needs no hands counts as well" in practice("M2-R-2").yes


def test_every_source_has_been_reviewed_and_all_but_our_own_can_be_opened() -> None:
    sources = library().sources
    assert {found.reviewed_on.isoformat() for found in sources.values()} == {"2026-11-20"}
    without = {key for key, found in sources.items() if found.url is None}
    assert without == {"source-table", "our-judgement", "this-bot", "tool-notes"}
