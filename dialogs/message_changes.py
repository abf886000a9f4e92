"""What becomes of an assessment when messages in its thread are edited or deleted, by whomever."""

from dialogs.asking import about_left, answered_here, ask, give
from dialogs.change_screens import AnswerLine, EditUnread, Moved, MovedAway, Withdrawn, WithdrawOffer
from dialogs.course import say_paused, show_again
from dialogs.editing import carry_on, change_answer
from dialogs.effects import Dismiss, Edit, LeaveThread, Post, Record, Whisper
from dialogs.events import Deleted, Edited, Pressed, Said
from dialogs.evidence import Grounds, links_in
from dialogs.folding import folded_form
from dialogs.notes import note_for
from dialogs.permissions import refusal
from dialogs.screens import Done, Ended, Folded, FoldedLine, Paused
from dialogs.several_answers import read_several
from dialogs.state import State
from dialogs.thread_talk import said
from dialogs.typed import TypedAnswer, TypedWord, read_typed
from dialogs.walk import Walk


def message_edited(walk: Walk, event: Edited) -> None:
    """Change the answers that the message gave, if they are still the thread's.

    A message that gave none and now reads as an answer to the open question is taken as if it had just been written.
    """
    if refusal(event.person, walk.around) is not None:
        return
    given = sources_of(walk.state, event.ts)
    if not given:
        _late_answer(walk, event)
    elif not walk.state.running:
        _offer_reopening(walk)
    elif (now := _answers_in(walk, event, given)) is None:
        _unread(walk, event, given)
    else:
        for practice, answer in now.items():
            _change(walk, event, practice, answer)


def sources_of(state: State, ts: str) -> tuple[str, ...]:
    """The practices whose present answer came by this message, in the order of their numbers."""
    found = [practice for practice, source in state.sources.items() if source == ts and practice in state.answers]
    return tuple(sorted(found, key=lambda practice: state.numbers[practice]))


def _offer_reopening(walk: Walk) -> None:
    """After the end nothing changes; whoever tried is told how to reopen."""
    if walk.state.phase == "finished":
        walk.then(Whisper(Ended(walk.state)))


def _answers_in(walk: Walk, event: Edited, given: tuple[str, ...]) -> dict[str, TypedAnswer] | None:
    """What the message says now about the questions it answered; None where it reads as no answer to any of them."""
    numbers = {walk.state.numbers[practice]: practice for practice in given}
    if (several := read_several(walk.script, event.text)) is not None:
        found = {numbers[number]: answer for number, answer in several.answers if number in numbers}
        return found or None
    typed = read_typed(walk.script, event.text)
    if isinstance(typed, TypedWord) and typed.choice is not None and typed.number in numbers:
        return {numbers[typed.number]: TypedAnswer(typed.choice, None, literal=True)}
    return {given[0]: typed} if isinstance(typed, TypedAnswer) and len(given) == 1 else None


def _change(walk: Walk, event: Edited, practice: str, answer: TypedAnswer) -> None:
    was = walk.state.answers[practice]
    note = note_for(walk, practice, answer.note, *event.files)
    if was.choice != answer.choice:
        change_answer(walk, practice, answer.choice, note, event.ts)
    elif (was.note or None) != note:
        grounds = Grounds(tuple(link for link in was.evidence if link not in links_in(was.note)), was.last_run)
        give(walk, practice, answer.choice, note, event.ts, grounds)
        carry_on(walk, practice)


def _late_answer(walk: Walk, event: Edited) -> None:
    question, state = walk.state.question, walk.state
    if state.phase != "asking" or question is None or not event.shown or event.thread in state.left_threads:
        return
    if isinstance(read_typed(walk.script, event.text), TypedAnswer) or read_several(walk.script, event.text):
        said(walk, event.as_said())


def _unread(walk: Walk, event: Edited, given: tuple[str, ...]) -> None:
    if event.ts in walk.state.told_edits:
        return
    walk.become(told_edits=(*walk.state.told_edits, event.ts))
    walk.then(Whisper(EditUnread(_lines(walk.state, given))))


def _lines(state: State, practices: tuple[str, ...]) -> tuple[AnswerLine, ...]:
    return tuple(AnswerLine(practice, state.numbers[practice], state.answers[practice]) for practice in practices)


# Deletions -----------------------------------------------------------------------------------------------------------


def message_deleted(walk: Walk, event: Deleted) -> None:
    """The parent: go on under a new one. What is open: note it. An answer's message: ask privately what it means."""
    state = walk.state
    if event.ts == state.thread:
        _move(walk, event)
    elif event.slot is not None and event.slot == open_slot(state):
        walk.become(lost=event.slot)
    elif given := sources_of(state, event.ts):
        if state.running:
            walk.then(Whisper(WithdrawOffer(state.id, event.ts, _lines(state, given))))
        else:
            _offer_reopening(walk)


def open_slot(state: State) -> str:
    """The message that waits for somebody; empty where none does."""
    if state.question is not None:
        return state.question.slot if state.phase in ("facts", "asking") else ""
    return state.phase if state.phase in ("facts", "offer") else ""


def bring_back(walk: Walk) -> None:
    """Post again what was open and was deleted, unless it has been dealt with: somebody is here."""
    lost, question = walk.state.lost, walk.state.question
    if not lost or walk.state.phase == "paused":
        return
    walk.become(lost="")
    if lost != open_slot(walk.state):
        return
    if question is not None and question.about == "practice":
        ask(walk, question.id)
    else:
        show_again(walk)


def _move(walk: Walk, event: Deleted) -> None:
    """Post a new parent, and under it what is open; the old thread is left."""
    state = walk.state
    if not state.running or event.ts in state.left_threads:
        return
    question = state.question
    number = state.numbers.get(question.id) if question is not None else None
    about = max(number or 0, answered_here(state) + about_left(walk.library, state))
    walk.become(left_threads=(*state.left_threads, event.ts), told_moved=(), lost="")
    walk.then(LeaveThread(event.ts), Post("parent", Moved(state, number, about), "channel"))
    if state.phase == "paused":
        say_paused(walk, Paused(state.id, number, state.starter_name))
    elif question is not None and question.about == "practice":
        ask(walk, question.id)
    else:
        show_again(walk)


def moved_away(walk: Walk, event: Said) -> None:
    """Tell who writes in a thread that was left where it goes on: once, and whenever they mention the bot."""
    state, person = walk.state, event.person.id
    if (person in state.told_moved and not event.mentioned) or refusal(event.person, walk.around) is not None:
        return
    if person not in state.told_moved:
        walk.become(told_moved=(*state.told_moved, person))
    walk.then(Whisper(MovedAway(state, posted=state.thread not in state.left_threads)))


def withdraw(walk: Walk, event: Pressed) -> None:
    """Take answers back whose message was deleted, as far as they are still the same; they are asked again."""
    ts, _, named = event.argument.partition(" ")
    state = walk.state
    given = tuple(practice for practice in sources_of(state, ts) if practice in named.split(","))
    if not given:
        walk.then(Dismiss(Done("stays")))
        return
    lines = _lines(state, given)
    walk.become(
        answers={practice: answer for practice, answer in state.answers.items() if practice not in given},
        order=tuple(practice for practice in state.order if practice not in given),
        sources={practice: source for practice, source in state.sources.items() if practice not in given},
    )
    for practice in given:
        walk.then(Record(practice, "unknown", "withdrawn", event.person, event.at))
        _unfold(walk, practice)
    walk.then(Dismiss(Done("withdrawn")), Post(f"withdrawn:{walk.turn}", Withdrawn(lines, event.person.name)))
    carry_on(walk)


def _unfold(walk: Walk, practice: str) -> None:
    """Redraw the message of an answer that is open again, or take its line out of the form's message."""
    slot = walk.state.slots.get(practice, "")
    if slot == open_slot(walk.state):
        return  # it is being asked again already
    if not slot.startswith("form:"):
        line = FoldedLine(practice, walk.state.numbers[practice], None, "later")
        walk.then(Edit(slot, Folded(walk.state.id, line)))
        return
    walk.become(slots={other: where for other, where in walk.state.slots.items() if other != practice})
    if slot in walk.state.slots.values():
        walk.then(Edit(slot, folded_form(walk.state, slot)))
