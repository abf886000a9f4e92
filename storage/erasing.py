"""Forgetting a person: their id, name and notes go from every table of a workspace; what they chose stays.

Words of theirs that somebody else took over (`dialogs.carried`) go from every answer, state and result as well.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from dialogs.deleting import FORMER, Remarks, names_in, remarks_of, reminder_without, state_without, without
from dialogs.reminder import Reminder
from dialogs.state import State
from dialogs.unsaying import answer_less
from storage.database import Sql
from storage.held import states_that_name
from storage.unsaid import Spoken, Unsaid, clean_outbox

_NAMES = """
SELECT person_name AS name FROM answers WHERE workspace = :workspace AND person = :person
UNION SELECT person_name FROM facts WHERE workspace = :workspace AND person = :person
UNION SELECT owner_name FROM plans WHERE workspace = :workspace AND owner = :person
"""


class Cleaned(NamedTuple):
    """A running assessment as it was, and as it is without somebody."""

    before: State
    after: State


def forget_person(sql: Sql, workspace: str, person: str, name: str, spoken: Spoken) -> list[Cleaned]:
    """Take a person out of every table; gives the running assessments that they were part of."""
    states = states_that_name(sql, workspace, person)
    reminders = _reminders(sql, workspace, person)
    remarks = {state.id: remarks_of(state, person) for state in states}
    names = {name, *_names(sql, workspace, person, (*states, *reminders))}
    words = _words(sql, workspace, person) | {said for each in remarks.values() for _, said in each}
    cleaned = _clean_dialogs(sql, states, person)
    _clean_rows(sql, workspace, person)
    for dialog, each in remarks.items():
        _clean_answers(sql, dialog, each)
    _clean_results(sql, workspace, person, remarks)
    _clean_reminders(sql, reminders, person)
    clean_outbox(sql, workspace, person, Unsaid(person, names, words, spoken))
    return [each for each in cleaned if each.after.running]


def _names(sql: Sql, workspace: str, person: str, kept: Iterable[State | Reminder]) -> Iterator[str]:
    """The names under which a person did anything."""
    for row in sql(_NAMES, workspace=workspace, person=person):
        yield str(row["name"])
    for each in kept:
        yield from names_in(each.model_dump(mode="json"), person)


def _words(sql: Sql, workspace: str, person: str) -> set[str]:
    """The notes and links of the answers that a person stands behind."""
    rows = sql(
        "SELECT note, evidence FROM answers WHERE workspace = :workspace AND person = :person",
        workspace=workspace,
        person=person,
    )
    return {word for row in rows for word in (row["note"], *json.loads(row["evidence"])) if word}


def _clean_dialogs(sql: Sql, states: Iterable[State], person: str) -> list[Cleaned]:
    cleaned = [Cleaned(before, state_without(before, person)) for before in states]
    for each in cleaned:
        sql(
            "UPDATE dialogs SET state = :state, starter = :starter, version = version + 1 WHERE id = :id",
            state=each.after.model_dump_json(),
            starter=each.after.starter,
            id=each.after.id,
        )
    return cleaned


def _clean_rows(sql: Sql, workspace: str, person: str) -> None:
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


def _clean_answers(sql: Sql, dialog: str, remarks: Remarks) -> None:
    """Take words, and the links in them, out of the answers of an assessment, whoever stands behind these."""
    for practice in sorted({practice for practice, _ in remarks}):
        words = [said for about, said in remarks if about == practice]
        rows = sql(
            "SELECT turn, place, note, evidence FROM answers WHERE dialog = :dialog AND practice = :practice",
            dialog=dialog,
            practice=practice,
        )
        for row in rows:
            before = {"note": row["note"], "evidence": json.loads(row["evidence"])}
            if (after := answer_less(before, words)) != before:
                sql(
                    "UPDATE answers SET note = :note, evidence = :evidence"
                    " WHERE dialog = :dialog AND turn = :turn AND place = :place",
                    dialog=dialog,
                    turn=row["turn"],
                    place=row["place"],
                    note=after["note"],
                    evidence=json.dumps(after["evidence"], ensure_ascii=False),
                )


def _clean_results(sql: Sql, workspace: str, person: str, remarks: dict[str, Remarks]) -> None:
    for row in sql("SELECT dialog, turn, result FROM results WHERE workspace = :workspace", workspace=workspace):
        before: Any = json.loads(row["result"])
        after = without(before, person, remarks.get(row["dialog"], frozenset()))
        if after != before:
            sql(
                "UPDATE results SET result = :result WHERE dialog = :dialog AND turn = :turn",
                result=json.dumps(after, ensure_ascii=False),
                dialog=row["dialog"],
                turn=row["turn"],
            )


def _reminders(sql: Sql, workspace: str, person: str) -> list[Reminder]:
    rows = sql(
        "SELECT state FROM reminders WHERE workspace = :workspace AND owner = :person ORDER BY id",
        workspace=workspace,
        person=person,
    )
    return [Reminder.model_validate_json(row["state"]) for row in rows]


def _clean_reminders(sql: Sql, reminders: Iterable[Reminder], person: str) -> None:
    for each in reminders:
        after = reminder_without(each, person)
        sql(
            "UPDATE reminders SET owner = :owner, state = :state, version = version + 1 WHERE id = :id",
            owner=after.owner,
            state=after.model_dump_json(),
            id=after.id,
        )
