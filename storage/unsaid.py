"""Messages that are still to be sent, without a person who wants to be forgotten."""

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from dialogs.deleting import FORMER
from dialogs.evidence import links_in
from dialogs.unsaying import GAP, TELLING, forms, replaced
from storage.database import Sql

Spoken = Callable[[str], str]  # a text as it stands in a message


class Unsaid(NamedTuple):
    """What may stand of a person in a message that is still to be sent.

    `words` are their notes and links. A mention is replaced by the former member's name, as a name is; a link goes
    with its label.
    """

    person: str
    names: set[str]
    words: set[str]
    spoken: Spoken

    def cleaned(self, value: Any) -> Any:  # noqa: ANN401 - JSON
        """The same message without them."""
        if isinstance(value, list):
            return [self.cleaned(each) for each in value]
        if isinstance(value, dict):
            return {key: each if key == "value" else self.cleaned(each) for key, each in value.items()}
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        text = re.sub(rf"<@{re.escape(self.person)}(\|[^<>]*)?>", FORMER.name, text)
        for link in {link for each in self.words for link in links_in(each)}:
            text = _unlinked(text, link)
        for said in forms(self.words):
            for form in {said, self.spoken(said)}:
                text = _unquoted(text, form)
        for name in self.names:
            for form in {name, self.spoken(name)}:
                text = replaced(text, form, FORMER.name)
        return text


def _unquoted(text: str, said: str) -> str:
    """The text without a note: as it is quoted, and where it stands among other words if it is long enough to tell."""
    text = text.replace(f" · “{said}”", "").replace(f"“{said}”", f"“{GAP}”")
    return replaced(text, said, GAP) if len(said) >= TELLING else text


def _unlinked(text: str, link: str) -> str:
    """The text without an address that is markup, with its label."""
    marked = link.replace("&", "&amp;")  # more is not escaped there
    return re.sub(rf"<{re.escape(marked)}(\|[^<>]*)?>", GAP, text)


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
