"""The store: one transaction a turn, the courier's short ones, and what the clock looks at."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from storage import forgetting, outbox
from storage.database import Database, Sql, UnknownDatabase, moment
from storage.outbox import Delivery
from storage.reports import Reading
from storage.sqlite import Sqlite
from storage.writing import Writing

T = TypeVar("T")
KEPT_DAYS = 7  # inbox keys and sent rows: far longer than Slack's last repetition, after five minutes


class Store:
    """Everything that is kept, behind one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def turn(self, work: Callable[[Writing], T]) -> T:
        """Run one turn in one transaction; answered after the commit."""
        return await self.database.transact(lambda sql: work(Writing(sql)))

    async def read(self, work: Callable[[Reading], T]) -> T:
        """Read without holding up the writer."""
        return await self.database.read(lambda sql: work(Reading(sql)))

    async def close(self) -> None:
        """Close the database."""
        await self.database.close()

    async def claim(self, owner: str, now: dt.datetime, lease: dt.timedelta, limit: int = 20) -> list[Delivery]:
        """Take due rows of the outbox for `lease`; `owner` names the courier."""
        return await self.database.transact(
            lambda sql: outbox.claim(sql, owner=owner, now=now, lease=lease, limit=limit)
        )

    async def tried(
        self, key: str, now: dt.datetime, *, owner: str | None = None, lease: dt.timedelta | None = None
    ) -> bool:
        """Note that Slack is about to be called, with the lease running anew; False: another courier has it, do not."""
        return await self.database.transact(lambda sql: outbox.tried(sql, key, now, owner, lease))

    async def sent(self, key: str, ts: str | None, now: dt.datetime) -> None:
        """Note that it is in Slack, and where."""
        await self.database.transact(lambda sql: outbox.sent(sql, key, ts, now))

    async def failed(self, key: str, error: str, now: dt.datetime) -> None:
        """Give it up."""
        await self.database.transact(lambda sql: outbox.failed(sql, key, error, now))

    async def postpone(self, key: str, until: dt.datetime, *, settled: bool, error: str | None = None) -> None:
        """Try again later; `error` says why."""
        await self.database.transact(lambda sql: outbox.postpone(sql, key, until, settled=settled, error=error))

    async def expire(self, now: dt.datetime, months: int | None) -> int:
        """Delete assessments that have been over for so many months (None: never); how many."""
        if months is None:
            return 0
        return await self.database.transact(lambda sql: forgetting.forget_old(sql, now, months))

    async def wipe(self) -> int:
        """Wipe out of the files what was deleted for good and may still lie there; how many deletions."""
        keys = await self.database.read(forgetting.to_wipe)
        if keys:
            await self.database.wipe()
            await self.database.transact(lambda sql: forgetting.wiped(sql, keys))
        return len(keys)

    async def purge(self, now: dt.datetime) -> None:
        """Forget inbox keys and settled outbox rows older than a week."""
        before = moment(now - dt.timedelta(days=KEPT_DAYS))

        def work(sql: Sql) -> None:
            sql("DELETE FROM inbox WHERE received_at < :before", before=before)
            sql("DELETE FROM outbox WHERE status <> 'waiting' AND sent_at < :before", before=before)
            sql("DELETE FROM erasures WHERE wiped = 1 AND erased_at < :before", before=before)

        await self.database.transact(work)


def open_store(url: str) -> Store:
    """Open, or make, the database at an address such as `sqlite:///maturity.db`, brought to the present version.

    UnknownDatabase for another kind of address; else a DatabaseProblem that says why it cannot be used.
    """
    path = url.removeprefix("sqlite:///")
    if path == url:
        raise UnknownDatabase(f"{url.split(':', 1)[0]!r} databases are not spoken; use sqlite:///FILE")
    if path in ("", ":memory:"):
        raise UnknownDatabase("a database needs a file, so that it outlives the bot; use sqlite:///FILE")
    return Store(Sqlite(Path(path)))
