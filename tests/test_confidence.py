"""Confidence: how many claims rest on evidence or on a recent run; it stands beside the level."""

import datetime as dt
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers import Choice
from dialogs.confidence import Backing, confidence
from dialogs.state import Given
from knowledge.content import DIMENSIONS
from knowledge.library import Library, load_library
from teams import ASKED, answers

LIBRARY: Library = load_library()
TODAY = dt.date(2026, 11, 26)
LINKS = ("https://ci.example/runs/7",)
KEEPS = LIBRARY.practices["M2-C-1"].keeps_months  # six


def given_as(choice: Choice, *, evidence: tuple[str, ...] = (), last_run: dt.date | None = None) -> Given:
    at = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
    return Given(choice=choice, evidence=evidence, last_run=last_run, person="U1", name="Ana", at=at)


def overall(givens: Mapping[str, Given], today: dt.date = TODAY) -> Backing:
    return confidence(LIBRARY, givens, today).overall


def test_only_what_is_claimed_to_be_there_can_be_backed() -> None:
    givens: dict[str, Given] = {
        "M1-C-1": given_as("yes", evidence=LINKS),
        "M1-C-2": given_as("partly"),
        "M1-R-1": given_as("no", evidence=LINKS),
        "M1-R-2": given_as("unknown", evidence=LINKS, last_run=TODAY),
        "M2-C-10": given_as("na", evidence=LINKS),
    }
    found = confidence(LIBRARY, givens, TODAY)
    assert found.overall == Backing(claims=2, evidenced=1, recent=0, backed=1)
    assert found.dimensions["model-creation"] == found.overall
    assert found.dimensions["model-release"] == Backing(0, 0, 0, 0)
    assert tuple(found.dimensions) == DIMENSIONS


@pytest.mark.parametrize(
    ("last_run", "counts"),
    [
        (TODAY, True),
        (dt.date(2026, 5, 27), True),
        (dt.date(2026, 5, 26), False),  # six months ago to the day
        (TODAY + dt.timedelta(days=1), False),  # a day to come is a slip
        (None, False),
    ],
)
def test_a_run_counts_until_the_shelf_life_of_its_question_has_passed(
    last_run: dt.date | None, *, counts: bool
) -> None:
    assert KEEPS == 6
    found = overall({"M2-C-1": given_as("yes", last_run=last_run)})
    assert (found.recent, found.backed) == (counts, counts)


def test_a_claim_with_a_link_and_a_run_is_backed_once() -> None:
    assert overall({"M2-C-1": given_as("yes", evidence=(*LINKS, "https://x.example"), last_run=TODAY)}) == Backing(
        1, 1, 1, 1
    )


def test_what_stands_outside_the_dimensions_counts_in_the_whole_and_a_shared_practice_once() -> None:
    givens: dict[str, Given] = {
        "X-owner": given_as("yes", evidence=LINKS),
        "G1-7": given_as("yes"),
        "G1-1": given_as("yes", evidence=LINKS),
        "M2-C-1": given_as("yes"),
    }
    found = confidence(LIBRARY, givens, TODAY)
    assert found.overall == Backing(claims=3, evidenced=1, recent=0, backed=1)
    assert found.dimensions["model-creation"].claims == 1
    del givens["M2-C-1"]
    assert confidence(LIBRARY, givens, TODAY).dimensions["model-creation"].evidenced == 1


@pytest.mark.parametrize(
    ("backing", "word"),
    [
        (Backing(0, 0, 0, 0), "none"),
        (Backing(8, 0, 0, 0), "none"),
        (Backing(8, 1, 0, 1), "low"),
        (Backing(8, 3, 0, 3), "low"),
        (Backing(8, 4, 0, 4), "some"),
        (Backing(8, 8, 3, 8), "some"),  # links alone do not show that it still works
        (Backing(8, 3, 5, 5), "some"),
        (Backing(8, 6, 4, 6), "high"),
        (Backing(1, 0, 1, 1), "high"),
    ],
)
def test_the_word_follows_from_the_shares(backing: Backing, word: str) -> None:
    assert backing.word == word


@given(answers(ASKED), st.data())
def test_more_evidence_never_lowers_the_word(team: dict[str, Choice], data: st.DataObject) -> None:
    days = st.none() | st.dates(dt.date(2025, 1, 1), TODAY)
    givens = {
        name: given_as(choice, evidence=data.draw(st.sampled_from([(), LINKS])), last_run=data.draw(days))
        for name, choice in team.items()
    }
    words = ("none", "low", "some", "high")
    before = overall(givens)
    backed = {name: given.model_copy(update={"evidence": LINKS}) for name, given in givens.items()}
    assert words.index(overall(backed).word) >= words.index(before.word)
    assert max(before.evidenced, before.recent) <= before.backed <= before.claims
    assert before.claims == sum(choice in ("yes", "partly") for choice in team.values())
