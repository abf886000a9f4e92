"""What was learned from all phrasings at once: how strongly each word speaks for each topic.

A linear model (multinomial logistic regression), fitted by `make learn` from the phrasings and the questions in
`asking/learn/`, and kept as a table of small whole numbers. It ships; nothing is fitted when the bot runs.
"""

import gzip
import hashlib
import json
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from knowledge.phrasings import Phrasing

FILE = Path(__file__).parent / "asking" / "learned.json.gz"
SCALE = 100  # weights are kept in hundredths
UNKNOWN = "unknown"  # the token that stands for all words no phrasing has


class _Token(NamedTuple):
    rarity: float  # the token's share before the length of a text is taken out
    topics: "array[int]"
    weights: "array[int]"


@dataclass(frozen=True, slots=True)
class Decision:
    """When to answer: a logistic rule over a few signals, by name. `answers_from` is the chance that suffices."""

    weights: Mapping[str, float]
    bias: float
    answers_from: float

    def chance(self, signals: Mapping[str, float]) -> float:
        """How likely it is that the question is one of ours."""
        total = self.bias + sum(weight * signals[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


class Learned:
    """The model. LookupError if the file is of another make."""

    def __init__(self, file: Path = FILE) -> None:
        kept = json.loads(gzip.decompress(file.read_bytes()))
        if kept.get("make") != 1:
            raise LookupError(f"{file.name} is of another make; write it anew with `make learn`")
        self.learned_from: str = kept["learned_from"]
        self.vocabulary: str = kept["vocabulary"]
        self.read: Mapping[str, str] = kept["read"]  # phrasings as they were read then: text to tokens
        self.topics: tuple[str, ...] = tuple(kept["topics"])
        self.decision = Decision(
            kept["decision"]["weights"], kept["decision"]["bias"], kept["decision"]["answers_from"]
        )
        self._bias = [value / SCALE for value in kept["bias"]]
        self._tokens = {
            token: _Token(rarity, array("h", topics), array("h", weights))
            for token, (rarity, topics, weights) in kept["tokens"].items()
        }

    def knows(self, token: str) -> bool:
        """Whether the model has met this token."""
        return token in self._tokens

    def chances(self, tokens: Sequence[str], unknown: int) -> list[float]:
        """Give each topic's chance, in the order of `topics`; `unknown` counts words that no phrasing has."""
        parts = [(self._tokens[token], 1.0) for token in tokens if token in self._tokens]
        if unknown and UNKNOWN in self._tokens:
            parts.append((self._tokens[UNKNOWN], math.sqrt(unknown)))
        length = math.sqrt(sum((token.rarity * times) ** 2 for token, times in parts)) or 1.0
        scores = list(self._bias)
        for token, times in parts:
            share = token.rarity * times / length / SCALE
            for topic, weight in zip(token.topics, token.weights, strict=True):
                scores[topic] += share * weight
        highest = max(scores)
        raised = [math.exp(score - highest) for score in scores]
        total = sum(raised)
        return [each / total for each in raised]


def fingerprint(phrasings: Iterable[Phrasing]) -> str:
    """Twelve hex digits that change with any phrasing, and with how any is read."""
    digest = hashlib.sha256()
    for each in phrasings:
        digest.update(f"{each.topic}\t{' '.join(each.tokens)}\n".encode())
    return digest.hexdigest()[:12]
