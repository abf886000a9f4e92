"""What people write in an assessment's thread.

People also talk among themselves there, so bare words count only while nobody but their author has written since the
question was posted, or with a mention; and only for a question that was on screen before. When in doubt, silence.
"""

from dialogs.answers import Choice
from dialogs.asking import allowed, ask_again, ask_next, give, go_back, skip
from dialogs.commands import Surroundings, answer_command, read_order
from dialogs.course import decide, finish, go_on, reopen, resume
from dialogs.editing import change_answer, practice_of_number
from dialogs.effects import Answer, Post, Whisper
from dialogs.events import Commanded, Said
from dialogs.fact_finding import ask_in_words, take_value, take_words
from dialogs.judgement import judge
from dialogs.screens import (
    Crowd,
    Ended,
    Help,
    Noted,
    NoteKept,
    NotUnderstood,
    Outsider,
    Problem,
    StopChoice,
    WhyFact,
    WhyNumber,
    WhyPractice,
)
from dialogs.typed import TypedAnswer, TypedWord, read_typed
from dialogs.walk import Walk
from knowledge.content import DIMENSIONS


def said(walk: Walk, event: Said) -> None:
    """Take one message of the thread."""
    if event.person.outsider:
        if event.mentioned:
            walk.then(Whisper(Outsider()))
        return
    typed = read_typed(walk.script, event.text)
    others = [writer for writer in walk.state.writers if writer != event.person.id]
    if event.person.id not in walk.state.writers:
        walk.become(writers=(*walk.state.writers, event.person.id))
    if event.mentioned:
        _addressed(walk, event, typed)
    elif _asks_fact(walk):
        if not others:
            _fact_words(walk, event, typed)
    elif typed is not None and others:
        _told_crowd(walk, typed)
    elif typed is not None:
        _take(walk, event, typed)


def _told_crowd(walk: Walk, typed: TypedAnswer | TypedWord) -> None:
    """Say once why a bare word was not taken, where it would have meant something."""
    meant = isinstance(typed, TypedAnswer) or typed.word in ("back", "skip", "pause", "finish", "form")
    if meant and walk.state.phase == "asking" and not walk.state.told_crowd:
        walk.become(told_crowd=True)
        walk.then(Post("crowd", Crowd()))


def _addressed(walk: Walk, event: Said, typed: TypedAnswer | TypedWord | None) -> None:
    """With a mention: an answer, a word, a command, or a note on the open question."""
    if _asks_fact(walk):
        _fact_words(walk, event, typed)
    elif typed is not None:
        _take(walk, event, typed)
    elif (order := read_order(event.text)) is not None:
        if order.name == "start":
            walk.then(Whisper(Problem("start-elsewhere", {})))
            return
        command = Commanded(
            key=event.key,
            workspace=event.workspace,
            channel=event.channel,
            person=event.person,
            at=event.at,
            text=event.text,
            by="mention",
            channel_name=walk.state.channel_name,
            thread=event.thread,
        )
        walk.then(*answer_command(walk.script, Surroundings((walk.state,)), command))
    elif walk.state.phase == "asking" and _asks_practice(walk):
        _keep_note(walk, event)
    else:
        walk.then(Whisper(NotUnderstood(event.text[: walk.script.file.limits.question])))


def _asks_fact(walk: Walk) -> bool:
    question = walk.state.question
    return walk.state.phase == "facts" and question is not None and question.about == "fact"


def _asks_practice(walk: Walk) -> bool:
    return walk.state.question is not None and walk.state.question.about == "practice"


def _on_screen(walk: Walk, event: Said) -> bool:
    """Whether the open question was there when this was written; else says so privately."""
    if event.question_ts is not None and _moment(event.question_ts) < _moment(event.ts):
        return True
    walk.then(Whisper(Problem("too-early", {})))
    return False


def _moment(ts: str) -> tuple[int, int]:
    seconds, _, rest = ts.partition(".")
    return int(seconds), int(rest or 0)


def _fact_words(walk: Walk, event: Said, typed: TypedAnswer | TypedWord | None) -> None:
    question = walk.state.question
    if isinstance(typed, TypedWord) and typed.word in ("why", "help", "pause", "stop", "status"):
        _take(walk, event, typed)
        return
    if question is None or not _on_screen(walk, event):
        return
    fact = walk.library.facts[question.id]
    known = any(option.value == "unknown" for option in fact.options)
    unknown = isinstance(typed, TypedAnswer) and typed.choice == "unknown" and not known
    if unknown or (isinstance(typed, TypedWord) and typed.word == "skip"):
        take_value(walk, None)
    elif not take_words(walk, event.text):
        return
    if not ask_in_words(walk):
        _next(walk)


def _next(walk: Walk) -> None:
    if not ask_next(walk):
        finish(walk)


def _take(walk: Walk, event: Said, typed: TypedAnswer | TypedWord) -> None:
    if isinstance(typed, TypedAnswer):
        _take_answer(walk, event, typed)
    else:
        _take_word(walk, event, typed)


def _take_answer(walk: Walk, event: Said, typed: TypedAnswer) -> None:
    state, question = walk.state, walk.state.question
    if state.phase == "paused" and event.mentioned:
        walk.then(Whisper(Problem("paused", {})))
    if state.phase == "finished" and event.mentioned:
        walk.then(Whisper(Ended(state)))
    if state.phase != "asking" or question is None or not _on_screen(walk, event):
        return
    if not allowed(walk, question.id, typed.choice):
        return
    note = shortened(walk, typed.note)
    give(walk, question.id, typed.choice, note)
    if not typed.literal:
        given = walk.state.answers[question.id]
        walk.then(Post(f"noted:{walk.turn}", Noted(state.id, question.id, walk.state.numbers[question.id], given)))
    _next(walk)


def shortened(walk: Walk, note: str | None) -> str | None:
    """A note within its limit; the person is told what was cut."""
    limit = walk.script.file.limits.note
    if note is None or len(note) <= limit:
        return note
    walk.then(Whisper(Problem("note-too-long", {"length": len(note), "limit": limit})))
    return note[: limit - 1] + "…"


def _keep_note(walk: Walk, event: Said) -> None:
    """A remark made with a mention is kept with the open question; the question stays open."""
    question = walk.state.question
    note = shortened(walk, " ".join(event.text.split()))
    if question is None or not note:
        walk.then(Whisper(Help(in_thread=True)))
        return
    walk.become(notes={**walk.state.notes, question.id: note})
    number = walk.state.numbers[question.id]
    walk.then(Post(f"note:{walk.turn}", NoteKept(question.id, number, note)))


def _take_word(walk: Walk, event: Said, typed: TypedWord) -> None:
    state = walk.state
    if typed.word == "help":
        walk.then(Whisper(Help(in_thread=True)))
    elif typed.word == "status":
        command = Commanded(
            key=event.key,
            workspace=event.workspace,
            channel=event.channel,
            person=event.person,
            at=event.at,
            text=f"status {state.subject}",
            by="mention",
            channel_name=state.channel_name,
            thread=event.thread,
        )
        effects = answer_command(walk.script, Surroundings((state,)), command)
        walk.then(*(Whisper(effect.screen) for effect in effects if isinstance(effect, Answer)))
    elif typed.word == "why":
        _why(walk, typed)
    elif state.phase == "discarded":
        return
    elif typed.word == "reopen":
        reopen(walk)
    elif state.phase == "finished":
        if event.mentioned or typed.word == "edit":
            walk.then(Whisper(Ended(state)))
    elif state.phase == "paused":
        _word_while_paused(walk, event, typed)
    else:
        _steer(walk, event, typed)


def _word_while_paused(walk: Walk, event: Said, typed: TypedWord) -> None:
    if typed.word == "resume":
        resume(walk)
    elif typed.word == "finish":
        decide(walk, "finish", sure=False)
    elif typed.word == "stop":
        walk.then(Whisper(StopChoice(walk.state.id, len(walk.state.answers))))
    elif event.mentioned:
        walk.then(Whisper(Problem("paused", {})))


def _steer(walk: Walk, event: Said, typed: TypedWord) -> None:
    if typed.word in ("pause", "finish"):
        decide(walk, "pause" if typed.word == "pause" else "finish", sure=False)
    elif typed.word == "stop":
        walk.then(Whisper(StopChoice(walk.state.id, len(walk.state.answers))))
    elif typed.word == "edit":
        _edit(walk, typed.number, typed.choice)
    elif typed.word == "resume" and walk.state.phase == "offer":
        go_on(walk)
    elif walk.state.phase == "asking":
        if typed.word == "back":
            go_back(walk)
        elif typed.word == "skip" and _on_screen(walk, event):
            skip(walk)
            _next(walk)
        elif typed.word == "form" and event.mentioned:
            walk.then(Whisper(Help(in_thread=True)))


def _edit(walk: Walk, number: int | None, choice: Choice | None) -> None:
    """Ask the last answer again on "edit", question 3 on "edit 3"; change it at once on "edit 3 yes"."""
    if number is None:
        go_back(walk)
        return
    practice = practice_of_number(walk.state, number)
    if practice is None:
        last = max(walk.state.numbers.values(), default=0)
        walk.then(Whisper(Problem("unknown-question-number", {"given": number, "last": last})))
    elif choice is not None:
        change_answer(walk, practice, choice)
    else:
        ask_again(walk, practice)


def _why(walk: Walk, typed: TypedWord) -> None:
    """Explain the open question on "why?", question 3 on "why 3", a number of the report on "why model creation"."""
    question, slot = walk.state.question, f"why:{walk.turn}"
    practice = practice_of_number(walk.state, typed.number) if typed.number is not None else None
    if practice is not None:
        walk.then(Post(slot, WhyPractice(practice)))
    elif walk.state.phase == "finished" and (topic := _topic(typed.rest)):
        judgement = judge(walk.library, walk.state.choices(), walk.state.known_facts())
        walk.then(Post(slot, WhyNumber(topic, walk.state, judgement)))
    elif question is not None and not typed.rest:
        walk.then(Post(slot, WhyFact(question.id) if question.about == "fact" else WhyPractice(question.id)))


_TOPICS: dict[str, str] = {
    **dict(zip(DIMENSIONS, DIMENSIONS, strict=True)),
    **dict.fromkeys(("", "overall", "level", "this-level"), "overall"),
    **dict.fromkeys(("google", "google's-level"), "google"),
    **dict.fromkeys(("target", "aim", "the-target"), "target"),
    **dict.fromkeys(("risks", "these-risks"), "risks"),
    "provisional": "provisional",
}


def _topic(rest: str) -> str | None:
    """What a number is asked about; the overall level where nothing else is named."""
    return _TOPICS.get(rest.strip(" ?.!").replace(" ", "-"))
