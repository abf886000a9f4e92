"""What the bot has on disk, read as another process reads it."""

import asyncio
import datetime as dt
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

LOOK_SECONDS = 0.05  # another process's file rings no bell
PATIENCE_SECONDS = 120.0  # a safety net for slow machines, never a measure


class Disk:
    """The database in a folder; before the bot has made it, it reads as empty."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "maturity.db"

    def rows(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        """Read; nothing while there is no such file or table yet."""
        try:
            with closing(sqlite3.connect(f"{self._file.as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
                return connection.execute(sql, values).fetchall()
        except sqlite3.OperationalError:
            return []

    def knows(self, ts: str) -> bool:
        """Whether the bot has noted that a message of its own stands there."""
        return bool(self.rows("SELECT 1 FROM messages WHERE ts = ?", ts))

    def owes(self) -> list[tuple[Any, ...]]:
        """What is not sent yet, or was given up."""
        return self.rows("SELECT key, status FROM outbox WHERE status IN ('waiting', 'failed')")

    def due(self) -> list[dt.datetime]:
        """When reminders are due."""
        dates = self.rows("SELECT due_at FROM reminders WHERE due_at IS NOT NULL ORDER BY due_at")
        return [dt.datetime.fromisoformat(date) for (date,) in dates]

    def kept(self, channel: str) -> list[str]:
        """What was said in a channel, a line each: answers, facts, results and reminders, without their times."""
        answers = self.rows(
            "SELECT 'answer', a.subject, practice, choice, note, person_name FROM answers a"
            " JOIN dialogs d ON d.id = a.dialog WHERE d.channel = ? ORDER BY a.turn, place",
            channel,
        )
        facts = self.rows(
            "SELECT 'fact', f.subject, fact, value, person_name FROM facts f"
            " JOIN dialogs d ON d.id = f.dialog WHERE d.channel = ? ORDER BY f.turn, place",
            channel,
        )
        results = self.rows("SELECT 'result', result FROM results WHERE channel = ? ORDER BY finished_at", channel)
        reminders = self.rows("SELECT 'reminder', subject_key, owner FROM reminders WHERE channel = ?", channel)
        told = [(kind, json.dumps(_timeless(json.loads(result)), sort_keys=True)) for kind, result in results]
        return [" | ".join(str(each) for each in row) for row in (*answers, *facts, *told, *reminders)]


def _timeless(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _timeless(value) for key, value in part.items() if key != "at"}
    return part


async def until_on_disk(condition: Callable[[], object], limit: float = PATIENCE_SECONDS) -> None:
    """Wait until another process has made the condition true; TimeoutError after `limit` seconds."""
    async with asyncio.timeout(limit):
        while not condition():  # noqa: ASYNC110 - nobody in this process could set an event
            await asyncio.sleep(LOOK_SECONDS)
