"""Sharing a completed file: a moment after the answer, as in Slack, the message with it stands in the channel."""

import asyncio
from collections.abc import Callable

from bot.sandbox.activity import Activity

MOMENT = 0.02  # seconds between the answer and the message


class Sharing:
    """Does things a moment later; counts as under way until then."""

    def __init__(self, activity: Activity) -> None:
        self._activity = activity
        self._waiting: list[Callable[[], None]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def soon(self, share: Callable[[], None]) -> None:
        """Share a moment from now."""
        self._waiting.append(share)
        task = asyncio.create_task(self._later(share))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Share at once what still waits: nothing that was completed gets lost."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for share in list(self._waiting):
            self._now(share)

    async def _later(self, share: Callable[[], None]) -> None:
        with self._activity.busy():
            await asyncio.sleep(MOMENT)
            self._now(share)

    def _now(self, share: Callable[[], None]) -> None:
        self._waiting.remove(share)
        share()
