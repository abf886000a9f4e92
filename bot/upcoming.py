"""`maturity-bot reminders`: what is due when, and in whose time."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from dialogs.reminder import Reminder
from storage.store import open_store

_RESTS = {
    "off": "switched off",
    "over": "its day is past",
    "channel": "Slack does not let me write there",
    "nobody": "nobody is left in the channel",
}


async def read_reminders(database_url: str) -> list[dict[str, Any]]:
    """All reminders, the next due first; DatabaseProblem where the database cannot be used."""
    store = open_store(database_url)
    try:
        return [_row(reminder) for reminder in await store.read(lambda reading: reading.reminders())]
    finally:
        await store.close()


def _row(reminder: Reminder) -> dict[str, Any]:
    local = reminder.due.astimezone(ZoneInfo(reminder.zone)) if reminder.due else None
    return {
        "workspace": reminder.workspace,
        "channel": reminder.channel,
        "channel_name": reminder.channel_name,
        "subject": reminder.subject,
        "rhythm": reminder.rhythm.literal if reminder.rhythm else "once",
        "due": local.isoformat(timespec="minutes") if local else None,
        "zone": reminder.zone,
        "zone_from": reminder.zone_from,
        "country": reminder.country or None,
        "owner": reminder.owner,
        "owner_name": reminder.owner_name,
        "snoozed": reminder.snoozed,
        "missed": reminder.missed.isoformat() if reminder.missed else None,
        "rests": reminder.rests,
    }


def as_lines(found: list[dict[str, Any]], now: dt.datetime) -> Iterator[str]:
    """Say it, a line each; `now` marks what is late."""
    if not found:
        yield "No reminders. Teams set them with /maturity remind every 3 months."
    for row in found:
        where = f"{row['subject']} in #{row['channel_name']}, {row['rhythm']}"
        if row["rests"]:
            yield f"rests                   {where}: {_RESTS[row['rests']]}"
            continue
        due = dt.datetime.fromisoformat(row["due"])
        marks = [mark for mark, holds in (("snoozed", row["snoozed"]), ("late", due < now or row["missed"])) if holds]
        country = f", holidays of {row['country']}" if row["country"] else ", no holidays"
        told = f" ({', '.join(marks)})" if marks else ""
        yield f"{due:%a %Y-%m-%d %H:%M} {row['zone']}{country}  {where}, set by {row['owner_name']}{told}"
