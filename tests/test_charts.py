"""The pictures of the report: what they say in words, how they are drawn, and the process that draws them."""

import asyncio
import datetime as dt
import os
import re
import select
import signal
import struct
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from functools import cache
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chart_data import (
    MOST_POINTS,
    TOP,
    Axis,
    HeatCell,
    Heatmap,
    HeatRow,
    Radar,
    Trend,
    TrendPoint,
    chart_from,
    heatmap_of,
    radar_of,
    trend_of,
)
from bot.chart_palette import GLYPHS, LINES, TEXT_ON, AnswerKind
from bot.chart_words import ALT_TEXT, alt_text
from bot.chart_worker import begin, drawn
from bot.charts import IDLE_SECONDS, ChartFailed, Charts
from bot.naming import full_day
from bot.words import Words
from dialogs.answers import CHOICES, Choice
from dialogs.coverage import coverage
from dialogs.judgement import judge
from knowledge.library import Library, load_library

ROOT = Path(__file__).parents[1]
DAY = dt.date(2026, 11, 3)
TITLES = ("People", "Model creation", "Model release", "Application integration")
RADAR = Radar(
    subject="fraud-detection",
    day=DAY,
    target=2,
    axes=tuple(Axis(title=title, level=1, up_to=3) for title in TITLES),
    google=1,
    google_up_to=2,
)
Chart = Radar | Heatmap | Trend


@cache
def library() -> Library:
    return load_library()


@cache
def words() -> Words:
    return Words(library())


# --- made-up charts ---

levels = st.integers(0, TOP)
targets = st.none() | levels
days = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))
subjects = st.text(min_size=1, max_size=80) | st.sampled_from(
    ["fraud-detection", "price of $x$ in $y$", "不正検知", "W" * 80]
)
titles = st.sampled_from([*TITLES, "Application integration and continuous feedback of everything"])


@st.composite
def standings(draw: st.DrawFn) -> tuple[int, int | None]:
    level = draw(levels)
    return level, draw(st.none() | st.integers(level + 1, TOP)) if level < TOP else None


@st.composite
def radars(draw: st.DrawFn) -> Radar:
    axes = [Axis(title=draw(titles), level=level, up_to=up_to) for level, up_to in [draw(standings()) for _ in TITLES]]
    google = draw(st.sampled_from([(0, None), (0, 2), (1, 2), (2, None)]))
    return Radar(
        subject=draw(subjects),
        day=draw(days),
        target=draw(targets),
        axes=tuple(axes),
        google=google[0],
        google_up_to=google[1],
    )


def cells(most: int) -> st.SearchStrategy[HeatCell]:
    count = st.integers(0, most)
    return st.builds(HeatCell, met=count, partly=count, missing=count, unknown=count, na=count, reached=st.booleans())


@st.composite
def heatmaps(draw: st.DrawFn) -> Heatmap:
    most = draw(st.sampled_from([2, 4, 30]))
    rows = [HeatRow(title=draw(titles), cells=tuple(draw(cells(most)) for _ in range(TOP))) for _ in TITLES]
    return Heatmap(subject=draw(subjects), day=draw(days), target=draw(targets), rows=tuple(rows))


@st.composite
def trends(draw: st.DrawFn) -> Trend:
    points = [
        TrendPoint(day=draw(days), overall=level, up_to=up_to, target=draw(targets))
        for level, up_to in draw(st.lists(standings(), min_size=2, max_size=30))
    ]
    trend = trend_of(draw(subjects), points)
    assert trend is not None
    return trend


charts = st.one_of(radars(), heatmaps(), trends())


# --- data ---


@settings(deadline=None)  # the first example reads the library
@given(charts)
def test_a_chart_travels_as_json_and_comes_back_the_same(chart: Chart) -> None:
    assert chart_from(chart.model_dump(mode="json")) == chart


@settings(deadline=None)  # the first example reads the library
@given(
    st.dictionaries(st.sampled_from(list(load_library().practices)), st.sampled_from(CHOICES)),
    st.sampled_from([{}, {"stage": "live"}]),
)
def test_radar_and_heatmap_say_the_levels_that_scoring_gives(answers: dict[str, Choice], facts: dict[str, str]) -> None:
    judgement = judge(library(), answers, facts)
    radar = radar_of(library(), "fraud", DAY, judgement)
    heatmap = heatmap_of(library(), "fraud", DAY, coverage(library(), answers), radar.target)

    low, high = judgement.score.floor, judgement.score.ceiling
    assert [axis.level for axis in radar.axes] == [row.level for row in heatmap.rows] == list(low.dimensions.values())
    assert [axis.level if axis.up_to is None else axis.up_to for axis in radar.axes] == list(high.dimensions.values())
    assert (radar.overall, radar.overall_up_to or radar.overall) == (low.overall, high.overall)
    assert radar.target == (judgement.target.level if facts else None)
    counted = sum(cell.counted + cell.na for row in heatmap.rows for cell in row.cells)
    assert counted == sum(practice.model == "microsoft" for practice in library().practices.values())


def test_one_assessment_is_no_trend_and_of_many_the_latest_are_shown_in_order() -> None:
    points = [TrendPoint(day=DAY + dt.timedelta(days=n), overall=n % 5) for n in range(MOST_POINTS + 3)]
    trend = trend_of("fraud", points)

    assert trend_of("fraud", points[:1]) is None
    assert trend is not None
    assert (trend.points, trend.earlier) == (tuple(points[3:]), 3)


# --- in words ---


def told(level: int, up_to: int | None, target: int | None = -1) -> str:
    """A level as the alternative text says it, with its target unless that is told elsewhere."""
    said = f"level {level}" if up_to is None else f"level {level}, up to {up_to}"
    return said if target == -1 else f"{said}, " + ("no target" if target is None else f"target {target}")


@settings(deadline=None)  # the first example reads the library
@given(radars())
def test_the_radar_in_words_says_every_number(chart: Radar) -> None:
    said = alt_text(chart, words())

    assert len(said) <= ALT_TEXT
    assert "; ".join(f"{axis.title}: {told(axis.level, axis.up_to)}" for axis in chart.axes) + "." in said
    assert f"Overall: {told(chart.overall, chart.overall_up_to)}; " in said
    assert ("no target" if chart.target is None else f"target {chart.target}") in said
    assert f"Google's ladder: level {chart.google} of 2" in said
    assert full_day(chart.day) in said


@settings(deadline=None)  # the first example reads the library
@given(heatmaps())
def test_the_heatmap_in_words_says_every_number(chart: Heatmap) -> None:
    said = alt_text(chart, words())

    assert len(said) <= ALT_TEXT
    for row in chart.rows:
        (line,) = {found for found in re.findall(rf"{re.escape(row.title)}: ([^.]*)\.", said) if says(found, row)}
        assert line
    assert ("no target" if chart.target is None else f"target {chart.target}") in said


def says(line: str, row: HeatRow) -> bool:
    """Whether a row in words, long or brief, tells of every cell all that is not zero, and whether it is met."""
    found = re.findall(r"level (\d) (asks nothing|met|not met) ?(\([^)]*\)|[\d/]+)?", line)
    return [int(level) for level, _, _ in found] == [1, 2, 3, 4] and all(
        counts_of(counts) == (cell.met, cell.partly, cell.missing, cell.unknown, cell.na)
        and verdict == ("asks nothing" if cell.empty else "met" if cell.reached else "not met")
        for cell, (_, verdict, counts) in zip(row.cells, found, strict=True)
    )


def counts_of(counts: str) -> tuple[int, ...]:
    if "/" in counts:
        return tuple(int(number) for number in counts.split("/"))
    kinds = (r"(\d+) of \d+ met", r"(\d+) partly", r"(\d+) missing", r"(\d+) unknown", r"(\d+) not applicable")
    return tuple(int(found[1]) if (found := re.search(kind, counts)) else 0 for kind in kinds)


@settings(deadline=None)  # the first example reads the library
@given(trends())
def test_the_trend_in_words_says_every_number(chart: Trend) -> None:
    said = alt_text(chart, words())

    points = [f"{full_day(point.day)}: {told(point.overall, point.up_to, point.target)}" for point in chart.points]
    assert len(said) <= ALT_TEXT
    assert said.endswith("; ".join(points) + ".")
    assert chart.earlier == 0 or f"the last {MOST_POINTS} of {MOST_POINTS + chart.earlier}" in said


# --- readable by everybody ---


def luminance(colour: str) -> float:
    """WCAG's relative luminance."""
    parts = [part / 255 for part in bytes.fromhex(colour.removeprefix("#"))]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_stands_out_from_what_it_stands_on(text: str, ground: str) -> None:
    dark, light = sorted((luminance(text), luminance(ground)))

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_answers_and_lines_differ_in_shape_and_pattern_and_not_in_colour_alone() -> None:
    assert len({glyph.shape for glyph in GLYPHS.values()}) == len(GLYPHS) == len(get_args(AnswerKind))
    assert len({look.pattern for look in LINES.values()}) == len({look.marker for look in LINES.values()}) == len(LINES)


# --- drawn ---


@pytest.fixture(scope="module")
def workers() -> Iterator[tuple[ProcessPoolExecutor, ProcessPoolExecutor]]:
    """Two drawing processes, to compare what they draw."""
    with (
        ProcessPoolExecutor(1, get_context("spawn"), begin) as one,
        ProcessPoolExecutor(1, get_context("spawn"), begin) as other,
    ):
        yield one, other


Workers = tuple[ProcessPoolExecutor, ProcessPoolExecutor]


@settings(max_examples=20, deadline=None)
@given(chart=charts)
def test_the_same_data_give_the_same_picture_in_every_process(workers: Workers, chart: Chart) -> None:
    one, other = (worker.submit(drawn, chart, "png") for worker in workers)
    width, height = struct.unpack(">II", one.result()[16:24])

    assert one.result() == other.result()
    assert one.result().startswith(b"\x89PNG\r\n\x1a\n")
    assert (width, 700 <= height <= 1400) == (1200, True)


@settings(max_examples=5, deadline=None)
@given(chart=charts)
def test_a_picture_in_shapes_needs_no_font_and_tells_no_date_and_no_version(workers: Workers, chart: Chart) -> None:
    one, other = (worker.submit(drawn, chart, "svg") for worker in workers)
    svg = one.result()

    assert svg == other.result()
    assert b"<svg" in svg
    assert not re.search(rb"<text|font-family|<dc:date|matplotlib v|<image|href=\"http", svg)


def test_answers_can_be_told_apart_without_colours(workers: Workers) -> None:
    """What is left of each cell when every colour is taken away still differs."""
    none = {"met": 0, "partly": 0, "missing": 0, "unknown": 0, "na": 0, "reached": False}
    shapes = []
    for kind in ("partly", "missing", "unknown"):  # the words in these cells are the same
        cell = HeatCell.model_validate(none | {kind: 2})
        row = HeatRow(title="People", cells=(cell,) * TOP)
        svg = workers[0].submit(drawn, Heatmap(subject="x", day=DAY, target=None, rows=(row,)), "svg").result().decode()
        shapes.append(re.sub(r"#[0-9a-f]{6}\b", "", svg))

    assert all(one != other for one, other in combinations(shapes, 2))


# --- the process that draws ---


class Later:
    """What is to happen later, as a test sees it: it happens when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[float, Callable[[], None]]] = []

    def __call__(self, seconds: float, what: Callable[[], None]) -> "Later":
        self.waiting.append((seconds, what))
        return self

    def cancel(self) -> None:
        self.waiting.pop()


@asynccontextmanager
async def drawing(later: Later | None = None) -> AsyncIterator[Charts]:
    charts = Charts(later) if later else Charts()
    try:
        yield charts
    finally:
        await charts.close()


def process(charts: Charts) -> int:
    assert charts.process is not None
    return charts.process


def gone(process: int) -> bool:
    """Whether a process has ended; one that nobody has asked about yet counts."""
    try:
        return "\nState:\tZ" in Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except FileNotFoundError:
        return True


async def test_what_a_killed_process_was_drawing_is_drawn_by_another_and_closing_ends_that_too() -> None:
    async with drawing() as charts:
        before = await charts.draw(RADAR)
        killed = process(charts)
        asked = [asyncio.create_task(charts.draw(RADAR)) for _ in range(4)]
        await asyncio.sleep(0)
        os.kill(killed, signal.SIGKILL)

        assert set(await asyncio.gather(*asked)) == {before}
        second = process(charts)
        assert second != killed

    assert gone(second)
    with pytest.raises(ChartFailed, match="the bot is stopping"):
        await charts.draw(RADAR)


async def test_a_process_that_dies_twice_fails_with_the_way_out_and_the_next_picture_is_drawn() -> None:
    async with drawing() as charts:
        asked = asyncio.create_task(charts.draw(RADAR))
        killed: set[int] = set()
        while not asked.done():
            if charts.process and charts.process not in killed:
                killed.add(charts.process)
                os.kill(charts.process, signal.SIGKILL)
            await asyncio.sleep(0.002)

        with pytest.raises(ChartFailed, match=r"died twice .* text says every number; ask for the report again"):
            await asked
        assert len(killed) == 2
        assert await charts.draw(RADAR)


async def test_an_idle_process_is_given_up_and_the_next_picture_starts_another() -> None:
    later = Later()
    async with drawing(later) as charts:
        await charts.draw(RADAR)
        await charts.draw(RADAR)
        idle = process(charts)
        ((seconds, give_up),) = later.waiting
        give_up()
        await asyncio.gather(*charts._ending)

        assert (seconds, charts.process, gone(idle)) == (IDLE_SECONDS, None, True)
        assert await charts.draw(RADAR)


SCRIPT = """
import asyncio, sys
from bot.charts import Charts
from bot.chart_data import Radar

async def main():
    charts = Charts()
    await charts.draw(Radar.model_validate_json(sys.argv[1]))
    print(charts.process, *sorted({"matplotlib", "numpy", "PIL"} & set(sys.modules)), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await charts.close()

if __name__ == "__main__":
    asyncio.run(main())
"""


def started(folder: Path) -> subprocess.Popen[str]:
    """A process that has drawn a picture, with a home that cannot be written to; it says what it has imported."""
    environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "HOME": "/proc/nowhere", "TMPDIR": str(folder)}
    command = [sys.executable, "-c", SCRIPT, RADAR.model_dump_json()]
    pipe = subprocess.PIPE
    return subprocess.Popen(  # noqa: S603 - this very Python, with our own script
        command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment
    )


def test_the_bot_imports_nothing_that_draws_and_a_home_that_cannot_be_written_is_no_matter(tmp_path: Path) -> None:
    with started(tmp_path) as bot:
        out, errors = bot.communicate(timeout=120)

    assert (re.sub(r"^\d+\n$", "the process", out), errors, bot.returncode) == ("the process", "", 0)
    assert list(tmp_path.iterdir()) == []


def test_the_drawing_process_ends_when_the_bot_is_killed(tmp_path: Path) -> None:
    with started(tmp_path) as bot:
        assert bot.stdout is not None
        worker = os.pidfd_open(int(bot.stdout.readline()))
        running = not select.select([worker], [], [], 0)[0]
        bot.kill()

    ended = select.select([worker], [], [], 60)[0] == [worker]
    os.close(worker)
    assert (running, ended) == (True, True)
