"""Row 11: how long a question takes, against a bare Bolt dispatch; and with a company's 20,000 own answers.

Run it from the project's root: `python tests/benchmarks/bench_ask.py`. It prints a table and asserts nothing. The
goals: half of the sample's questions within twice a bare dispatch of a click, and with 20,000 own answers within twice
plain FTS5 over the same phrasings.
"""
# ruff: noqa: E402, T201 - a script: it finds its folder before importing, and prints

import asyncio
import datetime as dt
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "evaluation"), str(ROOT / "tests"), str(ROOT)]

import sqlite_utils

from benchmarks.bare_bolt import acknowledged, bare_app
from benchmarks.measuring import compared, in_turns, measured, quantile, rounds_wanted, tell
from benchmarks.payloads import foreign_click
from knowledge.asking_content import Entry
from knowledge.index import Index
from knowledge.library import Library, load_library
from knowledge.phrasings import asks_of
from questions import read

OWN = 20_000
DISPATCH_GOAL, OWN_GOAL = 2.0, 2.0


def main(rounds: int) -> None:
    """Measure and tell."""
    texts = [each.text for each in read("sample")]
    began = time.perf_counter()
    library = load_library()
    loaded = time.perf_counter()
    index = Index(library)
    built = time.perf_counter()
    print(f"content read in {loaded - began:.2f} s, index made in {built - loaded:.2f} s")
    plain, bare = plain_search(library), bare_dispatch()
    asked = in_turns(lambda: half_of(index.ask, texts), lambda: half_of(lambda _: bare(), texts), rounds)
    found = in_turns(lambda: half_of(index.ask, texts), lambda: half_of(plain, texts), rounds)
    slow = [quantile(times(index.ask, texts), 0.95) for _ in range(rounds)]
    big = with_own(library)
    began = time.perf_counter()
    big_index, big_plain = Index(big), plain_search(big)
    print(f"with {OWN:,} own answers the index is made in {time.perf_counter() - began:.1f} s")
    own = in_turns(lambda: half_of(big_index.ask, texts), lambda: half_of(big_plain, texts), rounds)
    tell(
        [
            compared("11", "a question answered, p50, against a bare dispatch", asked, "ms", DISPATCH_GOAL),
            compared("11", "the same, against plain FTS5", found, "ms", None),
            measured("11", "a question answered, p95", slow, "ms"),
            compared("11", f"with {OWN:,} own answers, p50, against plain FTS5", own, "ms", OWN_GOAL),
        ]
    )


def times(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """How long each text takes, in milliseconds."""
    taken = []
    for text in texts:
        began = time.perf_counter()
        work(text)
        taken.append((time.perf_counter() - began) * 1e3)
    return taken


def half_of(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """The time within which half of the texts are done, in milliseconds."""
    return quantile(times(work, texts), 0.5)


def plain_search(library: Library) -> Callable[[str], object]:
    """FTS5 alone: every word of the question, ranked."""
    database = sqlite_utils.Database(memory=True)
    database.execute("CREATE VIRTUAL TABLE plain USING fts5(text)")
    rows = [(number, text) for number, (_, _, text) in enumerate(asks_of(library))]
    database.conn.executemany("INSERT INTO plain (rowid, text) VALUES (?, ?)", rows)

    def ask(text: str) -> object:
        words = " OR ".join(f'"{word}"' for word in text.replace('"', " ").split()[:30]) or '"nothing"'
        sql = "SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 10"
        return database.execute(sql, (words,)).fetchall()

    return ask


def bare_dispatch() -> Callable[[], object]:
    """A Bolt app that only acknowledges a click."""
    app, loop, click = bare_app(), asyncio.new_event_loop(), foreign_click()
    return lambda: loop.run_until_complete(acknowledged(app, click))


def with_own(library: Library) -> Library:
    """The library with many answers of a company's own, each asked for in two ways."""
    day = dt.date(2026, 11, 1)
    entries = {
        f"ours/thing-{n}": Entry(
            id=f"ours/thing-{n}",
            topic=f"ours/thing-{n}",
            title=f"Who looks after service {n}?",
            asks=(f"who owns service number{n}", f"where is the handbook of unit{n % 400} for process{n}"),
            verdict="Somebody.",
            reviewed_on=day,
            review_by=day.replace(year=2027),
            sources=("this-bot",),
        )
        for n in range(OWN)
    }
    return Library(**{**vars(library), "entries": MappingProxyType({**library.entries, **entries})})


if __name__ == "__main__":
    main(rounds_wanted(__doc__))
