"""Who was greeted in the Messages tab: every statement about it."""

import datetime as dt

from storage.database import Sql, moment


def greeted(sql: Sql, workspace: str, person: str) -> bool:
    """Whether a person was greeted before."""
    return bool(
        sql(
            "SELECT 1 FROM greetings WHERE workspace = :workspace AND person = :person",
            workspace=workspace,
            person=person,
        )
    )


def greet(sql: Sql, workspace: str, person: str, at: dt.datetime) -> None:
    """Remember that a person was greeted."""
    sql(
        "INSERT INTO greetings (workspace, person, greeted_at) VALUES (:workspace, :person, :at)"
        " ON CONFLICT (workspace, person) DO NOTHING",
        workspace=workspace,
        person=person,
        at=moment(at),
    )
