"""Knows when something changed and whether anything is still under way."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Activity:
    """A bell that rings on every change, and a count of what is in flight."""

    def __init__(self) -> None:
        self.in_flight = 0
        self._bell: asyncio.Future[None] | None = None

    def ring(self) -> None:
        """Wake everybody who waits for a change."""
        bell, self._bell = self._bell, None
        if bell is not None and not bell.done():
            bell.set_result(None)

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Count the enclosed work as in flight."""
        self.in_flight += 1
        try:
            yield
        finally:
            self.in_flight -= 1
            self.ring()

    async def until(self, condition: Callable[[], object], limit: float | None) -> None:
        """Wait until the condition holds, looking again after every change.

        `limit` is in seconds, None for no limit; raises TimeoutError once it has passed.
        """
        async with asyncio.timeout(limit):
            while not condition():
                if self._bell is None or self._bell.done():
                    self._bell = asyncio.get_running_loop().create_future()
                # Shielded: one waiter that gives up must not silence the bell for the others.
                await asyncio.shield(self._bell)

    async def quiet(self, limit: float) -> None:
        """Wait until nothing is in flight, not even after everything already scheduled has run."""
        async with asyncio.timeout(limit):
            while True:
                await self.until(lambda: self.in_flight == 0, None)
                for _ in range(5):
                    await asyncio.sleep(0)
                if self.in_flight == 0:
                    return
