"""A stage whose seconds pass only when told: paces, waits and a slow Slack all go by its one clock."""

import asyncio
import datetime as dt
from pathlib import Path

from bot.house import build
from bot.sandbox.person import Person
from stage import PATIENCE_SECONDS, Clock, Stage, shared_charts, shipped_index

CHANNEL = "fraud-detection"


class SlowTime:
    """What a slow workspace waits with: a call goes on once the clock has moved far enough."""

    def __init__(self, clock: Clock) -> None:
        self.waiting = 0
        self._clock = clock
        self.reached = asyncio.Event()
        self._moved = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        until = self._clock.at + dt.timedelta(seconds=seconds)
        self.waiting += 1
        self.reached.set()
        try:
            while self._clock.at < until:
                await self._moved.wait()
        finally:
            self.waiting -= 1

    def forward(self, seconds: float) -> None:
        self._clock.forward(seconds)
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()


class TimedStage(Stage):
    """Time stands still while somebody acts, and passes second by second in `settled` and `pass_time`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.time = SlowTime(self.clock)
        self.weather = self.workspace.weather
        self.weather.wait = self.time
        self.workspace.link.ack_limit = PATIENCE_SECONDS
        self.workspace.hub.events.pauses = ()  # tests bring again themselves what was not acknowledged

    async def start_bot(self) -> None:
        self.house = build(
            self.settings, now=self.clock, monotonic=self.clock.seconds, index=shipped_index(), charts=shared_charts()
        )
        self.house.socket.client.ping_interval = 0.25  # how soon a broken socket is noticed
        await self.house.start()
        await self.workspace.until(lambda: self.workspace.link.connected)

    async def resting(self) -> None:
        """Wait until nothing goes on before time does: what is in flight waits for the clock."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not self._rests():  # noqa: ASYNC110 - nothing rings when a database answers
                    await asyncio.sleep(0)
        except TimeoutError as late:
            in_flight, held = self.workspace.hub.activity.in_flight, self.time.waiting
            courier, tasks = self.bot.courier, len(self.bot.router._tasks)
            told = f"{in_flight=} {held=} {tasks=} {courier.resting=} {len(courier._busy)=}"
            raise AssertionError(f"it does not come to rest: {told}") from late

    def _rests(self) -> bool:
        """Whether every call under way is held up by the weather, and the courier has nothing else to do."""
        courier, held = self.bot.courier, self.time.waiting
        working = len(courier._busy) + len(self.bot.router._tasks)
        at_rest = courier.resting and not courier._wake.is_set()
        return at_rest and self.workspace.hub.activity.in_flight <= held and working <= held

    async def settled(self) -> None:
        """Let time pass until nothing is owed."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                await self.resting()
                if await self.bot.idle() and not self.time.waiting:
                    return
                await self._on(1.0)

    async def pass_time(self, seconds: float, step: float = 1.0) -> None:
        """Let so many seconds pass, with everything happening that comes due."""
        for _ in range(round(seconds / step)):
            await self.resting()
            await self._on(step)
            await self.bot.clock.tick()
        await self.resting()

    async def _on(self, seconds: float) -> None:
        self.time.forward(seconds)
        self.bot.courier.wake()

    # What is to be seen ----------------------------------------------------------------------------------------------

    def posts(self, channel: str = CHANNEL) -> list[str]:
        """The bot's messages there as they stand, oldest first."""
        state = self.workspace.state
        messages = state.in_channel(self.workspace.channel_id(channel)).values()
        return [each["text"] for each in messages if each.get("bot_id") and each.get("subtype") != "tombstone"]

    def direct(self, name: str) -> list[str]:
        """What the bot wrote this person directly."""
        messages = self.workspace.state.in_channel(self.workspace.state.im_of(self.person(name).id).id).values()
        return [each["text"] for each in messages if each.get("bot_id")]

    def whispers(self, person: Person) -> list[str]:
        return [seen.text for seen in person.sees() if seen.ephemeral]

    async def answers(self) -> list[tuple[str, str, str]]:
        """What is on the disk, in its order: practice, choice, and who."""
        rows = await self.bot.store.read(
            lambda reading: reading.sql(
                "SELECT practice, choice, person_name FROM answers ORDER BY dialog, turn, place"
            )
        )
        return [(row["practice"], row["choice"], row["person_name"]) for row in rows]

    def calls(self, method: str) -> int:
        return sum(call.method == method for call in self.workspace.api_calls)
