"""One run: a workspace with a nervous network, the real bot in a process that is killed, and teams that go on."""

import asyncio
import datetime as dt
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.manifest import manifest_path
from bot.rehearsal import RehearsalClock
from bot.sandbox.payload import Payload
from bot.sandbox.workspace import Workspace
from chaos.bot_process import BotProcess
from chaos.disk import PATIENCE_SECONDS, Disk, until_on_disk
from chaos.outcome import Outcome, messages_of, outcome_of
from chaos.team import Team

PEOPLE = {"fraud-detection": ("Ana", "Ben"), "demand-forecast": ("Dora", "Emil")}
COPIES = (1, 2, 3, 4)
ACKNOWLEDGED_WITHIN = 60.0  # seconds; the bot may be starting again meanwhile
LONGEST_LIFE = 4.0  # seconds from connecting to a random end
REPETITIONS = (0.0, *(1.0,) * 12)  # seconds; Slack's own minutes made short, and more of them for more kills


@dataclass(frozen=True)
class Plan:
    """What happens in a run. `seed` decides copies, orders and late repetitions; `seed` 0 is a quiet network.

    `orders` are the places where the bot is killed, one process after the other; `kills` is how often it is killed at
    random moments.
    """

    seed: int = 0
    channels: tuple[str, ...] = ("fraud-detection",)
    short: bool = False
    orders: tuple[str, ...] = ()
    kills: int = 0


@dataclass
class Result:
    """How a run went: `delivered` counts what Slack sent of its events, `repeated` of them was sent before."""

    plan: Plan
    outcome: Outcome
    killed: list[str]
    starts: int
    delivered: int
    repeated: int
    did: list[str]
    problems: list[str] = field(default_factory=list)


class Scene:
    """Plays a plan in a folder of its own; the bot runs `under` a command, such as a tracer."""

    def __init__(self, folder: Path, plan: Plan, under: Sequence[str] = ()) -> None:
        self.plan = plan
        self.chance = random.Random(plan.seed)  # noqa: S311 - repeatable, no secret
        self.clock = RehearsalClock(folder / "clock")
        self.workspace = Workspace(
            manifest_path(),
            None,
            clock=self.clock.seconds,
            ack_limit=ACKNOWLEDGED_WITHIN,
            retry_pauses=REPETITIONS,
        )
        self.disk = Disk(folder)
        self.bot = BotProcess(self.workspace, folder, self.clock, plan.orders, under)
        self.teams = [
            Team(self.workspace, self.disk, channel, PEOPLE[channel], lambda: self.bot.starts, short=plan.short)
            for channel in plan.channels
        ]
        self._events: list[Payload] = []
        self._dates: list[dt.datetime] = []

    async def play(self) -> Result:
        """Play to the end; what did not come to its end is told in `problems`."""
        problems: list[str] = []
        await self.workspace.start()
        killing = asyncio.create_task(self._kill_at_random())
        try:
            async with self.bot:
                try:
                    while not all(team.reminded for team in self.teams):
                        await self._round()
                    killing.cancel()
                    await self._last_repetitions()
                    await until_on_disk(lambda: not self.disk.owes())
                except TimeoutError:
                    problems += self._stuck()
        finally:
            killing.cancel()
            await self.workspace.stop()
        problems += [*self.bot.ended, *self.bot.complaints.splitlines()]
        did = [act for team in self.teams for act in team.did]
        outcome = outcome_of(self.workspace, self.disk, self.teams)
        sent = self.workspace.hub.events
        repeated = sent.attempts - sent.emitted
        return Result(self.plan, outcome, self.bot.killed, self.bot.starts, sent.attempts, repeated, did, problems)

    async def _round(self) -> None:
        """Everybody who has something to do does it, in any order, while the network repeats old events."""
        acts = [(team, act) for team in self.teams if (act := team.next_act()) is not None]
        if self.plan.seed:
            self.chance.shuffle(acts)
            acts = acts[: self.chance.randint(1, 2)]
            self.workspace.event_copies = self.chance.choice(COPIES)
            if self._events and self.chance.random() < 0.5:
                self.workspace.redeliver(self.chance.choice(self._events))
        if acts:
            await asyncio.gather(*(team.does(act) for team, act in acts))
            if self.workspace.hub.events.last is not None:
                self._events.append(self.workspace.hub.events.last)
            return
        if (date := self._next_date()) is not None:
            self.clock.forward((date - self.clock()).total_seconds() + 1)
        await self.workspace.until(self._something_to_do, PATIENCE_SECONDS)

    def _something_to_do(self) -> bool:
        acting = any(team.next_act() is not None for team in self.teams)
        return acting or all(team.reminded for team in self.teams) or self._next_date() is not None

    def _next_date(self) -> dt.datetime | None:
        """The date to go to once all teams wait for nothing else: the first of each reminder, one after the other."""
        if not all(team.waits_for_its_date or team.reminded for team in self.teams):
            return None
        if not self._dates and len(due := self.disk.due()) == len(self.teams):
            self._dates = due
        return next((date for date in self._dates if date > self.clock()), None)

    async def _last_repetitions(self) -> None:
        """Slack repeats everything once more, long after."""
        if self.plan.seed:
            for event in self._events:
                self.workspace.redeliver(event)
            await self.workspace.quiet(PATIENCE_SECONDS)

    async def _kill_at_random(self) -> None:
        """Kill a process some time after it has connected, or, now and then, while it starts."""
        for _ in range(self.plan.kills):
            if self.chance.random() < 0.8:
                await self.workspace.until(lambda: self.workspace.link.connected, PATIENCE_SECONDS)
            with suppress(TimeoutError):  # nothing else tells a random moment from another
                await asyncio.wait_for(asyncio.Event().wait(), self.chance.uniform(0, LONGEST_LIFE))
            self.bot.kill()

    def _stuck(self) -> list[str]:
        waiting = [
            f"{each.channel} waits: {messages_of(each)[-1:]} {each.did}" for each in self.teams if not each.reminded
        ]
        return [*waiting, f"owed at the end: {self.disk.owes()}"]


async def played(folder: Path, plans: Sequence[Plan], side_by_side: int) -> list[Result]:
    """Play each plan in a folder of its own, some at the same time."""
    room = asyncio.Semaphore(side_by_side)

    async def one(number: int, plan: Plan) -> Result:
        async with room:
            own = folder / str(number)
            own.mkdir(parents=True)
            return await Scene(own, plan).play()

    return await asyncio.gather(*(one(number, plan) for number, plan in enumerate(plans)))
