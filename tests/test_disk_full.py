"""A disk that fills up in the middle of a batch of turns: acknowledged is what is on the disk, and nothing else."""

import asyncio
import random
import threading
from pathlib import Path

from storage.database import Sql
from storage.sqlite import Sqlite
from timed_stage import TimedStage

CHANNEL = "fraud-detection"
PLENTY = 1_000_000  # pages
PEOPLE = ("Ana", "Ben", "Dora", "Emil")  # each answers an assessment of their own; in one batch all at once
ANSWERS = ("Yes", "No", "Partly")


def allow(sql: Sql, more: int | None) -> None:
    """Let the file grow by so many pages more, None for as many as it likes."""
    pages = PLENTY if more is None else sql("PRAGMA page_count")[0]["page_count"] + more
    sql(f"PRAGMA max_page_count = {pages}")


class Gate:
    """A work that holds the writer until it is opened, so that turns gather behind it in one batch."""

    def __init__(self) -> None:
        self._opened = threading.Event()

    def __call__(self, _: Sql) -> None:
        assert self._opened.wait(20)

    async def gather(self, database: Sqlite, count: int) -> None:
        """Open once so many works wait behind it."""
        while database._group._jobs.qsize() < count:  # noqa: ASYNC110 - nothing rings when one is handed in
            await asyncio.sleep(0)
        self._opened.set()


async def click(stage: TimedStage, name: str, label: str) -> str:
    """Answer the open question of one's own assessment; how it ended: `acknowledged`, or `told` it was not saved."""
    person = stage.person(name)
    (thread,) = [each.ts for each in person.sees(CHANNEL) if f"maturity of {name}" in each.text]
    question = [each for each in person.sees(CHANNEL) if each.thread_ts == thread and label in each.labels][-1]
    told = len(stage.whispers(person))
    clicking = asyncio.create_task(person.clicks(label, question))
    hearing = asyncio.create_task(stage.workspace.until(lambda: len(stage.whispers(person)) > told, limit=20))
    done, waiting = await asyncio.wait({clicking, hearing}, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    if clicking in done:
        await clicking
        return "acknowledged"
    assert stage.whispers(person)[-1].startswith("That was not saved. Please do it again")
    return "told"


async def test_whichever_page_is_the_last_the_answers_on_the_disk_are_those_acknowledged(tmp_path: Path) -> None:
    """Four turns in one batch, and room for fewer and fewer pages: each time another statement finds the disk full."""
    chance = random.Random(52)  # noqa: S311 - repeatable, no secret
    outcomes: list[str] = []
    async with TimedStage(tmp_path) as stage:
        for name in PEOPLE:
            await stage.person(name).commands(f"/maturity start full {name}", CHANNEL)
            await stage.settled()
            await stage.person(name).clicks("Skip the facts")
            await stage.settled()
        database = stage.bot.store.database
        assert isinstance(database, Sqlite)
        for more in (*range(5), 3, 2, 1, None):
            before = len(await stage.answers())
            await database.transact(lambda sql, more=more: allow(sql, more))  # type: ignore[misc]  # binds the loop's
            gate = Gate()
            holding = asyncio.create_task(database.transact(gate))
            order = chance.sample(PEOPLE, len(PEOPLE))
            clicking = asyncio.gather(*(click(stage, name, chance.choice(ANSWERS)) for name in order))
            await gate.gather(database, len(PEOPLE))
            ended = await clicking
            await holding
            assert len(await stage.answers()) - before == ended.count("acknowledged")
            await database.transact(lambda sql: allow(sql, None))
            await stage.pass_time(60, step=30)  # what the courier had claimed is free again
            await stage.settled()
            outcomes += ended

    assert ended == ["acknowledged"] * len(PEOPLE)
    assert 0 < outcomes.count("told") < len(outcomes)
