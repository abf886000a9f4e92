"""Reminders of six zones on two processes and one file: two years with restarts, and half a year with outages."""

import asyncio
import datetime as dt
import random
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import chain, pairwise
from pathlib import Path

import pytest

from dialogs.schedule import Unit
from storage.sqlite import Sqlite
from two_processes import DAY, TEN, Process, Profiles, ReadsAtOnce, Series, every_series, messages

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
    if chance.random() < (0.2 if did else 0.003):
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
async def two_processes(
    folder: Path, every: Sequence[Series], kind: type[Sqlite] = Sqlite
) -> AsyncIterator[list[Process]]:
    people = Profiles(every)
    processes = [Process(folder / "maturity.db", people, kind) for _ in range(2)]
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
    async with two_processes(tmp_path, every, ReadsAtOnce) as processes:
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


# Both down ----------------------------------------------------------------------------------------------------------


def outages(chance: random.Random) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """When neither process runs: for hours, days or weeks, after some days each."""
    end = START
    while end < HALF_A_YEAR:
        begin = end + chance.uniform(0.5, 15) * DAY
        end = begin + chance.choice((chance.uniform(0.5, 20) * HOUR, chance.uniform(1, 5) * DAY, 20 * DAY))
        yield begin, end


def first_welcome(series: Series, ticks: Sequence[dt.datetime]) -> dt.datetime | None:
    """The first look on a working day between ten and eighteen o'clock there."""
    here = ((tick, series.local(tick)) for tick in ticks)
    return next((tick for tick, at in here if series.works(at.date()) and TEN <= at.time() < EIGHTEEN), None)


def expected(series: Series, ticks: Sequence[dt.datetime]) -> Iterator[tuple[dt.datetime, bool]]:
    """When each message has to be written, and whether it comes late, by going through the looks."""
    last = series.set_on
    while (number := bisect_left(ticks, due := series.due_after(last))) < len(ticks):
        late = ticks[number] - due > HOUR
        written = first_welcome(series, ticks[number:]) if late else ticks[number]
        if written is None:
            return
        yield written, late
        last = series.local(written).date()


@pytest.mark.parametrize("seed", [1, 2])
async def test_what_both_missed_comes_once_per_outage_labelled_and_at_a_welcome_hour(tmp_path: Path, seed: int) -> None:
    chance, every = random.Random(seed), every_series(RHYTHMS[:4])  # noqa: S311 - repeatable, no secret
    down = list(outages(chance))
    steps = [START + step * STEP for step in range((HALF_A_YEAR - START) // STEP)]
    ticks = [at for at in steps if not any(begin <= at < end for begin, end in down)]
    async with two_processes(tmp_path, every) as processes:
        for series in every:
            await processes[0].set(series, series.noon)
        for before, at in pairwise([START, *ticks]):
            for process in processes if at - before > STEP else ():
                await process.restart()
            for process in chance.sample(processes, 2):
                await process.tick(at)
        found = await messages(processes[0])

    assert any(each.late for each in chain.from_iterable(found.values()))
    for series in every:
        assert [(each.written, each.late) for each in found[series.channel]] == list(expected(series, ticks)), series
        after = [bisect_right([end for _, end in down], each.written) for each in found[series.channel] if each.late]
        assert len(after) == len(set(after)), series


# Clocks that jump ---------------------------------------------------------------------------------------------------


async def test_after_a_clock_ran_ahead_and_was_put_right_a_date_set_anew_comes(tmp_path: Path) -> None:
    series = every_series([(1, "week", dt.date(2026, 11, 27))])[0]
    due = series.due_after(series.set_on)
    async with two_processes(tmp_path, [series]) as processes:
        await processes[0].set(series, series.noon)
        await processes[0].tick(due)
        await processes[1].set(series, series.noon + HOUR)
        await processes[1].tick(due + 2 * STEP)
        found = await messages(processes[0])

    assert [each.written for each in found[series.channel]] == [due, due + 2 * STEP]


async def test_a_machine_that_slept_through_several_dates_writes_once_and_goes_on(tmp_path: Path) -> None:
    series = every_series([(1, "week", dt.date(2026, 11, 27))])[0]
    first = series.due_after(series.set_on)
    woken = first + 17 * DAY + HOUR  # a Monday
    async with two_processes(tmp_path, [series]) as processes:
        await processes[0].set(series, series.noon)
        for at in (woken, woken + STEP, woken + 3 * DAY):
            await processes[0].tick(at)
        found = await messages(processes[1])

    assert [(each.written, each.late) for each in found[series.channel]] == [(woken, True)]
