"""Slack's rate limits, as far as Slack publishes them: per method and minute, and per channel for posts."""

import math
from collections import deque

from bot.sandbox.contracts import METHODS
from bot.sandbox.payload import Payload
from bot.sandbox.timestamps import Clock

MINUTE = 60.0  # seconds
PER_MINUTE = {"Tier 1": 1, "Tier 2": 20, "Tier 3": 50, "Tier 4": 100}  # calls of one method in any minute
POSTS = "chat.postMessage"
POST_BURST = 5.0  # Slack says "one a second and channel, short bursts allowed" and not how short


class Throttle:
    """Counts calls; `clock` gives seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}
        self._posts: dict[str, tuple[float, float]] = {}  # per channel: how many are left, and as of when

    def wait(self, method: str, args: Payload) -> int:
        """Whole seconds until this call would be taken; 0 takes it."""
        if method == POSTS:
            return self._wait_to_post(str(args.get("channel", "")))
        known = METHODS.get(method)
        limit = PER_MINUTE.get(known.tier) if known else None
        if limit is None:
            return 0
        now, calls = self._clock(), self._calls.setdefault(method, deque())
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        if len(calls) >= limit:
            return math.ceil(calls[0] + MINUTE - now)
        calls.append(now)
        return 0

    def _wait_to_post(self, channel: str) -> int:
        now = self._clock()
        left, at = self._posts.get(channel, (POST_BURST, now))
        left = min(POST_BURST, left + now - at)
        taken = left >= 1.0
        self._posts[channel] = (left - taken, now)
        return 0 if taken else math.ceil(1.0 - left)
