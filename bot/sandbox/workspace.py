"""The workspace as the demo and the tests use it."""

import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.sandbox.acts import Acts
from bot.sandbox.clock_moves import Forward
from bot.sandbox.events import Delivery
from bot.sandbox.file_store import FileStore
from bot.sandbox.hub import ApiCall, BeforeCall, BeforeReply, Hub
from bot.sandbox.manifest import read_manifest
from bot.sandbox.membership import archive, rename
from bot.sandbox.payload import Payload
from bot.sandbox.person import Person
from bot.sandbox.seed import default_state
from bot.sandbox.server import Server
from bot.sandbox.socket_mode import Link
from bot.sandbox.state import Channel, Kind, Member, State
from bot.sandbox.state_file import StateFile
from bot.sandbox.timestamps import Clock, Timestamps, fresh_id
from bot.sandbox.weather import Weather

BOT_TOKEN = "xoxb-local-0000-made-up"  # noqa: S105 - opens nothing but this workspace
APP_TOKEN = "xapp-local-0000-made-up"  # noqa: S105 - likewise


class Workspace:
    """A local Slack workspace with one app installed, served on 127.0.0.1.

    `manifest` is the app's manifest, as a mapping or the path of its YAML file: its scopes, commands and
    event subscriptions are enforced. `data` is the folder that keeps `workspace.json`; None keeps nothing.
    `clock` gives seconds since 1970. `port` 0 takes any free port. `ack_limit` (seconds) is how long the app
    may take to acknowledge; `retry_pauses` (seconds) come before each repetition of an event that it did not
    acknowledge. `forward` is called with a number of seconds when somebody moves the clock forward; once it
    has returned, `clock` must give the later time. None: the clock cannot be moved.
    """

    def __init__(  # noqa: PLR0913 - a workspace is set up in one place, mostly by keyword
        self,
        manifest: Mapping[str, Any] | Path,
        data: Path | None = None,
        clock: Clock = time.time,
        port: int = 0,
        *,
        tokens: tuple[str, str] = (BOT_TOKEN, APP_TOKEN),
        ack_limit: float = 3.0,
        retry_pauses: tuple[float, ...] = (0.0, 60.0, 300.0),
        forward: Forward | None = None,
    ) -> None:
        self._file = StateFile(data)
        self.state: State = self._file.load() or default_state(Timestamps(clock))
        self._file.keep(self.state)
        self.hub = Hub(
            read_manifest(manifest),
            self.state,
            clock,
            tokens,
            ack_limit,
            self._file.changed,
            forward,
            file_store=FileStore(data),
        )
        self.hub.events.pauses = retry_pauses
        self._acts = Acts(self.hub)
        self._server = Server(self.hub, self._acts)
        self._port = port
        self.bot_token, self.app_token = tokens
        self.url = ""
        self.api_url = ""

    @property
    def curtain(self) -> str:
        """What people are told who open the page before it is ready; empty: it is open."""
        return self.hub.curtain

    @curtain.setter
    def curtain(self, told: str) -> None:
        self.hub.curtain = told

    @classmethod
    @asynccontextmanager
    async def serve(
        cls,
        manifest: Mapping[str, Any] | Path,
        data: Path | None = None,
        **options: Any,  # noqa: ANN401 - what the constructor takes
    ) -> AsyncIterator["Workspace"]:
        """Run a workspace for the length of an `async with` block; takes what the constructor takes."""
        workspace = cls(manifest, data, **options)
        await workspace.start()
        try:
            yield workspace
        finally:
            await workspace.stop()

    async def start(self) -> None:
        """Listen and set `url` and `api_url`; raises PortBusy."""
        port = await self._server.start(self._port)
        self.url = f"http://127.0.0.1:{port}/"
        self.api_url = self.url + "api/"
        self.hub.url = self.hub.response_urls.base = self.url

    async def stop(self) -> None:
        """Close everything and save."""
        await self.hub.sharing.stop()
        await self.hub.events.stop()
        await self._server.stop()
        self._file.save()

    @property
    def link(self) -> Link:
        """The app's connection: `connected`, `disconnect(reason)`, `close()`."""
        return self.hub.link

    @property
    def weather(self) -> Weather:
        """How badly Slack behaves: throttling, breakdowns, lost answers, outages."""
        return self.hub.weather

    @property
    def api_calls(self) -> list[ApiCall]:
        """The Web API calls so far: method, arguments, result."""
        return self.hub.api_calls

    @property
    def before_reply(self) -> BeforeReply | None:
        """Called after a call took effect and before it is answered; may raise DropConnection."""
        return self.hub.before_reply

    @before_reply.setter
    def before_reply(self, hook: BeforeReply | None) -> None:
        self.hub.before_reply = hook

    @property
    def before_call(self) -> BeforeCall | None:
        """Called before a call is looked at; a payload it gives is the answer instead."""
        return self.hub.before_call

    @before_call.setter
    def before_call(self, hook: BeforeCall | None) -> None:
        self.hub.before_call = hook

    @property
    def event_copies(self) -> int:
        """How many times every event is delivered: 1 unless a test makes the network nervous."""
        return self.hub.events.copies

    @event_copies.setter
    def event_copies(self, copies: int) -> None:
        self.hub.events.copies = copies

    def person(self, name: str) -> Person:
        """Give the driver of a person, by display name, user name or id."""
        for member in self.state.people.values():
            if name in {member.display_name, member.name, member.id}:
                return Person(self.hub, self._acts, member)
        raise LookupError(f"There is nobody called {name!r} in this workspace.")

    def add_channel(
        self, name: str, kind: Kind = "channel", members: Iterable[str] | None = None, *, bot: bool = True
    ) -> str:
        """Add a channel and give its id; `members` are people's names or ids (None: everybody).

        The bot is in it unless `bot` is False. The app hears nothing of it, as if the channel
        had been there all the time.
        """
        people = self.state.people if members is None else [self.person(each).id for each in members]
        members = [*people, *([self.state.bot_user] if bot else [])]
        channel = Channel(fresh_id("C"), name, kind, members=members, creator=members[0])
        self.state.channels[channel.id] = channel
        self.hub.feed.channel(channel)
        self.hub.changed()
        return channel.id

    def add_person(self, name: str, tz: str = "Europe/Berlin") -> Person:
        """Add a person of this display name, with their direct message with the bot, and give their driver."""
        member = Member(fresh_id("U"), name.lower().replace(" ", "."), name, name, tz)
        self.state.people[member.id] = member
        im = Channel("D" + member.id[1:], member.name, "im", members=[member.id, self.state.bot_user])
        im.person = member.id
        self.state.channels[im.id] = im
        self.hub.changed()
        return Person(self.hub, self._acts, member)

    def channel_id(self, name: str) -> str:
        """Give the id of a channel by its name, with or without `#`."""
        for channel in self.state.channels.values():
            if channel.kind != "im" and channel.name == name.removeprefix("#"):
                return channel.id
        raise LookupError(f"There is no channel {name!r} in this workspace.")

    def archive(self, name: str, person: str = "Ana") -> None:
        """Archive a channel."""
        archive(self.hub, self.state.channels[self.channel_id(name)], self.person(person).id)

    def rename(self, name: str, new_name: str) -> None:
        """Give a channel another name."""
        rename(self.hub, self.state.channels[self.channel_id(name)], new_name)

    def uninstall(self) -> None:
        """Take the app out of the workspace: it hears of that, and its token opens nothing any more."""
        stamp = {"event_ts": self.hub.stamps.next()}
        self.hub.events.emit("tokens_revoked", {"type": "tokens_revoked", "tokens": {"bot": ["B0"]}, **stamp})
        self.hub.events.emit("app_uninstalled", {"type": "app_uninstalled", **stamp})
        self.hub.installed = False

    def reinstall(self) -> None:
        """Let the app in again, with the token it had."""
        self.hub.installed = True

    def forward_clock(self, seconds: float) -> None:
        """Move the clock forward as people do on the page; raises ActRefused where that cannot be."""
        self._acts.forward(seconds)

    def file_content(self, file_id: str) -> bytes:
        """Give what a file holds; LookupError where nothing is kept of it."""
        return self.hub.file_store.content(file_id)

    def redeliver(self, event: Payload | None = None) -> Delivery:
        """Send an event (by default the last one) again, as after a timeout; awaitable."""
        again = event or self.hub.events.last
        if again is None:
            raise LookupError("There is no event yet that could be sent again.")
        return self.hub.events.send(again, retry=(1, "timeout"))

    async def quiet(self, limit: float = 10.0) -> None:
        """Wait until no envelope waits for its acknowledgement and no API call is running."""
        await self.hub.activity.quiet(limit)

    async def until(self, condition: Callable[[], object], limit: float = 10.0) -> None:
        """Wait until the condition holds, looking after every change; TimeoutError after `limit` seconds."""
        await self.hub.activity.until(condition, limit)
