"""The shape of every content file: frozen models that forbid unknown keys.

The model that validates a file is the object the program uses. Cross-references between files are checked in
`crosschecks.py`, so that every problem of a folder is reported at once.
"""

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

DimensionKey = Literal["people", "model-creation", "model-release", "application-integration"]
DIMENSIONS: tuple[DimensionKey, ...] = ("people", "model-creation", "model-release", "application-integration")
_LETTERS: dict[str, DimensionKey] = {
    "P": "people",
    "C": "model-creation",
    "R": "model-release",
    "A": "application-integration",
}

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1200)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
PracticeId = Annotated[str, StringConstraints(pattern=r"^(M[1-4]-[PCRA]-\d{1,2}|G[12]-\d{1,2}|X-[a-z]+(-[a-z]+)*)$")]
Effort = Literal["days", "weeks", "months"]
# After how many months an answer has likely aged, so that a reminder lists it to be asked again. Our judgement:
# structures keep for a year, habits for half a year, what runs or is measured for three months.
Months = Annotated[int, Field(ge=1, le=24)]
Ask = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=160)]  # a way people ask
# How a fact is known: read at its source, told by others, or general knowledge that nobody of ours has checked.
Mark = Literal["verified", "reported", "unverified"]


def _https(url: str) -> str:
    if not url.startswith("https://"):
        raise ValueError("must be an https address")
    return url


Link = Annotated[str, AfterValidator(_https)]


class Record(BaseModel):
    """Base of all content: frozen, unknown keys forbidden, no silent conversion of types."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Record):
    """Where a statement comes from, and when somebody of ours last read it."""

    key: Slug
    title: Text
    publisher: Short
    url: Link | None = None  # the source table itself has no public address
    reviewed_on: dt.date
    note: Text | None = None


class Dimension(Record):
    """One of the four dimensions of Microsoft's model."""

    key: DimensionKey
    title: Short
    covers: Text


class Level(Record):
    """One level of a maturity model: what life is like there, what is in place, and when to propose it."""

    number: Annotated[int, Field(ge=0, le=4)]
    name: Short
    aliases: tuple[Short, ...] = ()
    summary: Text
    highlights: tuple[Text, ...]
    technology: tuple[Text, ...]
    when: tuple[Text, ...]
    enough_when: Text | None = None
    next: Text | None = None  # what comes next; none at the top
    notes: tuple[Text, ...] = ()
    sources: tuple[Slug, ...] = Field(min_length=1)


class MaturityModel(Record):
    """A maturity model: Microsoft's levels 0-4 in four dimensions, or Google's levels 0-2."""

    key: Literal["microsoft", "google"]
    title: Short
    summary: Text
    dimensions: tuple[Dimension, ...] = ()
    levels: tuple[Level, ...]
    sources: tuple[Slug, ...] = Field(min_length=1)


class Practice(Record):
    """One checkable thing a team does; a question of the assessment.

    `gate` practices must be fully in place for their cell; `same_as` names the Microsoft practice a Google
    practice repeats (asked once, under the Microsoft id). `step` is what to do when it is missing, `effort` how long
    that takes a team that has not begun, and `keeps_months` after how many months an answer has likely aged. `after`
    names what should be in place before it begins: our judgement, which orders advice and nothing else.
    """

    id: PracticeId
    title: Short  # in a folded line: "Training as a job"
    question: Text
    yes: Text  # after "Yes means:"
    partly: Text  # after "Partly:"
    why: Text
    evidence: Text
    step: Text
    effort: Effort
    keeps_months: Months
    gate: bool = False
    after: tuple[PracticeId, ...] = ()
    na_when: Text | None = None  # the only practices that may be "not applicable" say when
    same_as: PracticeId | None = None
    added_in_2025: bool = False
    capability: Slug
    sources: tuple[Slug, ...] = Field(min_length=1)

    @property
    def model(self) -> Literal["microsoft", "google", "outside"]:
        """Whose ladder it belongs to; the four X practices stand outside both."""
        return {"M": "microsoft", "G": "google", "X": "outside"}[self.id[0]]  # type: ignore[return-value]

    @property
    def level(self) -> int | None:
        """The level of its model, or None outside both ladders."""
        return int(self.id[1]) if self.id[0] in "MG" else None

    @property
    def dimension(self) -> DimensionKey | None:
        """The dimension of Microsoft's model, or None."""
        found = re.match(r"M\d-([PCRA])-", self.id)
        return _LETTERS[found[1]] if found else None


class Tool(Record):
    """One tool: when to choose it, and what to know first. `caution` marks tools not to start with unread.

    `choose_when` goes on after "Choose it", in lower case: "when the code is on GitHub". `source-available` is code
    that one may read under a licence that is not open source.
    """

    slug: Slug
    name: Short
    licence: Short
    kind: Literal["open-source", "source-available", "service", "method"]
    what: Text | None = None
    choose_when: Text
    not_when: Text | None = None
    caution: Text | None = None
    state: Text | None = None
    mark: Mark = "unverified"
    avoid_for_new_work: bool = False
    aliases: tuple[Short, ...] = ()
    alternatives: tuple[Slug, ...] = ()
    url: Link | None = None
    reviewed_on: dt.date
    review_by: dt.date | None = None
    sources: tuple[Slug, ...] = ()


class Capability(Record):
    """Something a team must be able to do, served by tools; advice names the capability first."""

    slug: Slug
    title: Short
    what: Text
    why: Text
    smallest: Text | None = None
    choosing: Text | None = None
    called: tuple[Short, ...] = ()
    asks_what: tuple[Ask, ...] = ()
    asks_tools: tuple[Ask, ...] = ()
    from_level: Annotated[int, Field(ge=0, le=4)]  # the level that first needs it
    tools: tuple[Slug, ...] = Field(min_length=1)  # the first is the default to consider
    reviewed_on: dt.date | None = None
    review_by: dt.date | None = None
    sources: tuple[Slug, ...] = ()


class FactOption(Record):
    """One value a fact may have, and how it is said."""

    value: str
    label: Short


class Fact(Record):
    """One fact about the team that the target rests on. `step` 2 is asked only when a need holds.

    `keeps_months` is after how many months its value has likely aged.
    """

    key: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
    title: Short
    question: Text
    why: Text
    kind: Literal["choice", "count", "yes-no", "tools"]
    keeps_months: Months
    options: tuple[FactOption, ...] = ()
    default: bool | int | str | None = None  # a defaulted fact is never missing
    default_from: str | None = None  # another fact's value serves as default
    step: Literal[1, 2] = 1
    sources: tuple[Slug, ...] = ()


# Conditions of target rules. A list of conditions is an "and".


class FactIs(Record):
    """True when the fact has one of these values."""

    fact: str
    one_of: tuple[str | bool, ...] = Field(min_length=1)


class FactIsNot(Record):
    """True when the fact has none of these values."""

    fact: str
    none_of: tuple[str | bool, ...] = Field(min_length=1)


class FactAtLeast(Record):
    """True when a counted fact reaches a number, given as such or as a threshold's name."""

    fact: str
    at_least: int | str


class FactMoreThan(Record):
    """True when a counted fact is larger than another."""

    fact: str
    more_than: str


class OverallAtLeast(Record):
    """True when the overall level's floor reaches a level."""

    overall_at_least: int


class AnsweredYes(Record):
    """True when all these practices are answered yes."""

    answered_yes: tuple[PracticeId, ...] = Field(min_length=1)


class AnyNeed(Record):
    """True when at least one need holds."""

    any_need: Literal[True]


class Ready(Record):
    """True when all these readiness points are met."""

    ready: tuple[str, ...] = Field(min_length=1)


class NotReady(Record):
    """True when at least one of these readiness points is not met (not known counts as not met)."""

    not_ready: tuple[str, ...] = Field(min_length=1)


class RuleNotFired(Record):
    """True when another rule did not fire."""

    not_fired: str


class AnyOf(Record):
    """True when at least one of these conditions is."""

    any_of: tuple["Condition", ...] = Field(min_length=1)


# The one key that tells which condition a mapping in a file is.
CONDITION_KEYS = (
    "one_of",
    "none_of",
    "at_least",
    "more_than",
    "overall_at_least",
    "answered_yes",
    "any_need",
    "ready",
    "not_ready",
    "not_fired",
    "any_of",
)


def _condition_kind(value: object) -> str | None:
    """Find the telling key of a condition, so that a mistake in one gives one error and not eleven."""
    keys = value if isinstance(value, dict) else getattr(value, "model_fields_set", ())
    return next((key for key in CONDITION_KEYS if key in keys), None)


Condition = Annotated[
    Annotated[FactIs, Tag("one_of")]
    | Annotated[FactIsNot, Tag("none_of")]
    | Annotated[FactAtLeast, Tag("at_least")]
    | Annotated[FactMoreThan, Tag("more_than")]
    | Annotated[OverallAtLeast, Tag("overall_at_least")]
    | Annotated[AnsweredYes, Tag("answered_yes")]
    | Annotated[AnyNeed, Tag("any_need")]
    | Annotated[Ready, Tag("ready")]
    | Annotated[NotReady, Tag("not_ready")]
    | Annotated[RuleNotFired, Tag("not_fired")]
    | Annotated[AnyOf, Tag("any_of")],
    Discriminator(_condition_kind),
]


class Need(Record):
    """A reason for level 4 (N1-N3)."""

    id: str
    title: Short
    says: Text
    when: tuple[Condition, ...] = Field(min_length=1)
    sources: tuple[Slug, ...] = ()


class Readiness(Record):
    """Something that must be in place before level 4 pays (R1-R8)."""

    id: str
    title: Short
    says: Text
    when: tuple[Condition, ...] = Field(min_length=1)
    sources: tuple[Slug, ...] = ()


class TargetRule(Record):
    """One rule of the target: when all its conditions hold, it says a level (at least, or exactly).

    Fact values in `reason` stand in braces: "{use_cases} use cases are live".
    """

    id: str
    level: Annotated[int, Field(ge=0, le=4)]
    says: Literal["exactly", "at-least"] = "at-least"
    when: tuple[Condition, ...] = Field(min_length=1)
    reason: Text  # what people read
    sources: tuple[Slug, ...] = Field(min_length=1)


class TargetRules(Record):
    """Everything that proposes a target, in the order in which rules are listed to people."""

    needs: tuple[Need, ...]
    readiness: tuple[Readiness, ...]
    rules: tuple[TargetRule, ...]


class Thresholds(Record):
    """The numbers that are settings. 75 % and three use cases: see `models/` and the source table."""

    share_percent: Annotated[int, Field(ge=1, le=100)] = 75
    several_use_cases: Annotated[int, Field(ge=1)] = 3
    many_use_cases: Annotated[int, Field(ge=1)] = 20
