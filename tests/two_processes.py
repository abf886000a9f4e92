"""Two processes of the bot on one file without Slack, reminders in six zones, and when each of them has to come."""

import datetime as dt
import json
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import holidays
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.handle import Bot
from bot.people import People
from bot.speak import Place
from bot.words import Words
from dialogs.events import Commanded, Person
from dialogs.schedule import Unit
from dialogs.script import Script, load_script
from knowledge.calendars import Calendar
from stage import shipped_index
from storage.database import Sql
from storage.sqlite import Sqlite
from storage.store import Store

T = TypeVar("T")
DAY = dt.timedelta(days=1)
TEN, NOON = dt.time(10), dt.time(12)
LATE = "This comes late"
COUNTRIES = {
    "Europe/Berlin": "DE",
    "America/New_York": "US",
    "Asia/Kolkata": "IN",
    "Australia/Lord_Howe": "AU",
    "Pacific/Apia": "WS",
    "America/Sao_Paulo": "BR",
}


class Series(NamedTuple):
    """A reminder that is set at noon of a day in its zone; `number` makes it one of its own."""

    number: int
    zone: str
    length: int
    unit: Unit
    set_on: dt.date

    @property
    def channel(self) -> str:
        return f"C{self.number:03d}"

    @property
    def owner(self) -> Person:
        """Every second one goes by the owner's profile; the others' channels have a zone of their own."""
        return Person(f"U{self.number:03d}", "Ana", zone=self.zone if self.number % 2 else "Asia/Tokyo")

    def local(self, moment: dt.datetime) -> dt.datetime:
        return moment.astimezone(ZoneInfo(self.zone))

    def at(self, day: dt.date, hour: dt.time) -> dt.datetime:
        """That hour of a day in UTC; ten o'clock and noon are never skipped by a clock."""
        return dt.datetime.combine(day, hour, ZoneInfo(self.zone)).astimezone(dt.UTC)

    def works(self, day: dt.date) -> bool:
        return day.weekday() < 5 and day not in free_days(COUNTRIES[self.zone])

    def on_grid(self, period: int) -> dt.date:
        """The day so many periods after it was set, before weekends and holidays."""
        if self.unit == "week":
            return self.set_on + 7 * self.length * period * DAY
        year, month = divmod(self.set_on.year * 12 + self.set_on.month - 1 + self.length * period, 12)
        return dt.date(year, month + 1, min(self.set_on.day, monthrange(year, month + 1)[1]))

    def due_after(self, last: dt.date) -> dt.datetime:
        """When it is due next, if its last message was written on that day there."""
        period = 1
        while (day := self.on_grid(period)) <= last:
            period += 1
        while not self.works(day):
            day += DAY
        return self.at(day, TEN)

    @property
    def noon(self) -> dt.datetime:
        return self.at(self.set_on, NOON)

    def orders(self) -> Iterator[str]:
        if self.zone != self.owner.zone:
            yield f"settings zone {self.zone}"
        yield f"remind every {self.length} {self.unit}s"


@cache
def script() -> Script:
    return load_script(shipped_index().library)


@cache
def words() -> Words:
    return Words(shipped_index().library)


@cache
def free_days(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country, years=range(2026, 2030))


def every_series(rhythms: Sequence[tuple[int, Unit, dt.date]]) -> list[Series]:
    every = [(zone, *rhythm) for zone in COUNTRIES for rhythm in rhythms]
    for zone, country in COUNTRIES.items():  # two processes have calendars of their own; here they share one
        for year in range(2026, 2030):
            Calendar(zone, country, TEN).working(dt.date(year, 1, 1))
    return [Series(number, *each) for number, each in enumerate(every)]


class Profiles(People):
    """Knows everybody's zone, and that nobody is alone."""

    def __init__(self, series: Sequence[Series]) -> None:
        super().__init__(AsyncWebClient(), lambda: 0.0)
        self.zones = {each.owner.id: each.owner.zone for each in series}

    async def zone_of(self, person: str) -> str:
        return self.zones[person]

    async def alone_in(self, channel: str) -> bool:
        del channel
        return False


class ReadsAtOnce(Sqlite):
    """Reads in the thread that asks: going to another one and back takes five times as long as a look at nothing."""

    async def read(self, work: Callable[[Sql], T]) -> T:
        return self._read(work)


class Process:
    """A bot with its own connections to the file, and its own watch."""

    def __init__(self, file: Path, people: People, kind: type[Sqlite] = Sqlite) -> None:
        self.kind = kind
        self.file, self.people, self.now = file, people, dt.datetime.min.replace(tzinfo=dt.UTC)
        self.open()

    def open(self) -> None:
        self.store = Store(self.kind(self.file))
        self.bot = Bot(script(), words(), self.store, Place("", None), shipped_index())
        self.clock = Clock(self.store, self.people, self.bot.handle, lambda: self.now, lambda: None)

    async def restart(self) -> None:
        await self.store.close()
        self.open()

    async def tick(self, now: dt.datetime) -> int:
        self.now = now
        return await self.clock.tick()

    async def set(self, series: Series, at: dt.datetime) -> None:
        place = series.channel
        for text in series.orders():
            key = f"{place} {text} {at}"
            await self.bot.handle(
                Commanded(
                    key=key,
                    workspace="T1",
                    channel=place,
                    channel_name=place,
                    person=series.owner,
                    at=at,
                    text=text,
                    by="slash",
                )
            )


class Message(NamedTuple):
    """What a reminder has posted: the date it is about, when it was written, and whether it says that it is late."""

    due: dt.datetime
    written: dt.datetime
    late: bool


async def messages(process: Process) -> dict[str, list[Message]]:
    """Everything that reminders have posted, by channel, in order."""
    query = "SELECT channel, slot, payload, created_at FROM outbox WHERE kind = 'post' ORDER BY created_at, key"
    found: dict[str, list[Message]] = defaultdict(list)
    for row in await process.store.read(lambda reading: reading.sql(query)):
        due = dt.datetime.fromisoformat(row["slot"].removeprefix("due:"))
        text = json.loads(row["payload"])["text"]
        found[row["channel"]].append(Message(due, dt.datetime.fromisoformat(row["created_at"]), LATE in text))
    return found
