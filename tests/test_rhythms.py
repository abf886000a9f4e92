"""Schedules by their properties: any text on any day, and the days on which a rhythm comes."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words import FOLDER
from dialogs.reminding import literally
from dialogs.schedule import MOST_YEARS, NotASchedule, Rhythm, read_schedule
from knowledge.calendars import DAY, months_later

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31))
RHYTHMS = st.builds(Rhythm, count=st.integers(1, 60), unit=st.sampled_from(("week", "month")))
WORDS = re.findall(r"[a-z]+", "every each in on next first of twice other half a year quarter weeks months march feb")
WORD = st.sampled_from(WORDS) | st.integers(0, 32).map(str) | st.dates().map(str) | st.text(max_size=6)
TEXTS = st.text(max_size=60) | st.lists(WORD, max_size=6).map(" ".join)


@given(text=TEXTS, today=DAYS)
def test_any_text_is_a_rhythm_or_a_day_to_come_or_is_refused_with_an_example_that_works(
    text: str, today: dt.date
) -> None:
    try:
        wanted = read_schedule(text, today)
    except NotASchedule as refusal:
        wanted = read_schedule(f"on {refusal.details.get('example', today)}", today)
    assert (wanted.rhythm is None) != (wanted.day is None)
    assert wanted.day is None or today <= wanted.day <= months_later(today, 12 * MOST_YEARS)
    assert read_schedule(literally(wanted), today) == wanted._replace(literal=True)


def test_every_example_in_the_words_works_on_any_day_of_the_year() -> None:
    shown = re.findall(
        r"`(?:/maturity )?remind ([^`{]+)`", "".join(each.read_text("utf-8") for each in FOLDER.iterdir())
    )
    asked = {text for text in shown if text not in ("off", "...")}
    assert len(asked) > 5
    for text in asked:
        for number in range(366):
            read_schedule(text, dt.date(2028, 1, 1) + number * DAY)


@given(rhythm=RHYTHMS, start=DAYS, offset=st.integers(-400, 2000))
def test_the_next_day_of_a_rhythm_is_the_first_of_its_grid_that_is_strictly_later(
    rhythm: Rhythm, start: dt.date, offset: int
) -> None:
    after = start + offset * DAY
    found = rhythm.after(start, after)
    grid = [on_grid(rhythm, start, period) for period in range(1, 2500 // (7 * rhythm.count) + 3)]
    assert found == next(each for each in grid if each > after)


def on_grid(rhythm: Rhythm, start: dt.date, period: int) -> dt.date:
    if rhythm.unit == "week":
        return start + 7 * rhythm.count * period * DAY
    return months_later(start, rhythm.count * period)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-12-31", ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]),
        ("2028-01-30", ["2028-02-29", "2028-03-30", "2028-04-30", "2028-05-30", "2028-06-30"]),
    ],
)
def test_a_rhythm_begun_at_a_months_end_comes_back_to_that_day_after_a_short_month(
    start: str, expected: list[str]
) -> None:
    last, found = dt.date.fromisoformat(start), list[str]()
    for _ in expected:
        last = Rhythm(count=1, unit="month").after(dt.date.fromisoformat(start), last)
        found.append(last.isoformat())
    assert found == expected


def test_a_year_begun_on_29_february_is_the_28th_in_other_years() -> None:
    yearly, start = Rhythm(count=12, unit="month"), dt.date(2028, 2, 29)
    assert yearly.after(start, start) == dt.date(2029, 2, 28)
    assert yearly.after(start, dt.date(2031, 12, 1)) == dt.date(2032, 2, 29)
