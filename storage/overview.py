"""What one person may see of a workspace, read at once: every statement of the portfolio and the App Home."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from dialogs.events import Person
from dialogs.overview import Overview, Subject
from dialogs.plan import Plan
from dialogs.standing import Standing
from dialogs.state import State
from storage import plans, policies, standings
from storage.database import Sql
from storage.reports import state_of

RUNNING = 8  # running assessments that are shown
_DIRECT = "direct message"
# Channels come as a JSON list, so that a person in a thousand channels costs one statement; each looks into an index.
_ASSESSED = """
SELECT c.value AS channel FROM json_each(:channels) AS c
WHERE EXISTS (SELECT 1 FROM dialogs d WHERE d.workspace = :workspace AND d.channel = c.value)
"""
_GUESTS = """
SELECT c.value AS channel FROM json_each(:channels) AS c
JOIN teams t ON t.workspace = :workspace AND t.channel = c.value WHERE t.guests = 1
"""
# Nobody but the person and the bot is in a direct message, so who started something there is the one it belongs to.
_OWN = """
SELECT DISTINCT channel FROM dialogs
WHERE workspace = :workspace AND channel >= 'D' AND channel < 'E' AND starter = :person
"""
_RUNNING = """
SELECT d.state, d.thread FROM json_each(:channels) AS c
JOIN dialogs d ON d.workspace = :workspace AND d.channel = c.value AND d.running = 1
ORDER BY d.began_at DESC, d.id
"""
_DUE = """
SELECT r.channel, r.subject_key, r.due_at, json_extract(r.state, '$.zone') AS zone FROM json_each(:channels) AS c
JOIN reminders r ON r.workspace = :workspace AND r.channel = c.value WHERE r.due_at IS NOT NULL
"""


def overview(sql: Sql, workspace: str, person: Person, channels: Mapping[str, str]) -> Overview:
    """Everything of these channels (id to name) and of the person's own direct message, as far as they may see it."""
    names = _allowed(sql, workspace, person, channels)
    every = json.dumps(sorted(names))
    results = standings.in_channels(sql, workspace, sorted(names))
    due = _due(sql, workspace, every)
    rows = sql(_RUNNING, workspace=workspace, channels=every)
    return Overview(
        subjects=_subjects(results, names, due),
        running=tuple(state_of(row) for row in rows[:RUNNING]),
        more_running=max(0, len(rows) - RUNNING),
        ranking=policies.ranking(sql, workspace),
    )


def of_channel(sql: Sql, workspace: str, channel: str, name: str) -> Overview:
    """What everybody in a channel may see: its own subjects."""
    results = standings.in_channels(sql, workspace, [channel])
    due = _due(sql, workspace, json.dumps([channel]))
    return Overview(_subjects(results, {channel: name}, due), ranking=policies.ranking(sql, workspace))


def planned(sql: Sql, dialogs: Sequence[str]) -> list[tuple[State, Mapping[str, Plan]]]:
    """Finished assessments by id, with what was decided about their next steps; those that were reopened left out."""
    found: list[tuple[State, Mapping[str, Plan]]] = []
    for dialog in dialogs:
        rows = sql("SELECT state, thread FROM dialogs WHERE id = :dialog AND phase = 'finished'", dialog=dialog)
        for state in map(state_of, rows):
            decided = plans.in_channel(sql, state.workspace, state.channel)
            found.append((state, decided.get(state.subject_key, {})))
    return found


def _allowed(sql: Sql, workspace: str, person: Person, channels: Mapping[str, str]) -> dict[str, str]:
    """The channels that hold anything, and that this person may look into: guests only where their team lets them."""
    if person.outsider:
        return {}
    own = {str(row["channel"]): _DIRECT for row in sql(_OWN, workspace=workspace, person=person.id)}
    names = {**channels, **own}
    rows = sql(_GUESTS if person.guest else _ASSESSED, workspace=workspace, channels=json.dumps(sorted(names)))
    return {str(row["channel"]): names[row["channel"]] for row in rows}


def _due(sql: Sql, workspace: str, channels: str) -> dict[tuple[str, str], dt.date]:
    """When each subject is looked at again: the day where its team is."""
    return {
        (row["channel"], row["subject_key"]): _there(row["due_at"], row["zone"])
        for row in sql(_DUE, workspace=workspace, channels=channels)
    }


def _there(due: str, zone: str) -> dt.date:
    return dt.datetime.fromisoformat(due).astimezone(ZoneInfo(zone)).date()


def _subjects(
    results: Sequence[Standing], names: Mapping[str, str], due: Mapping[tuple[str, str], dt.date]
) -> tuple[Subject, ...]:
    """One subject for each newest result; the result after it in the list, of the same subject, is the one before."""
    by_subject: dict[tuple[str, str], list[Standing]] = {}
    for result in results:
        by_subject.setdefault((result.channel, result.subject_key), []).append(result)
    return tuple(
        Subject(channel, names[channel], several[0], several[1] if len(several) > 1 else None, due.get((channel, key)))
        for (channel, key), several in by_subject.items()
    )
