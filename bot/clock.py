"""The one loop that looks what has come due, and lets it happen through the one door.

Any number of processes may run it: each due date is an event with a key of its own, so it takes effect once. Dates are
looked at again and again rather than slept for, so a clock that jumps, or a machine that sleeps, loses none.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.people import People
from dialogs.events import NudgeDue, Person, ReminderDue
from storage.database import DatabaseProblem
from storage.failpoints import reach
from storage.reminders import DueRow
from storage.store import Store

logger = logging.getLogger(__name__)
LOOK_SECONDS = 15.0  # between two looks at the latest; a look that finds nothing takes microseconds
PAGE = 100  # due rows read at once
TOGETHER = 10  # look-ups at Slack side by side


@dataclass
class Clock:
    """Hands due reminders and nudges to `handle`. `now` gives aware UTC time.

    While `halted` says why Slack takes nothing from us, nothing comes due: it waits, and comes once, late.
    """

    store: Store
    people: People
    handle: Callable[[ReminderDue | NudgeDue], Awaitable[object]]
    now: Callable[[], dt.datetime]
    halted: Callable[[], str | None]
    look_seconds: float = LOOK_SECONDS
    _together: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(TOGETHER))

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.tick()
                seconds = await self._rest()
            except DatabaseProblem as problem:  # busy or full: what is due stays due
                logger.error("reminders cannot be looked at now, trying again: %s", problem)  # noqa: TRY400 - no traceback
                seconds = self.look_seconds
            await asyncio.sleep(seconds)

    async def _rest(self) -> float:
        """Seconds until the next look: to the next date where that is near. What is due still has failed just now."""
        soon = await self.store.read(lambda reading: reading.next_moment())
        ahead = (soon - self.now()).total_seconds() if soon is not None else self.look_seconds
        return min(self.look_seconds, ahead) if ahead > 0 else self.look_seconds

    async def tick(self) -> int:
        """Let everything happen that has come due by now; how many rows that were."""
        if self.halted():
            return 0
        now, last, count = self.now(), None, 0
        while True:
            page = await self._page(now, last)
            await asyncio.gather(*(self._one(row, now) for row in page))
            count += len(page)
            if len(page) < PAGE:
                return count
            last = page[-1]

    async def _page(self, now: dt.datetime, last: DueRow | None) -> list[DueRow]:
        return await self.store.read(lambda reading: reading.due(now, last, PAGE))

    async def _one(self, row: DueRow, now: dt.datetime) -> None:
        try:
            async with self._together:
                event = await self._event(row, now)
            reach("due-row-found")
            await self.handle(event)
            reach("due-row-handled")
        except DatabaseProblem:
            raise
        except Exception:  # one row must not keep all others waiting; it stays due, and is tried again
            logger.exception("a %s that is due could not be handled now", row.kind)

    async def _event(self, row: DueRow, now: dt.datetime) -> ReminderDue | NudgeDue:
        """What is due as an event, with what Slack says today about its owner and its channel."""
        zone = await self.people.zone_of(row.owner)
        person = Person(row.owner, "", zone=zone)
        key = f"{row.kind}:{row.id}:{row.due.isoformat()}:{row.version}"
        if row.kind == "nudge":
            return NudgeDue(
                key=key, workspace=row.workspace, channel=row.channel, person=person, at=now, dialog=row.id, due=row.due
            )
        return ReminderDue(
            key=key,
            workspace=row.workspace,
            channel=row.channel,
            person=person,
            at=now,
            reminder=row.id,
            due=row.due,
            alone=await self.people.alone_in(row.channel),
        )
