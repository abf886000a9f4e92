"""What stands after "settings": the channel's time zone and country, shown or changed."""

from dialogs.effects import Answer, Effect, Remind, SetTime
from dialogs.events import Commanded
from dialogs.portfolio import set_ranking
from dialogs.reminder import moved
from dialogs.reminder_screens import TeamTime
from dialogs.screens import AdminsOnly, Problem
from dialogs.surroundings import Surroundings
from dialogs.working_time import WorkingTime
from knowledge.zones import UnknownPlace, find_country, find_zone

_ZONE = ("zone", "timezone", "time zone", "tz")
_UNSET = ("profile", "default", "auto")


def settings(around: Surroundings, event: Commanded, rest: str) -> tuple[Effect, ...]:
    """Show, or change, when the channel's team works; reminders that are set move along at once."""
    said = " ".join(rest.split())
    if not said:
        return (_shown(around, event),)
    name, value = _split(said)
    if name == "guests" and value in ("on", "off"):
        return _guests(around, event, on=value == "on")
    if name == "ranking" and value in ("on", "off"):
        return set_ranking(event, on=value == "on")
    if not value or name not in (*_ZONE, "country"):
        return (Answer(Problem("settings-not-understood", {"given": said})),)
    try:
        time = changed_time(around.time, name, value)
    except UnknownPlace as unknown:
        details = {"given": unknown.given, "near": unknown.near}
        return (Answer(Problem("unknown-country" if name == "country" else "unknown-zone", details)),)
    reminders = (moved(each, time, event.at) for each in around.reminders.values() if each.day is not None)
    return (
        SetTime(time.zone, time.country, around.guests),
        *map(Remind, reminders),
        _shown(around._replace(time=time), event),
    )


def _guests(around: Surroundings, event: Commanded, *, on: bool) -> tuple[Effect, ...]:
    """Let guests take part in this channel, or no longer; for workspace admins only."""
    if not event.person.admin:
        return (Answer(AdminsOnly()),)
    time = around.time
    return SetTime(time.zone, time.country, on), _shown(around._replace(guests=on), event)


def _split(said: str) -> tuple[str, str]:
    """The setting's name and its value: "time zone Europe/Berlin" has a name of two words."""
    words = said.casefold().split()
    length = 2 if words[:2] == ["time", "zone"] else 1
    parts = said.split()
    return " ".join(words[:length]), " ".join(parts[length:]).removeprefix("to ")


def changed_time(time: WorkingTime, name: str, value: str) -> WorkingTime:
    """The working time with another zone or country; UnknownPlace for one that there is not."""
    unset = value.casefold() in _UNSET
    if name == "country":
        return time._replace(country=None if unset else find_country(value))
    return time._replace(zone="" if unset else find_zone(value))


def _shown(around: Surroundings, event: Commanded) -> Answer:
    return Answer(TeamTime(event.channel_name, around.time, event.person.zone, around.guests), share="settings")
