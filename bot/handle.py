"""The one door. Every event enters here and takes effect in one transaction, once, or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.forgetting import forget, may_forget
from bot.inbound_home import looks_into
from bot.keeping import keep_besides, keep_of_assessment
from bot.looking_around import around_assessment, around_channel, looks_at_channel
from bot.owing import Owing, joins
from bot.placing import dialog_of, may_be_meant, meant_for, placed, reminder_named, spoken
from bot.replies import NOTHING, Reply, reply_to
from bot.speak import Place, said_plainly, speak
from bot.words import Words
from dialogs.channel_course import reminder_follows
from dialogs.coming_due import remind_step
from dialogs.commands import question_in
from dialogs.effects import (
    Begin,
    Refuse,
    Remind,
    Turn,
    Whisper,
)
from dialogs.engine import command, step
from dialogs.events import (
    ChannelChanged,
    Chosen,
    Commanded,
    Deleted,
    Edited,
    Event,
    HomeOpened,
    NudgeDue,
    PersonGone,
    Pressed,
    ReminderDue,
    Said,
    Submitted,
    Undeliverable,
)
from dialogs.home_screens import Wish
from dialogs.permissions import refusal
from dialogs.reminder import Reminder
from dialogs.screens import AlreadyRunning, Outdated, Problem
from dialogs.script import Script
from dialogs.state import State
from dialogs.working_time import WorkingTime
from knowledge.index import Index
from storage.failpoints import reach
from storage.living import concerned, move_channel
from storage.store import Store
from storage.writing import SubjectTaken, Writing


class _Refused(Exception):  # noqa: N818 - a signal: roll everything back, answer with the errors
    def __init__(self, errors: Mapping[str, str | Problem], words: Words, place: Place) -> None:
        self.errors = {field: said_plainly(error, words, place) for field, error in errors.items()}
        super().__init__("refused")


@dataclass
class Bot:
    """Handles events. `owed` is called after a commit that left something in the outbox, `forgot` after a deletion.

    `time` is the working time of teams that have set nothing.
    """

    script: Script
    words: Words
    store: Store
    place: Place
    index: Index
    time: WorkingTime = field(default_factory=WorkingTime)
    owed: Callable[[], None] = field(default=lambda: None)
    forgot: Callable[[], None] = field(default=lambda: None)

    async def handle(self, event: Event) -> Reply:
        """Let an event take effect, once however often it comes, and say what goes back."""
        if not await self.concerns_us(event):
            return NOTHING
        if isinstance(event, HomeOpened) and event.tab == "home":  # nothing to keep: it is drawn, and that is all
            return Reply(home=Wish())
        event = self._looked_up(event)
        reach("before-transaction")
        try:
            reply = await self.store.turn(lambda writing: self._turn(writing, event))
        except _Refused as refused:
            return Reply(view_errors=refused.errors)
        except SubjectTaken:
            return await self._taken(event)
        self.owed()
        if may_forget(event):
            self.forgot()
        return reply

    async def concerns_us(self, event: Event) -> bool:
        """Tell whether there is anything to do; one indexed look, so that other people's talk costs no write."""
        if not isinstance(event, Said | Deleted):
            return True
        if isinstance(event, Said) and not isinstance(event, Edited):
            if event.mentioned or event.direct:
                return True
            if may_be_meant(self.script, event):
                return await self.store.read(lambda reading: meant_for(self.script, reading, event)) is not None
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
        reach("inbox-key-written")
        if isinstance(event, ChannelChanged | PersonGone):
            return self._everywhere(writing, event)
        if (named := reminder_named(event)) is not None:
            return self._remind(writing, named, event)
        if isinstance(event, Edited):  # should the message itself come later, it has been dealt with
            writing.first_time(event.workspace, f"m:{event.channel}:{event.ts}", event.at)
        state = self._dialog(writing, event)
        if state is not None:
            return self._step(writing, state, placed(writing, state, event))
        if isinstance(event, Edited | Deleted):
            return NOTHING
        if isinstance(event, Said):
            return self._said_outside(writing, event)
        if isinstance(event, Commanded | HomeOpened) or (
            isinstance(event, Pressed | Submitted) and event.dialog is None
        ):
            return self._command(writing, event)
        if isinstance(event, Undeliverable | ReminderDue | NudgeDue):
            return NOTHING
        return Reply(whispers=(speak(Outdated(None), self.words, self.place),), channel=event.channel)

    def _dialog(self, writing: Writing, event: Event) -> State | None:
        if isinstance(event, Said | Deleted):
            return dialog_of(writing, event)
        if isinstance(event, Chosen | Submitted | Undeliverable | Pressed | NudgeDue) and event.dialog:
            state = writing.dialog(event.dialog)
            return state if state is not None and state.workspace == event.workspace else None
        return None

    def _said_outside(self, writing: Writing, event: Said) -> Reply:
        """Words outside our threads: perhaps an answer that belongs into one, else a command if they are to the bot."""
        meant = meant_for(self.script, writing, event) if may_be_meant(self.script, event) else None
        if meant is not None and refusal(event.person, around_assessment(writing, self.time, event, event.channel)):
            return NOTHING
        if meant is not None:
            return reply_to(event, (Whisper(meant),), None, self.words, self.place)
        return self._command(writing, spoken(event)) if event.mentioned or event.direct else NOTHING

    def _step(self, writing: Writing, state: State, event: Event) -> Reply:
        look = around_channel if looks_at_channel(event) else around_assessment
        around = look(writing, self.time, event, state.channel)
        turn = step(self.script, state, event, around)
        self._keep(writing, turn, state, event)
        return reply_to(event, turn.effects, state, self.words, self.place)

    def _command(self, writing: Writing, event: Commanded | Pressed | Submitted | HomeOpened) -> Reply:
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

    def _everywhere(self, writing: Writing, event: ChannelChanged | PersonGone) -> Reply:
        """Let something happen to everything that lives in a channel, or hangs on a person."""
        states, reminders = concerned(writing.sql, event)
        for state in states:
            taken = writing.dialog(state.id) or state
            around = around_channel(writing, self.time, event, state.channel)
            self._keep(writing, step(self.script, taken, event, around), taken, event)
        for reminder in reminders:
            around = around_channel(writing, self.time, event, reminder.channel)
            self._keep(writing, Turn(None, reminder_follows(reminder, around, event)), reminder, event)
        if isinstance(event, ChannelChanged) and event.change == "moved":
            move_channel(writing.sql, event.workspace, event.channel, event.new_id)
        return NOTHING

    async def channel_about(self, event: Event) -> str | None:
        """The channel of the assessment or reminder that a click or a form is about, wherever the click was made."""
        about = event.dialog if isinstance(event, Chosen | Pressed | Submitted) else None
        if about is None:
            return looks_into(event)
        return await self.store.read(lambda reading: reading.channel_of(about))

    def _keep(self, writing: Writing, turn: Turn, about: State | Reminder | None, event: Event) -> None:
        """Write down everything that must last: state, answers, facts, results, reminders, and what is owed."""
        owing = Owing(self.words, self.place, event, writing)
        now = turn.state or about
        if turn.state is not None:
            writing.save(turn.state)
            reach("state-saved")
        for effect in turn.effects:
            if isinstance(effect, Refuse):
                raise _Refused(effect.errors, self.words, self.place)
            if isinstance(now, State):
                keep_of_assessment(writing, now, effect)
            keep_besides(writing, event, effect)
            forget(writing, event, effect, self.script, owing)
            if isinstance(effect, Remind) and isinstance(now, Reminder):
                now = effect.reminder
        owed = owing.of_conversation(now, turn.effects, now.turn) if now is not None else owing.outside(turn.effects)
        for each in owed:
            writing.owe(each)
        for effect in turn.effects:
            if isinstance(effect, Begin) and effect.turn.state is not None:
                self._begin(writing, effect.turn, event, joining=joins(turn.effects))
        reach("outbox-rows-written")

    def _begin(self, writing: Writing, turn: Turn, event: Event, *, joining: bool) -> None:
        if turn.state is None:
            return
        writing.begin(turn.state)
        owing = Owing(self.words, self.place, event, writing)
        if joining:
            writing.owe(owing.join(turn.state))
        for owed in owing.of_conversation(turn.state, turn.effects, turn.state.turn):
            writing.owe(owed)
