"""The stage: a local workspace and the real bot, connected over Socket Mode, in one process with a clock of its own."""

import asyncio
import datetime as dt
import itertools
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.charts import Charts
from bot.house import House, build
from bot.manifest import manifest_path
from bot.sandbox.person import Person
from bot.sandbox.workspace import Workspace
from bot.settings import Settings
from knowledge.index import Index
from knowledge.library import load_library

PATIENCE_SECONDS = 60.0  # a safety net, never a measure


@cache
def shipped_index() -> Index:
    """The index of the content that ships, made once for all tests."""
    return Index(load_library())


@cache
def shared_charts() -> Charts:
    """One drawing process for all tests of a run; it ends with them."""
    return Charts()


class Clock:
    """A clock that moves a millisecond whenever somebody looks, and further when told."""

    def __init__(self) -> None:
        self.at = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        self.at += dt.timedelta(milliseconds=1)
        return self.at

    def seconds(self) -> float:
        return self().timestamp()

    def forward(self, seconds: float) -> None:
        self.at += dt.timedelta(seconds=seconds)


class Stage:
    """Use it as `async with Stage(tmp_path) as stage`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock()
        self.workspace = Workspace(manifest_path(), None, clock=self.clock.seconds)
        self.house: House | None = None

    async def __aenter__(self) -> Self:
        await self.workspace.start()
        await self.start_bot()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop_bot()
        await self.workspace.stop()

    @property
    def settings(self) -> Settings:
        return Settings(
            _env_file=None,
            slack_bot_token=self.workspace.bot_token,
            slack_app_token=self.workspace.app_token,
            slack_api_url=self.workspace.api_url,
            database_url=f"sqlite:///{self.folder / 'maturity.db'}",
        )

    async def start_bot(self) -> None:
        # Every look at the monotonic clock is ten seconds later, so that no pace is ever waited for.
        ticks = itertools.count(step=10.0)
        index = shipped_index() if self.settings.knowledge_path is None else None
        self.house = build(
            self.settings, now=self.clock, monotonic=lambda: next(ticks), index=index, charts=shared_charts()
        )
        await self.house.start()
        await self.workspace.until(lambda: self.workspace.link.connected)

    async def stop_bot(self) -> None:
        if self.house is not None:
            await self.house.close()
            self.house = None

    @property
    def bot(self) -> House:
        assert self.house is not None, "the bot is stopped"
        return self.house

    def person(self, name: str) -> Person:
        return self.workspace.person(name)

    async def settled(self) -> None:
        """Wait until nothing is in flight and nothing is owed."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                await self.workspace.quiet()
                if await self.bot.idle():
                    return
