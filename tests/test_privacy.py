"""What is deleted is gone: from every table, from every byte of the files, and where it can be from Slack."""

import datetime as dt
import json
import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.settings import SettingsError, read_settings
from bot.speak_privacy import exported
from bot.words import Words
from dialogs.deleting import PIECES, export
from dialogs.events import Commanded
from dialogs.events import Person as Someone
from dialogs.privacy_screens import Entry, Exported, Held, Mine
from dialogs.retention import Over, expired
from dialogs.surroundings import Surroundings
from dialogs.unsaying import less
from knowledge.library import load_library
from stage import Stage
from storage.database import Row
from storage.store import Store, open_store

CHANNEL = "fraud-detection"
DAY = 86_400.0
TOKENS = "SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\n"


async def thread_of(stage: Stage) -> str:
    rows = await rows_of(stage.bot.store, "SELECT thread FROM dialogs ORDER BY began_at DESC LIMIT 1")
    return str(rows[0]["thread"])


async def rows_of(store: Store, text: str) -> list[Row]:
    return await store.read(lambda reading: reading.sql(text))


async def does(stage: Stage, name: str, *deeds: str) -> None:
    """Somebody acts: `/...` is a command, `> ...` a mention in the thread, `[...]` a click, all else typed there."""
    person = stage.person(name)
    for deed in deeds:
        if deed.startswith("/"):
            await person.commands(deed, CHANNEL)
        elif deed.startswith("["):
            await person.clicks(deed.strip("[]"))
        else:
            text = deed.replace("> ", "@maturity ") if deed.startswith("> ") else deed
            await person.says(text, CHANNEL, await thread_of(stage))
        await stage.settled()


def private(stage: Stage, name: str) -> str:
    return "\n".join(each.text for each in stage.person(name).sees() if each.ephemeral)


def on_disk(folder: Path) -> bytes:
    """Every byte of the database's files."""
    return b"".join(file.read_bytes() for file in sorted(folder.glob("maturity.db*")))


async def tidied(stage: Stage) -> None:
    """Tidy up; where somebody reads just then the file is written anew at a later try, in life within the hour."""
    for _ in range(5):
        await stage.bot.housekeeper.tidy()


async def left_traces(stage: Stage) -> tuple[bytes, ...]:
    """Dora leaves traces everywhere; what to look for: her id, her name, and her words."""
    await does(stage, "Dora", "/maturity start churn", "[Skip the facts]", "no because swordfish", "> finish")
    await does(stage, "Dora", "/maturity remind every 3 months for churn")
    await does(stage, "Dora", "/maturity settings zone Europe/Stockholm", "/maturity ask what is a model registry?")
    await does(stage, "Dora", "[Helpful]", "[Share in channel]")
    await does(stage, "Ana", "/maturity start full", "[Skip the facts]")
    await does(stage, "Dora", "yes but only for the walrus", "> the pelican does it by hand")
    await does(stage, "Ana", "[Partly]")
    return stage.person("Dora").id.encode(), b"Dora", b"swordfish", b"walrus", b"pelican"


async def test_after_delete_me_no_byte_of_the_files_holds_id_name_or_words(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        traces = await left_traces(stage)
        assert [trace for trace in traces if trace not in on_disk(tmp_path)] == []

        await does(stage, "Dora", "/maturity delete me", "[Delete all about me]")

        assert [trace for trace in traces if trace in on_disk(tmp_path)] == []
        assert "All about you is deleted here." in private(stage, "Dora")
    assert [trace for trace in traces if trace in on_disk(tmp_path)] == []


async def test_what_still_waits_to_be_sent_says_it_without_them(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        traces = await left_traces(stage)
        thread = await thread_of(stage)
        stage.bot.courier.halt("a test")
        dora = stage.person("Dora")
        await dora.says("no because *flamingo* & co", CHANNEL, thread)
        await stage.workspace.quiet()
        assert b"flamingo" in on_disk(tmp_path)

        await dora.commands("/maturity delete me", CHANNEL)
        await dora.clicks("Delete all about me")
        await stage.workspace.quiet()
        await tidied(stage)

        assert [trace for trace in (*traces, b"flamingo") if trace in on_disk(tmp_path)] == []
        waiting = await rows_of(stage.bot.store, "SELECT payload FROM outbox WHERE status = 'waiting'")
        assert any("*no* · a former member" in row["payload"] for row in waiting)


async def test_what_a_former_member_chose_stays_and_the_thread_says_it_is_theirs(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await left_traces(stage)
        before = await rows_of(stage.bot.store, "SELECT practice, choice FROM answers ORDER BY dialog, turn, place")

        await does(stage, "Dora", "/maturity delete me", "[Delete all about me]")

        after = await rows_of(stage.bot.store, "SELECT practice, choice FROM answers ORDER BY dialog, turn, place")
        assert after == before
        seen = [each.text for each in stage.person("Ana").sees(CHANNEL)]
        assert any("*partly* · a former member" in text for text in seen)
        assert not any("walrus" in text or "pelican" in text for text in seen if text[:2] in ("1.", "2."))
        await does(stage, "Ana", "[Yes]", "> finish")
        assert (await rows_of(stage.bot.store, "SELECT phase FROM dialogs WHERE subject = 'fraud-detection'"))[0][
            "phase"
        ] == "finished"


async def test_a_reminder_of_a_former_member_still_comes_and_nobody_is_written_to(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await left_traces(stage)
        await does(stage, "Dora", "/maturity delete me", "[Delete all about me]")
        written = len(stage.workspace.api_calls)

        stage.clock.forward(95 * DAY)
        await stage.bot.clock.tick()
        stage.bot.courier.wake()
        await stage.settled()

        assert [e.text for e in stage.person("Ana").sees(CHANNEL) if "Time to look at churn again" in e.text]
        calls = stage.workspace.api_calls[written:]
        assert [call.args for call in calls if call.args.get("channel") == "" or call.args.get("user") == ""] == []
        assert [call.result for call in calls if not call.result["ok"]] == []


async def test_nothing_is_deleted_before_the_click_and_a_second_click_finds_nothing_left(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        traces = await left_traces(stage)
        await does(stage, "Dora", "/maturity delete me", "[Leave it]")
        assert [trace for trace in traces if trace not in on_disk(tmp_path)] == []

        await does(stage, "Dora", "/maturity delete me", "[Delete all about me]", "/maturity delete me")

        assert "I keep nothing about you in this workspace." in private(stage, "Dora")


async def test_a_mention_and_a_direct_message_are_answered_privately_as_well(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await left_traces(stage)
        dora = stage.person("Dora")

        await dora.says("@maturity delete me", CHANNEL)
        await stage.settled()
        assert "Delete all about you in this workspace?" in private(stage, "Dora")
        assert not any("Delete all about you" in each.text for each in stage.person("Ana").sees(CHANNEL))

        await dora.says("export mine", stage.workspace.state.im_of(dora.id).id)
        await stage.settled()
        assert "Everything I keep about Dora in this workspace" in private(stage, "Dora")


async def test_after_the_deletion_of_a_subject_nothing_of_it_is_left_but_a_note_in_slack(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await does(stage, "Ana", "/maturity start zebra crossing", "[Skip the facts]", "no because heron", "> finish")
        await does(stage, "Ana", "/maturity remind every 3 months for zebra crossing")
        await does(stage, "Ben", "/maturity start zebra crossing", "/maturity delete zebra crossing")
        await does(stage, "Ben", "[Delete it for good]")

        assert [word for word in (b"zebra", b"heron") if word in on_disk(tmp_path)] == []
        for table in ("dialogs", "answers", "facts", "results", "reminders", "messages"):
            assert await rows_of(stage.bot.store, f"SELECT * FROM {table}") == []  # noqa: S608 - a table of ours
        roots = [each.text for each in stage.person("Ana").sees(CHANNEL)]
        assert sum("This assessment was deleted" in text for text in roots) == 2
        stage.clock.forward(200 * DAY)
        assert await stage.bot.clock.tick() == 0


async def test_an_admin_may_delete_what_others_started_and_nobody_else(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        admin = next(each for each in stage.workspace.state.people.values() if each.is_admin)
        starter = "Ben" if admin.display_name != "Ben" else "Dora"
        await does(stage, starter, "/maturity start churn")
        await does(stage, "Chen", "/maturity delete churn")
        assert "can be deleted by" in private(stage, "Chen")

        await does(stage, admin.display_name, "/maturity delete churn", "[Delete it for good]")

        assert await rows_of(stage.bot.store, "SELECT id FROM dialogs") == []


async def test_what_is_exported_is_everything_kept_and_only_of_who_asks(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await left_traces(stage)

        await does(stage, "Dora", "/maturity export mine")

        shown = private(stage, "Dora")
        text = shown[shown.rindex("```{") + 3 :].split("```")[0]
        told = json.loads(text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
        assert told["person"] == stage.person("Dora").id
        assert sorted(note for answer in told["answers"] if (note := answer.get("note"))) == [
            "because swordfish",
            "only for the walrus",
        ]
        assert [each["note"] for each in told["remarks"]] == ["the pelican does it by hand"]
        assert [each["subject"] for each in told["started"]] == ["churn"]
        assert {"reminders", "ratings", "settings"} <= set(told)
        assert stage.person("Ana").id not in text


async def test_a_crash_between_deleting_and_wiping_is_made_good_at_the_next_start(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        traces = await left_traces(stage)
        stage.bot.bot.forgot = lambda: None  # as if it had been killed right after the commit
        await does(stage, "Dora", "/maturity delete me", "[Delete all about me]")
        assert (await rows_of(stage.bot.store, "SELECT count(*) AS n FROM erasures WHERE wiped = 0"))[0]["n"] == 1

        await stage.stop_bot()
        await stage.start_bot()
        await stage.settled()

        assert [trace for trace in traces if trace in on_disk(tmp_path)] == []
        assert (await rows_of(stage.bot.store, "SELECT count(*) AS n FROM erasures WHERE wiped = 0"))[0]["n"] == 0


async def test_the_log_holds_no_words_and_no_tokens(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        async with Stage(tmp_path) as stage:
            await left_traces(stage)
            await does(stage, "Dora", "> here it is: xoxb-1234567890-abcdef", "/maturity ask is the ostrich level 4?")
            await does(stage, "Dora", "/maturity delete me", "[Delete all about me]")
            tokens = stage.workspace.bot_token, stage.workspace.app_token

    words = ("swordfish", "walrus", "pelican", "ostrich", "xoxb-1234567890", *tokens)
    assert [word for word in words if word in caplog.text] == []


# Exported in parts ---------------------------------------------------------------------------------------------------


def export_pages(notes: int, note: str) -> list[Exported]:
    answers: tuple[Entry, ...] = tuple({"practice": f"P{n}", "note": note} for n in range(notes))
    around = Surroundings(held=Held(Mine(answers=answers)))
    pages: list[Exported] = []
    while not pages or pages[-1].page < pages[-1].pages:
        order = Commanded(
            key="s:1",
            workspace="T1",
            channel="C1",
            person=Someone("U1", "Ana"),
            at=dt.datetime(2026, 11, 26, tzinfo=dt.UTC),
            text="export mine",
            by="slash",
            channel_name="ml",
        )
        (effect,) = export(around, order, f"mine {len(pages) + 1}")
        screen = effect.screen  # type: ignore[union-attr]  # a whisper
        assert isinstance(screen, Exported)
        pages.append(screen)
    return pages


@pytest.mark.parametrize(("notes", "note"), [(1, "x"), (200, "y" * 500), (40, "&<>`" * 120), (3, "€" * 5000)])
def test_an_export_of_any_length_is_complete_over_its_pages_and_fits_into_slack(notes: int, note: str) -> None:
    pages = export_pages(notes, note)

    told = json.loads("".join(piece for page in pages for piece in page.pieces))
    assert [each["note"] for each in told["answers"]] == [note] * notes
    words = Words(load_library())
    for page in pages:
        assert len(page.pieces) <= PIECES
        sections = [block["text"]["text"] for block in exported(page, words).blocks if block["type"] == "section"]
        assert all(len(text) <= 3_000 for text in sections)
        assert all(text.endswith("```") for text in sections[1:])


@pytest.mark.parametrize(
    ("note", "remark", "left"),
    [
        ("by hand", "by hand", None),
        ("by hand; only fraud", "by hand", "only fraud"),
        ("only fraud; by hand; often", "by hand", "only fraud; often"),
        ("only fraud", "by hand", "only fraud"),
    ],
)
def test_a_remark_is_taken_out_of_the_note_it_was_joined_to(note: str, remark: str, left: str | None) -> None:
    assert less(note, remark) == left


# How long things are kept ---

NOW = dt.datetime(2027, 3, 30, 12, 0, tzinfo=dt.UTC)
FRAUD, CHURN = ("T1", "C1", "fraud"), ("T1", "C1", "churn")


def over(name: str, day: str, whose: tuple[str, str, str] = FRAUD, *, finished: bool = True) -> Over:
    return Over(name, whose, dt.datetime.fromisoformat(f"{day}T12:00:00+00:00"), finished)


@pytest.mark.parametrize(
    ("kept", "old"),
    [
        ([], ()),
        ([over("only", "2026-12-01")], ()),
        ([over("only", "2026-09-30")], ()),  # exactly twice three months, to the minute
        ([over("only", "2026-09-29")], ("only",)),
        ([over("first", "2026-12-29"), over("last", "2027-03-01")], ("first",)),
        ([over("first", "2026-12-30"), over("last", "2027-03-01")], ()),
        ([over("first", "2026-01-01"), over("last", "2026-02-01")], ("first", "last")),
        ([over("first", "2026-10-01"), over("last", "2026-11-01")], ("first",)),
        ([over("thrown away", "2026-12-29", finished=False)], ("thrown away",)),
        ([over("thrown away", "2027-01-30", finished=False)], ()),
        ([over("a", "2026-11-01"), over("b", "2026-11-01", CHURN)], ()),  # each the last of its subject
        ([over("result", "2026-11-01"), over("thrown away", "2027-03-01", finished=False)], ()),
    ],
)
def test_what_has_been_over_for_three_months_goes_but_not_the_newest_result(
    kept: list[Over], old: tuple[str, ...]
) -> None:
    assert expired(kept, NOW, 3) == old


@pytest.mark.parametrize(("given", "taken"), [("24", 24), ("1", 1), ("1200", 1200), (None, None)])
def test_how_long_things_are_kept_is_set_in_months(tmp_path: Path, given: str | None, taken: int | None) -> None:
    (tmp_path / ".env").write_text(f"RETENTION_MONTHS={given or ''}\n{TOKENS}", encoding="utf-8")
    assert read_settings(tmp_path / ".env").retention_months == taken


@pytest.mark.parametrize("given", ["0", "-3", "1201", "two years", "1.5"])
def test_any_other_time_is_refused_with_an_example(tmp_path: Path, given: str) -> None:
    (tmp_path / ".env").write_text(f"RETENTION_MONTHS={given}\n{TOKENS}", encoding="utf-8")
    with pytest.raises(SettingsError, match="RETENTION_MONTHS must be a whole number of months from 1 to 1200"):
        read_settings(tmp_path / ".env")


async def test_housekeeping_deletes_what_is_old_with_everything_that_hangs_on_it(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await does(stage, "Ana", "/maturity start", "[Skip the facts]", "no because heron", "> finish")
        stage.clock.forward(30 * DAY)
        await does(stage, "Ana", "/maturity start", "[Skip the facts]", "no because egret", "> finish")
        keeper = stage.bot.housekeeper
        stage.clock.forward(70 * DAY)
        await keeper.tidy()
        assert b"heron" in on_disk(tmp_path)  # nothing is set: everything is kept

        keeper.months = 3
        await keeper.tidy()

        assert b"heron" not in on_disk(tmp_path)
        assert b"egret" in on_disk(tmp_path)
        for table in ("dialogs", "results", "answers"):
            rows = await rows_of(stage.bot.store, f"SELECT * FROM {table}")  # noqa: S608 - a table of ours
            assert len(rows) == 1


async def test_a_running_assessment_is_never_too_old(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await does(stage, "Ana", "/maturity start")
        stage.clock.forward(4000 * DAY)
        stage.bot.housekeeper.months = 1
        await tidied(stage)
        assert len(await rows_of(stage.bot.store, "SELECT id FROM dialogs")) == 1


async def test_what_cannot_be_wiped_out_now_because_somebody_reads_is_wiped_out_later(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await does(stage, "Ana", "/maturity start zebra crossing")
        with closing(sqlite3.connect(tmp_path / "maturity.db", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM dialogs").fetchall()
            await does(stage, "Ana", "/maturity delete zebra crossing", "[Delete it for good]")
            assert b"zebra" in on_disk(tmp_path)

        await tidied(stage)

        assert b"zebra" not in on_disk(tmp_path)


async def test_a_database_without_deletions_is_left_alone(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'maturity.db'}")
    assert await store.wipe() == 0
    assert await store.expire(NOW, None) == 0
    await store.close()
