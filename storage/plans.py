"""What teams decided about their next steps: every statement about it."""

import datetime as dt

from dialogs.effects import SetPlan
from dialogs.plan import Plan
from dialogs.state import State
from storage.database import Row, Sql, moment


def keep(sql: Sql, state: State, effect: SetPlan) -> None:
    """Keep a decision in the place of the one before; one that decides nothing any more goes."""
    plan = effect.plan
    whose = {"workspace": state.workspace, "channel": state.channel, "key": state.subject_key}
    if plan.empty:
        sql(
            "DELETE FROM plans WHERE workspace = :workspace AND channel = :channel AND subject_key = :key"
            " AND practice = :practice",
            **whose,
            practice=plan.practice,
        )
        return
    sql(
        "INSERT INTO plans (workspace, channel, subject_key, practice, owner, owner_name, due, later, set_by, set_at)"
        " VALUES (:workspace, :channel, :key, :practice, :owner, :owner_name, :due, :later, :person, :at)"
        " ON CONFLICT (workspace, channel, subject_key, practice) DO UPDATE SET owner = excluded.owner,"
        " owner_name = excluded.owner_name, due = excluded.due, later = excluded.later, set_by = excluded.set_by,"
        " set_at = excluded.set_at",
        **whose,
        practice=plan.practice,
        owner=plan.owner,
        owner_name=plan.owner_name,
        due=plan.due.isoformat() if plan.due is not None else None,
        later=int(plan.later),
        person=effect.person.id,
        at=moment(effect.at),
    )


def in_channel(sql: Sql, workspace: str, channel: str) -> dict[str, dict[str, Plan]]:
    """What was decided for the subjects of a channel: by subject key, then by practice."""
    rows = sql(
        "SELECT * FROM plans WHERE workspace = :workspace AND channel = :channel ORDER BY subject_key, practice",
        workspace=workspace,
        channel=channel,
    )
    found: dict[str, dict[str, Plan]] = {}
    for row in rows:
        found.setdefault(row["subject_key"], {})[row["practice"]] = _plan(row)
    return found


def forget_subject(sql: Sql, workspace: str, channel: str, subject_key: str) -> None:
    """Delete what was decided for a subject."""
    sql(
        "DELETE FROM plans WHERE workspace = :workspace AND channel = :channel AND subject_key = :key",
        workspace=workspace,
        channel=channel,
        key=subject_key,
    )


def _plan(row: Row) -> Plan:
    due = dt.date.fromisoformat(row["due"]) if row["due"] else None
    return Plan(row["practice"], row["owner"], row["owner_name"], due, bool(row["later"]))
