"""How well the answers of a team are backed. It stands beside the level and never changes it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dialogs.state import Given
from knowledge.calendars import months_later
from knowledge.content import DIMENSIONS, DimensionKey
from knowledge.library import Library

Word = Literal["high", "some", "low", "none"]
_CLAIMS = ("yes", "partly")  # answers that say that something is there


@dataclass(frozen=True, slots=True)
class Backing:
    """How many answers rest on something.

    `claims` are the practices answered yes or partly, `evidenced` those of them with a link to evidence, `recent`
    those that last ran within their shelf life (`keeps_months`), `backed` those with the one or the other.
    """

    claims: int
    evidenced: int
    recent: int
    backed: int

    @property
    def word(self) -> Word:
        """Sum it up; the rule is our judgement.

        "high": at least three in four claims are backed, and at least one in two ran recently, because a link alone
        does not show that a thing still works. "some": at least one in two is backed. "low": fewer, though not
        none. "none": nothing is backed, or nothing is claimed.
        """
        if not self.backed:
            return "none"
        if 4 * self.backed >= 3 * self.claims and 2 * self.recent >= self.claims:
            return "high"
        return "some" if 2 * self.backed >= self.claims else "low"


@dataclass(frozen=True, slots=True)
class Confidence:
    """The backing of each dimension, of what stands outside them, and of all answers together.

    `others` are "google" for what only Google's model asks, and "risks" for what every live model needs.
    """

    dimensions: Mapping[DimensionKey, Backing]
    others: Mapping[Literal["google", "risks"], Backing]
    overall: Backing


def confidence(library: Library, givens: Mapping[str, Given], today: dt.date) -> Confidence:
    """Count what backs the answers; a practice that both models share counts once, in its dimension."""
    claims = {
        practice.id: given
        for practice in library.asked()
        if (given := _given(library, givens, practice.id)) is not None and given.choice in _CLAIMS
    }
    of = {key: {name for name in claims if library.practices[name].dimension == key} for key in DIMENSIONS}
    dimensions = {key: _backing(library, {name: claims[name] for name in names}, today) for key, names in of.items()}
    models: dict[str, Literal["google", "risks"]] = {"google": "google", "outside": "risks"}
    others = {
        key: _backing(library, {n: each for n, each in claims.items() if library.practices[n].model == model}, today)
        for model, key in models.items()
    }
    return Confidence(dimensions, others, _backing(library, claims, today))


def _given(library: Library, givens: Mapping[str, Given], practice: str) -> Given | None:
    own, twin = givens.get(practice), library.twin(practice)
    return own if own is not None or twin is None else givens.get(twin)


def _backing(library: Library, claims: Mapping[str, Given], today: dt.date) -> Backing:
    evidenced = {name for name, given in claims.items() if given.evidence}
    recent = {
        name
        for name, given in claims.items()
        if given.last_run is not None and _recent(given.last_run, library.practices[name].keeps_months, today)
    }
    return Backing(len(claims), len(evidenced), len(recent), len(evidenced | recent))


def _recent(last_run: dt.date, months: int, today: dt.date) -> bool:
    """Whether a run still counts. A day to come is a slip, and counts for nothing."""
    return last_run <= today < months_later(last_run, months)
