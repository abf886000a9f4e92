"""What goes back at once, after the commit: to a command, a click or a modal."""

from dataclasses import dataclass, replace
from typing import Any

from bot.blocks import Message
from bot.speak import Place, speak, speak_answer
from bot.views import draw
from bot.words import Words
from dialogs.effects import Answer, Dismiss, Effect, Open, Redraw, Whisper
from dialogs.events import Commanded, Event, Pressed, Said
from dialogs.state import State


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back at once, after the commit: to a command, a click or a modal. May be lost in a crash.

    `whispers` are private messages; `dismiss` takes away the clicked private message, `instead` takes its place.
    """

    whispers: tuple[Message, ...] = ()
    dismiss: bool = False
    instead: Message | None = None
    view_errors: dict[str, str] | None = None
    view_update: dict[str, Any] | None = None
    open_view: dict[str, Any] | None = None
    channel: str = ""
    thread: str | None = None


NOTHING = Reply()
PRIVATE = ("slash", "shortcut")  # ways to the bot whose answers only the asker sees


def reply_to(event: Event, effects: tuple[Effect, ...], state: State | None, words: Words, place: Place) -> Reply:
    """Draw what an event's effects send back; a click is answered where it was made."""
    whispers: list[Message] = []
    reply = Reply(
        channel=state.channel if state and not isinstance(event, Pressed) else event.channel,
        thread=event.thread if isinstance(event, Said) else state.thread if state else None,
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
            reply = replace(reply, open_view=draw(effect.view, words))
        elif isinstance(effect, Redraw):
            reply = replace(reply, view_update=draw(effect.view, words))
    return replace(reply, whispers=tuple(whispers))
