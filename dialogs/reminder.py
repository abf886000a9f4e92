"""A reassessment reminder of one subject: when it is due, and how that date moves. Pure; goes to disk as JSON."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from dialogs.events import ChannelKind
from dialogs.schedule import Rhythm
from dialogs.state import Kept
from dialogs.working_time import Origin, WorkingTime
from knowledge.calendars import months_later

Rest = Literal["off", "over", "channel", "nobody"]  # switched off; its one day is past; no way to write; nobody left
Snooze = Literal["week", "month"]
ID_MARK = "r-"  # what a reminder's id begins with; an assessment's never does
LATE = dt.timedelta(hours=1)  # after this a reminder says that it comes late
SHORTLY = dt.timedelta(days=14)  # an assessment so fresh, or still under way, makes a reminder needless


_NOTHING_TO_COME: Mapping[str, Any] = {"day": None, "due": None, "missed": None, "snoozed": False}


class Reminder(Kept):
    """The reminder of a subject. There is one of each subject in a channel; switched off it stays, and rests.

    `day` is the day wanted next, before weekends and holidays move it; `due` is the moment that came of it, in UTC.
    Both are None while the reminder `rests`. `missed` is the day of a due date that passed while the bot was down, and
    is still owed. `message` is the slot of the last message, whose buttons count.
    """

    id: str
    workspace: str
    channel: str
    channel_name: str
    channel_kind: ChannelKind = "channel"
    subject: str
    subject_key: str
    owner: str
    owner_name: str
    profile_zone: str = ""
    zone: str = "UTC"
    zone_from: Origin = "default"
    country: str = ""
    rhythm: Rhythm | None = None
    counted_from: dt.date
    day: dt.date | None = None
    due: dt.datetime | None = None
    missed: dt.date | None = None
    snoozed: bool = False
    rests: Rest | None = None
    message: str | None = None
    turn: int = 0

    def with_(self, **changes: Any) -> "Reminder":  # noqa: ANN401 - the fields above, checked there
        """The same one a turn later, with these fields changed."""
        return Reminder.model_validate({**dict(self), "turn": self.turn + 1, **changes})

    def resting(self, why: Rest) -> "Reminder":
        """Nothing is due any more."""
        return self.with_(**_NOTHING_TO_COME, rests=why)

    def on(self, time: WorkingTime, day: dt.date | None, **changes: Any) -> "Reminder":  # noqa: ANN401 - likewise
        """Due on that day; None: never again."""
        if day is None:
            return self.with_(**{**_NOTHING_TO_COME, "rests": "over", **changes})
        profile = changes.get("profile_zone", self.profile_zone)
        due = time.calendar(profile).due_on(day)
        fresh = {**_NOTHING_TO_COME, **_place(time, profile), "day": day, "due": due, "rests": None}
        return self.with_(**{**fresh, **changes})

    def following(self, day: dt.date) -> dt.date | None:
        """The first day of its rhythm after this one; None for a reminder of one day."""
        return self.rhythm.after(self.counted_from, day) if self.rhythm else None


def _place(time: WorkingTime, profile: str) -> dict[str, Any]:
    """The fields that say in whose time a reminder comes."""
    calendar = time.calendar(profile)
    return {
        "profile_zone": profile,
        "zone": calendar.zone,
        "zone_from": time.origin(profile),
        "country": calendar.country,
    }


def reminder_id(workspace: str, channel: str, subject_key: str) -> str:
    """The id of a subject's reminder, always the same."""
    return ID_MARK + hashlib.sha256(f"{workspace} {channel} {subject_key}".encode()).hexdigest()[:12]


class Coming(NamedTuple):
    """What a due date comes to: the reminder as it is then; `late` is the day on which the message was due, if missed.

    With `write` a message is to be written now.
    """

    reminder: Reminder
    write: bool = False
    late: dt.date | None = None


def come_due(reminder: Reminder, time: WorkingTime, now: dt.datetime, zone: str = "") -> Coming:
    """Decide what a due date comes to; `zone` is the owner's zone as Slack has it today.

    Where the owner has moved, the reminder follows to the morning there. What was missed, and would come at night or
    on a free day, waits for the next working morning.
    """
    due, day = reminder.due, reminder.day
    if due is None or day is None or due > now:
        return Coming(reminder)
    late = now - due > LATE
    missed = _missed(reminder, now)
    profile = zone or reminder.profile_zone
    calendar = time.calendar(profile)
    travelled = calendar.zone != reminder.zone
    here = _place(time, profile)
    if travelled and (there := calendar.due_on(day)) > now:
        return Coming(reminder.with_(due=there, **here))
    if (travelled or late) and not calendar.welcome(now):
        return Coming(reminder.with_(due=calendar.next_morning(now), missed=missed, **here))
    after = reminder.on(
        time, reminder.following(max(calendar.day(now), day)), profile_zone=profile, message=slot_of(due)
    )
    return Coming(after, write=True, late=missed)


def _missed(reminder: Reminder, now: dt.datetime) -> dt.date | None:
    """The day on which a message was due where the team is, if that is past without one; None otherwise."""
    if reminder.missed is not None or reminder.due is None or now - reminder.due <= LATE:
        return reminder.missed
    return reminder.due.astimezone(ZoneInfo(reminder.zone)).date()


def slot_of(due: dt.datetime) -> str:
    """The slot of the message of a due date."""
    return f"due:{due.isoformat()}"


def snoozed(reminder: Reminder, time: WorkingTime, now: dt.datetime, length: Snooze) -> Reminder:
    """Put off by a week or a month; a regular date before that is dropped, for the later one wins."""
    today = time.calendar(reminder.profile_zone).day(now)
    later = today + dt.timedelta(days=7) if length == "week" else months_later(today, 1)
    return reminder.on(time, later, snoozed=True)


def after_finish(reminder: Reminder, time: WorkingTime, now: dt.datetime) -> Reminder:
    """An assessment of the subject was finished: the rhythm counts from today, and a day soon to come is not needed."""
    if reminder.rests == "off" or (reminder.rests == "over" and reminder.rhythm is None):
        return reminder
    today = time.calendar(reminder.profile_zone).day(now)
    if reminder.rhythm is not None:
        return reminder.on(time, reminder.rhythm.after(today, today), counted_from=today, message=None)
    if reminder.day is not None and reminder.day - today <= SHORTLY:
        return reminder.resting("over")
    return reminder


def moved(reminder: Reminder, time: WorkingTime, now: dt.datetime) -> Reminder:
    """The team's zone or country has changed; what is past in the new time comes with the next working morning."""
    if reminder.day is None:
        return reminder
    after = reminder.on(time, reminder.day, missed=_missed(reminder, now), snoozed=reminder.snoozed)
    if after.due is not None and after.due <= now:
        after = after.with_(turn=after.turn, due=time.calendar(reminder.profile_zone).next_morning(now))
    return after
