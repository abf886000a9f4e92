"""Reminders of six zones on two processes and one file: two years with restarts, and half a year with outages."""

import asyncio
import datetime as dt
import random
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from dialogs.schedule import Unit
from two_processes import DAY, TEN, Message, Process, Profiles, Series, every_series, messages

START = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
STEP, HOUR = dt.timedelta(minutes=15), dt.timedelta(hours=1)
FOUR_MINUTES = dt.timedelta(minutes=4)
TWO_YEARS, HALF_A_YEAR = START + 731 * DAY, START + 182 * DAY
EIGHTEEN = dt.time(18)
RHYTHMS: tuple[tuple[int, Unit, dt.date], ...] = (
    (1, "week", dt.date(2026, 11, 27)),
    (2, "week", dt.date(2026, 11, 28)),
    (1, "month", dt.date(2026, 12, 31)),
    (3, "month", dt.date(2026, 11, 30)),
    (6, "month", dt.date(2027, 8, 31)),
    (12, "month", dt.date(2026, 11, 27)),
    (1, "month", dt.date(2028, 2, 29)),
)


async def look(processes: Sequence[Process], at: dt.datetime, chance: random.Random) -> None:
    """Let both look within four minutes, at once or one after the other, with restarts before, between and after."""
    one, other = chance.sample(processes, 2)
    if chance.random() < 0.2:
        await asyncio.gather(*(each.tick(at + chance.random() * FOUR_MINUTES) for each in (one, other)))
        return
    did = await one.tick(at + chance.random() * FOUR_MINUTES)
    if chance.random() < (0.2 if did else 0.002):
        for each in chance.choice(([one], [other], [one, other])):
            await each.restart()
    await other.tick(at + chance.random() * FOUR_MINUTES)


def dates_of(series: Series, until: dt.datetime) -> list[dt.datetime]:
    """When it has to come before the end, by counting."""
    dates, last = list[dt.datetime](), series.set_on
    while (due := series.due_after(last)) < until:
        dates.append(due)
        last = series.local(due).date()
    return dates


@asynccontextmanager
async def two_processes(folder: Path, every: Sequence[Series]) -> AsyncIterator[list[Process]]:
    people = Profiles(every)
    processes = [Process(folder / "maturity.db", people) for _ in range(2)]
    yield processes
    for process in processes:
        await process.store.close()


def by_noon(every: Sequence[Series]) -> dict[dt.datetime, list[Series]]:
    found: dict[dt.datetime, list[Series]] = defaultdict(list)
    for series in every:
        found[series.noon].append(series)
    return found


async def test_two_years_bring_every_reminder_once_at_ten_on_a_working_day(tmp_path: Path) -> None:
    chance, every = random.Random(20261126), every_series(RHYTHMS)  # noqa: S311 - repeatable, no secret
    to_set = by_noon(every)
    async with two_processes(tmp_path, every) as processes:
        for step in range((TWO_YEARS - START) // STEP):
            at = START + step * STEP
            for series in to_set.get(at, ()):
                await chance.choice(processes).set(series, at)
            await look(processes, at, chance)
        found = await messages(processes[0])

    for series in every:
        assert [each.due for each in found[series.channel]] == dates_of(series, TWO_YEARS), series
        for each in found[series.channel]:
            here = series.local(each.written)
            assert (here.hour, here.minute < 5) == (10, True), series
            assert series.works(here.date()), series
            assert not each.late, series
