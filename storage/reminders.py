"""Reminders, what is due, and when the teams of channels work: every statement about them."""

import datetime as dt
from typing import Literal, NamedTuple

from dialogs.effects import SetTime
from dialogs.reminder import Reminder
from storage.database import Sql, moment


class DueRow(NamedTuple):
    """One thing that has come due: a reminder, or an assessment that has gone quiet. `owner` is whom it concerns.

    `version` counts how often it was touched: the same date set anew, after a clock was put right, is another one.
    """

    kind: Literal["reminder", "nudge"]
    id: str
    workspace: str
    channel: str
    owner: str
    due: dt.datetime
    version: int = 0


def keep(sql: Sql, reminder: Reminder) -> None:
    """Keep a reminder as it is now, in the place of the one its subject had."""
    sql(
        "INSERT INTO reminders (id, workspace, channel, subject_key, owner, due_at, state) VALUES (:id, :workspace,"
        " :channel, :subject_key, :owner, :due, :state) ON CONFLICT (id) DO UPDATE SET channel = excluded.channel,"
        " owner = excluded.owner, due_at = excluded.due_at, state = excluded.state",
        id=reminder.id,
        workspace=reminder.workspace,
        channel=reminder.channel,
        subject_key=reminder.subject_key,
        owner=reminder.owner,
        due=moment(reminder.due) if reminder.due is not None else None,
        state=reminder.model_dump_json(),
    )


def take(sql: Sql, reminder: str) -> Reminder | None:
    """Take a reminder for this turn: others wait until it is over."""
    rows = sql("UPDATE reminders SET version = version + 1 WHERE id = :id RETURNING state", id=reminder)
    return Reminder.model_validate_json(rows[0]["state"]) if rows else None


def of_channel(sql: Sql, workspace: str, channel: str) -> dict[str, Reminder]:
    """The reminders of a channel by subject key, those that rest included."""
    rows = sql(
        "SELECT state FROM reminders WHERE workspace = :workspace AND channel = :channel ORDER BY subject_key",
        workspace=workspace,
        channel=channel,
    )
    found = (Reminder.model_validate_json(row["state"]) for row in rows)
    return {reminder.subject_key: reminder for reminder in found}


def every(sql: Sql) -> list[Reminder]:
    """All reminders, the next due first, then those that rest."""
    rows = sql("SELECT state FROM reminders ORDER BY due_at IS NULL, due_at, id")
    return [Reminder.model_validate_json(row["state"]) for row in rows]


# Each half reads its own index from the oldest date on; the few rows found are merged.
_DUE = """
SELECT * FROM (
  SELECT 'reminder' AS kind, id, workspace, channel, owner, due_at AS due, version
  FROM reminders WHERE due_at IS NOT NULL AND due_at <= :now AND (due_at > :due OR (due_at = :due AND id > :id))
  ORDER BY due_at, id LIMIT :limit)
UNION ALL
SELECT * FROM (
  SELECT 'nudge' AS kind, id, workspace, channel, starter AS owner, nudge_at AS due, version
  FROM dialogs WHERE nudge_at IS NOT NULL AND nudge_at <= :now
  AND (nudge_at > :due OR (nudge_at = :due AND id > :id))
  ORDER BY nudge_at, id LIMIT :limit)
ORDER BY due, id LIMIT :limit
"""


def due(sql: Sql, now: dt.datetime, after: DueRow | None, limit: int) -> list[DueRow]:
    """What has come due by now, oldest first; `after` is the last row of the page before."""
    rows = sql(_DUE, now=moment(now), due=moment(after.due) if after else "", id=after.id if after else "", limit=limit)
    return [
        DueRow(
            row["kind"],
            row["id"],
            row["workspace"],
            row["channel"],
            row["owner"],
            dt.datetime.fromisoformat(row["due"]),
            row["version"],
        )
        for row in rows
    ]


def next_moment(sql: Sql) -> dt.datetime | None:
    """When the next thing comes due; None where nothing will."""
    rows = sql(
        "SELECT min(due) AS due FROM (SELECT min(due_at) AS due FROM reminders WHERE due_at IS NOT NULL"
        " UNION ALL SELECT min(nudge_at) FROM dialogs WHERE nudge_at IS NOT NULL) AS soonest"
    )
    return dt.datetime.fromisoformat(rows[0]["due"]) if rows[0]["due"] else None


def set_time(sql: Sql, workspace: str, channel: str, effect: SetTime, person: str, at: dt.datetime) -> None:
    """Keep what a channel has set of its working time."""
    sql(
        "INSERT INTO teams (workspace, channel, zone, country, guests, set_by, set_at) VALUES (:workspace, :channel,"
        " :zone, :country, :guests, :person, :at) ON CONFLICT (workspace, channel) DO UPDATE SET zone = excluded.zone,"
        " country = excluded.country, guests = excluded.guests, set_by = excluded.set_by, set_at = excluded.set_at",
        workspace=workspace,
        channel=channel,
        zone=effect.zone,
        country=effect.country,
        guests=int(effect.guests),
        person=person,
        at=moment(at),
    )


class Team(NamedTuple):
    """What a channel has set: zone (empty: people's), country (None: the zone's), whether guests may take part."""

    zone: str = ""
    country: str | None = None
    guests: bool = False


def team_of(sql: Sql, workspace: str, channel: str) -> Team:
    """What a channel has set for its team."""
    rows = sql(
        "SELECT zone, country, guests FROM teams WHERE workspace = :workspace AND channel = :channel",
        workspace=workspace,
        channel=channel,
    )
    return Team(rows[0]["zone"], rows[0]["country"], bool(rows[0]["guests"])) if rows else Team()
