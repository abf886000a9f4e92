"""What an event's channel has, read inside its transaction: assessments, results, reminders, plans, working time."""

from bot.home_around import with_overview
from dialogs.commands import read_order
from dialogs.deleting import asks_what_is_held
from dialogs.events import Commanded, Event, Pressed, Said, Submitted
from dialogs.planning import PLANNING, PLANNING_FORMS
from dialogs.surroundings import Surroundings
from dialogs.working_time import WorkingTime
from storage import plans, standings
from storage.held import held
from storage.reports import Reading

HISTORY = "team/history"  # the topic that looks at earlier results
_RESULTS = ("report", "history", "diff")  # commands that look at earlier results
_PLANS = ("report", "next")  # commands that look at what was decided about next steps
KEPT = 40  # results of a subject that a history looks at


def around_channel(reading: Reading, time: WorkingTime, event: Event, channel: str) -> Surroundings:
    """Everything a channel has; earlier results only where somebody asks for them. `time` is what holds by default."""
    states = reading.around(event.workspace, channel)
    found = event.found if isinstance(event, Commanded | Said | Pressed) else None
    keys = {state.subject_key for state in states if state.phase == "finished"}
    wanted = keys if found is not None and found.topic == HISTORY else set()
    past = {key: reading.past(event.workspace, channel, key) for key in wanted}
    around = around_assessment(reading, time, event, channel)._replace(states=states, past=past)
    if _order(event) in _RESULTS:
        results = {key: standings.results_of(reading.sql, event.workspace, channel, key, KEPT) for key in keys}
        around = around._replace(results=results)
    if asks_what_is_held(event):
        return around._replace(held=held(reading.sql, event.workspace, channel, event.person.id))
    return with_overview(reading, event, channel, around)


def around_assessment(reading: Reading, time: WorkingTime, event: Event, channel: str) -> Surroundings:
    """What every step of an assessment may need: the channel's reminders, and when its team works."""
    team = reading.team_of(event.workspace, channel)
    reminders = reading.reminders_of(event.workspace, channel)
    own = time._replace(zone=team.zone, country=team.country)
    around = Surroundings(reminders=reminders, time=own, guests=team.guests)
    if _order(event) in _PLANS or looks_at_steps(event):
        return around._replace(plans=plans.in_channel(reading.sql, event.workspace, channel))
    return around


def looks_at_steps(event: Event) -> bool:
    """Whether an event is a button or a form of next steps."""
    if isinstance(event, Pressed):
        return event.action in PLANNING
    return isinstance(event, Submitted) and event.form in PLANNING_FORMS


def looks_at_channel(event: Event) -> bool:
    """Whether a step of an assessment needs what its channel has besides."""
    shows = isinstance(event, Pressed) and event.action == "pictures"
    return shows or looks_at_steps(event) or (isinstance(event, Said) and event.found is not None)


def _order(event: Event) -> str:
    """The command that an event gives, empty for none."""
    if isinstance(event, Pressed):
        text = event.argument if event.action in ("run", "share") else "report" if event.action == "pictures" else ""
    else:
        text = event.text if isinstance(event, Commanded | Said) else ""
    order = read_order(text) if text else None
    return order.name if order is not None else ""
