"""What the bot says about the three example teams, held against files that people have read.

The teams of `demo --seed` are played once, as they stand on a fixed day; then a person asks for each subject's report,
next steps, history, difference and exports, for the portfolio and the Home. `tests/golden/` holds what should be said.

A sentence that was changed on purpose fails here. Read the difference, then rewrite the files and read them too:

    MATURITY_BOT_GOLDEN=write .venv/bin/pytest tests/test_golden.py
"""

import asyncio
import datetime as dt
import difflib
import os
import re
import struct
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.export_files import files_of
from bot.export_findings import findings_of
from bot.export_pictures import charts_of
from bot.manifest import manifest_path
from bot.sandbox.screen import Seen
from bot.sandbox.workspace import Workspace
from bot.seed import seed
from bot.seed_stage import SeedClock, SeedStage
from dialogs.exported import SubjectExport
from dialogs.state import subject_key
from knowledge.library import load_library
from stage import shared_charts
from storage.exporting import read_subject

GOLDEN = Path(__file__).with_name("golden")
SIZES = {"radar": (1200, 1206), "heatmap": (1200, 1160), "trend": (1200, 898)}  # pixels, 600 units across
WRITE = os.environ.get("MATURITY_BOT_GOLDEN") == "write"
WAY_OUT = "if that is meant: MATURITY_BOT_GOLDEN=write .venv/bin/pytest tests/test_golden.py, and read what it wrote"
NOW = dt.datetime(2026, 11, 26, 12, 0, tzinfo=dt.UTC)  # a Thursday
PATIENCE_SECONDS = 60.0  # a safety net, never a measure
ASKS = {
    "churn-model": "Dora",
    "demand-forecast": "Emil",
    "fraud-detection": "Ana",
}  # each asks in the subject's channel
COMMANDS = ("report", "next", "history", "diff")
PER_SUBJECT = (*(f"{command}.txt" for command in COMMANDS), "md", "csv", "pictures.txt")
NAMES = (*(f"{subject}.{kind}" for subject in ASKS for kind in PER_SUBJECT), "portfolio.txt", "home.txt")


class Told(NamedTuple):
    """What was said, by the golden file's name, and what the exports hold, by subject."""

    texts: dict[str, str]
    exports: dict[str, SubjectExport]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Everything that is asked, in a thread of its own, for a test's loop may be there already."""
    data = tmp_path_factory.mktemp("golden") / "data"
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(lambda: asyncio.run(_told(data))).result()


async def _told(data: Path) -> Told:
    await seed(data, NOW, _opened, lambda _: None)
    async with _reopened(data) as stage:
        exports = {subject: await _export(stage, subject) for subject in ASKS}
        return Told({name: plain(text) async for name, text in _everything(stage, exports)}, exports)


async def _opened(clock: SeedClock) -> Workspace:
    workspace = Workspace(manifest_path(), None, clock.seconds, ack_limit=PATIENCE_SECONDS)
    await workspace.start()
    return workspace


@asynccontextmanager
async def _reopened(data: Path) -> AsyncIterator[SeedStage]:
    """The seeded workspace, a minute later."""
    clock = SeedClock(NOW + dt.timedelta(minutes=1))
    workspace = Workspace(manifest_path(), data, clock.seconds, ack_limit=PATIENCE_SECONDS)
    await workspace.start()
    try:
        async with SeedStage(data, workspace, clock) as stage:
            yield stage
    finally:
        await workspace.stop()


async def _everything(stage: SeedStage, exports: dict[str, SubjectExport]) -> AsyncIterator[tuple[str, str]]:
    """Ask for everything; the pictures last, because they stay in the channel."""
    for subject in ASKS:
        for command in COMMANDS:
            yield f"{subject}.{command}.txt", (await _asked(stage, subject, f"{command} {subject}")).text
        for file in files_of(exports[subject], load_library(), ("markdown", "csv")):
            yield f"{subject}.{file.name.rpartition('.')[2]}", file.text
    yield "portfolio.txt", (await _asked(stage, "fraud-detection", "portfolio")).text
    ana = stage.workspace.person("Ana")
    await ana.opens_home()
    await stage.settled()
    yield "home.txt", ana.home.text
    for subject in ASKS:
        yield f"{subject}.pictures.txt", await _pictures(stage, subject)


async def _asked(stage: SeedStage, subject: str, line: str) -> Seen:
    """The private answer to a command in the subject's channel."""
    person = stage.workspace.person(ASKS[subject])
    await person.commands(f"/maturity {line}", subject)
    await stage.settled()
    return next(seen for seen in reversed(person.sees(subject)) if seen.ephemeral)


async def _pictures(stage: SeedStage, subject: str) -> str:
    """What stands above the pictures in the thread, and each one's title and alternative text."""
    report = await _asked(stage, subject, f"report {subject}")
    person = stage.workspace.person(ASKS[subject])
    await person.clicks("Pictures in the thread", report)
    await stage.settled()
    return next(seen.text for seen in reversed(person.sees(subject)) if seen.files)


async def _export(stage: SeedStage, subject: str) -> SubjectExport:
    whose = (stage.house.router.me.team, stage.workspace.channel_id(subject), subject_key(subject))
    return await stage.house.store.read(lambda reading: read_subject(reading.sql, *whose))


def plain(text: str) -> str:
    """The text without what is of one run: the workspace's port, the moments in permalinks, the content's version."""
    text = re.sub(r"http://[\w.]+:\d+/archives/(\w+)/p\d+(\?[\w=.&;]*)?", r"http://WORKSPACE/archives/\1/MESSAGE", text)
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")  # a table's; that they are there, others promise
    return text.replace(load_library().version, "VERSION").rstrip("\n") + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_is_what_people_have_read(told: Told, name: str) -> None:
    kept, said = GOLDEN / name, told.texts[name]
    if WRITE:
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(said, encoding="utf-8")
    golden = kept.read_text(encoding="utf-8") if kept.exists() else ""

    lines = (golden.splitlines(), said.splitlines())
    differs = "\n".join(difflib.unified_diff(*lines, f"tests/golden/{name}", "said now", lineterm=""))

    assert golden == said, f"{name} is said otherwise; {WAY_OUT}\n{differs}"


def test_every_golden_file_is_held_against_something() -> None:
    assert sorted(each.name for each in GOLDEN.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("subject", ASKS)
async def test_the_pictures_are_drawn_twice_as_sharp_as_slack_shows_them(told: Told, subject: str) -> None:
    charts = list(charts_of(findings_of(told.exports[subject], load_library())))

    sizes = {chart.kind: size_of(await shared_charts().draw(chart)) for chart in charts}

    assert sizes == SIZES


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, as the first chunk of a PNG says them."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    across, down = struct.unpack(">II", png[16:24])
    return across, down
