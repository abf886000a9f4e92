"""In whose time a team is reminded: what its channel has set, else a Slack profile's zone, else the bot's setting."""

import datetime as dt
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.calendars import Calendar
from knowledge.zones import country_of

Origin = Literal["channel", "profile", "default"]
TEN = dt.time(10)


class WorkingTime(NamedTuple):
    """What a channel has set (`zone` empty and `country` None: nothing), and what holds for everybody.

    An empty `country` is one set on purpose: no public holidays. `at` is the local time at which to write.
    """

    zone: str = ""
    country: str | None = None
    default_zone: str = "UTC"
    at: dt.time = TEN

    def origin(self, profile: str) -> Origin:
        """Where the zone comes from; `profile` is the zone of a person's Slack profile, empty where unknown."""
        return "channel" if self.zone else "profile" if _known(profile) else "default"

    def calendar(self, profile: str) -> Calendar:
        """The calendar to go by. The country, unless set, is the one that the zone lies in."""
        zone = self.zone or (profile if _known(profile) else self.default_zone)
        return Calendar(zone, country_of(zone) if self.country is None else self.country, self.at)


def _known(zone: str) -> bool:
    try:
        return bool(zone) and ZoneInfo(zone) is not None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # no zone of this name, or no name at all
        return False
