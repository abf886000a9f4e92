"""Facts told in passing, read from `scripts/told.yml`: "we now have 3 models in production"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field

from dialogs.answers import LARGEST_COUNT, FactValue
from knowledge.content import Record
from knowledge.folder import Raw
from knowledge.library import ContentError, Library
from knowledge.validation import validate
from knowledge.yaml_files import read_yaml

FILE = Path(__file__).parent / "scripts" / "told.yml"
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SHORTHANDS = {
    "NUMBER": rf"(?P<number>\d{{1,6}}|{'|'.join(_NUMBERS)})",
    "MODELS": "(?:ml )?(?:models?|use cases?|ml systems?)",
    "NOW": "(?:now|currently|meanwhile|by now|today|already)",
    "ARE": "(?:are|is|were|was|has been|have been)",
}
_POLITE = re.compile(r"^(?:fyi|update|news|hi|hello|hey|by the way|btw|good news|note)\b[ ,:!-]*")
_LONGEST = 160  # characters; more is a story, and a story is not read as a fact


class ToldEntry(Record):
    """One way of telling a fact. `value` is left out for counts, which stand in the text."""

    fact: str
    value: str | bool | None = None
    says: str = Field(min_length=3)


class ToldFile(Record):
    """The file `scripts/told.yml`; its header comment explains each key."""

    version: Literal[1]
    unless: tuple[str, ...]
    questions: tuple[str, ...]
    told: tuple[ToldEntry, ...]


class ToldFact(NamedTuple):
    """A fact somebody told: its key and its value."""

    fact: str
    value: FactValue


@dataclass(frozen=True)
class Told:
    """All ways of telling a fact, ready to be compared."""

    ways: Sequence[tuple[re.Pattern[str], ToldEntry]]
    never: re.Pattern[str]

    def read(self, text: str) -> ToldFact | None:
        """Read a sentence said to the bot; None where it tells no fact, or asks something."""
        said = " ".join(text.casefold().replace("\u2019", "'").split()).strip(" .!")
        said = _POLITE.sub("", said)
        if "?" in said or len(said) > _LONGEST or self.never.search(said):
            return None
        for pattern, entry in self.ways:
            if found := pattern.fullmatch(said):
                value = entry.value if entry.value is not None else _number(found["number"])
                return ToldFact(entry.fact, value) if value is not None else None
        return None


def _number(word: str) -> int | None:
    number = _NUMBERS.index(word) if word in _NUMBERS else int(word)
    return number if number <= LARGEST_COUNT else None


def load_told(library: Library, file: Path = FILE) -> Told:
    """Read and check the file; ContentError with every problem as "file: field: what to do"."""
    read = read_yaml(file, file.name)
    problems = list(read.problems)
    data = read.data if isinstance(read.data, Mapping) else {}
    parsed = None if problems else validate(ToldFile, Raw(data, file.name), problems)
    ways: list[tuple[re.Pattern[str], ToldEntry]] = []
    for place, entry in enumerate(parsed.told if parsed else ()):
        if doubt := _doubt(library, entry):
            problems.append(f"{file.name}: told.{place}: {doubt}")
        else:
            ways.append((re.compile(_written(entry.says)), entry))
    if problems or parsed is None:
        raise ContentError(problems)
    words = "|".join(re.escape(word) for word in (*parsed.unless, *parsed.questions))
    return Told(ways, re.compile(rf"\b(?:{words})\b"))


def _written(says: str) -> str:
    for shorthand, meant in _SHORTHANDS.items():
        says = re.sub(rf"\b{shorthand}\b", lambda _, meant=meant: meant, says)  # type: ignore[misc]  # binds the loop's
    return says


def _doubt(library: Library, entry: ToldEntry) -> str:
    """What is wrong with an entry, empty where nothing is."""
    fact = library.facts.get(entry.fact)
    if fact is None:
        return f"there is no fact {entry.fact!r}; name one of facts.yml"
    if fact.kind == "count" and (entry.value is not None or "NUMBER" not in entry.says):
        return f"{entry.fact} is a count: leave out the value, and write NUMBER where it stands"
    if fact.kind == "choice" and entry.value not in {option.value for option in fact.options}:
        return f"{entry.value!r} is no value of {entry.fact}; give one of its options"
    if fact.kind == "yes-no" and not isinstance(entry.value, bool):
        return f"{entry.fact} is true or false, not {entry.value!r}"
    try:
        re.compile(_written(entry.says))
    except re.error as error:
        return f"the words are no regular expression ({error}); compare the other entries"
    return ""
