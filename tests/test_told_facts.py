"""Facts told in passing are read only where a sentence can mean nothing else; questions and doubts never are."""

from pathlib import Path

import pytest
import yaml

from dialogs.answers import FactValue
from dialogs.script import load_script
from dialogs.told_facts import FILE, load_told
from knowledge.library import ContentError, load_library

LIBRARY = load_library()
TOLD = load_script(LIBRARY).told


@pytest.mark.parametrize(
    ("said", "fact", "value"),
    [
        ("we now have 3 models in production", "use_cases", 3),
        ("We have 12 ML models live now.", "use_cases", 12),
        ("FYI, we run five fraud models now", "use_cases", 5),
        ("there are two use cases in use", "use_cases", 2),
        ("3 models are live now", "use_cases", 3),
        ("we plan 10 models next year", "use_cases_planned", 10),
        ("we went live last week", "stage", "production"),
        ("we're in production now", "stage", "production"),
        ("the fraud model became critical", "importance", "high"),
        ("it is now business critical", "importance", "high"),
        ("we need weekly refreshing now", "retraining", "weekly"),
        ("we must retrain every day", "retraining", "daily"),
        ("fraudsters now adapt within days", "adaptive", True),
        ("labels arrive within hours now", "label_delay", "hours"),
        ("we are audited now", "regulation", "audit"),
        ("somebody must approve every change", "regulation", "approval"),
        ("several teams work on it now", "team", "several-teams"),
        ("we now have someone on call", "on_call", True),
        ("stale models cost us money", "staleness", "costly"),
    ],
)
def test_a_plain_statement_is_read(said: str, fact: str, value: FactValue) -> None:
    assert TOLD.read(said) == (fact, value)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "do we have 3 models in production?",
        "how many models do we have",
        "we have 3 models in production, do we need level 4",
        "we do not have 3 models in production",
        "we might have 3 models in production soon",
        "if we have 3 models in production",
        "we used to have 3 models in production",
        "the fraud model is no longer critical",
        "we have 9999999 models in production",
        "we have 200000 models in production",
        "3",
        "we have a model registry",
        "we have meetings every week",
        "the stream is live now",
        "the deadline is critical",
        "we now have 3 models in production " + "and more " * 30,
    ],
)
def test_a_question_a_doubt_or_another_matter_is_not(said: str) -> None:
    assert TOLD.read(said) is None


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"fact": "moon", "says": "the moon is full"}, "there is no fact 'moon'"),
        ({"fact": "use_cases", "says": "we have some models"}, "write NUMBER where it stands"),
        ({"fact": "stage", "value": "mars", "says": "we are on mars"}, "'mars' is no value of stage"),
        ({"fact": "on_call", "value": "yes", "says": "we are on call"}, "on_call is true or false"),
        ({"fact": "stage", "value": "production", "says": "we (are live"}, "no regular expression"),
    ],
)
def test_a_wrong_entry_is_told_with_its_place_and_what_to_do(
    tmp_path: Path, entry: dict[str, object], problem: str
) -> None:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    file = tmp_path / "told.yml"
    file.write_text(yaml.safe_dump({**content, "told": [*content["told"][:1], entry]}), encoding="utf-8")

    with pytest.raises(ContentError, match=problem) as refused:
        load_told(LIBRARY, file)

    assert refused.value.problems[0].startswith("told.yml: told.1: ")
