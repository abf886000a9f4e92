"""What both engines share: one transaction for one piece of work, and rows as mappings."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
Value = str | int | float | bytes | None
Row = Mapping[str, Any]


class Sql(Protocol):
    """Runs one statement inside the present transaction; placeholders are `:name`."""

    def __call__(self, text: str, /, **values: Value) -> list[Row]:
        """Give the rows, an empty list for a statement without any."""
        ...


class Database(Protocol):
    """An engine. `work` has no effect besides its SQL, since it may run a second time."""

    async def transact(self, work: Callable[[Sql], T]) -> T:
        """Run the work in one transaction and answer after a commit that holds; its exception rolls it back."""
        ...

    async def read(self, work: Callable[[Sql], T]) -> T:
        """Run the work on a read-only connection, off the writer."""
        ...

    async def wipe(self) -> None:
        """Leave no byte of what was deleted in the files; DatabaseBusy where it cannot be done now."""
        ...

    async def close(self) -> None:
        """Finish what is waiting and let go of the file."""
        ...


class DatabaseProblem(Exception):  # noqa: N818 - the base of situations, each named below
    """The database cannot be used as it is; the message says what to do."""


class UnknownDatabase(DatabaseProblem):
    """An address of a kind that this version does not speak."""


class DatabaseTooNew(DatabaseProblem):
    """The database was written by a newer version of the bot."""


class NotADatabase(DatabaseProblem):
    """The file holds something else, or is damaged."""


class ForeignDatabase(DatabaseProblem):
    """The file is a healthy database, but another program's."""


class SqliteTooOld(DatabaseProblem):
    """Python's SQLite is older than the statements need."""


class CannotOpen(DatabaseProblem):
    """The file cannot be opened or written: its folder, its rights, or the disk below it."""


class DatabaseBusy(DatabaseProblem):
    """Another process kept the database locked for too long; nothing of the work stays."""


class DatabaseFull(DatabaseProblem):
    """There is no room left; nothing of the work stays."""


class DatabaseClosed(DatabaseProblem):
    """Work was handed in after `close`."""


def moment(at: dt.datetime) -> str:
    """A time as it is stored: ISO 8601 in UTC with microseconds, so that text order is time order."""
    if at.tzinfo is None:
        raise ValueError("a stored time needs a time zone; give an aware datetime")
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
