"""`step`: what happened, in where we are, gives where we are then and what must follow. Pure, total, no clock.

One small function per event. A button that means nothing any more is answered privately, never with silence.
"""

from dialogs.answering import open_need, rate, take_need
from dialogs.asking import allowed, answered_before, give
from dialogs.channel_course import channel_changed, starter_gone
from dialogs.commands import answer_command
from dialogs.course import proceed, rest
from dialogs.deleting import DELETING, about_oneself, sure
from dialogs.editing import take_edit
from dialogs.effects import Answer, Dismiss, Effect, Post, Tell, Turn, Whisper
from dialogs.events import (
    ChannelChanged,
    Chosen,
    Commanded,
    Deleted,
    Edited,
    Event,
    HomeOpened,
    NudgeDue,
    OfPerson,
    PersonGone,
    Pressed,
    ReminderDue,
    Said,
    Submitted,
    Undeliverable,
    as_command,
)
from dialogs.fact_finding import leave_words, submitted
from dialogs.form_answers import take_form
from dialogs.home import PRESSES, home_opened, home_pressed
from dialogs.home_forms import take_settings, told_where
from dialogs.message_changes import bring_back, message_deleted, message_edited, moved_away
from dialogs.nudging import gone_quiet, watch
from dialogs.permissions import refusal
from dialogs.planning import PLANNING_FORMS, take_done, take_plan
from dialogs.pressing import pressed
from dialogs.reminding import confirm
from dialogs.result_screens import FilesRefused
from dialogs.screens import Done, Ended, Outdated, Outsider, Problem, Started, Stuck
from dialogs.script import Script
from dialogs.starting import start
from dialogs.state import State
from dialogs.surroundings import Surroundings
from dialogs.thread_talk import said
from dialogs.updating_facts import take_update
from dialogs.walk import Walk

__all__ = ["Surroundings", "command", "step"]

_CHANNEL_CLOSED = ("not_in_channel", "is_archived", "channel_not_found")  # a message would be refused there as well


def step(script: Script, state: State, event: Event, around: Surroundings | None = None) -> Turn:
    """Take one step in an assessment. `Turn.state` is None where nothing lasting happened.

    `around` is what the channel has besides, for questions about the team.
    """
    walk = Walk(script, state, event, around)
    if isinstance(event, Undeliverable):
        _undeliverable(walk, event)
    elif isinstance(event, NudgeDue):
        gone_quiet(walk, event)
    elif isinstance(event, ChannelChanged):
        channel_changed(walk, event)
    elif isinstance(event, PersonGone):
        starter_gone(walk, event)
    elif isinstance(event, Deleted):
        message_deleted(walk, event)
    elif isinstance(event, Edited):
        message_edited(walk, event)
        if walk.effects:
            watch(walk)
    elif not isinstance(event, ReminderDue | HomeOpened):
        _of_person(walk, event)
        if refusal(event.person, walk.around) is None:
            bring_back(walk)
            watch(walk)
    return walk.result()


def _of_person(walk: Walk, event: OfPerson) -> None:
    if isinstance(event, Said) and event.thread in walk.state.left_threads:
        moved_away(walk, event)
    elif isinstance(event, Said):
        said(walk, event)
    elif isinstance(event, Commanded):
        walk.then(*answer_command(walk.script, walk.around._replace(states=(walk.state,)), event))
    elif why := refusal(event.person, walk.around):
        walk.then(Whisper(Outsider(why)))
    elif isinstance(event, Chosen):
        _chosen(walk, event)
    elif isinstance(event, Submitted):
        _submitted(walk, event)
    else:
        pressed(walk, event)


def command(script: Script, around: Surroundings, event: Commanded | Pressed | Submitted | HomeOpened) -> Turn:
    """Answer a command, or a button or form that belongs to no assessment (`run`, `start-new`, `join`, `share` ...)."""
    if isinstance(event, HomeOpened):
        return Turn(None, home_opened(around, event))
    if isinstance(event, Pressed) and event.action in PRESSES:
        return Turn(None, home_pressed(around, event, script.library))
    if (why := refusal(event.person, around)) and not about_oneself(event):
        return Turn(None, (Answer(Outsider(why)),))
    if isinstance(event, Commanded):
        return Turn(None, answer_command(script, around, event))
    if isinstance(event, Submitted):
        return Turn(None, take_settings(around, event) if event.form == "settings" else take_need(script, event))
    turn = _besides(script, around, event)
    return turn if not event.view else Turn(None, told_where(turn.effects))


def _besides(script: Script, around: Surroundings, event: Pressed) -> Turn:
    """Take a button that belongs to no assessment."""
    if event.action in ("helpful", "unhelpful"):
        return Turn(None, rate(script, event))
    if event.action == "need":
        return Turn(None, open_need(script, event))
    if event.action in DELETING:
        return Turn(None, sure(around, event))
    order = as_command(event, event.argument, "slash")
    if event.action == "run":
        return Turn(None, answer_command(script, around, order))
    if event.action == "remind-set":
        return Turn(None, confirm(around, event))
    if event.action == "share":
        return Turn(None, _share(script, around, order))
    if event.action in ("start-new", "join"):
        rest = event.argument.removeprefix("start ")
        effects = start(script, around, order, rest, new=True, joining=event.action == "join")
        begun = not any(isinstance(effect, Answer) and not _is_started(effect) for effect in effects)
        told: tuple[Effect, ...] = (
            (Dismiss(Done("joining" if event.action == "join" else "going-on")),) if begun else ()
        )
        return Turn(None, (*(e for e in effects if not (begun and isinstance(e, Answer))), *told))
    return Turn(None, (Whisper(Outdated(None)),))


def _is_started(effect: Answer) -> bool:
    return isinstance(effect.screen, Started)


def _share(script: Script, around: Surroundings, order: Commanded) -> tuple[Effect, ...]:
    """Post what a private answer showed, as it is now, in the channel."""
    if order.bot_is_member is False:
        return (Answer(Problem("share-not-member", {"channel": order.channel_name})),)
    shared = [effect for effect in answer_command(script, around, order) if isinstance(effect, Answer)]
    screens = [effect.screen for effect in shared if effect.share is not None]
    if not screens:
        return (Whisper(Outdated(None)),)
    return (*(Post(f"shared:{order.key}", screen, "channel") for screen in screens), Dismiss(Done("shared")))


def _chosen(walk: Walk, event: Chosen) -> None:
    """Take a click on an answer of a question."""
    state = walk.state
    if state.phase == "finished":
        walk.then(Whisper(Ended(state)))
        return
    if state.phase == "discarded" or event.practice not in walk.library.practices:
        walk.then(Whisper(Outdated(state)))
        return
    if answered_before(walk, event.practice, event.choice) or not allowed(walk, event.practice, event.choice):
        return
    if state.phase == "paused":
        walk.then(Whisper(Problem("paused", {})))
        return
    current = state.question is not None and state.question.id == event.practice
    give(walk, event.practice, event.choice, state.notes.get(event.practice))
    if current:
        proceed(walk)


def _submitted(walk: Walk, event: Submitted) -> None:
    """Take a sent form."""
    if event.form == "update":
        take_update(walk, event)
    elif event.form in PLANNING_FORMS:
        take_done(walk, event) if event.form == "done" else take_plan(walk, event)
    elif not walk.state.running:
        screen = Ended(walk.state) if walk.state.phase == "finished" else Outdated(walk.state)
        walk.then(Whisper(screen))
    elif event.form == "facts":
        if submitted(walk, event) and walk.state.phase == "facts":
            leave_words(walk)
            proceed(walk)
    elif event.form == "answers":
        if take_form(walk, event):
            proceed(walk)
    elif event.form == "edit":
        take_edit(walk, event)


def _undeliverable(walk: Walk, event: Undeliverable) -> None:
    """Slack refuses our messages there: rest, and tell the starter once, in a direct message.

    Where it refuses files alone, the thread that was promised them hears it, and nothing rests.
    """
    state = walk.state
    if event.files:
        if event.error not in _CHANNEL_CLOSED:
            walk.then(Post(f"files-refused:{event.key}", FilesRefused(event.error)))
        return
    if not state.running or state.phase == "paused":
        return
    rest(walk, "channel")
    if event.slot == "parent" and not state.left_threads:
        walk.become(phase="discarded")
    walk.then(Tell(state.starter, Stuck(state, event.error)))
