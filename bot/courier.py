"""Posts what the outbox owes, each thing once: notes before it tries, and looks before it repeats.

A row that was tried and not noted as sent is in doubt: its post may be in Slack. The courier then waits until a lost
request can no longer arrive, looks for the message by the key in its metadata, and posts only if it is not there.

What follows when Slack says no:

- HTTP 429, `ratelimited`: the message and all others of its kind wait as long as Slack asks. Nobody is told.
- HTTP 5xx, `internal_error` and the like, or no answer at all: it is looked for, then repeated. Nobody is told.
- `invalid_blocks`, `msg_blocks_too_long` and the like: it is sent as plain text; the operator is told in the log.
- `account_inactive`, `token_revoked` and the like: it stays owed like all others, and nothing is sent before a new
  start. The operator is told, once in the log, and by `maturity-bot status`.
- `not_in_channel`, `is_archived`, `channel_not_found`, and whatever else: it is given up. Its assessment or reminder
  rests, and who started or set it is told directly, once. A `missing_scope` is named in the log as well, once for each.

An edit, direct message or upload is given up with nothing resting (`maturity-bot status`); of files the thread is told.
"""

import asyncio
import datetime as dt
import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.charts import ChartFailed
from bot.doubt import SETTLED, Doubt
from bot.pace import Pace
from bot.undeliverable import told_of
from bot.uploads import NotTaken, Uploader
from bot.web import NEVER_LEFT, NO_ANSWER, Refusal, refusal
from bot.wire import METHODS, call
from dialogs.events import Undeliverable
from storage.database import DatabaseProblem
from storage.failpoints import reach
from storage.outbox import Delivery
from storage.store import Store

logger = logging.getLogger(__name__)
LEASE = dt.timedelta(seconds=20)
LOOKED_FOR = ("post", "direct", "upload")  # what would show twice if it were repeated
LANES = 40  # at work at once: a hanging Slack must not gather calls without end
AGAIN_SECONDS = 5.0  # after a database that could not be reached


@dataclass
class Courier:
    """Delivers for one workspace. `now` gives aware UTC time; `undeliverable` takes what Slack refuses for good.

    `locked_out` says why Slack takes nothing from our token any more; `resting` whether `run` waits for a call or time.
    """

    store: Store
    client: AsyncWebClient
    pace: Pace
    now: Callable[[], dt.datetime]
    undeliverable: Callable[[Undeliverable], Awaitable[object]]
    uploader: Uploader
    locked_out: str | None = None
    resting: bool = False
    _owner: str = field(default_factory=lambda: uuid.uuid4().hex)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _busy: set[asyncio.Task[None]] = field(default_factory=set)
    _lacking: set[str] = field(default_factory=set)
    _in_flight: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Settle doubts with the same store, client and clock."""
        self.doubt = Doubt(self.store, self.client, self.pace, self.now)

    def wake(self) -> None:
        """There is something to send."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            self._wake.clear()
            try:
                if not await self._start():
                    await self._rest()
            except DatabaseProblem as problem:  # busy or full: what is owed stays owed
                logger.error("the outbox cannot be used now, trying again: %s", problem)  # noqa: TRY400 - no traceback
                await self._wait(AGAIN_SECONDS)

    async def _rest(self) -> None:
        """Wait for a call, or for the next due time; a minute at the most."""
        now = self.now()
        due = await self.store.read(lambda reading: reading.next_due(now))
        # A row that is due and was not claimed waits for another one: that one's end wakes us.
        wait = (due - now).total_seconds() if due is not None and not self.locked_out else 60.0
        await self._wait(min(60.0, wait) if wait > 0 else 1.0)

    async def _wait(self, seconds: float) -> None:
        self.resting = True
        try:
            async with asyncio.timeout(seconds):  # wait_for of Python 3.11 may swallow a cancellation
                await self._wake.wait()
        except TimeoutError:
            return
        finally:
            self.resting = False

    async def deliver(self) -> int:
        """Claim what is due, send it, and wait for the end of that; how many rows were claimed."""
        claimed = await self._start()
        await asyncio.gather(*self._busy)
        return claimed

    async def _start(self) -> int:
        """Claim what is due and begin to send it, channels side by side; how many rows were claimed.

        Posts of a channel go in order; its edits and uploads go beside them: the next question waits for none.
        """
        if self.locked_out or len(self._busy) >= LANES:
            return 0
        claimed = await self.store.claim(self._owner, self.now(), LEASE)
        lanes: dict[tuple[str, str], list[Delivery]] = {}
        fresh = [each for each in claimed if each.key not in self._in_flight]  # a lease may end before its work does
        self._in_flight.update(each.key for each in fresh)
        for delivery in fresh:
            beside = delivery.kind if delivery.kind in ("update", "upload") else ""
            lanes.setdefault((delivery.channel, beside), []).append(delivery)
        for lane in lanes.values():
            task = asyncio.create_task(self._lane(lane))
            self._busy.add(task)
            task.add_done_callback(self._lane_done)
        return len(claimed)

    def _lane_done(self, task: asyncio.Task[None]) -> None:
        self._busy.discard(task)
        self.wake()

    async def idle(self) -> bool:
        """Whether nothing is due, and nothing in flight."""
        return not self._busy and not self._wake.is_set() and not await self.store.read(lambda r: r.backlog())

    async def stop(self) -> None:
        """Break off what is in flight; what is not noted will be looked for at the next start."""
        for task in tuple(self._busy):
            task.cancel()
        await asyncio.gather(*self._busy, return_exceptions=True)

    async def _lane(self, lane: list[Delivery]) -> None:
        for delivery in lane:
            try:
                await self._one(delivery)
            except Exception:  # one message must not hold up all others; it stays owed, and its lease will end
                logger.exception("a %s could not be delivered now", delivery.kind)
            finally:
                self._in_flight.discard(delivery.key)

    async def _one(self, delivery: Delivery) -> None:
        reach("row-claimed")
        if self.locked_out:
            return
        try:
            if delivery.doubtful and delivery.kind in LOOKED_FOR and await self.doubt.settle(delivery):
                return
        except SlackApiError as error:
            await self._lock_out(delivery, refusal(error).reason, settled=False)
            return
        method = METHODS[delivery.kind]
        if (seconds := self.pace.wait(method, delivery.channel, delivery.key)) > 0:
            # Settled: a look, if there was one, found nothing.
            await self.store.postpone(delivery.key, self.now() + dt.timedelta(seconds=seconds), settled=True)
            return
        files = await self._files_sent(delivery) if delivery.kind == "upload" else None
        if delivery.kind == "upload" and files is None:
            return
        reach("before-try-noted")
        if await self.store.tried(delivery.key, self.now(), owner=self._owner, lease=LEASE):
            reach("before-call")
            await self._attempt(delivery, method, files)

    async def _files_sent(self, delivery: Delivery) -> list[dict[str, str]] | None:
        """Send an upload's files where Slack takes them; None where that failed. Nobody sees them yet."""
        try:
            return await self.uploader.send(delivery)
        except SlackApiError as error:
            await self._refused(delivery, METHODS["upload"], error, plain=True)
        except (NotTaken, *NO_ANSWER) as error:
            told = type(error).__name__
            logger.warning("files were not taken (%s); they are sent again", told)
            await self.store.postpone(delivery.key, self.now() + SETTLED, settled=True, error=told)
        except ChartFailed as problem:
            logger.error("the pictures cannot be drawn: %s", problem)  # noqa: TRY400 - it says what to do
            await self.store.failed(delivery.key, "pictures cannot be drawn", self.now())
        return None

    async def _attempt(
        self, delivery: Delivery, method: str, files: list[dict[str, str]] | None = None, *, plain: bool = False
    ) -> None:
        try:
            shares = self.uploader.share(delivery, files) if files is not None else None
            ts = await (shares or call(self.client, delivery, plain=plain))
        except SlackApiError as error:
            await self._refused(delivery, method, error, plain=plain)
        except NO_ANSWER as error:
            told, settled = type(error).__name__, isinstance(error, NEVER_LEFT)
            logger.warning("%s: no answer (%s); will be repeated, looked for first where in doubt", method, told)
            await self.store.postpone(delivery.key, self.now() + SETTLED, settled=settled, error=told)
        else:
            reach("call-answered")
            await self.store.sent(delivery.key, ts, self.now())
            reach("outcome-noted")

    async def _refused(self, delivery: Delivery, method: str, error: SlackApiError, *, plain: bool) -> None:
        """Slack answered no: wait, say it more simply, or give up and tell."""
        no = refusal(error)
        if no.throttled:
            self.pace.hold(method, delivery.channel, no.retry_after)
            until = self.now() + dt.timedelta(seconds=no.retry_after)
            await self.store.postpone(delivery.key, until, settled=True, error=no.reason)
        elif no.in_doubt:
            await self.store.postpone(delivery.key, self.now() + SETTLED, settled=False, error=no.reason)
        elif no.locks_out:
            await self._lock_out(delivery, no.reason, settled=True)
        elif no.too_much and delivery.kind not in ("join", "upload") and not plain:
            logger.error("%s refused the blocks (%s); sending the text alone", method, no.reason)
            await self._attempt(delivery, method, plain=True)
        else:
            await self._give_up(delivery, no)

    def halt(self, reason: str) -> None:
        """Send nothing any more, and let nothing come due; what is owed stays owed, for a new start."""
        if self.locked_out is None:
            self.locked_out = reason
            logger.error("the app was taken out of the workspace (%s); all rests: reinstall it, then restart", reason)

    async def _lock_out(self, delivery: Delivery, reason: str, *, settled: bool) -> None:
        """Stop: only a new start, with a token that Slack takes, goes on."""
        if self.locked_out is None:
            logger.error("Slack refuses our token (%s): run `maturity-bot doctor`, then restart the bot", reason)
        self.locked_out = self.locked_out or reason
        await self.store.postpone(delivery.key, self.now() + LEASE, settled=settled, error=reason)

    async def _give_up(self, delivery: Delivery, no: Refusal) -> None:
        reason = f"{no.reason} {no.needed}".strip()
        logger.warning("gave up a %s: %s", delivery.kind, reason)
        if no.needed and no.needed not in self._lacking:
            self._lacking.add(no.needed)
            logger.error("Slack misses the scope %s: add it under OAuth & Permissions, then reinstall", no.needed)
        if delivery.dialog is not None and delivery.kind not in ("update", "direct"):
            # First: it has a key, so a crash in between loses nothing.
            await self.undeliverable(told_of(delivery, delivery.dialog, no.reason, self.now()))
        await self.store.failed(delivery.key, reason, self.now())
