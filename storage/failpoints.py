"""Places between receiving an event and noting a message as sent where a test can kill the process, like a power cut.

They do nothing unless the bot was armed at its start, which happens for the local workspace alone and only where the
variable MATURITY_BOT_FAILPOINT says `NAME:N`: then the process kills itself when it reaches that place the N-th time.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, get_args

VARIABLE = "MATURITY_BOT_FAILPOINT"

Point = Literal[
    "payload-received",
    "event-read",
    "before-transaction",
    "inbox-key-written",
    "state-saved",
    "outbox-rows-written",
    "before-commit",
    "after-commit",
    "before-acknowledgement",
    "row-claimed",
    "files-sent",
    "before-try-noted",
    "before-call",
    "call-answered",
    "outcome-noted",
    "due-row-found",
    "due-row-handled",
]
POINTS: tuple[Point, ...] = get_args(Point)
Listener = Callable[[Point], None]


class NoSuchPoint(Exception):  # noqa: N818 - a situation
    """The variable names no place where the bot can be killed."""


class _Hook:
    """Who hears of every place that is reached; nobody in production."""

    listener: Listener | None = None


_hook = _Hook()


def reach(point: Point) -> None:
    """Tell that a place is reached; costs a look at one attribute where nobody listens."""
    if _hook.listener is not None:
        _hook.listener(point)


def armed() -> bool:
    """Whether somebody listens."""
    return _hook.listener is not None


@contextmanager
def heard_by(listener: Listener | None) -> Iterator[None]:
    """Let `listener` hear of every place that is reached within the block."""
    before, _hook.listener = _hook.listener, listener
    try:
        yield
    finally:
        _hook.listener = before


def arm(order: str) -> None:
    """Kill this process when it reaches a place for the N-th time, counted from 1; `order` is `NAME:N`."""
    name, _, number = order.partition(":")
    if name not in POINTS or not number.isdecimal() or int(number) < 1:
        raise NoSuchPoint(f"{VARIABLE} must be NAME:N, N from 1, NAME one of {', '.join(POINTS)}; not {order!r}")
    reached = 0

    def kill(point: Point) -> None:
        nonlocal reached
        reached += point == name
        if reached >= int(number):
            signal.raise_signal(signal.SIGKILL)

    _hook.listener = kill
