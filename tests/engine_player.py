"""Plays a conversation through the pure engine, with no Slack and no database: what `Bot.handle` does, in memory.

People act by what they see: a button is found by its label in the rendered blocks, and what it carries becomes the
event, as in Slack.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.blocks import Message
from bot.buttons import read_metadata, read_value
from bot.speak import Place, speak, speak_answer
from bot.views import draw
from bot.words import Words
from dialogs.coming_due import remind_step
from dialogs.commands import question_in
from dialogs.effects import (
    Answer,
    Begin,
    Dismiss,
    Edit,
    Effect,
    Open,
    Post,
    Record,
    Redraw,
    Refuse,
    Remind,
    SetTime,
    Tell,
    Turn,
    Whisper,
)
from dialogs.engine import command, step
from dialogs.events import Chosen, Commanded, Event, NudgeDue, Person, Pressed, ReminderDue, Said, Submitted
from dialogs.reminder import Reminder
from dialogs.script import Script
from dialogs.state import State
from dialogs.surroundings import Surroundings
from dialogs.working_time import WorkingTime
from stage import shipped_index

PLACE = Place("https://lakeside.slack.example/")
ZONES = {"Ana": "Europe/Berlin", "Ben": "Africa/Lagos", "Chen": "Asia/Singapore", "Dora": "Europe/Stockholm"}
START = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@dataclass
class Shown:
    """A message on screen: where, its slot and ts, what it shows, and who alone sees it."""

    slot: str
    ts: str
    message: Message
    dialog: str | None = None
    only_for: str | None = None
    in_channel: bool = False


def walk_blocks(value: Any) -> Iterator[dict[str, Any]]:
    """Every dict inside blocks, outermost first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk_blocks(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from walk_blocks(inner)


def label_of(element: dict[str, Any]) -> str:
    text = element.get("text")
    return str(text.get("text", "")) if isinstance(text, dict) else ""


class EnginePlayer:
    """One channel, one bot, several people; everything in memory."""

    def __init__(
        self, script: Script, words: Words, channel: str = "C1", channel_name: str = "fraud-detection"
    ) -> None:
        self.script = script
        self.words = words
        self.channel, self.channel_name = channel, channel_name
        self.states: dict[str, State] = {}
        self.messages: list[Shown] = []
        self.views: dict[str, dict[str, Any]] = {}
        self.records: list[tuple[str, str]] = []
        self.clock = START
        self.count = 0
        self.member: bool | None = True
        self.outsiders: set[str] = set()
        self.errors: dict[str, dict[str, str]] = {}
        self.reminders: dict[str, Reminder] = {}
        self.time = WorkingTime()

    # What people do -------------------------------------------------------------------------------------------------

    def person(self, name: str) -> Person:
        return Person(f"U{name.upper()}", name, outsider=name in self.outsiders, zone=ZONES.get(name, ""))

    async def commands(self, name: str, text: str) -> None:
        event = Commanded(
            **self._base(name),
            text=text.removeprefix("/maturity").strip(),
            by="slash",
            channel_name=self.channel_name,
            bot_is_member=self.member,
            found=shipped_index().ask(question_in(text.removeprefix("/maturity").strip())),
        )
        self._perform(command(self.script, self._around(), event), event)

    async def says(self, name: str, text: str, *, mentioned: bool = False) -> None:
        state = self.assessment()
        base = self._base(name)
        question = state.question
        asked = [shown.ts for shown in self.messages if question is not None and shown.slot == question.slot]
        event = Said(
            **base,
            text=text,
            ts=self._ts(),
            thread=state.thread or "1.0",
            mentioned=mentioned,
            question_ts=asked[-1] if asked else None,
            found=shipped_index().ask(question_in(text)) if mentioned else None,
        )
        self._step(state, event)

    async def clicks(self, name: str, label: str, within: str | None = None) -> None:
        shown, element = self._find(name, label, within)
        value = element.get("value", "")
        pushed = read_value(value)
        assert pushed is not None, f"{label!r} carries nothing of ours: {value!r}"
        base = self._base(name)
        if shown.slot == "direct":
            base["channel"] = "D1"
        event: Event
        if pushed.action == "choose":
            practice, _, choice = pushed.argument.partition("=")
            event = Chosen(**base, dialog=pushed.dialog or "", practice=practice, choice=choice, turn=pushed.turn)  # type: ignore[arg-type]
        else:
            event = Pressed(
                **base,
                action=pushed.action,
                dialog=pushed.dialog,
                argument=pushed.argument,
                turn=pushed.turn,
                private=shown.only_for is not None,
                channel_name=self.channel_name,
                bot_is_member=self.member,
                found=shipped_index().ask(question_in(pushed.argument)),
            )
        self._clicked = shown
        if pushed.dialog in self.reminders and pushed.dialog:
            self._remind(self.reminders[pushed.dialog], event)
        elif pushed.dialog:
            self._step(self.states[pushed.dialog], event)
        else:
            self._perform(command(self.script, self._around(), event), event)  # type: ignore[arg-type]  # no Chosen

    async def submits(self, name: str, values: dict[str, Any]) -> None:
        view = self.views.pop(name)
        meant = read_metadata(view["private_metadata"])
        assert meant is not None
        given: dict[str, Any] = {block["block_id"]: None for block in view["blocks"] if block["type"] == "input"}
        for block in view["blocks"]:
            if block["type"] == "input":
                given[block["block_id"]] = self._field(block, values)
        event = Submitted(
            **self._base(name),
            form=meant.action,
            dialog=meant.dialog,
            argument=meant.argument,
            turn=meant.turn,
            values=given,
        )
        if meant.dialog is None:
            self._perform(command(self.script, self._around(), event), event)
        else:
            self._step(self.states[meant.dialog], event)

    async def closes(self, name: str) -> None:
        self.views.pop(name)

    async def waits(self, seconds: float) -> None:
        """Let time pass, and what comes due by then happen."""
        self.clock += dt.timedelta(seconds=seconds)
        for reminder in list(self.reminders.values()):
            if reminder.due is not None and reminder.due <= self.clock:
                base = {**self._base("nobody"), "person": Person(reminder.owner, "", zone="Europe/Berlin")}
                self._remind(reminder, ReminderDue(**base, reminder=reminder.id, due=reminder.due))
        for state in list(self.states.values()):
            if state.nudge is not None and state.nudge <= self.clock:
                base = {**self._base("nobody"), "person": Person(state.starter, "", zone=state.zone)}
                self._step(state, NudgeDue(**base, dialog=state.id, due=state.nudge))

    # What can be seen -----------------------------------------------------------------------------------------------

    def assessment(self) -> State:
        """The assessment begun last."""
        return list(self.states.values())[-1]

    def thread(self) -> list[str]:
        """The texts everybody sees, oldest first."""
        return [shown.message.text for shown in self.messages if shown.only_for is None]

    def private(self, name: str) -> list[str]:
        """The texts only this person sees, oldest first."""
        return [shown.message.text for shown in self.messages if shown.only_for == name]

    def recorded(self) -> dict[str, str]:
        """The answers on disk: the last row of each practice."""
        return dict(self.records)

    async def settled(self) -> None:
        """Nothing is ever in flight here."""

    # Inside ---------------------------------------------------------------------------------------------------------

    def _base(self, name: str) -> dict[str, Any]:
        self.count += 1
        self.clock += dt.timedelta(seconds=7)
        return {
            "key": f"event:{self.count}",
            "workspace": "T1",
            "channel": self.channel,
            "person": self.person(name),
            "at": self.clock,
        }

    def _ts(self) -> str:
        self.count += 1
        return f"{1_764_000_000 + self.count}.000100"

    def _around(self) -> Surroundings:
        latest: dict[tuple[str, bool], State] = {}
        for state in self.states.values():
            if state.phase != "discarded":
                latest[state.subject_key, state.running] = state
        reminders = {reminder.subject_key: reminder for reminder in self.reminders.values()}
        return Surroundings(tuple(latest.values()), reminders=reminders, time=self.time)

    def _remind(self, reminder: Reminder, event: Event) -> None:
        turn = Turn(None, remind_step(self.script, reminder, self._around(), event))
        self._perform(turn, event, about=reminder.id)

    def _step(self, state: State, event: Event) -> None:
        self._perform(step(self.script, state, event, self._around()), event, state)

    def _perform(self, turn: Turn, event: Event, state: State | None = None, about: str | None = None) -> None:
        if any(isinstance(effect, Refuse) for effect in turn.effects):
            refused = next(effect for effect in turn.effects if isinstance(effect, Refuse))
            self.errors[event.person.name] = dict(refused.errors)
            return
        if turn.state is not None:
            self.states[turn.state.id] = State.model_validate_json(turn.state.model_dump_json())
        for effect in turn.effects:
            self._follow(effect, event, turn.state or state, about)

    def _follow(self, effect: Effect, event: Event, state: State | None, about: str | None = None) -> None:  # noqa: C901, PLR0912 - one case per effect, on one page
        name = event.person.name
        match effect:
            case Begin(turn):
                assert turn.state is not None
                self.states[turn.state.id] = turn.state
                for inner in turn.effects:
                    self._follow(inner, event, turn.state)
            case Post(slot, screen, where):
                dialog = state.id if state is not None else about
                message = speak(screen, self.words, PLACE)
                self._show(Shown(slot, "", message, dialog, None, where != "thread"))
            case Edit(slot, screen):
                own = [s for s in self.messages if s.slot == slot and s.dialog == (state.id if state else about)]
                if own:
                    own[-1].message = speak(screen, self.words, PLACE)
            case Whisper(screen):
                self._show(Shown("private", "", speak(screen, self.words, PLACE), None, name))
            case Tell(person, screen):
                told = next((n for n in ZONES if self.person(n).id == person), person)
                self._show(Shown("direct", "", speak(screen, self.words, PLACE), None, told))
            case Remind(reminder):
                self.reminders[reminder.id] = Reminder.model_validate_json(reminder.model_dump_json())
            case SetTime(zone, country):
                self.time = self.time._replace(zone=zone, country=country)
            case Answer():
                private = not isinstance(event, Commanded) or event.by == "slash"
                answer = speak_answer(effect, self.words, PLACE, private=private)
                self._show(Shown("answer", "", answer, None, name if private else None))
            case Dismiss(screen):
                self.messages.remove(self._clicked)
                if screen is not None:
                    self._show(Shown("private", "", speak(screen, self.words, PLACE), None, name))
            case Open(view) | Redraw(view):
                self.views[name] = draw(view, self.words)
            case Record(practice, choice):
                self.records.append((practice, choice))
            case _:
                pass

    def _show(self, shown: Shown) -> None:
        shown.ts = self._ts()
        self.messages.append(shown)
        if shown.slot == "parent" and shown.dialog is not None:
            state = self.states[shown.dialog]
            self.states[shown.dialog] = replace_thread(state, shown.ts)

    def _find(self, name: str, label: str, within: str | None) -> tuple[Shown, dict[str, Any]]:
        for shown in reversed(self.messages):
            if shown.only_for not in (None, name) or (within and within not in shown.message.text):
                continue
            for element in walk_blocks(shown.message.blocks):
                if "value" in element and label_of(element) == label:
                    return shown, element
        seen = [s.message.text for s in self.messages if s.only_for in (None, name)][-3:]
        raise AssertionError(f"{name} sees no button {label!r}; last messages: {seen}")

    def _field(self, block: dict[str, Any], values: dict[str, Any]) -> Any:
        element = block["element"]
        if block["block_id"] in values:
            wanted = values[block["block_id"]]
        else:
            return initial_value(element)
        wanted_list = wanted if isinstance(wanted, list) else [wanted]
        options = [o for o in walk_blocks(element) if "value" in o and isinstance(o.get("text"), dict)]
        if not options:
            return None if wanted is None else str(wanted)
        found = tuple(o["value"] for w in wanted_list for o in options if label_of(o) == w)
        assert len(found) == len(wanted_list) or wanted is None, (
            f"{wanted!r} is not among {[label_of(o) for o in options]}"
        )
        return found if element["type"].startswith("multi") else (found[0] if found else None)


def initial_value(element: dict[str, Any]) -> Any:
    """What a field holds when nobody touches it."""
    if "initial_option" in element:
        return element["initial_option"]["value"]
    if "initial_options" in element:
        return tuple(option["value"] for option in element["initial_options"])
    return element.get("initial_value")


def replace_thread(state: State, thread: str) -> State:
    return state.model_copy(update={"thread": thread})
