"""Where the example teams act: the local workspace and the real bot in one process, on a clock moved by hand."""

import asyncio
import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.house import House, build
from bot.sandbox.element_values import acting
from bot.sandbox.payload import Payload
from bot.sandbox.person import Person
from bot.sandbox.screen import Seen
from bot.sandbox.workspace import Workspace
from bot.settings import Settings
from dialogs.state import State, subject_key

PATIENCE_SECONDS = 120.0  # of the real clock: a machine so busy that nothing moves for so long is given up
A_BREATH = 0.003  # seconds of the real clock
A_LOOK = dt.timedelta(milliseconds=1)


class Unplayable(Exception):  # noqa: N818 - a situation
    """A deed of the story cannot be done as things stand; the message says which."""


class SeedClock:
    """A clock that moves a millisecond whenever somebody looks, and further when told; never back."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        """The time to go by, aware and in UTC."""
        self.at += A_LOOK
        return self.at

    def seconds(self) -> float:
        """The same in seconds since 1970."""
        return self().timestamp()

    def move_to(self, moment: dt.datetime) -> None:
        """Let it be that moment, unless it is later already."""
        self.at = max(self.at, moment)


class SeedStage:
    """A workspace that is open, and the bot on it; use it as `async with`. The workspace is whoever's opened it."""

    def __init__(self, folder: Path, workspace: Workspace, clock: SeedClock) -> None:
        self.workspace = workspace
        self.clock = clock
        # Every look at the monotonic clock is ten seconds later, so that no pace is ever waited for.
        ticks = itertools.count(step=10.0)
        self.house: House = build(_settings(folder, workspace), now=clock, monotonic=lambda: next(ticks))

    async def __aenter__(self) -> Self:
        await self.house.start()
        await self.workspace.until(lambda: self.workspace.link.connected)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.house.close()

    # Time ------------------------------------------------------------------------------------------------------------

    async def settled(self) -> None:
        """Wait until nothing is in flight and nothing is owed."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                await self.workspace.quiet(PATIENCE_SECONDS)
                if await self.house.idle():
                    return
                await asyncio.sleep(A_BREATH)  # nothing rings when the disk or a picture is ready

    async def wait_until(self, moment: dt.datetime) -> None:
        """Let time pass, with every reminder coming at its hour."""
        while (due := await self.house.store.read(lambda reading: reading.next_moment())) and due <= moment:
            self.clock.move_to(due)
            await self.house.clock.tick()
            await self.settled()
        self.clock.move_to(moment)

    async def pause(self, seconds: float) -> None:
        """Let a few seconds pass, as between two clicks."""
        self.clock.move_to(self.clock.at + dt.timedelta(seconds=seconds))

    # What is there ---------------------------------------------------------------------------------------------------

    async def state(self, channel: str, subject: str) -> State:
        """The assessment of a subject begun last, as it is on disk."""
        key, place = subject_key(subject), self.workspace.channel_id(channel)
        states = await self.house.store.read(lambda reading: reading.around(self.house.router.me.team, place))
        own = [each for each in states if each.subject_key == key]
        if not own:
            raise Unplayable(f"{subject} has no assessment yet")
        return max(own, key=lambda each: each.began)

    def message_with(self, person: Person, channel: str, action: str, within: str = "") -> tuple[Seen, str]:
        """The newest message with such a button that a person sees, and its action_id: `action`, or `action:...`."""
        for where, message in self._on_screen(person, channel):
            for _, element in acting(message.get("blocks") or []):
                exact = str(element["action_id"])
                named = exact == action or exact.startswith(f"{action}:")
                if named and within in str(element.get("text")):
                    return Seen.of(self.workspace.state.channels[where], message), exact
        raise Unplayable(f"{person.name} sees no button {action} in #{channel}")

    def _on_screen(self, person: Person, channel: str) -> Iterator[tuple[str, Payload]]:
        """The messages of a channel as a person sees them, newest first, the private ones before the others."""
        place = self.workspace.channel_id(channel)
        private = [each for each in self.workspace.hub.posting.whispers.of(person.id) if each.channel.id == place]
        yield from ((place, each.message) for each in reversed(private))
        yield from ((place, each) for each in reversed(self.workspace.state.in_channel(place).values()))


def _settings(folder: Path, workspace: Workspace) -> Settings:
    """As the demo's own bot has them, but nothing is ever deleted for its age, and no file moves the clock."""
    return Settings(
        _env_file=None,
        slack_bot_token=workspace.bot_token,
        slack_app_token=workspace.app_token,
        slack_api_url=workspace.api_url,
        database_url=f"sqlite:///{folder.absolute() / 'maturity.db'}",
        retention_months=None,
        clock_file=None,
    )
