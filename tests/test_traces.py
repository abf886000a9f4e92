"""After a deletion every table and byte is looked through: for id, name, note and link, whoever took them over."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mrkdwn import escape
from dialogs.unsaying import less
from edges import CHANNEL, FIRST, SECOND, begin, finishes, says, state
from stage import Stage
from storage.unsaid import Unsaid
from storage.writing import Writing

DAY = 86_400.0
NOTE, LINK = "quetzalcoatlus", "https://ben.example/private"
OURS, OTHER = "since the spring", "https://ana.example/x"
ANSWER = f"yes, {NOTE} see {LINK}"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path) as running:
        yield running


def bens(stage: Stage) -> tuple[str, ...]:
    """What must not be found: Ben's id, name, words and address."""
    return stage.person("Ben").id, "Ben", NOTE, "ben.example"


def found(folder: Path, words: tuple[str, ...]) -> set[str]:
    """Which of the words are anywhere on disk, each as "table: word", or "bytes: word"."""
    where = set()
    with closing(sqlite3.connect(folder / "maturity.db")) as database:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            held = repr(database.execute(f"SELECT * FROM {table}").fetchall())  # noqa: S608 - a table of ours
            where |= {f"{table}: {word}" for word in words if word in held}
    on_disk = b"".join(file.read_bytes() for file in sorted(folder.glob("maturity.db*")))
    return where | {f"bytes: {word}" for word in words if word.encode() in on_disk}


async def clicks(stage: Stage, name: str, label: str, within: str = "") -> None:
    await stage.person(name).clicks(label, within=within)
    await stage.settled()


async def commands(stage: Stage, name: str, *orders: str) -> None:
    for order in orders:
        await stage.person(name).commands(f"/maturity {order}", CHANNEL)
        await stage.settled()


async def forgets(stage: Stage, name: str = "Ben") -> None:
    await commands(stage, name, "delete me")
    await clicks(stage, name, "Delete all about me")
    await stage.bot.housekeeper.tidy()


async def edits(stage: Stage, name: str, **fields: str) -> None:
    await clicks(stage, name, "Edit", within="1. ")
    await stage.person(name).submits(**fields)
    await stage.settled()


# Words that others took over -----------------------------------------------------------------------------------------


async def test_a_note_and_links_go_although_another_one_added_evidence_to_the_answer(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ben", ANSWER)
    await says(stage, "Ana", f"evidence 1 {OTHER}")
    await finishes(stage)
    assert found(stage.folder, bens(stage))

    await forgets(stage)

    assert found(stage.folder, bens(stage)) == set()
    kept = (await state(stage)).answers[FIRST]
    assert (kept.choice, kept.name, kept.note, kept.evidence) == ("yes", "Ana", None, (OTHER,))


async def test_they_go_from_what_another_one_found_still_true_in_the_next_assessments(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ben", ANSWER.replace("yes", "no"))
    await finishes(stage)
    for _ in range(2):
        stage.clock.forward(400 * DAY)
        await commands(stage, "Ana", "start again fraud model")
        await clicks(stage, "Ana", "Still true: no")
        await finishes(stage)
    assert (await state(stage)).answers[FIRST].name == "Ana"

    await forgets(stage)

    assert found(stage.folder, bens(stage)) == set()
    assert (await state(stage)).answers[FIRST].choice == "no"


async def test_they_go_from_a_later_assessment_although_the_one_they_were_given_in_is_too_old_by_then(
    stage: Stage,
) -> None:
    await begin(stage)
    await says(stage, "Ben", ANSWER.replace("yes", "no"))
    await finishes(stage)
    stage.clock.forward(400 * DAY)
    await commands(stage, "Ana", "start again fraud model")
    await clicks(stage, "Ana", "Still true: no")
    await finishes(stage)
    stage.bot.housekeeper.months = 2
    stage.clock.forward(5 * DAY)
    await stage.bot.housekeeper.tidy()
    assert {"dialogs: Ben"} - found(stage.folder, bens(stage)), "the assessment that Ben answered in is gone"
    assert f"dialogs: {NOTE}" in found(stage.folder, bens(stage))

    await forgets(stage)

    assert found(stage.folder, bens(stage)) == set()


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"choice": "Partly"}, None),
        ({"choice": "Partly", "note": f"{NOTE} see {LINK}; {OURS}"}, OURS),
        ({"choice": "Partly", "note": f"{OURS}, as {NOTE} see {LINK} says"}, f"{OURS}, as … says"),
        ({"choice": "Partly", "note": f"{NOTE} see"}, None),
        ({"choice": "Partly", "note": OURS}, OURS),
    ],
)
async def test_they_go_from_what_another_one_edited_and_what_that_one_wrote_stays(
    stage: Stage, fields: dict[str, str], left: str | None
) -> None:
    await begin(stage)
    await says(stage, "Ben", ANSWER)
    await edits(stage, "Ana", **fields)
    await finishes(stage)

    await forgets(stage)

    assert found(stage.folder, bens(stage)) == set()
    kept = (await state(stage)).answers[FIRST]
    assert (kept.choice, kept.name, kept.note, kept.evidence) == ("partly", "Ana", left, ())


async def test_a_remark_that_hangs_on_an_answer_goes_although_another_remark_took_its_place(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ben", f"@maturity the {NOTE} does it by hand")
    await says(stage, "Chen", "@maturity yes")
    assert NOTE in str((await state(stage)).answers[FIRST].note)
    await says(stage, "Ana", "@maturity edit 1")
    await says(stage, "Ana", "@maturity the whole team does it by machine")
    assert "machine" in (await state(stage)).notes[FIRST]
    await finishes(stage)

    await forgets(stage)

    assert found(stage.folder, bens(stage)) == set()


async def test_who_added_evidence_and_goes_takes_only_their_own_along(stage: Stage) -> None:
    third = "https://chen.example/y"
    await begin(stage)
    await says(stage, "Ana", f"yes, {OURS} see {OTHER}")
    await says(stage, "Ben", f"@maturity evidence 1 {LINK}")
    await says(stage, "Chen", f"@maturity evidence 1 {third}")
    await finishes(stage)

    await forgets(stage)

    assert found(stage.folder, bens(stage)) == set()
    kept = (await state(stage)).answers[FIRST]
    assert (kept.name, kept.note, set(kept.evidence)) == ("Chen", f"{OURS} see {OTHER}", {OTHER, third})


async def test_the_same_words_of_another_one_about_something_else_stay(stage: Stage) -> None:
    await begin(stage, "churn model")
    await says(stage, "Ana", "yes, since May")
    await begin(stage)
    await says(stage, "Ben", "yes, since May")
    await says(stage, "Ana", f"@maturity evidence 1 {OTHER}")
    await says(stage, "Ana", "@maturity partly, since May")

    await forgets(stage)

    held = await stage.bot.store.read(
        lambda reading: reading.sql("SELECT subject, practice, note FROM answers ORDER BY answered_at")
    )
    assert [(row["subject"], row["practice"], row["note"]) for row in held] == [
        ("churn model", FIRST, "since May"),
        ("fraud model", FIRST, None),
        ("fraud model", FIRST, None),
        ("fraud model", SECOND, "since May"),
    ]


async def test_what_is_kept_of_a_person_shows_the_words_that_others_took_over(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ben", f"@maturity the {NOTE} does it by hand")
    await says(stage, "Chen", "@maturity yes")
    await says(stage, "Ana", "@maturity edit 1")
    await says(stage, "Ana", "@maturity the whole team does it by machine")

    await commands(stage, "Ben", "export mine")

    assert f"the {NOTE} does it by hand" in stage.person("Ben").sees()[-1].text


@pytest.mark.parametrize(
    ("note", "words", "left"),
    [
        ("by hand; only fraud", ("only fraud; by hand",), None),
        ("nothing by hand, says the team", ("by hand",), "nothing …, says the team"),
        ("not tested", ("not",), "not tested"),  # so short a word stands in anybody's sentence
        ("not; tested", ("not",), "tested"),
        ("handmade", ("hand",), "handmade"),
        ("since the spri…", ("since the spring",), None),
        ("…", ("since the spring",), "…"),
        (f"see {LINK}s and {LINK}.", (LINK,), f"see {LINK}s and …."),
        (f"see {LINK}/1", (LINK,), f"see {LINK}/1"),
        (f"see {LINK}", ("see", LINK), "see …"),
        (f"{LINK}.", (LINK,), None),
        (None, ("by hand",), None),
    ],
)
def test_words_go_from_a_note_as_a_whole_and_nothing_else_does(
    note: str | None, words: tuple[str, ...], left: str | None
) -> None:
    assert less(note, *words) == left


@given(st.lists(st.text(min_size=1, max_size=20), max_size=4), st.text(min_size=4, max_size=20))
def test_no_piece_of_a_note_says_what_was_taken_out(pieces: list[str], words: str) -> None:
    left = less("; ".join((*pieces, words, *pieces)), words)
    told = (left or "").split("; ")
    assert not {piece for piece in words.split("; ") if piece} & set(told)
    assert less(left, words) == left


# Messages that wait ---------------------------------------------------------------------------------------------------


async def takes_step(stage: Stage, name: str, owner: str) -> None:
    await stage.person(name).commands("/maturity next fraud model", CHANNEL)
    await stage.workspace.quiet()
    await stage.person(name).clicks("Owner and date")
    await stage.workspace.quiet()
    await stage.person(name).submits(owner=owner)
    await stage.workspace.quiet()


async def renamed_before(stage: Stage) -> None:
    """Ben took the step while he was called Zacharias."""

    def rename(writing: Writing) -> None:
        writing.sql("UPDATE plans SET owner_name = 'Zacharias' WHERE owner_name = 'Ben'")
        writing.sql("UPDATE outbox SET payload = replace(payload, 'said by Ben', 'said by Zacharias')")

    await stage.bot.store.turn(rename)
    assert {"plans: Zacharias", "outbox: Zacharias"} <= found(stage.folder, ("Zacharias",))


async def test_what_waits_to_be_sent_mentions_nobody_who_was_forgotten_and_leads_to_none_of_their_links(
    stage: Stage,
) -> None:
    await begin(stage)
    await says(stage, "Ana", "no")
    await finishes(stage)
    await begin(stage, "churn model")
    await says(stage, "Ben", ANSWER)
    thread = (await state(stage)).thread
    stage.bot.courier.halt("a test")
    await stage.person("Ana").says(f"evidence 1 {OTHER}", CHANNEL, thread)
    await stage.workspace.quiet()
    await takes_step(stage, "Ana", "Ben")
    await takes_step(stage, "Ben", "Ben")
    await renamed_before(stage)
    told = found(stage.folder, bens(stage))
    assert {f"outbox: {word}" for word in bens(stage)} <= told

    await stage.person("Ben").commands("/maturity delete me", CHANNEL)
    await stage.person("Ben").clicks("Delete all about me")
    await stage.workspace.quiet()
    for _ in range(5):
        await stage.bot.housekeeper.tidy()

    assert found(stage.folder, (*bens(stage), "Zacharias")) == set()
    waiting = await stage.bot.store.read(lambda reading: reading.sql("SELECT payload FROM outbox"))
    payloads = [row["payload"] for row in waiting]
    assert any("Taken by a former member" in each for each in payloads)
    assert any("Kept with answer 1" in each and f"<{OTHER}|ana.example/x>" in each for each in payloads)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1. Notes · *no* · Ben · “no”", "1. Notes · *no* · a former member"),
        ("*no*: “no” and now", "*no*: “…” and now"),
        ("Taken by <@U1>, <@U1|ben> and <@U12>", "Taken by a former member, a former member and <@U12>"),
        (
            "evidence: <https://b.example/?a=1&amp;b=2|b.example/>, <https://c.example|c>",
            "evidence: …, <https://c.example|c>",
        ),
        ("see https://b.example/?a=1&amp;b=2.", "see …."),
        ("see https://b.example/?a=1&amp;b=23", "see https://b.example/?a=1&amp;b=23"),
        ("“tests &amp; docs”, says Benno", "“…”, says Benno"),
    ],
)
def test_a_waiting_message_loses_name_mention_note_and_link_and_nothing_else(text: str, left: str) -> None:
    words = {"no", "tests & docs https://b.example/?a=1&b=2", "https://b.example/?a=1&b=2"}
    unsaid = Unsaid("U1", {"Ben"}, words, escape)

    assert unsaid.cleaned({"blocks": [{"text": text, "value": text}]}) == {"blocks": [{"text": left, "value": text}]}


# A subject, and what is old -------------------------------------------------------------------------------------------


async def test_after_the_deletion_of_a_subject_no_table_and_no_byte_holds_anything_of_it(stage: Stage) -> None:
    await begin(stage, "zebra crossing")
    await says(stage, "Ben", ANSWER)
    await says(stage, "Ana", f"evidence 1 {OTHER}")
    await finishes(stage)
    await commands(stage, "Ana", "next zebra crossing")
    await clicks(stage, "Ana", "Not now")
    traces = (*bens(stage), stage.person("Ana").id, "zebra", "ana.example")

    await commands(stage, "Ana", "delete zebra crossing")
    await clicks(stage, "Ana", "Delete it for good")
    await stage.bot.housekeeper.tidy()

    ids = (stage.person("Ana").id, stage.person("Ben").id)  # whose events were taken is kept for a week
    assert found(stage.folder, traces) <= {f"{where}: {each}" for where in ("inbox", "bytes") for each in ids}


async def test_plans_go_with_the_last_assessment_of_their_subject_and_not_before(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ana", "no")
    await finishes(stage)
    await takes_step(stage, "Ana", "Ben")
    await stage.settled()
    stage.bot.housekeeper.months = 2
    stage.clock.forward(100 * DAY)
    await stage.bot.housekeeper.tidy()
    assert len(await plans(stage)) == 1, "the newest result stays twice as long, and what was decided on it"

    stage.clock.forward(100 * DAY)
    await stage.bot.housekeeper.tidy()

    assert await plans(stage) == []
    left = found(stage.folder, (stage.person("Ben").id, "fraud model"))
    assert left == set()


async def plans(stage: Stage) -> list[str]:
    rows = await stage.bot.store.read(lambda reading: reading.sql("SELECT practice FROM plans"))
    return [str(row["practice"]) for row in rows]
