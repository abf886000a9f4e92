"""Messages that are still to be sent, without a person who wants to be forgotten."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from dialogs.deleting import FORMER
from storage.database import Sql

Spoken = Callable[[str], str]  # a text as it stands in a message


class Unsaid(NamedTuple):
    """What may stand of a person in a message that is still to be sent."""

    names: set[str]
    notes: set[str]
    spoken: Spoken

    def cleaned(self, value: Any) -> Any:  # noqa: ANN401 - JSON
        """The same message without them."""
        if isinstance(value, list):
            return [self.cleaned(each) for each in value]
        if isinstance(value, dict):
            return {key: each if key == "value" else self.cleaned(each) for key, each in value.items()}
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        for note in sorted(self.notes, key=len, reverse=True):
            for said in {note, self.spoken(note)}:
                text = text.replace(f" · “{said}”", "").replace(said, "…")
        for name in self.names:
            for said in {name, self.spoken(name)}:
                text = _whole_word(text, said, FORMER.name)
        return text


def _whole_word(text: str, word: str, instead: str) -> str:
    """The text with a word replaced where it stands alone: "Ana", not "Analysis"."""
    parts = text.split(word) if word else [text]
    made = parts[0]
    for part in parts[1:]:
        inside = (made[-1:].isalnum() and word[:1].isalnum()) or (part[:1].isalnum() and word[-1:].isalnum())
        made += (word if inside else instead) + part
    return made


def clean_outbox(sql: Sql, workspace: str, person: str, words: Unsaid) -> None:
    """What was sent is not needed any more; what waits says it without them, and nothing goes to them."""
    sql("DELETE FROM outbox WHERE workspace = :workspace AND status <> 'waiting'", workspace=workspace)
    sql("DELETE FROM outbox WHERE workspace = :workspace AND channel = :person", workspace=workspace, person=person)
    sql(  # an export that is still to come holds everything anybody said: it can be asked for again
        "DELETE FROM outbox WHERE workspace = :workspace AND kind = 'upload' AND payload LIKE :inside",
        workspace=workspace,
        inside=f"%{person}%",
    )
    for row in sql("SELECT key, payload FROM outbox WHERE workspace = :workspace", workspace=workspace):
        before = json.loads(row["payload"])
        if (after := words.cleaned(before)) != before:
            payload = json.dumps(after, ensure_ascii=False, separators=(",", ":"))
            sql("UPDATE outbox SET payload = :payload WHERE key = :key", payload=payload, key=row["key"])
