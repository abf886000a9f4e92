"""Forgetting a person: their id, name and notes go from every table of a workspace; what they chose stays."""

import json
from typing import NamedTuple

from dialogs.deleting import FORMER, less, remarks_of, reminder_without, state_without, without
from dialogs.evidence import less_links
from dialogs.reminder import Reminder
from dialogs.state import State
from storage.database import Sql
from storage.held import states_that_name
from storage.reports import state_of
from storage.unsaid import Spoken, Unsaid, clean_outbox

Remarks = frozenset[tuple[str, str]]  # notes by practice that may hang on another one's answer


class Cleaned(NamedTuple):
    """A running assessment as it was, and as it is without somebody."""

    before: State
    after: State


def forget_person(sql: Sql, workspace: str, person: str, name: str, spoken: Spoken) -> list[Cleaned]:
    """Take a person out of every table; gives the running assessments that they were part of."""
    names, notes = _words_of(sql, workspace, person)
    states = states_that_name(sql, workspace, person)
    remarks = frozenset(each for state in states for each in remarks_of(state, person))
    cleaned = _clean_dialogs(sql, workspace, person, remarks)
    _clean_rows(sql, workspace, person, remarks)
    _clean_results(sql, workspace, person, remarks)
    _clean_reminders(sql, workspace, person)
    notes |= {note for _, note in remarks}
    clean_outbox(sql, workspace, person, Unsaid(names | {name}, notes, spoken))
    return [each for each in cleaned if each.after.running]


def _words_of(sql: Sql, workspace: str, person: str) -> tuple[set[str], set[str]]:
    """The names under which a person answered, and their notes."""
    rows = sql(
        "SELECT person_name, note FROM answers WHERE workspace = :workspace AND person = :person"
        " UNION SELECT person_name, NULL FROM facts WHERE workspace = :workspace AND person = :person",
        workspace=workspace,
        person=person,
    )
    return {str(row["person_name"]) for row in rows}, {str(row["note"]) for row in rows if row["note"]}


def _clean_dialogs(sql: Sql, workspace: str, person: str, remarks: Remarks) -> list[Cleaned]:
    """Clean the states; where remarks of theirs may have been taken over, those that never name them as well."""
    rows = sql("SELECT state, thread FROM dialogs WHERE workspace = :workspace ORDER BY id", workspace=workspace)
    cleaned = [
        Cleaned(before, state_without(before, person, remarks))
        for before in (state_of(row) for row in rows if person in row["state"] or remarks)
    ]
    changed = [each for each in cleaned if each.after != each.before]
    for each in changed:
        sql(
            "UPDATE dialogs SET state = :state, starter = :starter, version = version + 1 WHERE id = :id",
            state=each.after.model_dump_json(),
            starter=each.after.starter,
            id=each.after.id,
        )
    return changed


def _clean_rows(sql: Sql, workspace: str, person: str, remarks: Remarks) -> None:
    whose: dict[str, str] = {"workspace": workspace, "person": person}
    nobody = {**whose, "former": FORMER.id, "name": FORMER.name}
    sql(
        "UPDATE answers SET person = :former, person_name = :name, note = NULL, evidence = '[]', last_run = NULL"
        " WHERE workspace = :workspace AND person = :person",
        **nobody,
    )
    sql(
        "UPDATE facts SET person = :former, person_name = :name WHERE workspace = :workspace AND person = :person",
        **nobody,
    )
    for practice, remark in remarks:
        _clean_notes(sql, workspace, practice, remark)
    sql("DELETE FROM ratings WHERE workspace = :workspace AND person = :person", **whose)
    sql(
        "UPDATE teams SET set_by = :former WHERE workspace = :workspace AND set_by = :person",
        **whose,
        former=FORMER.id,
    )
    sql(
        "UPDATE plans SET owner = '', owner_name = :name WHERE workspace = :workspace AND owner = :person",
        **whose,
        name=FORMER.name,
    )
    sql(
        "UPDATE plans SET set_by = :former WHERE workspace = :workspace AND set_by = :person",
        **whose,
        former=FORMER.id,
    )
    sql(
        "UPDATE policies SET set_by = :former WHERE workspace = :workspace AND set_by = :person",
        **whose,
        former=FORMER.id,
    )
    sql("DELETE FROM greetings WHERE workspace = :workspace AND person = :person", **whose)
    inside = f"%{person}%"
    sql("DELETE FROM inbox WHERE workspace = :workspace AND key LIKE :inside", workspace=workspace, inside=inside)


def _clean_notes(sql: Sql, workspace: str, practice: str, remark: str) -> None:
    """Take a remark, and the links in it, out of the answers to a practice."""
    rows = sql(
        "SELECT DISTINCT note, evidence FROM answers"
        " WHERE workspace = :workspace AND practice = :practice AND note IS NOT NULL",
        workspace=workspace,
        practice=practice,
    )
    for row in rows:
        if (after := less(row["note"], remark)) != row["note"]:
            links = less_links({"evidence": json.loads(row["evidence"])}, remark)["evidence"]
            sql(
                "UPDATE answers SET note = :after, evidence = :links"
                " WHERE workspace = :workspace AND practice = :practice AND note = :note AND evidence = :evidence",
                workspace=workspace,
                practice=practice,
                note=row["note"],
                evidence=row["evidence"],
                after=after,
                links=json.dumps(links, ensure_ascii=False),
            )


def _clean_results(sql: Sql, workspace: str, person: str, remarks: Remarks) -> None:
    for row in sql("SELECT dialog, turn, result FROM results WHERE workspace = :workspace", workspace=workspace):
        before = json.loads(row["result"])
        after = without(before, person, remarks)
        if after != before:
            sql(
                "UPDATE results SET result = :result WHERE dialog = :dialog AND turn = :turn",
                result=json.dumps(after, ensure_ascii=False),
                dialog=row["dialog"],
                turn=row["turn"],
            )


def _clean_reminders(sql: Sql, workspace: str, person: str) -> None:
    rows = sql(
        "SELECT id, state FROM reminders WHERE workspace = :workspace AND owner = :person",
        workspace=workspace,
        person=person,
    )
    for row in rows:
        after = reminder_without(Reminder.model_validate_json(row["state"]), person)
        sql(
            "UPDATE reminders SET owner = :owner, state = :state, version = version + 1 WHERE id = :id",
            owner=after.owner,
            state=after.model_dump_json(),
            id=row["id"],
        )
