"""Several answers in one message: "1 yes 2 no 3 partly", each for the question of its number."""

import re
from dataclasses import dataclass

from dialogs.asking import allowed, give
from dialogs.change_screens import AnswerLine, SeveralTaken
from dialogs.editing import carry_on, practice_of_number
from dialogs.effects import Post, Whisper
from dialogs.events import Said
from dialogs.notes import note_for
from dialogs.screens import Ended, Problem
from dialogs.script import Script
from dialogs.state import State
from dialogs.typed import TypedAnswer, read_typed
from dialogs.walk import Walk

_MARK = re.compile(r"(?:^|(?<=[\s,;]))(?:q|#)?(\d{1,3})\s*[.):=\u2013-]?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedSeveral:
    """Answers by the numbers of their questions, in the order in which they were typed."""

    answers: tuple[tuple[int, TypedAnswer], ...]


def read_several(script: Script, text: str) -> TypedSeveral | None:
    """Read a message in which every part is a number and an answer; None where one is not, or a number comes twice."""
    marks = list(_MARK.finditer(text))
    if not marks or text[: marks[0].start()].strip():
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    read: list[tuple[int, TypedAnswer]] = []
    for mark, end in zip(marks, ends, strict=True):
        answer = read_typed(script, text[mark.end() : end].strip(" ,;"))
        if not isinstance(answer, TypedAnswer):
            return None
        read.append((int(mark[1]), answer))
    return TypedSeveral(tuple(read)) if len({number for number, _ in read}) == len(read) else None


def means_questions(state: State, several: TypedSeveral) -> bool:
    """Whether the numbers are those of questions: two or more, or the open question's alone."""
    open_ = state.numbers.get(state.question.id) if state.question is not None else None
    return len(several.answers) > 1 or several.answers[0][0] == open_


def take_several(walk: Walk, event: Said, several: TypedSeveral) -> None:
    """Take the answers to all questions that were asked, and show them back in one message."""
    state = walk.state
    if state.phase not in ("asking", "offer"):
        if event.mentioned and state.phase == "finished":
            walk.then(Whisper(Ended(state)))
        elif event.mentioned and state.phase == "paused":
            walk.then(Whisper(Problem("paused", {})))
        return
    lines = [line for number, answer in several.answers if (line := _take(walk, event, number, answer)) is not None]
    if lines:
        walk.then(Post(f"several:{walk.turn}", SeveralTaken(tuple(lines), event.person.name)))
    carry_on(walk, *(line.practice for line in lines))


def _take(walk: Walk, event: Said, number: int, answer: TypedAnswer) -> AnswerLine | None:
    state = walk.state
    practice = practice_of_number(state, number)
    if practice is None:
        last = max(state.numbers.values(), default=0)
        walk.then(Whisper(Problem("unknown-question-number", {"given": number, "last": last})))
        return None
    is_open = state.question is not None and state.question.id == practice
    if is_open and not event.shown:
        walk.then(Whisper(Problem("too-early", {})))
        return None
    if not allowed(walk, practice, answer.choice):
        return None
    was = state.answers.get(practice)
    note = note_for(walk, practice, answer.note)
    if was is None or (was.choice, was.note) != (answer.choice, note):
        give(walk, practice, answer.choice, note, event.ts)
    else:
        walk.become(sources={**state.sources, practice: event.ts})
    now = walk.state.answers[practice]
    return AnswerLine(practice, number, now, was if was is not None and was.choice != now.choice else None)
