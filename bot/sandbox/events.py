"""The Events API: what the app hears of, wrapped and repeated as Slack does."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.sandbox.errors import NotAcknowledged
from bot.sandbox.manifest import Manifest
from bot.sandbox.payload import Payload, copied
from bot.sandbox.socket_mode import Link
from bot.sandbox.state import Channel, State
from bot.sandbox.timestamps import fresh_id, micros

VERIFICATION_TOKEN = "local-verification-token"  # noqa: S105 - the deprecated constant that Slack still sends
MESSAGE_EVENTS = {"channel": "message.channels", "private": "message.groups", "im": "message.im"}

Delivery = asyncio.Future[NotAcknowledged | None]
"""Done with the first attempt: None once acknowledged, else why not."""


class Events:
    """Sends events to the app if its manifest subscribes to them.

    `copies` makes every event arrive that many times, as a nervous network would. An event that is not
    acknowledged is repeated after each of the `pauses` (seconds).
    """

    def __init__(self, state: State, manifest: Manifest, link: Link) -> None:
        self.copies = 1
        self.pauses: tuple[float, ...] = (0.0, 60.0, 300.0)
        self.emitted = 0  # events so far
        self.attempts = 0  # deliveries so far, repetitions included
        self.last: Payload | None = None
        self._state = state
        self._manifest = manifest
        self._link = link
        self._tasks: set[asyncio.Task[None]] = set()
        self._collectors: list[list[Delivery]] = []

    def message(self, channel: Channel, event: Payload) -> None:
        """Announce something about a message, if the bot is in the channel."""
        if self._state.bot_in(channel):
            kind = "group" if channel.kind == "private" else channel.kind
            self.emit(MESSAGE_EVENTS[channel.kind], {**event, "channel": channel.id, "channel_type": kind})

    def emit(self, subscription: str, event: Payload) -> None:
        """Send the event unless the manifest does not subscribe to it; `event` needs `event_ts`."""
        if subscription not in self._manifest.bot_events:
            return
        body = self._wrapped(copied(event))
        self.last = body
        self.emitted += 1
        self.send(body)
        for _ in range(self.copies - 1):
            self.send(body, retry=(1, "timeout"))

    def send(self, body: Payload, retry: tuple[int, str] | None = None) -> Delivery:
        """Send a wrapped event (again) and give the outcome of the first attempt."""
        first: Delivery = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._deliver(body, first, retry))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        for collected in self._collectors:
            collected.append(first)
        return first

    @contextmanager
    def collected(self) -> Iterator[list[Delivery]]:
        """Note the deliveries that the enclosed code (without `await`) causes."""
        deliveries: list[Delivery] = []
        self._collectors.append(deliveries)
        try:
            yield deliveries
        finally:
            self._collectors.remove(deliveries)

    async def stop(self) -> None:
        """Give up what has not been delivered."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _deliver(self, body: Payload, first: Delivery, retry: tuple[int, str] | None) -> None:
        number = retry[0] if retry else 0
        outcome = await self._attempt(body, retry)
        if not first.done():
            first.set_result(outcome)
        for pause in self.pauses:
            if outcome is None:
                return
            if pause:
                await asyncio.sleep(pause)
            number += 1
            outcome = await self._attempt(body, (number, "timeout"))

    async def _attempt(self, body: Payload, retry: tuple[int, str] | None) -> NotAcknowledged | None:
        self.attempts += 1
        try:
            await self._link.deliver("events_api", body, retry=retry)
        except NotAcknowledged as failure:
            return failure
        return None

    def _wrapped(self, event: Payload) -> Payload:
        state = self._state
        channel = event.get("channel")
        where = channel if isinstance(channel, str) else (channel or {}).get("id", "")
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": state.team_id,
            "api_app_id": state.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": fresh_id("Ev"),
            "event_time": micros(event["event_ts"]) // 1_000_000,
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": state.team_id,
                    "user_id": state.bot_user,
                    "is_bot": True,
                    "is_enterprise_install": False,
                },
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{event['type']}-{state.team_id}-{where}",
        }
