"""A clock that can be set ahead for rehearsals: a file says by how many seconds. Without the file it is the real time.

The demo's page moves it, and so does `maturity-bot clock`; a running bot that has CLOCK_FILE set follows at once.
"""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

MOST_SECONDS = 20 * 366 * 86_400.0  # twenty years: further ahead is a slip
_UNITS = {"m": 60.0, "h": 3_600.0, "d": 86_400.0, "w": 604_800.0}


Now = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """The real time, aware and in UTC."""
    return dt.datetime.now(dt.UTC)


def time_source(clock_file: Path | None) -> Now:
    """The clock to go by: the real one, or a rehearsal's where a file says how far it is ahead."""
    return RehearsalClock(clock_file) if clock_file is not None else utc_now


class ClockProblem(Exception):  # noqa: N818 - a situation
    """The clock cannot be moved like that; the message says what works."""


class RehearsalClock:
    """Gives the real time plus what `file` says; looks at the file again whenever it has changed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read_at: tuple[int, int] | None = None
        self._ahead = 0.0

    def __call__(self) -> dt.datetime:
        """The time to go by, aware and in UTC."""
        return utc_now() + dt.timedelta(seconds=self.ahead)

    def seconds(self) -> float:
        """The same in seconds since 1970."""
        return self().timestamp()

    @property
    def ahead(self) -> float:
        """By how many seconds the clock is ahead; 0 without a file, or with one that holds no number."""
        try:
            found = self._file.stat()
        except OSError:
            self._read_at, self._ahead = None, 0.0
            return 0.0
        if (mark := (found.st_mtime_ns, found.st_size)) != self._read_at:
            self._read_at, self._ahead = mark, _number(self._file)
        return self._ahead

    def forward(self, seconds: float) -> None:
        """Set the clock ahead by so many seconds more."""
        self.set_ahead(self.ahead + seconds)

    def set_ahead(self, seconds: float) -> None:
        """Set the clock ahead of the real time by so many seconds; 0 is the real time again."""
        if not 0 <= seconds <= MOST_SECONDS:
            raise ClockProblem("the clock moves ahead only, by 20 years at most; `maturity-bot clock now` resets it")
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{seconds:.3f}\n", encoding="ascii")
        fresh.replace(self._file)  # whoever reads meanwhile sees the old number or the new one, never half of it


def _number(file: Path) -> float:
    try:
        seconds = float(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0.0
    return seconds if 0 <= seconds <= MOST_SECONDS else 0.0


def seconds_ahead(text: str, real: dt.datetime, ahead: float, zone: str) -> float:
    """Read how far ahead a clock is to be: `+3d`, `+2w`, `2027-03-01 09:59` in that zone, or `now`.

    `real` is the real time and `ahead` what holds so far, in seconds. ClockProblem for anything else.
    """
    said = text.strip().casefold()
    if said == "now":
        return 0.0
    if found := re.fullmatch(r"\+(\d{1,6})([mhdw])", said):
        return ahead + int(found[1]) * _UNITS[found[2]]
    try:
        wall = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise ClockProblem(f"{text!r} is no move of the clock; try +3d, +2w, +5h, 2027-03-01T09:59, or now") from None
    wanted = wall if wall.tzinfo else wall.replace(tzinfo=ZoneInfo(zone))
    return (wanted - real).total_seconds()
