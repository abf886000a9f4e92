"""What the engine's effects leave behind in a replay: on screen, and in memory what a database would hold."""

from typing import Any

from bot.blocks import Message
from bot.replay_screen import Shown
from bot.speak import Place, speak, speak_answer
from bot.views import draw
from bot.words import Words
from dialogs.deleting import reminder_without, state_without
from dialogs.effects import (
    Answer,
    Begin,
    Dismiss,
    Edit,
    Effect,
    ForgetPerson,
    ForgetSubject,
    Open,
    Post,
    Record,
    Redraw,
    Remind,
    SetTime,
    Tell,
    Whisper,
)
from dialogs.events import PRIVATE, Commanded, Event, Person
from dialogs.held_in import held_in
from dialogs.privacy_screens import Held
from dialogs.reminder import Reminder
from dialogs.screens import Screen as Drawn
from dialogs.state import State
from dialogs.working_time import WorkingTime

PLACE = Place("https://lakeside.slack.example/")
# The people of the local workspace; anybody else's profile names no zone.
ZONES = {"Ana": "Europe/Berlin", "Ben": "Africa/Lagos", "Chen": "Asia/Singapore", "Dora": "Europe/Stockholm"}
FIRST_TS = 1_764_000_000


def person_of(name: str) -> Person:
    """Somebody in the channel, by name."""
    return Person(f"U{name.upper()}", name, zone=ZONES.get(name, ""))


class Screen:
    """What everybody sees, and what is kept: states, reminders, answers, forms that are open or were refused."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.states: dict[str, State] = {}
        self.reminders: dict[str, Reminder] = {}
        self.records: list[tuple[str, str]] = []
        self.time = WorkingTime()
        self.guests = False
        self.messages: list[Shown] = []
        self.views: dict[str, dict[str, Any]] = {}
        self.errors: dict[str, dict[str, str]] = {}
        self._clicked: Shown | None = None
        self._names: dict[str, str] = {}
        self._count = 0

    # What can be seen -----------------------------------------------------------------------------------------------

    def thread(self) -> list[str]:
        """The texts everybody sees, oldest first."""
        return [shown.message.text for shown in self.messages if shown.only_for is None]

    def private(self, name: str) -> list[str]:
        """The texts only this person sees, oldest first."""
        return [shown.message.text for shown in self.messages if shown.only_for == name]

    def recorded(self) -> dict[str, str]:
        """The answers that would be on disk: the last row of each practice."""
        return dict(self.records)

    def _held(self, person: str) -> Held:
        """What is kept of a person, and of the subjects; each answer once, as it is now."""
        return held_in(tuple(self.states.values()), tuple(self.reminders.values()), person)

    # What happens ---------------------------------------------------------------------------------------------------

    def _next_ts(self) -> str:
        """A time stamp such as Slack gives to messages, each later than the one before."""
        self._count += 1
        return f"{FIRST_TS + self._count}.000100"

    def _whose(self, person: str) -> Person:
        """Somebody by id, as their profile says today."""
        return Person(person, "", zone=ZONES.get(self._names.get(person, ""), ""))

    def _keep(self, state: State) -> None:
        """Keep a state as a database would: written out and read back."""
        self.states[state.id] = State.model_validate_json(state.model_dump_json())

    def _follow(self, effect: Effect, event: Event, state: State | None, about: str | None = None) -> None:
        """Let one effect happen, of this assessment or of the reminder `about`."""
        self._names[event.person.id] = event.person.name or self._names.get(event.person.id, "")
        match effect:
            case Begin(turn) if turn.state is not None:
                self._keep(turn.state)
                for inner in turn.effects:
                    self._follow(inner, event, turn.state)
            case Remind(reminder):
                self.reminders[reminder.id] = Reminder.model_validate_json(reminder.model_dump_json())
            case SetTime(zone, country, guests):
                self.time, self.guests = self.time._replace(zone=zone, country=country), guests
            case Record(practice, choice):
                self.records.append((practice, choice))
            case ForgetPerson():
                self._forget(event.person.id)
            case ForgetSubject(_, key):
                self.states = {each.id: each for each in self.states.values() if each.subject_key != key}
                self.reminders = {each.id: each for each in self.reminders.values() if each.subject_key != key}
            case Open(view) | Redraw(view):
                self.views[event.person.name] = draw(view, self.words)
            case _:
                self._say(effect, event, state.id if state is not None else about)

    def _forget(self, person: str) -> None:
        for state in list(self.states.values()):
            self._keep(state_without(state, person))
        self.reminders = {each.id: reminder_without(each, person) for each in self.reminders.values()}

    def _say(self, effect: Effect, event: Event, dialog: str | None) -> None:
        name = event.person.name
        match effect:
            case Post(slot, screen, where):
                self._show(slot, self._drawn(screen), dialog, in_channel=where != "thread")
            case Edit(slot, screen):
                own = [shown for shown in self.messages if shown.slot == slot and shown.dialog == dialog]
                if own:
                    own[-1].message = self._drawn(screen)
            case Whisper(screen):
                self._show("private", self._drawn(screen), only_for=name)
            case Tell(person, screen):
                self._show("direct", self._drawn(screen), only_for=self._names.get(person, person))
            case Answer():
                private = not isinstance(event, Commanded) or event.by in PRIVATE
                drawn = speak_answer(effect, self.words, PLACE, private=private)
                self._show("answer", drawn, only_for=name if private else None)
            case Dismiss(screen):
                self._dismiss()
                if screen is not None:
                    self._show("private", self._drawn(screen), only_for=name)
            case _:  # counted, rated or joined: nothing to see
                pass

    def _drawn(self, screen: Drawn) -> Message:
        return speak(screen, self.words, PLACE)

    def _dismiss(self) -> None:
        if self._clicked in self.messages:
            self.messages.remove(self._clicked)

    def _show(
        self,
        slot: str,
        message: Message,
        dialog: str | None = None,
        *,
        only_for: str | None = None,
        in_channel: bool = False,
    ) -> None:
        """Put a message on screen; the first of an assessment opens its thread."""
        shown = Shown(slot, self._next_ts(), message, dialog, only_for, in_channel)
        self.messages.append(shown)
        if shown.slot == "parent" and shown.dialog is not None:
            state = self.states[shown.dialog]
            self.states[shown.dialog] = state.model_copy(update={"thread": shown.ts})
