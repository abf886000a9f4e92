"""Text search over the phrasings: FTS5 finds those that share rare words, then each is compared closely."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.lean_sqlite_utils import sqlite_utils
from knowledge.mentions import SLOTS, Unit
from knowledge.phrasings import DECLINED, Phrasing, Reader, slot_token
from knowledge.questions import Part

CANDIDATES = 40  # phrasings that FTS5 hands over to be compared
FOUND = 100  # phrasings that a part's rare tokens may find, before two tokens together are asked for
COMMON = 4  # common tokens of a part that are searched for in pairs
# Weights of what is shared. Tuned by `make eval` on the tuning sets; the figures are ours.
SLOT_WEIGHT = 4.5  # a mention; words weigh from 1 (everywhere) to about 8 (in one phrasing only)
SAME_WEIGHT = 2.0  # at least, for words that mean the same
NEUTRAL_WEIGHT = 0.8  # at most, for words of the situation
ELSEWHERE = 0.5  # of a mention's weight, when it stands in another part of the question
_SPREAD = 0.8  # how much the number of topics that use a token counts, against the number of phrasings
_UNKNOWN = 0.85  # of the heaviest weight, for a word that no phrasing has
_INFORMED = 4.0  # shared weight at which a likeness counts for two thirds
_TYPICAL = 0.35  # how much a topic's typical words count, against the single phrasing


class Match(NamedTuple):
    """A phrasing that a part of a question is like, from 0 to 1."""

    phrasing: Phrasing
    likeness: float


@dataclass(frozen=True, slots=True)
class _Feature:
    """One unit of a part: the tokens it may be matched by, exact first, and its weight."""

    tokens: tuple[str, ...]
    weight: float


class Search:
    """Compares parts of questions with all phrasings. Built once; reads only, from one thread."""

    def __init__(self, reader: Reader) -> None:
        self._neutral = frozenset(f"w{word}" for word in reader.wording.neutral)
        self.phrasings = reader.phrasings
        self._weight = _weights(reader.phrasings)
        self._times = Counter(token for phrasing in reader.phrasings for token in phrasing.tokens)
        self._unknown = _UNKNOWN * math.log(1 + max(1, len(reader.phrasings)))
        self._weighed = [{token: self._of(token) for token in each.tokens} for each in reader.phrasings]
        self._mass = [sum(weights.values()) or 1.0 for weights in self._weighed]
        self._typical = self._typical_words()
        self._database = sqlite_utils.Database(memory=True)
        self._database.execute("CREATE VIRTUAL TABLE phrasings USING fts5(tokens, tokenize = 'ascii')")
        rows = [(number, " ".join(each.tokens)) for number, each in enumerate(reader.phrasings)]
        self._database.conn.executemany("INSERT INTO phrasings (rowid, tokens) VALUES (?, ?)", rows)

    def known(self, token: str) -> bool:
        """Whether any phrasing has this token."""
        return token in self._weight or token in self._neutral

    def weight(self, units: Iterable[Unit]) -> float:
        """How much a text says: the sum of what its units weigh."""
        return sum(SLOT_WEIGHT if unit.kind in SLOTS else self._of(unit.token) for unit in units)

    def matches(self, part: Part) -> Iterator[Match]:
        """Give the phrasings that a part is like, in no order."""
        features = self._features(part)
        mass = sum(feature.weight for feature in features)
        length = math.sqrt(sum(feature.weight**2 for feature in features))
        typical: dict[str, float] = {}
        for number in self._candidates(features):
            phrasing, weights = self.phrasings[number], self._weighed[number]
            shared_here = shared_there = 0.0
            only_names = phrasing.topic.startswith(DECLINED)
            for feature in features:
                for token in feature.tokens:
                    if token in weights:
                        shared_here += feature.weight
                        shared_there += weights[token]
                        only_names = only_names and len(feature.tokens) > 1
                        break
            if only_names:
                continue  # a tool's name alone is no reason to decline
            likeness = math.sqrt(shared_here / mass * shared_there / self._mass[number])
            likeness *= 1 - math.exp(-shared_here / _INFORMED)
            if phrasing.topic not in typical:
                words = self._typical[phrasing.topic]
                typical[phrasing.topic] = sum(f.weight * max(words.get(t, 0.0) for t in f.tokens) for f in features)
            yield Match(phrasing, (1 - _TYPICAL) * likeness + _TYPICAL * typical[phrasing.topic] / length)

    def _candidates(self, features: Iterable[_Feature]) -> list[int]:
        wanted = self._wanted(features)
        if not wanted:
            return []
        rows = self._database.execute(
            "SELECT rowid FROM phrasings WHERE phrasings MATCH ? ORDER BY rank LIMIT ?", (wanted, CANDIDATES)
        )
        return [row[0] for row in rows.fetchall()]

    def _wanted(self, features: Iterable[_Feature]) -> str:
        """Write what FTS5 looks for: phrasings with a rare token, or with two of the common ones.

        Ranking costs as much as there are phrasings found, so a common token alone must not find any.
        """
        tokens = {token for feature in features for token in feature.tokens if token in self._times}
        by_rarity = sorted(tokens, key=lambda token: (self._times[token], token))
        rare: list[str] = []
        found = 0
        for token in by_rarity:
            found += self._times[token]
            if found > FOUND and rare:
                break
            rare.append(token)
        common = by_rarity[len(rare) : len(rare) + COMMON]
        pairs = [f"({one} AND {other})" for at, one in enumerate(common) for other in common[at + 1 :]]
        pairs += [f"({rare[-1]} AND {one})" for one in common] if rare and self._times[rare[-1]] > FOUND else []
        return " OR ".join((*(rare if not pairs or self._times[rare[0]] <= FOUND else ()), *pairs))

    def _features(self, part: Part) -> list[_Feature]:
        found: dict[str, _Feature] = {}
        order: dict[str, list[str]] = defaultdict(list)
        for place, unit in enumerate((*part.units, *part.elsewhere)):
            if unit.token in found:
                continue
            if unit.kind not in SLOTS:
                found[unit.token] = _Feature((unit.token,), self._of(unit.token))
                continue
            values = order[unit.kind]
            values.append(unit.value)
            weight = SLOT_WEIGHT * (1 if place < len(part.units) else ELSEWHERE)
            found[unit.token] = _Feature((unit.token, slot_token(unit.kind, len(values))), weight)
        return list(found.values())

    def _of(self, token: str) -> float:
        weight = self._weight.get(token)
        if token in self._neutral:
            return min(weight if weight is not None else NEUTRAL_WEIGHT, NEUTRAL_WEIGHT)
        if weight is None:
            return self._unknown
        return max(weight, SAME_WEIGHT) if token.startswith("xsame") else weight

    def _typical_words(self) -> Mapping[str, Mapping[str, float]]:
        """For each topic the words its phrasings have in common: a vector of length 1."""
        sums: dict[str, Counter[str]] = defaultdict(Counter)
        for phrasing, weights in zip(self.phrasings, self._weighed, strict=True):
            length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
            for token, weight in weights.items():
                sums[phrasing.topic][token] += weight / length  # type: ignore[assignment]  # a Counter of shares
        return {topic: _of_length_one(words) for topic, words in sums.items()}


def _of_length_one(words: Mapping[str, float]) -> Mapping[str, float]:
    length = math.sqrt(sum(weight**2 for weight in words.values())) or 1.0
    return {token: weight / length for token, weight in words.items()}


def _weights(phrasings: Iterable[Phrasing]) -> Mapping[str, float]:
    """Weigh tokens: the rarer among phrasings, and the fewer topics use one, the more it says."""
    each = tuple(phrasings)
    times = Counter(token for phrasing in each for token in phrasing.tokens)
    topics: dict[str, set[str]] = defaultdict(set)
    for phrasing in each:
        for token in phrasing.tokens:
            topics[token].add(phrasing.topic)
    all_topics = len({phrasing.topic for phrasing in each})
    # 1.4 puts both logarithms on one scale for the content that ships.
    weights = {
        token: (1 - _SPREAD) * math.log(1 + len(each) / count)
        + _SPREAD * 1.4 * math.log(1 + all_topics / len(topics[token]))
        for token, count in times.items()
    }
    return {token: SLOT_WEIGHT if token.startswith("q") else weight for token, weight in weights.items()}
