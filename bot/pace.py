"""How fast Slack may be called: posts per channel, edits per workspace, and the waits that Slack itself asks for."""

from collections.abc import Callable
from dataclasses import dataclass, field

POSTS_PER_SECOND, POST_BURST = 1.0, 4.0  # chat.postMessage: one a second and channel, short bursts allowed
EDITS_PER_SECOND, EDIT_BURST = 50 / 60, 10.0  # chat.update: tier 3, about 50 a minute and workspace
OTHERS_PER_SECOND, OTHER_BURST = 20 / 60, 5.0  # the rest we call is rare: tier 2 is the lowest of them


@dataclass
class _Bucket:
    rate: float
    burst: float
    level: float
    at: float


@dataclass
class Pace:
    """Tells how long to wait before a call; `monotonic` gives seconds."""

    monotonic: Callable[[], float]
    _buckets: dict[tuple[str, str], _Bucket] = field(default_factory=dict)
    _until: dict[tuple[str, str], float] = field(default_factory=dict)

    def wait(self, method: str, channel: str) -> float:
        """Seconds until this call may be made; 0 takes the turn at once."""
        key = self._key(method, channel)
        now = self.monotonic()
        if (until := self._until.get(key, 0.0)) > now:
            return until - now
        bucket = self._bucket(method, key, now)
        bucket.level = min(bucket.burst, bucket.level + (now - bucket.at) * bucket.rate)
        bucket.at = now
        if bucket.level >= 1.0:
            bucket.level -= 1.0
            return 0.0
        return (1.0 - bucket.level) / bucket.rate

    def hold(self, method: str, channel: str, seconds: float) -> None:
        """Slack asked to wait (Retry-After)."""
        self._until[self._key(method, channel)] = self.monotonic() + seconds

    def _key(self, method: str, channel: str) -> tuple[str, str]:
        return (method, channel if method == "chat.postMessage" else "")

    def _bucket(self, method: str, key: tuple[str, str], now: float) -> _Bucket:
        rate, burst = {
            "chat.postMessage": (POSTS_PER_SECOND, POST_BURST),
            "chat.update": (EDITS_PER_SECOND, EDIT_BURST),
        }.get(method, (OTHERS_PER_SECOND, OTHER_BURST))
        return self._buckets.setdefault(key, _Bucket(rate, burst, burst, now))
