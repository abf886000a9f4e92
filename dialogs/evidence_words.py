"""Evidence given in words: "evidence 3 https://ci.example/run/12, ran 2026-11-20"."""

import datetime as dt
import re
from typing import NamedTuple

from dialogs.asking import give
from dialogs.editing import form_errors, practice_of_number
from dialogs.effects import Post, Whisper
from dialogs.evidence import MOST, Grounds, evidence_with, links_in, read_day
from dialogs.notes import shortened
from dialogs.screens import Ended, EvidenceKept, Problem
from dialogs.walk import Walk

_WORDS = re.compile(
    r"\s*evidence(?: for| of)?(?: question| no\.?| answer)?\s*#?(\d{1,3})?\b[:,]?\s*(.*)", re.IGNORECASE | re.DOTALL
)
_RAN = re.compile(r"\b(?:last )?(?:ran|run|last)(?: on| at| was)?[: ]+(\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)


class TypedEvidence(NamedTuple):
    """What was typed: the number of the question (None: the last one answered), links, and when it last ran."""

    number: int | None
    links: tuple[str, ...]
    last_run: dt.date | None


def read_evidence(text: str) -> TypedEvidence | None:
    """Read evidence; None where the text is none: it begins with the word and holds a link or a day."""
    found = _WORDS.fullmatch(text)
    if found is None:
        return None
    ran = _RAN.search(found[2])
    links, last_run = links_in(found[2]), read_day(ran[1]) if ran else None
    if not links and last_run is None:
        return None
    return TypedEvidence(int(found[1]) if found[1] else None, links, last_run)


def take_evidence(walk: Walk, typed: TypedEvidence) -> None:
    """Keep evidence with an answer that was given; who adds it stands behind the answer from then on."""
    state = walk.state
    if not state.running:
        walk.then(Whisper(Ended(state)))
        return
    last = state.order[-1] if state.order else None
    practice = last if typed.number is None else practice_of_number(state, typed.number)
    given = state.answers.get(practice) if practice is not None else None
    if practice is None or given is None:
        walk.then(Whisper(Problem("evidence-without-answer", {"number": typed.number or 0})))
        return
    if form_errors(walk, None, typed.last_run):
        walk.then(Whisper(Problem("evidence-not-yet", {"day": str(typed.last_run)})))
        return
    safe = tuple(link for link in typed.links if shortened(walk, link) is not None)
    if not safe and typed.last_run is None:
        return
    grounds = Grounds(evidence_with(None, given.evidence, safe)[:MOST], typed.last_run or given.last_run)
    give(walk, practice, given.choice, given.note, state.sources.get(practice), grounds)
    now = walk.state.answers[practice]
    walk.then(Post(f"evidence:{walk.turn}", EvidenceKept(practice, state.numbers[practice], now)))
