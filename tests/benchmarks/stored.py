"""A database that already holds many finished assessments, with everything that stays of each."""

import asyncio
import datetime as dt
from pathlib import Path

from dialogs.events import Person
from dialogs.state import Given, State
from storage.database import moment
from storage.sqlite import connect
from storage.store import open_store

ANSWERS, MESSAGES = 5, 6  # kept of each assessment; a real one has some thirty
A_WEEK = 100  # of how many assessments one is younger than a week, so that its sent messages and marks are still kept
NOW = dt.datetime.now(dt.UTC)
ANA = Person("U0ANA", "Ana")

STATEMENTS = Path(__file__).with_suffix(".sql")


def fill(path: Path, count: int) -> None:
    """Make a database of the present version with so many finished assessments, three to a channel."""
    asyncio.run(open_store(f"sqlite:///{path}").close())
    database = connect(path)
    database.execute("PRAGMA synchronous = OFF")
    names = {"count": count, "at": moment(NOW - dt.timedelta(days=1)), "state": _state(), "week": A_WEEK}
    for statement in STATEMENTS.read_text(encoding="utf-8").rstrip().split(";\n"):
        database.execute(statement, {**names, "answers": ANSWERS, "messages": MESSAGES})
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def _state() -> str:
    """The state of one of them, with names to be filled in."""
    given = Given(choice="partly", person=ANA.id, name=ANA.name, at=NOW)
    state = State(
        id="THE-ID",
        workspace="T0BENCH",
        channel="THE-CHANNEL",
        channel_name="models",
        subject="model",
        subject_key="model",
        starter=ANA.id,
        starter_name=ANA.name,
        began=NOW,
        mode="quick",
        phase="finished",
        content_version="1",
        answers={f"M2-C-{number}": given for number in range(1, ANSWERS + 1)},
    )
    return state.model_dump_json()
