"""The words that steer a conversation in its thread: back, skip, pause, finish, stop, edit, why, status, help."""

from dialogs.answers import Choice
from dialogs.asking import answered_before, ask_again, go_back, skip
from dialogs.commands import answer_command
from dialogs.course import decide, go_on, proceed, reopen, resume
from dialogs.editing import change_answer, practice_of_number
from dialogs.effects import Answer, Post, Whisper
from dialogs.events import Said, as_command
from dialogs.judgement import judge
from dialogs.rechecking import all_still_true, facts_still_true, still_true
from dialogs.screens import Ended, Help, Problem, StopChoice, WhyFact, WhyNumber, WhyPractice
from dialogs.surroundings import Surroundings
from dialogs.typed import COUNTS, TypedWord
from dialogs.walk import Walk
from knowledge.content import DIMENSIONS


def on_screen(walk: Walk, event: Said) -> bool:
    """Whether the open question was there when this was written; else says so privately."""
    if not event.shown:
        walk.then(Whisper(Problem("too-early", {})))
    return event.shown


def in_time(walk: Walk, event: Said, choice: Choice) -> bool:
    """The same for an answer; one that a click overtook is told what is recorded, and may change it."""
    if event.shown or not walk.state.order:
        return on_screen(walk, event)
    last = walk.state.order[-1]
    clicked = last in walk.state.answers and last not in walk.state.sources
    return on_screen(walk, event) if not clicked else not answered_before(walk, last, choice)


def take_word(walk: Walk, event: Said, typed: TypedWord) -> None:
    """Do what a steering word asks for, as far as the assessment's phase allows."""
    state = walk.state
    if typed.word == "help":
        walk.then(Whisper(Help(in_thread=True)))
    elif typed.word == "status":
        command = as_command(event, f"status {state.subject}", "mention", thread=event.thread)
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
        _edit(walk, event, typed.number, typed.choice)
    elif typed.word == "resume" and walk.state.phase == "offer":
        go_on(walk)
    elif typed.word in ("same", "all-same"):
        _same(walk, event, typed)
    elif walk.state.phase == "asking":
        if typed.word == "back":
            go_back(walk)
        elif typed.word == "skip" and on_screen(walk, event):
            skip(walk)
            proceed(walk)
        elif typed.word == "form" and event.mentioned:
            walk.then(Whisper(Help(in_thread=True)))


def _same(walk: Walk, event: Said, typed: TypedWord) -> None:
    """Confirm last time's answer, all that is left of them, or the facts; elsewhere only a mention is answered."""
    state = walk.state
    if state.phase == "facts" and state.since is not None and state.question is None:
        facts_still_true(walk)
    elif state.phase == "asking" and state.recheck and on_screen(walk, event):
        if typed.word == "all-same":
            all_still_true(walk)
        elif state.question is not None:
            still_true(walk, state.question.id)
    elif event.mentioned:
        walk.then(Whisper(Problem("no-last-answer", {})))


def _edit(walk: Walk, event: Said, number: int | None, choice: Choice | None) -> None:
    """Ask the last answer again on "edit", question 3 on "edit 3"; change it at once on "edit 3 yes"."""
    if number is None:
        go_back(walk)
        return
    practice = practice_of_number(walk.state, number)
    if practice is None:
        last = max(walk.state.numbers.values(), default=0)
        walk.then(Whisper(Problem("unknown-question-number", {"given": number, "last": last})))
    elif choice is not None:
        change_answer(walk, practice, choice, source=event.ts)
    else:
        ask_again(walk, practice)


def explains(walk: Walk, typed: TypedWord) -> bool:
    """Whether a "why" asks about the open question or a number of the report, and not about something else."""
    if typed.rest == COUNTS:
        return walk.state.question is not None
    if typed.number is not None or not typed.rest:
        return True
    return walk.state.phase == "finished" and _topic(typed.rest) is not None


def _why(walk: Walk, typed: TypedWord) -> None:
    """Explain the open question on "why?", question 3 on "why 3", a number of the report on "why model creation"."""
    question, slot = walk.state.question, f"why:{walk.turn}"
    practice = practice_of_number(walk.state, typed.number) if typed.number is not None else None
    if practice is not None:
        walk.then(Post(slot, WhyPractice(practice)))
    elif walk.state.phase == "finished" and (topic := _topic(typed.rest)):
        judgement = judge(walk.library, walk.state.choices(), walk.state.known_facts())
        walk.then(Post(slot, WhyNumber(topic, walk.state, judgement)))
    elif question is not None and typed.rest in ("", COUNTS):
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
