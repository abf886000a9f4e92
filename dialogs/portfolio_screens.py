"""The screens of the portfolio; members of `screens.Screen`."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.overview import Span, Subject
from knowledge.content import DimensionKey


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A page of the subjects that the asker may see: `total` of them on `pages` pages, `page` counted from 1.

    `spans` are over all of them. `ranked`: sorted by gap, as an admin wanted it. `only` is the channel's name where
    the page is shown to everybody there, and so holds that channel's subjects alone; empty for a private page.
    """

    subjects: tuple[Subject, ...]
    total: int
    page: int
    pages: int
    spans: Mapping[DimensionKey, Span]
    ranked: bool = False
    only: str = ""
    under_way: tuple[tuple[str, str], ...] = ()  # subjects without a result, with their channel's name, on page 1
    shareable: bool = False  # whether it can be shared in the channel where it was asked for


@dataclass(frozen=True, slots=True)
class PortfolioUnknown:
    """Slack does not say now which channels the asker is in, so nothing is shown."""


@dataclass(frozen=True, slots=True)
class RankingOff:
    """Somebody asked for a ranking, and it is off: why, and who can turn it on; `admin`: the asker can."""

    admin: bool


@dataclass(frozen=True, slots=True)
class RankingSet:
    """The ranking was turned on, or off, for the whole workspace."""

    on: bool


PortfolioScreen = Portfolio | PortfolioUnknown | RankingOff | RankingSet
