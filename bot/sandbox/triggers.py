"""Trigger ids: the short-lived permission to open a modal for the person who just acted."""

import secrets
from typing import NamedTuple

from bot.sandbox.errors import ApiError
from bot.sandbox.timestamps import Clock

LIFETIME = 3.0  # seconds
_MOST = 1000  # remembered, so that one that is too old is told from one that never was


class Acted(NamedTuple):
    """Who just acted, and in which conversation (an empty text: in none)."""

    person: str
    conversation: str


class Triggers:
    """Gives out trigger ids and takes each of them back once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._given: dict[str, tuple[Acted, float]] = {}
        self._used: set[str] = set()

    def give(self, person: str, conversation: str = "") -> str:
        """Give a trigger id for this person, who acts in this conversation."""
        while len(self._given) >= _MOST:
            del self._given[next(iter(self._given))]
        trigger = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._given[trigger] = (Acted(person, conversation), self._clock())
        return trigger

    def take(self, trigger: str) -> Acted:
        """Give who acted, and where, when the trigger was given; raises ApiError if it is unknown, used or too old."""
        if trigger in self._used:
            raise ApiError("exchanged_trigger_id")
        if trigger not in self._given:
            raise ApiError("invalid_trigger_id")
        acted, given = self._given.pop(trigger)
        if self._clock() - given > LIFETIME:
            raise ApiError("expired_trigger_id")
        self._used.add(trigger)
        return acted
