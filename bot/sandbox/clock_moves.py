"""The workspace's time as people see it, and moving it forward so that they need not wait for months."""

from collections.abc import Callable

from bot.sandbox.activity import Activity
from bot.sandbox.errors import ActRefused
from bot.sandbox.page_feed import Feed
from bot.sandbox.payload import Payload
from bot.sandbox.timestamps import Clock

Forward = Callable[[float], None]
"""Moves the clock forward by seconds; once it has returned, the workspace's clock gives the later time."""

DAY = 86_400.0  # seconds
MOST = 5 * 366 * DAY  # seconds in one move: five years, however many of them are leap years
END = 4_102_444_800.0  # the year 2100 begins: long before timestamps would need an eleventh digit


class ClockMoves:
    """Passes moves on to `forward`, the clock's owner, and tells the pages; None: the clock cannot be moved."""

    def __init__(self, clock: Clock, forward: Forward | None, feed: Feed, activity: Activity) -> None:
        self._clock = clock
        self._forward = forward
        self._feed = feed
        self._activity = activity

    def shown(self) -> Payload:
        """Give the time (`now`, seconds since 1970) and whether people may move it on (`movable`)."""
        return {"now": self._clock(), "movable": self._forward is not None}

    def forward(self, seconds: object) -> None:
        """Move the clock forward and tell all pages; raises ActRefused."""
        if self._forward is None:
            raise ActRefused("The clock of this workspace cannot be moved: it shows the real time.")
        self._forward(self._checked(seconds))
        self._feed.clock(self.shown())
        self._activity.ring()

    def _checked(self, seconds: object) -> float:
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= MOST:
            raise ActRefused(
                "The clock moves forward by a number of seconds above 0 and by at most 5 years at once, "
                "such as 86400 for one day."
            )
        if self._clock() + seconds >= END:
            raise ActRefused("The clock of this workspace ends with the year 2099; choose an earlier time.")
        return float(seconds)
