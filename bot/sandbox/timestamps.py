"""Message timestamps: Slack's ids of messages, strictly increasing."""

import re
import secrets
from collections.abc import Callable

Clock = Callable[[], float]
"""Seconds since 1970, like `time.time`."""

_MICRO = 1_000_000
_STEP = 100
_TS = re.compile(r"\d{10}\.\d{6}\Z")


class Timestamps:
    """Hands out timestamps such as `1764000000.000100` that never repeat, even if the clock stands still."""

    def __init__(self, clock: Clock, last: str = "0000000000.000000") -> None:
        self.clock = clock
        self._last = micros(last)

    @property
    def last(self) -> str:
        """The youngest timestamp given so far."""
        return _written(self._last)

    def next(self) -> str:
        """Give a timestamp later than all before."""
        self._last = max(round(self.clock() * _MICRO), self._last + _STEP)
        return _written(self._last)


def micros(ts: str) -> int:
    """Turn a timestamp into microseconds; raises ValueError for anything else."""
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * _MICRO + int((fraction + "000000")[:6])


def is_ts(value: object) -> bool:
    """Tell whether the value looks like a message timestamp."""
    return isinstance(value, str) and _TS.match(value) is not None


def fresh_id(prefix: str) -> str:
    """Give an id that no earlier run of this workspace has used: apps remember such ids."""
    return prefix + secrets.token_hex(5).upper()


def _written(count: int) -> str:
    return f"{count // _MICRO:010d}.{count % _MICRO:06d}"
