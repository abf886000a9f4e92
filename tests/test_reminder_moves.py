"""A reminder whose team's zone or country changes, and one that lives through anything in any order."""

import datetime as dt
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.reminder import Reminder, after_finish, come_due, moved, snoozed
from dialogs.schedule import Rhythm
from dialogs.working_time import WorkingTime
from knowledge.calendars import DAY
from reminders import BERLIN, TIME, day, reminder, utc

START = utc("2026-11-26 09:00")
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "Pacific/Honolulu",
    "Pacific/Kiritimati",
    "",
)
COUNTRIES = (None, "", "DE", "US", "SA", "XX")


@pytest.mark.parametrize(
    ("zone", "country", "now", "expected"),
    [
        ("America/New_York", None, "2026-11-20 12:00", "2026-11-30 15:00"),
        ("Asia/Kolkata", None, "2026-11-20 12:00", "2026-11-30 04:30"),
        ("Asia/Kolkata", None, "2026-11-30 06:00", "2026-12-01 04:30"),  # ten is past there: tomorrow
        ("", "SA", "2026-11-20 12:00", "2026-11-29 09:00"),  # Sunday is a working day there
        ("", "", "2026-11-20 12:00", "2026-11-30 09:00"),
        ("America/New_York", None, "2026-11-30 09:00", "2026-11-30 15:00"),  # just due here: at ten there
    ],
)
def test_another_zone_or_country_moves_the_date_along_and_never_into_the_past(
    zone: str, country: str | None, now: str, expected: str
) -> None:
    start = reminder("2026-11-29", counted_from=day("2026-10-29"))
    time = WorkingTime(zone=zone, country=country)
    after = moved(start, time, utc(now))
    assert (after.due, after.day, after.turn) == (utc(expected), start.day, start.turn + 1)
    assert (after.zone, after.country) == time.calendar(BERLIN)[:2]
    assert come_due(after, time, utc(expected), BERLIN)[1:] == (True, None)


def test_a_move_keeps_that_it_is_snoozed_or_late() -> None:
    start = reminder("2026-11-30", snoozed=True, missed=day("2026-11-20"))
    after = moved(start, WorkingTime(zone="Asia/Kolkata"), utc("2026-11-20 12:00"))
    assert (after.snoozed, after.missed) == (True, day("2026-11-20"))


def test_a_move_while_a_missed_date_is_still_owed_keeps_that_it_is_late() -> None:
    time = WorkingTime(zone="Europe/Paris")
    after = moved(reminder("2026-11-30"), time, utc("2026-12-02 12:00"))
    assert after.due == utc("2026-12-03 09:00")
    assert come_due(after, time, utc("2026-12-03 09:00"), BERLIN)[1:] == (True, day("2026-11-30"))


# Anything in any order ----------------------------------------------------------------------------------------------


class Act(NamedTuple):
    """Something that happens so long after the one before; `zone` is where the owner, or the channel, is by then."""

    ahead: dt.timedelta
    what: str
    zone: str
    country: str | None


AHEAD = st.integers(1, 8).map(lambda number: number * dt.timedelta(minutes=15)) | st.integers(1, 1600).map(
    lambda hours: dt.timedelta(hours=hours)
)
WHAT = st.sampled_from(("look", "look", "look", "week", "month", "finish", "move"))
ACTS = st.lists(st.builds(Act, AHEAD, WHAT, st.sampled_from(ZONES), st.sampled_from(COUNTRIES)), max_size=30)
RHYTHMS = st.builds(Rhythm, count=st.integers(1, 6), unit=st.sampled_from(("week", "month")))
STARTS = st.builds(
    lambda rhythm, zone, ahead: reminder(str(START.date() + ahead * DAY), rhythm, zone),
    RHYTHMS | st.none(),
    st.sampled_from(ZONES),
    st.integers(1, 90),
)


def acted(now: Reminder, time: WorkingTime, act: Act, at: dt.datetime) -> tuple[Reminder, WorkingTime]:
    """The reminder, and the channel's working time, after this."""
    if act.what == "look":
        return come_due(now, time, at, act.zone).reminder, time
    if act.what == "finish":
        return after_finish(now, time, at), time
    if act.what == "move":
        time = time._replace(zone=act.zone, country=act.country)
        return moved(now, time, at), time
    return snoozed(now, time, at, "week" if act.what == "week" else "month"), time


@given(start=STARTS, acts=ACTS)
def test_whatever_happens_the_next_date_is_to_come_at_ten_on_a_working_day(start: Reminder, acts: list[Act]) -> None:
    now, time, at = start, TIME, START
    for act in acts:
        at += act.ahead
        before, (now, time) = now, acted(now, time, act, at)
        assert (now.due is None) == (now.day is None) == (now.rests is not None)
        if now is before or now.due is None:
            continue
        calendar = time.calendar(now.profile_zone)
        here = calendar.local(now.due)
        assert now.due > at
        assert now.turn == before.turn + 1
        assert here.time() == dt.time(10)
        assert calendar.working(here.date())
        assert (now.zone, now.country) == calendar[:2]


@given(start=STARTS, acts=ACTS)
def test_a_fixed_rhythm_comes_once_for_each_day_in_order_wherever_its_owner_goes(
    start: Reminder, acts: list[Act]
) -> None:
    now, at, days = start, START, list[dt.date]()
    for act in acts:
        at += act.ahead
        coming = come_due(now, TIME, at, act.zone)
        if coming.write and now.day is not None:
            days.append(now.day)
            assert coming.late is None or coming.late <= at.date() + DAY
        now = coming.reminder
    assert all(one < other for one, other in pairwise(days))
    assert start.rhythm is not None or len(days) <= 1


@given(start=STARTS, minutes=st.integers(0, 60 * 24 * 60))
def test_looking_every_quarter_of_an_hour_from_any_moment_writes_exactly_one_message_for_what_is_missed(
    start: Reminder, minutes: int
) -> None:
    assert start.due is not None
    now, at, written = start, start.due + dt.timedelta(minutes=minutes), list[dt.datetime]()
    while not written:
        coming = come_due(now, TIME, at)
        written += [at] if coming.write else []
        now, at = coming.reminder, at + dt.timedelta(minutes=15)
    calendar = TIME.calendar(start.profile_zone)
    assert calendar.welcome(written[0])
    assert now.due is None or now.due > written[0]
    assert written[0] - start.due < dt.timedelta(minutes=minutes) + 6 * DAY
