"""The end of an assessment: its reminder moves, or one is offered."""

from dialogs.effects import Edit, Effect, Post, Remind, Whisper
from dialogs.events import Person, Pressed
from dialogs.reminder import after_finish
from dialogs.reminder_screens import ReminderDeclined, ReminderOffer, ReminderSet
from dialogs.reminding import Whose, arranged
from dialogs.schedule import NotASchedule, Rhythm, Wanted, read_schedule
from dialogs.screens import Outdated, Problem
from dialogs.walk import Walk

OFFERED = (Rhythm(count=3, unit="month"), Rhythm(count=6, unit="month"))


def look_again(walk: Walk) -> tuple[Effect, ...]:
    """After the report: tell the next date where there is a reminder, else offer one."""
    state, slot = walk.state, _slot(walk)
    before = walk.around.reminders.get(state.subject_key)
    if before is not None:
        after = after_finish(before, walk.around.time, walk.event.at)
        if after.due is not None:
            return Remind(after), Post(slot, ReminderSet(after))
    proposed = tuple(arranged(walk.around, _whose(walk), Wanted(each, None, literal=True)) for each in OFFERED)
    moved = (Remind(after),) if before is not None and after is not before else ()
    return (*moved, Post(slot, ReminderOffer(state.id, state.subject, proposed)))


def _slot(walk: Walk) -> str:
    return f"again:{walk.state.reports}"


def _whose(walk: Walk) -> Whose:
    """In the time of who started it; counted from today, since the assessment ends today."""
    state = walk.state
    starter = Person(state.starter, state.starter_name, zone=state.zone)
    return Whose(
        state.workspace,
        state.channel,
        state.channel_name,
        state.channel_kind,
        state.subject,
        starter,
        walk.event.at,
    )


def take_offer(walk: Walk, event: Pressed) -> None:
    """A click on the offer: set a reminder, say how to have another rhythm, or fold it away."""
    if walk.state.phase != "finished":
        walk.then(Whisper(Outdated(walk.state)))
    elif event.argument == "off":
        walk.then(Edit(_slot(walk), ReminderDeclined(event.person.name)))
    elif event.argument == "other":
        walk.then(Whisper(Problem("remind-other", {"subject": walk.state.subject})))
    else:
        _set(walk, event)


def _set(walk: Walk, event: Pressed) -> None:
    whose = _whose(walk)
    try:
        wanted = read_schedule(event.argument, whose.day_there(walk.around))
        made = arranged(walk.around, whose, wanted)
    except NotASchedule:  # a button of another version
        walk.then(Whisper(Outdated(walk.state)))
        return
    walk.then(Remind(made), Edit(_slot(walk), ReminderSet(made, event.person.name)))
