"""What one turn may write: every writing statement about assessments stands here once."""

import datetime as dt
import json

from dialogs.effects import Conclude, Learn, Miss, Rate, Record, SetTime
from dialogs.events import Person
from dialogs.reminder import Reminder
from dialogs.state import State
from storage import outbox, questions, reminders, standings
from storage.database import Sql, moment
from storage.outbox import Owed
from storage.reports import Reading, state_of


class SubjectTaken(Exception):  # noqa: N818 - a situation
    """The subject is being assessed in this channel already; continue that one, or start over from it."""


class Writing(Reading):
    """What one turn may read and write; all of it is kept, or nothing."""

    def __init__(self, sql: Sql) -> None:
        super().__init__(sql)
        self._rows = 0

    def first_time(self, workspace: str, key: str, at: dt.datetime) -> bool:
        """Whether this event is new; from now on it is not."""
        return bool(
            self.sql(
                "INSERT INTO inbox (workspace, key, received_at) VALUES (:workspace, :key, :at)"
                " ON CONFLICT (workspace, key) DO NOTHING RETURNING key",
                workspace=workspace,
                key=key,
                at=moment(at),
            )
        )

    def dialog(self, dialog: str) -> State | None:
        """Take an assessment for this turn: others wait until it is over."""
        rows = self.sql(
            "UPDATE dialogs SET version = version + 1 WHERE id = :dialog RETURNING state, thread", dialog=dialog
        )
        return state_of(rows[0]) if rows else None

    def dialog_in_thread(self, workspace: str, channel: str, thread: str) -> State | None:
        """Take the assessment that lives in a thread, or did."""
        rows = self.sql(
            "UPDATE dialogs SET version = version + 1 WHERE id IN ("
            " SELECT id FROM dialogs WHERE workspace = :workspace AND channel = :channel AND thread = :thread"
            " UNION ALL"
            " SELECT dialog FROM left_threads WHERE workspace = :workspace AND channel = :channel AND thread = :thread)"
            " RETURNING state, thread",
            workspace=workspace,
            channel=channel,
            thread=thread,
        )
        return state_of(rows[0]) if rows else None

    def begin(self, state: State) -> None:
        """Keep a new assessment; SubjectTaken where its subject has a running one."""
        kept = self.sql(
            "INSERT INTO dialogs (id, workspace, channel, thread, subject, subject_key, phase, running, starter,"
            " content_version, began_at, nudge_at, state) VALUES (:id, :workspace, :channel, :thread, :subject,"
            " :subject_key, :phase, :running, :starter, :content_version, :began_at, :nudge_at, :state)"
            " ON CONFLICT (workspace, channel, subject_key) WHERE running = 1 DO NOTHING RETURNING id",
            **_columns(state),
            thread=state.thread,
            starter=state.starter,
            content_version=state.content_version,
            began_at=moment(state.began),
        )
        if not kept:
            raise _taken(state)

    def save(self, state: State) -> None:
        """Keep the state as it is now; SubjectTaken where another one of its subject runs by now.

        The column `thread` stays as the courier learned it. LookupError for an assessment that never began.
        """
        kept = self.sql(
            "UPDATE dialogs SET workspace = :workspace, channel = :channel, subject = :subject,"
            " subject_key = :subject_key, phase = :phase, running = :running, nudge_at = :nudge_at,"
            " state = :state"
            " WHERE id = :id AND (:running = 0 OR NOT EXISTS (SELECT 1 FROM dialogs other WHERE other.running = 1"
            " AND other.workspace = :workspace AND other.channel = :channel AND other.subject_key = :subject_key"
            " AND other.id <> :id)) RETURNING id",
            **_columns(state),
        )
        if not kept:
            raise _taken(state) if self.peek(state.id) else LookupError(f"assessment {state.id} never began")

    def leave_thread(self, state: State, thread: str) -> None:
        """Remember a thread that an assessment lived in until its parent message was deleted."""
        self.sql(
            "INSERT INTO left_threads (workspace, channel, thread, dialog)"
            " VALUES (:workspace, :channel, :thread, :dialog) ON CONFLICT (workspace, channel, thread) DO NOTHING",
            workspace=state.workspace,
            channel=state.channel,
            thread=thread,
            dialog=state.id,
        )

    def record(self, state: State, effect: Record) -> None:
        """Add an answer; earlier ones stay."""
        self.sql(
            "INSERT INTO answers (workspace, dialog, subject, turn, place, practice, choice, note, evidence, last_run,"
            " person, person_name, answered_at, content_version) VALUES (:workspace, :dialog, :subject, :turn, :place,"
            " :practice, :choice, :note, :evidence, :last_run, :person, :name, :at, :version)",
            **self._row(state, effect.person, effect.at),
            practice=effect.practice,
            choice=effect.choice,
            note=effect.note,
            evidence=json.dumps(effect.evidence, ensure_ascii=False),
            last_run=effect.last_run.isoformat() if effect.last_run is not None else None,
        )

    def learn(self, state: State, effect: Learn) -> None:
        """Add a fact, or its withdrawal; earlier ones stay."""
        self.sql(
            "INSERT INTO facts (workspace, dialog, subject, turn, place, fact, value, person, person_name, given_at,"
            " content_version) VALUES (:workspace, :dialog, :subject, :turn, :place, :fact, :value, :person, :name,"
            " :at, :version)",
            **self._row(state, effect.person, effect.at),
            fact=effect.fact,
            value=None if effect.value is None else json.dumps(effect.value, ensure_ascii=False),
        )

    def conclude(self, state: State, effect: Conclude) -> None:
        """Keep a finished result as it is."""
        self.sql(
            "INSERT INTO results (workspace, dialog, turn, channel, subject_key, finished_at, content_version, result)"
            " VALUES (:workspace, :dialog, :turn, :channel, :subject_key, :at, :version, :result)",
            workspace=state.workspace,
            dialog=state.id,
            turn=state.turn,
            channel=state.channel,
            subject_key=state.subject_key,
            at=moment(effect.at),
            version=state.content_version,
            result=json.dumps(effect.result, ensure_ascii=False),
        )
        standings.keep(self.sql, state, effect)
        self.sql("UPDATE dialogs SET finished_at = :at WHERE id = :dialog", at=moment(effect.at), dialog=state.id)

    def miss(self, workspace: str, effect: Miss, at: dt.datetime) -> None:
        """Keep an unanswered question once."""
        questions.miss(self.sql, workspace, effect, at)

    def rate(self, workspace: str, effect: Rate, person: str, at: dt.datetime) -> None:
        """Keep what a person thought of an answer."""
        questions.rate(self.sql, workspace, effect, person, at)

    def reminder(self, reminder: str) -> Reminder | None:
        """Take a reminder for this turn."""
        return reminders.take(self.sql, reminder)

    def remind(self, reminder: Reminder) -> None:
        """Keep a reminder as it is now."""
        reminders.keep(self.sql, reminder)

    def set_time(self, workspace: str, channel: str, effect: SetTime, person: str, at: dt.datetime) -> None:
        """Keep what a channel has set of its working time."""
        reminders.set_time(self.sql, workspace, channel, effect, person, at)

    def owe(self, owed: Owed) -> None:
        """Owe Slack something, surely and once."""
        outbox.owe(self.sql, owed)

    def _row(self, state: State, person: Person, at: dt.datetime) -> dict[str, str | int]:
        """What an answer and a fact share."""
        self._rows += 1
        return {
            "workspace": state.workspace,
            "dialog": state.id,
            "subject": state.subject,
            "turn": state.turn,
            "place": self._rows,
            "person": person.id,
            "name": person.name,
            "at": moment(at),
            "version": state.content_version,
        }


def _columns(state: State) -> dict[str, str | int | None]:
    """What of a state has a column of its own, and the whole of it."""
    return {
        "id": state.id,
        "workspace": state.workspace,
        "channel": state.channel,
        "subject": state.subject,
        "subject_key": state.subject_key,
        "phase": state.phase,
        "running": int(state.running),
        "nudge_at": moment(state.nudge) if state.nudge is not None else None,
        "state": state.model_dump_json(),
    }


def _taken(state: State) -> SubjectTaken:
    return SubjectTaken(f"{state.subject!r} is being assessed in {state.channel} already; continue that assessment")
