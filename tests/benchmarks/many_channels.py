"""The strict local workspace with a person in each of many channels, who answer as fast as questions come."""

import asyncio
import time
from types import TracebackType
from typing import Any, Self

from benchmarks import payloads
from benchmarks.crowd import ANSWER, BEFORE, Answered, Shown, with_button
from benchmarks.loopback_slack import APP_TOKEN, BOT_TOKEN, PATIENCE_SECONDS, TEAM, person_of
from bot.manifest import manifest_path
from bot.sandbox.errors import NotAcknowledged
from bot.sandbox.state import Channel, Member
from bot.sandbox.workspace import Workspace

Payload = dict[str, Any]
AT_ONCE = 10  # assessments that begin at the same time


class ManyChannels:
    """Use it as `async with`. `lost` counts acknowledgements that did not come, `done` the turns so far."""

    def __init__(self, channels: int) -> None:
        self.lost = self.done = 0
        self.channels = [f"C00LOAD{number:04d}" for number in range(channels)]
        self._workspace = Workspace(manifest_path(), tokens=(BOT_TOKEN, APP_TOKEN))
        self._shown: dict[str, asyncio.Queue[Shown]] = {channel: asyncio.Queue() for channel in self.channels}
        self._open: dict[str, Shown] = {}
        self._workspace.before_reply = self._hears
        self._workspace.state.team_id = TEAM  # the one that our payloads name
        for channel in self.channels:
            self._move_in(channel)

    def _move_in(self, channel: str) -> None:
        """A channel with one person and the bot."""
        state, person = self._workspace.state, person_of(channel)
        state.people[person] = Member(person, person.lower(), "Ana Sommer", "Ana", "Europe/Berlin")
        members = [person, state.bot_user]
        state.channels[channel] = Channel(channel, channel.lower(), "channel", "", members=members, creator=person)

    async def __aenter__(self) -> Self:
        await self._workspace.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._workspace.stop()

    @property
    def api_url(self) -> str:
        """Where the Web API is."""
        return self._workspace.api_url

    @property
    def throttled(self) -> int:
        """How many calls were refused because there were too many."""
        return self._workspace.weather.throttled

    def weather(self, latency: float, *, limits: bool) -> None:
        """Let calls take so many seconds, and hold the bot to Slack's limits from now on."""
        self._workspace.weather.slow(latency)
        self._workspace.weather.throttle(on=limits)

    async def begins(self) -> None:
        """Start every assessment, up to its first question."""
        for at in range(0, len(self.channels), AT_ONCE):
            await asyncio.gather(*(self._begin(channel) for channel in self.channels[at : at + AT_ONCE]))

    async def answers(self, turns: int) -> list[Answered]:
        """Let everybody answer so many questions, all at once."""
        every = await asyncio.gather(*(self._turns(channel, turns) for channel in self.channels))
        return [each for several in every for each in several]

    async def _hears(self, method: str, args: Payload, result: Payload) -> None:
        if method == "chat.postMessage" and result.get("ok") and args.get("channel") in self._shown:
            shown = with_button(result["ts"], args, ANSWER) or with_button(result["ts"], args, BEFORE)
            if shown is not None:
                self._shown[args["channel"]].put_nowait(shown)

    async def _begin(self, channel: str) -> None:
        command = payloads.command(channel, f"start full model-{channel[-4:]}")
        await self._workspace.link.deliver("slash_commands", command)
        shown = await self._next(channel)
        await self._click(channel, shown)
        self._open[channel] = await self._next(channel)

    async def _turns(self, channel: str, turns: int) -> list[Answered]:
        done = []
        for _ in range(turns):
            began = time.perf_counter()
            try:
                await self._click(channel, self._open[channel])
            except NotAcknowledged:
                self.lost += 1
            acknowledged = time.perf_counter() - began
            self._open[channel] = await self._next(channel)
            done.append(Answered(acknowledged, time.perf_counter() - began))
            self.done += 1
        return done

    async def _click(self, channel: str, shown: Shown) -> None:
        click = payloads.click(channel, shown.ts, shown.message, shown.block, shown.element)
        await self._workspace.link.deliver("interactive", click)

    async def _next(self, channel: str) -> Shown:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self._shown[channel].get()
