"""Every topic has an answer, a title that fits on a button, neighbours that exist, and sources with their days."""

import pytest

from bot.topic_bodies import body_of
from bot.words import Words
from knowledge.topics import TITLE, is_topic, pair_of, related, title
from screens import every_topic
from stage import shipped_index

LIBRARY = shipped_index().library
WORDS = Words(LIBRARY)
TOPICS = every_topic(LIBRARY)
FIXED = (
    "levels/overview", "google/overview", "google/mapping",
    *(f"level/{n}/need" for n in range(5)), *(f"level/{n}/reach" for n in range(1, 5)),
    *(f"dimension/{d}" for d in ("people", "model-creation", "model-release", "application-integration")),
    *(f"assessment/{t}" for t in (
        "start", "duration", "participants", "scoring", "dont-know", "edit", "disagreement", "frequency", "privacy",
        "quick-or-full", "pause", "history", "export")),
    *(f"reminder/{t}" for t in ("schedule", "snooze", "stop")),
    *(f"team/{t}" for t in ("level", "blockers", "next", "target", "history", "reminder", "answers")),
    *(f"bot/{t}" for t in ("help", "sources", "feedback")),
)  # fmt: skip


def test_every_topic_of_the_list_is_answered() -> None:
    assert [topic for topic in FIXED if not is_topic(LIBRARY, topic)] == []
    assert set(FIXED) <= set(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_says_its_verdict_and_where_it_comes_from(topic: str) -> None:
    body = body_of(topic, None, WORDS)

    assert body.verdict.strip()
    assert body.sources or body.reviewed_on
    assert set(body.sources) <= set(LIBRARY.sources)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_a_title_and_neighbours_that_are_answered(topic: str) -> None:
    assert 0 < len(title(LIBRARY, topic)) <= TITLE
    near = related(LIBRARY, topic)
    assert near
    assert topic not in near
    assert all(is_topic(LIBRARY, each) for each in near)


def test_there_are_at_least_sixty_tool_pages_and_each_is_whole() -> None:
    assert len(LIBRARY.tools) >= 60
    for tool in LIBRARY.tools.values():
        assert tool.what, tool.slug
        assert tool.not_when, tool.slug
        assert tool.state or tool.caution, tool.slug
        assert tool.review_by, tool.slug
        assert tool.alternatives, tool.slug


def test_two_tools_are_told_apart_although_their_names_hold_dashes() -> None:
    assert pair_of(LIBRARY, "tools/compare/mlflow-weights-and-biases") == ("mlflow", "weights-and-biases")
    assert pair_of(LIBRARY, "tools/compare/argo-rollouts-flagger") == ("argo-rollouts", "flagger")
    assert pair_of(LIBRARY, "tools/compare/weights-and-biases-mlflow") is None


@pytest.mark.parametrize(
    "address",
    [
        "level/5/overview",
        "level/0/reach",
        "levels/compare/3-1",
        "google/3",
        "tool/",
        "tool/optuna",
        "capability/x/what",
        "",
    ],
)
def test_an_address_that_nothing_answers_is_none(address: str) -> None:
    assert not is_topic(LIBRARY, address)
