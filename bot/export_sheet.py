"""The practices with the answers of one result, in the order of a full assessment.

A practice that today's content does not know keeps its id as its title.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.naming import section_title
from dialogs.answers import Choice
from dialogs.sections import full_order
from dialogs.state import Given
from knowledge.library import Library

ELSEWHERE = "Not among today's questions"


class Told(NamedTuple):
    """One practice with its answer; None where nobody was asked. `version` is the content that asked."""

    id: str
    title: str
    area: str
    level: int | None
    gate: bool
    choice: Choice | None
    given: Given | None
    version: str


class Sheet:
    """All practices with the answers of one result. `versions` tells which content asked an answer."""

    def __init__(
        self, library: Library, given: Mapping[str, Given], versions: Mapping[tuple[str, dt.datetime], str], latest: str
    ) -> None:
        self._library, self._given, self._versions, self._latest = library, given, versions, latest

    @property
    def choices(self) -> dict[str, Choice]:
        """The answers as scoring reads them."""
        return {name: given.choice for name, given in self._given.items()}

    def told(self, name: str) -> Told:
        """One practice, known to today's content or not."""
        practice, given = self._library.practices.get(name), self._answer(name)
        version = self._versions.get((name, given.at), self._latest) if given is not None else self._latest
        return Told(
            name,
            practice.title if practice else name,
            section_title(self._library, name) if practice else ELSEWHERE,
            practice.level if practice else None,
            practice.gate if practice else False,
            given.choice if given is not None else None,
            given,
            version,
        )

    def everything(self) -> Iterator[Told]:
        """Every practice asked today, in the order of a full assessment, then answers to others."""
        order = full_order(self._library)
        yield from map(self.told, order)
        known = {*order, *(twin for name in order if (twin := self._library.twin(name)))}
        yield from (self.told(name) for name in sorted(self._given) if name not in known)

    def _answer(self, name: str) -> Given | None:
        twin = self._library.twin(name)
        return self._given.get(name) or (self._given.get(twin) if twin else None)
