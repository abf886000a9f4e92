"""What an export holds, and that its files show everybody's words without letting them do anything."""

import asyncio
import csv
import datetime as dt
import io
import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments import ANA, NOON, assessment
from bot.chart_data import Trend
from bot.export_csv import COLUMNS, MARK
from bot.export_files import KINDS, ExportFile, file_stem, files_of
from bot.export_findings import findings_of
from bot.export_pictures import charts_of
from bot.export_text import cell, markdown, web_address
from dialogs.answers import CHOICES, Choice, FactValue
from dialogs.effects import Conclude, Learn, Record
from dialogs.events import Person
from dialogs.exported import SubjectExport, as_json
from dialogs.judgement import judge
from dialogs.result import snapshot
from dialogs.state import Given, GivenFact, State
from knowledge.library import Library, load_library
from storage.exporting import NothingToExport, read_subject, subjects
from storage.store import Store, open_store
from storage.writing import Writing

BEN = Person("U2", "Ben")
NASTY = (
    '=HYPERLINK("https://evil.test","click")',
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "**bold** _it_ [x](javascript:alert(1)) ![y](https://evil.test/z.png) `code` ~~s~~",
    "line one\n# heading\n- [ ] task\n\n```\nblock\n| a | b |\n",
    "</textarea>&lt;b&gt; &amp; \"quotes\" 'and' {{ 7 * 7 }} {% raw %}",
    "@channel #12 fixes #3 https://evil.test/a_b www.evil.test me@evil.test $x$",
    "\u202eelgnat \u2066\ufeff\u200f\x00\x07 zwölf 日本語 🙂",
    "-1+2 \t\r\n;=1+1",
)


@cache
def library() -> Library:
    return load_library()


class Deed(NamedTuple):
    """Somebody answers a practice."""

    practice: str
    choice: Choice
    note: str | None = None
    evidence: tuple[str, ...] = ()
    last_run: dt.date | None = None
    person: Person = ANA


class Fact(NamedTuple):
    """Somebody tells a fact; None takes it back."""

    key: str
    value: FactValue | None
    person: Person = ANA


FINISH = "finish"
Happening = Deed | Fact | str


def happens(writing: Writing, state: State, story: Sequence[Happening]) -> State:
    """Keep an assessment as the bot would, a turn for each thing that happens; `finish` makes a result."""
    writing.begin(state)
    for turn, each in enumerate(story, state.turn + 1):
        at = state.began + dt.timedelta(minutes=turn)
        state = state.model_copy(update={"turn": turn, "phase": "asking"})
        if isinstance(each, Deed):
            who = each.person
            answer = Given(
                choice=each.choice,
                note=each.note,
                evidence=each.evidence,
                last_run=each.last_run,
                person=who.id,
                name=who.name,
                at=at,
            )
            state = state.model_copy(update={"answers": {**state.answers, each.practice: answer}})
            writing.record(state, Record(each.practice, each.choice, each.note, who, at, each.evidence, each.last_run))
        elif isinstance(each, Fact):
            known = {key: fact for key, fact in state.facts.items() if key != each.key}
            if each.value is not None:
                known[each.key] = GivenFact(value=each.value, person=each.person.id, name=each.person.name, at=at)
            state = state.model_copy(update={"facts": known})
            writing.learn(state, Learn(each.key, each.value, each.person, at))
        else:
            state = state.model_copy(update={"phase": "finished"})
            judgement = judge(library(), state.choices(), state.known_facts())
            writing.conclude(state, Conclude(snapshot(library(), state, judgement), at))
        writing.save(state)
    return state


async def kept(store: Store, *stories: Sequence[Happening], **fields: Any) -> None:
    """Keep one assessment a story, a quarter of a year apart; only the last one may still run."""

    def work(writing: Writing) -> None:
        for number, story in enumerate(stories):
            began = NOON + dt.timedelta(days=90 * number)
            fresh = assessment(f"d{number}", began=began, content_version=library().version, **fields)
            state = happens(writing, fresh, story)
            if state.running and number + 1 < len(stories):
                writing.save(state.model_copy(update={"phase": "discarded"}))

    await store.turn(work)


async def plan(store: Store, practice: str, owner: Person, due: str | None, *, later: bool = False) -> None:
    """Keep what the team decided about a step."""
    await store.database.transact(
        lambda sql: sql(
            "INSERT INTO plans VALUES ('T1', 'C1', 'frauddetection', :practice, :owner, :name, :due, :later, 'U1',"
            " '2026-11-23T12:00:00.000000+00:00')",
            practice=practice,
            owner=owner.id,
            name=owner.name,
            due=due,
            later=int(later),
        )
    )


async def exported(store: Store, channel: str = "C1", key: str = "frauddetection") -> SubjectExport:
    return await store.database.read(lambda sql: read_subject(sql, "T1", channel, key))


def told(folder: Path, *stories: Sequence[Happening]) -> SubjectExport:
    """The export of a subject about which all this was said."""

    async def play() -> SubjectExport:
        store = open_store(f"sqlite:///{folder / 'told.db'}")
        try:
            await kept(store, *stories)
            return await exported(store)
        finally:
            await store.close()

    return asyncio.run(play())


def file(export: SubjectExport, kind: str) -> ExportFile:
    (made,) = files_of(export, library(), [each for each in KINDS if each == kind])
    return made


def rows(export: SubjectExport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file(export, "csv").text.removeprefix(MARK), newline="")))


FACTS = (Fact("stage", "production"), Fact("use_cases", 4), Fact("stack", ("mlflow", "airflow")))
QUICK: tuple[Happening, ...] = (
    *FACTS,
    Deed("M1-C-1", "yes", "see the wiki", ("https://wiki.example.com/runs?id=1&x=2",), dt.date(2026, 11, 20)),
    Deed("M2-C-4", "no", "all on Ben's laptop", person=BEN),
    Deed("M2-C-4", "partly", "half of it"),
    Deed("X-monitoring", "unknown"),
    FINISH,
)


# What it holds -------------------------------------------------------------------------------------------------------


def test_every_answer_is_in_it_the_superseded_ones_as_well(tmp_path: Path) -> None:
    export = told(tmp_path, QUICK)

    (only,) = export.assessments
    assert [(row.practice, row.choice, row.name) for row in only.answers] == [
        ("M1-C-1", "yes", "Ana"),
        ("M2-C-4", "no", "Ben"),
        ("M2-C-4", "partly", "Ana"),
        ("X-monitoring", "unknown", "Ana"),
    ]
    assert only.answers[0].evidence == ("https://wiki.example.com/runs?id=1&x=2",)
    assert only.answers[0].last_run == dt.date(2026, 11, 20)
    assert [(row.fact, row.value) for row in only.facts][-1] == ("stack", ("mlflow", "airflow"))
    assert only.results[0].result.target_rules
    assert export.content_versions == (library().version,)


def test_who_said_otherwise_is_told_with_their_last_word_and_nobody_who_agreed_in_the_end(tmp_path: Path) -> None:
    story = (
        Deed("M2-C-4", "no", "by hand", person=BEN),
        Deed("M1-C-1", "no", person=BEN),
        Deed("M1-C-1", "yes", person=BEN),
        Deed("M1-C-1", "yes"),
        Deed("M2-C-4", "yes"),
        Deed("M1-R-1", "unknown", "withdrawn", person=BEN),
        Deed("M1-R-1", "yes"),
        FINISH,
    )

    (only,) = told(tmp_path, story).assessments

    assert [(each.practice, each.choice) for each in only.dissent] == [("M2-C-4", "yes")]
    assert [(voice.name, voice.choice, voice.note) for voice in only.dissent[0].others] == [("Ben", "no", "by hand")]


def test_the_same_data_give_the_same_bytes_and_one_line_end_at_the_end(tmp_path: Path) -> None:
    export = told(tmp_path, QUICK)

    text = as_json(export)

    assert text == as_json(export)
    assert text.endswith("}\n")
    keys = list(json.loads(text))
    assert keys == sorted(keys)


def test_nothing_of_where_messages_stand_goes_along(tmp_path: Path) -> None:
    async def play() -> SubjectExport:
        store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
        where = {"slots": {"M1-C-1": "question:7"}, "sources": {"M1-C-1": "17.1"}, "left_threads": ("16.1",)}
        await kept(store, QUICK, thread="18.1", **where)
        found = await exported(store)
        await store.close()
        return found

    text = as_json(asyncio.run(play()))

    assert [sign for sign in ("17.1", "16.1", "18.1", "question:7") if sign in text] == []


@pytest.mark.parametrize(("story", "phase"), [((*QUICK, Deed("M1-C-1", "no")), "finished"), (QUICK[:-1], "discarded")])
def test_an_assessment_that_still_runs_travels_as_one_that_does_not(
    tmp_path: Path, story: tuple[Happening, ...], phase: str
) -> None:
    (only,) = told(tmp_path, story).assessments

    assert only.state.phase == phase
    assert len(only.answers) == sum(isinstance(each, Deed) for each in story)


async def test_a_subject_that_was_never_assessed_here_is_a_situation_of_its_own(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    await kept(store, QUICK)
    with pytest.raises(NothingToExport, match="no subject 'churn' was assessed in the channel C1"):
        await exported(store, key="churn")
    assert [(each.channel_name, each.subject) for each in await store.database.read(subjects)] == [
        ("fraud-detection", "fraud-detection")
    ]
    await store.close()


# The table -----------------------------------------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_practice_whether_asked_or_not(tmp_path: Path) -> None:
    export = told(tmp_path, QUICK)

    found = {row["practice id"]: row for row in rows(export)}

    assert set(found) == {practice.id for practice in library().asked()}
    assert tuple(found["M2-C-4"]) == COLUMNS
    assert found["M2-C-4"] == {
        "practice id": "M2-C-4",
        "title": "One place for training records",
        "dimension": "Model creation",
        "level": "2",
        "gate": "must be in place",
        "answer": "partly",
        "note": "half of it",
        "evidence": "",
        "last run": "",
        "author": "Ana",
        "date": "2026-11-23",
        "content version": library().version,
    }
    assert found["M1-C-1"]["last run"] == "2026-11-20"
    assert found["M2-C-1"]["answer"] == "not asked"


def test_the_table_is_read_by_spreadsheets_everywhere(tmp_path: Path) -> None:
    text = file(told(tmp_path, QUICK), "csv").text

    assert text.startswith('\ufeff"practice id",')
    assert text.count("\r\n") == text.count("\n") == len(library().asked()) + 1


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\n=1"),
        ("\nplain", "'\nplain"),
        ("  =1", "'  =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\u200b=1", "'\u200b=1"),
        ("\ufeff=1", "'=1"),
        ("\x00=1", "'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("\uff0b1", "'\uff0b1"),
        ("\uff0d1", "'\uff0d1"),
        ("\uff20A1", "'\uff20A1"),
        ("\ufe661", "'\ufe661"),
        ("\u22121", "'\u22121"),
        ("a=1", "a=1"),
        ("only fraud", "only fraud"),
        ("'quoted'", "'quoted'"),
        ("", ""),
        (None, ""),
        (2, "2"),
        (dt.date(2026, 11, 20), "2026-11-20"),
    ],
)
def test_a_cell_that_a_spreadsheet_would_work_out_gets_an_apostrophe(given: object, shown: str) -> None:
    assert cell(given) == shown


@given(st.text())
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    assert not re.match(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212]", cell(text).lstrip(" \u00a0\u3000\u200b"))


# The report to paste -------------------------------------------------------------------------------------------------


def test_the_report_begins_with_the_next_steps_as_a_list_of_tasks(tmp_path: Path) -> None:
    text = file(told(tmp_path, QUICK), "markdown").text

    tasks = [line for line in text.splitlines() if line.startswith("- [ ] ")]
    assert len(tasks) == 3
    assert text.index("## Next steps") < text.index("## Levels") < text.index("## Answers")
    assert "- One place for training records (M2-C-4): **partly** (Ana, 23 Nov 2026)\n  - Note: half of it\n" in text
    assert "  - Evidence: <https://wiki.example.com/runs?id=1&x=2>\n" in text
    assert "  - Last run: 20 Nov 2026\n" in text


def test_each_next_step_says_why_what_done_means_its_effort_and_whose_it_is(tmp_path: Path) -> None:
    async def play() -> SubjectExport:
        store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
        await kept(store, QUICK)
        await plan(store, "X-rollback", BEN, "2026-12-18")
        await plan(store, "X-monitoring", ANA, None, later=True)
        found = await exported(store)
        await store.close()
        return found

    text = file(asyncio.run(play()), "markdown").text

    step = text[text.index("- [ ] ") :].split("- [ ] ")[1]
    assert "(X-rollback)" in step.splitlines()[0]
    assert "  - Why: Nobody was asked about" in step
    assert f"  - Done means: {library().practices['X-rollback'].yes}" in step
    assert f"  - Effort: {library().practices['X-rollback'].effort}" in step
    assert "  - Who: Ben, by 18 Dec 2026" in step
    assert "Put off by the team: Live quality watched (X-monitoring).\n" in text
    assert "(X-monitoring)" not in text[: text.index("After these")]


def test_the_owner_of_a_step_goes_by_the_name_of_their_newest_answer_or_fact(tmp_path: Path) -> None:
    cy, unheard = Person("U7", "Cy"), Person("U8", "")
    later = (*QUICK[:-1], Fact("on_call", True, Person("U7", "Cyrus")), FINISH)

    async def play(owner: Person) -> SubjectExport:
        store = open_store(f"sqlite:///{tmp_path / owner.id}.db")
        await kept(store, (Deed("M1-C-1", "yes", person=cy), *QUICK), later)
        await plan(store, "X-rollback", owner, "2026-12-18")
        found = await exported(store)
        await store.close()
        return found

    known, unknown, nobody = (
        file(asyncio.run(play(owner)), "markdown").text for owner in (Person("U7", ""), unheard, Person("", ""))
    )

    assert "  - Who: Cyrus, by 18 Dec 2026\n" in known
    assert "  - Who: somebody named in Slack, by 18 Dec 2026\n" in unknown
    assert "  - Who: nobody named, by 18 Dec 2026\n" in nobody


async def test_of_what_was_put_off_it_is_told_which_level_waits_for_it(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    await kept(store, QUICK)
    gate = next(each.id for each in library().asked() if each.gate and each.level == 1)
    await plan(store, gate, BEN, None, later=True)
    await plan(store, "M1-C-1", BEN, None, later=True)  # in place by now

    text = file(await exported(store), "markdown").text
    await store.close()

    title = library().practices[gate].title
    assert f"\nPut off by the team: {title} ({gate}), and level 1 waits for it.\n" in text


def test_it_is_told_why_the_target_is_what_it_is_and_what_to_close_before_more(tmp_path: Path) -> None:
    need = (Fact("stage", "production"), Fact("adaptive", True), Fact("on_call", True))

    text = file(told(tmp_path, (*need, FINISH)), "markdown").text

    reasons = text[text.index("### Why level 3\n") : text.index("\n## Risks")]
    assert "- There is a reason for level 4, but not yet everything that makes it safe." in reasons
    points = {point.id: point.says.rstrip(".") for point in library().target.readiness}
    assert "To close before level 4:\n\n" in reasons
    assert f"- {points['R1']} (R1: not met)\n" in reasons
    assert f"- {points['R2']} (R2: not known)\n" in reasons
    assert "(R6" not in reasons


def test_a_rule_that_nobody_knows_any_more_is_no_reason(tmp_path: Path) -> None:
    raw = as_json(told(tmp_path, QUICK)).replace('"T2-use-cases"', '"T2-of-old"')
    older = SubjectExport.model_validate_json(raw.replace(library().version, "older"))

    text = file(older, "markdown").text

    assert '"T2-of-old"' in raw
    assert "### Why level" not in text
    assert "Automating" not in text


def test_the_parts_of_the_confidence_add_up_whatever_was_answered(tmp_path: Path) -> None:
    linked = ("https://wiki.example.com",)
    deeds = tuple(
        Deed(each.id, "yes" if number % 3 else "no", None, linked if number % 2 else ())
        for number, each in enumerate(library().asked())
    )

    text = file(told(tmp_path, (*FACTS, *deeds, FINISH)), "markdown").text

    line = next(line for line in text.splitlines() if line.startswith("Confidence: "))
    whole = re.match(r"Confidence: \w+\. It never changes a level\. (\d+) of (\d+) answers of ", line)
    parts = re.findall(r"[:,] ([A-Z][^,]*?) (\d+) of (\d+)", line)
    assert whole
    assert [name for name, _, _ in parts][-2:] == ["Google's ladder", "Every live model"]
    assert [sum(int(part[place]) for part in parts) for place in (1, 2)] == [int(whole[1]), int(whole[2])]


@pytest.mark.parametrize(
    ("story", "words"),
    [
        ((Deed("M1-C-1", "yes", None, ("https://a.example",)), Deed("M2-C-4", "partly")), "some. It never changes a"),
        ((Deed("M1-C-1", "yes", None, ("https://a.example",)), Deed("M2-C-4", "partly")), "1 of 2 answers of “yes”"),
        ((Deed("M1-C-1", "yes", None, ("https://a.example",)), Deed("M2-C-4", "partly")), "“partly” rests on a link"),
        ((Deed("M1-C-1", "yes"), Deed("M2-C-4", "partly")), "0 of 2 answers of “yes” or “partly” rest on a link"),
        ((Deed("M1-C-1", "no"),), "Confidence: none. It never changes a level. Nothing is answered “yes” or “partly”"),
    ],
)
def test_the_confidence_is_told_as_in_the_report(tmp_path: Path, story: tuple[Happening, ...], words: str) -> None:
    assert words in file(told(tmp_path, (*story, FINISH)), "markdown").text


def test_a_level_that_was_open_is_told_so_over_time_as_well(tmp_path: Path) -> None:
    first = tuple(Deed(each.id, "unknown" if each.id == "M1-C-1" else "yes") for each in library().asked())

    text = file(told(tmp_path, (*FACTS, *first, FINISH), (*FACTS, Deed("M1-C-1", "no"), FINISH)), "markdown").text

    rows = text[text.index("## Over time") :].splitlines()[4:6]
    assert [row.split(" | ")[1] for row in rows] == ["0", "0, up to 4"]
    assert rows[1].split(" | ")[4] == "0, up to 4"


def test_what_serves_a_step_is_told_after_its_label_and_what_to_know_first_after_its_name(tmp_path: Path) -> None:
    serves = (Fact("stage", "production"), Fact("use_cases", 9), Fact("stack", ("gitlab-ci", "airflow")))
    most = tuple(Deed(each.id, "yes") for each in library().asked() if each.level != 2)

    made = told(tmp_path, (*serves, *most, FINISH))
    text = file(made, "markdown").text

    lines = [line for line in text.splitlines() if re.match(r"  - (Technology|Caution)", line)]
    assert any(re.match(r"  - Technology \([a-z ]+\): [A-Z]\w+ \(when ", line) for line in lines)
    assert all(re.match(r"  - (Technology( \([^)]+\))?: |Caution with [^:.]+\. )\S", line) for line in lines)
    assert "\N{RIGHT SINGLE QUOTATION MARK}" not in text + file(made, "html").text


def test_the_trend_goes_from_the_oldest_to_the_newest_within_one_day_as_well(tmp_path: Path) -> None:
    first = tuple(Deed(each.id, "yes") for each in library().asked() if each.level == 1)
    findings = findings_of(told(tmp_path, (*FACTS, FINISH, *first, FINISH)), library())

    trend = next(chart for chart in charts_of(findings) if isinstance(chart, Trend))

    assert len({point.day for point in trend.points}) == 1
    assert [point.overall for point in trend.points] == [0, 1]


def test_the_levels_are_those_of_the_stored_result_whatever_the_questions_say_today(tmp_path: Path) -> None:
    export = told(tmp_path, QUICK)
    raw = json.loads(as_json(export))
    result = raw["assessments"][0]["results"][0]["result"]
    result |= {"overall": 3, "dimensions": dict.fromkeys(result["dimensions"], 3), "content_version": "older"}
    result["ceiling"] |= {"overall": 3, "dimensions": dict.fromkeys(result["dimensions"], 3)}
    result["answers"]["M9-Z-1"] = result["answers"]["M2-C-4"]
    older = SubjectExport.model_validate_json(json.dumps(raw))

    text = file(older, "markdown").text

    assert "You are at level 3 (Automated Deployment)" in text
    assert "The questions changed since this result (content older," in text
    assert "- M9-Z-1 (M9-Z-1): **partly**" in text
    assert rows(older)[-1]["practice id"] == "M9-Z-1"


def test_without_a_result_there_are_answers_and_no_levels(tmp_path: Path) -> None:
    export = told(tmp_path, QUICK[:-1])

    text = file(export, "markdown").text

    assert "No assessment of this subject is finished yet" in text
    assert "## Levels" not in text
    assert "(M2-C-4): **partly**" in text
    assert {row["answer"] for row in rows(export)} == {"yes", "partly", "don't know", "not asked"}


SHOWN = re.compile(r"(?:[^\\`*_\[\]{}<>|~$#&\n]|\\[!-/:-@\[-`{-~]|&(?:amp|lt|gt);)*")


@given(st.text() | st.sampled_from(NASTY))
def test_no_text_becomes_markup(text: str) -> None:
    shown = str(markdown(text))

    assert SHOWN.fullmatch(shown)
    assert not re.search(r"[@#]\w|(?<!\\)://|www\.", shown)
    assert not re.match(r"\s|[-+=#>]|\d+[.)]", shown)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_all_letters_of_a_text_are_still_there(text: str) -> None:
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", str(markdown(text))).replace("\u2060", "")

    plain = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert plain == " ".join(text.split())


@pytest.mark.parametrize("note", NASTY)
def test_a_report_keeps_its_lines_whatever_people_wrote(tmp_path: Path, note: str) -> None:
    def outline(words: str) -> list[str]:
        story = (Fact("stage", words), Deed("M2-C-4", "no", words, (words,), None, Person("U3", words)), FINISH)
        lines = file(told(tmp_path / str(len(words)), story), "markdown").text.splitlines()
        return [re.match(r"\s*(?:- \[ \] |- |#+ |\| |> |```|\d+\. )?", line)[0] for line in lines]  # type: ignore[index]

    assert outline(note) == outline("harmless")


# Addresses and names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.com/a?b=1&c=2#d", "https://example.com/a?b=1&c=2#d"),
        ("HTTP://example.com", "HTTP://example.com"),
        ("https://example.com/<b>\"'x", "https://example.com/%3Cb%3E%22'x"),
        ("https://example.com/ä", "https://example.com/%C3%A4"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://exa mple.com", None),
        ("https://example.com/\nx", None),
        ("https://[::1", None),
        ("https://", None),
        ("//example.com", None),
        ("", None),
    ],
)
def test_only_web_addresses_become_links(url: str, address: str | None) -> None:
    assert web_address(url) == address


@pytest.mark.parametrize(
    ("subject", "stem"),
    [
        ("Fraud model", "fraud-model"),
        ("fraud_model", "fraud-model"),
        ("Zürich/Prüfung", "zurich-prufung"),
        ("../../etc/passwd", "etc-passwd"),
        ("a" * 200, r"a{60}-[0-9a-f]{6}"),
        ("日本語", r"subject-[0-9a-f]{6}"),
        ("!!!", r"subject-[0-9a-f]{6}"),
    ],
)
def test_a_files_name_is_safe_on_every_system(subject: str, stem: str) -> None:
    assert re.fullmatch(stem, file_stem(subject))


@given(st.text(min_size=1, max_size=200))
def test_no_subject_gives_a_name_that_is_not_safe(subject: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", file_stem(subject))
    assert len(file_stem(subject)) <= 67


def test_the_files_are_named_by_subject_and_the_day_of_the_last_result(tmp_path: Path) -> None:
    made = files_of(told(tmp_path, QUICK, QUICK), library())

    assert [each.name for each in made] == [
        f"fraud-detection-2027-02-21.{end}" for end in ("md", "csv", "json", "html")
    ]


# Anything at all -----------------------------------------------------------------------------------------------------

PRACTICES = tuple(practice.id for practice in library().asked())
words = st.none() | st.sampled_from(NASTY) | st.text(max_size=40)
people = st.sampled_from((ANA, BEN, Person("U3", "<b>Ćiro</b> =1"), Person("U4", "")))
links = st.lists(
    st.sampled_from(("https://a.example/x?y=1", "http://b.example/(z)", "javascript:alert(1)")), max_size=3
)
deeds = st.builds(
    Deed,
    st.sampled_from((*PRACTICES[:8], *PRACTICES[-3:], "M9-Z-1")),
    st.sampled_from(CHOICES),
    words,
    links.map(tuple),
    st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    people,
)
values: st.SearchStrategy[FactValue | None] = st.sampled_from((None, "production", "poc", 3, True, ("mlflow", "dvc")))
facts = st.builds(Fact, st.sampled_from(("use_cases", "stack", "on_call", "unheard_of")), values, people)
stages = st.builds(Fact, st.just("stage"), st.sampled_from((None, "production", "poc")), people)
stories = st.lists(deeds | stages | st.just(FINISH), max_size=12).map(tuple)


@settings(max_examples=25, deadline=None)  # a busy machine is no failure
@given(st.lists(stories, min_size=1, max_size=3))
def test_every_subject_can_be_written_in_every_form(
    tmp_path_factory: pytest.TempPathFactory, told_stories: list[tuple[Happening, ...]]
) -> None:
    export = told(tmp_path_factory.mktemp("any"), *told_stories)

    for each in files_of(export, library()):
        assert each.text
        each.text.encode()
