"""The forms of the App Home sent off: beginning an assessment in a channel, and what a channel's team has set."""

from collections.abc import Mapping
from typing import Literal

from dialogs.effects import Answer, Begin, Effect, Refuse, Remind, SetPolicy, SetTime, Whisper
from dialogs.events import Commanded, Submitted
from dialogs.home_screens import StartedIn
from dialogs.privacy_screens import SecretSeen
from dialogs.reminder import moved
from dialogs.reminder_screens import TeamTime
from dialogs.screens import Problem, Started
from dialogs.script import Script
from dialogs.secrets import holds_secret
from dialogs.starting import read_start, start
from dialogs.surroundings import Surroundings
from dialogs.team_time import changed_time
from dialogs.working_time import WorkingTime
from knowledge.zones import UnknownPlace

_FIELD: Mapping[str, Literal["zone", "country"]] = {"zone": "zone", "country": "country"}
KINDS = ("quick", "full", "again")  # what `start` takes before a subject
_UNSET = "profile"  # what a blank field means to `settings`: by people's profiles, and the country of the zone


def start_by_form(script: Script, around: Surroundings, event: Commanded) -> tuple[Effect, ...]:
    """Begin what the form asks for, as `start` would in that channel; a subject that cannot be marks its field."""
    if holds_secret(event.text):
        return (Whisper(SecretSeen("command")),)
    effects = start(script, around, event, event.text.partition(" ")[2])
    for effect in effects:
        if isinstance(effect, Answer) and isinstance(effect.screen, Problem) and "subject" in effect.screen.kind:
            return (Refuse({"subject": effect.screen}),)
    return told_where(effects)


def told_where(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """The same effects, and for what begins a word where it is: who asked is looking at something else."""
    begun = [effect.turn.state for effect in effects if isinstance(effect, Begin) and effect.turn.state is not None]
    if not begun:
        return effects
    state = begun[0]
    told = StartedIn(state.channel, state.channel_name, state.subject, state.mode, again=state.since is not None)
    kept = (e for e in effects if not (isinstance(e, Answer) and isinstance(e.screen, Started)))
    return (*kept, Answer(told))


def names_subject(rest: str) -> bool:
    """Whether what stands after "start" names a subject."""
    return bool(read_start(rest).subject)


def take_settings(around: Surroundings, event: Submitted) -> tuple[Effect, ...]:
    """Set what the form says, as `settings` would: reminders that are set move along at once."""
    time, errors = around.time, {}
    for name in ("zone", "country"):
        said = event.values.get(name)
        value = " ".join(said.split()) if isinstance(said, str) else ""
        try:
            time = changed_time(time, _FIELD[name], value or _UNSET)
        except UnknownPlace as unknown:
            details = {"given": unknown.given, "near": unknown.near}
            errors[name] = Problem("unknown-country" if name == "country" else "unknown-zone", details)
    if errors:
        return (Refuse(errors),)
    guests = _switch(event, "guests", around.guests)
    kept: list[Effect] = [SetTime(time.zone, time.country, guests), *_moved(around, time, event)]
    ranking = _switch(event, "ranking", around.ranking)
    if ranking != around.ranking:
        kept.append(SetPolicy(ranking=ranking))
    return (*kept, Answer(TeamTime("", time, event.person.zone, guests)))


def _moved(around: Surroundings, time: WorkingTime, event: Submitted) -> list[Effect]:
    if time == around.time:
        return []
    return [Remind(moved(each, time, event.at)) for each in around.reminders.values() if each.day is not None]


def _switch(event: Submitted, name: str, before: bool) -> bool:  # noqa: FBT001 - a switch is a bool
    """A switch of the form; it moves for admins of the workspace only."""
    said = event.values.get(name)
    return said == "on" if event.person.admin and said in ("on", "off") else before
