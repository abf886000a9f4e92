"""What lives in a channel, or hangs on a person: for events that concern all of it at once."""

from dialogs.events import ChannelChanged, PersonGone
from dialogs.reminder import Reminder
from dialogs.state import State
from storage import reminders
from storage.database import Sql
from storage.reports import state_of

_BY_CHANNEL = ("results", "standings", "messages", "teams", "plans", "outbox", "left_threads")


def dialogs_in(sql: Sql, workspace: str, channel: str, *, running: bool) -> list[State]:
    """The assessments of a channel, oldest first: those that run, or all that ever began there."""
    rows = sql(
        "SELECT state, thread FROM dialogs WHERE workspace = :workspace AND channel = :channel AND running >= :running"
        " ORDER BY began_at, id",
        workspace=workspace,
        channel=channel,
        running=int(running),
    )
    return [state_of(row) for row in rows]


def dialogs_started_by(sql: Sql, workspace: str, person: str) -> list[State]:
    """The running assessments that a person started."""
    rows = sql(
        "SELECT state, thread FROM dialogs WHERE running = 1 AND workspace = :workspace AND starter = :person"
        " ORDER BY began_at, id",
        workspace=workspace,
        person=person,
    )
    return [state_of(row) for row in rows]


def reminders_of_person(sql: Sql, workspace: str, person: str) -> list[Reminder]:
    """The reminders that come in a person's name."""
    rows = sql(
        "SELECT state FROM reminders WHERE workspace = :workspace AND owner = :person ORDER BY id",
        workspace=workspace,
        person=person,
    )
    return [Reminder.model_validate_json(row["state"]) for row in rows]


def concerned(sql: Sql, event: ChannelChanged | PersonGone) -> tuple[list[State], list[Reminder]]:
    """The assessments and reminders that an event is about."""
    if isinstance(event, PersonGone):
        person = event.person.id
        return dialogs_started_by(sql, event.workspace, person), reminders_of_person(sql, event.workspace, person)
    every = event.change in ("renamed", "moved")
    states = dialogs_in(sql, event.workspace, event.channel, running=not every)
    return states, list(reminders.of_channel(sql, event.workspace, event.channel).values())


def move_channel(sql: Sql, workspace: str, old: str, new: str) -> None:
    """Let everything that names a channel name its new id; assessments and reminders are kept by themselves."""
    for table in _BY_CHANNEL:
        sql(
            f"UPDATE {table} SET channel = :new WHERE workspace = :workspace AND channel = :old",  # noqa: S608 - a table of ours
            new=new,
            workspace=workspace,
            old=old,
        )
