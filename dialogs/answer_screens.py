"""The screens that answer questions: pages, the team's own results, refusals; members of `screens.Screen`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.judgement import Judgement
from dialogs.reminder import Reminder
from dialogs.roadmap import NextStep
from dialogs.settling import Settled
from dialogs.state import State
from dialogs.surroundings import Past
from dialogs.verdict import Verdict
from knowledge.found import About


@dataclass(frozen=True, slots=True)
class TopicPage:
    """A curated answer, by its topic; `entry` where a narrower entry answers. `today` tells what may have aged.

    `unknown_team` says that the question was about the team, of which nothing is stored: the answer is general.
    """

    topic: str
    entry: str | None
    today: dt.date
    unknown_team: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """Whether a team needs a level, from its last completed assessment."""

    level: int
    state: State
    judgement: Judgement
    verdict: Verdict
    steps: tuple[NextStep, ...]
    today: dt.date


@dataclass(frozen=True, slots=True)
class TeamPage:
    """Anything else about a team from its last completed assessment; `topic` is team/level, team/next ...

    `about` is what the question mentions besides, such as the capability it asks answers for; `past` are finished
    results, newest first.
    """

    topic: str
    state: State
    judgement: Judgement
    steps: tuple[NextStep, ...]
    about: tuple[About, ...] = ()
    past: tuple[Past, ...] = ()
    reminder: Reminder | None = None


@dataclass(frozen=True, slots=True)
class WhichSubject:
    """A question about the team where several subjects are assessed: each in a line, and asks which is meant."""

    topic: str
    states: tuple[State, ...]
    judgements: Mapping[str, Judgement]


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing curated answers: the two nearest topics, whom to ask, and whether the question was noted."""

    near: tuple[str, ...]
    noted: bool


@dataclass(frozen=True, slots=True)
class NeedForm:
    """Form "need": the few facts that settle whether a level is needed; every field optional."""

    level: int
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedResult:
    """What those facts say, in the form's place; nothing of it is kept."""

    settled: Settled
