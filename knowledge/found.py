"""What looking a question up came to."""

from dataclasses import dataclass
from typing import NamedTuple


class About(NamedTuple):
    """One thing a question mentions: its kind (level, google, dimension, capability, tool) and its name."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Found:
    """The topic that answers a question, or None where nothing curated does.

    `entry` is the curated entry that answers it, where there is one. `confidence` is a share from 0 to 1. `near` are
    the nearest topics, best first, for a refusal. `asking` tells whether the text reads like a question at all.
    """

    topic: str | None
    entry: str | None = None
    confidence: float = 0.0
    near: tuple[str, ...] = ()
    about: tuple[About, ...] = ()
    asking: bool = True
