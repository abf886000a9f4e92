"""Plays a conversation through the pure engine, with no Slack and no database: what `Bot.handle` does, in memory.

People act by what they see: a button is found by its label in the rendered blocks, and what it carries becomes the
event, as in Slack.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from bot.buttons import Pushed, read_metadata, read_value
from bot.replay_effects import PLACE, Screen, person_of
from bot.replay_screen import CannotAct, Shown, filled, find_button
from bot.speak import said_plainly
from bot.words import Words
from dialogs.answers import Choice
from dialogs.coming_due import remind_step
from dialogs.commands import question_in
from dialogs.deleting import asks_what_is_held
from dialogs.effects import Effect, Refuse, Turn
from dialogs.engine import command, step
from dialogs.events import Chosen, Commanded, Event, NudgeDue, Person, Pressed, ReminderDue, Said, Submitted
from dialogs.reminder import Reminder
from dialogs.script import Script
from dialogs.state import State
from dialogs.surroundings import Surroundings
from knowledge.index import Index

START = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)  # a Monday
PAUSE = dt.timedelta(seconds=7)  # between two things that happen
CHANNEL, CHANNEL_NAME, DIRECT = "C1", "fraud-detection", "D1"


class EnginePlayer(Screen):
    """One channel, one bot, several people; everything in memory. `clock` is when the last thing happened."""

    def __init__(self, script: Script, words: Words, index: Index) -> None:
        super().__init__(words)
        self.script = script
        self.index = index
        self.clock = START

    # What people do -------------------------------------------------------------------------------------------------

    async def commands(self, name: str, text: str) -> None:
        """Somebody types `/maturity TEXT` in the channel; the slash and the word may be left out."""
        words = text.removeprefix("/maturity").strip()
        event = Commanded(
            **self._base(name),
            text=words,
            by="slash",
            channel_name=CHANNEL_NAME,
            found=self.index.ask(question_in(words)),
        )
        self._perform(command(self.script, self._around_for(event), event), event)

    async def says(self, name: str, text: str, *, mentioned: bool = False) -> None:
        """Somebody writes in the thread of the assessment begun last."""
        state = self.assessment()
        slot = state.question.slot if state.question is not None else None
        asked = [shown.ts for shown in self.messages if slot is not None and shown.slot == slot]
        event = Said(
            **self._base(name),
            text=text,
            ts=self._next_ts(),
            thread=state.thread or "1.0",
            mentioned=mentioned,
            question_ts=asked[-1] if asked else None,
            found=self.index.ask(question_in(text)) if mentioned else None,
        )
        self._step(state, event)

    async def clicks(self, name: str, label: str, within: str | None = None) -> None:
        """Somebody clicks the newest button or menu entry of that label; `within` is text of its message."""
        shown, element = find_button(self.messages, name, label, within)
        pushed = read_value(element["value"])
        if pushed is None:
            raise CannotAct(f"[{label}] carries nothing that the bot reads: {element['value']!r}")
        event = self._click(name, shown, pushed)
        self._clicked = shown
        if pushed.dialog in self.reminders and pushed.dialog is not None:
            self._remind(self.reminders[pushed.dialog], event)
        elif pushed.dialog is not None:
            self._step(self.states[pushed.dialog], event)
        elif isinstance(event, Pressed):
            self._perform(command(self.script, self._around_for(event), event), event)

    async def submits(self, name: str, values: Mapping[str, Any]) -> None:
        """Somebody fills in the form they have open, and sends it; `values` are by field, chosen by their labels."""
        view = self._form_of(name)
        meant = read_metadata(view.get("private_metadata", ""))
        if meant is None:
            raise CannotAct(f"{name} has a window open that has nothing to send")
        event = Submitted(
            **self._base(name),
            form=meant.action,
            dialog=meant.dialog,
            argument=meant.argument,
            turn=meant.turn,
            values=filled(view, values),
        )
        self.views.pop(name)
        if meant.dialog is None:
            self._perform(command(self.script, self._around(), event), event)
        else:
            self._step(self.states[meant.dialog], event)
        if self.errors.get(name):
            self.views[name] = view  # a form that is refused stays open

    async def closes(self, name: str) -> None:
        """Somebody closes the form they have open."""
        self._form_of(name)
        self.views.pop(name)

    async def waits(self, seconds: float) -> None:
        """Let time pass, and what comes due by then happen."""
        self.clock += dt.timedelta(seconds=seconds)
        for reminder in list(self.reminders.values()):
            if reminder.due is not None and reminder.due <= self.clock:
                due = self._base_of(self._whose(reminder.owner))
                self._remind(reminder, ReminderDue(**due, reminder=reminder.id, due=reminder.due))
        for state in list(self.states.values()):
            if state.nudge is not None and state.nudge <= self.clock:
                due = self._base_of(Person(state.starter, "", zone=state.zone))
                self._step(state, NudgeDue(**due, dialog=state.id, due=state.nudge))

    async def settled(self) -> None:
        """Nothing is ever in flight here."""

    def assessment(self) -> State:
        """The assessment begun last; CannotAct before the first."""
        if not self.states:
            raise CannotAct("no assessment has begun yet")
        return list(self.states.values())[-1]

    # Inside ---------------------------------------------------------------------------------------------------------

    def _form_of(self, name: str) -> dict[str, Any]:
        if name not in self.views:
            raise CannotAct(f"{name} has no form open")
        return self.views[name]

    def _click(self, name: str, shown: Shown, pushed: Pushed) -> Chosen | Pressed:
        base = self._base(name)
        if shown.slot == "direct":
            base["channel"] = DIRECT
        if pushed.action == "choose":
            practice, _, choice = pushed.argument.partition("=")
            chosen = cast("Choice", choice)
            return Chosen(**base, dialog=pushed.dialog or "", practice=practice, choice=chosen, turn=pushed.turn)
        return Pressed(
            **base,
            action=pushed.action,
            dialog=pushed.dialog,
            argument=pushed.argument,
            turn=pushed.turn,
            private=shown.only_for is not None,
            channel_name=CHANNEL_NAME,
            found=self.index.ask(question_in(pushed.argument)),
        )

    def _base(self, name: str) -> dict[str, Any]:
        self.errors.pop(name, None)
        return self._base_of(person_of(name))

    def _base_of(self, person: Person) -> dict[str, Any]:
        """What all events share; every one is a new one, a little later."""
        self.clock += PAUSE
        return {
            "key": f"event:{self._next_ts()}",
            "workspace": "T1",
            "channel": CHANNEL,
            "person": person,
            "at": self.clock,
        }

    def _around_for(self, event: Event) -> Surroundings:
        """The same, with what is kept of who asks and of the subjects, where they ask for that."""
        return self._around()._replace(held=self._held(event.person.id)) if asks_what_is_held(event) else self._around()

    def _around(self) -> Surroundings:
        latest: dict[tuple[str, bool], State] = {}
        for state in self.states.values():
            if state.phase != "discarded":
                latest[state.subject_key, state.running] = state
        reminders = {reminder.subject_key: reminder for reminder in self.reminders.values()}
        return Surroundings(tuple(latest.values()), reminders=reminders, time=self.time, guests=self.guests)

    def _remind(self, reminder: Reminder, event: Event) -> None:
        effects: tuple[Effect, ...] = remind_step(self.script, reminder, self._around(), event)
        self._perform(Turn(None, effects), event, about=reminder.id)

    def _step(self, state: State, event: Event) -> None:
        self._perform(step(self.script, state, event, self._around_for(event)), event, state)

    def _perform(self, turn: Turn, event: Event, state: State | None = None, about: str | None = None) -> None:
        """Let a turn of this assessment, or of the reminder `about`, take effect; one that refuses a form has none."""
        if refused := [effect for effect in turn.effects if isinstance(effect, Refuse)]:
            told = refused[0].errors.items()
            self.errors[event.person.name] = {field: said_plainly(each, self.words, PLACE) for field, each in told}
            return
        if turn.state is not None:
            self._keep(turn.state)
        for effect in turn.effects:
            self._follow(effect, event, turn.state or state, about)
