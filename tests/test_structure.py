"""Why it is fast, as far as its build tells: one router, few statements, shared flushes, kept connections, indexes."""

import asyncio
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from slack_bolt.middleware.async_custom_middleware import AsyncCustomMiddleware

from benchmarks.crowd import Crowd
from benchmarks.loopback_slack import loopback_slack
from benchmarks.our_house import house_at
from stage import Stage, shipped_index
from storage.database import Database, Row, Sql, Value
from storage.group_commit import GROUP
from storage.sqlite import Sqlite, connect
from storage.store import Store
from storage.writing import Writing

T = TypeVar("T")
ROOT = Path(__file__).parents[1]
CHANNEL = "fraud-detection"
HEAVY = {"matplotlib", "numpy", "PIL", "holidays", "sklearn", "scipy", "pandas", "playwright", "hypothesis", "pytest"}
# What holds few rows however much is stored, so that all of them may be looked at: the index of what is still to be
# sent, and what was deleted within the last week.
SMALL = {"outbox_waiting", "erasures"}


@dataclass
class Recorder:
    """A database that remembers what each of its transactions and looks was asked."""

    inner: Database
    transactions: list[list[str]] = field(default_factory=list)
    looks: list[list[str]] = field(default_factory=list)
    asked: dict[str, Mapping[str, Value]] = field(default_factory=dict)

    async def transact(self, work: Callable[[Sql], T]) -> T:
        return await self.inner.transact(self._noted(work, self.transactions))

    async def read(self, work: Callable[[Sql], T]) -> T:
        return await self.inner.read(self._noted(work, self.looks))

    async def wipe(self) -> None:
        await self.inner.wipe()

    async def close(self) -> None:
        await self.inner.close()

    def _noted(self, work: Callable[[Sql], T], among: list[list[str]]) -> Callable[[Sql], T]:
        def noting(sql: Sql) -> T:
            statements: list[str] = []
            among.append(statements)

            def noted(text: str, /, **values: Value) -> list[Row]:
                statements.append(text)
                self.asked[text] = values
                return sql(text, **values)

            return work(noted)

        return noting

    def turns(self) -> Iterator[list[str]]:
        """The transactions of events: each begins with its mark in the inbox."""
        return (each for each in self.transactions if each and each[0].startswith("INSERT INTO inbox"))


def recorded(stage: Stage) -> Recorder:
    """Record what the stage's bot asks of its database from now on."""
    recorder = Recorder(stage.bot.store.database)
    stage.bot.store.database = recorder
    return recorder


async def begun(stage: Stage) -> None:
    ana = stage.person("Ana")
    await ana.commands("/maturity start full")
    await stage.settled()
    await ana.clicks("Skip the facts")
    await stage.settled()


async def test_one_middleware_takes_everything_and_there_are_no_listeners(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        app = stage.bot.socket.app
        ours = [each for each in app._async_middleware_list if isinstance(each, AsyncCustomMiddleware)]

    assert app._async_listeners == []
    assert len(ours) == 1


async def test_an_answer_costs_as_many_statements_late_in_an_assessment_as_early(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begun(stage)
        recorder = recorded(stage)
        for _ in range(12):
            await stage.person("Ana").clicks("Partly")
            await stage.settled()
        turns = list(recorder.turns())

    assert len(turns) == 12
    assert {len(turn) for turn in turns[1:]} == {len(turns[0])}
    assert len(turns[0]) <= 10


async def test_talk_of_others_costs_one_look_and_no_transaction(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begun(stage)
        await stage.bot.courier.stop()
        recorder = recorded(stage)
        theirs = await stage.person("Ben").says("Who moved the staging cluster?", CHANNEL)
        await stage.person("Dora").says("Not me.", CHANNEL, theirs)
        await stage.workspace.quiet()
        looks = [each for each in recorder.looks if "left_threads" in each[0]]

    assert list(recorder.turns()) == []
    assert [len(each) for each in looks] == [1]  # the reply; what is no reply costs nothing at all


async def test_what_waits_together_is_flushed_together(tmp_path: Path) -> None:
    database = Sqlite(tmp_path / "maturity.db")
    store, held, go = Store(database), threading.Event(), threading.Event()

    def wait(_: Writing) -> None:
        held.set()
        go.wait()

    first = asyncio.create_task(store.turn(wait))
    await asyncio.to_thread(held.wait)
    before = database.commits
    others = [asyncio.create_task(store.turn(lambda writing: writing.sql("SELECT 1"))) for _ in range(3 * GROUP)]
    await asyncio.sleep(0)
    go.set()
    await asyncio.gather(first, *others)
    commits = database.commits - before
    pragmas = [database._writer.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    await database.close()

    assert commits == 1 + 3
    assert pragmas == ["wal", 2]  # a log that is flushed once with every commit


async def test_every_call_goes_through_the_connections_that_are_there(tmp_path: Path) -> None:
    async with loopback_slack() as slack:
        house = house_at(tmp_path / "maturity.db", slack.api_url, index=shipped_index())
        await house.start()
        crowd = Crowd(slack, 5)
        await crowd.begins()
        await crowd.answers(1)
        await crowd.settles()
        opened, calls = len(slack.peers), slack.calls.total()
        await crowd.answers(5)
        await crowd.settles()
        more = slack.calls.total() - calls
        in_the_end = len(slack.peers)
        await house.close()

    assert more >= 50
    assert in_the_end <= max(opened, 2 * len(crowd.channels))  # never more than calls at the same time


def test_the_bot_starts_without_charts_calendars_and_what_only_developers_need() -> None:
    line = "import bot.house, sys; print(*{module.split('.')[0] for module in sys.modules})"
    told = subprocess.run([sys.executable, "-c", line], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own line

    assert set(told.stdout.split()) & HEAVY == set()


def wrong_in(plan: list[str]) -> list[str]:
    """The steps of a plan that look at more the more is stored."""
    return [step for step in plan if not _stays_flat(step)]


def _stays_flat(step: str) -> bool:
    if found := re.fullmatch(r"SCAN \S+(?: .*)? INDEX (\w+)", step):
        return found[1] in SMALL
    if step.startswith("SCAN"):  # a list of values, or what a subquery has gathered
        return re.fullmatch(r"SCAN (\d+ )?(CONSTANT.*|\(.*|ranked|soonest)", step) is not None or step[5:] in SMALL
    return not re.search(r"INDEX \w+ \(workspace=\?\)$", step)  # nearly everything is of the one workspace


@pytest.mark.parametrize(
    "step",
    [
        "SCAN dialogs",
        "SCAN answers USING INDEX answers_by_person",
        "SCAN d USING COVERING INDEX dialogs_by_channel",
        "SEARCH dialogs USING INDEX dialogs_by_channel (workspace=?)",
    ],
)
def test_a_look_at_everything_would_be_seen(step: str) -> None:
    assert wrong_in([step]) == [step]


async def test_no_statement_looks_at_more_the_more_is_stored(tmp_path: Path) -> None:
    """Everything that happens every day, and the plan of every statement that it needs."""
    async with Stage(tmp_path) as stage:
        recorder = recorded(stage)
        await a_working_day(stage)
        database = connect(tmp_path / "maturity.db", read_only=True)
        plans = {
            text: [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {text}", dict(values))]
            for text, values in recorder.asked.items()
        }
        database.close()

    assert len(plans) > 25
    assert {text: wrong for text, plan in plans.items() if (wrong := wrong_in(plan))} == {}


async def a_working_day(stage: Stage) -> None:
    """Start, click, type, ask, talk, change an answer, pause, resume, finish, and let the clock look."""
    ana, ben = stage.person("Ana"), stage.person("Ben")
    await begun(stage)
    await ana.clicks("Yes")
    await stage.settled()
    parent = next(each for each in ana.sees(CHANNEL) if "MLOps maturity of" in each.text)
    await ana.says("partly because only one team does it", CHANNEL, parent)
    await stage.settled()
    await ben.says("@maturity do we need level 4?", CHANNEL, parent)
    await ben.says("yes", CHANNEL)
    await ben.says("Lunch?", CHANNEL)
    await stage.settled()
    await ana.commands("/maturity status")
    await ana.clicks("Edit")
    await stage.workspace.until(lambda: ana.modal is not None)
    await ana.closes()
    for label in ("Pause", "Resume", "Finish early"):
        await stage.settled()
        await ana.clicks(label)
    await stage.settled()
    await stage.bot.clock.tick()
    await stage.settled()
