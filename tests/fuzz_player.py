"""The pure engine under random events: an `EnginePlayer` that takes any event and checks what is promised."""

from collections import Counter
from functools import cache

import fuzz_promises as promises
from bot.words import Words
from dialogs.channel_course import reminder_follows
from dialogs.effects import Remind, Turn
from dialogs.engine import command, step
from dialogs.events import (
    ChannelChanged,
    Chosen,
    Commanded,
    Deleted,
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
from dialogs.reminder import ID_MARK
from dialogs.script import Script, load_script
from dialogs.state import State
from engine_player import PLACE, EnginePlayer
from fuzz_events import events
from fuzz_moves import Move
from fuzz_seen import Seen
from knowledge.library import load_library


@cache
def script() -> Script:
    """The script that ships."""
    return load_script(load_library())


@cache
def words() -> Words:
    """The words that ship."""
    return Words(script().library)


class FuzzedPlayer(EnginePlayer):
    """One channel; every event goes through the engine as `Bot.handle` would send it, and everything is checked."""

    def __init__(self, tried: Counter[str]) -> None:
        super().__init__(script(), words())
        self.tried = tried
        self.seen = Seen(self.states, self.reminders)
        self.keys: set[str] = set()
        self._checked: dict[str, State] = {}

    def makes(self, move: Move) -> None:
        """Let a move happen."""
        for event in events(move, self.seen):
            self.tried["events"] += 1
            self.tried[type(event).__name__] += 1
            self.seen.past.append(event)
            if event.key not in self.keys:
                self.keys.add(event.key)
                self._take(event)
                self.seen.states, self.seen.reminders = self.states, self.reminders

    def _take(self, event: Event) -> None:
        if isinstance(event, ChannelChanged | PersonGone):
            self._everywhere(event)
        elif isinstance(event, ReminderDue):
            self._named(event.reminder, event)
        elif isinstance(event, Said | Deleted):
            self._in_thread(event)
        elif isinstance(event, Commanded):
            self._perform(command(self.script, self._around_for(event), event), event)
        elif not isinstance(event, HomeOpened) and event.dialog:
            self._named(event.dialog, event)
        elif isinstance(event, Pressed | Submitted):
            self._perform(command(self.script, self._around_for(event), event), event)

    def _everywhere(self, event: ChannelChanged | PersonGone) -> None:
        """What concerns everything that lives in the channel."""
        for state in list(self.states.values()):
            self._step(state, event)
        for reminder in list(self.reminders.values()):
            effects = reminder_follows(reminder, self._around(), event)
            self._perform(Turn(None, effects), event, about=reminder.id)

    def _named(self, name: str, event: Event) -> None:
        """What concerns one assessment or one reminder; for others there is nothing to do."""
        if name in self.reminders and isinstance(event, ReminderDue | Pressed | Undeliverable):
            self._remind(self.reminders[name], event)
        elif name in self.states and isinstance(event, Chosen | Pressed | Submitted | Undeliverable | NudgeDue):
            assert not name.startswith(ID_MARK)
            self._step(self.states[name], event)

    def _in_thread(self, event: Said | Deleted) -> None:
        states = self.states.values()
        state = next((each for each in states if event.thread in (each.thread, *each.left_threads)), None)
        if state is not None:
            self._step(state, event)

    def _step(self, state: State, event: Event) -> None:
        turn = step(self.script, state, event, self._around_for(event))
        promises.check_step(state, turn, event)
        self._perform(turn, event, state)

    def _perform(self, turn: Turn, event: Event, state: State | None = None, about: str | None = None) -> None:
        promises.check_refused(event, turn, self._around())
        for effect in promises.every(turn.effects):
            self.seen.show(promises.drawn(effect, self.words, PLACE))
            self.tried[type(effect).__name__] += 1
            if isinstance(effect, Remind):
                promises.check_reminder(effect.reminder, event)
        if turn.state is None or not self._taken(turn.state):
            super()._perform(turn, event, state, about)
        self._check()

    def _taken(self, state: State) -> bool:
        """Whether another assessment of its subject runs: the store would keep nothing of this turn."""
        others = (each for each in self.states.values() if each.id != state.id and each.running)
        return state.running and any(each.subject_key == state.subject_key for each in others)

    def _check(self) -> None:
        states = list(self.states.values())
        promises.check_one_running(states)
        for state in states:
            if state is not self._checked.get(state.id):
                self._checked[state.id] = state
                promises.check_state(self.script.library, state)
                self.tried[f"states {state.phase}"] += 1
