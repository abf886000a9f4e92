"""Labelled questions, and what counts as right."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT / "tests" / "questions"
LEARN = ROOT / "knowledge" / "asking" / "learn"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, the topics that answer it (none: it must be declined), and its kind."""

    text: str
    topics: tuple[str, ...]
    kind: str

    @property
    def family(self) -> str:
        """The family of its first topic: level/need, capability/tools, tool ..."""
        if not self.topics:
            return "declined"
        parts = self.topics[0].split("/")
        if "compare" in parts:
            return f"{parts[0]}/compare"
        return f"{parts[0]}/{parts[-1]}" if parts[0] in ("level", "capability") else parts[0]

    def right(self, topic: str | None) -> bool:
        """Whether an answer under this topic (None: declined) is right."""
        return topic in self.topics if self.topics else topic is None


def read(name: str) -> tuple[Labelled, ...]:
    """Read a set: sample, tuning, unseen; `sample/tune` and `sample/look` are its halves."""
    name, _, half = name.partition("/")
    lines = (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    found = [
        Labelled(row["q"], tuple(row["topics"]), row.get("kind") or _kind(row["q"])) for row in map(json.loads, lines)
    ]
    return tuple(found[{"tune": 0, "look": 1}[half] :: 2] if half else found)


def _kind(text: str) -> str:
    """The sample names no kinds; its questions are told apart by length, in words."""
    words = len(text.split())
    return "up to 5 words" if words <= 5 else "6 to 15 words" if words <= 15 else "over 15 words"


def lessons() -> Iterator[tuple[str, str]]:
    """Give the questions to learn from as (topic, text)."""
    for file in sorted(LEARN.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row["topic"], row["q"]
