"""What the admins of a workspace set for all of it: every statement about it."""

import datetime as dt

from dialogs.effects import SetPolicy
from storage.database import Sql, moment


def ranking(sql: Sql, workspace: str) -> bool:
    """Whether the portfolio may be sorted by gap; not unless somebody turned it on."""
    rows = sql("SELECT ranking FROM policies WHERE workspace = :workspace", workspace=workspace)
    return bool(rows and rows[0]["ranking"])


def keep(sql: Sql, workspace: str, effect: SetPolicy, person: str, at: dt.datetime) -> None:
    """Keep what an admin set."""
    sql(
        "INSERT INTO policies (workspace, ranking, set_by, set_at) VALUES (:workspace, :ranking, :person, :at)"
        " ON CONFLICT (workspace) DO UPDATE SET ranking = excluded.ranking, set_by = excluded.set_by,"
        " set_at = excluded.set_at",
        workspace=workspace,
        ranking=int(effect.ranking),
        person=person,
        at=moment(at),
    )
