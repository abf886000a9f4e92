"""A post that was tried, with nobody knowing the outcome: look for it in Slack before it is repeated.

Looks keep to Slack's pace like everything else: after an hour without Slack there may be many of them. A look that is
refused, or throttled, is tried again for a minute; then the message is posted all the same, perhaps twice, which is
counted and logged. While Slack cannot be reached at all, or refuses our token, nothing is posted blindly.
"""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.pace import Pace
from bot.uploads import is_there
from bot.web import NO_ANSWER, TIMEOUT_SECONDS, refusal
from storage.outbox import Delivery
from storage.store import Store

logger = logging.getLogger(__name__)
SETTLED = dt.timedelta(seconds=TIMEOUT_SECONDS)  # after this a request that was lost on the way cannot arrive any more
LOOKS = 6  # refused looks, ten seconds apart, before a doubtful message is posted all the same
NEAR = dt.timedelta(minutes=5)  # a doubtful message is looked for this long around its try: clocks differ


@dataclass
class Doubt:
    """Settles doubtful posts. `posted_blindly` counts those that could not be looked for."""

    store: Store
    client: AsyncWebClient
    pace: Pace
    now: Callable[[], dt.datetime]
    posted_blindly: int = 0
    _looks: dict[str, int] = field(default_factory=dict)

    async def settle(self, delivery: Delivery) -> bool:
        """Look whether a doubtful post is in Slack; True where nothing is left to do now.

        SlackApiError where Slack takes nothing any more from our token.
        """
        settled_at = delivery.tried_at + SETTLED if delivery.tried_at else self.now()
        if settled_at > self.now():
            await self.store.postpone(delivery.key, settled_at, settled=False)
            return True
        if (seconds := self.pace.wait(_method(delivery), delivery.channel, delivery.key)) > 0:
            await self.store.postpone(delivery.key, self.now() + dt.timedelta(seconds=seconds), settled=False)
            return True
        try:
            ts = await self._look(delivery)
        except (SlackApiError, *NO_ANSWER) as error:
            return await self._look_refused(delivery, error)
        if ts is None:
            return False
        await self.store.sent(delivery.key, ts, self.now())
        return True

    async def _look(self, delivery: Delivery) -> str | None:
        """Find the message by the key in its metadata; None where it is not."""
        assert delivery.tried_at is not None  # noqa: S101 - only doubtful rows come here
        arguments: dict[str, Any] = {
            "channel": delivery.channel,
            "oldest": f"{(delivery.tried_at - NEAR).timestamp():.6f}",
            "latest": f"{(delivery.tried_at + NEAR).timestamp():.6f}",
            "limit": 200,
            "include_all_metadata": True,
        }
        if delivery.thread_ts:
            arguments["ts"] = delivery.thread_ts
        answer = await self.client.api_call(_method(delivery), http_verb="GET", params=arguments)
        found = (message for message in answer["messages"] if _is_it(message, delivery))
        return next((str(message["ts"]) for message in found), None)

    async def _look_refused(self, delivery: Delivery, error: Exception) -> bool:
        """The look itself failed: try for a minute, then post all the same, counted and logged."""
        wait, reached = SETTLED, isinstance(error, SlackApiError)  # while Slack is away nothing can be posted either
        if isinstance(error, SlackApiError):
            no = refusal(error)
            if no.locks_out:
                raise error
            if no.throttled:
                self.pace.hold(_method(delivery), delivery.channel, no.retry_after)
                wait = max(wait, dt.timedelta(seconds=no.retry_after))
        looks = self._looks[delivery.key] = self._looks.get(delivery.key, 0) + reached
        if looks <= LOOKS:
            await self.store.postpone(delivery.key, self.now() + wait, settled=False)
            return True
        self._looks.pop(delivery.key)
        self.posted_blindly += 1
        logger.warning("could not look for a doubtful message (%s); posting it, perhaps twice", type(error).__name__)
        return False


def _is_it(message: Mapping[str, Any], delivery: Delivery) -> bool:
    """Whether a message is this delivery: by the key in its metadata, or for an upload by its files' names."""
    if delivery.kind == "upload":
        return is_there(message, delivery)
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return bool(payload.get("key") == delivery.key)


def _method(delivery: Delivery) -> str:
    """How to look: at the thread, or at the channel."""
    return "conversations.replies" if delivery.thread_ts else "conversations.history"
