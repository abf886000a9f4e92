"""What the open pages are told: one queue of frames per page."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.sandbox.payload import Payload, copied
from bot.sandbox.state import Channel, State

Frames = asyncio.Queue[Payload]


class Feed:
    """Hands every change to the pages of those who may see it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._pages: list[tuple[str, Frames]] = []

    @contextmanager
    def open_page(self, person: str) -> Iterator[Frames]:
        """Give the frames for one page of this person, for as long as the page is open."""
        page: tuple[str, Frames] = (person, asyncio.Queue())
        self._pages.append(page)
        try:
            yield page[1]
        finally:
            self._pages.remove(page)

    def message(self, channel: Channel, message: Payload) -> None:
        """Tell about a new or changed message."""
        if not self._pages:
            return  # nobody looks: no need to copy
        self._to_channel(channel, {"type": "message", "channel": channel.id, "message": copied(message)})

    def removed(self, channel: Channel, ts: str) -> None:
        """Tell that a message is gone."""
        self._to_channel(channel, {"type": "message_removed", "channel": channel.id, "ts": ts})

    def whisper(self, person: str, channel: Channel, message: Payload) -> None:
        """Tell one person about a new or changed ephemeral message."""
        self.to_person(person, {"type": "message", "channel": channel.id, "message": copied(message)})

    def whisper_removed(self, person: str, channel: Channel, whisper_id: str) -> None:
        """Tell one person that an ephemeral message is gone."""
        self.to_person(person, {"type": "message_removed", "channel": channel.id, "id": whisper_id})

    def view(self, person: str, view: Payload | None) -> None:
        """Tell one person what their open modal is now."""
        self.to_person(person, {"type": "view", "view": view and copied(view)})

    def home(self, person: str, view: Payload) -> None:
        """Tell one person what stands on the app's Home tab now."""
        self.to_person(person, {"type": "home", "view": copied(view)})

    def prompts(self, person: str, prompts: Payload) -> None:
        """Tell one person what the app's Messages tab proposes to say now."""
        self.to_person(person, {"type": "prompts", **copied(prompts)})

    def view_errors(self, person: str, view_id: str, errors: dict[str, str]) -> None:
        """Tell one person what is wrong with what they submitted, by block."""
        self.to_person(person, {"type": "view_errors", "view_id": view_id, "errors": errors})

    def notice(self, person: str, text: str) -> None:
        """Tell one person what Slack itself would say."""
        self.to_person(person, {"type": "notice", "text": text})

    def channel(self, channel: Channel) -> None:
        """Tell about a new or changed channel."""
        self._to_channel(channel, {"type": "channel", "channel": self.channel_frame(channel)})

    def bot(self, connected: bool) -> None:  # noqa: FBT001 - it is the whole message
        """Tell everybody whether the app is connected."""
        self._send(lambda _: True, {"type": "bot", "connected": connected})

    def clock(self, shown: Payload) -> None:
        """Tell everybody the workspace's time, after a move of its clock."""
        self._send(lambda _: True, {"type": "clock", **shown})

    def channel_frame(self, channel: Channel) -> Payload:
        """Give a channel as the page reads it."""
        return {
            "id": channel.id,
            "name": channel.name,
            "kind": channel.kind,
            "topic": channel.topic,
            "members": list(channel.members),
            "bot_is_member": self._state.bot_in(channel),
            "archived": channel.archived,
        }

    def to_person(self, person: str, frame: Payload) -> None:
        """Send a frame to all pages of one person."""
        self._send(lambda each: each == person, frame)

    def _to_channel(self, channel: Channel, frame: Payload) -> None:
        self._send(lambda each: self._state.may_see(each, channel), frame)

    def _send(self, wanted: Callable[[str], bool], frame: Payload) -> None:
        for person, frames in self._pages:
            if wanted(person):
                frames.put_nowait(frame)
