"""How a running bot is: the sign it leaves beside its database every ten seconds, and how that is judged.

Signs go by the real time, also in a rehearsal. They are small, so that `maturity-bot health` is quick and needs
neither Slack nor the database.
"""

import asyncio
import datetime as dt
import json
import logging
import os
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

logger = logging.getLogger(__name__)
BEAT_SECONDS = 10.0
SILENT_SECONDS = 60.0  # six signs missed
OUTBOX_SECONDS = 15 * 60.0  # longer than Slack's rate limits and short outages keep a message waiting
CLOCK_SECONDS = 2 * 60.0  # eight of its looks
OLDEST_WAITING = "SELECT min(created_at) AS oldest FROM outbox WHERE status = 'waiting'"


class Signs(NamedTuple):
    """What the bot knows of itself: the connection, the last event from Slack, and why Slack refuses its token.

    `outbox_seconds` is how long the oldest message has waited, None where none waits; `trouble` is why the database
    could not be asked.
    """

    connected: bool
    last_event: dt.datetime | None
    outbox_seconds: float | None
    locked_out: str | None
    trouble: str | None = None


class Beat(NamedTuple):
    """One sign of life; times are aware and in UTC. `looked` is when the clock last looked what is due."""

    time: dt.datetime
    pid: int
    looked: dt.datetime | None
    signs: Signs


class Aspect(NamedTuple):
    """One thing judged: whether it is well, and what was found, with the way out."""

    what: str
    well: bool
    said: str

    def __str__(self) -> str:
        return f"{'ok     ' if self.well else 'PROBLEM'}  {self.what}: {self.said}"


def health_file(database_url: str) -> Path:
    """Where the sign of a database's bot is: beside it, as in `maturity.db.health.json`."""
    return Path(database_url.removeprefix("sqlite:///") + ".health.json")


# --- the sign ----------------------------------------------------------------------------------------------------


@dataclass
class Heartbeat:
    """Leaves a sign every ten seconds. `now` gives aware UTC time.

    Of several bots on one database the last to write is seen.
    """

    file: Path
    now: Callable[[], dt.datetime]
    looked: dt.datetime | None = None
    _ended: bool = False
    _writing: threading.Lock = field(default_factory=threading.Lock)

    def noting_looks(self, halted: Callable[[], str | None]) -> Callable[[], str | None]:
        """The same question, noting when it is asked: the clock asks it at each of its looks."""

        def asked() -> str | None:
            self.looked = self.now()
            return halted()

        return asked

    async def run(self, signs: Callable[[], Awaitable[Signs]]) -> None:
        """Leave signs until cancelled; one that cannot be written is made up for by the next."""
        while True:
            try:
                await self.beat(signs)
            except OSError as error:
                logger.warning("the sign of health could not be written (%s)", error.strerror)
            await asyncio.sleep(BEAT_SECONDS)

    async def beat(self, signs: Callable[[], Awaitable[Signs]]) -> None:
        """Leave one sign."""
        found = await signs()
        await asyncio.to_thread(self._write, Beat(self.now(), os.getpid(), self.looked, found))

    async def end(self) -> None:
        """Take the sign away; after a clean stop there is none."""
        await asyncio.to_thread(self._remove)

    def _write(self, beat: Beat) -> None:
        """Replace the file at once: whoever reads sees the old sign or the new one, never half of it."""
        fresh = self.file.with_suffix(f".{beat.pid}.new")
        with self._writing:
            if not self._ended:
                fresh.write_text(json.dumps(_as_json(beat)), encoding="utf-8")
                fresh.replace(self.file)

    def _remove(self) -> None:
        with self._writing:
            self._ended = True
            beat = read_beat(self.file)
            if beat is not None and beat.pid == os.getpid():
                self.file.unlink(missing_ok=True)


def _as_json(beat: Beat) -> dict[str, Any]:
    signs = beat.signs
    return {
        "time": beat.time.isoformat(),
        "pid": beat.pid,
        "clock_looked": beat.looked.isoformat() if beat.looked else None,
        **signs._asdict(),
        "last_event": signs.last_event.isoformat() if signs.last_event else None,
    }


def read_beat(file: Path) -> Beat | None:
    """Read a sign; None where there is none that can be read."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        signs = Signs(**{name: found[name] for name in Signs._fields})
        return Beat(
            dt.datetime.fromisoformat(found["time"]),
            int(found["pid"]),
            _moment(found["clock_looked"]),
            signs._replace(last_event=_moment(found["last_event"])),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


# --- how it is judged ----------------------------------------------------------------------------------------------


def judge(beat: Beat | None, now: dt.datetime) -> tuple[Aspect, ...]:
    """Judge the last sign at this time, an aspect each; where the bot does not run, nothing else is judged."""
    if beat is None:
        return (Aspect("bot", False, "no sign of one here; start it with `maturity-bot run`, with this DATABASE_URL"),)
    silent = (now - beat.time).total_seconds()
    if abs(silent) > SILENT_SECONDS:
        when = f"last sign at {_shown(beat.time)}"
        return (Aspect("bot", False, f"{when}: it has ended or hangs; look at its log and restart it"),)
    signs = beat.signs
    aspects = (
        Aspect("bot", True, f"running as process {beat.pid}, last sign {max(silent, 0):.0f} s ago"),
        _socket(signs),
        _token(signs),
        Aspect("last event", True, _shown(signs.last_event) if signs.last_event else "none since the start"),
        _outbox(signs),
        _clock(beat, now),
    )
    return tuple(aspect for aspect in aspects if aspect is not None)


def _socket(signs: Signs) -> Aspect:
    way_out = "not connected to Slack; it tries by itself. If it stays so, look at the network and Slack's status page"
    return Aspect("socket", signs.connected, "connected" if signs.connected else way_out)


def _token(signs: Signs) -> Aspect | None:
    if signs.locked_out is None:
        return None
    return Aspect("token", False, f"Slack refuses it ({signs.locked_out}); run `maturity-bot doctor`, then restart")


def _outbox(signs: Signs) -> Aspect:
    if signs.trouble is not None:
        return Aspect("outbox", False, f"cannot be read: {signs.trouble}")
    if signs.outbox_seconds is None:
        return Aspect("outbox", True, "nothing waits")
    waited = f"the oldest message has waited {_length(signs.outbox_seconds)}"
    if signs.outbox_seconds <= OUTBOX_SECONDS:
        return Aspect("outbox", True, waited)
    return Aspect("outbox", False, f"{waited}; run `maturity-bot status` to see why")


def _clock(beat: Beat, now: dt.datetime) -> Aspect:
    if beat.looked is None:
        return Aspect("clock", False, "has not looked yet what is due; if it stays so, restart the bot")
    ago = (now - beat.looked).total_seconds()
    if ago > CLOCK_SECONDS:
        return Aspect("clock", False, f"last looked {_length(ago)} ago what is due; restart the bot")
    return Aspect("clock", True, f"last looked {_length(max(ago, 0))} ago what is due")


def _shown(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S} UTC"


def _length(seconds: float) -> str:
    """A length of time in the unit that fits."""
    for unit, name in ((86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:.0f} {name}"
    return f"{seconds:.0f} s"
