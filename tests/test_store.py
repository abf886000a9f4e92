"""What one turn keeps: an event once, an assessment whole, every answer ever given, and one running per subject."""

import asyncio
import contextlib
import datetime as dt
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils.cli import cli as sqlite_utils_cli

from assessments import ANA, LEASE, NOON, after, assessment, owed, result_of
from dialogs.answers import FactValue
from dialogs.effects import Conclude, Learn, Record
from dialogs.events import Person
from dialogs.state import Given, GivenFact, OpenQuestion, State
from storage import outbox
from storage.database import Row, Sql, UnknownDatabase, Value, moment
from storage.sqlite import Sqlite
from storage.store import Store, open_store
from storage.writing import SubjectTaken, Writing

BO = Person("U2", "Bo")


class Boom(Exception):  # noqa: N818 - what tests raise
    pass


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = open_store(f"sqlite:///{tmp_path}/bot.db")
    yield store
    await store.close()


async def begin(store: Store, *states: State) -> None:
    def work(writing: Writing) -> None:
        for state in states:
            writing.begin(state)

    await store.turn(work)


async def rows(store: Store, text: str) -> list[dict[str, Any]]:
    return [dict(row) for row in await store.database.read(lambda sql: sql(text))]


# Where it is ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgresql://localhost/bot", "'postgresql' databases are not spoken; use sqlite:///FILE"),
        ("sqlite://bot.db", "'sqlite' databases are not spoken"),
        ("bot.db", "'bot.db' databases are not spoken"),
        ("", "use sqlite:///FILE"),
        ("sqlite:///", "a database needs a file"),
        ("sqlite:///:memory:", "a database needs a file"),
    ],
)
def test_an_address_that_is_not_spoken_is_refused_with_the_way_out(url: str, reason: str) -> None:
    with pytest.raises(UnknownDatabase, match=reason):
        open_store(url)


def test_four_slashes_name_an_absolute_path_and_three_a_relative_one(tmp_path: Path) -> None:
    async def open_both() -> None:
        await open_store(f"sqlite:///{tmp_path}/absolute.db").close()
        await open_store("sqlite:///folder/relative.db").close()

    with contextlib.chdir(tmp_path):
        asyncio.run(open_both())

    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.db")) == [
        "absolute.db",
        "folder/relative.db",
    ]


# An event, once ------------------------------------------------------------------------------------------------------


async def test_an_event_is_new_once_and_per_workspace(store: Store) -> None:
    async def first_time(workspace: str, key: str) -> bool:
        return await store.turn(lambda writing: writing.first_time(workspace, key, NOON))

    assert await first_time("T1", "m:C1:1.0")
    assert not await first_time("T1", "m:C1:1.0")
    assert await first_time("T1", "m:C1:2.0")
    assert await first_time("T2", "m:C1:1.0")


async def test_an_event_delivered_many_times_at_once_is_new_once(store: Store) -> None:
    new = await asyncio.gather(
        *(store.turn(lambda writing: writing.first_time("T1", "m:C1:1.0", NOON)) for _ in range(40))
    )

    assert new.count(True) == 1


async def test_an_event_whose_turn_failed_is_still_new(store: Store) -> None:
    def fails(writing: Writing) -> None:
        writing.first_time("T1", "m:C1:1.0", NOON)
        writing.begin(assessment())
        writing.owe(owed(1, 1, slot="parent"))
        raise Boom

    with pytest.raises(Boom):
        await store.turn(fails)

    assert await store.turn(lambda writing: writing.first_time("T1", "m:C1:1.0", NOON))
    assert await rows(store, "SELECT id FROM dialogs UNION ALL SELECT key FROM outbox") == []


# An assessment, whole ------------------------------------------------------------------------------------------------

FACT_VALUES = st.one_of(
    st.text(max_size=20), st.integers(0, 10**6), st.booleans(), st.lists(st.text(max_size=9)).map(tuple)
)
TIMES = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2099, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
NAMES = st.text(max_size=12)
CHOICES = st.sampled_from(["yes", "partly", "no", "unknown", "na"])
GIVEN = st.builds(Given, choice=CHOICES, note=st.none() | NAMES, person=NAMES, name=NAMES, at=TIMES)
STATES = st.builds(
    assessment,
    subject=st.text(min_size=1, max_size=40),
    phase=st.sampled_from(["facts", "asking", "offer", "paused", "finished", "discarded"]),
    began=TIMES,
    turn=st.integers(0, 10**6),
    facts=st.dictionaries(NAMES, st.builds(GivenFact, value=FACT_VALUES, person=NAMES, name=NAMES, at=TIMES)),
    last_facts=st.dictionaries(NAMES, FACT_VALUES),
    answers=st.dictionaries(NAMES, GIVEN),
    numbers=st.dictionaries(NAMES, st.integers(0, 99)),
    order=st.lists(NAMES).map(tuple),
    question=st.none() | st.builds(OpenQuestion, about=st.just("practice"), id=NAMES, slot=NAMES, turn=st.integers(0)),
    writers=st.lists(NAMES).map(tuple),
)


@settings(deadline=None)  # a busy machine is no failure
@given(STATES)
def test_any_state_comes_back_as_it_was_kept(state: State) -> None:
    assert State.model_validate_json(state.model_dump_json()) == state


async def test_an_assessment_comes_back_as_it_was_saved(store: Store) -> None:
    await begin(store, assessment())
    answer = Given(choice="partly", note="only “fraud” 🙂", person="U1", name="Ana", at=after(1))
    later = assessment(turn=2, phase="asking", answers={"M1-P-1": answer}, order=("M1-P-1",))

    await store.turn(lambda writing: writing.save(later))

    assert await store.turn(lambda writing: writing.dialog("d1")) == later
    assert await store.read(lambda reading: reading.peek("d1")) == later


async def test_the_thread_that_the_courier_learned_outlives_a_save_that_does_not_know_it(store: Store) -> None:
    await begin(store, assessment())
    await store.turn(lambda writing: writing.owe(owed(1, 1, slot="parent")))
    await store.sent("d1:000001:001", "300.1", NOON)

    await store.turn(lambda writing: writing.save(assessment(turn=2)))

    assert await store.turn(lambda writing: writing.dialog("d1")) == assessment(turn=2, thread="300.1")


async def test_what_is_not_there_is_none(store: Store) -> None:
    def look(writing: Writing) -> tuple[object, ...]:
        return (
            writing.dialog("d9"),
            writing.peek("d9"),
            writing.dialog_in_thread("T1", "C1", "1.0"),
            writing.message_ts("d9", "parent"),
        )

    assert await store.turn(look) == (None, None, None, None)


async def test_saving_what_never_began_is_an_error(store: Store) -> None:
    with pytest.raises(LookupError, match="assessment d1 never began"):
        await store.turn(lambda writing: writing.save(assessment()))


async def test_a_thread_is_ours_only_in_its_own_channel_and_workspace(store: Store) -> None:
    await begin(store, assessment(thread="300.1"))

    async def ours(*place: str) -> bool:
        return await store.read(lambda reading: reading.is_our_thread(*place))

    assert await ours("T1", "C1", "300.1")
    assert not await ours("T1", "C1", "300.2")
    assert not await ours("T1", "C2", "300.1")
    assert not await ours("T2", "C1", "300.1")
    assert await store.turn(lambda writing: writing.dialog_in_thread("T1", "C2", "300.1")) is None


async def test_turns_of_an_assessment_happen_one_after_the_other(store: Store) -> None:
    """Two people click in the same instant: the second turn starts from what the first one left."""
    await begin(store, assessment(turn=0))

    def work(writing: Writing) -> None:
        state = writing.dialog("d1")
        assert state is not None
        writing.save(state.model_copy(update={"turn": state.turn + 1}))

    await asyncio.gather(*(store.turn(work) for _ in range(50)))

    state = await store.read(lambda reading: reading.peek("d1"))
    assert state is not None
    assert state.turn == 50


async def test_turns_of_two_processes_happen_one_after_the_other(store: Store, tmp_path: Path) -> None:
    other = open_store(f"sqlite:///{tmp_path}/bot.db")
    await begin(store, assessment(turn=0))

    def work(writing: Writing) -> None:
        state = writing.dialog("d1")
        assert state is not None
        writing.save(state.model_copy(update={"turn": state.turn + 1}))

    await asyncio.gather(*(each.turn(work) for _ in range(25) for each in (store, other)))

    state = await other.read(lambda reading: reading.peek("d1"))
    assert state is not None
    assert state.turn == 50
    await other.close()


# One running assessment a subject ------------------------------------------------------------------------------------


async def test_a_second_running_assessment_of_a_subject_is_refused_whole(store: Store) -> None:
    await begin(store, assessment("d1", "Fraud detection"))

    def start_again(writing: Writing) -> None:
        writing.owe(owed(1, 1, dialog=None, key="hello"))
        writing.begin(assessment("d2", "fraud-detection"))

    with pytest.raises(SubjectTaken, match=r"'fraud-detection' is being assessed in C1 already"):
        await store.turn(start_again)

    assert await rows(store, "SELECT id FROM dialogs") == [{"id": "d1"}]
    assert await rows(store, "SELECT key FROM outbox") == []


async def test_of_two_who_start_at_once_one_is_told_that_the_subject_is_taken(store: Store) -> None:
    outcomes = await asyncio.gather(
        begin(store, assessment("d1")), begin(store, assessment("d2")), return_exceptions=True
    )

    assert outcomes[0] is None
    assert isinstance(outcomes[1], SubjectTaken)


@pytest.mark.parametrize(
    "other",
    [
        assessment("d2", "churn"),
        assessment("d2", channel="C2"),
        assessment("d2", workspace="T2"),
        assessment("d2", phase="finished"),
        assessment("d2", phase="discarded"),
    ],
    ids=["another subject", "another channel", "another workspace", "finished", "discarded"],
)
async def test_what_is_not_the_same_subject_running_in_the_same_channel_may_begin(store: Store, other: State) -> None:
    await begin(store, assessment("d1"), other)

    assert await rows(store, "SELECT id FROM dialogs ORDER BY id") == [{"id": "d1"}, {"id": "d2"}]


@pytest.mark.parametrize("phase", ["facts", "asking", "offer", "paused"])
async def test_a_finished_assessment_cannot_be_reopened_beside_a_running_one(store: Store, phase: str) -> None:
    await begin(store, assessment("d1", phase="finished"), assessment("d2"))

    with pytest.raises(SubjectTaken):
        await store.turn(lambda writing: writing.save(assessment("d1", phase=phase)))

    assert await store.read(lambda reading: reading.peek("d1")) == assessment("d1", phase="finished")


async def test_starting_over_discards_one_and_begins_the_next_in_one_turn(store: Store) -> None:
    await begin(store, assessment("d1"))

    def start_over(writing: Writing) -> None:
        writing.save(assessment("d1", phase="discarded"))
        writing.begin(assessment("d2"))

    await store.turn(start_over)

    around = await store.read(lambda reading: reading.around("T1", "C1"))
    assert around == (assessment("d2"),)


# Around --------------------------------------------------------------------------------------------------------------


async def around(store: Store) -> list[str]:
    return [state.id for state in await store.read(lambda reading: reading.around("T1", "C1"))]


async def test_around_gives_the_running_assessment_and_the_last_finished_one_of_each_subject(store: Store) -> None:
    await begin(
        store,
        assessment("old", "fraud", phase="finished", began=after(1)),
        assessment("last", "Fraud", phase="finished", began=after(2)),
        assessment("now", "fraud", phase="paused", began=after(3)),
        assessment("gone", "fraud", phase="discarded", began=after(4)),
        assessment("churn", "churn", phase="finished", began=after(5)),
        assessment("far", "fraud", channel="C2", began=after(6)),
        assessment("foreign", "fraud", workspace="T2", began=after(7)),
    )

    assert await around(store) == ["last", "now", "churn"]


async def test_the_last_finished_assessment_is_the_one_that_finished_last(store: Store) -> None:
    """Not the one that began last: an older one may have been reopened and finished again."""
    reopened = assessment("d1", phase="finished", began=after(1), turn=9)
    newer = assessment("d2", phase="finished", began=after(2))
    await begin(store, reopened, newer)
    await store.turn(lambda writing: writing.conclude(newer, Conclude(result_of(1), after(10))))
    assert await around(store) == ["d2"]

    await store.turn(lambda writing: writing.conclude(reopened, Conclude(result_of(2), after(20))))

    assert await around(store) == ["d1"]


# Every answer ever given ---------------------------------------------------------------------------------------------


async def test_a_changed_mind_is_one_more_row(store: Store) -> None:
    await begin(store, assessment())

    await store.turn(lambda writing: writing.record(assessment(turn=3), Record("M1-P-1", "yes", None, ANA, after(1))))
    await store.turn(
        lambda writing: writing.record(assessment(turn=7), Record("M1-P-1", "partly", "only fraud", BO, after(2)))
    )

    shared = {
        "workspace": "T1",
        "dialog": "d1",
        "subject": "fraud-detection",
        "place": 1,
        "practice": "M1-P-1",
        "content_version": "1",
        "evidence": "[]",
        "last_run": None,
    }
    assert await store.read(lambda reading: reading.answers("d1")) == [
        shared | {"turn": 3, "choice": "yes", "note": None, "person": "U1", "person_name": "Ana",
                  "answered_at": "2026-11-23T12:00:01.000000+00:00"},
        shared | {"turn": 7, "choice": "partly", "note": "only fraud", "person": "U2", "person_name": "Bo",
                  "answered_at": "2026-11-23T12:00:02.000000+00:00"},
    ]  # fmt: skip


async def test_a_form_gives_several_answers_in_one_turn(store: Store) -> None:
    await begin(store, assessment())

    def work(writing: Writing) -> None:
        for practice in ("M1-P-2", "M1-P-1", "M1-P-3"):
            writing.record(assessment(turn=3), Record(practice, "no", None, ANA, NOON))

    await store.turn(work)

    given = await store.read(lambda reading: reading.answers("d1"))
    assert [(row["place"], row["practice"]) for row in given] == [(1, "M1-P-2"), (2, "M1-P-1"), (3, "M1-P-3")]


@pytest.mark.parametrize("value", [4, True, "regulated", ("mlflow", "größe"), None])
async def test_a_fact_is_kept_as_json_and_as_nothing_where_it_was_left_open(
    store: Store, value: FactValue | None
) -> None:
    await begin(store, assessment())

    await store.turn(lambda writing: writing.learn(assessment(), Learn("live_models", value, ANA, NOON)))

    (row,) = await rows(store, "SELECT fact, value, person, person_name, given_at, turn FROM facts")
    kept = None if row["value"] is None else json.loads(row["value"])
    assert kept == (list(value) if isinstance(value, tuple) else value)
    assert (row["fact"], row["person"], row["person_name"], row["turn"]) == ("live_models", "U1", "Ana", 1)


async def test_an_answer_to_no_assessment_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        await store.turn(lambda writing: writing.record(assessment("d9"), Record("M1-P-1", "yes", None, ANA, NOON)))


async def test_every_finish_keeps_its_own_result(store: Store) -> None:
    await begin(store, assessment())

    await store.turn(lambda writing: writing.conclude(assessment(turn=5), Conclude(result_of(1), after(1))))
    await store.turn(lambda writing: writing.conclude(assessment(turn=9), Conclude(result_of(2), after(2))))

    kept = await rows(store, "SELECT turn, result, content_version, finished_at FROM results ORDER BY turn")
    assert [row | {"result": json.loads(str(row["result"]))} for row in kept] == [
        {"turn": 5, "result": result_of(1), "content_version": "1", "finished_at": moment(after(1))},
        {"turn": 9, "result": result_of(2), "content_version": "1", "finished_at": moment(after(2))},
    ]


def test_an_operator_reads_the_answers_with_sqlite_utils(tmp_path: Path) -> None:
    async def answer() -> None:
        store = open_store(f"sqlite:///{tmp_path}/maturity.db")
        await begin(store, assessment())
        await store.turn(lambda writing: writing.record(assessment(), Record("M1-P-1", "yes", "all", ANA, NOON)))
        await store.close()

    asyncio.run(answer())

    printed = CliRunner().invoke(sqlite_utils_cli, ["rows", f"{tmp_path}/maturity.db", "answers"])

    assert json.loads(printed.output) == [
        {
            "workspace": "T1",
            "dialog": "d1",
            "subject": "fraud-detection",
            "turn": 1,
            "place": 1,
            "practice": "M1-P-1",
            "choice": "yes",
            "note": "all",
            "person": "U1",
            "person_name": "Ana",
            "answered_at": "2026-11-23T12:00:00.000000+00:00",
            "content_version": "1",
            "evidence": "[]",
            "last_run": None,
        }
    ]


# Times, housekeeping, speed ------------------------------------------------------------------------------------------


@given(TIMES, TIMES)
def test_stored_times_sort_as_the_times_do(one: dt.datetime, other: dt.datetime) -> None:
    assert (moment(one) < moment(other)) == (one < other)
    assert dt.datetime.fromisoformat(moment(one)) == one
    assert len(moment(one)) == 32


def test_a_time_is_stored_in_utc() -> None:
    tokyo = dt.timezone(dt.timedelta(hours=9))

    assert moment(dt.datetime(2026, 3, 1, 8, 30, tzinfo=tokyo)) == "2026-02-28T23:30:00.000000+00:00"


def test_a_time_without_a_zone_is_not_stored() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        moment(dt.datetime(2026, 3, 1))  # noqa: DTZ001 - that is the point


async def test_after_a_week_event_keys_and_settled_messages_are_forgotten_and_the_rest_stays(store: Store) -> None:
    week = dt.timedelta(days=7)

    def work(writing: Writing) -> None:
        writing.begin(assessment(thread="300.1"))
        writing.first_time("T1", "old", NOON)
        writing.first_time("T1", "new", after(1))
        writing.record(assessment(), Record("M1-P-1", "yes", None, ANA, NOON))
        for n in range(1, 4):
            writing.owe(owed(1, n, dialog=None, key=f"message {n}"))

    await store.turn(work)
    await store.sent("message 1", "1.0", NOON)
    await store.sent("message 2", "2.0", after(1))

    await store.purge(after(0.5) + week)

    assert await rows(store, "SELECT key FROM inbox") == [{"key": "new"}]
    assert await rows(store, "SELECT key FROM outbox ORDER BY key") == [{"key": "message 2"}, {"key": "message 3"}]
    assert len(await store.read(lambda reading: reading.answers("d1"))) == 1
    assert await store.read(lambda reading: reading.peek("d1")) == assessment(thread="300.1")


async def test_a_turn_takes_one_commit(store: Store) -> None:
    assert isinstance(store.database, Sqlite)
    await begin(store, assessment())
    before = store.database.commits

    def work(writing: Writing) -> None:
        writing.first_time("T1", "c:1", NOON)
        writing.dialog("d1")
        writing.save(assessment(turn=2))
        writing.record(assessment(turn=2), Record("M1-P-1", "yes", None, ANA, NOON))
        writing.owe(owed(2, 1, "update", slot="question:1"))
        writing.owe(owed(2, 2, slot="question:2"))

    await store.turn(work)

    assert store.database.commits - before == 1


def every_statement(sql: Sql) -> dict[str, dict[str, Value]]:
    """All that a turn, a look and the courier say to the database, each text once with its last values."""
    said: dict[str, dict[str, Value]] = {}

    def listening(text: str, /, **values: Value) -> list[Row]:
        said[text] = values
        return sql(text, **values)

    writing = Writing(listening)
    state = assessment()
    writing.first_time("T1", "c:1", NOON)
    writing.begin(state)
    writing.dialog("d1")
    writing.dialog_in_thread("T1", "C1", "300.1")
    writing.is_our_thread("T1", "C1", "300.1")
    writing.peek("d1")
    writing.around("T1", "C1")
    writing.message_ts("d1", "question:1")
    writing.save(state)
    writing.record(state, Record("M1-P-1", "yes", None, ANA, NOON))
    writing.learn(state, Learn("live_models", 4, ANA, NOON))
    writing.conclude(state, Conclude(result_of(1), NOON))
    writing.answers("d1")
    writing.owe(owed(1, 1, slot="parent"))
    writing.owe(owed(1, 2, "update", slot="parent"))
    writing.backlog()
    writing.next_due(NOON)
    for _ in range(3):
        for delivery in outbox.claim(listening, owner="a", now=NOON, lease=LEASE, limit=20):
            outbox.tried(listening, delivery.key, NOON, "a", LEASE)
            outbox.postpone(listening, delivery.key, NOON, settled=True)
            outbox.sent(listening, delivery.key, "300.1", NOON)
    outbox.failed(listening, "d1:000001:001", "is_archived", NOON)
    return said


async def test_no_statement_of_a_turn_or_of_the_courier_reads_a_whole_table(store: Store) -> None:
    """Searches go by an index; the only scans are of rows that wait to be sent, by the index of just those."""

    def plans(sql: Sql) -> list[tuple[str, str]]:
        said = every_statement(sql)
        assert len(said) > 20
        return [
            (" ".join(text.split())[:60], row["detail"])
            for text, values in said.items()
            for row in sql(f"EXPLAIN QUERY PLAN {text}", **values)
        ]

    steps = await store.database.transact(plans)

    tables = (
        "standings",
        "plans",
        "inbox",
        "dialogs",
        "answers",
        "facts",
        "results",
        "messages",
        "outbox",
        "o",
        "e",
        "d",
        "m",
        "p",
        "newer",
    )
    scans = [
        (text, step)
        for text, step in steps
        if step.split()[0] == "SCAN" and step.split()[1] in tables and "INDEX outbox_waiting" not in step
    ]
    assert scans == []
    used = {step.split(" INDEX ")[1].split()[0] for _, step in steps if " INDEX " in step}
    assert used >= {"dialogs_by_thread", "dialogs_by_channel", "one_running_per_subject", "outbox_waiting"}


async def test_no_statement_changes_or_deletes_an_answer_or_a_fact(store: Store) -> None:
    said = await store.database.transact(lambda sql: list(every_statement(sql)))

    assert [text for text in said if text.split()[:2] in (["UPDATE", "answers"], ["UPDATE", "facts"])] == []
    assert [text for text in said if text.startswith("DELETE")] == []
