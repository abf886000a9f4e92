"""What the operator sees of the outbox, and does with it by hand: what waits, what is stuck, what was given up."""

import datetime as dt
from typing import NamedTuple

from storage import outbox
from storage.database import Row, Sql, moment

DROPPED = "dropped by hand"

_SHOWN = """
SELECT o.key, o.workspace, o.dialog, o.channel, o.kind, o.slot, o.status, o.attempts, o.error, o.created_at,
  COALESCE(o.sent_at, o.created_at) AS ended_at,
  (SELECT min(e.key) FROM outbox e WHERE e.lane = o.lane AND e.status = 'waiting' AND e.key < o.key
   AND o.kind <> 'direct' AND e.kind IN ('post', 'join')) AS behind
FROM outbox o
"""


class Dropped(NamedTuple):
    """What a drop did: how many rows went along with it, and how many waited behind it."""

    along: int
    behind: int


def waiting(sql: Sql) -> list[Row]:
    """Everything that is still owed, oldest first; `behind` is the key that a row waits for, NULL for none."""
    return sql(f"{_SHOWN} WHERE o.status = 'waiting' ORDER BY o.created_at, o.key")


def given_up(sql: Sql, since: dt.datetime) -> list[Row]:
    """What was given up since then, the latest first."""
    return sql(
        f"{_SHOWN} WHERE o.status = 'failed' AND o.sent_at >= :since ORDER BY o.sent_at DESC, o.key",
        since=moment(since),
    )


def found(sql: Sql, key: str) -> Row | None:
    """One row by its key, whatever became of it."""
    rows = sql(f"{_SHOWN} WHERE o.key = :key", key=key)
    return rows[0] if rows else None


def retry(sql: Sql, key: str, now: dt.datetime) -> bool:
    """Let a row that waits, or was given up, be tried at once; False where it must not be.

    What is in doubt stays so: it is looked for before it is repeated. An edit is outdated once a newer one was drawn.
    """
    return bool(
        sql(
            "UPDATE outbox SET status = 'waiting', not_before = :now, sent_at = NULL, attempts = 0"
            " WHERE key = :key AND status IN ('waiting', 'failed') AND NOT (kind = 'update' AND EXISTS ("
            "SELECT 1 FROM outbox n WHERE n.lane = outbox.lane AND n.slot = outbox.slot AND n.key > outbox.key"
            " AND n.kind IN ('post', 'update') AND n.status = 'sent')) RETURNING key",
            key=key,
            now=moment(now),
        )
    )


def retry_all(sql: Sql, now: dt.datetime) -> int:
    """Let everything that waits be tried at once, in its order; how many rows that are."""
    return len(
        sql("UPDATE outbox SET not_before = :now, attempts = 0 WHERE status = 'waiting' RETURNING key", now=moment(now))
    )


def drop(sql: Sql, key: str, now: dt.datetime) -> Dropped | None:
    """Give up a row that waits, as if Slack had refused it; None where it does not wait."""
    row = found(sql, key)
    if row is None or row["status"] != "waiting":
        return None
    before = len(waiting(sql))
    outbox.failed(sql, key, DROPPED, now)
    left = waiting(sql)
    behind = [each for each in left if each["dialog"] == row["dialog"] and each["key"] > key]
    return Dropped(before - 1 - len(left), len(behind) if row["dialog"] is not None else 0)
