"""Pictures for the bot: drawn in one process of their own, so that the bot stays small and its loop free.

The process starts with the first picture, draws one at a time, and is given up after some idle minutes, so that its
memory (some 80 MB) goes back. If it dies, a new one takes the picture over, once.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from typing import Literal, Protocol

from bot.chart_data import Heatmap, Radar, Trend

logger = logging.getLogger(__name__)
IDLE_SECONDS = 300.0  # after the last picture until the process is given up
LIMIT_SECONDS = 60.0  # for one picture, a cold start included; 1 second is usual then, a tenth later
_WAY_OUT = "the report's text says every number; ask for the report again to have it drawn anew"


class ChartFailed(Exception):  # noqa: N818 - a situation, told as one
    """A picture could not be drawn. The report goes without it."""


class _LostError(Exception):
    """The process has died, hangs, or could not be started."""


class Timer(Protocol):
    """Something that will happen, and can be called off."""

    def cancel(self) -> None:
        """Call it off."""


def on_loop(seconds: float, what: Callable[[], None]) -> Timer:
    """Let something happen on the running loop after some seconds."""
    return asyncio.get_running_loop().call_later(seconds, what)


class _Worker:
    """One drawing process and the way to it. Starting and ending block, so both happen in a thread."""

    def __init__(self) -> None:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        from bot.chart_worker import begin

        self._pool = ProcessPoolExecutor(1, get_context("spawn"), begin)
        try:
            self.process = self._pool.submit(os.getpid).result(LIMIT_SECONDS)
        except (RuntimeError, OSError, TimeoutError) as error:
            self._pool.shutdown(wait=False, cancel_futures=True)
            raise _LostError from error

    async def draw(self, chart: Radar | Heatmap | Trend, kind: Literal["png", "svg"]) -> bytes:
        """Draw; `_LostError` where the process is no more, or does not come back in time."""
        from concurrent.futures.process import BrokenProcessPool

        from bot.chart_worker import drawn

        try:
            drawing = self._pool.submit(drawn, chart, kind)
        except RuntimeError as error:  # it broke, or was given up, before this picture came
            raise _LostError from error
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                return await asyncio.wrap_future(drawing)
        except BrokenProcessPool as error:
            raise _LostError from error
        except TimeoutError as error:
            os.kill(self.process, signal.SIGKILL)
            raise _LostError from error

    def end(self) -> None:
        """End the process, and wait until it is gone."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class Charts:
    """Draws pictures. `later` lets something happen after some seconds; the loop does unless told otherwise."""

    def __init__(self, later: Callable[[float, Callable[[], None]], Timer] = on_loop) -> None:
        self._later = later
        self._worker: _Worker | None = None
        self._starting = asyncio.Lock()
        self._drawing = 0
        self._rest: Timer | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False

    @property
    def process(self) -> int | None:
        """The id of the drawing process; None while there is none."""
        return self._worker.process if self._worker else None

    async def draw(self, chart: Radar | Heatmap | Trend, kind: Literal["png", "svg"] = "png") -> bytes:
        """The picture as a file's content; ChartFailed where it cannot be drawn."""
        if self._rest:
            self._rest.cancel()
            self._rest = None
        self._drawing += 1
        try:
            return await self._drawn(chart, kind)
        finally:
            self._drawing -= 1
            if not self._drawing and self._worker and not self._closed:
                self._rest = self._later(IDLE_SECONDS, self._give_up)

    async def _drawn(self, chart: Radar | Heatmap | Trend, kind: Literal["png", "svg"]) -> bytes:
        worker: _Worker | None = None
        for _ in range(2):  # a second process for a picture whose first one was lost
            try:
                worker = await self._ready()
                return await worker.draw(chart, kind)
            except _LostError:
                if worker:
                    self._give_up(worker)
                logger.warning("the process that draws pictures was lost while drawing a %s", chart.kind)
            except ChartFailed:
                raise
            except Exception as error:
                raise ChartFailed(f"the {chart.kind} could not be drawn ({error}); {_WAY_OUT}") from error
        raise ChartFailed(f"the process that draws pictures died twice while drawing the {chart.kind}; {_WAY_OUT}")

    async def _ready(self) -> _Worker:
        """The process as it is, or a new one."""
        async with self._starting:
            if self._closed:
                raise ChartFailed(f"the bot is stopping; {_WAY_OUT}")
            if self._worker is None:
                self._worker = await asyncio.to_thread(_Worker)
            return self._worker

    def _give_up(self, lost: _Worker | None = None) -> None:
        """Let the process end, and its memory go back; where one is named, only if no other has followed it."""
        ending = self._worker
        if ending is None or lost not in (None, ending):
            return
        self._worker = None
        task = asyncio.create_task(asyncio.to_thread(ending.end))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def close(self) -> None:
        """End the process; what is being drawn is waited for, what comes later fails."""
        self._closed = True
        if self._rest:
            self._rest.cancel()
        async with self._starting:
            self._give_up()
        await asyncio.gather(*self._ending)
