"""How long a question takes, against plain FTS5 and a bare Bolt dispatch, and with a company's 20,000 own answers.

Run it from the project's root: `python tests/benchmarks/bench_ask.py`. It prints a table and asserts nothing.
"""
# ruff: noqa: E402, T201 - a script: it finds its folder before importing, and prints

import asyncio
import datetime as dt
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "evaluation")]

import sqlite_utils
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from knowledge.asking_content import Entry
from knowledge.index import Index
from knowledge.library import Library, load_library
from knowledge.phrasings import asks_of
from questions import read

ROUNDS = 5
OWN = 20_000


def main() -> None:
    """Print the table."""
    texts = [each.text for each in read("sample")]
    before = rss()
    began = time.perf_counter()
    library = load_library()
    loaded = time.perf_counter()
    index = Index(library)
    built = time.perf_counter()
    print(f"content read in {loaded - began:.2f} s, index made in {built - loaded:.2f} s, {rss() - before:.0f} MB more")
    plain = plain_search(library)
    bare = bare_dispatch()
    big = with_own(library)
    began = time.perf_counter()
    big_index = Index(big)
    print(f"with {OWN} own answers the index is made in {time.perf_counter() - began:.1f} s")
    row("a bare Bolt dispatch of a click", lambda _: bare(), texts)
    row("plain FTS5 over the phrasings", plain, texts)
    row("a question", index.ask, texts)
    row(f"plain FTS5 with {OWN} own answers", plain_search(big), texts)
    row(f"a question with {OWN} own answers", big_index.ask, texts)


def row(name: str, work: Callable[[str], object], texts: Sequence[str]) -> None:
    """Print the median of the rounds' medians, and of their 95th percentiles, in milliseconds."""
    middles, slows = [], []
    for _ in range(ROUNDS):
        taken = []
        for text in texts:
            began = time.perf_counter()
            work(text)
            taken.append((time.perf_counter() - began) * 1e3)
        taken.sort()
        middles.append(taken[len(taken) // 2])
        slows.append(taken[int(len(taken) * 0.95)])
    print(f"{name:<42}{statistics.median(middles):>8.2f} ms{statistics.median(slows):>9.2f} ms at p95")


def rss() -> float:
    """Give the most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1", bot_user_id="U1")

    app = AsyncApp(authorize=authorize, process_before_response=True, request_verification_enabled=False)

    @app.action("on")
    async def acknowledge(ack: Any) -> None:
        await ack()

    body = {
        "type": "block_actions",
        "user": {"id": "U2", "team_id": "T1"},
        "team": {"id": "T1"},
        "actions": [{"type": "button", "action_id": "on", "block_id": "b", "value": "1"}],
    }
    loop = asyncio.new_event_loop()
    return lambda: loop.run_until_complete(app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode")))


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
    main()
