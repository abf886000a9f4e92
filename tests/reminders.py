"""A reminder for tests, written out only where a test cares."""

import datetime as dt
from typing import Any

from dialogs.reminder import Reminder, reminder_id
from dialogs.schedule import Rhythm
from dialogs.working_time import WorkingTime
from knowledge.calendars import DAY

TIME = WorkingTime()
BERLIN = "Europe/Berlin"
MONTHLY = Rhythm(count=1, unit="month")


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def reminder(on: str, rhythm: Rhythm | None = MONTHLY, zone: str = BERLIN, **fields: Any) -> Reminder:
    """A reminder that is due on this day, counted from a hundred days before unless told."""
    made = Reminder(
        id=reminder_id("T1", "C1", "fraud model"),
        workspace="T1",
        channel="C1",
        channel_name="fraud-detection",
        subject="fraud model",
        subject_key="fraud model",
        owner="U1",
        owner_name="Ana",
        profile_zone=zone,
        rhythm=rhythm,
        counted_from=fields.pop("counted_from", day(on) - 100 * DAY),
    )
    return made.on(TIME, day(on), **fields)
