"""Every reading statement, once."""

import datetime as dt
import json

from dialogs.reminder import Reminder
from dialogs.state import State
from dialogs.surroundings import Past, past_from
from storage import reminders
from storage.database import Row, Sql, moment
from storage.reminders import DueRow, Team

_AROUND = """
SELECT state, thread FROM dialogs WHERE id IN (
  SELECT id FROM (
    SELECT id, ROW_NUMBER() OVER (
      PARTITION BY subject_key, running ORDER BY COALESCE(finished_at, began_at) DESC, began_at DESC) AS place
    FROM dialogs WHERE workspace = :workspace AND channel = :channel AND (running = 1 OR phase = 'finished')
  ) AS ranked WHERE place = 1)
ORDER BY began_at, id
"""


def state_of(row: Row) -> State:
    """The state as stored; the thread is a column of its own, since the courier learns it later."""
    return State.model_validate_json(row["state"]).model_copy(update={"thread": row["thread"]})


class Reading:
    """What can be asked of the database."""

    def __init__(self, sql: Sql) -> None:
        self.sql = sql

    def is_our_thread(self, workspace: str, channel: str, thread: str) -> bool:
        """Whether an assessment lives in this thread, or did: one indexed look."""
        return bool(
            self.sql(
                "SELECT 1 FROM dialogs WHERE workspace = :workspace AND channel = :channel AND thread = :thread"
                " UNION ALL"
                " SELECT 1 FROM left_threads WHERE workspace = :workspace AND channel = :channel AND thread = :thread",
                workspace=workspace,
                channel=channel,
                thread=thread,
            )
        )

    def around(self, workspace: str, channel: str) -> tuple[State, ...]:
        """For each subject of a channel the running assessment, if any, and the last finished one."""
        rows = self.sql(_AROUND, workspace=workspace, channel=channel)
        return tuple(state_of(row) for row in rows)

    def reminders_of(self, workspace: str, channel: str) -> dict[str, Reminder]:
        """The reminders of a channel by subject key, those that rest included."""
        return reminders.of_channel(self.sql, workspace, channel)

    def reminders(self) -> list[Reminder]:
        """All reminders, the next due first."""
        return reminders.every(self.sql)

    def team_of(self, workspace: str, channel: str) -> Team:
        """What a channel has set for its team."""
        return reminders.team_of(self.sql, workspace, channel)

    def channel_of(self, dialog: str) -> str | None:
        """The channel in which an assessment, or a reminder, lives."""
        rows = self.sql(
            "SELECT channel FROM dialogs WHERE id = :id UNION ALL SELECT channel FROM reminders WHERE id = :id",
            id=dialog,
        )
        return str(rows[0]["channel"]) if rows else None

    def due(self, now: dt.datetime, after: DueRow | None = None, limit: int = 100) -> list[DueRow]:
        """What has come due by now, oldest first; `after` is the last row of the page before."""
        return reminders.due(self.sql, now, after, limit)

    def next_moment(self) -> dt.datetime | None:
        """When the next reminder or nudge comes due."""
        return reminders.next_moment(self.sql)

    def message_ts(self, dialog: str, slot: str) -> str | None:
        """Where a message of an assessment stands in Slack, None until it is posted."""
        rows = self.sql("SELECT ts FROM messages WHERE dialog = :dialog AND slot = :slot", dialog=dialog, slot=slot)
        return str(rows[0]["ts"]) if rows else None

    def slot_at(self, dialog: str, ts: str) -> str | None:
        """Which of an assessment's messages stands at this ts; None where it is none of them."""
        rows = self.sql("SELECT slot FROM messages WHERE dialog = :dialog AND ts = :ts", dialog=dialog, ts=ts)
        return str(rows[0]["slot"]) if rows else None

    def asking_in(self, workspace: str, channel: str) -> tuple[State, ...]:
        """The assessments of a channel that have a question open."""
        rows = self.sql(
            "SELECT state, thread FROM dialogs WHERE workspace = :workspace AND channel = :channel"
            " AND running = 1 AND phase = 'asking' ORDER BY began_at, id",
            workspace=workspace,
            channel=channel,
        )
        return tuple(state_of(row) for row in rows)

    def peek(self, dialog: str) -> State | None:
        """The state of an assessment, without holding it."""
        rows = self.sql("SELECT state, thread FROM dialogs WHERE id = :dialog", dialog=dialog)
        return state_of(rows[0]) if rows else None

    def answers(self, dialog: str) -> list[Row]:
        """Every answer ever given in an assessment, oldest first."""
        return self.sql("SELECT * FROM answers WHERE dialog = :dialog ORDER BY turn, place", dialog=dialog)

    def unanswered(self) -> list[Row]:
        """Questions that nothing curated answered, most asked first: text, times, first_at, last_at."""
        return self.sql(
            "SELECT text, SUM(times) AS times, MIN(first_at) AS first_at, MAX(last_at) AS last_at FROM questions"
            " GROUP BY key ORDER BY times DESC, last_at DESC, text"
        )

    def ratings(self) -> list[Row]:
        """Answers that somebody rated, least helpful first: topic, entry, helpful and unhelpful as counts."""
        return self.sql(
            "SELECT topic, entry, SUM(helpful) AS helpful, SUM(1 - helpful) AS unhelpful FROM ratings"
            " GROUP BY topic, entry ORDER BY unhelpful DESC, entry"
        )

    def past(self, workspace: str, channel: str, subject_key: str) -> tuple[Past, ...]:
        """Finished results of a subject, newest first."""
        rows = self.sql(
            "SELECT finished_at, result FROM results WHERE workspace = :workspace AND channel = :channel"
            " AND subject_key = :subject_key ORDER BY finished_at DESC",
            workspace=workspace,
            channel=channel,
            subject_key=subject_key,
        )
        return tuple(
            past_from(dt.datetime.fromisoformat(row["finished_at"]), json.loads(row["result"])) for row in rows
        )

    def backlog(self) -> int:
        """How many rows of the outbox are still to be sent."""
        return int(self.sql("SELECT count(*) AS rows FROM outbox WHERE status = 'waiting'")[0]["rows"])

    def next_due(self, now: dt.datetime) -> dt.datetime | None:
        """When the next row may be claimed; None where nothing waits for time alone."""
        rows = self.sql("SELECT min(ready_at) AS due FROM deliverable")
        due = rows[0]["due"]
        return max(now, dt.datetime.fromisoformat(due)) if due else None

    def stuck(self, before: dt.datetime) -> int:
        """How many rows have been waiting since before this time."""
        rows = self.sql(
            "SELECT count(*) AS rows FROM outbox WHERE status = 'waiting' AND created_at < :before",
            before=moment(before),
        )
        return int(rows[0]["rows"])
