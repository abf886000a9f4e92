"""`make eval`: how well questions find their answers, by set, family and kind, and against plain search.

`sample` is the project's labelled sample (its two halves are shown apart: one was tuned on, one only looked at),
`tuning` was tuned on and learned from, `unseen` was not. `--errors` prints every question answered wrongly.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

import sqlite_utils
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.filling import slots_in
from knowledge.index import Index
from knowledge.library import Library, load_library
from knowledge.phrasings import DECLINED, asks_of
from knowledge.topics import is_topic
from questions import Labelled, read

SETS = ("sample/tune", "sample/look", "tuning", "unseen")
Finder = Callable[[str], tuple[str | None, float]]


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--errors", action="store_true", help="print every question that was answered wrongly")
    arguments.add_argument("--sets", nargs="*", default=SETS, help="which sets to look at")
    given = arguments.parse_args()
    library = load_library()
    index = Index(library)

    def ours(text: str) -> tuple[str | None, float]:
        found = index.ask(text)
        return found.topic, found.confidence

    sets = {name: read(name) for name in given.sets}
    for name, labelled in sets.items():
        report(name, labelled, ours, errors=given.errors)
    print("\nAgainst plain search over the same phrasings, with the threshold that is best on the tuning set")
    print("(right of what is in scope / declined of what is not):")
    finders: dict[str, Finder] = {"this bot": ours, **baselines(library)}
    tuning = read("tuning")
    for name, finder in finders.items():
        threshold = 0.0 if finder is ours else best_threshold(finder, tuning)
        shares = "  ".join(f"{each}: {both(finder, labelled, threshold)}" for each, labelled in sets.items())
        print(f"  {name:<12} {shares}")


def report(name: str, labelled: Sequence[Labelled], finder: Finder, *, errors: bool) -> None:
    """Print one set: accuracy by family and by kind, times, and the errors."""
    times: list[float] = []
    wrong: list[tuple[Labelled, str | None]] = []
    for each in labelled:
        begun = time.perf_counter()
        topic, _ = finder(each.text)
        times.append(time.perf_counter() - begun)
        if not each.right(topic):
            wrong.append((each, topic))
    times.sort()
    middle, slow = times[len(times) // 2] * 1e3, times[int(len(times) * 0.95)] * 1e3
    print(f"\n{name}: {both(finder, labelled, 0.0)} of {len(labelled)}; p50 {middle:.2f} ms, p95 {slow:.2f} ms")
    missed = [each for each, _ in wrong]
    print("  by family: " + shares(labelled, missed, lambda each: each.family))
    print("  by kind:   " + shares(labelled, missed, lambda each: f"{each.kind}{'' if each.topics else ' (out)'}"))
    for each, topic in wrong if errors else ():
        print(f"  {each.text!r}: expected {', '.join(each.topics) or 'declined'}, got {topic or 'declined'}")


def shares(labelled: Iterable[Labelled], wrong: Iterable[Labelled], name: Callable[[Labelled], str]) -> str:
    """Give right/all for each group."""
    total, missed = Counter(map(name, labelled)), Counter(map(name, wrong))
    return ", ".join(f"{each} {count - missed[each]}/{count}" for each, count in sorted(total.items()))


def both(finder: Finder, labelled: Sequence[Labelled], threshold: float) -> str:
    """Give the share answered rightly of what is in scope, and the share declined of what is not."""
    ins, outs = [each for each in labelled if each.topics], [each for each in labelled if not each.topics]
    return " / ".join(f"{share(finder, group, threshold):.1%}" for group in (ins, outs))


def share(finder: Finder, labelled: Sequence[Labelled], threshold: float) -> float:
    """Give the share that is right."""

    def topic(text: str) -> str | None:
        found, score = finder(text)
        return found if score >= threshold else None

    return sum(each.right(topic(each.text)) for each in labelled) / max(1, len(labelled))


def best_threshold(finder: Finder, labelled: Sequence[Labelled]) -> float:
    """Find the score from which a baseline should answer."""
    scored = [(each, *finder(each.text)) for each in labelled]
    thresholds = sorted({round(score, 2) for _, _, score in scored})
    return max(
        thresholds, key=lambda t: sum(each.right(topic if score >= t else None) for each, topic, score in scored)
    )


def baselines(library: Library) -> dict[str, Finder]:
    """Plain FTS5, TF-IDF and rapidfuzz, each over every phrasing, slots filled with the names of what there is."""
    asks = [each for each in filled_in(library) if is_topic(library, each[0])]
    texts, topics = [text for _, text in asks], [topic for topic, _ in asks]
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    matrix = vectorizer.fit_transform(texts)
    database = sqlite_utils.Database(memory=True)
    database.execute("CREATE VIRTUAL TABLE plain USING fts5(text)")
    database.conn.executemany("INSERT INTO plain (rowid, text) VALUES (?, ?)", list(enumerate(texts)))

    def fts5(text: str) -> tuple[str | None, float]:
        words = " OR ".join(f'"{word}"' for word in text.replace('"', " ").split()[:30])
        sql = "SELECT rowid, -rank FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 1"
        rows = database.execute(sql, (words,)).fetchall() if words else []
        return (topics[rows[0][0]], float(rows[0][1])) if rows else (None, 0.0)

    def tfidf(text: str) -> tuple[str | None, float]:
        likeness = (matrix @ vectorizer.transform([text]).T).toarray().ravel()
        best = int(likeness.argmax())
        return topics[best], float(likeness[best])

    def fuzzy(text: str) -> tuple[str | None, float]:
        found = process.extractOne(text, texts, scorer=fuzz.token_set_ratio)
        return topics[found[2]], found[1] / 100

    return {"FTS5": cache(fts5), "TF-IDF": cache(tfidf), "rapidfuzz": cache(fuzzy)}


def filled_in(library: Library) -> Iterator[tuple[str, str]]:
    """Give phrasings as (topic, text), those with one slot once for every level, tool, capability ... that fills it."""
    names: dict[str, dict[str, str]] = {
        "level": {str(n): f"level {n}" for n in range(5)},
        "google": {str(n): f"level {n}" for n in range(3)},
        "dimension": {str(each.key): each.title for each in library.microsoft.dimensions},
        "capability": {name: each.title for name, each in library.capabilities.items()},
        "tool": {slug: tool.name for slug, tool in library.tools.items()},
    }
    for topic, _, text in asks_of(library):
        if topic.startswith(DECLINED):
            continue
        slots = slots_in(text)
        if not slots:
            yield topic, text
        elif len(slots) == 1 and slots[0] in names:
            for value, name in names[slots[0]].items():
                yield topic.replace(f"{{{slots[0]}}}", value), text.replace(f"{{{slots[0]}}}", name)


if __name__ == "__main__":
    main()
