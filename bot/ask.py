"""`maturity-bot ask`: a question answered in the terminal, alone or in batches, and how it was decided."""

import datetime as dt
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from bot.mrkdwn import unescape
from bot.speak import Place, speak
from bot.topic_bodies import body_of
from bot.words import Words
from dialogs.answer_screens import Refused, TopicPage
from knowledge.index import Candidate, Explanation, Index
from knowledge.library import Library, load_library
from knowledge.topics import title

_LINK = re.compile(r"<([^|>]+)\|([^>]+)>")
_SHOWN = 5  # candidates that an explanation lists


class Answered(NamedTuple):
    """One question answered, as `--json` and `--batch` write it."""

    q: str
    topic: str | None
    answered: bool
    text: str
    sources: list[dict[str, str | None]]
    confidence: float


class Terminal:
    """Answers questions from the files alone: nothing is known here about any team."""

    def __init__(self, overlay: Path | None, today: dt.date) -> None:
        self.library: Library = load_library(overlay=overlay)
        self.index = Index(self.library)
        self._words = Words(self.library)
        self._today = today

    def answer(self, question: str) -> Answered:
        """Answer a question, or decline it."""
        found = self.index.ask(question)
        if found.topic is None:
            said = speak(Refused(found.near, noted=False), self._words, Place("")).text
            near = " · ".join(title(self.library, topic) for topic in found.near)
            text = f"{in_plain_words(said)} {near}".strip()
            return Answered(question, None, False, text, [], found.confidence)
        general = found.topic.startswith("team/") or found.topic.endswith("/need")
        page = TopicPage(found.topic, found.entry, self._today, unknown_team=general)
        text = in_plain_words(speak(page, self._words, Place("")).text)
        keys = body_of(found.topic, found.entry, self._words).sources
        return Answered(question, found.topic, True, text, [self._source(key) for key in keys], found.confidence)

    def _source(self, key: str) -> dict[str, str | None]:
        source = self.library.sources[key]
        return {"key": key, "title": source.title, "url": source.url, "reviewed_on": source.reviewed_on.isoformat()}

    def why(self, question: str) -> list[str]:
        """Say how a question was read and decided, a line each."""
        return list(_explained(self.index.explain(question)))

    def batch(self, lines: Iterable[str], out: TextIO) -> bool:
        """Answer JSON lines `{"q": ...}` with JSON lines; a bad line gives an error, and False in the end."""
        well = True
        for line in lines:
            if not line.strip():
                continue
            question, problem = _question_in(line)
            well = well and not problem
            row: dict[str, Any] = {"error": problem} if problem else self.answer(question)._asdict()
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
        return well


def _question_in(line: str) -> tuple[str, str]:
    """Read one line of a batch: the question, or what is wrong."""
    try:
        row = json.loads(line)
    except ValueError as error:
        return "", f'is not JSON ({error}); write lines such as {{"q": "do we need level 4?"}}'
    if not isinstance(row, dict) or not isinstance(row.get("q"), str):
        return "", 'has no question; write lines such as {"q": "do we need level 4?"}'
    return row["q"], ""


def in_plain_words(text: str) -> str:
    """Give mrkdwn as a terminal shows it."""
    text = _LINK.sub(lambda found: f"{found[2]} <{found[1]}>", text)
    return unescape(text).replace("*", "")  # people's own asterisks are look-alikes by now


def _explained(explanation: Explanation) -> Iterable[str]:
    question, found = explanation.question, explanation.found
    yield "Read as: " + (
        " ".join(f"[{u.kind} {u.value}]" if u.kind != "word" else u.text for u in question.units) or "nothing"
    )
    yield "Candidates (score; likeness to a phrasing; learned):"
    for each in (*explanation.candidates[:_SHOWN], *explanation.declined[:2]):
        yield "  " + _line(each)
    signals = ", ".join(f"{name} {value:.2f}" for name, value in explanation.signals.items())
    yield f"Signals: {signals or 'not needed, it is one of our phrasings word for word'}"
    decided = f"answered by {found.topic}" + (f" ({found.entry})" if found.entry else "") if found.topic else "declined"
    yield f"Decision: {decided}; the chance that it is one of ours is {explanation.chance:.2f}"


def _line(candidate: Candidate) -> str:
    like = f", most like “{candidate.phrasing.text}”" if candidate.phrasing else ""
    return f"{candidate.topic}: {candidate.score:.2f}; {candidate.likeness:.2f}; {candidate.learned:.2f}{like}"
