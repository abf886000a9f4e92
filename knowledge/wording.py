"""Text as it is compared: cleaned, split into sentences and clauses, written out, respelled, stemmed."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.asking_content import WordsFile

MACHINE = "machinemessage"  # stands for what only machines write
LONGEST = 1000  # characters read from the beginning, and from the end, of a text; what lies between is not looked at
_CODE_OR_LINK = re.compile(r"```.*?```|`[^`]*`|<[^<>\n]{1,300}>|https?://\S+|:[a-z0-9_+-]{2,}:", re.DOTALL)
_AT = re.compile(r"(?<![\w.])@[\w-]+")
_ARROW = re.compile("[→➡⇒]|->|=>")
# What only machines write: OutOfMemoryError, SettingWithCopyWarning, RESOURCE_EXHAUSTED.
_MACHINE = re.compile(r"\b[A-Za-z]\w*(?:Error|Exception|Warning)\b|\b[A-Z0-9]+(?:_[A-Z0-9]+)+\b")
_SENTENCE_END = re.compile("[.!?]+(?=\\s|$)|[;\n…]|\\.{2,}| - | \N{EN DASH} |: ")
_CLAUSE_END = re.compile(r",(?=\s)|[()]")
# "In Google's model, what is level 1?": what opens a sentence this shortly tells what the rest is about.
_OPENING = re.compile(r"^((?:in|on|for|by|with|under|per|according to)(?: [\w']+){1,4}),(?=\s)")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
# Letters: shorter words are left alone, shorter names are not looked for; from the last on two slips are mended.
_SHORTEST_MEANT = 4
_SHORTEST_MENDED, _SHORTEST_NAME, _TWO_SLIPS = 3, 3, 8
_stemmer = snowballstemmer.stemmer("english")


class Word(NamedTuple):
    """One word, as typed or mended, and its stem."""

    text: str
    stem: str


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give a word without its ending: "automated", "automate" -> "autom"."""
    return str(_stemmer.stemWord(word.removesuffix("'s").replace("'", "")))


def cleaned(text: str) -> str:
    """Give a text in lower case without markup, code, mentions, links and emoji; long ones without their middle."""
    if len(text) > 2 * LONGEST:
        text = f"{text[:LONGEST]}\n{text[-LONGEST:]}"
    text = unicodedata.normalize("NFKC", text).replace("\u2019", "'").replace("\u2018", "'")
    text = _ARROW.sub(" to ", _AT.sub(" ", _CODE_OR_LINK.sub(" ", text)))
    return _MACHINE.sub(f" {MACHINE} ", text).casefold()


def sentences(text: str) -> list[str]:
    """Split a cleaned text at the ends of its sentences."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def clauses(sentence: str) -> list[str]:
    """Split a sentence at its commas and brackets, though not behind a short opening."""
    return [part.strip() for part in _CLAUSE_END.split(_OPENING.sub(r"\1", sentence)) if part.strip()]


class Wording:
    """Reads text into words. It mends spelling towards the words it has learned, names first, then the common ones."""

    def __init__(self, words: WordsFile) -> None:
        self._written_out = {short: full.split() for short, full in words.written_out.items()}
        self.dropped = frozenset(stem(word) for word in words.dropped)
        self.neutral = frozenset(stem(part) for word in words.neutral for part in word.split())
        self._times: Counter[str] = Counter(iter(words.written_out))
        self._names: set[str] = set()
        self.learn((*words.dropped, *words.neutral, *words.foreign, *words.written_out.values()))
        self.learn(phrase for phrases in words.same.values() for phrase in phrases)

    def learn(self, texts: Iterable[str], *, names: bool = False) -> None:
        """Take the words of these texts for rightly spelt; those of names are what a slip is most likely to mean."""
        for text in texts:
            found = _WORD.findall(text.casefold())
            self._times.update(found)
            if names:
                self._names.update(found)
        for computed in ("_stems", "_by_letter"):
            self.__dict__.pop(computed, None)
        self._mended.cache_clear()

    def words(self, text: str, *, mend: bool = True) -> list[Word]:
        """Read a text in lower case; `mend` corrects the spelling of words that nothing of ours uses."""
        parts = (part for raw in _WORD.findall(text) for part in self._written_out.get(raw, (raw,)))
        return [self._word(part, mend=mend) for part in parts]

    def _word(self, raw: str, *, mend: bool) -> Word:
        plain = raw.removesuffix("'s")
        if mend and plain not in self._times and len(plain) >= _SHORTEST_MENDED and plain.isalpha():
            plain = self._mended(plain) or plain
        return Word(plain, stem(plain))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self._times)

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        by_letter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(self._times) - set(self._written_out)):
            long_enough = len(word) >= (_SHORTEST_NAME if word in self._names else _SHORTEST_MEANT)
            if long_enough and word.isalpha():
                by_letter[word[0]].append(word)
        return by_letter

    @lru_cache(maxsize=20_000)  # noqa: B019 - one Wording lives as long as the bot
    def _mended(self, word: str) -> str | None:
        """Find the known word that is one slip away (two in long words) and begins with the same letter."""
        slips = 2 if len(word) >= _TWO_SLIPS else 1
        among = self._by_letter.get(word[0], ())
        near = process.extract(word, among, scorer=OSA.distance, score_cutoff=slips, limit=None)
        if stem(word) in self._stems:  # another form of a known word; only a name may be meant instead
            near = [each for each in near if each[0] in self._names and stem(each[0]) == stem(word)]
        best = min(
            near, key=lambda each: (each[1], each[0] not in self._names, -self._times[each[0]], each[0]), default=None
        )
        return str(best[0]) if best else None
