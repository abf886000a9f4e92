"""Question to topic: what is asked about, which phrasings it is like, what was learned; then an answer or a refusal."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from knowledge.filling import filled, mentions_of
from knowledge.found import Found
from knowledge.learned import Learned
from knowledge.library import Library
from knowledge.mentions import Unit
from knowledge.phrasings import DECLINED, Phrasing, Reader
from knowledge.questions import Part, Question, read_question
from knowledge.search import Search
from knowledge.topics import capabilities_of, is_topic
from knowledge.word_for_word import WordForWord

NEAREST = 2  # topics offered with a refusal
_LEARNED_SHARE = 0.6  # of a topic's score; the rest is its likeness to a phrasing
_WHOLE_SHARE = 0.6  # of what was learned: the whole text; the rest is its best part
_COUNTED = 20  # best topics of a part that are looked at
# How much a part counts by how much of the question it is, and by its kind.
_SMALL_PART, _FULL_FROM = 0.75, 1 / 1.5
_LEARNED_SMALL_PART = 0.6
_CLAUSE, _STATEMENT = 0.93, 0.9
_AGAIN = 0.15  # of the likeness in a second sentence, added
_NARROWER = 0.55  # likeness from which a narrower entry answers instead of the topic's own page
_SURE, _SURE_DECLINING = 0.6, 0.06  # what was learned at least for a topic, and at most for declining, to be sure
_PAIR = 2
_FAINT = 0.005  # chances below this are not looked at
_OWN_WORDS = 0.6  # likeness from which a company's own topic answers, of which nothing was learned


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic that might answer: its score (0 to 1), and what speaks for it."""

    topic: str
    score: float
    likeness: float
    learned: float
    phrasing: Phrasing | None = None
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a question was read and decided, for `maturity-bot ask --why`."""

    question: Question
    candidates: tuple[Candidate, ...]
    declined: tuple[Candidate, ...]
    signals: Mapping[str, float]
    chance: float
    found: Found


@dataclass
class _Likenesses:
    """The best likeness per topic so far, with its phrasing, and by sentence."""

    best: dict[str, tuple[float, Phrasing]] = field(default_factory=dict)
    by_sentence: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, topic: str, likeness: float, phrasing: Phrasing, part: Part) -> None:
        if likeness > self.best.get(topic, (0.0, phrasing))[0]:
            self.best[topic] = (likeness, phrasing)
        if part.span != "clause" and likeness > self.by_sentence[topic].get(part.text, 0.0):
            self.by_sentence[topic][part.text] = likeness

    def of(self, topic: str) -> float:
        """Give a topic's likeness, a little more where further sentences speak for it as well."""
        highest = self.best[topic][0] if topic in self.best else 0.0
        rest = sum(self.by_sentence[topic].values()) - max(self.by_sentence[topic].values(), default=0.0)
        return highest + min(_AGAIN, _AGAIN * rest)


class Index:
    """Finds the topic that answers a question. Built once from a library; reads only, from one thread."""

    def __init__(self, library: Library, learned: Learned | None = None) -> None:
        self.library = library
        self._learned = learned or Learned()
        self.reader = Reader(library, self._learned.read, self._learned.vocabulary)
        self._search = Search(self.reader)
        self._taught = frozenset(self._learned.topics)
        self._own_words = any(each.topic not in self._taught for each in self.reader.phrasings)
        self._several = frozenset(entry.topic for name, entry in library.entries.items() if name != entry.topic)
        self._word_for_word = WordForWord(self.reader)
        self._declined_places = [
            place for place, topic in enumerate(self._learned.topics) if topic.startswith(DECLINED)
        ]

    @property
    def learned_from(self) -> str:
        """The fingerprint of the phrasings that the model learned from."""
        return self._learned.learned_from

    def ask(self, text: str) -> Found:
        """Find what answers a question, or decline."""
        return self.explain(text).found

    def explain(self, text: str) -> Explanation:
        """Find what answers a question, and say how."""
        question = read_question(self.reader, text)
        learned, declining = self._learn(question)
        if known := self._known(question, learned):
            return Explanation(question, (known,), (), {}, 1.0, self._found(question, (known,), (), 1.0))
        sure = self._sure(learned, declining)
        likenesses = _Likenesses() if sure else self._likenesses(question)
        candidates = self._candidates(likenesses, learned)
        ours = tuple(each for each in candidates if not each.topic.startswith(DECLINED))
        declined = tuple(each for each in candidates if each.topic.startswith(DECLINED))
        signals = self._signals(question, ours, declined, declining)
        chance = learned[sure] if sure else self._learned.decision.chance(signals) if ours else 0.0
        chance = 0.0 if question.is_of_others or question.names_nothing else chance
        return Explanation(question, ours, declined, signals, chance, self._found(question, ours, declined, chance))

    def _found(
        self, question: Question, ours: tuple[Candidate, ...], declined: tuple[Candidate, ...], chance: float
    ) -> Found:
        near = tuple(each.topic for each in ours[:NEAREST])
        if not ours:
            return Found(None, about=question.about, asking=question.asking)
        best = self._of_many_tools(question, ours)
        own = next((each for each in ours if each.phrasing and each.phrasing.topic not in self._taught), None)
        if (
            own
            and not question.is_of_others
            and own.likeness >= _OWN_WORDS
            and own.likeness > max((d.likeness for d in declined), default=0.0)
        ):
            best, chance = own, own.likeness
        elif question.is_of_others or chance < self._learned.decision.answers_from:
            return Found(None, None, round(chance, 3), near, question.about, question.asking)
        return Found(best.topic, best.entry, round(chance, 3), near, question.about, question.asking)

    def _of_many_tools(self, question: Question, ours: tuple[Candidate, ...]) -> Candidate:
        """Give the best candidate; of three tools or more, what most of them serve rather than the first two alone."""
        tools = [each.value for each in question.about if each.kind == "tool"]
        if len(tools) <= _PAIR or not ours[0].topic.startswith("tools/compare/"):
            return ours[0]
        served = Counter(name for tool in tools for name in capabilities_of(self.library, tool))
        name, times = served.most_common(1)[0] if served else ("", 0)
        return replace(ours[0], topic=f"capability/{name}/tools", entry=None) if times >= _PAIR else ours[0]

    def _sure(self, learned: Mapping[str, float], declining: float) -> str | None:
        """Name the topic that what was learned leaves no doubt about, so that nothing need be searched; else None.

        A topic of several entries is searched all the same, for the entry that fits.
        """
        if self._own_words or declining > _SURE_DECLINING:
            return None
        best = max(learned, key=learned.__getitem__, default="")
        sure = learned.get(best, 0.0) >= _SURE and best not in self._several and is_topic(self.library, best)
        return best if sure else None

    def _known(self, question: Question, learned: Mapping[str, float]) -> Candidate | None:
        """Give what answers a question that is one of our phrasings word for word, if it is."""
        phrasing = self._word_for_word.phrasing(question.units)
        if phrasing is None or question.is_of_others or question.names_nothing:
            return None
        topic = next(iter(filled(phrasing.topic, mentions_of(question.units))), None)
        if topic is None or not is_topic(self.library, topic):
            return None
        return Candidate(topic, 1.0, 1.0, learned.get(topic, 0.0), phrasing)

    # What speaks for a topic --------------------------------------------------------------------------------------

    def _likenesses(self, question: Question) -> _Likenesses:
        found = _Likenesses()
        total = self._search.weight(question.units) or 1.0
        for part in question.parts:
            share = min(1.0, self._search.weight(part.units) / total / _FULL_FROM)
            counts = (_SMALL_PART + (1 - _SMALL_PART) * share) * (1.0 if part.asks else _STATEMENT)
            counts *= _CLAUSE if part.span == "clause" else 1.0
            mentions = mentions_of((*part.units, *part.elsewhere))
            for match in self._search.matches(part):
                for topic in filled(match.phrasing.topic, mentions):
                    found.add(topic, match.likeness * counts, match.phrasing, part)
        return found

    def _learn(self, question: Question) -> tuple[dict[str, float], float]:
        """Give what was learned for each topic, and for declining: mostly the whole text, and its best part."""
        topics = self._learned.topics
        whole = best = [0.0] * len(topics)
        length = max(1, len(question.units))
        for place, part in enumerate(question.parts):
            units = part.units if part.span == "whole" or _mentions(part) else (*part.units, *part.elsewhere[:2])
            chances = self._learned.chances(self.reader.question_tokens(units), self._unknown(part.units))
            if place == 0:
                whole = best = chances
                continue
            share = min(1.0, len(part.units) / length / _FULL_FROM)
            counts = _LEARNED_SMALL_PART + (1 - _LEARNED_SMALL_PART) * share
            best = [max(high, chance * counts) for high, chance in zip(best, chances, strict=True)]
        mixed = whole
        if best is not whole:
            mixed = [_WHOLE_SHARE * w + (1 - _WHOLE_SHARE) * b for w, b in zip(whole, best, strict=True)]
        declining = sum(whole[place] for place in self._declined_places)
        mentions = mentions_of(question.units)
        found: dict[str, float] = {}
        for place in sorted(range(len(topics)), key=mixed.__getitem__, reverse=True)[:_COUNTED]:
            for address in filled(topics[place], mentions) if mixed[place] >= _FAINT else ():
                found.setdefault(address, mixed[place])
        return found, declining

    def _unknown(self, units: Iterable[Unit]) -> int:
        """Count the words that no phrasing has."""
        return sum(unit.kind == "word" and not self._search.known(unit.token) for unit in units)

    def _candidates(self, likenesses: _Likenesses, learned: Mapping[str, float]) -> list[Candidate]:
        found = []
        for topic in dict.fromkeys((*likenesses.best, *learned)):
            if not topic.startswith(DECLINED) and not is_topic(self.library, topic):
                continue
            like, chance = likenesses.of(topic), learned.get(topic, 0.0)
            phrasing = likenesses.best[topic][1] if topic in likenesses.best else None
            narrower = phrasing.entry if phrasing and phrasing.entry != topic and like >= _NARROWER else None
            score = _LEARNED_SHARE * chance + (1 - _LEARNED_SHARE) * like
            found.append(Candidate(topic, score, like, chance, phrasing, narrower))
        return sorted(found, key=lambda each: -each.score)

    def _signals(
        self, question: Question, ours: tuple[Candidate, ...], declined: tuple[Candidate, ...], declining: float
    ) -> dict[str, float]:
        """Give what the decision looks at, each about 0 to 1."""
        words = len(question.units)
        unknown = self._unknown(question.units)
        best = ours[0] if ours else Candidate("", 0.0, 0.0, 0.0)
        second = ours[1].score if len(ours) > 1 else 0.0
        likest = max((each.likeness for each in ours), default=0.0)
        against = max((each.likeness for each in declined), default=0.0)
        return {
            "score": best.score,
            "likeness": best.likeness,
            "learned": best.learned,
            "declining": declining,
            "like-declined": against,
            "ahead-of-declined": likest - against,
            "lead": best.score - second,
            "unknown-share": unknown / max(1, words),
            "unknown-words": min(unknown, 6) / 6,
            "words": min(words, 20) / 20,
        }


def _mentions(part: Part) -> bool:
    return any(unit.kind not in ("word", "same") for unit in part.units)
