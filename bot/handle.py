"""The one door. Every event enters here and takes effect in one transaction, once, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bot.blocks import Message
from bot.owing import Owing, joins
from bot.speak import Place, speak, speak_answer
from bot.views import draw
from bot.words import Words
from dialogs.commands import question_in
from dialogs.effects import (
    Answer,
    Begin,
    Conclude,
    Dismiss,
    Effect,
    Learn,
    Miss,
    Open,
    Rate,
    Record,
    Redraw,
    Refuse,
    Turn,
    Whisper,
)
from dialogs.engine import command, step
from dialogs.events import Chosen, Commanded, Event, Pressed, Said, Submitted, Undeliverable, as_command
from dialogs.screens import AlreadyRunning, Outdated
from dialogs.script import Script
from dialogs.state import State
from dialogs.surroundings import Surroundings
from knowledge.index import Index
from storage.store import Store, SubjectTaken, Writing


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
HISTORY = "team/history"  # the topic that looks at earlier results
PRIVATE = ("slash", "shortcut")  # ways to the bot whose answers only the asker sees


class _Refused(Exception):  # noqa: N818 - a signal: roll everything back, answer with the errors
    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__("refused")


@dataclass
class Bot:
    """Handles events. `owed` is called after a commit that left something in the outbox."""

    script: Script
    words: Words
    store: Store
    place: Place
    index: Index
    owed: Callable[[], None] = field(default=lambda: None)

    async def handle(self, event: Event) -> Reply:
        """Let an event take effect, once however often it comes, and say what goes back."""
        if not await self.concerns_us(event):
            return NOTHING
        event = self._looked_up(event)
        try:
            reply = await self.store.turn(lambda writing: self._turn(writing, event))
        except _Refused as refused:
            return Reply(view_errors=refused.errors)
        except SubjectTaken:
            return await self._taken(event)
        self.owed()
        return reply

    async def concerns_us(self, event: Event) -> bool:
        """Tell whether there is anything to do; one indexed look, so that other people's talk costs no write."""
        if not isinstance(event, Said) or event.mentioned or event.direct:
            return True
        if event.thread is None:
            return False
        thread = event.thread
        return await self.store.read(lambda reading: reading.is_our_thread(event.workspace, event.channel, thread))

    def _looked_up(self, event: Event) -> Event:
        """Look up what may be a question, before the transaction, so that the engine stays pure and the writer free."""
        if isinstance(event, Commanded) or (isinstance(event, Said) and (event.mentioned or event.direct)):
            return replace(event, found=self.index.ask(question_in(event.text)))
        if isinstance(event, Pressed) and event.action in ("run", "share"):
            return replace(event, found=self.index.ask(question_in(event.argument)))
        return event

    async def _taken(self, event: Event) -> Reply:
        """Two people began, or brought back, the same subject at once: the first one stands."""
        states = await self.store.read(lambda reading: reading.around(event.workspace, event.channel))
        running = [state for state in states if state.running]
        screen = AlreadyRunning(running[-1], len(running[-1].answers)) if running else Outdated(None)
        return Reply(whispers=(speak(screen, self.words, self.place),), channel=event.channel)

    # Inside the transaction -----------------------------------------------------------------------------------------

    def _turn(self, writing: Writing, event: Event) -> Reply:
        if not writing.first_time(event.workspace, event.key, event.at):
            return NOTHING
        state = self._dialog(writing, event)
        if isinstance(event, Said):
            if state is None:
                return self._command(writing, _spoken(event)) if event.mentioned or event.direct else NOTHING
            event = replace(event, question_ts=self._question_ts(writing, state))
        if state is not None:
            return self._step(writing, state, event)
        if isinstance(event, Commanded) or (isinstance(event, Pressed | Submitted) and event.dialog is None):
            return self._command(writing, event)
        if isinstance(event, Undeliverable):
            return NOTHING
        return Reply(whispers=(speak(Outdated(None), self.words, self.place),), channel=event.channel)

    def _dialog(self, writing: Writing, event: Event) -> State | None:
        if isinstance(event, Said):
            in_thread = event.thread is not None
            return writing.dialog_in_thread(event.workspace, event.channel, event.thread or "") if in_thread else None
        if isinstance(event, Chosen | Submitted | Undeliverable | Pressed) and event.dialog:
            state = writing.dialog(event.dialog)
            return state if state is not None and state.workspace == event.workspace else None
        return None

    def _question_ts(self, writing: Writing, state: State) -> str | None:
        return writing.message_ts(state.id, state.question.slot) if state.question is not None else None

    def _step(self, writing: Writing, state: State, event: Event) -> Reply:
        asked = isinstance(event, Said) and event.found is not None
        around = self._around(writing, event) if asked else Surroundings()
        turn = step(self.script, state, event, around)
        self._keep(writing, turn, state, event)
        return self._reply(turn.effects, event, state)

    def _command(self, writing: Writing, event: Commanded | Pressed | Submitted) -> Reply:
        turn = command(self.script, self._around(writing, event), event)
        self._keep(writing, turn, None, event)
        return self._reply(turn.effects, event, None)

    def _around(self, writing: Writing, event: Event) -> Surroundings:
        """What the event's channel has; earlier results only where somebody asks for them."""
        states = writing.around(event.workspace, event.channel)
        found = event.found if isinstance(event, Commanded | Said | Pressed) else None
        if found is None or found.topic != HISTORY:
            return Surroundings(states)
        keys = {state.subject_key for state in states if state.phase == "finished"}
        return Surroundings(states, {key: writing.past(event.workspace, event.channel, key) for key in keys})

    def _keep(self, writing: Writing, turn: Turn, state: State | None, event: Event) -> None:
        """Write down everything that must last: state, answers, facts, results, and what is owed."""
        owing = Owing(self.words, self.place, event)
        now = turn.state or state
        if turn.state is not None:
            writing.save(turn.state)
        for effect in turn.effects:
            if isinstance(effect, Refuse):
                raise _Refused(dict(effect.errors))
            if now is not None:
                self._write(writing, now, effect)
            self._note(writing, event, effect)
        if now is not None:
            for owed in owing.of_dialog(now, turn.effects, now.turn):
                writing.owe(owed)
        else:
            for owed in owing.outside(turn.effects):
                writing.owe(owed)
        for effect in turn.effects:
            if isinstance(effect, Begin) and effect.turn.state is not None:
                self._begin(writing, effect.turn, event, joining=joins(turn.effects))

    def _begin(self, writing: Writing, turn: Turn, event: Event, *, joining: bool) -> None:
        if turn.state is None:
            return
        writing.begin(turn.state)
        owing = Owing(self.words, self.place, event)
        if joining:
            writing.owe(owing.join(turn.state))
        for owed in owing.of_dialog(turn.state, turn.effects, turn.state.turn):
            writing.owe(owed)

    def _write(self, writing: Writing, state: State, effect: Effect) -> None:
        if isinstance(effect, Record):
            writing.record(state, effect)
        elif isinstance(effect, Learn):
            writing.learn(state, effect)
        elif isinstance(effect, Conclude):
            writing.conclude(state, effect)

    def _note(self, writing: Writing, event: Event, effect: Effect) -> None:
        """Write down what the curators should know."""
        if isinstance(effect, Miss):
            writing.miss(event.workspace, effect, event.at)
        elif isinstance(effect, Rate):
            writing.rate(event.workspace, effect, event.person.id, event.at)

    # What goes back -------------------------------------------------------------------------------------------------

    def _reply(self, effects: tuple[Effect, ...], event: Event, state: State | None) -> Reply:
        whispers: list[Message] = []
        reply = Reply(
            channel=state.channel if state else event.channel,
            thread=event.thread if isinstance(event, Said) else state.thread if state else None,
        )
        aloud = isinstance(event, Commanded) and event.by not in PRIVATE
        for effect in effects:
            if isinstance(effect, Whisper):
                whispers.append(speak(effect.screen, self.words, self.place))
            elif isinstance(effect, Answer) and not aloud:
                whispers.append(speak_answer(effect, self.words, self.place, private=True))
            elif isinstance(effect, Dismiss):
                instead = speak(effect.screen, self.words, self.place) if effect.screen is not None else None
                reply = replace(reply, dismiss=True, instead=instead)
            elif isinstance(effect, Open):
                reply = replace(reply, open_view=draw(effect.view, self.words))
            elif isinstance(effect, Redraw):
                reply = replace(reply, view_update=draw(effect.view, self.words))
        return replace(reply, whispers=tuple(whispers))


def _spoken(event: Said) -> Commanded:
    """Words to the bot outside any assessment: a command, answered in the thread of the message."""
    thread = event.thread or (None if event.direct else event.ts)
    return as_command(event, event.text, "direct" if event.direct else "mention", thread=thread)
