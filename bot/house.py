"""The house: every object wired together in one place. The bot, the tests and the demo all build it here."""

import asyncio
import contextlib
import datetime as dt
import logging
import time as real_time
from collections.abc import Callable
from dataclasses import dataclass, field

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.charts import Charts
from bot.clock import LOOK_SECONDS, Clock
from bot.courier import Courier
from bot.handle import Bot
from bot.health import OLDEST_WAITING, Heartbeat, Signs, health_file
from bot.housekeeping import Housekeeper
from bot.pace import Pace
from bot.people import People
from bot.reconnecting import renew_address
from bot.rehearsal import Now, time_source, utc_now
from bot.settings import Settings
from bot.slack import Ourselves, Router, make_app
from bot.speak import Place
from bot.uploads import Uploader
from bot.web import open_session, web_client
from bot.words import Words
from dialogs.script import load_script
from dialogs.working_time import WorkingTime
from knowledge.index import Index
from knowledge.library import load_library
from storage.database import DatabaseProblem
from storage.store import Store, open_store

logger = logging.getLogger(__name__)
REHEARSAL_LOOK_SECONDS = 1.0  # a clock moved by hand should be seen at once


@dataclass
class House:
    """A running bot. `start` connects, `close` lets go; killing it loses nothing."""

    store: Store
    bot: Bot
    courier: Courier
    clock: Clock
    router: Router
    socket: AsyncSocketModeHandler
    session: aiohttp.ClientSession
    client: AsyncWebClient
    now: Now
    heartbeat: Heartbeat
    housekeeper: Housekeeper
    own_charts: Charts | None
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> None:
        """Learn who we are, connect, and begin to deliver what is owed from before."""
        me = await self.client.auth_test()
        self.router.me = Ourselves(me["team_id"], me["user_id"], me.get("bot_id"))
        self.bot.place = self.bot.place._replace(workspace_url=me["url"])
        await self.store.purge(self.now())
        # The SDK would try a refused app token for ever; asked here first, the refusal is told and ends the start.
        opened = await self.client.apps_connections_open(app_token=self.socket.app_token)
        self.socket.client.wss_uri = opened["url"]
        await self.socket.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt has no types here
        work = (
            self.courier.run(),
            self.clock.run(),
            self.housekeeper.run(),
            self.heartbeat.run(self.signs),
            renew_address(self.socket.client),
        )
        self._tasks = [asyncio.create_task(each) for each in work]
        logger.info("connected to %s", me["team"])

    async def run(self) -> None:
        """Start, then work until cancelled; an end of the courier is an end of the bot. Close it afterwards."""
        await self.start()
        await asyncio.gather(*self._tasks)

    async def idle(self) -> bool:
        """Whether everything owed is delivered."""
        return self.housekeeper.idle and await self.courier.idle() and await self.router.idle()

    async def signs(self) -> Signs:
        """How it is with the bot, for `maturity-bot health`."""
        connected = await self.socket.client.is_connected()
        signs = Signs(connected, self.router.last_event, None, self.courier.locked_out)
        try:
            oldest = (await self.store.read(lambda reading: reading.sql(OLDEST_WAITING)))[0]["oldest"]
        except DatabaseProblem as problem:
            return signs._replace(trouble=str(problem))
        waited = (self.now() - dt.datetime.fromisoformat(oldest)).total_seconds() if oldest else None
        return signs._replace(outbox_seconds=waited)

    async def close(self) -> None:
        """Disconnect and close the database."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        await self.heartbeat.end()
        await self.courier.stop()
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await self.socket.close_async()  # type: ignore[no-untyped-call]  # likewise
        if self.own_charts is not None:
            await self.own_charts.close()
        await self.session.close()
        await self.store.close()


def build(
    settings: Settings,
    *,
    now: Now | None = None,
    monotonic: Callable[[], float] = real_time.monotonic,
    index: Index | None = None,
    charts: Charts | None = None,
) -> House:
    """Wire a bot together; inside the running loop. ContentError, DatabaseProblem where something is not usable.

    `now` gives aware UTC time; unless given, it is the real one, or the rehearsal's where a clock file is set. `index`
    is one made before from the same content; it brings its library along. `charts` draws; unless given, it is made and
    closed with the house.
    """
    heartbeat = Heartbeat(health_file(settings.database_url), now or utc_now)
    now = now or time_source(settings.clock_file)
    library = index.library if index else load_library(overlay=settings.knowledge_path)
    script = load_script(library)
    store = open_store(settings.database_url)
    session = open_session()
    client = web_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, session)
    place = Place("", settings.expert_channel, settings.agent_view)
    time = WorkingTime(default_zone=settings.time_zone, at=settings.remind_at)
    bot = Bot(script, Words(library), store, place, index or Index(library), time)
    drawing = charts or Charts()
    uploader = Uploader(client, session, drawing, bot.words)
    courier = Courier(store, client, Pace(monotonic), now, bot.handle, uploader)
    bot.owed = courier.wake
    housekeeper = Housekeeper(store, now, settings.retention_months)
    bot.forgot = housekeeper.wake
    people = People(client, monotonic)
    every = REHEARSAL_LOOK_SECONDS if settings.clock_file else LOOK_SECONDS
    clock = Clock(store, people, bot.handle, now, heartbeat.noting_looks(lambda: courier.locked_out), every)
    router = Router(bot, people, client, session, now, courier.halt)
    app = make_app(client, router)
    socket = AsyncSocketModeHandler(
        app, settings.slack_app_token.get_secret_value(), proxy=None, ping_interval=10 if not settings.local else 5
    )
    socket.client.proxy = client.proxy  # the SDK would take the environment's, also to this very machine
    own = None if charts else drawing
    return House(store, bot, courier, clock, router, socket, session, client, now, heartbeat, housekeeper, own)
