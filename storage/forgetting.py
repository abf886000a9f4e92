"""Deleting for good: a subject, and what has become old. The tables of an assessment are named here, once.

An entry in `erasures` says that something was deleted whose bytes may still lie in the file; `wiped` that they do not.
"""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from dialogs.retention import Over, expired
from dialogs.state import State
from storage import plans
from storage.database import Sql, moment
from storage.reports import state_of

_FORGET_PLANS = """
DELETE FROM plans WHERE NOT EXISTS (
  SELECT 1 FROM dialogs d
  WHERE d.workspace = plans.workspace AND d.channel = plans.channel AND d.subject_key = plans.subject_key)
RETURNING workspace
"""
_OF_DIALOG = ("answers", "facts", "results", "standings", "messages", "outbox", "left_threads")


def note_erasure(sql: Sql, workspace: str, key: str, at: dt.datetime) -> None:
    """Remember that the file has to be wiped."""
    sql(
        "INSERT INTO erasures (workspace, key, erased_at, wiped) VALUES (:workspace, :key, :at, 0)"
        " ON CONFLICT (workspace, key) DO NOTHING",
        workspace=workspace,
        key=key,
        at=moment(at),
    )


def to_wipe(sql: Sql) -> list[str]:
    """What was deleted and may still lie in the file."""
    return [str(row["key"]) for row in sql("SELECT key FROM erasures WHERE wiped = 0 ORDER BY key")]


def wiped(sql: Sql, keys: Iterable[str]) -> None:
    """Note that nothing of these lies in the file any more."""
    for key in keys:
        sql("UPDATE erasures SET wiped = 1 WHERE key = :key", key=key)


# A subject, and what is old ------------------------------------------------------------------------------------------


class Gone(NamedTuple):
    """The first message of an assessment that was deleted."""

    channel: str
    ts: str


def forget_subject(sql: Sql, workspace: str, channel: str, key: str, names: set[str]) -> list[Gone]:
    """Delete everything of a subject; gives the first messages of its assessments, where they were posted."""
    where: dict[str, str] = {"workspace": workspace, "channel": channel}
    rows = sql(
        "SELECT id, channel, thread FROM dialogs WHERE workspace = :workspace AND channel = :channel"
        " AND subject_key = :key ORDER BY began_at, id",
        **where,
        key=key,
    )
    reminders = sql(
        "DELETE FROM reminders WHERE workspace = :workspace AND channel = :channel AND subject_key = :key RETURNING id",
        **where,
        key=key,
    )
    for row in (*rows, *reminders):
        _forget_dialog(sql, row["id"])
    plans.forget_subject(sql, workspace, channel, key)
    sql(
        "DELETE FROM outbox WHERE workspace = :workspace AND dialog IS NULL AND status <> 'waiting'",
        workspace=workspace,
    )
    for row in sql("SELECT key, payload FROM outbox WHERE channel = :channel AND dialog IS NULL", channel=channel):
        if any(name in " ".join(_texts(json.loads(row["payload"]))) for name in names):
            sql("DELETE FROM outbox WHERE key = :key", key=row["key"])
    return [Gone(row["channel"], row["thread"]) for row in rows if row["thread"]]


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value] if isinstance(value, str) else []


def _forget_dialog(sql: Sql, dialog: str) -> None:
    """Delete an assessment, or a reminder, with everything that hangs on it."""
    for table in _OF_DIALOG:
        sql(f"DELETE FROM {table} WHERE dialog = :dialog", dialog=dialog)  # noqa: S608 - a table of ours
    sql("DELETE FROM dialogs WHERE id = :dialog", dialog=dialog)


def forget_old(sql: Sql, now: dt.datetime, months: int) -> int:
    """Delete the assessments that were over for so long, and the plans of a subject that has none left; how many."""
    rows = sql("SELECT state, thread, finished_at FROM dialogs WHERE running = 0")
    over = [_over(state_of(row), row["finished_at"]) for row in rows]
    old = set(expired(over, now, months))
    for dialog in old:
        _forget_dialog(sql, dialog)
    gone = sql(_FORGET_PLANS)
    for workspace in sorted({*(each.whose[0] for each in over if each.id in old), *(r["workspace"] for r in gone)}):
        note_erasure(sql, workspace, f"old:{moment(now)}", now)
    return len(old)


def _over(state: State, finished_at: str | None) -> Over:
    at = dt.datetime.fromisoformat(finished_at) if finished_at and state.phase == "finished" else state.assessed_at
    whose = (state.workspace, state.channel, state.subject_key)
    return Over(state.id, whose, max(at, state.heard or at), finished=state.phase == "finished")
