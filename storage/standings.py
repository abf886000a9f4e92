"""Standings: what each finished result came to. Every statement about them."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from dialogs.effects import Conclude
from dialogs.standing import Standing, essence
from dialogs.state import State
from dialogs.surroundings import Result
from storage.database import Row, Sql, moment

_COLUMNS = "dialog, turn, channel, subject, subject_key, finished_at, overall, up_to, target, more"
_LATEST = f"""
SELECT {_COLUMNS} FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY subject_key ORDER BY finished_at DESC, turn DESC) AS place
  FROM standings WHERE workspace = :workspace AND channel = :channel) AS ranked
WHERE place <= :limit ORDER BY subject_key, place
"""  # noqa: S608 - our own columns
_OF_SUBJECT = f"""
SELECT {_COLUMNS}, ROW_NUMBER() OVER (ORDER BY finished_at, turn) AS number FROM standings
WHERE workspace = :workspace AND channel = :channel AND subject_key = :key
ORDER BY finished_at DESC, turn DESC LIMIT :limit
"""  # noqa: S608 - likewise
MOST = 100  # results of one subject that are ever shown


def keep(sql: Sql, state: State, effect: Conclude) -> None:
    """Keep what a result came to."""
    result = effect.result
    sql(
        "INSERT INTO standings (workspace, dialog, turn, channel, subject, subject_key, finished_at, overall, up_to,"
        " target, more) VALUES (:workspace, :dialog, :turn, :channel, :subject, :key, :at, :overall, :up_to, :target,"
        " :more)",
        workspace=state.workspace,
        dialog=state.id,
        turn=state.turn,
        channel=state.channel,
        subject=state.subject,
        key=state.subject_key,
        at=moment(effect.at),
        overall=result["overall"],
        up_to=result["ceiling"]["overall"],
        target=result["target"],
        more=json.dumps(essence(result), ensure_ascii=False),
    )


def of_subject(sql: Sql, workspace: str, channel: str, subject_key: str, limit: int = MOST) -> tuple[Standing, ...]:
    """The finished results of a subject, newest first."""
    rows = sql(_OF_SUBJECT, workspace=workspace, channel=channel, key=subject_key, limit=limit)
    return tuple(_standing(row) for row in rows)


def in_channels(sql: Sql, workspace: str, channels: Sequence[str], each: int = 2) -> tuple[Standing, ...]:
    """The newest results of every subject of these channels, `each` of them a subject, newest first."""
    rows = (sql(_LATEST, workspace=workspace, channel=channel, limit=each) for channel in channels)
    return tuple(_standing(row) for found in rows for row in found)


def channels_with_subjects(sql: Sql, workspace: str) -> list[str]:
    """The channels of a workspace in which anything was ever assessed."""
    rows = sql("SELECT DISTINCT channel FROM dialogs WHERE workspace = :workspace", workspace=workspace)
    return [str(row["channel"]) for row in rows]


def snapshot_of(sql: Sql, dialog: str, turn: int) -> dict[str, Any] | None:
    """A finished result as it was kept, whole."""
    rows = sql("SELECT result FROM results WHERE dialog = :dialog AND turn = :turn", dialog=dialog, turn=turn)
    return dict(json.loads(rows[0]["result"])) if rows else None


def _standing(row: Row) -> Standing:
    more = json.loads(row["more"])
    return Standing(
        dialog=row["dialog"],
        turn=row["turn"],
        channel=row["channel"],
        subject=row["subject"],
        subject_key=row["subject_key"],
        at=dt.datetime.fromisoformat(row["finished_at"]),
        overall=row["overall"],
        up_to=row["up_to"],
        target=None if more["open_target"] else row["target"],
        dimensions=more["dimensions"],
        google=more["google"],
        provisional=more["provisional"],
        risks=tuple(more["risks"]),
        number=int(row.get("number", 0)),
    )


def results_of(sql: Sql, workspace: str, channel: str, subject_key: str, limit: int = MOST) -> tuple[Result, ...]:
    """The finished results of a subject whole, each with its standing, newest first."""
    found = of_subject(sql, workspace, channel, subject_key, limit)
    whole = ((standing, snapshot_of(sql, standing.dialog, standing.turn)) for standing in found)
    return tuple(Result(standing, result) for standing, result in whole if result is not None)
