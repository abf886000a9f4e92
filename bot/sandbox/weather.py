"""Bad weather on request: the workspace throttles, breaks down, drops, delays, refuses, disconnects or goes away.

Everything is for the next calls of a method (`*`: of any), a number of times; a call that nothing is said of goes as
ever. What `before_call` and `before_reply` do comes on top.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.sandbox.errors import ApiError, BrokenDown, DropConnection, Throttled
from bot.sandbox.payload import Payload
from bot.sandbox.socket_mode import Farewell, Link
from bot.sandbox.throttle import Throttle
from bot.sandbox.timestamps import Clock

ANY = "*"
Wait = Callable[[float], Awaitable[object]]


@dataclass
class _Spell:
    """What the next `left` calls of a method meet, before or after they take effect."""

    method: str
    left: int
    trouble: Callable[[], Exception]
    after: bool = False


class Weather:
    """What a workspace is made to do. `wait` lets seconds pass: really, unless a test owns the time.

    `throttled` counts the calls that were answered with HTTP 429; `away` tells whether an outage is on.
    """

    def __init__(self, clock: Clock, link: Link, wait: Wait = asyncio.sleep) -> None:
        self.wait = wait
        self.throttled = 0
        self.away = False
        self._clock = clock
        self._link = link
        self._limits: Throttle | None = None
        self._latency: dict[str, float] = {}
        self._spells: list[_Spell] = []

    def storm(self, method: str = ANY, times: int = 1, retry_after: int = 30) -> None:
        """Answer the next calls with HTTP 429 and ask to wait so many seconds."""
        self._spells.append(_Spell(method, times, lambda: Throttled(retry_after)))

    def throttle(self, *, on: bool = True) -> None:
        """Hold the app to Slack's limits from now on; the counts begin anew."""
        self._limits = Throttle(self._clock) if on else None

    def break_down(self, method: str = ANY, times: int = 1) -> None:
        """Answer the next calls with HTTP 500; they take no effect."""
        self._spells.append(_Spell(method, times, BrokenDown))

    def drop(self, method: str = ANY, times: int = 1, *, after: bool = True) -> None:
        """Drop the connection of the next calls, after they took effect or before."""
        self._spells.append(_Spell(method, times, DropConnection, after))

    def refuse(self, method: str, error: str, times: int = 1, **extra: object) -> None:
        """Refuse the next calls with Slack's word for it; `extra` are further fields, such as `needed`."""
        self._spells.append(_Spell(method, times, lambda: ApiError(error, **extra)))

    def slow(self, seconds: float, method: str = ANY) -> None:
        """Let every call take so many seconds before it takes effect; 0 ends it."""
        self._latency[method] = seconds

    def clear(self) -> None:
        """Let the sun shine: no limits, no delays, no trouble to come. An outage stays until `back`."""
        self._limits = None
        self._latency.clear()
        self._spells.clear()

    @property
    def to_come(self) -> int:
        """How many calls are still to meet what was ordered for them."""
        return sum(spell.left for spell in self._spells)

    async def disconnect(self, reason: Farewell) -> None:
        """Tell the app's sockets that they will be closed, as Slack does every few hours."""
        await self._link.disconnect(reason)

    async def outage(self) -> None:
        """Go away: sockets break, and every request ends without an answer or an effect."""
        self.away = True
        self._link.void_tickets()
        await self._link.close()

    def back(self) -> None:
        """End an outage."""
        self.away = False

    async def before(self, method: str, args: Payload) -> None:
        """Let a call meet the weather before it is looked at; raises ApiError or DropConnection."""
        if seconds := self._latency.get(method, self._latency.get(ANY, 0.0)):
            await self.wait(seconds)
        if (spell := self._next(method, after=False)) is not None:
            raise self._counted(spell.trouble())
        if self._limits is not None and (wait := self._limits.wait(method, args)):
            raise self._counted(Throttled(wait))

    def after(self, method: str) -> None:
        """Let a call that took effect meet the weather; raises DropConnection."""
        if (spell := self._next(method, after=True)) is not None:
            raise spell.trouble()

    def _counted(self, trouble: Exception) -> Exception:
        self.throttled += isinstance(trouble, Throttled)
        return trouble

    def _next(self, method: str, *, after: bool) -> _Spell | None:
        for spell in self._spells:
            if spell.left > 0 and spell.after == after and spell.method in (method, ANY):
                spell.left -= 1
                return spell
        return None
