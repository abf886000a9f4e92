"""What was exported is restored elsewhere to the letter, or not at all, and the way out is told."""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli import main
from bot.sandbox.screen import Seen
from dialogs.exported import SubjectExport, as_json
from dialogs.standing import Standing
from edges import CHANNEL
from stage import Stage
from storage.exporting import read_subject
from storage.importing import (
    InvalidExport,
    NewerExport,
    NotAnExport,
    SubjectThere,
    Taken,
    moved,
    read_export,
    take_in,
)
from storage.standings import of_subject
from storage.store import Store, open_store
from test_cli import Outcome
from test_exports import BEN, FINISH, QUICK, Deed, Happening, exported, kept, plan, stories, told
from test_privacy import does

Raw = dict[str, Any]


def opened(folder: Path, name: str = "other") -> Store:
    return open_store(f"sqlite:///{folder / name}.db")


async def taken(store: Store, export: SubjectExport) -> Taken:
    return await store.database.transact(lambda sql: take_in(sql, export))


def command(database: Path, *arguments: str, typed: bytes | None = None) -> Outcome:
    result = CliRunner(env={"DATABASE_URL": f"sqlite:///{database}"}).invoke(main, arguments, input=typed)
    return Outcome(result.exit_code, result.stdout, result.stderr)


def made(folder: Path) -> SubjectExport:
    """The export of two assessments and two plans."""

    async def play() -> SubjectExport:
        store = opened(folder, "made")
        await kept(store, QUICK, (*QUICK[:-1], Deed("M2-C-4", "yes", "at last", person=BEN), FINISH))
        await plan(store, "X-rollback", BEN, "2026-12-18")
        await plan(store, "X-owner", BEN, None, later=True)
        export = await exported(store)
        await store.close()
        return export

    return asyncio.run(play())


@settings(max_examples=25, deadline=None)  # a busy machine is no failure
@given(st.lists(stories, min_size=1, max_size=3))
def test_export_import_export_gives_the_same_bytes_and_the_same_trend(
    tmp_path_factory: pytest.TempPathFactory, told_stories: list[tuple[Happening, ...]]
) -> None:
    async def play(folder: Path) -> None:
        store = opened(folder, "first")
        await kept(store, *told_stories)
        await plan(store, "M2-C-4", BEN, "2026-12-18")
        await plan(store, "X-owner", BEN, None, later=True)
        export, before = await exported(store), await trend(store)
        await store.close()
        other = opened(folder)
        await taken(other, read_export(as_json(export)))
        assert as_json(await exported(other)) == as_json(export)
        assert await trend(other) == before
        await other.close()

    asyncio.run(play(tmp_path_factory.mktemp("round")))


async def trend(store: Store) -> tuple[Standing, ...]:
    return await store.read(lambda reading: of_subject(reading.sql, "T1", "C1", "frauddetection"))


async def test_what_people_did_in_slack_is_restored_to_the_letter(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await does(stage, "Ana", "/maturity start full", "[Skip the facts]", "no because =1+1 <b>", "[Yes]", "> finish")
        stage.clock.forward(100 * 86_400.0)
        await does(stage, "Ben", "/maturity start", "[Skip the facts]", "[Partly]")
        store = stage.bot.store
        (place,) = await store.database.read(lambda sql: sql("SELECT DISTINCT workspace, channel FROM dialogs"))
        export = await store.database.read(
            lambda sql: read_subject(sql, place["workspace"], place["channel"], "frauddetection")
        )
    other = opened(tmp_path)

    counted = await taken(other, read_export(as_json(export)))

    assert (counted.assessments, counted.answers, counted.results, counted.renamed) == (2, 3, 1, 0)
    again = await other.database.read(
        lambda sql: read_subject(sql, place["workspace"], place["channel"], "frauddetection")
    )
    await other.close()
    assert as_json(again) == as_json(export)


async def test_a_restored_subject_can_be_assessed_anew_although_it_was_running(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await does(stage, "Ana", "/maturity start churn", "[Skip the facts]", "[Yes]")
        source = stage.bot.store
        (place,) = await source.database.read(lambda sql: sql("SELECT workspace, channel FROM dialogs"))
        export = await source.database.read(
            lambda sql: read_subject(sql, place["workspace"], place["channel"], "churn")
        )
    (tmp_path / "maturity.db").rename(tmp_path / "before.db")
    async with Stage(tmp_path) as stage:
        await does(stage, "Ana", "/maturity start something else")
        (here,) = await stage.bot.store.database.read(lambda sql: sql("SELECT workspace, channel FROM dialogs"))
        await taken(stage.bot.store, moved(export, here["workspace"], here["channel"]))

        await does(stage, "Ana", "/maturity start churn")

        rows = await stage.bot.store.database.read(
            lambda sql: sql("SELECT phase FROM dialogs WHERE subject = 'churn' ORDER BY phase")
        )
        assert [row["phase"] for row in rows] == ["discarded", "facts"]


async def test_in_slack_a_restored_subject_is_told_and_planned_and_nothing_waits_for_its_missing_thread(
    tmp_path: Path,
) -> None:
    async with Stage(tmp_path) as stage:
        stage.clock.forward(200 * 86_400.0)  # after all that is restored
        place = next(each for each in stage.workspace.state.channels.values() if each.name == CHANNEL)
        here = moved(await asyncio.to_thread(made, tmp_path), stage.bot.router.me.team, place.id)
        await taken(stage.bot.store, here)

        told_ = [await asked(stage, f"/maturity {line} fraud-detection") for line in ("report", "history", "export")]
        page = await asked(stage, "/maturity next fraud-detection")
        assert [text.text.splitlines()[0].split(": ")[-1] for text in (*told_[:2], page)] == [
            "where you stand",
            "history",
            "next steps",
        ]
        assert "has no thread here: it was imported" in told_[2].text

        await pressed(stage, "Pictures in the thread", told_[0])
        assert "has no thread here: it was imported" in newest(stage).text
        await pressed(stage, "Done", page, choice="Yes", note="since Monday")
        assert "(X-monitoring) stands" not in newest(stage).text
        await pressed(stage, "Owner and date", newest(stage), owner=stage.person("Ben").id)
        await pressed(stage, "Not now", newest(stage))
        assert "Put off for now: " in newest(stage).text

        states = await stage.bot.store.database.read(
            lambda sql: sql("SELECT kind, slot, status, error FROM outbox ORDER BY key")
        )
        assert {(row["status"], row["error"]) for row in states} == {("failed", "nowhere_to_go")}
        assert [row["slot"].partition(":")[0] for row in states] == ["done", "parent", "plan"]
        results = await stage.bot.store.database.read(lambda sql: sql("SELECT dialog FROM results ORDER BY turn"))
        assert [row["dialog"] for row in results].count("d1") == 2


async def asked(stage: Stage, line: str) -> Seen:
    await stage.person("Ana").commands(line, CHANNEL)
    await stage.settled()
    return newest(stage)


async def pressed(stage: Stage, label: str, page: Seen, **values: str) -> None:
    """Ana presses a button, and fills in the form that it opens."""
    await stage.person("Ana").clicks(label, page)
    await stage.settled()
    if values:
        assert not await stage.person("Ana").submits(**values)
        await stage.settled()


def newest(stage: Stage) -> Seen:
    return [each for each in stage.person("Ana").sees(CHANNEL) if each.ephemeral][-1]


def test_it_can_be_put_in_another_channel_and_workspace_and_is_theirs_throughout(tmp_path: Path) -> None:
    export = moved(made(tmp_path), "T9", "C9")

    async def play() -> tuple[SubjectExport, dict[str, set[tuple[str, str]]]]:
        store = opened(tmp_path)
        await taken(store, export)
        places = {
            table: await store.database.read(
                lambda sql, table=table: {  # type: ignore[misc]
                    (row["workspace"], row["channel"])
                    for row in sql(f"SELECT workspace, channel FROM {table}")  # noqa: S608
                }
            )
            for table in ("dialogs", "results", "standings", "plans")
        }
        again = await store.database.read(lambda sql: read_subject(sql, "T9", "C9", "frauddetection"))
        await store.close()
        return again, places

    again, places = asyncio.run(play())

    assert as_json(again) == as_json(export)
    assert places == {table: {("T9", "C9")} for table in places}
    assert [sign for sign in ('"C1"', '"T1"') if sign in as_json(again)] == []


def test_a_copy_beside_its_original_gets_ids_of_its_own(tmp_path: Path) -> None:
    export = made(tmp_path)

    async def play() -> tuple[Taken, SubjectExport, SubjectExport]:
        store = opened(tmp_path, "made")
        counted = await taken(store, moved(export, channel="C9"))
        both = await exported(store), await exported(store, "C9")
        await store.close()
        return counted, *both

    counted, original, copy = asyncio.run(play())

    assert counted.renamed == 2
    assert as_json(original) == as_json(export)
    ids = [{each.state.id for each in one.assessments} for one in (original, copy)]
    assert not ids[0] & ids[1]
    assert [each.answers for each in copy.assessments] == [each.answers for each in export.assessments]


def test_practices_and_facts_that_nobody_knows_here_are_kept_as_they_are(tmp_path: Path) -> None:
    raw = json.loads(as_json(made(tmp_path)).replace("M1-C-1", "M9-Z-1").replace("use_cases", "unheard_of"))
    export = read_export(json.dumps(raw))

    async def play() -> SubjectExport:
        store = opened(tmp_path)
        await taken(store, export)
        found = await exported(store)
        await store.close()
        return found

    assert as_json(asyncio.run(play())) == as_json(export)


# What cannot be taken in ---------------------------------------------------------------------------------------------


def test_a_subject_that_is_there_already_is_never_mixed_with_another(tmp_path: Path) -> None:
    export = made(tmp_path)

    async def play() -> SubjectExport:
        store = opened(tmp_path, "made")
        with pytest.raises(SubjectThere, match="assessed in the channel C1 already: name another place with --channel"):
            await taken(store, export)
        found = await exported(store)
        await store.close()
        return found

    assert as_json(asyncio.run(play())) == as_json(export)


def test_what_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    export = made(tmp_path)
    twice = export.model_copy(update={"plans": (*export.plans, *export.plans)})  # past the checks, as a defect would

    async def play() -> int:
        store = opened(tmp_path)
        with pytest.raises(sqlite3.IntegrityError):
            await taken(store, twice)
        rows = await store.database.read(lambda sql: sql("SELECT id FROM dialogs"))
        await store.close()
        return len(rows)

    assert asyncio.run(play()) == 0


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"format": "csv"}', '{"format": 1}', "[" * 100_000, '"\ud800"']
)
def test_another_file_is_refused_with_the_command_that_makes_one(text: str) -> None:
    with pytest.raises(NotAnExport, match="maturity-bot export SUBJECT --format json"):
        read_export(text)


def test_a_newer_file_is_refused_as_such_whatever_else_it_holds() -> None:
    with pytest.raises(NewerExport, match="of version 2, this bot reads 1: install the newer bot"):
        read_export(json.dumps({"format": "mlops-maturity-bot/subject", "version": 2, "news": True}))


def in_first(raw: Raw) -> Raw:
    found: Raw = raw["assessments"][0]
    return found


SPOILT: dict[str, tuple[Callable[[Raw], object], str]] = {
    "no channel": (lambda raw: raw.pop("channel"), "channel: Field required"),
    "empty channel": (lambda raw: raw.update(channel=""), "channel: String should have at least 1 character"),
    "unknown field": (lambda raw: raw.update(more=1), "more: Extra inputs are not permitted"),
    "no assessments": (lambda raw: raw.update(assessments=[]), "assessments: there are none"),
    "unknown choice": (
        lambda raw: in_first(raw)["answers"][0].update(choice="maybe"),
        r"assessments\.0\.answers\.0\.choice",
    ),
    "turn as text": (
        lambda raw: in_first(raw)["answers"][0].update(turn="1"),
        r"answers\.0\.turn: Input should be a valid",
    ),
    "turn too large": (lambda raw: in_first(raw)["answers"][0].update(turn=2**70), r"answers\.0\.turn"),
    "no time zone": (
        lambda raw: in_first(raw)["answers"][0].update(at="2026-11-23T12:00:00"),
        r"answers\.0\.at.*timezone",
    ),
    "level 7": (lambda raw: in_first(raw)["results"][0]["result"].update(overall=7), r"results\.0\.result\.overall"),
    "a dimension less": (
        lambda raw: in_first(raw)["results"][0]["result"]["dimensions"].pop("people"),
        "the dimension people has no level",
    ),
    "a place twice": (
        lambda raw: in_first(raw)["answers"].append(in_first(raw)["answers"][0]),
        r"assessments\.0: answers: \(5, 4\) is there twice",
    ),
    "an assessment twice": (lambda raw: raw["assessments"].append(in_first(raw)), "assessments: d0 is there twice"),
    "of another subject": (
        lambda raw: in_first(raw)["state"].update(subject_key="churn"),
        r"assessments\.0: is of another workspace, channel or subject",
    ),
    "a broken state": (lambda raw: in_first(raw)["state"].update(phase="asleep"), r"assessments\.0\.state\.phase"),
    "deeply nested": (lambda raw: in_first(raw).update(answers=nested(500)), "recursion limit exceeded"),
    "a channel by name": (lambda raw: everywhere(raw, channel="#ml"), "^channel: is no id"),
    "an assessment's id with a bar": (
        lambda raw: in_first(raw)["state"].update(id="d0|x"),
        r"assessments\.0\.state\.id: is no id",
    ),
    "an owner that is markup": (
        lambda raw: raw["plans"][0].update(owner="U1> <!channel"),
        r"plans\.0\.owner: is no id",
    ),
    "an author that is markup": (
        lambda raw: in_first(raw)["answers"][0].update(person="<!here>"),
        r"assessments\.0\.answers\.0\.person: is no id",
    ),
    "another subject's key": (
        lambda raw: everywhere(raw, subject_key="churn"),
        r"assessments\.0\.state\.subject_key: is not that of the subject",
    ),
    "a subject without end": (
        lambda raw: everywhere(raw, subject="x" * 81, subject_key="x" * 81),
        r"assessments\.0\.state\.subject: is longer than 80 letters",
    ),
    "began without a time zone": (
        lambda raw: in_first(raw)["state"].update(began="2026-11-23T12:00:00"),
        r"assessments\.0\.state\.began: needs a time zone",
    ),
    "an answer of the state without a time zone": (
        lambda raw: in_first(raw)["state"]["answers"]["M2-C-4"].update(at="2026-11-23T12:00:00"),
        r"assessments\.0\.state\.answers\.M2-C-4\.at: needs a time zone",
    ),
    "a fact of the result in the year 9999": (
        lambda raw: in_first(raw)["results"][0]["result"]["facts"]["stage"].update(at="9999-12-31T23:59:59-23:59"),
        r"results\.0\.result\.facts\.stage\.at: the year is not from 2000 to 2199",
    ),
    "finished in the year 1": (
        lambda raw: in_first(raw).update(finished="0001-01-01T00:00:00+23:59"),
        r"assessments\.0\.finished: the year is not from 2000 to 2199",
    ),
    "a result of a turn to come": (
        lambda raw: in_first(raw)["results"][0].update(turn=in_first(raw)["state"]["turn"] + 1),
        r"assessments\.0\.results\.0\.turn: comes after the last turn of the assessment, 9",
    ),
    "a turn below none": (
        lambda raw: in_first(raw)["state"].update(turn=-1),
        r"assessments\.0\.state\.turn: is not from 0 to",
    ),
}


def nested(depth: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


def everywhere(raw: Raw, **fields: str) -> None:
    raw.update(fields)
    for each in raw["assessments"]:
        each["state"].update(fields)


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_file_is_refused_with_the_field_that_cannot_be(tmp_path: Path, how: str) -> None:
    raw = json.loads(as_json(made(tmp_path)))
    spoil, words = SPOILT[how]
    spoil(raw)

    with pytest.raises(InvalidExport, match=words) as refused:
        read_export(json.dumps(raw))

    assert "nothing was written" in str(refused.value)


def test_a_name_that_is_there_twice_is_refused_since_readers_differ_in_which_one_they_take(tmp_path: Path) -> None:
    text = as_json(told(tmp_path, QUICK)).replace('"choice": "no"', '"choice": "no", "choice": "yes"', 1)

    with pytest.raises(InvalidExport, match="choice: is there twice"):
        read_export(text)


def test_a_mistake_is_one_short_line_whatever_its_field_is_called(tmp_path: Path) -> None:
    raw = json.loads(as_json(told(tmp_path, QUICK)))
    in_first(raw)["state"]["\x1b[2J\nall is well" + "!" * 5000] = 1

    with pytest.raises(InvalidExport) as refused:
        read_export(json.dumps(raw))

    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 300


def test_many_mistakes_are_counted_rather_than_all_told(tmp_path: Path) -> None:
    raw = json.loads(as_json(told(tmp_path, QUICK)))
    for row in in_first(raw)["answers"]:
        row |= {"choice": "maybe", "turn": -1}

    with pytest.raises(InvalidExport, match=r"; and 3 more\. Export it anew"):
        read_export(json.dumps(raw))


def test_a_file_by_hand_that_says_it_runs_is_put_down_as_discarded(tmp_path: Path) -> None:
    raw = json.loads(as_json(told(tmp_path, QUICK[:-1])))
    in_first(raw)["state"]["phase"] = "asking"

    async def play() -> str:
        store = opened(tmp_path)
        await taken(store, read_export(json.dumps(raw)))
        phase = (await exported(store)).assessments[0].state.phase
        await store.close()
        return phase

    assert asyncio.run(play()) == "discarded"


# The commands --------------------------------------------------------------------------------------------------------


def test_the_commands_carry_a_subject_from_one_database_to_another(tmp_path: Path) -> None:
    export = made(tmp_path)
    here, there = tmp_path / "made.db", tmp_path / "there.db"

    written = command(here, "export", "fraud detection", "--format", "json")
    told_ = command(there, "import", "-", "--json", typed=written.out.encode())
    again = command(there, "export", "FRAUD_DETECTION", "--channel", "#fraud-detection", "--format", "json")

    assert written.out == as_json(export)
    assert json.loads(told_.out) == {
        "workspace": "T1",
        "channel": "C1",
        "subject": "fraud-detection",
        "assessments": 2,
        "answers": 9,
        "facts": 6,
        "results": 2,
        "plans": 2,
        "renamed": 0,
    }
    assert again.out == written.out


def test_all_files_go_to_a_folder_and_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    made(tmp_path)
    out = tmp_path / "out" / "here"

    first = command(
        tmp_path / "made.db", "export", "fraud-detection", "--format", "all", "--output", str(out), "--json"
    )
    second = command(tmp_path / "made.db", "export", "fraud-detection", "--format", "csv", "--output", str(out))
    forced = command(tmp_path / "made.db", "export", "fraud-detection", "--output", str(out), "--force")

    assert first.code == 0, first.err
    found = json.loads(first.out)
    assert sorted(found["files"]) == sorted(map(str, out.iterdir()))
    assert {Path(name).suffix for name in found["files"]} == {".md", ".csv", ".json", ".html"}
    assert (second.code, second.out) == (1, "")
    assert "is there already; name another place with --output, or say --force" in second.err
    assert forced.code == 0
    page = next(out.glob("*.html")).read_text(encoding="utf-8")
    assert page.count("<figure>") == page.count('src="data:image/svg+xml;base64,') == 3


def test_a_subject_that_is_called_like_a_path_stays_in_the_folder(tmp_path: Path) -> None:
    raw = json.loads(as_json(made(tmp_path)))
    everywhere(raw, subject="../../up/C:\\con", subject_key="../../up/c:\\con", channel_name="../..")
    out = tmp_path / "deep" / "er" / "out"

    command(tmp_path / "there.db", "import", "-", typed=json.dumps(raw).encode())
    outcome = command(
        tmp_path / "there.db", "export", "../../up/c:\\CON", "--format", "all", "--output", str(out), "--json"
    )

    assert outcome.code == 0, outcome.err
    assert sorted(map(Path, json.loads(outcome.out)["files"])) == sorted(out.iterdir())
    assert {each.stem for each in out.iterdir()} == {"up-c-con-2027-02-21"}
    assert [each.name for each in (*(tmp_path / "deep").iterdir(), *out.parent.iterdir())] == ["er", "out"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export", "fraud detecton"), "no subject 'fraud detecton' was assessed; did you mean 'fraud-detection'?"),
        (("export", "zebra"), "no subject 'zebra' was assessed; there are 'fraud-detection'"),
        (("export", "fraud-detection", "--channel", "ml"), "was not assessed in ml, but in #fraud-detection (C1"),
        (("export", "fraud-detection", "--database", "postgresql://x"), "'postgresql' databases are not spoken"),
        (("export", "fraud-detection", "--output", "made.db/x"), "cannot be written"),
        (("import", "nothing.json"), "nothing.json: cannot be read (No such file or directory)"),
        (("import", "made.db"), "this is no export of a subject"),
        (("import", "made.json", "--channel", "#ml"), "'#ml' is no id; Slack shows ids in the address of a channel"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_an_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    (tmp_path / "made.json").write_text(as_json(made(tmp_path)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    outcome = command(tmp_path / "made.db", *arguments)

    assert (outcome.code, outcome.out) == (1, "")
    assert words in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_subject_of_several_channels_is_asked_about_and_an_empty_database_says_so(tmp_path: Path) -> None:
    export = made(tmp_path)
    file = tmp_path / "export.json"
    file.write_text(as_json(export), encoding="utf-8")

    copied = command(tmp_path / "made.db", "import", str(file), "--channel", "C9")
    unclear = command(tmp_path / "made.db", "export", "fraud-detection")
    clear = command(tmp_path / "made.db", "export", "fraud-detection", "--channel", "C9", "--format", "json")
    empty = command(tmp_path / "empty.db", "export", "fraud-detection")
    both = command(tmp_path / "made.db", "export", "fraud-detection", "--format", "all", "--output", "-")

    assert "2 assessments got a new id, for theirs is in use here." in copied.out
    assert "say which with --channel and the id" in unclear.err
    assert json.loads(clear.out)["channel"] == "C9"
    assert "nothing was assessed in this database yet" in empty.err
    assert (both.code, both.out) == (2, "")
