"""`maturity-bot status` and `maturity-bot outbox`: what the bot owes Slack, what is stuck, and what to do about it."""

import datetime as dt
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

from bot.web import LOCKED_OUT
from storage import by_hand
from storage.database import Row, Sql
from storage.store import Store, open_store

T = TypeVar("T")
STUCK_AFTER = dt.timedelta(minutes=15)  # what waits longer is stuck
STUCK_TRIES = 5  # so is what was tried more often than this
SHOWN_DAYS = 7  # given-up messages are shown, and kept, for a week


class OutboxProblem(Exception):  # noqa: N818 - a situation, told in one line
    """What was asked for cannot be done; the text says why."""


async def read_status(database_url: str, now: dt.datetime) -> dict[str, Any]:
    """What is owed as of now; DatabaseProblem where the database cannot be used."""

    async def look(store: Store) -> dict[str, Any]:
        waiting = await store.database.read(by_hand.waiting)
        since = now - dt.timedelta(days=SHOWN_DAYS)
        given_up = await store.database.read(lambda sql: by_hand.given_up(sql, since))
        return _status([_row(row, now) for row in waiting], [_row(row, now) for row in given_up])

    return await _with(database_url, look)


def _status(waiting: list[dict[str, Any]], given_up: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "locked_out": next((row["error"] for row in waiting if row["error"] in LOCKED_OUT), None),
        "waiting": len(waiting),
        "oldest_seconds": max((row["age_seconds"] for row in waiting), default=None),
        "by_kind": dict(Counter(row["kind"] for row in waiting).most_common()),
        "by_channel": dict(Counter(row["channel"] for row in waiting).most_common()),
        "stuck": [
            row for row in waiting if row["age_seconds"] > STUCK_AFTER.total_seconds() or row["attempts"] > STUCK_TRIES
        ],
        "given_up": given_up,
    }


def _row(row: Row, now: dt.datetime) -> dict[str, Any]:
    shown = ("key", "workspace", "dialog", "channel", "kind", "slot", "attempts", "error", "behind")
    since = dt.datetime.fromisoformat(row["ended_at"])
    return {name: row[name] for name in shown} | {
        "since": row["ended_at"],
        "age_seconds": max(0, round((now - since).total_seconds())),
    }


def as_lines(status: dict[str, Any]) -> Iterator[str]:
    """Say it, a line each."""
    if status["locked_out"]:
        yield (
            f"Slack refuses the bot's token ({status['locked_out']}), so nothing is sent: "
            "run `maturity-bot doctor`, then restart the bot."
        )
    if not status["waiting"]:
        yield "Nothing is owed to Slack."
    else:
        kinds = ", ".join(f"{count} {kind}" for kind, count in status["by_kind"].items())
        yield f"{status['waiting']} waiting ({kinds}), the oldest for {_age(status['oldest_seconds'])}."
        yield from (f"  {channel}: {count}" for channel, count in status["by_channel"].items())
    if status["stuck"]:
        yield f"{len(status['stuck'])} stuck; try one again, or drop it, with `maturity-bot outbox`:"
        yield from (_line(row) for row in status["stuck"])
    if status["given_up"]:
        yield f"{len(status['given_up'])} given up in the last {SHOWN_DAYS} days:"
        yield from (_line(row) for row in status["given_up"])


def _line(row: dict[str, Any]) -> str:
    why = row["error"] or (f"behind {row['behind']}" if row["behind"] else "not tried yet")
    times = f", tried {row['attempts']} times" if row["attempts"] > 1 else ""
    return f"  {row['key']}  {row['kind']} in {row['channel']}: {why}{times}, for {_age(row['age_seconds'])}"


def _age(seconds: int) -> str:
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            count = seconds // length
            return f"{count} {unit}{'s' if count != 1 else ''}"
    return f"{seconds} second{'s' if seconds != 1 else ''}"


# By hand --------------------------------------------------------------------------------------------------------------


async def retry(database_url: str, key: str | None, now: dt.datetime) -> str:
    """Let one message, or with None all that wait, be tried at once; what was done, or OutboxProblem."""

    async def work(store: Store) -> str:
        if key is None:
            count = await store.database.transact(lambda sql: by_hand.retry_all(sql, now))
            return f"{count} will be tried again, each in its order; a running bot does so within a minute."
        await store.database.transact(lambda sql: _must_be_there(sql, key))
        if not await store.database.transact(lambda sql: by_hand.retry(sql, key, now)):
            raise OutboxProblem(f"{key} is outdated: something newer stands in its place, so it stays as it is")
        return f"{key} will be tried again; a running bot does so within a minute."

    return await _with(database_url, work)


async def drop(database_url: str, key: str, now: dt.datetime) -> str:
    """Give one message up; what was done, or OutboxProblem."""

    async def work(store: Store) -> str:
        row = await store.database.transact(lambda sql: _must_be_there(sql, key))
        done = await store.database.transact(lambda sql: by_hand.drop(sql, key, now))
        if done is None:
            raise OutboxProblem(f"{key} was given up already ({row['error']}), so there is nothing to drop")
        told = [f"{key} is dropped: this {row['kind']} in {row['channel']} will not be sent."]
        if done.along:
            told.append(f"{done.along} that cannot be without it went along.")
        if done.behind:
            told.append(f"{done.behind} that waited behind it can go on.")
        return " ".join(told)

    return await _with(database_url, work)


def _must_be_there(sql: Sql, key: str) -> Row:
    row = by_hand.found(sql, key)
    if row is None:
        raise OutboxProblem(f"{key}: no message has this key; `maturity-bot status` lists the keys")
    if row["status"] not in ("waiting", "failed"):
        ended = "was sent" if row["status"] == "sent" else "was replaced by a newer one"
        raise OutboxProblem(f"{key} {ended} on {row['ended_at'][:16]} UTC, so there is nothing to do")
    return row


async def _with(database_url: str, work: Callable[[Store], Awaitable[T]]) -> T:
    store = open_store(database_url)
    try:
        return await work(store)
    finally:
        await store.close()
