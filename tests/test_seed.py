"""`demo --seed`: three example teams with two years of history, as they stand on a Sunday after New Year."""

import asyncio
import datetime as dt
import json
import os
import re
import shutil
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.manifest import manifest_path
from bot.sandbox.screen import readable
from bot.sandbox.workspace import Workspace
from bot.seed import seed, usable
from bot.seed_stage import SeedClock, SeedStage
from bot.seed_story import Remark, Reopened, Round, Story, read_stories
from knowledge.library import load_library
from storage.store import open_store

NOW = dt.datetime(2027, 1, 3, 8, 0, tzinfo=dt.UTC)
PATIENCE_SECONDS = 60.0  # a safety net, never a measure
CHURN, DEMAND, FRAUD = "churn-model", "demand-forecast", "fraud-detection"


class Opener:
    """Opens the workspace that a seeding plays on, and keeps it for the test."""

    workspace: Workspace

    async def __call__(self, clock: SeedClock) -> Workspace:
        self.workspace = Workspace(manifest_path(), None, clock.seconds, ack_limit=PATIENCE_SECONDS)
        await self.workspace.start()
        return self.workspace


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seeded folder, which no test changes; in a thread of its own, for a test's loop may be there already."""
    data = tmp_path_factory.mktemp("seed") / "demo-data"
    with ThreadPoolExecutor(1) as alone:
        alone.submit(lambda: asyncio.run(seed(data, NOW, Opener(), lambda _: None))).result()
    return data


@pytest.fixture
def copy(seeded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(seeded, tmp_path / "data"))


def rows(data: Path, sql: str) -> list[dict[str, Any]]:
    """What a statement finds in the seeded database."""

    async def read() -> list[dict[str, Any]]:
        store = open_store(f"sqlite:///{data / 'maturity.db'}")
        try:
            return [dict(row) for row in await store.read(lambda reading: reading.sql(sql))]
        finally:
            await store.close()

    with ThreadPoolExecutor(1) as alone:
        return alone.submit(lambda: asyncio.run(read())).result()


def results(data: Path, subject: str) -> list[dict[str, Any]]:
    return [
        row for row in rows(data, "SELECT * FROM standings ORDER BY finished_at, turn") if row["subject"] == subject
    ]


def workspace_of(data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((data / "workspace.json").read_text(encoding="utf-8"))
    return found


# What is there ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", [CHURN, DEMAND, FRAUD])
def test_every_team_has_four_assessments_or_more_over_twenty_months_or_more(seeded: Path, subject: str) -> None:
    found = results(seeded, subject)
    first, last = (dt.datetime.fromisoformat(found[at]["finished_at"]) for at in (0, -1))

    assert 4 <= len({row["dialog"] for row in found}) <= 7
    assert last - first >= dt.timedelta(days=20 * 30)
    assert last < NOW


def test_one_team_rose_to_its_target_one_fell_and_one_stayed(seeded: Path) -> None:
    levels = {name: [row["overall"] for row in results(seeded, name)] for name in (CHURN, DEMAND, FRAUD)}

    assert [levels[name][-2:] for name in (CHURN, DEMAND, FRAUD)] == [[1, 2], [1, 1], [2, 1]]
    assert {level for each in levels.values() for level in each} == {0, 1, 2}
    assert [results(seeded, name)[-1]["target"] for name in (CHURN, DEMAND, FRAUD)] == [2, 2, 3]


def test_a_told_fact_moved_a_target_and_the_last_result_is_provisional(seeded: Path) -> None:
    demand = results(seeded, DEMAND)

    moved = [(one["target"], other["target"]) for one, other in pairwise(demand) if one["dialog"] == other["dialog"]]
    assert moved[0] == (1, 2), "in one assessment, between its report and the next one"
    assert (demand[-1]["overall"], demand[-1]["up_to"]) == (1, 2)


def test_risks_stay_open_and_a_step_has_an_owner_and_a_date_still_to_come(seeded: Path) -> None:
    planned = [row for row in rows(seeded, "SELECT * FROM plans") if row["owner"]]

    assert [(row["subject_key"], row["practice"], row["owner"]) for row in planned] == [
        ("frauddetection", "M2-C-1", "U000000CHEN")
    ]
    assert planned[0]["due"] > NOW.date().isoformat()
    assert {"X-monitoring", "X-rollback"} <= set(json.loads(results(seeded, FRAUD)[-1]["more"])["risks"])


def test_one_assessment_is_in_the_middle_and_asks(seeded: Path) -> None:
    running = [json.loads(row["state"]) for row in rows(seeded, "SELECT state FROM dialogs WHERE finished_at IS NULL")]

    assert [(state["subject"], state["phase"]) for state in running] == [("bread waste", "asking")]
    assert running[0]["question"] is not None
    assert len(running[0]["answers"]) > 5


def remarks() -> Iterator[tuple[str, Remark]]:
    for story in read_stories():
        for deed in story.deeds:
            yield from ((story.channel, each) for each in (deed.remarks if isinstance(deed, Round) else ()))
            yield from [(story.channel, deed.change)] if isinstance(deed, Reopened) else []


@pytest.mark.parametrize(("channel", "remark"), list(remarks()))
def test_everything_people_remarked_is_kept_with_its_evidence(seeded: Path, channel: str, remark: Remark) -> None:
    found = rows(seeded, "SELECT * FROM answers JOIN dialogs ON dialogs.id = answers.dialog")

    kept = [
        row for row in found if row["practice"] == remark.practice and json.loads(row["state"])["subject"] == channel
    ]
    assert any(
        (row["note"] or "") == remark.note
        and tuple(json.loads(row["evidence"])) == remark.evidence
        and (row["last_run"] is not None) == (remark.ran is not None)
        for row in kept
    )
    assert remark.first is None or remark.first in [row["choice"] for row in kept]


# Slack's side -------------------------------------------------------------------------------------------------------


def test_nothing_is_owed_and_nothing_is_overdue(seeded: Path) -> None:
    due = [row["due_at"] for row in rows(seeded, "SELECT due_at FROM reminders")]
    nudges = [row["nudge_at"] for row in rows(seeded, "SELECT nudge_at FROM dialogs WHERE nudge_at IS NOT NULL")]

    assert rows(seeded, "SELECT * FROM outbox WHERE status <> 'sent'") == []
    assert len(due) == 3
    assert min(dt.datetime.fromisoformat(each) for each in (*due, *nudges)) > NOW


def test_every_thread_link_and_picture_leads_somewhere(seeded: Path) -> None:
    state = workspace_of(seeded)
    messages = {(channel, ts) for channel, every in state["messages"].items() for ts in every}
    links = re.findall(r"/archives/(\w+)/p(\d{10})(\d{6})", json.dumps(state))
    threads = [(row["channel"], row["thread"]) for row in rows(seeded, "SELECT channel, thread FROM dialogs")]

    assert len(links) > 0
    assert {(channel, f"{seconds}.{rest}") for channel, seconds, rest in links} <= messages
    assert len(threads) > 15
    assert set(threads) <= messages
    assert len(state["files"]) > 30
    assert {each["id"] for each in state["files"].values()} == {each.name for each in (seeded / "files").iterdir()}


def test_the_timestamps_are_in_order_and_none_is_still_to_come(seeded: Path) -> None:
    state = workspace_of(seeded)
    for every in state["messages"].values():
        assert list(every) == sorted(every)
    assert float(state["last_ts"]) <= NOW.timestamp() + 60


# Afterwards ---------------------------------------------------------------------------------------------------------


class Told(NamedTuple):
    """What a bot that starts on the seeded folder wrote by itself, and what it says to Ana's commands."""

    unasked: int
    answers: list[str]


async def told(data: Path, *commands: tuple[str, str]) -> Told:
    clock = SeedClock(NOW + dt.timedelta(minutes=1))
    workspace = Workspace(manifest_path(), data, clock.seconds)
    await workspace.start()
    try:
        async with SeedStage(data, workspace, clock) as stage:
            before = sum(len(every) for every in workspace.state.messages.values())
            await stage.house.clock.tick()
            await stage.settled()
            after = sum(len(every) for every in workspace.state.messages.values())
            answers = []
            for channel, line in commands:
                await workspace.person("Ana").commands(f"/maturity {line}", channel)
                await stage.settled()
                answers.append(readable([*workspace.hub.posting.whispers.of(workspace.person("Ana").id)][-1].message))
            return Told(after - before, answers)
    finally:
        await workspace.stop()


async def test_a_bot_that_starts_there_is_silent_and_shows_portfolio_history_and_next_steps(copy: Path) -> None:
    found = await told(
        copy,
        (FRAUD, "portfolio"),
        (FRAUD, "history"),
        (FRAUD, "next"),
        (CHURN, "next"),
        (DEMAND, f"history {DEMAND}"),
    )

    portfolio, fall, steps, done, moved = found.answers
    assert found.unasked == 0
    assert "*Portfolio: 3 subjects*" in portfolio
    assert all(arrow in portfolio for arrow in ("↑ up", "→ as on", "↓ down"))
    assert "level 2 → 1, because Training as a job (M2-C-1) went from yes to partly (Chen" in fall
    assert ", Past models reproducible (M2-C-8) went from yes to partly (Chen" in fall
    assert " and Scheduled or triggered retraining (M2-C-9) went from yes to no (Chen" in fall
    assert "Taken by <@U000000CHEN>, by " in steps
    assert "You are done here." in done
    assert "Target: level 1 → 2, because Use cases live went from “1” to “4” (Ben" in moved


async def test_a_folder_in_use_is_left_alone_and_that_is_said(copy: Path) -> None:
    before = {path: path.read_bytes() for path in (copy / "files").iterdir()}
    found = len(results(copy, FRAUD))
    arguments = ("-m", "bot", "demo", "--seed", "--port", "0", "--data", str(copy))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env={**os.environ, "PYTHONUNBUFFERED": "1"}, stdout=PIPE, stderr=STDOUT
    )
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_SECONDS):
        lines = [(await process.stdout.readline()).decode() for _ in range(2)]
        process.send_signal(signal.SIGINT)
        await process.communicate()

    assert (
        lines[0]
        == f"{copy} is in use already and stays as it is; for the example teams name a new folder with --data.\n"
    )
    assert "is open at" in lines[1]
    assert len(results(copy, FRAUD)) == found
    assert {path: path.read_bytes() for path in (copy / "files").iterdir()} == before


async def test_a_seeding_that_is_broken_off_leaves_a_folder_that_can_be_seeded(tmp_path: Path) -> None:
    data, opener, said = tmp_path / "data", Opener(), list[str]()
    data.mkdir()
    seeding = asyncio.create_task(seed(data, NOW, opener, said.append))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not hasattr(opener, "workspace"):  # noqa: ASYNC110 - nothing rings before the workspace is there
            await asyncio.sleep(0)
    await opener.workspace.until(lambda: len(opener.workspace.state.in_channel("C00000CHURN")) > 5, PATIENCE_SECONDS)

    seeding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await seeding

    assert usable(data)
    assert said[-1] == "Broken off; nothing of it was kept."
    assert not data.with_name("data.seeding").exists()


# The stories --------------------------------------------------------------------------------------------------------


@given(st.dates(dt.date(2026, 1, 1), dt.date(2040, 1, 1)))
def test_whatever_day_it_is_every_story_goes_forward_on_weekdays_and_ends_before_today(today: dt.date) -> None:
    for story in STORIES:
        moments = [deed.moment(today) for deed in story.deeds]
        assert moments == sorted(moments)
        assert all(moment.weekday() < 5 for moment in moments)
        assert moments[-1].date() < today


STORIES: tuple[Story, ...] = read_stories()


def test_the_stories_name_only_practices_facts_and_areas_that_exist() -> None:
    library = load_library()
    for story in STORIES:
        assert set(story.answers) == {
            "people",
            "model-creation",
            "model-release",
            "application-integration",
            "google",
            "risks",
        }
        for deed in story.deeds:
            if isinstance(deed, Round):
                tokens = (*deed.met, *deed.partly, *deed.missing, *deed.unknown)
                named = [
                    each for each in tokens if not any(p == each or p.startswith(f"{each}-") for p in library.practices)
                ]
                assert named == []
                assert set(deed.facts) <= set(library.facts)
