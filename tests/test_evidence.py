"""What an answer rests on: links and the day of the last run, by the form, by words, by a file; beside the level."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.evidence import MOST, evidence_with, links_in, read_day, read_links, without_links
from dialogs.evidence_words import TypedEvidence, read_evidence
from dialogs.judgement import judge
from edges import CHANNEL, FIRST, answers, begin, finishes, private, says, shown, state
from stage import Stage, shipped_index

LINK = "https://ci.example/run/12"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path) as running:
        yield running


# Read from words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (f"see {LINK}.", (LINK,)),
        (f"({LINK}), and again {LINK}", (LINK,)),
        ("http://old.example/a?b=1#c; HTTPS://Loud.example", ("http://old.example/a?b=1#c", "HTTPS://Loud.example")),
        ("no link, ftp://x.example, www.example.org", ()),
        (None, ()),
    ],
)
def test_links_are_found_in_a_sentence(text: str | None, links: tuple[str, ...]) -> None:
    assert links_in(text) == links


def test_a_note_without_its_links_is_what_was_said_besides() -> None:
    assert without_links(f"since March; {LINK}") == "since March"
    assert without_links(LINK) == ""


@given(st.lists(st.text(max_size=30), max_size=8))
def test_evidence_is_never_doubled_and_never_more_than_five(texts: list[str]) -> None:
    links = [f"https://x.example/{number}" for number, _ in enumerate(texts)]
    found = evidence_with(" ".join((*texts, *links)), links)

    assert len(found) == len(set(found)) <= MOST


def test_a_form_takes_links_one_a_line_and_names_what_is_none() -> None:
    assert read_links(f"{LINK}\nhttps://b.example") == ((LINK, "https://b.example"), None)
    assert read_links(f"{LINK} ask-ben") == ((LINK,), "ask-ben")
    assert read_links(None) == ((), None)
    assert read_links("https://x.example/" + "a" * 600)[1] is not None


@pytest.mark.parametrize("value", ["", None, "yesterday", "2026-13-01", ("2026-11-01",)])
def test_a_day_that_is_none_is_no_day(value: object) -> None:
    assert read_day(value) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"evidence 3 {LINK}", TypedEvidence(3, (LINK,), None)),
        (f"Evidence for question 3: {LINK}, ran 2026-11-20", TypedEvidence(3, (LINK,), dt.date(2026, 11, 20))),
        ("evidence 12 last ran on 2026-11-20", TypedEvidence(12, (), dt.date(2026, 11, 20))),
        (f"evidence {LINK}", TypedEvidence(None, (LINK,), None)),
        ("evidence", None),
        ("evidence is hard to find", None),
        (f"the evidence is at {LINK}", None),
        ("evidence 3", None),
    ],
)
def test_typed_evidence_names_a_question_and_holds_a_link_or_a_day(text: str, read: TypedEvidence | None) -> None:
    assert read_evidence(text) == read


# In Slack ------------------------------------------------------------------------------------------------------------


async def test_a_link_typed_with_an_answer_is_its_evidence(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ana", f"yes, see {LINK}")

    given_now = (await state(stage)).answers[FIRST]
    assert given_now.evidence == (LINK,)
    line = next(each.text for each in shown(stage) if each.text.startswith("1. "))
    assert f"“see” · evidence: <{LINK}|ci.example/run/12>" in line
    assert [(row["evidence"], row["last_run"]) for row in await answers(stage)] == [(f'["{LINK}"]', None)]


async def test_evidence_can_be_added_in_words_by_anybody_who_then_stands_behind_the_answer(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ana", "yes")
    await says(stage, "Ben", f"@maturity evidence 1 {LINK} ran 2026-11-20")

    kept = (await state(stage)).answers[FIRST]
    assert (kept.choice, kept.name, kept.evidence, kept.last_run) == ("yes", "Ben", (LINK,), dt.date(2026, 11, 20))
    assert any("Kept with answer 1" in each.text and "last ran 20 Nov 2026" in each.text for each in shown(stage))
    assert len(await answers(stage)) == 2, "the earlier answer stays in the history"


async def test_evidence_by_the_edit_form_is_kept_and_shown_again(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ana", "yes")
    await stage.person("Ana").clicks("Edit", within="1. ")
    await stage.settled()
    await stage.person("Ana").submits(evidence=f"{LINK}\nhttps://wiki.example/runbook", last_run="2026-11-01")
    await stage.settled()

    kept = (await state(stage)).answers[FIRST]
    assert kept.evidence == (LINK, "https://wiki.example/runbook")
    assert kept.last_run == dt.date(2026, 11, 1)

    await stage.person("Ana").clicks("Edit", within="1. ")
    await stage.settled()
    view = stage.person("Ana").modal
    assert view is not None
    by_block = {block["block_id"]: block["element"] for block in view["blocks"]}
    assert by_block["evidence"]["initial_value"] == f"{LINK}\nhttps://wiki.example/runbook"
    assert by_block["last_run"]["initial_date"] == "2026-11-01"


async def test_a_shared_files_permalink_is_evidence(stage: Stage) -> None:
    await begin(stage)
    picture = await stage.person("Ana").shares("run.png", "yes, since March", thread=(await state(stage)).thread)
    await stage.settled()

    assert (await state(stage)).answers[FIRST].evidence == (picture.raw["files"][0]["permalink"],)


async def test_evidence_without_an_answer_and_days_to_come_are_told_privately(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ana", f"evidence 1 {LINK}")
    assert "Question 1 has no answer yet" in private(stage, "Ana")[-1]
    await says(stage, "Ana", "yes")
    await says(stage, "Ana", "evidence 1 ran 2027-11-20")
    assert "is still to come" in private(stage, "Ana")[-1]
    assert (await state(stage)).answers[FIRST].last_run is None


async def test_a_secret_in_a_link_is_not_kept(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ana", "yes")
    await says(stage, "Ana", "evidence 1 https://ana:hunter2secret@ci.example/run")

    assert (await state(stage)).answers[FIRST].evidence == ()
    assert "looks like" in private(stage, "Ana")[-1]


async def test_evidence_stands_beside_the_level_and_never_changes_it(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ana", "yes")
    library = shipped_index().library
    before = judge(library, (await state(stage)).choices(), {})
    await says(stage, "Ana", f"evidence 1 {LINK} ran 2026-11-20")
    assert judge(library, (await state(stage)).choices(), {}) == before

    await finishes(stage)
    report = next(each.text for each in shown(stage) if "where you stand" in each.text)
    assert "*Confidence: high.* It never changes a level. 1 of 1 answer of yes or partly rests on evidence" in report


async def test_who_wants_to_be_forgotten_takes_their_evidence_along(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ana", f"yes, see {LINK}")
    await says(stage, "Ana", "evidence 1 ran 2026-11-20")
    await finishes(stage)

    await stage.person("Ana").commands("/maturity export mine", CHANNEL)
    await stage.settled()
    assert LINK in private(stage, "Ana")[-1]
    await stage.person("Ana").commands("/maturity delete me", CHANNEL)
    await stage.settled()
    await stage.person("Ana").clicks("Delete all about me")
    await stage.settled()

    kept = (await state(stage)).answers[FIRST]
    assert (kept.choice, kept.evidence, kept.last_run) == ("yes", (), None)
    assert all(row["evidence"] == "[]" and row["last_run"] is None for row in await answers(stage))
    results = await stage.bot.store.read(lambda reading: reading.sql("SELECT result FROM results"))
    assert all(LINK not in row["result"] for row in results)
