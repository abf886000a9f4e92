"""How a reminder moves: on time and late, with a travelling owner, snoozed, finished."""

import datetime as dt
from collections.abc import Sequence
from typing import Literal

import pytest

from dialogs.reminder import Reminder, Rest, after_finish, come_due, moved, slot_of, snoozed
from dialogs.schedule import Rhythm
from reminders import BERLIN, MONTHLY, TIME, day, reminder, utc

QUARTERLY = Rhythm(count=3, unit="month")
NEW_YORK, LOS_ANGELES, SYDNEY, KOLKATA = "America/New_York", "America/Los_Angeles", "Australia/Sydney", "Asia/Kolkata"

# Coming due ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "now", "late"),
    [
        ("2026-11-26", "2026-11-26 09:00", None),
        ("2026-11-26", "2026-11-26 10:00", None),  # within the hour
        ("2026-11-26", "2026-11-26 10:01", "2026-11-26"),
        ("2026-11-26", "2026-11-26 16:59", "2026-11-26"),
        ("2026-11-26", "2026-11-27 09:00", "2026-11-26"),
        ("2026-11-26", "2027-02-01 12:00", "2026-11-26"),  # several dates missed: one message
        ("2026-11-28", "2026-11-30 09:00", None),  # a Saturday, moved to Monday
        ("2026-11-28", "2026-11-30 12:00", "2026-11-30"),  # was due on Monday, not on Saturday
        ("2026-12-25", "2026-12-29 12:00", "2026-12-28"),
    ],
)
def test_what_is_due_is_written_at_once_in_working_hours_and_after_an_hour_says_the_day_it_was_due(
    on: str, now: str, late: str | None
) -> None:
    before = reminder(on, counted_from=day("2026-08-26"))
    coming = come_due(before, TIME, utc(now), BERLIN)
    assert (coming.write, coming.late) == (True, day(late) if late else None)
    after = coming.reminder
    assert after.due is not None
    assert after.message == slot_of(before.due or utc(now))
    assert after.day == MONTHLY.after(day("2026-08-26"), utc(now).date())
    assert after.due > utc(now)
    assert (after.missed, after.snoozed, after.turn) == (None, False, before.turn + 1)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-11-26 17:00", "2026-11-27 09:00"),
        ("2026-11-26 23:30", "2026-11-27 09:00"),
        ("2026-11-27 08:59", "2026-11-27 09:00"),
        ("2026-11-27 20:00", "2026-11-30 09:00"),
        ("2026-11-28 12:00", "2026-11-30 09:00"),
        ("2026-12-25 12:00", "2026-12-28 09:00"),
    ],
)
def test_what_is_late_at_night_or_on_a_free_day_waits_for_the_next_working_morning_and_says_so_then(
    now: str, morning: str
) -> None:
    waiting = come_due(reminder("2026-11-26"), TIME, utc(now), BERLIN)
    assert (waiting.write, waiting.reminder.due) == (False, utc(morning))
    assert come_due(waiting.reminder, TIME, utc(morning), BERLIN)[1:] == (True, day("2026-11-26"))


def test_what_waits_for_a_morning_that_is_missed_too_still_comes_once_with_its_first_day() -> None:
    waiting = come_due(reminder("2026-11-26"), TIME, utc("2026-11-26 20:00"), BERLIN).reminder
    again = come_due(waiting, TIME, utc("2026-11-28 12:00"), BERLIN)
    assert (again.write, again.reminder.due) == (False, utc("2026-11-30 09:00"))
    assert come_due(again.reminder, TIME, utc("2026-11-30 14:00"), BERLIN)[1:] == (True, day("2026-11-26"))


@pytest.mark.parametrize("now", ["2026-11-26 08:59", "2025-01-01 00:00"])
def test_before_its_moment_nothing_happens(now: str) -> None:
    before = reminder("2026-11-26")
    assert come_due(before, TIME, utc(now), NEW_YORK) == (before, False, None)


@pytest.mark.parametrize("why", ["off", "over", "channel", "nobody"])
def test_a_reminder_that_rests_never_comes_due_and_has_no_date(why: Rest) -> None:
    resting = reminder("2026-11-26", snoozed=True, missed=day("2026-11-20")).resting(why)
    assert (resting.day, resting.due, resting.missed, resting.snoozed) == (None, None, None, False)
    assert come_due(resting, TIME, utc("2030-01-01 12:00"), BERLIN) == (resting, False, None)
    assert moved(resting, TIME, utc("2030-01-01 12:00")) is resting


def test_a_reminder_of_one_day_is_over_once_it_has_come() -> None:
    coming = come_due(reminder("2026-11-26", None), TIME, utc("2026-11-26 09:00"), BERLIN)
    assert coming.write
    assert (coming.reminder.day, coming.reminder.due, coming.reminder.rests) == (None, None, "over")
    assert coming.reminder.message == "due:2026-11-26T09:00:00+00:00"


# A travelling owner -------------------------------------------------------------------------------------------------


def comings(start: Reminder, looks: Sequence[str], zone: str) -> list[tuple[str, dt.date | None]]:
    """The looks at which a message is written, and the day that each says it was due on."""
    found, now = list[tuple[str, dt.date | None]](), start
    for look in looks:
        coming = come_due(now, TIME, utc(look), zone)
        now = coming.reminder
        if coming.write:
            found.append((look, coming.late))
    return found


@pytest.mark.parametrize(
    ("home", "abroad", "on", "looks", "written"),
    [
        (BERLIN, NEW_YORK, "2026-12-01", ["09:00", "14:45", "15:00", "15:15"], ["15:00"]),  # west: ten there
        (BERLIN, KOLKATA, "2026-12-01", ["09:00", "09:15"], ["09:00"]),  # east: afternoon there, still welcome
        (BERLIN, "Pacific/Apia", "2026-12-01", ["09:00", "20:45", "21:00"], ["21:00"]),  # night: the morning after
        (BERLIN, "Europe/Paris", "2026-12-01", ["09:00", "09:15"], ["09:00"]),
        (BERLIN, NEW_YORK, "2026-12-01", ["12:00", "15:00", "15:15"], ["15:00"]),  # late, and there it is not yet ten
        (BERLIN, "Nowhere/Land", "2026-12-01", ["09:00", "10:00", "10:15"], ["10:00"]),  # unknown: the bot's own zone
    ],
)
def test_a_reminder_follows_its_owner_to_the_morning_there_and_comes_once(
    home: str, abroad: str, on: str, looks: list[str], written: list[str]
) -> None:
    found = comings(reminder(on, zone=home), [f"{on} {look}" for look in looks], abroad)
    assert [look for look, _ in found] == [f"{on} {look}" for look in written]


@pytest.mark.parametrize(("home", "abroad"), [(SYDNEY, LOS_ANGELES), ("Asia/Tokyo", "Pacific/Honolulu")])
def test_a_date_missed_on_the_way_to_where_it_is_still_the_day_before_comes_once(home: str, abroad: str) -> None:
    before = reminder("2027-02-09", QUARTERLY, zone=home, counted_from=day("2026-11-09"))
    assert before.due is not None
    looks = [f"{before.due + dt.timedelta(minutes=90 + 15 * number):%Y-%m-%d %H:%M}" for number in range(4 * 48)]
    assert len(comings(before, looks, abroad)) == 1


def test_a_zone_that_cannot_be_found_out_is_the_one_known_before() -> None:
    coming = come_due(reminder("2026-11-26"), TIME, utc("2026-11-26 09:00"), "")
    assert coming.write
    assert (coming.reminder.zone, coming.reminder.profile_zone) == (BERLIN, BERLIN)


# Snoozed, finished, moved -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "length", "expected", "then"),
    [
        ("2026-11-26 12:00", "week", "2026-12-03", "2026-12-28"),  # a Saturday, moved
        ("2026-12-22 12:00", "week", "2026-12-29", "2027-01-26"),  # beyond the date of 26 December
        ("2026-11-26 12:00", "month", "2026-12-26", "2027-01-26"),
        ("2026-12-10 12:00", "month", "2027-01-10", "2027-01-26"),
        ("2026-11-24 23:30", "week", "2026-12-02", "2026-12-28"),  # Wednesday already in Berlin
    ],
)
def test_a_snooze_counts_from_today_and_the_later_of_it_and_the_regular_date_wins(
    now: str, length: Literal["week", "month"], expected: str, then: str
) -> None:
    start = reminder("2026-12-26", counted_from=day("2026-10-26"))
    after = snoozed(start, TIME, utc(now), length)
    assert (after.day, after.snoozed) == (day(expected), True)
    assert after.due is not None
    following = come_due(after, TIME, after.due, BERLIN)
    assert (following.write, following.reminder.snoozed) == (True, False)
    assert following.reminder.due is not None
    assert TIME.calendar(BERLIN).local(following.reminder.due).date() == TIME.calendar(BERLIN).working_day_from(
        day(then)
    )


@pytest.mark.parametrize("rests", [None, "channel", "nobody"])
def test_a_finished_assessment_counts_the_rhythm_anew_and_wakes_what_could_not_write(rests: Rest | None) -> None:
    start = reminder("2026-12-01", message="due:x")
    start = start.resting(rests) if rests else start
    after = after_finish(start, TIME, utc("2026-11-30 12:00"))
    assert (after.counted_from, after.day, after.rests) == (day("2026-11-30"), day("2026-12-30"), None)
    assert after.message is None


@pytest.mark.parametrize(
    ("rhythm", "rests", "on", "expected"),
    [
        (MONTHLY, "off", "2026-12-01", "off"),
        (None, "off", "2026-12-01", "off"),
        (None, "over", "2026-12-01", "over"),
        (None, None, "2026-12-10", "over"),  # two weeks: shortly
        (None, None, "2026-12-11", None),
        (None, None, "2027-06-01", None),
    ],
)
def test_a_single_day_is_dropped_when_an_assessment_finished_shortly_before_and_kept_else(
    rhythm: Rhythm | None, rests: Rest | None, on: str, expected: Rest | None
) -> None:
    start = reminder(on, rhythm)
    start = start.resting(rests) if rests else start
    after = after_finish(start, TIME, utc("2026-11-26 12:00"))
    assert after.rests == expected
    assert after.due == (None if expected else start.due)
