"""The script of an assessment: its limits, and the words people type. Read once, checked as a whole."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field

from dialogs.answers import Choice
from dialogs.told_facts import Told, load_told
from knowledge.content import Record
from knowledge.folder import Raw
from knowledge.library import ContentError, Library
from knowledge.validation import validate
from knowledge.yaml_files import read_yaml

Word = Literal[
    "back",
    "skip",
    "pause",
    "resume",
    "finish",
    "stop",
    "why",
    "help",
    "status",
    "form",
    "edit",
    "reopen",
    "same",
    "all-same",
]
CommandName = Literal[
    "help",
    "start",
    "status",
    "level",
    "ask",
    "next",
    "report",
    "history",
    "diff",
    "what-if",
    "remind",
    "settings",
    "delete",
    "export",
    "portfolio",
]
Phrases = tuple[Annotated[str, Field(min_length=1)], ...]


class Limits(Record):
    """Longest texts, in characters."""

    subject: int = Field(ge=10, le=200)
    note: int = Field(ge=50, le=2000)
    question: int = Field(ge=50, le=2000)


class ScriptFile(Record):
    """The file `scripts/assessment.yml`; its header comment explains each key."""

    version: Literal[1]
    limits: Limits
    seconds_per_question: int = Field(ge=1, le=600)
    facts_minutes: int = Field(ge=0, le=60)
    typed: Mapping[Choice, Phrases]
    fillers: Phrases
    narrows: Phrases
    keeps: Phrases
    joins: Phrases
    words: Mapping[Word, Phrases]
    commands: Mapping[CommandName, Phrases]


@dataclass(frozen=True)
class Script:
    """The script, the ways of telling a fact, and the library they talk about."""

    library: Library
    file: ScriptFile
    told: Told

    @cached_property
    def phrases(self) -> Mapping[str, Choice]:
        """Every phrase that is an answer, longest first."""
        pairs = [(plain(p), choice) for choice, several in self.file.typed.items() for p in several]
        return dict(sorted(pairs, key=lambda pair: -len(pair[0])))

    @cached_property
    def words(self) -> Mapping[str, Word]:
        """Every phrase that steers the conversation."""
        return {plain(p): word for word, several in self.file.words.items() for p in several}

    @cached_property
    def commands(self) -> Mapping[str, CommandName]:
        """Every word that is a command, or stands for one."""
        return {plain(p): name for name, several in self.file.commands.items() for p in several}


def plain(text: str) -> str:
    """Text as it is compared: case folded, straight apostrophes, single spaces, no skin tones."""
    text = unicodedata.normalize("NFKC", text).replace("\u2019", "'").replace("\u2018", "'")
    text = "".join(letter for letter in text if not "\U0001f3fb" <= letter <= "\U0001f3ff" and letter != "\ufe0f")
    return " ".join(text.casefold().split())


def load_script(library: Library, file: Path | None = None) -> Script:
    """Read and check the script; ContentError with every problem as "file: field: what to do"."""
    path = file or Path(__file__).parent / "scripts" / "assessment.yml"
    read = read_yaml(path, path.name)
    problems = list(read.problems)
    if not isinstance(read.data, Mapping):
        raise ContentError(problems or [f"{path.name}: file: must hold keys and values; see the one that ships"])
    parsed = None if problems else validate(ScriptFile, Raw(read.data, path.name), problems)
    if parsed:
        problems += [f"{path.name}: {doubt}" for doubt in _doubts(parsed)]
    if problems or not parsed:
        raise ContentError(problems)
    return Script(library, parsed, load_told(library))


def _doubts(file: ScriptFile) -> list[str]:
    doubts = [
        f"typed: no phrases for {choice!r}; give at least one"
        for choice in get_args(Choice)
        if not file.typed.get(choice)
    ]
    doubts += [
        f"words: no phrases for {word!r}; give at least one" for word in get_args(Word) if not file.words.get(word)
    ]
    doubts += [
        f"commands: no word for {name!r}; give at least one"
        for name in get_args(CommandName)
        if not file.commands.get(name)
    ]
    seen: dict[str, str] = {}
    for where, table in (("typed", file.typed), ("words", file.words)):
        for meaning, phrases in table.items():
            for phrase in phrases:
                if (other := seen.setdefault(plain(phrase), f"{where}.{meaning}")) != f"{where}.{meaning}":
                    doubts.append(f"{where}.{meaning}: {phrase!r} stands under {other} as well; keep one")
    return doubts
