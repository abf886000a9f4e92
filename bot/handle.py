"""The one door. Every event enters here and takes effect in one transaction, once, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.looking_around import around_assessment, around_channel
from bot.owing import Owing, joins
from bot.replies import NOTHING, Reply, reply_to
from bot.speak import Place, speak
from bot.words import Words
from dialogs.coming_due import remind_step
from dialogs.commands import question_in
from dialogs.effects import (
    Begin,
    Conclude,
    Effect,
    Learn,
    Miss,
    Rate,
    Record,
    Refuse,
    Remind,
    SetTime,
    Turn,
)
from dialogs.engine import command, step
from dialogs.events import (
    Chosen,
    Commanded,
    Event,
    NudgeDue,
    Pressed,
    ReminderDue,
    Said,
    Submitted,
    Undeliverable,
    as_command,
)
from dialogs.reminder import ID_MARK, Reminder
from dialogs.screens import AlreadyRunning, Outdated
from dialogs.script import Script
from dialogs.state import State
from dialogs.working_time import WorkingTime
from knowledge.index import Index
from storage.store import Store
from storage.writing import SubjectTaken, Writing


class _Refused(Exception):  # noqa: N818 - a signal: roll everything back, answer with the errors
    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__("refused")


@dataclass
class Bot:
    """Handles events. `owed` is called after a commit that left something in the outbox.

    `time` is the working time of teams that have set nothing.
    """

    script: Script
    words: Words
    store: Store
    place: Place
    index: Index
    time: WorkingTime = field(default_factory=WorkingTime)
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
        if (named := _reminder_named(event)) is not None:
            return self._remind(writing, named, event)
        state = self._dialog(writing, event)
        if isinstance(event, Said):
            if state is None:
                return self._command(writing, _spoken(event)) if event.mentioned or event.direct else NOTHING
            event = replace(event, question_ts=self._question_ts(writing, state))
        if state is not None:
            return self._step(writing, state, event)
        if isinstance(event, Commanded) or (isinstance(event, Pressed | Submitted) and event.dialog is None):
            return self._command(writing, event)
        if isinstance(event, Undeliverable | ReminderDue | NudgeDue):
            return NOTHING
        return Reply(whispers=(speak(Outdated(None), self.words, self.place),), channel=event.channel)

    def _dialog(self, writing: Writing, event: Event) -> State | None:
        if isinstance(event, Said):
            in_thread = event.thread is not None
            return writing.dialog_in_thread(event.workspace, event.channel, event.thread or "") if in_thread else None
        if isinstance(event, Chosen | Submitted | Undeliverable | Pressed | NudgeDue) and event.dialog:
            state = writing.dialog(event.dialog)
            return state if state is not None and state.workspace == event.workspace else None
        return None

    def _question_ts(self, writing: Writing, state: State) -> str | None:
        return writing.message_ts(state.id, state.question.slot) if state.question is not None else None

    def _step(self, writing: Writing, state: State, event: Event) -> Reply:
        look = around_channel if isinstance(event, Said) and event.found is not None else around_assessment
        around = look(writing, self.time, event, state.channel)
        turn = step(self.script, state, event, around)
        self._keep(writing, turn, state, event)
        return reply_to(event, turn.effects, state, self.words, self.place)

    def _command(self, writing: Writing, event: Commanded | Pressed | Submitted) -> Reply:
        turn = command(self.script, around_channel(writing, self.time, event, event.channel), event)
        self._keep(writing, turn, None, event)
        return reply_to(event, turn.effects, None, self.words, self.place)

    def _remind(self, writing: Writing, reminder: str, event: Event) -> Reply:
        """Let something happen to a reminder: it comes due, a button is clicked, Slack refuses its message."""
        before = writing.reminder(reminder)
        if before is None or before.workspace != event.workspace:
            gone = isinstance(event, Pressed)
            return Reply(whispers=(speak(Outdated(None), self.words, self.place),)) if gone else NOTHING
        around = around_channel(writing, self.time, event, before.channel)
        turn = Turn(None, remind_step(self.script, before, around, event))
        self._keep(writing, turn, before, event)
        return reply_to(event, turn.effects, None, self.words, self.place)

    def _keep(self, writing: Writing, turn: Turn, about: State | Reminder | None, event: Event) -> None:
        """Write down everything that must last: state, answers, facts, results, reminders, and what is owed."""
        owing = Owing(self.words, self.place, event)
        now = turn.state or about
        if turn.state is not None:
            writing.save(turn.state)
        for effect in turn.effects:
            if isinstance(effect, Refuse):
                raise _Refused(dict(effect.errors))
            if isinstance(now, State):
                self._write(writing, now, effect)
            self._note(writing, event, effect)
            if isinstance(effect, Remind) and isinstance(now, Reminder):
                now = effect.reminder
        owed = owing.of_conversation(now, turn.effects, now.turn) if now is not None else owing.outside(turn.effects)
        for each in owed:
            writing.owe(each)
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
        for owed in owing.of_conversation(turn.state, turn.effects, turn.state.turn):
            writing.owe(owed)

    def _write(self, writing: Writing, state: State, effect: Effect) -> None:
        if isinstance(effect, Record):
            writing.record(state, effect)
        elif isinstance(effect, Learn):
            writing.learn(state, effect)
        elif isinstance(effect, Conclude):
            writing.conclude(state, effect)

    def _note(self, writing: Writing, event: Event, effect: Effect) -> None:
        """Write down what concerns no assessment alone: for the curators, reminders, a channel's working time."""
        if isinstance(effect, Miss):
            writing.miss(event.workspace, effect, event.at)
        elif isinstance(effect, Rate):
            writing.rate(event.workspace, effect, event.person.id, event.at)
        elif isinstance(effect, Remind):
            writing.remind(effect.reminder)
        elif isinstance(effect, SetTime):
            writing.set_time(event.workspace, event.channel, effect, event.person.id, event.at)


def _spoken(event: Said) -> Commanded:
    """Words to the bot outside any assessment: a command, answered in the thread of the message."""
    thread = event.thread or (None if event.direct else event.ts)
    return as_command(event, event.text, "direct" if event.direct else "mention", thread=thread)


def _reminder_named(event: Event) -> str | None:
    """The reminder that an event is about: its date has come, or its message was clicked or refused."""
    if isinstance(event, ReminderDue):
        return event.reminder
    about = event.dialog if isinstance(event, Pressed | Undeliverable) else None
    return about if about is not None and about.startswith(ID_MARK) else None
