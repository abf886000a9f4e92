"""A finished result in few bytes: what the trend, the history and the portfolio tell of it. Nobody is named in it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from knowledge.content import DimensionKey


class Standing(NamedTuple):
    """One finished result as it was kept, with the content that judged it; never judged anew.

    `up_to` is how far the overall level could still rise, the same as `overall` where it stands. `target` is None where
    it waits for the stage. `dimensions` are levels 0 to 4, `google` 0 to 2, `risks` ids of practices.
    """

    dialog: str
    turn: int
    channel: str
    subject: str
    subject_key: str
    at: dt.datetime
    overall: int
    up_to: int
    target: int | None
    dimensions: Mapping[DimensionKey, int]
    google: int
    provisional: bool
    risks: tuple[str, ...]
    number: int = 0  # counted from the subject's first result, 1

    @property
    def gap(self) -> int:
        """How many levels lie between the overall level and the target; 0 when it is reached, or open."""
        return max(0, (self.target or 0) - self.overall)


def essence(result: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a result (as `result.snapshot` makes it) that a standing keeps besides its levels; plain JSON."""
    return {
        "dimensions": result["dimensions"],
        "google": result["google"],
        "provisional": bool(result["provisional"]),
        "open_target": "stage" in result["target_missing"],
        "risks": result["risks"],
    }
