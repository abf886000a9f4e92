"""Ephemeral messages: one person sees them, nothing stores them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.sandbox.page_feed import Feed
from bot.sandbox.payload import Payload
from bot.sandbox.state import Channel
from bot.sandbox.timestamps import Timestamps, fresh_id

_MOST = 500  # older ones fade, as a reload of Slack's client makes them fade


@dataclass
class Whisper:
    """An ephemeral message: one person sees it, nothing stores it."""

    id: str
    person: str
    channel: Channel
    message: Payload


class Whispers:
    """The ephemeral messages on people's screens."""

    def __init__(self, stamps: Timestamps, feed: Feed, changed: Callable[[], None]) -> None:
        self._shown: dict[str, Whisper] = {}
        self._stamps = stamps
        self._feed = feed
        self._changed = changed

    def get(self, whisper_id: str) -> Whisper | None:
        """Give one by its id, if it is still shown."""
        return self._shown.get(whisper_id)

    def of(self, person: str) -> Iterator[Whisper]:
        """Give those that one person sees, oldest first."""
        return (each for each in self._shown.values() if each.person == person)

    def show(self, channel: Channel, person: str, message: Payload, thread_ts: str | None = None) -> Whisper:
        """Show a message to one person; it gets its type, timestamp and id here."""
        whisper = Whisper(fresh_id("Ep"), person, channel, message)
        message |= {"type": "message", "ts": self._stamps.next(), "ephemeral": True, "id": whisper.id}
        if thread_ts:
            message["thread_ts"] = thread_ts
        self._shown[whisper.id] = whisper
        while len(self._shown) > _MOST:
            del self._shown[next(iter(self._shown))]
        self._feed.whisper(person, channel, message)
        self._changed()
        return whisper

    def change(self, whisper: Whisper, text: str, blocks: list[Payload] | None) -> None:
        """Replace the content; this works through a response_url only."""
        whisper.message |= {"text": text, "blocks": blocks or []}
        self._feed.whisper(whisper.person, whisper.channel, whisper.message)
        self._changed()

    def remove(self, whisper: Whisper) -> None:
        """Take it off the screen."""
        if self._shown.pop(whisper.id, None):
            self._feed.whisper_removed(whisper.person, whisper.channel, whisper.id)
            self._changed()
