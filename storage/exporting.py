"""Reading everything of one subject: what an export holds. Reads only, all of it within one transaction."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import NamedTuple

from dialogs.exported import Assessment, Finished, Plan, Result, SubjectExport, portable
from dialogs.exported_rows import AnswerRow, FactRow, dissent_in
from storage.database import Row, Sql
from storage.reports import state_of

_SUBJECTS = """
SELECT workspace, channel, subject_key, subject, json_extract(state, '$.channel_name') AS channel_name FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY workspace, channel, subject_key ORDER BY began_at DESC, id) AS place
  FROM dialogs) AS ranked
WHERE place = 1 ORDER BY subject_key, workspace, channel
"""
_DIALOGS = """
SELECT id, state, thread, finished_at FROM dialogs
WHERE workspace = :workspace AND channel = :channel AND subject_key = :key ORDER BY began_at, id
"""
_PLANS = """
SELECT * FROM plans WHERE workspace = :workspace AND channel = :channel AND subject_key = :key ORDER BY practice
"""


class Whereabouts(NamedTuple):
    """A subject, and where it was assessed."""

    workspace: str
    channel: str
    channel_name: str
    subject: str
    subject_key: str


class NothingToExport(Exception):  # noqa: N818 - a situation
    """The subject was never assessed in this channel; start an assessment, or look for its name."""


def subjects(sql: Sql) -> tuple[Whereabouts, ...]:
    """Every subject that was ever assessed, by name."""
    return tuple(
        Whereabouts(row["workspace"], row["channel"], row["channel_name"], row["subject"], row["subject_key"])
        for row in sql(_SUBJECTS)
    )


def read_subject(sql: Sql, workspace: str, channel: str, subject_key: str) -> SubjectExport:
    """Read everything of a subject; NothingToExport where it was never assessed in this channel."""
    where = {"workspace": workspace, "channel": channel, "key": subject_key}
    assessments = tuple(_assessment(sql, row) for row in sql(_DIALOGS, **where))
    if not assessments:
        raise NothingToExport(f"no subject {subject_key!r} was assessed in the channel {channel}; look at its name")
    newest = assessments[-1].state
    return SubjectExport(
        content_versions=_versions(assessments),
        workspace=workspace,
        channel=channel,
        channel_name=newest.channel_name,
        subject=newest.subject,
        subject_key=subject_key,
        assessments=assessments,
        plans=tuple(_plan(row) for row in sql(_PLANS, **where)),
    )


def _assessment(sql: Sql, row: Row) -> Assessment:
    about = {"dialog": row["id"]}
    answers = sql("SELECT * FROM answers WHERE dialog = :dialog ORDER BY turn, place", **about)
    facts = sql("SELECT * FROM facts WHERE dialog = :dialog ORDER BY turn, place", **about)
    results = sql("SELECT turn, finished_at, result FROM results WHERE dialog = :dialog ORDER BY turn", **about)
    given = tuple(_answer(each) for each in answers)
    state = portable(state_of(row), concluded=bool(results))
    return Assessment(
        state=state,
        finished=_moment(row["finished_at"]) if row["finished_at"] else None,
        answers=given,
        facts=tuple(_fact(each) for each in facts),
        results=tuple(_finished(each) for each in results),
        dissent=dissent_in(state, given),
    )


def _answer(row: Row) -> AnswerRow:
    return AnswerRow(
        turn=row["turn"],
        place=row["place"],
        practice=row["practice"],
        choice=row["choice"],
        note=row["note"],
        evidence=tuple(json.loads(row["evidence"])),
        last_run=_day(row["last_run"]),
        person=row["person"],
        name=row["person_name"],
        at=_moment(row["answered_at"]),
        content_version=row["content_version"],
    )


def _fact(row: Row) -> FactRow:
    value = None if row["value"] is None else json.loads(row["value"])
    return FactRow(
        turn=row["turn"],
        place=row["place"],
        fact=row["fact"],
        value=tuple(value) if isinstance(value, list) else value,
        person=row["person"],
        name=row["person_name"],
        at=_moment(row["given_at"]),
        content_version=row["content_version"],
    )


def _finished(row: Row) -> Finished:
    return Finished(turn=row["turn"], at=_moment(row["finished_at"]), result=Result.model_validate_json(row["result"]))


def _plan(row: Row) -> Plan:
    return Plan(
        practice=row["practice"],
        owner=row["owner"],
        owner_name=row["owner_name"],
        due=_day(row["due"]),
        later=bool(row["later"]),
        set_by=row["set_by"],
        set_at=_moment(row["set_at"]),
    )


def _versions(assessments: Sequence[Assessment]) -> tuple[str, ...]:
    found: set[str] = set()
    for each in assessments:
        found.add(each.state.content_version)
        found.update(row.content_version for row in each.answers)
        found.update(row.content_version for row in each.facts)
        found.update(finished.result.content_version for finished in each.results)
    return tuple(sorted(found))


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None
