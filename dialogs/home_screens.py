"""What the App Home shows, the forms that open from it, and the greeting of the Messages tab."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from dialogs.judgement import Judgement
from dialogs.overview import Span, Subject
from dialogs.roadmap import NextStep
from dialogs.state import Mode, State
from knowledge.content import DimensionKey

Show = Literal["all", "below", "provisional", "due"]
_WISH = re.compile(r"(\w+)\.(\d{1,5})\.([A-Z0-9]*)\.([pw])")


class Wish(NamedTuple):
    """How somebody wants their Home: which subjects, of which channel (empty: all), which page, counted from 0.

    `whole`: as the portfolio, with dates, risks and ranges, instead of as an overview. It travels in the buttons, so
    nothing of it is stored.
    """

    show: Show = "all"
    page: int = 0
    channel: str = ""
    whole: bool = False

    @property
    def text(self) -> str:
        """As buttons carry it."""
        return f"{self.show}.{self.page}.{self.channel}.{'w' if self.whole else 'p'}"


def read_wish(text: str) -> Wish:
    """Read what a button carries; anything else is the plain Home."""
    found = _WISH.fullmatch(text)
    shows: tuple[Show, ...] = get_args(Show)
    if found is None or found[1] not in shows:
        return Wish()
    return Wish(shows[shows.index(found[1])], int(found[2]), found[3], found[4] == "w")


class Under(NamedTuple):
    """A running assessment: how many questions are answered, of about how many."""

    state: State
    answered: int
    about: int


class Step(NamedTuple):
    """The first next step of a subject, and who takes it; empty where nobody said so."""

    subject: Subject
    step: NextStep
    owner_name: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """A person's Home. `subjects` are those of this page; `counts` how many there are of each kind to show.

    `chosen` is how many the wish leaves, `page` the page really shown, of `pages`. `spans` are over what is chosen.
    """

    wish: Wish
    subjects: tuple[Subject, ...]
    counts: Mapping[Show, int]
    chosen: int
    page: int
    pages: int
    today: dt.date
    running: tuple[Under, ...] = ()
    more_running: int = 0
    steps: tuple[Step, ...] = ()
    spans: Mapping[DimensionKey, Span] | None = None
    ranked: bool = False
    channel_name: str = ""


@dataclass(frozen=True, slots=True)
class HomeClosed:
    """A Home with nothing to show: Slack does not say which channels one is in, or one belongs elsewhere."""

    why: Literal["unknown", "stranger"]


# --- modals ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StartForm:
    """Form "start": fields `channel`, `subject` (may stay blank) and `kind`. `wish` is of the Home it came from."""

    wish: str = ""


@dataclass(frozen=True, slots=True)
class SettingsForm:
    """Form "settings" of a channel: fields `zone` and `country`; for admins also `guests` and `ranking`.

    `ranking` holds for the whole workspace.
    """

    channel: str
    channel_name: str
    zone: str
    country: str | None
    guests: bool
    ranking: bool
    admin: bool
    wish: str = ""


@dataclass(frozen=True, slots=True)
class ResultView:
    """The last result of a subject in short, with a link to its thread."""

    state: State
    judgement: Judgement


# --- messages -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StartedIn:
    """An assessment was begun from elsewhere: where it is."""

    channel: str
    channel_name: str
    subject: str
    mode: Mode
    again: bool


@dataclass(frozen=True, slots=True)
class StartHere:
    """`start` in a direct message without a subject: the form asks for the channel."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """The first message to somebody who opened the Messages tab."""


HomeScreen = StartedIn | StartHere | Greeting
HomeView = StartForm | SettingsForm | ResultView
