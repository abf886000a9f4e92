"""What people, Slack and the clock may do to a channel, in any order: moves, drawn by hypothesis.

A move is plain data that means something in any situation; `fuzz_events.py` turns it into events where it is made.
"""

from dataclasses import dataclass
from typing import Any, get_args

from hypothesis import strategies as st

from dialogs.answers import CHOICES, Choice
from dialogs.events import ChannelChange, Way
from fuzz_words import (
    ACTIONS,
    ARGUMENTS,
    COMMANDS,
    ERRORS,
    FIELDS,
    FORMS,
    PRACTICES,
    SECONDS,
    SLOTS,
    VALUES,
    WAYS,
    WORDS,
)


@dataclass(frozen=True, slots=True)
class Commands:
    who: int
    text: str
    by: Way
    member: bool | None


@dataclass(frozen=True, slots=True)
class Clicks:
    """A button that was shown at some time: `back` counts from the newest one."""

    who: int
    back: int
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Presses:
    """A button that nobody ever drew like this; `{open}` in its argument is the open question."""

    who: int
    action: str
    about: int
    argument: str
    turn: int


@dataclass(frozen=True, slots=True)
class Chooses:
    who: int
    about: int
    practice: str
    choice: Choice
    turn: int


@dataclass(frozen=True, slots=True)
class Answers:
    """The open question and those after it are answered by their buttons."""

    who: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Types:
    """Words in the thread of an assessment; `early` before its question was on screen."""

    who: int
    about: int
    text: str
    mentioned: bool
    early: bool


@dataclass(frozen=True, slots=True)
class Sends:
    """A form that was opened at some time, its fields filled by `picks` from what fits and what does not."""

    who: int
    back: int
    picks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SendsAnything:
    who: int
    form: str
    about: int
    argument: str
    values: dict[str, str | tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Waits:
    """Time passes, and what has come due by then happens; `wrong` days off for a date that was moved meanwhile."""

    seconds: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Refuses:
    """Slack takes a message no more."""

    about: int
    slot: str
    error: str


@dataclass(frozen=True, slots=True)
class Repeats:
    """Something that happened before comes again: the same event, or (not `same`) the same thing done once more."""

    back: int
    same: bool


@dataclass(frozen=True, slots=True)
class Edits:
    """Somebody gives a message of theirs other words."""

    back: int
    text: str


@dataclass(frozen=True, slots=True)
class Deletes:
    """A message is gone: one that somebody wrote, the parent of an assessment, or its open question."""

    what: str
    back: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Something happens to the channel, or (`change` is empty) a person is deactivated."""

    who: int
    change: ChannelChange | None


Move = (
    Commands
    | Clicks
    | Presses
    | Chooses
    | Answers
    | Types
    | Sends
    | SendsAnything
    | Waits
    | Refuses
    | Repeats
    | Edits
    | Deletes
    | Changes
)

_who = st.sampled_from((0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5))  # the last three may not take part
_about = st.integers(-1, 5)
_turn = st.sampled_from((0, 1, 5, 999_999_999))
_free = st.text(max_size=40) | st.sampled_from(("yes " * 1500, "x" * 5000, "\u202e\u0000\u2028", "<!channel> *b* `c`"))
_words = st.sampled_from(WORDS)
_orders = st.sampled_from(COMMANDS)


def _often(*weighted: tuple[int, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    return st.sampled_from([each for times, each in weighted for _ in range(times)]).flatmap(lambda each: each)


texts = _often((6, _words), (4, _orders), (1, st.builds("{} {}".format, _words, _orders)), (1, _free))
_mostly_orders = _often((8, _orders), (1, _words), (1, _free))
moves: st.SearchStrategy[Move] = _often(
    (4, st.builds(Commands, _who, _mostly_orders, st.sampled_from(WAYS), st.none() | st.booleans())),
    (8, st.builds(Clicks, _who, st.integers(0, 12), st.booleans())),
    (3, st.builds(Clicks, _who, st.integers(0, 400), st.booleans())),
    (5, st.builds(Presses, _who, st.sampled_from(ACTIONS), _about, st.sampled_from(ARGUMENTS), _turn)),
    (2, st.builds(Chooses, _who, _about, st.sampled_from(PRACTICES), st.sampled_from(CHOICES), _turn)),
    (4, st.builds(Answers, _who, st.lists(st.sampled_from(CHOICES), min_size=1, max_size=12).map(tuple))),
    (7, st.builds(Types, _who, _about, texts, st.booleans(), st.sampled_from((False, False, False, True)))),
    (5, st.builds(Sends, _who, st.integers(0, 3), st.lists(st.integers(0, 60), min_size=1, max_size=6).map(tuple))),
    (2, st.builds(SendsAnything, _who, st.sampled_from(FORMS), _about, st.sampled_from(ARGUMENTS),
                  st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(VALUES), max_size=4))),
    (3, st.builds(Waits, st.sampled_from(SECONDS), st.sampled_from((0, 0, 0, 0, 0, -1, 7)))),
    (1, st.builds(Refuses, _about, st.sampled_from(SLOTS), st.sampled_from(ERRORS))),
    (2, st.builds(Edits, st.integers(0, 6), texts)),
    (1, st.builds(Deletes, st.sampled_from(("said", "parent", "question")), st.integers(0, 6))),
    (1, st.builds(Changes, _who, st.none() | st.sampled_from(get_args(ChannelChange)))),
    (1, st.builds(Repeats, st.integers(0, 30), st.booleans())),
)  # fmt: skip
_lengths = st.integers(0, 70)  # a list without a least length would rarely be long


def _so_many(length: int) -> st.SearchStrategy[list[Move]]:
    return st.lists(moves, min_size=length, max_size=length)


_starters = st.sampled_from((0, 0, 1, 2))
_openings = st.builds(
    lambda who, text, *rest: [Commands(who, text, "slash", member=True), *(move for move in rest if move)],
    _starters,
    st.sampled_from(COMMANDS[:8]),
    st.sampled_from((Presses(0, "facts-skip", 0, "", 1), Presses(1, "facts-words", 0, "", 1), None)),
    st.none() | st.builds(Answers, _starters, st.lists(st.sampled_from(CHOICES), min_size=10, max_size=40).map(tuple)),
    st.sampled_from((Presses(0, "confirm", 0, "finish", 1), Presses(0, "confirm", 0, "pause", 1), None, None)),
)
sequences: st.SearchStrategy[list[Move]] = st.builds(
    lambda opening, rest: [*opening, *rest], _openings, _lengths.flatmap(_so_many)
)
