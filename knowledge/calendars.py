"""When a team works: local times, weekends and public holidays of its country. Pure: the day comes in.

Public holidays and weekends are those of the `holidays` library; summer time is the time zone database's.
"""

import datetime as dt
from calendar import monthrange
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from holidays import HolidayBase

DAY = dt.timedelta(days=1)
WORKING_HOURS = dt.timedelta(hours=8)  # after a calendar's hour: the time of day in which a message is welcome
_SATURDAY = 5  # and Sunday after it: the weekend where no country is named


class Calendar(NamedTuple):
    """A time zone (`Europe/Berlin`), a country (`DE`, `DE-BY`, empty for none), and the hour at which to write."""

    zone: str
    country: str
    at: dt.time

    def local(self, moment: dt.datetime) -> dt.datetime:
        """The moment as the team's clocks show it."""
        return moment.astimezone(ZoneInfo(self.zone))

    def day(self, moment: dt.datetime) -> dt.date:
        """The day that it is for the team."""
        return self.local(moment).date()

    def working(self, day: dt.date) -> bool:
        """Whether people work that day: neither weekend nor public holiday."""
        known = _holidays(self.country)
        if known is None:
            return day.weekday() < _SATURDAY
        return not known.is_weekend(day) and day not in known

    def working_day_from(self, day: dt.date) -> dt.date:
        """The day itself, or the next working day."""
        while not self.working(day):
            day += DAY
        return day

    def due_on(self, day: dt.date) -> dt.datetime:
        """The moment, in UTC, at which to write on that day, or on the next working day."""
        return first_moment(ZoneInfo(self.zone), dt.datetime.combine(self.working_day_from(day), self.at))

    def next_morning(self, after: dt.datetime) -> dt.datetime:
        """The first moment later than this one at which to write, in UTC."""
        day = self.day(after)
        while (due := self.due_on(day)) <= after:
            day += DAY
        return due

    def welcome(self, moment: dt.datetime) -> bool:
        """Whether a message is welcome now: on a working day, not before the hour nor long after it."""
        here = self.local(moment)
        opened = first_moment(ZoneInfo(self.zone), dt.datetime.combine(here.date(), self.at))
        return self.working(here.date()) and opened <= moment < opened + WORKING_HOURS

    def after_working_days(self, moment: dt.datetime, count: int) -> dt.datetime:
        """The first moment at which to write after so many whole working days since then, in UTC."""
        here = self.local(moment)
        day, whole = here.date(), self.working(here.date()) and here.time() <= self.at
        return _due_after(self, day, count if whole else count + 1)


@lru_cache(maxsize=256)
def _due_after(calendar: Calendar, day: dt.date, count: int) -> dt.datetime:
    """So many working days after a day; every turn of an assessment asks it of the same few days."""
    for _ in range(count):
        day = calendar.working_day_from(day + DAY)
    return calendar.due_on(day)


@lru_cache(maxsize=64)
def _holidays(country: str) -> "HolidayBase | None":
    if not country:
        return None
    import holidays  # large; loaded when a calendar is first needed

    code, _, region = country.partition("-")
    try:
        return holidays.country_holidays(code, subdiv=region or None)
    except NotImplementedError:  # a country without data: weekends alone
        return None


def first_moment(zone: ZoneInfo, wall: dt.datetime) -> dt.datetime:
    """The first moment, in UTC, at which clocks in the zone show this time or a later one.

    A time that comes twice in autumn is meant the first time; one that is left out in spring is the first minute after.
    """
    plain = wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
    if plain.astimezone(zone).replace(tzinfo=None) == wall:
        return plain
    early = wall.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)  # before the gap; `plain` lies behind it
    minutes = range(int((plain - early) / dt.timedelta(minutes=1)) + 1)
    moments = (early + dt.timedelta(minutes=minute) for minute in minutes)
    return next(each for each in moments if each.astimezone(zone).replace(tzinfo=None) >= wall)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month; where the month has no such day, its last one (31 January, 28 February)."""
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))
