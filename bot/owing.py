"""Effects as rows of the outbox: what is said is rendered now, so that a broken template fails before the commit."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.blocks import Message
from bot.speak import Place, speak, speak_answer
from bot.upload_payload import upload_payload
from bot.words import Words
from dialogs.effects import Answer, Edit, Effect, Join, Post, Tell, Upload
from dialogs.events import PRIVATE, Commanded, Event, Pressed
from dialogs.reminder import Reminder
from dialogs.screens import Screen
from dialogs.state import State
from storage.outbox import Owed
from storage.reports import Reading


def payload_of(message: Message) -> dict[str, Any]:
    """A message as Slack takes it."""
    return {"text": message.text, "blocks": list(message.blocks)}


class Owing:
    """Writes down what an event makes the bot owe. Keys are numbered, so that they sort in the order of effects."""

    def __init__(self, words: Words, place: Place, event: Event, reading: Reading) -> None:
        self._words = words
        self._place = place
        self._event = event
        self._reading = reading
        self._count = 0

    def of_conversation(self, state: State | Reminder, effects: tuple[Effect, ...], turn: int) -> Iterator[Owed]:
        """What a turn of an assessment, or of a reminder, owes; `turn` numbers it."""
        for effect in effects:
            if isinstance(effect, Post):
                yield self._owed(
                    state,
                    turn,
                    "post",
                    effect.slot,
                    payload_of(speak(effect.screen, self._words, self._place)),
                    in_thread=effect.where != "channel",
                    broadcast=effect.where == "broadcast",
                )
            elif isinstance(effect, Edit):
                yield self._owed(
                    state, turn, "update", effect.slot, payload_of(speak(effect.screen, self._words, self._place))
                )
            elif isinstance(effect, Tell) and effect.person:  # nobody is told where the owner is gone
                message = payload_of(speak(effect.screen, self._words, self._place))
                yield self._owed(state, turn, "direct", None, message, channel=effect.person)
            elif isinstance(effect, Upload):
                yield self._upload(effect, f"{state.id}:{turn:06d}:{self._next():03d}")

    def join(self, state: State) -> Owed:
        """Owe the joining of a channel, before anything else of an assessment."""
        return self._owed(state, 0, "join", None, {})

    def _owed(self, state: State | Reminder, turn: int, kind: Any, slot: str | None, payload: Any, **more: Any) -> Owed:  # noqa: ANN401 - the fields of Owed, checked there
        return Owed(
            key=f"{state.id}:{turn:06d}:{self._next():03d}",
            workspace=state.workspace,
            dialog=state.id,
            channel=more.pop("channel", state.channel),
            kind=kind,
            slot=slot,
            payload=payload,
            created_at=self._event.at,
            **more,
        )

    def outside(self, effects: tuple[Effect, ...]) -> Iterator[Owed]:
        """What is owed outside any assessment: shared answers, and answers to mentions and direct messages."""
        event = self._event
        for effect in effects:
            if isinstance(effect, Post):
                thread = event.thread if effect.where == "thread" and isinstance(event, Pressed) else None
                yield self._loose(speak(effect.screen, self._words, self._place), thread)
            elif isinstance(effect, Answer) and isinstance(event, Commanded) and event.by not in PRIVATE:
                message = speak_answer(effect, self._words, self._place, private=False)
                yield self._loose(message, event.thread)
            elif isinstance(effect, Upload):
                yield self._upload(effect, f"{event.key}:{self._next():03d}")

    def _upload(self, effect: Upload, key: str) -> Owed:
        """Owe files to the thread of an assessment; what they hold is settled now, what they look like later."""
        state = effect.state
        return Owed(
            key=key,
            workspace=state.workspace,
            dialog=state.id,
            channel=state.channel,
            kind="upload",
            slot=None,
            payload=upload_payload(effect, key, self._words, self._reading),
            created_at=self._event.at,
            in_thread=True,
        )

    def _next(self) -> int:
        self._count += 1
        return self._count

    def edit_at(self, channel: str, ts: str, screen: Screen) -> Owed:
        """Owe the redrawing of a message that belongs to no assessment any more."""
        drawn = self._loose(speak(screen, self._words, self._place), ts)
        return replace(drawn, channel=channel, kind="update")

    def _loose(self, message: Message, thread: str | None) -> Owed:
        return Owed(
            key=f"{self._event.key}:{self._next():03d}",
            workspace=self._event.workspace,
            dialog=None,
            channel=self._event.channel,
            kind="post",
            slot=None,
            payload=payload_of(message),
            created_at=self._event.at,
            thread=thread,
        )


def joins(effects: tuple[Effect, ...]) -> bool:
    """Whether the channel is to be joined first."""
    return any(isinstance(effect, Join) for effect in effects)
