"""What is kept of a person in a workspace, and of the subjects of a channel: to be shown before anything is deleted."""

import json

from dialogs.deleting import remarks_of
from dialogs.privacy_screens import Entry, Held, Mine, SubjectHeld
from dialogs.state import State
from storage.database import Row, Sql
from storage.reports import state_of

_ANSWERS = """
SELECT d.subject, d.channel, a.practice, a.choice, a.note, a.evidence, a.last_run, a.answered_at AS at
FROM answers a JOIN dialogs d ON d.id = a.dialog
WHERE a.workspace = :workspace AND a.person = :person ORDER BY a.answered_at, a.dialog, a.turn, a.place
"""
_FACTS = """
SELECT d.subject, d.channel, f.fact, f.value, f.given_at AS at FROM facts f JOIN dialogs d ON d.id = f.dialog
WHERE f.workspace = :workspace AND f.person = :person ORDER BY f.given_at, f.dialog, f.turn, f.place
"""
_STARTED = """
SELECT subject, channel, phase, began_at AS at FROM dialogs
WHERE workspace = :workspace AND starter = :person ORDER BY began_at, id
"""
_REMINDERS = """
SELECT state FROM reminders WHERE workspace = :workspace AND owner = :person ORDER BY id
"""
_RATINGS = """
SELECT entry AS answer, helpful, rated_at AS at FROM ratings
WHERE workspace = :workspace AND person = :person ORDER BY rated_at, entry
"""
_SETTINGS = """
SELECT channel, zone, country, set_at AS at FROM teams
WHERE workspace = :workspace AND set_by = :person ORDER BY channel
"""
_POLICIES = """
SELECT ranking, set_at AS at FROM policies WHERE workspace = :workspace AND set_by = :person
"""
_GREETINGS = """
SELECT greeted_at AS at FROM greetings WHERE workspace = :workspace AND person = :person
"""
_PLANS = """
SELECT subject_key AS subject, channel, practice, CASE WHEN owner = :person THEN 1 ELSE 0 END AS taken, due,
  set_at AS at
FROM plans WHERE workspace = :workspace AND (owner = :person OR set_by = :person)
ORDER BY channel, subject_key, practice
"""
_MENTIONED = """
SELECT state, thread FROM dialogs WHERE workspace = :workspace AND state LIKE :inside ORDER BY began_at, id
"""
_SUBJECTS = """
SELECT subject_key, COUNT(*) AS assessments,
  SUM((SELECT COUNT(*) FROM answers a WHERE a.dialog = dialogs.id)) AS answers,
  SUM((SELECT COUNT(*) FROM facts f WHERE f.dialog = dialogs.id)) AS facts,
  SUM((SELECT COUNT(*) FROM results r WHERE r.dialog = dialogs.id)) AS results
FROM dialogs WHERE workspace = :workspace AND channel = :channel GROUP BY subject_key
"""
_LAST = """
SELECT state, thread FROM dialogs
WHERE workspace = :workspace AND channel = :channel AND subject_key = :key ORDER BY began_at DESC, id LIMIT 1
"""


def held(sql: Sql, workspace: str, channel: str, person: str) -> Held:
    """What is kept of a person in the whole workspace, and of every subject of a channel."""
    return Held(_mine(sql, workspace, person), _subjects(sql, workspace, channel))


def states_that_name(sql: Sql, workspace: str, person: str) -> list[State]:
    """The assessments in whose state a person's id stands."""
    return [state_of(row) for row in sql(_MENTIONED, workspace=workspace, inside=f'%"{person}"%')]


def _mine(sql: Sql, workspace: str, person: str) -> Mine:
    def rows(text: str) -> list[Row]:
        return sql(text, workspace=workspace, person=person)

    facts = [{**row, "value": json.loads(row["value"]) if row["value"] else None} for row in rows(_FACTS)]
    reminders = (json.loads(row["state"]) for row in rows(_REMINDERS))
    states = states_that_name(sql, workspace, person)
    return Mine(
        answers=tuple(_without_blanks(row) for row in rows(_ANSWERS)),
        facts=tuple(facts),
        remarks=tuple(_remark(state, *each) for state in states for each in sorted(remarks_of(state, person))),
        started=tuple(rows(_STARTED)),
        reminders=tuple({key: each[key] for key in ("subject", "channel", "due")} for each in reminders),
        ratings=tuple({**row, "helpful": bool(row["helpful"])} for row in rows(_RATINGS)),
        settings=tuple(rows(_SETTINGS)),
        plans=tuple({**row, "taken": bool(row["taken"])} for row in rows(_PLANS)),
        written=tuple({"subject": s.subject, "channel": s.channel} for s in states if person in s.writers),
        greetings=tuple(rows(_GREETINGS)),
        policies=tuple({**row, "ranking": bool(row["ranking"])} for row in rows(_POLICIES)),
    )


def _without_blanks(row: Row) -> Entry:
    links = json.loads(str(row["evidence"]))
    told = {**row, "evidence": links or None}
    return {key: value for key, value in told.items() if value is not None}


def _remark(state: State, practice: str, note: str) -> Entry:
    return {"subject": state.subject, "channel": state.channel, "practice": practice, "note": note}


def _subjects(sql: Sql, workspace: str, channel: str) -> tuple[SubjectHeld, ...]:
    reminders = sql(
        "SELECT subject_key, state FROM reminders WHERE workspace = :workspace AND channel = :channel",
        workspace=workspace,
        channel=channel,
    )
    reminded = {str(row["subject_key"]): json.loads(row["state"]) for row in reminders}
    counted = {str(row["subject_key"]): row for row in sql(_SUBJECTS, workspace=workspace, channel=channel)}
    found = []
    for key in sorted({*reminded, *counted}):
        last = sql(_LAST, workspace=workspace, channel=channel, key=key)
        state, reminder = json.loads(last[0]["state"]) if last else {}, reminded.get(key, {})
        counts = counted.get(key, {})
        found.append(
            SubjectHeld(
                subject=str(state.get("subject") or reminder.get("subject")),
                subject_key=key,
                starter=str(state.get("starter", reminder.get("owner", ""))),
                starter_name=str(state.get("starter_name", reminder.get("owner_name", ""))),
                reminders=int(key in reminded),
                **{name: int(counts.get(name) or 0) for name in ("assessments", "answers", "facts", "results")},
            )
        )
    return tuple(found)
