"""When a team works: clocks that skip or repeat an hour, weekends, public holidays, month ends."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calendars import DAY, WORKING_HOURS, Calendar, first_moment, months_later

TEN = dt.time(10)
BERLIN = Calendar("Europe/Berlin", "DE", TEN)
PLACES = (
    ("Europe/Berlin", "DE"),
    ("America/New_York", "US"),
    ("Asia/Kolkata", "IN"),
    ("Australia/Lord_Howe", "AU"),
    ("Pacific/Apia", "WS"),
    ("America/Sao_Paulo", "BR"),
    ("Africa/Casablanca", "MA"),
    ("America/St_Johns", "CA"),
    ("Asia/Riyadh", "SA"),
    ("Asia/Jerusalem", "IL"),
    ("Pacific/Chatham", "NZ"),
    ("Pacific/Kiritimati", ""),
    ("UTC", ""),
)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2032, 12, 31))
HOURS = st.times(dt.time(0), dt.time(15, 59)).map(lambda time: time.replace(second=0, microsecond=0))
CALENDARS = st.builds(lambda place, at: Calendar(place[0], place[1], at), st.sampled_from(PLACES), HOURS | st.just(TEN))
MOMENTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2032, 12, 31), timezones=st.just(dt.UTC))  # noqa: DTZ001 - given one


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        ("Europe/Berlin", "2027-03-28 01:59", "2027-03-28 00:59"),
        ("Europe/Berlin", "2027-03-28 02:00", "2027-03-28 01:00"),  # skipped: the first minute after
        ("Europe/Berlin", "2027-03-28 02:30", "2027-03-28 01:00"),
        ("Europe/Berlin", "2027-03-28 03:00", "2027-03-28 01:00"),
        ("Europe/Berlin", "2027-10-31 02:30", "2027-10-31 00:30"),  # comes twice: the first time
        ("Europe/Berlin", "2027-10-31 03:00", "2027-10-31 02:00"),
        ("Australia/Lord_Howe", "2027-10-03 02:10", "2027-10-02 15:30"),  # half an hour is skipped
        ("Australia/Lord_Howe", "2027-10-03 02:30", "2027-10-02 15:30"),
        ("Australia/Lord_Howe", "2027-04-04 01:45", "2027-04-03 14:45"),  # half an hour comes twice
        ("Australia/Lord_Howe", "2027-04-04 02:00", "2027-04-03 15:30"),
        ("America/New_York", "2027-03-14 02:30", "2027-03-14 07:00"),
        ("Africa/Cairo", "2027-04-30 00:00", "2027-04-29 22:00"),  # midnight is skipped
        ("Pacific/Apia", "2011-12-30 10:00", "2011-12-30 10:00"),  # a whole day is skipped
        ("Asia/Kolkata", "2027-03-28 10:00", "2027-03-28 04:30"),
    ],
)
def test_a_skipped_time_is_the_first_minute_after_and_a_repeated_one_is_meant_the_first_time(
    zone: str, wall: str, expected: str
) -> None:
    assert first_moment(ZoneInfo(zone), dt.datetime.fromisoformat(wall)) == utc(expected)


@pytest.mark.parametrize(
    ("country", "wanted", "expected"),
    [
        ("DE", "2026-11-26", "2026-11-26"),
        ("DE", "2026-11-28", "2026-11-30"),  # Saturday
        ("DE", "2026-12-25", "2026-12-28"),  # Friday, then Saturday and Sunday
        ("DE", "2027-03-26", "2027-03-30"),  # Good Friday to Easter Monday
        ("DE", "2027-01-06", "2027-01-06"),
        ("DE-BY", "2027-01-06", "2027-01-07"),  # a holiday of Bavaria alone
        ("US", "2026-11-26", "2026-11-27"),  # Thanksgiving
        ("US", "2027-07-03", "2027-07-06"),  # Saturday; Independence Day is kept on Monday
        ("IN", "2027-01-26", "2027-01-27"),
        ("AU", "2027-01-26", "2027-01-27"),
        ("WS", "2027-06-01", "2027-06-02"),
        ("BR", "2026-11-20", "2026-11-23"),
        ("GB", "2026-12-25", "2026-12-29"),  # Boxing Day is a Saturday, and made up for on Monday
        ("SA", "2026-11-27", "2026-11-29"),  # Friday and Saturday are the weekend
        ("IL", "2026-11-27", "2026-11-29"),
        ("SA", "2026-11-26", "2026-11-26"),
        ("", "2026-12-25", "2026-12-25"),
        ("", "2026-12-26", "2026-12-28"),
        ("XX", "2026-12-25", "2026-12-25"),  # no such country: weekends alone
        ("XX", "2026-12-26", "2026-12-28"),
        ("DE-XX", "2026-12-26", "2026-12-28"),
    ],
)
def test_weekends_and_public_holidays_move_a_day_to_the_next_working_day(
    country: str, wanted: str, expected: str
) -> None:
    calendar = Calendar("UTC", country, TEN)
    assert calendar.working_day_from(day(wanted)) == day(expected)
    assert calendar.due_on(day(wanted)) == utc(f"{expected} 10:00")


@pytest.mark.parametrize(
    ("after", "count", "expected"),
    [
        ("2026-11-23 08:00", 3, "2026-11-26 09:00"),  # Monday before ten: counts
        ("2026-11-23 09:00", 3, "2026-11-26 09:00"),
        ("2026-11-23 09:01", 3, "2026-11-27 09:00"),  # the rest of Monday does not count
        ("2026-11-26 12:00", 3, "2026-12-02 09:00"),  # over a weekend
        ("2026-11-28 12:00", 3, "2026-12-03 09:00"),  # from Saturday: Monday is the first
        ("2026-12-23 12:00", 3, "2026-12-30 09:00"),  # over Christmas
        ("2026-11-24 23:30", 3, "2026-11-30 09:00"),  # Wednesday already in Berlin: counts
        ("2026-11-23 08:00", 0, "2026-11-23 09:00"),
    ],
)
def test_whole_working_days_are_counted_in_the_teams_time(after: str, count: int, expected: str) -> None:
    assert BERLIN.after_working_days(utc(after), count) == utc(expected)


@pytest.mark.parametrize(
    ("moment", "welcome", "morning"),
    [
        ("2026-11-26 08:59", False, "2026-11-26 09:00"),
        ("2026-11-26 09:00", True, "2026-11-27 09:00"),
        ("2026-11-26 16:59", True, "2026-11-27 09:00"),
        ("2026-11-26 17:00", False, "2026-11-27 09:00"),
        ("2026-11-27 22:00", False, "2026-11-30 09:00"),
        ("2026-11-28 12:00", False, "2026-11-30 09:00"),
        ("2026-12-25 12:00", False, "2026-12-28 09:00"),
        ("2027-03-28 23:00", False, "2027-03-30 08:00"),  # summer time, and Easter Monday
    ],
)
def test_messages_are_welcome_in_working_hours_and_else_wait_for_the_next_working_morning(
    moment: str, *, welcome: bool, morning: str
) -> None:
    assert BERLIN.welcome(utc(moment)) is welcome
    assert BERLIN.next_morning(utc(moment)) == utc(morning)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-11-26", 1, "2026-12-26"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-12-31", 3, "2027-03-31"),
        ("2026-12-31", 14, "2028-02-29"),
        ("2027-10-31", 1, "2027-11-30"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2028-02-29", 1, "2028-03-29"),
        ("2026-01-15", 0, "2026-01-15"),
    ],
)
def test_a_month_without_that_day_gives_its_last_one(start: str, months: int, expected: str) -> None:
    assert months_later(day(start), months) == day(expected)


@given(start=DAYS, months=st.integers(0, 120), more=st.integers(1, 12))
def test_months_later_is_never_more_than_that_many_months_and_grows(start: dt.date, months: int, more: int) -> None:
    found = months_later(start, months)
    assert (found.year - start.year) * 12 + found.month - start.month == months
    assert found.day <= start.day
    assert months_later(start, months + more) > found


@given(calendar=CALENDARS, wanted=DAYS)
def test_a_due_date_is_the_calendars_hour_of_a_working_day_not_before_the_day_wanted(
    calendar: Calendar, wanted: dt.date
) -> None:
    here = calendar.local(calendar.due_on(wanted))
    assert calendar.working(here.date())
    assert here.date() >= wanted
    assert not any(calendar.working(wanted + number * DAY) for number in range((here.date() - wanted).days))
    round_trip = here.replace(hour=calendar.at.hour, minute=calendar.at.minute, fold=0)
    skipped = round_trip.astimezone(dt.UTC).astimezone(here.tzinfo).replace(tzinfo=None) != round_trip.replace(
        tzinfo=None
    )
    assert here.time() > calendar.at if skipped else here.time() == calendar.at


@given(calendar=CALENDARS, now=MOMENTS)
def test_the_next_morning_is_later_than_now_welcome_and_nothing_welcome_opens_before_it(
    calendar: Calendar, now: dt.datetime
) -> None:
    morning = calendar.next_morning(now)
    assert morning > now
    assert calendar.welcome(morning)
    assert not calendar.welcome(morning - dt.timedelta(minutes=1))
    if calendar.welcome(now):
        assert calendar.local(now).date() < calendar.local(morning).date()


@given(calendar=CALENDARS, now=MOMENTS)
def test_what_is_welcome_is_within_eight_hours_of_the_hour_on_a_working_day(
    calendar: Calendar, now: dt.datetime
) -> None:
    today = calendar.local(now).date()
    opened = calendar.due_on(today)
    assert calendar.welcome(now) == (calendar.working(today) and opened <= now < opened + WORKING_HOURS)


@given(calendar=CALENDARS, now=MOMENTS, count=st.integers(0, 10))
def test_after_working_days_grows_with_their_number_and_is_never_before_now(
    calendar: Calendar, now: dt.datetime, count: int
) -> None:
    found = calendar.after_working_days(now, count)
    assert calendar.working(calendar.local(found).date())
    assert found > now or found == calendar.due_on(calendar.local(now).date())
    assert calendar.after_working_days(now, count + 1) > found
