"""What curators learn from: questions that nothing curated answers, and whether answers helped."""

import datetime as dt
import re

from dialogs.effects import Miss, Rate
from storage.database import Sql, moment


def miss(sql: Sql, workspace: str, effect: Miss, at: dt.datetime) -> None:
    """Keep an unanswered question once, without who asked; asked again, it only counts."""
    sql(
        "INSERT INTO questions (workspace, key, text, times, first_at, last_at) VALUES (:workspace, :key, :text, 1,"
        " :at, :at) ON CONFLICT (workspace, key) DO UPDATE SET times = questions.times + 1, last_at = :at",
        workspace=workspace,
        key=question_key(effect.text),
        text=effect.text,
        at=moment(at),
    )


def question_key(text: str) -> str:
    """What makes two questions the same: case, punctuation and spaces do not count."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def rate(sql: Sql, workspace: str, effect: Rate, person: str, at: dt.datetime) -> None:
    """Keep what a person thought of an answer; a changed mind replaces it."""
    sql(
        "INSERT INTO ratings (workspace, topic, entry, person, helpful, rated_at) VALUES (:workspace, :topic, :entry,"
        " :person, :helpful, :at) ON CONFLICT (workspace, entry, person) DO UPDATE SET helpful = :helpful,"
        " rated_at = :at",
        workspace=workspace,
        topic=effect.topic,
        entry=effect.entry,
        person=person,
        helpful=int(effect.helpful),
        at=moment(at),
    )
