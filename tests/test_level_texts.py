"""The levels as content: all 39 points of the source table can be recognised, and its slips are corrected."""

from functools import cache

import pytest

from knowledge.content import Level
from knowledge.library import Library, load_library

# (level, column, place): words by which the table's point is recognised.
POINTS = {
    (0, "highlights", 0): ("lifecycle", "hard to manage"),
    (0, "highlights", 1): ("teams", "separate", "release", "hurt"),
    (0, "highlights", 2): ("black box", "little feedback"),
    (0, "technology", 0): ("builds", "deployments", "manual"),
    (0, "technology", 1): ("tested by hand", "model", "application"),
    (0, "technology", 2): ("nobody tracks", "performance", "central"),
    (0, "technology", 3): ("trained by hand",),
    (0, "when", 0): ("personal project",),
    (0, "when", 1): ("proof of concept", "poc"),
    (1, "highlights", 0): ("no mlops", "every new model", "data team"),
    (1, "highlights", 1): ("feedback", "production", "limited"),
    (1, "highlights", 2): ("hard to trace", "reproduce"),
    (1, "technology", 0): ("builds", "automated"),
    (1, "technology", 1): ("application code", "automated tests"),
    (1, "when", 0): ("proof of concept", "production"),
    (1, "when", 1): ("some automation",),
    (2, "highlights", 0): ("training environment", "managed", "traced"),
    (2, "highlights", 1): ("easy to reproduce",),
    (2, "highlights", 2): ("releases", "manual", "little friction"),
    (2, "technology", 0): ("model training", "automated"),
    (2, "technology", 1): ("training performance", "tracked", "central"),
    (2, "technology", 2): ("models are managed",),
    (2, "when", 0): ("number of use cases", "growing"),
    (2, "when", 1): ("three or more use cases", "automated"),
    (3, "highlights", 0): ("releases", "automatic", "little friction"),
    (3, "highlights", 1): ("deployment", "trace", "original data"),
    (3, "highlights", 2): ("entire environment", "training to test to production"),
    (3, "technology", 0): ("a/b testing", "deployment"),
    (3, "technology", 1): ("all code", "automated tests"),
    (3, "technology", 2): ("central tracking of training performance", "level 2"),
    (3, "when", 0): ("multiple use cases",),
    (3, "when", 1): ("more mature", "more important"),
    (4, "highlights", 0): ("full system", "automated", "monitored easily"),
    (4, "highlights", 1): ("production systems", "improve by themselves", "new models"),
    (4, "highlights", 2): ("zero downtime",),
    (4, "technology", 0): ("training and testing", "metrics from production"),
    (4, "technology", 1): ("deployed model", "detailed metrics", "central"),
    (4, "when", 0): ("retraining and deployment", "automated as well"),
    (4, "when", 1): ("pragmatic", "really need level 4"),
}


@cache
def library() -> Library:
    return load_library()


def every_text(level: Level) -> list[str]:
    single = (level.name, level.summary, level.enough_when or "", level.next or "")
    return [*single, *level.aliases, *level.highlights, *level.technology, *level.when, *level.notes]


@pytest.mark.parametrize(("place", "words"), POINTS.items())
def test_each_point_of_the_source_table_is_recognised(place: tuple[int, str, int], words: tuple[str, ...]) -> None:
    number, column, index = place
    text = getattr(library().level(number), column)[index].casefold()
    assert [word for word in words if word not in text] == []


def test_the_levels_hold_all_39_points_of_the_source_table_and_no_more() -> None:
    held = [
        (level.number, column, index)
        for level in library().microsoft.levels
        for column in ("highlights", "technology", "when")
        for index in range(len(getattr(level, column)))
    ]
    assert held == list(POINTS)
    assert len(held) == 39


def test_the_table_names_the_levels_and_microsoft_names_are_known_as_aliases() -> None:
    names = [(level.name, level.aliases) for level in library().microsoft.levels]
    assert names == [
        ("No Automation", ("No MLOps", "No Ops")),
        ("DevOps, No MLOps", ("DevOps but no MLOps",)),
        ("Automated Training", ()),
        ("Automated Deployment", ("Automated model deployment",)),
        ("Full MLOps Automation", ("Full MLOps automated operations", "Automated retraining")),
    ]


def test_training_performance_is_never_said_to_be_trained() -> None:
    for level in library().microsoft.levels:
        for text in every_text(level):
            assert "training of model training" not in text.casefold()
            assert "centralized training" not in text.casefold()
            assert "centralised training" not in text.casefold()


def test_tracking_is_told_as_a_point_of_level_two_where_level_three_repeats_it() -> None:
    assert "It is a point of level 2" in library().level(3).technology[2]
    assert any("training where it means tracking" in note for note in library().level(3).notes)


def test_what_is_new_at_level_four_is_the_trigger_from_production_metrics() -> None:
    four = library().level(4)
    assert "New is what starts them: metrics from production" in four.technology[0]
    assert any("Automated training is level 2 and automated tests are levels 1 and 3" in n for n in four.notes)
    assert "start retraining" in (library().level(3).next or "")


def test_level_four_is_proposed_under_conditions_and_not_by_questions() -> None:
    for text in library().level(4).when:
        assert "?" not in text


@pytest.mark.parametrize("number", range(5))
def test_each_level_says_that_when_to_propose_it_is_the_table_authors_own_advice(number: int) -> None:
    notes = library().level(number).notes
    assert any("advice of the source table's author" in note for note in notes)
    assert "source-table" in library().level(number).sources


def test_a_schedule_is_told_at_level_two_and_again_at_level_four() -> None:
    assert any("on a schedule belongs here" in note for note in library().level(2).notes)
    assert any("A schedule plus automatic release is level 3" in note for note in library().level(4).notes)


def test_every_level_says_what_comes_next_but_the_top_ones() -> None:
    assert [level.next is None for level in library().microsoft.levels] == [False, False, False, False, True]
    assert [level.next is None for level in library().google.levels] == [False, False, True]


def test_every_level_says_when_one_may_stay_there() -> None:
    for level in (*library().microsoft.levels, *library().google.levels):
        assert level.enough_when


def test_google_has_three_levels_and_keeps_people_in_the_top_one() -> None:
    names = [level.name for level in library().google.levels]
    assert names == ["Manual process", "ML pipeline automation", "CI/CD pipeline automation"]
    assert any("stays manual even here" in note for note in library().google_level(2).notes)


def test_microsofts_dimensions_are_the_four_in_the_order_of_the_sheet() -> None:
    titles = [(dimension.key, dimension.title) for dimension in library().microsoft.dimensions]
    assert titles == [
        ("people", "People"),
        ("model-creation", "Model creation"),
        ("model-release", "Model release"),
        ("application-integration", "Application integration"),
    ]
    assert library().google.dimensions == ()


def test_no_text_of_a_level_contains_markup_that_slack_would_interpret() -> None:
    for level in (*library().microsoft.levels, *library().google.levels):
        for text in every_text(level):
            assert not set(text) & set("<>&*_~`\n"), text
