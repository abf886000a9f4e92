"""When somebody wants to be reminded, read from their words: a rhythm, or one day.

What can be read two ways is asked back, never guessed; what is read from other words than `every 3 months` or
`on 2027-02-01` is said back for a confirming click (`literal` tells them apart).
"""

import datetime as dt
import re
from calendar import monthrange
from typing import Literal, NamedTuple

from dialogs.script import plain
from dialogs.state import Kept
from knowledge.calendars import DAY, months_later

Unit = Literal["week", "month"]
MOST_YEARS = 5  # a reminder further away is more likely a slip than a plan
_WEEKS, _MONTHS = MOST_YEARS * 52, MOST_YEARS * 12
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"a": 1, "an": 1, "other": 2, "second": 2, "third": 3, "single": 1}
_SPANS: dict[str, tuple[int, Unit]] = {
    "week": (1, "week"), "fortnight": (2, "week"), "month": (1, "month"), "quarter": (3, "month"),
    "half year": (6, "month"), "half a year": (6, "month"), "year": (12, "month"),
}  # fmt: skip
_ADVERBS: dict[str, tuple[int, Unit]] = {
    "weekly": (1, "week"), "fortnightly": (2, "week"), "monthly": (1, "month"), "quarterly": (3, "month"),
    "half yearly": (6, "month"), "semiannually": (6, "month"), "yearly": (12, "month"), "annually": (12, "month"),
    "once a quarter": (3, "month"), "twice a month": (2, "week"),
}  # fmt: skip
_N = r"(\d{1,5}|" + "|".join(_NUMBERS) + r")"
_SPAN = r"(weeks?|fortnights?|months?|quarters?|half years?|half a year|years?)"


class Rhythm(Kept):
    """Every so many weeks or months; years and quarters are months."""

    count: int
    unit: Unit

    @property
    def literal(self) -> str:
        """The exact form that is taken without asking back: "every 3 months"."""
        return f"every {self.count} {self.unit}s"

    def after(self, start: dt.date, day: dt.date) -> dt.date:
        """The first day later than `day` that lies a whole number of periods after `start`.

        Months are counted from `start`, so that a rhythm begun on the 31st comes on each month's last day, and one
        begun on 29 February on the 28th in other years.
        """
        if self.unit == "week":
            periods = max(0, (day - start).days // (7 * self.count)) + 1
            return start + 7 * self.count * periods * DAY
        passed = (day.year - start.year) * 12 + day.month - start.month
        periods = max(1, passed // self.count)
        while (found := months_later(start, periods * self.count)) <= day:
            periods += 1
        return found


class Wanted(NamedTuple):
    """A rhythm, or one day. `literal`: said in the exact form, so that nothing needs to be confirmed."""

    rhythm: Rhythm | None
    day: dt.date | None
    literal: bool


class NotASchedule(Exception):  # noqa: N818 - a situation, told to the person
    """No schedule that can be kept. `kind` and `details` pick the sentence (`screens.Problem`)."""

    def __init__(self, kind: str, **details: str | int) -> None:
        self.kind = kind
        self.details = details
        super().__init__(kind)


def read_schedule(text: str, today: dt.date) -> Wanted:
    """Read what stands after "remind". NotASchedule for nonsense, zero, the past, or beyond five years."""
    said = plain(text).replace("-yearly", " yearly").replace("half-year", "half year").strip(" .!,")
    if (rhythm := _rhythm(text, said)) is not None:
        return Wanted(rhythm, None, re.fullmatch(r"every \d+ (week|month)s?", said) is not None)
    if (day := _in_so_long(text, said, today)) is None:
        day = _day(text, said.removeprefix("on ").removeprefix("the "), today)
    if day is None:
        raise NotASchedule("remind-not-understood", given=text)
    return Wanted(None, _kept(text, day, today), re.fullmatch(r"on \d{4}-\d\d?-\d\d?", said) is not None)


def _kept(text: str, day: dt.date, today: dt.date) -> dt.date:
    """The day, if it can be kept."""
    if day < today:
        raise NotASchedule("remind-past", day=day.isoformat(), example=_to_come(day, today).isoformat())
    if day > months_later(today, _MONTHS):
        raise _too_far(text, today)
    return day


def _to_come(day: dt.date, today: dt.date) -> dt.date:
    """The same day of a year in which it can be kept."""
    again = months_later(day, 12 * (today.year - day.year))
    return again if again > today else months_later(again, 12)


def _too_far(text: str, today: dt.date) -> NotASchedule:
    return NotASchedule("remind-too-far", given=text, years=MOST_YEARS, example=months_later(today, 12).isoformat())


# A rhythm ------------------------------------------------------------------------------------------------------------


def _rhythm(text: str, said: str) -> Rhythm | None:
    """Read "every 3 months", "every quarter", "twice a year", "monthly"."""
    if said in _ADVERBS:
        return Rhythm(count=_ADVERBS[said][0], unit=_ADVERBS[said][1])
    if found := re.fullmatch(rf"(?:once )?(?:every|each|per|once a|once an) (?:{_N} )?{_SPAN}", said):
        number, (length, unit) = _number(found[1] or "one"), _span(found[2])
        return _possible(text, number * length, unit)
    if found := re.fullmatch(rf"(once|twice|thrice|{_N} times) (?:a|per|every|each) year", said):
        times = {"once": 1, "twice": 2, "thrice": 3}.get(found[1]) or _number(found[2])
        if times in (1, 2, 3, 4, 6, 12):
            return Rhythm(count=12 // times, unit="month")
        raise NotASchedule("remind-times", given=text)
    if re.fullmatch(rf"(?:every|each) (?:{_N} )?(?:days?|hours?|minutes?)|daily|hourly|every (?:working )?day", said):
        raise NotASchedule("remind-days", given=text)
    return None


def _possible(text: str, count: int, unit: Unit) -> Rhythm:
    if count == 0:
        raise NotASchedule("remind-zero", given=text)
    if count > (_WEEKS if unit == "week" else _MONTHS):
        raise NotASchedule("remind-too-rare", given=text, years=MOST_YEARS)
    return Rhythm(count=count, unit=unit)


def _number(word: str) -> int:
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def _span(word: str) -> tuple[int, Unit]:
    return _SPANS[word if word in _SPANS else word.removesuffix("s")]


# One day -------------------------------------------------------------------------------------------------------------


def _in_so_long(text: str, said: str, today: dt.date) -> dt.date | None:
    """Read "in 6 weeks", "in half a year", "tomorrow", "next month"."""
    if said in ("today", "tomorrow"):
        return today + DAY * (said == "tomorrow")
    if found := re.fullmatch(rf"in (?:{_N} )?(?:{_SPAN}|(days?))", said):
        number = _number(found[1] or "one")
        if number == 0:
            raise NotASchedule("remind-zero", given=text)
        if found[3]:
            return today + DAY * number
        length, unit = _span(found[2])
        return _later(text, today, number * length, unit)
    if found := re.fullmatch(rf"next {_SPAN}", said):
        return _later(text, today, *_span(found[1]))
    if found := re.fullmatch(rf"(?:on )?(next )?({'|'.join(_DAYS)})", said):
        ahead = (_DAYS.index(found[2]) - today.weekday() - 1) % 7 + 1
        return today + DAY * ahead
    return None


def _later(text: str, today: dt.date, count: int, unit: Unit) -> dt.date:
    if count > (_WEEKS if unit == "week" else _MONTHS):
        raise _too_far(text, today)
    return today + 7 * count * DAY if unit == "week" else months_later(today, count)


_YEAR = r"(?:,? (\d{4}))?"
_MONTH = "(" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTH_NAMES) + r"|sept)\.?"
_NTH = r"(\d{1,2}|first)(?:st|nd|rd|th|\.)?"


def _day(text: str, said: str, today: dt.date) -> dt.date | None:
    """Read "2027-03-01", "1 March", "March 1st, 2027", "1.3.2027", "in March"."""
    if found := re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", said):
        return _date(text, int(found[1]), int(found[2]), int(found[3]), today)
    if found := re.fullmatch(r"(\d\d?)\.(\d\d?)\.?(\d{4})?", said):
        return _date(text, _year(found[3]), int(found[2]), int(found[1]), today)
    if found := re.fullmatch(r"(\d\d?)/(\d\d?)(?:/(\d{4}))?", said):
        return _slashed(text, int(found[1]), int(found[2]), _year(found[3]), today)
    if found := re.fullmatch(rf"{_NTH} (?:of )?{_MONTH}{_YEAR}", said):
        return _date(text, _year(found[3]), _month(found[2]), _nth(found[1]), today)
    if found := re.fullmatch(rf"{_MONTH} (?:the )?{_NTH}{_YEAR}", said):
        return _date(text, _year(found[3]), _month(found[1]), _nth(found[2]), today)
    if found := re.fullmatch(rf"(?:in )?(?:early )?{_MONTH}{_YEAR}", said):
        return _date(text, _year(found[2]), _month(found[1]), 1, today)
    return None


def _year(word: str | None) -> int | None:
    return int(word) if word else None


def _month(word: str) -> int:
    return next(number for number, name in enumerate(_MONTH_NAMES, 1) if name.startswith(word[:3]))


def _nth(word: str) -> int:
    return 1 if word == "first" else int(word)


def _slashed(text: str, one: int, two: int, year: int | None, today: dt.date) -> dt.date:
    """Read "13/3/2027": only where it can be read in one way."""
    if one <= 12 and two <= 12 and one != two:  # noqa: PLR2004 - months of a year
        raise NotASchedule("remind-two-ways", given=text)
    day, month = (one, two) if two <= 12 else (two, one)  # noqa: PLR2004 - likewise
    return _date(text, year, month, day, today)


def _date(text: str, year: int | None, month: int, day: int, today: dt.date) -> dt.date:
    """A day by its numbers; without a year the next such day, 29 February as the 28th where it is missing."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:  # noqa: PLR2004 - months of a year, days of a month
        raise NotASchedule("remind-not-understood", given=text)
    if year is None:
        leap = (month, day) == (2, 29)
        soon = [dt.date(each, month, min(day, monthrange(each, month)[1])) for each in (today.year, today.year + 1)]
        found = next(each for each in soon if each >= today)
        year, day = found.year, found.day if leap else day
    if year > today.year + MOST_YEARS:
        raise _too_far(text, today)
    if year < dt.MINYEAR:
        raise NotASchedule("remind-not-understood", given=text)
    last = monthrange(year, month)[1]
    if day > last:
        example = _to_come(dt.date(year, month, last), today)
        raise NotASchedule("remind-no-such-day", given=text, example=example.isoformat())
    return dt.date(year, month, day)
