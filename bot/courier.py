"""Posts what the outbox owes, each thing once: notes before it tries, and looks before it repeats.

A row that was tried and not noted as sent is in doubt: its post may be in Slack. The courier then waits until a lost
request can no longer arrive, looks for the message by the key in its metadata, and posts only if it is not there.
"""

import asyncio
import datetime as dt
import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.pace import Pace
from bot.web import NO_ANSWER, TIMEOUT_SECONDS, refusal
from dialogs.events import Person, Undeliverable
from storage.outbox import Delivery
from storage.store import Store

logger = logging.getLogger(__name__)
LEASE = dt.timedelta(seconds=20)
SETTLED = dt.timedelta(seconds=TIMEOUT_SECONDS)  # after this a request that was lost on the way cannot arrive any more
LOOKS = 6  # refused looks, ten seconds apart, before a doubtful message is posted all the same
METADATA = "maturity_message"
GONE = ("not_in_channel", "channel_not_found", "is_archived", "restricted_action", "restricted_action_read_only_channel",
        "restricted_action_thread_locked", "restricted_action_non_threadable_channel", "user_not_found",
        "cannot_dm_bot", "messages_tab_disabled", "method_not_supported_for_channel_type", "thread_not_found")  # fmt: skip
TOO_MUCH = ("invalid_blocks", "msg_blocks_too_long", "invalid_blocks_format", "msg_too_long")
LOCKED_OUT = ("invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed", "missing_scope")


@dataclass
class Courier:
    """Delivers for one workspace. `now` gives aware UTC time; `undeliverable` takes what Slack refuses for good."""

    store: Store
    client: AsyncWebClient
    pace: Pace
    now: Callable[[], dt.datetime]
    undeliverable: Callable[[Undeliverable], Awaitable[object]]
    posted_blindly: int = 0
    locked_out: str | None = None
    _owner: str = field(default_factory=lambda: uuid.uuid4().hex)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _busy: set[asyncio.Task[None]] = field(default_factory=set)
    _looks: dict[str, int] = field(default_factory=dict)

    def wake(self) -> None:
        """There is something to send."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            self._wake.clear()
            claimed = 0 if self.locked_out else await self.deliver()
            if not claimed:
                await self._rest()

    async def _rest(self) -> None:
        """Wait for a call, or for the next due time; a minute at the most."""
        now = self.now()
        due = await self.store.read(lambda reading: reading.next_due(now))
        # A row that is due and was not claimed waits for another one: that one's end wakes us.
        wait = (due - now).total_seconds() if due is not None and not self.locked_out else 60.0
        seconds = min(60.0, wait) if wait > 0 else 1.0
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return

    async def deliver(self) -> int:
        """Claim what is due and send it, channels side by side, each channel in order; how many rows were claimed."""
        claimed = await self.store.claim(self._owner, self.now(), LEASE)
        lanes: dict[tuple[str, bool], list[Delivery]] = {}
        for delivery in claimed:
            lanes.setdefault((delivery.channel, delivery.kind == "update"), []).append(delivery)
        tasks = [asyncio.create_task(self._lane(lane)) for (_, edits), lane in lanes.items() if not edits]
        edits = [asyncio.create_task(self._lane(lane)) for (_, edits), lane in lanes.items() if edits]
        for task in edits:  # edits may lag: the next question does not wait for them
            self._busy.add(task)
            task.add_done_callback(self._edit_done)
        await asyncio.gather(*tasks)
        return len(tasks)

    def _edit_done(self, task: asyncio.Task[None]) -> None:
        self._busy.discard(task)
        if not task.cancelled() and task.exception() is not None:
            logger.error("an edit failed", exc_info=task.exception())
        self.wake()

    async def idle(self) -> bool:
        """Whether nothing is due, and nothing in flight."""
        return not self._busy and not self._wake.is_set() and not await self.store.read(lambda r: r.backlog())

    async def stop(self) -> None:
        """Let edits in flight end; what is not noted will be looked for at the next start."""
        for task in tuple(self._busy):
            task.cancel()
        await asyncio.gather(*self._busy, return_exceptions=True)

    async def _lane(self, lane: list[Delivery]) -> None:
        for delivery in lane:
            await self._one(delivery)

    async def _one(self, delivery: Delivery) -> None:
        if delivery.doubtful and delivery.kind in ("post", "direct") and await self._settle_doubt(delivery):
            return
        method = _METHODS[delivery.kind]
        if (seconds := self.pace.wait(method, delivery.channel)) > 0:
            await self.store.postpone(delivery.key, self.now() + dt.timedelta(seconds=seconds), settled=False)
            return
        await self.store.tried(delivery.key, self.now())
        try:
            ts = await self._call(delivery, method)
        except SlackApiError as error:
            await self._refused(delivery, method, error)
        except NO_ANSWER as error:
            logger.warning("%s: no answer (%s); will look before repeating", method, type(error).__name__)
            await self.store.postpone(delivery.key, self.now() + SETTLED, settled=False)
        else:
            await self.store.sent(delivery.key, ts, self.now())

    async def _call(self, delivery: Delivery, method: str, *, plain: bool = False) -> str | None:
        arguments: dict[str, Any] = {"channel": delivery.channel}
        if method == "conversations.join":
            await self.client.api_call(method, json=arguments)
            return None
        arguments |= {"text": delivery.payload["text"]} if plain else delivery.payload
        if method == "chat.update":
            arguments["ts"] = delivery.ts
        else:
            arguments["metadata"] = {"event_type": METADATA, "event_payload": {"key": delivery.key}}
            arguments |= {"unfurl_links": False, "unfurl_media": False}
            if delivery.thread_ts:
                arguments |= {"thread_ts": delivery.thread_ts, "reply_broadcast": delivery.broadcast}
        answer = await self.client.api_call(method, json=arguments)
        return str(answer["ts"])

    async def _refused(self, delivery: Delivery, method: str, error: SlackApiError) -> None:
        """Slack answered no: wait, say it more simply, or give up and tell."""
        no = refusal(error)
        if no.throttled:
            self.pace.hold(method, delivery.channel, no.retry_after)
            until = self.now() + dt.timedelta(seconds=no.retry_after)
            await self.store.postpone(delivery.key, until, settled=True)
        elif no.in_doubt:
            await self.store.postpone(delivery.key, self.now() + SETTLED, settled=False)
        elif no.reason in LOCKED_OUT:
            self.locked_out = no.reason
            logger.error("Slack refuses our token (%s): run `maturity-bot doctor`, then restart the bot", no.reason)
            await self.store.postpone(delivery.key, self.now() + LEASE, settled=True)
        elif no.reason in TOO_MUCH and delivery.kind != "join":
            await self._plainly(delivery, method, no.reason)
        else:
            await self._give_up(delivery, no.reason)

    async def _plainly(self, delivery: Delivery, method: str, reason: str) -> None:
        logger.error("%s refused the blocks (%s); sending the text alone", method, reason)
        try:
            ts = await self._call(delivery, method, plain=True)
        except SlackApiError as error:
            await self._give_up(delivery, refusal(error).reason)
        else:
            await self.store.sent(delivery.key, ts, self.now())

    async def _give_up(self, delivery: Delivery, reason: str) -> None:
        logger.warning("%s gives up a message: %s", delivery.kind, reason)
        await self.store.failed(delivery.key, reason, self.now())
        if delivery.dialog is None or delivery.kind in ("update", "direct"):
            return
        event = Undeliverable(
            key=f"u:{delivery.key}",
            workspace=delivery.workspace,
            channel=delivery.channel,
            person=Person("", ""),
            at=self.now(),
            dialog=delivery.dialog,
            slot=delivery.slot or "parent",
            error=reason,
        )
        await self.undeliverable(event)

    # Doubt ----------------------------------------------------------------------------------------------------------

    async def _settle_doubt(self, delivery: Delivery) -> bool:
        """Look whether a doubtful post is in Slack; True where nothing is left to do now."""
        settled_at = delivery.tried_at + SETTLED if delivery.tried_at else self.now()
        if settled_at > self.now():
            await self.store.postpone(delivery.key, settled_at, settled=False)
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
        oldest = f"{(delivery.tried_at - dt.timedelta(minutes=5)).timestamp():.6f}"
        arguments: dict[str, Any] = {"channel": delivery.channel, "oldest": oldest, "limit": 200, "include_all_metadata": True}
        if delivery.thread_ts:
            answer = await self.client.conversations_replies(ts=delivery.thread_ts, **arguments)
        else:
            answer = await self.client.conversations_history(**arguments)
        for message in answer["messages"]:
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("key") == delivery.key:
                return str(message["ts"])
        return None

    async def _look_refused(self, delivery: Delivery, error: Exception) -> bool:
        """The look itself failed: try for a minute, then post all the same, counted and logged."""
        looks = self._looks[delivery.key] = self._looks.get(delivery.key, 0) + 1
        if looks <= LOOKS:
            await self.store.postpone(delivery.key, self.now() + SETTLED, settled=False)
            return True
        self._looks.pop(delivery.key)
        self.posted_blindly += 1
        logger.warning("could not look for a doubtful message (%s); posting it, perhaps twice", type(error).__name__)
        return False


_METHODS = {
    "post": "chat.postMessage",
    "direct": "chat.postMessage",
    "update": "chat.update",
    "join": "conversations.join",
}
