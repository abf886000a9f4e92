"""What the bot owes Slack: rows written with the turn that causes them, sent by the courier, each once.

Posts of one assessment go out in their order, a reply only when its thread is there, an edit only when its message is
there (the view `deliverable` says it); of several waiting edits of a message only the newest is sent. A row that was
tried and not noted as sent is *doubtful*: the courier looks in Slack before it repeats it.
"""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, Literal

from storage.database import Row, Sql, moment

Kind = Literal["post", "update", "join", "direct", "upload"]


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing to do in Slack. `key` names it for good; keys of one dialog sort in the order to be sent.

    `payload` holds `text` and `blocks`; outside assessments `thread` is a post's parent, or what an edit changes.
    """

    key: str
    workspace: str
    dialog: str | None
    channel: str
    kind: Kind
    slot: str | None
    payload: dict[str, Any]
    created_at: dt.datetime
    in_thread: bool = False
    thread: str | None = None
    broadcast: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """A claimed row. `thread_ts` is where a reply goes, `ts` what an update changes; both None where not needed."""

    key: str
    workspace: str
    dialog: str | None
    channel: str
    kind: Kind
    slot: str | None
    payload: dict[str, Any]
    thread_ts: str | None
    ts: str | None
    broadcast: bool
    attempts: int
    tried_at: dt.datetime | None

    @property
    def doubtful(self) -> bool:
        """Whether it was tried before and nobody knows the outcome."""
        return self.tried_at is not None


def owe(sql: Sql, owed: Owed) -> None:
    """Write one row; the same key again changes nothing."""
    at = moment(owed.created_at)
    sql(
        "INSERT INTO outbox (key, workspace, dialog, lane, channel, kind, slot, in_thread, thread, broadcast, payload,"
        " status, created_at, not_before) VALUES (:key, :workspace, :dialog, :lane, :channel, :kind, :slot, :in_thread,"
        " :thread, :broadcast, :payload, 'waiting', :at, :at) ON CONFLICT (key) DO NOTHING",
        key=owed.key,
        workspace=owed.workspace,
        dialog=owed.dialog,
        lane=owed.dialog or owed.key,
        channel=owed.channel,
        kind=owed.kind,
        slot=owed.slot,
        in_thread=int(owed.in_thread),
        thread=owed.thread,
        broadcast=int(owed.broadcast),
        payload=json.dumps(owed.payload, ensure_ascii=False, separators=(",", ":")),
        at=at,
    )


_SUPERSEDE = """
UPDATE outbox SET status = 'superseded', sent_at = :now
WHERE status = 'waiting' AND kind = 'update' AND (claimed_until IS NULL OR claimed_until <= :now)
AND EXISTS (SELECT 1 FROM outbox newer WHERE newer.lane = outbox.lane AND newer.status = 'waiting'
            AND newer.kind = 'update' AND newer.slot = outbox.slot AND newer.key > outbox.key)
"""

CLAIM = """
UPDATE outbox SET claimed_by = :owner, claimed_until = :until
WHERE key IN (SELECT key FROM deliverable WHERE ready_at <= :now ORDER BY may_lag, created_at, key LIMIT :limit)
AND status = 'waiting' AND (claimed_until IS NULL OR claimed_until <= :now)
RETURNING *,
  (SELECT d.thread FROM dialogs d WHERE d.id = outbox.dialog) AS parent_ts,
  (SELECT m.ts FROM messages m WHERE m.dialog = outbox.dialog AND m.slot = outbox.slot) AS message_ts
"""

# Replies in a thread that will never be, and edits of a message that will never be: nothing waiting can bring it.
_STRANDED = """
UPDATE outbox SET status = 'failed', error = 'nowhere_to_go', sent_at = :now
WHERE status = 'waiting' AND (
  (in_thread = 1 AND NOT EXISTS (SELECT 1 FROM dialogs d WHERE d.id = outbox.dialog AND d.thread IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.lane = outbox.lane AND p.status = 'waiting' AND p.kind = 'post'
                   AND p.slot = 'parent'))
  OR (kind = 'update' AND (dialog IS NOT NULL OR thread IS NULL)
   AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.dialog = outbox.dialog AND m.slot = outbox.slot)
   AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.lane = outbox.lane AND p.status = 'waiting' AND p.kind = 'post'
                   AND p.slot = outbox.slot)))
"""


def claim(sql: Sql, *, owner: str, now: dt.datetime, lease: dt.timedelta, limit: int) -> list[Delivery]:
    """Take rows that are due and that nobody else holds; posts before edits.

    Safe with several couriers: what one has taken is not due for another before the lease ends, and a courier that died
    needs nobody to clear up after it.
    """
    sql(_SUPERSEDE, now=moment(now))
    rows = sql(CLAIM, owner=owner, now=moment(now), until=moment(now + lease), limit=limit)
    if not rows:
        sql(_STRANDED, now=moment(now))
    rows.sort(key=lambda row: (row["kind"] in ("update", "upload"), row["created_at"], row["key"]))
    return [_delivery(row) for row in rows]


def _delivery(row: Row) -> Delivery:
    return Delivery(
        key=row["key"],
        workspace=row["workspace"],
        dialog=row["dialog"],
        channel=row["channel"],
        kind=row["kind"],
        slot=row["slot"],
        payload=json.loads(row["payload"]),
        thread_ts=row["parent_ts"] if row["in_thread"] else row["thread"],
        ts=(row["message_ts"] or row["thread"]) if row["kind"] == "update" else None,
        broadcast=bool(row["broadcast"]),
        attempts=row["attempts"],
        tried_at=dt.datetime.fromisoformat(row["tried_at"]) if row["tried_at"] else None,
    )


def tried(sql: Sql, key: str, now: dt.datetime, owner: str | None, lease: dt.timedelta | None) -> bool:
    """Note, before calling Slack, that it will be called; False: do not call, the row is not ours (any more).

    With an `owner` only its own claim counts, and a `lease` runs anew from now, so that it covers the whole call.
    """
    return bool(
        sql(
            "UPDATE outbox SET tried_at = :now, attempts = attempts + 1,"
            " claimed_until = COALESCE(:until, claimed_until)"
            " WHERE key = :key AND status = 'waiting' AND claimed_by = COALESCE(:owner, claimed_by) RETURNING key",
            now=moment(now),
            key=key,
            owner=owner,
            until=moment(now + lease) if lease is not None else None,
        )
    )


def sent(sql: Sql, key: str, ts: str | None, now: dt.datetime) -> None:
    """Note the outcome; learns where the message stands, and with the parent the assessment's thread."""
    rows = sql(
        "UPDATE outbox SET status = 'sent', sent_at = :now, ts = :ts, claimed_until = NULL, error = NULL"
        " WHERE key = :key"
        " RETURNING workspace, dialog, lane, slot, channel, kind",
        now=moment(now),
        ts=ts,
        key=key,
    )
    row = rows[0] if rows else None
    if row is None or ts is None or row["kind"] != "post" or row["dialog"] is None or row["slot"] is None:
        return
    sql(
        "INSERT INTO messages (workspace, dialog, slot, channel, ts) VALUES (:workspace, :dialog, :slot, :channel, :ts)"
        " ON CONFLICT (dialog, slot) DO UPDATE SET ts = excluded.ts, channel = excluded.channel",
        workspace=row["workspace"],
        dialog=row["dialog"],
        slot=row["slot"],
        channel=row["channel"],
        ts=ts,
    )
    sql(  # an edit older than the message in its slot is of the message that stood there before
        "UPDATE outbox SET status = 'superseded', sent_at = :now WHERE lane = :lane AND status = 'waiting'"
        " AND kind = 'update' AND slot = :slot AND key < :key",
        now=moment(now),
        lane=row["lane"],
        slot=row["slot"],
        key=key,
    )
    if row["slot"] == "parent":
        sql("UPDATE dialogs SET thread = :ts WHERE id = :dialog", ts=ts, dialog=row["dialog"])


def failed(sql: Sql, key: str, error: str, now: dt.datetime) -> None:
    """Give a row up. Edits of a message that never came, and replies in a thread that never came, go with it."""
    rows = sql(
        "UPDATE outbox SET status = 'failed', error = :error, sent_at = :now, claimed_until = NULL WHERE key = :key"
        " RETURNING dialog, lane, kind, slot",
        error=error,
        now=moment(now),
        key=key,
    )
    if not rows or rows[0]["kind"] not in ("post", "join") or rows[0]["dialog"] is None:
        return
    row = rows[0]
    whole = row["slot"] == "parent" or row["kind"] == "join"
    sql(
        "UPDATE outbox SET status = 'superseded', sent_at = :now WHERE lane = :lane AND status = 'waiting'"
        " AND kind <> 'direct' AND (:whole = 1 OR (kind = 'update' AND slot = :slot))",
        now=moment(now),
        lane=row["lane"],
        whole=int(whole),
        slot=row["slot"],
    )


def postpone(sql: Sql, key: str, until: dt.datetime, *, settled: bool, error: str | None = None) -> None:
    """Try again later. `settled`: it is known that nothing was posted, so the row is no longer doubtful.

    `error` is why, for the operator; without one the last reason stays.
    """
    sql(
        "UPDATE outbox SET not_before = :until, claimed_until = NULL, claimed_by = NULL,"
        " error = COALESCE(:error, error), tried_at = CASE WHEN :settled = 1 THEN NULL ELSE tried_at END"
        " WHERE key = :key AND status = 'waiting'",
        until=moment(until),
        settled=int(settled),
        error=error,
        key=key,
    )
