"""What a team decided about a next step: who does it by when, or that it is not its turn now."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple


class Plan(NamedTuple):
    """The decision about one practice. `owner` is a person's id, empty for nobody; `later`: set aside for now."""

    practice: str
    owner: str = ""
    owner_name: str = ""
    due: dt.date | None = None
    later: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is decided, so that there is nothing to keep."""
        return not (self.owner or self.due or self.later)


def set_aside(plans: Mapping[str, Plan]) -> frozenset[str]:
    """The practices that are not to be proposed now."""
    return frozenset(practice for practice, plan in plans.items() if plan.later)
