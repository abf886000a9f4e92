"""A crowd of people, one in each channel, who answer a bot's questions as fast as they come."""

import asyncio
import json
import time
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks import payloads
from benchmarks.loopback_slack import PATIENCE_SECONDS, LoopbackSlack, Payload

ANSWER, BEFORE = "Yes", "Skip the facts"  # the buttons to be clicked: with every question, and before the first


class Answered(NamedTuple):
    """What came of one answer, in seconds: until it was acknowledged, and until the next question was there."""

    acknowledged: float
    asked: float


class Shown(NamedTuple):
    """A message with a button."""

    ts: str
    message: Payload
    block: Payload
    element: Payload


def with_button(ts: str, message: Payload, label: str) -> Shown | None:
    """The message's button of this label."""
    for block in message.get("blocks") or ():
        for element in block.get("elements") or ():
            if element.get("type") == "button" and element["text"]["text"] == label:
                return Shown(ts, message, block, element)
    return None


class Crowd:
    """So many channels with an assessment each. `lost` counts acknowledgements that did not come."""

    def __init__(self, slack: LoopbackSlack, channels: int, name: str = "C") -> None:
        self.lost = 0
        self.channels = [f"{name}{number:04d}" for number in range(channels)]
        self._slack = slack
        self._shown: dict[str, asyncio.Queue[Shown]] = {channel: asyncio.Queue() for channel in self.channels}
        self._open: dict[str, Shown] = {}
        slack.on_message = self._hears

    async def begins(self) -> None:
        """Start every assessment, up to its first question, ten at a time."""
        for at in range(0, len(self.channels), 10):
            await asyncio.gather(*(self._begin(channel) for channel in self.channels[at : at + 10]))

    async def answers(self, turns: int, channels: Sequence[str] | None = None) -> list[Answered]:
        """Let everybody answer so many questions, all at once."""
        chosen = self.channels if channels is None else channels
        every = await asyncio.gather(*(self._turns(channel, turns) for channel in chosen))
        return [each for several in every for each in several]

    async def settles(self, method: str = "chat.update", calls: int | None = None) -> None:
        """Wait until so many calls of a method were made; without a number, until no more come."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            before = -1
            while self._slack.calls[method] < calls if calls is not None else sum(self._slack.calls.values()) != before:
                before = sum(self._slack.calls.values())
                await asyncio.sleep(0.02 if calls is not None else 0.3)

    def click_of(self, channel: str) -> Payload:
        """A click that answers the open question."""
        shown = self._open[channel]
        return json.loads(json.dumps(payloads.click(channel, shown.ts, shown.message, shown.block, shown.element)))  # type: ignore[no-any-return]

    def _hears(self, channel: str, ts: str, message: Payload) -> None:
        shown = with_button(ts, message, ANSWER) or with_button(ts, message, BEFORE)
        if shown is not None and channel in self._shown:
            self._shown[channel].put_nowait(shown)

    async def _begin(self, channel: str) -> None:
        await self._slack.happens("slash_commands", payloads.command(channel, f"start full model-{channel.lower()}"))
        shown = await self._next(channel)
        if shown.element["text"]["text"] == BEFORE:
            click = payloads.click(channel, shown.ts, shown.message, shown.block, shown.element)
            await self._slack.happens("interactive", click)
            shown = await self._next(channel)
        self._open[channel] = shown

    async def _turns(self, channel: str, turns: int) -> list[Answered]:
        done = []
        for _ in range(turns):
            shown = self._open[channel]
            click = payloads.click(channel, shown.ts, shown.message, shown.block, shown.element)
            began = time.perf_counter()
            try:
                acknowledged = await self._slack.happens("interactive", click)
            except TimeoutError:
                self.lost += 1
                acknowledged = time.perf_counter() - began
            self._open[channel] = await self._next(channel)
            done.append(Answered(acknowledged, time.perf_counter() - began))
        return done

    async def _next(self, channel: str) -> Shown:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self._shown[channel].get()
