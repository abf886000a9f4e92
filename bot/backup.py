"""`maturity-bot backup` and `restore`: what they say about a copy."""

from pathlib import Path
from typing import Any

from storage.backup import Holds, back_up, put_back

_UNIT = 1000.0


def database_file(database_url: str) -> Path:
    """The file of an address such as `sqlite:///maturity.db`."""
    return Path(database_url.removeprefix("sqlite:///"))


def take_backup(database_url: str, file: Path, *, overwrite: bool) -> dict[str, Any]:
    """Copy the database to a file; its path, size in bytes, and what it holds. DatabaseProblem where it cannot be."""
    holds = back_up(database_file(database_url), file, overwrite=overwrite)
    return {"file": str(file), "bytes": file.stat().st_size, **holds._asdict()}


def restore_backup(database_url: str, file: Path) -> list[str]:
    """Put a copy in the place of the database; what to say, a line each. DatabaseProblem with nothing changed."""
    path = database_file(database_url)
    holds, kept = put_back(file, path)
    lines = [f"{path} now holds {_told(holds)}."]
    if kept is not None:
        lines.append(f"What it held before is in {kept}.")
    if holds.waiting:
        lines.append("What waited to be sent when the copy was made is posted at the next start, even if it was since.")
    return lines


def as_line(taken: dict[str, Any]) -> str:
    """Say what was copied."""
    holds = Holds(**{name: taken[name] for name in Holds._fields})
    return f"{taken['file']}: {_size(taken['bytes'])}, whole; {_told(holds)}."


def _told(holds: Holds) -> str:
    counted = (
        f"{_many(holds.assessments, 'assessment')} ({holds.running} running)",
        _many(holds.answers, "answer"),
        _many(holds.facts, "fact"),
        _many(holds.results, "result"),
        _many(holds.reminders, "reminder"),
        f"{_many(holds.waiting, 'message')} waiting to be sent",
    )
    return f"{', '.join(counted)}; version {holds.version}"


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _size(size: float) -> str:
    """A number of bytes in the unit that fits."""
    for unit in ("bytes", "kB", "MB"):
        if size < _UNIT:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= _UNIT
    return f"{size:.1f} GB"
