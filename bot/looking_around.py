"""What an event's channel has, read inside its transaction: assessments, results, reminders, working time."""

from dialogs.deleting import asks_what_is_held
from dialogs.events import Commanded, Event, Pressed, Said
from dialogs.surroundings import Surroundings
from dialogs.working_time import WorkingTime
from storage.held import held
from storage.reports import Reading

HISTORY = "team/history"  # the topic that looks at earlier results


def around_channel(reading: Reading, time: WorkingTime, event: Event, channel: str) -> Surroundings:
    """Everything a channel has; earlier results only where somebody asks for them. `time` is what holds by default."""
    states = reading.around(event.workspace, channel)
    found = event.found if isinstance(event, Commanded | Said | Pressed) else None
    keys = {state.subject_key for state in states if state.phase == "finished"}
    wanted = keys if found is not None and found.topic == HISTORY else set()
    past = {key: reading.past(event.workspace, channel, key) for key in wanted}
    around = around_assessment(reading, time, event, channel)._replace(states=states, past=past)
    if asks_what_is_held(event):
        return around._replace(held=held(reading.sql, event.workspace, channel, event.person.id))
    return around


def around_assessment(reading: Reading, time: WorkingTime, event: Event, channel: str) -> Surroundings:
    """What every step of an assessment may need: the channel's reminders, and when its team works."""
    team = reading.team_of(event.workspace, channel)
    reminders = reading.reminders_of(event.workspace, channel)
    own = time._replace(zone=team.zone, country=team.country)
    return Surroundings(reminders=reminders, time=own, guests=team.guests)
