"""What a question is about: levels in any spelling, tools by their nicknames, and what only looks like ours."""

import pytest

from knowledge.phrasings import Reader
from knowledge.wording import clauses, cleaned, sentences
from stage import shipped_index

READER: Reader = shipped_index().reader


def mentioned(text: str) -> list[str]:
    """What a text mentions, as "kind value"."""
    found = READER.units(READER.joined(cleaned(text)))
    return [f"{unit.kind} {unit.value}" for unit in found if unit.kind not in ("word", "same")]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("explain level 3", ["level 3"]),
        ("lvl3 please", ["level 3"]),
        ("what is lvl 0", ["level 0"]),
        ("L4?", ["level 4"]),
        ("level four", ["level 4"]),
        ("the 2nd level", ["level 2"]),
        ("levle 2", ["level 2"]),
        ("the top level", ["level 4"]),
        ("do we need full automation", ["level 4"]),
        ("what is automated deployment", ["level 3"]),
        ("DevOps, no MLOps", ["level 1"]),
        ("the lowest level", ["level 0"]),
        ("from 1 to 2", ["level 1", "level 2"]),
        ("2 vs 3", ["level 2", "level 3"]),
        ("level 2 and 3", ["level 2", "level 3"]),
        ("is 3 enough", ["level 3"]),
        ("what does 2 have that 1 does not", ["level 2", "level 1"]),
        ("zero versus three", ["level 0", "level 3"]),
        ("we are at 0, how do we get to 1", ["level 0", "level 1"]),
        ("is there a level 5", ["beyond 5"]),
        ("google level 1", ["google 1"]),
        ("level 2 in google's model", ["google 2"]),
        ("is google level 2 the same as microsoft level 4", ["google 2", "level 4"]),
        ("how 4 differs from 3", ["level 4", "level 3"]),
        ("is 2 different to 3", ["level 2", "level 3"]),
        ("what is google's level 3", ["googlebeyond 3"]),
    ],
)
def test_a_level_is_recognised_in_any_spelling(text: str, levels: list[str]) -> None:
    assert mentioned(text) == levels


@pytest.mark.parametrize(
    "text",
    [
        "what is cmmi level 3",
        "L2 regularization",
        "the aws support level",
        "level 2 support does not answer",
        "sae level 4 driving",
        "seniority level 4 salary",
        "we have 3 models",
        "at 12:30",
        "2 people and 4 days a week",
        "lvl 60 paladin",
    ],
)
def test_other_levels_and_plain_numbers_are_no_levels_of_ours(text: str) -> None:
    assert mentioned(text) == []


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("wandb", ["tool weights-and-biases"]),
        ("W&B or MLFlow", ["tool weights-and-biases", "tool mlflow"]),
        ("GE", ["tool great-expectations"]),
        ("graet expectations", ["tool great-expectations"]),
        ("are we on k8s", ["tool kubernetes"]),
        ("TFX", ["tool tfdv"]),
        ("sagemaker or vertex", ["tool sagemaker", "tool vertex-ai"]),
        ("rays and prefectures", ["tool ray"]),  # names of one word are compared as typed, or in the plural
        ("which experiment tracker", ["capability experiment-tracking"]),
        ("tracking of our experiments", ["capability experiment-tracking"]),
        ("is drift detection worth it", ["capability monitoring"]),
        ("canary releases", ["capability progressive-delivery"]),
        ("ci/cd", ["capability ci-cd"]),
        ("what is application integration", ["dimension application-integration"]),
        ("the people part", ["dimension people"]),
        ("many people", []),
    ],
)
def test_tools_and_capabilities_are_recognised_by_their_names(text: str, things: list[str]) -> None:
    assert mentioned(text) == things


def test_a_text_is_split_into_sentences_and_clauses() -> None:
    text = cleaned("We are on k8s, and it breaks weekly.. Which one? (neptune.ai is gone)")

    assert sentences(text) == ["we are on k8s, and it breaks weekly", "which one", "(neptune.ai is gone)"]
    assert clauses("we are on k8s, and it breaks (often)") == ["we are on k8s", "and it breaks", "often"]


def test_a_short_opening_belongs_to_what_follows() -> None:
    assert clauses("in google's model, what is level 1, and why") == ["in google's model what is level 1", "and why"]


def test_markup_code_and_links_are_not_read() -> None:
    text = cleaned("<@U05X> what is `level 3` <https://a.example/level-4|here> :tada: @mlops-bot ```level 2```")

    assert text.split() == ["what", "is"]


def test_only_the_beginning_and_the_end_of_a_long_text_are_read() -> None:
    text = cleaned("level 2? " + "x " * 20_000 + "level 3?")

    assert "level 2" in text
    assert "level 3" in text
    assert len(text) < 2_100
