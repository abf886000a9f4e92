"""Assessments and things owed for the storage tests, written out only where a test cares."""

import datetime as dt
from typing import Any

from dialogs.events import Person
from dialogs.state import State, subject_key
from knowledge.content import DIMENSIONS
from storage.outbox import Kind, Owed

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
ANA = Person("U1", "Ana")
LEASE = dt.timedelta(seconds=10)


def after(seconds: float) -> dt.datetime:
    """A time so many seconds after noon."""
    return NOON + dt.timedelta(seconds=seconds)


def assessment(number: str = "d1", subject: str = "fraud-detection", **fields: Any) -> State:
    """An assessment as it stands after its first turn."""
    return State(
        **{
            "id": number,
            "workspace": "T1",
            "channel": "C1",
            "channel_name": "fraud-detection",
            "subject": subject,
            "subject_key": subject_key(subject),
            "starter": ANA.id,
            "starter_name": ANA.name,
            "began": NOON,
            "mode": "quick",
            "content_version": "1",
            "turn": 1,
        }
        | fields
    )


def owed(
    turn: int, n: int, kind: Kind = "post", slot: str | None = None, dialog: str | None = "d1", **fields: Any
) -> Owed:
    """A row for the outbox, keyed as the bot keys them; a post of an assessment is a reply unless it is the parent."""
    return Owed(
        **{
            "key": f"{dialog or 'loose'}:{turn:06d}:{n:03d}",
            "workspace": "T1",
            "dialog": dialog,
            "channel": "C1",
            "kind": kind,
            "slot": slot,
            "payload": {"text": f"{slot} of turn {turn}", "blocks": []},
            "created_at": NOON,
            "in_thread": kind == "post" and dialog is not None and slot != "parent",
        }
        | fields
    )


def result_of(overall: int, target: int = 2) -> dict[str, Any]:
    """A finished result as it is kept, with as much as storing it reads."""
    levels = dict.fromkeys(DIMENSIONS, overall)
    return {
        "overall": overall,
        "ceiling": {"overall": overall, "dimensions": levels, "google": 0},
        "dimensions": levels,
        "google": 0,
        "provisional": False,
        "target": target,
        "target_missing": [],
        "risks": [],
    }
