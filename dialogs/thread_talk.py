"""What people write in an assessment's thread.

People also talk among themselves there, so bare words count only while nobody but their author has written since the
question was posted, or with a mention; and only for a question that was on screen before. When in doubt, silence.
"""

from dialogs.answering import answer_question
from dialogs.asking import allowed, give
from dialogs.commands import answer_command, read_order
from dialogs.course import proceed
from dialogs.effects import Post, Whisper
from dialogs.events import Said, as_command
from dialogs.evidence_words import read_evidence, take_evidence
from dialogs.fact_finding import ask_in_words, take_value, take_words
from dialogs.notes import keep_note, note_for, take_caption, take_picture
from dialogs.permissions import refusal
from dialogs.screens import Crowd, Ended, Noted, Outsider, Problem
from dialogs.several_answers import TypedSeveral, means_questions, read_several, take_several
from dialogs.surroundings import Surroundings
from dialogs.thread_words import explains, in_time, on_screen, take_word
from dialogs.typed import Typed, TypedAnswer, TypedWord, read_typed
from dialogs.updating_facts import told_screen
from dialogs.walk import Walk

_MEANT = ("back", "skip", "pause", "finish", "form", "same", "all-same")


def said(walk: Walk, event: Said) -> None:
    """Take one message of the thread."""
    if why := refusal(event.person, walk.around):
        if event.mentioned:
            walk.then(Whisper(Outsider(why)))
        return
    typed, evidence = _read(walk, event.text), read_evidence(event.text)
    others = [writer for writer in walk.state.writers if writer != event.person.id]
    if event.person.id not in walk.state.writers:
        walk.become(writers=(*walk.state.writers, event.person.id))
    if evidence is not None and (event.mentioned or not others):
        take_evidence(walk, evidence)
    elif event.files and not event.text and (event.mentioned or not others):
        take_picture(walk, event)
    elif event.mentioned:
        _addressed(walk, event, typed)
    elif others:
        _told_crowd(walk, typed)
    else:
        _alone(walk, event, typed)


def _alone(walk: Walk, event: Said, typed: Typed | TypedSeveral | None) -> None:
    """Take bare words of the only one who writes."""
    if isinstance(typed, TypedSeveral):
        take_several(walk, event, typed)
    elif _asks_fact(walk):
        _fact_words(walk, event, typed)
    elif typed is not None:
        _take(walk, event, typed)
    elif event.text:
        take_caption(walk, event)


def _read(walk: Walk, text: str) -> Typed | TypedSeveral | None:
    """Read a message as one answer or word, or as several answers; while facts are asked, a number is a fact."""
    if not _asks_fact(walk):
        several = read_several(walk.script, text)
        if several is not None and means_questions(walk.state, several):
            return several
    return read_typed(walk.script, text)


def _told_crowd(walk: Walk, typed: Typed | TypedSeveral | None) -> None:
    """Say once why a bare word was not taken, where it would have meant something."""
    meant = typed.word in _MEANT if isinstance(typed, TypedWord) else typed is not None
    if meant and walk.state.phase == "asking" and not walk.state.told_crowd:
        walk.become(told_crowd=True)
        walk.then(Post("crowd", Crowd()))


def _addressed(walk: Walk, event: Said, typed: Typed | TypedSeveral | None) -> None:
    """With a mention: an answer, a word, a command, or a note on the open question."""
    if isinstance(typed, TypedSeveral):
        take_several(walk, event, typed)
        return
    if isinstance(typed, TypedWord) and typed.word == "why" and not explains(walk, typed):
        typed = None  # "why do we need a registry?" asks something else
    if _asks_fact(walk) and not (typed is None and _surely_asks(event)):
        _fact_words(walk, event, typed)
    elif typed is not None:
        _take(walk, event, typed)
    elif (order := read_order(event.text)) is not None and order.name != "ask":
        if order.name == "start":
            walk.then(Whisper(Problem("start-elsewhere", {})))
            return
        command = as_command(event, event.text, "mention", thread=event.thread)
        walk.then(*answer_command(walk.script, _here(walk), command))
    elif order is None and (screen := told_screen(walk.script, Surroundings((walk.state,)), event.text)) is not None:
        walk.then(Post(f"told:{event.ts}", screen))
    elif order is None and walk.state.phase == "asking" and _asks_practice(walk) and not _is_question(event):
        keep_note(walk, event)
    else:
        _answer(walk, event, order.rest if order else event.text)


def _here(walk: Walk) -> Surroundings:
    """What this thread is about: its own assessment, and the reminder of its subject."""
    key = walk.state.subject_key
    reminders = {own: reminder for own, reminder in walk.around.reminders.items() if own == key}
    return walk.around._replace(states=(walk.state,), reminders=reminders)


def _is_question(event: Said) -> bool:
    """Whether words to the bot ask something, rather than remark on the open question."""
    return event.found is not None and event.found.asking


def _surely_asks(event: Said) -> bool:
    """Whether words to the bot ask something that has an answer; a fact's value has no question mark."""
    return event.found is not None and event.found.topic is not None and "?" in event.text


def _answer(walk: Walk, event: Said, text: str) -> None:
    """Answer a question in the thread, for all to see; the open question stays open."""
    own = tuple(state for state in walk.around.states if state.subject_key == walk.state.subject_key)
    reply = answer_question(walk.script, walk.around._replace(states=own), event, text, event.found)
    walk.then(*reply.effects, Post(f"answer:{event.ts}", reply.screen))


def _asks_fact(walk: Walk) -> bool:
    question = walk.state.question
    return walk.state.phase == "facts" and question is not None and question.about == "fact"


def _asks_practice(walk: Walk) -> bool:
    return walk.state.question is not None and walk.state.question.about == "practice"


def _fact_words(walk: Walk, event: Said, typed: TypedAnswer | TypedWord | None) -> None:
    question = walk.state.question
    if isinstance(typed, TypedWord) and typed.word in ("why", "help", "pause", "stop", "status"):
        _take(walk, event, typed)
        return
    if question is None or not on_screen(walk, event):
        return
    fact = walk.library.facts[question.id]
    known = any(option.value == "unknown" for option in fact.options)
    unknown = isinstance(typed, TypedAnswer) and typed.choice == "unknown" and not known
    if unknown or (isinstance(typed, TypedWord) and typed.word == "skip"):
        take_value(walk, None)
    elif not take_words(walk, event.text):
        return
    if not ask_in_words(walk):
        proceed(walk)


def _take(walk: Walk, event: Said, typed: TypedAnswer | TypedWord) -> None:
    if isinstance(typed, TypedAnswer):
        _take_answer(walk, event, typed)
    else:
        take_word(walk, event, typed)


def _take_answer(walk: Walk, event: Said, typed: TypedAnswer) -> None:
    state, question = walk.state, walk.state.question
    if state.phase == "paused" and event.mentioned:
        walk.then(Whisper(Problem("paused", {})))
    if state.phase == "finished" and event.mentioned:
        walk.then(Whisper(Ended(state)))
    if state.phase != "asking" or question is None or not in_time(walk, event, typed.choice):
        return
    if not allowed(walk, question.id, typed.choice):
        return
    note = note_for(walk, question.id, typed.note, *event.files)
    give(walk, question.id, typed.choice, note, event.ts)
    if not typed.literal or question.slot == state.lost:
        given = walk.state.answers[question.id]
        walk.then(Post(f"noted:{walk.turn}", Noted(state.id, question.id, walk.state.numbers[question.id], given)))
    proceed(walk)
