"""Keeping house: old rows go every hour, what is older than it may be goes for good, what was deleted is wiped out."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from storage.database import DatabaseProblem
from storage.store import Store

logger = logging.getLogger(__name__)
EVERY_SECONDS = 3600.0


@dataclass
class Housekeeper:
    """Tidies up, off the path of events. `now` gives aware UTC time; without `months` every assessment is kept."""

    store: Store
    now: Callable[[], dt.datetime]
    months: int | None = None
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _busy: bool = False

    def wake(self) -> None:
        """Something was deleted for good."""
        self._wake.set()

    @property
    def idle(self) -> bool:
        """Whether nothing is left to be wiped out at once."""
        return not self._busy and not self._wake.is_set()

    async def run(self) -> None:
        """Tidy up every hour, and whenever something was deleted, until cancelled."""
        while True:
            self._busy = True
            self._wake.clear()
            await self.tidy()
            self._busy = False
            try:
                await asyncio.wait_for(self._wake.wait(), EVERY_SECONDS)
            except TimeoutError:
                continue

    async def tidy(self) -> None:
        """Do all of it once; what cannot be done now is done in an hour."""
        try:
            await self.store.purge(self.now())
            gone = await self.store.expire(self.now(), self.months)
            if gone:
                logger.info("deleted %d assessments that had been over for %s months", gone, self.months)
            await self.store.wipe()
        except DatabaseProblem as problem:
            logger.warning("old rows stay another hour: %s", problem)
