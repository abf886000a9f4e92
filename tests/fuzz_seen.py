"""What the people of a channel have seen so far, who they are, and when it is."""

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from bot.blocks import Message
from dialogs.commands import question_in
from dialogs.events import Event, Person
from dialogs.reminder import ID_MARK, Reminder
from dialogs.state import State
from engine_player import walk_blocks
from knowledge.found import Found
from stage import shipped_index

WORKSPACE, CHANNEL, NAME = "T1", "C1", "fraud-detection"
BEGAN = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
PEOPLE = (
    Person("UANA", "Ana", zone="Europe/Berlin"),
    Person("UBEN", "Ben *b* <!here>", zone="Africa/Lagos"),
    Person("UCHEN", "Chen", zone="Mars/Base", admin=True),
    Person("UDORA", "Dora", outsider=True, zone="Europe/Stockholm"),
    Person("UEMIL", "Emil", guest=True),
    Person("UFINN", "Finn", member=False),
)


@lru_cache(maxsize=4096)
def looked_up(text: str) -> Found:
    """What the index makes of a text; looked up once, since the same texts come again and again."""
    return shipped_index().ask(question_in(text))


@dataclass
class Seen:
    """What a channel has shown, and what lives in it; `places` is where messages stand, by assessment and slot."""

    states: dict[str, State]
    reminders: dict[str, Reminder]
    at: dt.datetime = BEGAN
    values: list[str] = field(default_factory=list)
    forms: list[dict[str, Any]] = field(default_factory=list)
    past: list[Event] = field(default_factory=list)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    count: int = 0

    def base(self, who: int, channel: str = CHANNEL) -> dict[str, Any]:
        """What all events share; each one is a little later than the one before."""
        self.at += dt.timedelta(seconds=7)
        return {"key": self.key(), "workspace": WORKSPACE, "channel": channel, "person": PEOPLE[who], "at": self.at}

    def key(self) -> str:
        self.count += 1
        return f"e:{self.count}"

    def show(self, shown: Message | dict[str, Any] | None) -> None:
        """Remember the buttons of a message, or a modal that can be sent off."""
        if isinstance(shown, Message):
            self.show_blocks(shown.blocks)
        elif shown is not None and "submit" in shown:
            self.forms.append(shown)

    def show_blocks(self, blocks: Any) -> None:
        """Remember the buttons among blocks."""
        self.values += [part["value"] for part in walk_blocks(blocks) if "value" in part]

    def meant(self, about: int) -> str | None:
        """The assessment, newest first, or a reminder, that a move is about; None for none."""
        names = [*reversed(self.states), *self.reminders, "nobody", f"{ID_MARK}nobody"]
        return names[about % len(names)] if about >= 0 else None

    def newest(self, about: int) -> State | None:
        """An assessment, the newest one for 0."""
        states = list(reversed(self.states.values()))
        return states[about % len(states)] if states else None
