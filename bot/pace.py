"""How fast Slack may be called: posts per channel, the rest per workspace, and the waits that Slack itself asks for."""

from collections.abc import Callable
from dataclasses import dataclass, field

POSTS_PER_SECOND, POST_BURST = 1.0, 4  # chat.postMessage: one a second and channel, short bursts allowed
# The others' limits are per method and minute, so what comes at once and what follows in a minute count together.
TIER_3_PER_SECOND, TIER_3_BURST = 40 / 60, 9  # edits, looks and joins: below 50 in any minute
GRACE_SECONDS = 2.0  # how late a turn may be taken; later it is lost, so that late ones do not come all at once


@dataclass
class _Queue:
    """The turns of one method, or of one channel's posts. `full_at` is when the turns given away so far are over."""

    rate: float
    burst: int
    full_at: float = 0.0
    turns: dict[str, float] = field(default_factory=dict)

    def turn(self, who: str, now: float) -> float:
        """When it is this one's turn: now or before, or later, and then the turn is kept for it."""
        turn = self.turns.pop(who, None)
        if turn is None or turn < now - GRACE_SECONDS:
            turn = max(now, self.full_at - (self.burst - 1) / self.rate)
            self.full_at = max(now, self.full_at) + 1 / self.rate
        if turn > now:
            self.turns[who] = turn
        elif now > self.full_at:
            self.turns.clear()  # of those who never came back
        return turn


@dataclass
class Pace:
    """Tells how long to wait before a call; `monotonic` gives seconds."""

    monotonic: Callable[[], float]
    _queues: dict[tuple[str, str], _Queue] = field(default_factory=dict)
    _until: dict[tuple[str, str], float] = field(default_factory=dict)

    def wait(self, method: str, channel: str, who: str) -> float:
        """Seconds until this call may be made; 0 takes the turn at once. `who` is called again after the wait."""
        key = self._key(method, channel)
        now = self.monotonic()
        if (until := self._until.get(key, 0.0)) > now:
            return until - now
        return max(0.0, self._queue(method, key).turn(who, now) - now)

    def hold(self, method: str, channel: str, seconds: float) -> None:
        """Slack asked to wait (Retry-After)."""
        self._until[self._key(method, channel)] = self.monotonic() + seconds

    def _key(self, method: str, channel: str) -> tuple[str, str]:
        return (method, channel if method == "chat.postMessage" else "")

    def _queue(self, method: str, key: tuple[str, str]) -> _Queue:
        post = method == "chat.postMessage"
        rate, burst = (POSTS_PER_SECOND, POST_BURST) if post else (TIER_3_PER_SECOND, TIER_3_BURST)
        return self._queues.setdefault(key, _Queue(rate, burst))
