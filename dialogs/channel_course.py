"""What becomes of an assessment, and of a reminder, when its channel changes or its starter is deactivated."""

from dialogs.course import parent, rest, say_paused
from dialogs.effects import Dismiss, Edit, Effect, Post, Remind, Tell
from dialogs.events import ChannelChanged, PersonGone, Pressed
from dialogs.reminder import Reminder
from dialogs.reminder_screens import ReminderStuck
from dialogs.screens import Back, Done, Orphaned, Shared, Stuck, TakenOver
from dialogs.surroundings import Surroundings
from dialogs.walk import Walk

_LOCKED = {"archived": "is_archived", "deleted": "channel_not_found", "removed": "not_in_channel"}


def channel_changed(walk: Walk, event: ChannelChanged) -> None:
    """Let an assessment follow its channel: rest where nobody can write, offer to go on where one can again."""
    state = walk.state
    if event.change == "renamed":
        walk.become(channel_name=event.name)
    elif event.change == "moved":
        walk.become(channel=event.new_id)
    elif not state.running:
        return
    elif event.change in _LOCKED:
        _lock(walk, _LOCKED[event.change])
    elif event.change in ("unarchived", "invited") and state.rest == "channel":
        _offer_again(walk, Back(state.id))
    elif event.change == "shared" and state.phase != "paused":
        rest(walk, "shared")
        _offer_again(walk, Shared(state.id), keep=True)
    elif event.change == "unshared" and state.rest == "shared":
        _offer_again(walk, Back(state.id, unshared=True))


def _lock(walk: Walk, error: str) -> None:
    state = walk.state
    if state.phase == "paused":
        walk.become(rest="channel")
        return
    rest(walk, "channel")
    walk.then(Tell(state.starter, Stuck(state, error)))


def _offer_again(walk: Walk, screen: Back | Shared, *, keep: bool = False) -> None:
    """Say in the thread that it rests, or may go on; Resume does the rest."""
    walk.become(rest=walk.state.rest if keep else "")
    say_paused(walk, screen)
    walk.then(Edit("parent", parent(walk)))


def starter_gone(walk: Walk, event: PersonGone) -> None:
    """The starter was deactivated: the thread is told, and anybody here may take over."""
    state = walk.state
    if not state.running or state.starter != event.person.id or state.starter_gone:
        return
    walk.become(starter_gone=True)
    walk.then(Post(f"orphan:{walk.turn}", Orphaned(state.id, state.starter_name)))


def take_over(walk: Walk, event: Pressed) -> None:
    """Become the starter of an assessment whose own is gone."""
    if not walk.state.starter_gone:
        walk.then(Dismiss(Done("stays")))
        return
    person = event.person
    walk.become(starter=person.id, starter_name=person.name, starter_gone=False, zone=person.zone or walk.state.zone)
    walk.then(Post(f"taken-over:{walk.turn}", TakenOver(person.name)), Edit("parent", parent(walk)))


# Reminders -----------------------------------------------------------------------------------------------------------


def reminder_follows(
    reminder: Reminder, around: Surroundings, event: ChannelChanged | PersonGone
) -> tuple[Effect, ...]:
    """Let a reminder follow its channel, and forget an owner who is gone: it keeps coming, in the same time zone."""
    if isinstance(event, PersonGone):
        return (Remind(reminder.with_(owner="")),) if reminder.owner == event.person.id else ()
    if event.change == "renamed":
        return (Remind(reminder.with_(channel_name=event.name)),)
    if event.change == "moved":
        return (Remind(reminder.with_(channel=event.new_id)),)
    if event.change in _LOCKED and reminder.rests is None:
        told = any(state.running and state.subject_key == reminder.subject_key for state in around.states)
        stuck = (Tell(reminder.owner, ReminderStuck(reminder, _LOCKED[event.change])),) if not told else ()
        return (Remind(reminder.resting("channel")), *stuck)
    if event.change in ("unarchived", "invited") and reminder.rests == "channel" and reminder.rhythm is not None:
        today = around.time.calendar(reminder.profile_zone).day(event.at)
        return (Remind(reminder.on(around.time, reminder.following(today), message=None)),)
    return ()
