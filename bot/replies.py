"""What goes back at once, after the commit: to a command, a click or a modal."""

from dataclasses import dataclass, replace
from typing import Any

from bot.blocks import Message
from bot.speak import Place, speak, speak_answer
from bot.views import draw
from bot.words import Words
from dialogs.effects import Answer, Dismiss, Effect, Open, Redraw, ShowHome, Whisper
from dialogs.events import PRIVATE, Commanded, Event, Pressed, Said, Submitted
from dialogs.home_screens import Wish
from dialogs.planning import PLANNING_FORMS
from dialogs.result_screens import IN_THREAD
from dialogs.state import State


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back at once, after the commit: to a command, a click or a modal. May be lost in a crash.

    `whispers` are private messages; `dismiss` takes away the clicked private message, `instead` takes its place. `home`
    says that the person's Home is to be drawn anew, and how.
    """

    whispers: tuple[Message, ...] = ()
    dismiss: bool = False
    instead: Message | None = None
    view_errors: dict[str, str] | None = None
    view_update: dict[str, Any] | None = None
    open_view: dict[str, Any] | None = None
    channel: str = ""
    thread: str | None = None
    home: Wish | None = None


NOTHING = Reply()


def _thread(event: Event, state: State | None) -> str | None:
    """The thread that a private answer belongs into: the assessment's, but for steps that were shown in the channel."""
    if isinstance(event, Said):
        return event.thread
    if isinstance(event, Submitted) and event.form in PLANNING_FORMS and not event.argument.endswith(IN_THREAD):
        return None
    return state.thread if state else None


def reply_to(event: Event, effects: tuple[Effect, ...], state: State | None, words: Words, place: Place) -> Reply:
    """Draw what an event's effects send back; a click is answered where it was made."""
    whispers: list[Message] = []
    reply = Reply(
        channel=state.channel if state and not isinstance(event, Pressed) else event.channel,
        thread=_thread(event, state),
    )
    aloud = isinstance(event, Commanded) and event.by not in PRIVATE
    for effect in effects:
        if isinstance(effect, Whisper):
            whispers.append(speak(effect.screen, words, place))
        elif isinstance(effect, Answer) and not aloud:
            whispers.append(speak_answer(effect, words, place, private=True))
        elif isinstance(effect, Dismiss):
            instead = speak(effect.screen, words, place) if effect.screen is not None else None
            reply = replace(reply, dismiss=True, instead=instead)
        elif isinstance(effect, Open):
            reply = replace(reply, open_view=draw(effect.view, words, place.workspace_url))
        elif isinstance(effect, Redraw):
            reply = replace(reply, view_update=draw(effect.view, words))
        elif isinstance(effect, ShowHome):
            reply = replace(reply, home=effect.wish)
    return replace(reply, whispers=tuple(whispers))
