"""The steps of a written conversation: how they are read from YAML, done, and looked at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import yaml

from dialogs.state import State

ACTS = ("commands", "says", "mentions", "clicks", "submits", "closes")  # what a person does: "Ana clicks: Partly"
LOOKS = ("all see", "nobody sees", "last is", "last but one is", "silence", "recorded", "phase")
PRIVATE_LOOK = "privately sees"  # with a name in front
WAIT = "time passes"
SECONDS = {"hour": 3_600.0, "day": 86_400.0, "week": 604_800.0}  # months and years are written in days
_SHOWN = 3  # messages that a difference shows


class TranscriptProblem(Exception):  # noqa: N818 - a situation
    """A file that is no written conversation. `problems` holds each mistake as a line that names the way out."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class Player(Protocol):
    """Whoever plays a conversation: the pure engine, or the whole bot in a local workspace."""

    async def commands(self, name: str, text: str) -> None: ...  # noqa: D102 - the verbs are the vocabulary
    async def says(self, name: str, text: str, *, mentioned: bool = False) -> None: ...  # noqa: D102
    async def clicks(self, name: str, label: str, within: str | None = None) -> None: ...  # noqa: D102
    async def submits(self, name: str, values: dict[str, Any]) -> None: ...  # noqa: D102
    async def closes(self, name: str) -> None: ...  # noqa: D102
    async def waits(self, seconds: float) -> None: ...  # noqa: D102
    async def settled(self) -> None: ...  # noqa: D102
    def assessment(self) -> State: ...  # noqa: D102
    def thread(self) -> list[str]: ...  # noqa: D102
    def private(self, name: str) -> list[str]: ...  # noqa: D102
    def recorded(self) -> dict[str, str]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `verb` is what happens or is looked at, `name` who does it, empty for everybody.

    `within` is text of the message that a button is on; `absent` turns a look around.
    """

    number: int
    name: str
    verb: str
    value: Any
    within: str | None = None
    absent: bool = False

    @property
    def is_look(self) -> bool:
        """Whether it only looks."""
        return self.verb == PRIVATE_LOOK or self.verb in LOOKS

    def __str__(self) -> str:
        return f"{self.name} {self.verb}".strip() + ("" if self.value is None else f": {self.value}")


class Difference(NamedTuple):
    """What was to be seen, and what is there instead."""

    expected: str
    actual: str


async def play(
    player: Player, steps: Sequence[Step], told: Callable[[Step, Difference | None], None]
) -> tuple[Difference, ...]:
    """Play steps in their order; gives the looks that differ. `told` hears of every step once it is over.

    What cannot be done at all raises, with a note that names the step.
    """
    before: list[str] = []
    found: list[Difference] = []
    people = sorted({step.name for step in steps if step.name})
    for step in steps:
        try:
            if step.is_look:
                difference = look(player, step, before, people)
                found += [difference] if difference is not None else []
            else:
                difference, before = None, player.thread()
                await _act(player, step)
                await player.settled()
            told(step, difference)
        except Exception as error:
            error.add_note(f"in step {step.number}: {step}")
            raise
    return tuple(found)


def seconds_in(text: str) -> float | None:
    """Read "3 days", "2 weeks", "1 hour"; None for anything else."""
    number, _, unit = text.partition(" ")
    each = SECONDS.get(unit.removesuffix("s"))
    return int(number) * each if each is not None and number.isdecimal() else None


async def _act(player: Player, step: Step) -> None:
    name, value = step.name, step.value
    if step.verb == WAIT:
        await player.waits(seconds_in(value) or 0)
    elif step.verb == "commands":
        await player.commands(name, value)
    elif step.verb == "clicks":
        await player.clicks(name, value, step.within)
    elif step.verb == "submits":
        await player.submits(name, value)
    elif step.verb == "closes":
        await player.closes(name)
    else:
        await player.says(name, value, mentioned=step.verb == "mentions")


def look(player: Player, step: Step, before: Sequence[str], people: Sequence[str]) -> Difference | None:
    """Compare what a step says with what is there; `before` is the thread before the last thing that happened."""
    thread = player.thread()
    if step.verb in ("recorded", "phase"):
        actual = player.recorded() if step.verb == "recorded" else player.assessment().phase
        return None if actual == step.value else Difference(str(step.value), str(actual))
    if step.verb == "silence":
        new = [text for text in thread if text not in before]
        return None if thread == list(before) else Difference("nothing new", _told(new) or "something changed")
    texts, wanted = _texts(player, step, thread, people), not (step.absent or step.verb == "nobody sees")
    there = [text for text in texts if step.value in text]
    if bool(there) is wanted:
        return None
    expected = step.value if wanted else f"nothing with: {step.value}"
    return Difference(expected, _told(there or texts) or "nothing")


def _texts(player: Player, step: Step, thread: list[str], people: Sequence[str]) -> list[str]:
    """The messages that a look is about."""
    if step.verb == PRIVATE_LOOK:
        return player.private(step.name)
    if step.verb == "last is":
        return thread[-1:]
    if step.verb == "last but one is":
        return thread[-2:-1]
    if step.verb == "nobody sees":
        return [*thread, *(text for name in people for text in player.private(name))]
    return thread


def _told(texts: Sequence[str]) -> str:
    return "\n".join(texts[-_SHOWN:])


# --- reading -----------------------------------------------------------------------------------------------------


def read_steps(file: Path) -> tuple[Step, ...]:
    """Read a written conversation; TranscriptProblem with every mistake in it."""
    try:
        rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise TranscriptProblem(f"{file}: cannot be read ({error.strerror}); name a conversation file") from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        where = " ".join(str(error).split())
        raise TranscriptProblem(f"{file}: is no YAML ({where}); mend it there") from None
    if not isinstance(rows, list) or not rows:
        raise TranscriptProblem(f'{file}: is no list of steps; begin with "- Ana commands: /maturity start"')
    read = [_step(number, row) for number, row in enumerate(rows, 1)]
    if problems := [
        f"{file}: step {number}: {step}" for number, step in enumerate(read, 1) if not isinstance(step, Step)
    ]:
        raise TranscriptProblem(*problems)
    return tuple(step for step in read if isinstance(step, Step))


def _step(number: int, row: object) -> Step | str:
    """Read one step, or say what is wrong with it."""
    if not isinstance(row, dict) or not row or not all(isinstance(key, str) for key in row):
        return "is no step; write one such as Ana clicks: Partly"
    (key, value), *more = row.items()
    name, _, verb = key.partition(" ")
    if key in (*LOOKS, WAIT):
        name, verb = "", key
    elif verb not in (*ACTS, PRIVATE_LOOK):
        known = ", ".join((*ACTS, PRIVATE_LOOK))
        return f"{key!r} is not known; people ({known}), or {', '.join((*LOOKS, WAIT))}"
    settings = dict(more)
    if foreign := set(settings) - {"within", "not"}:
        return f"{foreign.pop()!r} says nothing here; a step may have within (a text) and not (true)"
    wrong = _wrong(verb, value)
    return wrong or Step(number, name, verb, value, settings.get("within"), absent=bool(settings.get("not")))


def _wrong(verb: str, value: object) -> str:
    """What is wrong with a step's value; empty where nothing is."""
    if verb in ("silence", "closes"):
        return ""
    if verb in ("submits", "recorded"):
        fine = isinstance(value, Mapping) and not any(isinstance(each, bool | int | float) for each in value.values())
        return "" if fine else f'{verb} takes fields and texts, as in {{use_cases: "3"}}, with yes and 3 in quotes'
    if not isinstance(value, str):
        return f"{verb} takes a text; write {value!r} in quotes"
    if verb == WAIT and seconds_in(value) is None:
        return f"{value!r} is no time; write hours, days or weeks, as in 3 days"
    return ""
