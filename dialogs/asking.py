"""Asking: which question comes, what an answer does, going back, skipping."""

from dialogs import choosing
from dialogs.answers import Choice
from dialogs.carried import carried_on
from dialogs.effects import Edit, Post, Record, Whisper
from dialogs.evidence import NO_GROUNDS, Grounds, evidence_with
from dialogs.folding import leave, redraw
from dialogs.judgement import judge
from dialogs.reminder_screens import RecheckDone
from dialogs.screens import (
    AlreadyAnswered,
    FactsInvitation,
    Folded,
    FoldedLine,
    OverallSettled,
    Problem,
    Question,
    SameAnswer,
)
from dialogs.state import Given, OpenQuestion, State
from dialogs.walk import Walk
from knowledge.library import Library


def about_left(library: Library, state: State) -> int:
    """How many questions are still to come, roughly, the open one and those to be asked again included."""
    return len(state.recheck) + choosing.about_left(
        library,
        state.choices(),
        state.known_facts(),
        mode=state.mode,
        beyond_overall=state.beyond_overall,
        skipped=state.skipped,
    )


def answered_here(state: State) -> int:
    """How many questions were answered in this thread; a reassessment takes others over."""
    return sum(practice in state.numbers for practice in state.answers)


def next_practice(library: Library, state: State) -> str | None:
    """The practice to ask next; None when nothing is left that matters."""
    return choosing.next_practice(
        library,
        state.choices(),
        state.known_facts(),
        mode=state.mode,
        beyond_overall=state.beyond_overall,
        skipped=state.skipped,
    )


def ask_next(walk: Walk) -> bool:
    """Ask what comes next, or offer the result; False when nothing is left, so that the end has come."""
    walk.become(phase="asking", question=None)
    if walk.state.recheck:
        ask(walk, walk.state.recheck[0])
        return True
    if walk.state.facts_later:
        _ask_facts(walk)
        return True
    practice = next_practice(walk.library, walk.state)
    if practice is None and walk.state.skipped and not walk.state.skipped_again:
        walk.become(skipped=(), skipped_again=True)  # what was skipped comes once more, at the end
        practice = next_practice(walk.library, walk.state)
    if practice is not None:
        ask(walk, practice)
        return True
    if walk.state.mode == "quick" and not walk.state.beyond_overall:
        walk.become(beyond_overall=True)
        left = about_left(walk.library, walk.state)
        if left and not walk.state.offered:
            _offer(walk, left)
            return True
        return ask_next(walk) if left else False
    return False


def _ask_facts(walk: Walk) -> None:
    """In a reassessment the facts come second."""
    walk.become(phase="facts", facts_later=False)
    state = walk.state
    if "recheck" in state.slots and state.since is not None:
        walk.then(Edit("recheck", RecheckDone(state.since, state.confirmed, state.changed)))
    walk.then(Post("facts", FactsInvitation(state.id, prefilled=True, kept=state.known_facts())))


def _offer(walk: Walk, left: int) -> None:
    score = judge(walk.library, walk.state.choices(), walk.state.known_facts()).score
    up_to = score.ceiling.overall if score.ceiling.overall != score.floor.overall else None
    walk.become(phase="offer", offered=True, beyond_overall=False, writers=())
    screen = OverallSettled(walk.state.id, score.floor.overall, left, walk.turn, up_to)
    walk.then(Post("offer", screen))


def ask(walk: Walk, practice: str) -> None:
    """Post a question; it is the open one from now on."""
    state = walk.state
    number = state.numbers.get(practice, len(state.numbers) + 1)
    slot = f"question:{number}:{walk.turn}"
    screen = question_screen(walk, practice, number, walk.turn)
    walk.become(
        phase="asking",
        question=OpenQuestion(about="practice", id=practice, slot=slot, turn=walk.turn),
        numbers={**state.numbers, practice: number},
        slots={**state.slots, practice: slot},
        writers=(),
    )
    walk.then(Post(slot, screen))


def question_screen(walk: Walk, practice: str, number: int, turn: int) -> Question:
    """A question as things stand; `turn` is the one in which it is, or was, asked."""
    state = walk.state
    answered, left = answered_here(state), about_left(walk.library, state)
    return Question(
        dialog=state.id,
        practice=practice,
        number=number,
        about=max(number, answered + left),
        done=answered / max(1, answered + left),
        turn=turn,
        so_far=state.answers.get(practice),
        rechecks=len(state.recheck) if practice in state.recheck else 0,
    )


def give(
    walk: Walk,
    practice: str,
    choice: Choice,
    note: str | None = None,
    source: str | None = None,
    grounds: Grounds = NO_GROUNDS,
) -> None:
    """Record an answer and fold its message. What comes next is the caller's business.

    `source` is the ts of the message that gave it, None for a click or a form. Links in the note are evidence too.
    """
    state, person = walk.state, walk.event.person
    given = Given(
        choice=choice,
        note=note,
        evidence=evidence_with(note, grounds.evidence),
        last_run=grounds.last_run,
        person=person.id,
        name=person.name,
        at=walk.event.at,
    )
    order = (*(other for other in state.order if other != practice), practice)
    number = state.numbers.get(practice, len(state.numbers) + 1)
    without = {other: ts for other, ts in state.sources.items() if other != practice}
    if practice in state.recheck:
        same = state.answers[practice].choice == choice
        walk.become(confirmed=state.confirmed + same, changed=state.changed + (not same))
    walk.become(
        answers={**state.answers, practice: given},
        carried=carried_on(state, practice, person.id),
        sources={**without, practice: source} if source is not None else without,
        numbers={**state.numbers, practice: number},
        order=order,
        skipped=tuple(other for other in state.skipped if other != practice),
        recheck=tuple(other for other in state.recheck if other != practice),
    )
    walk.then(Record(practice, choice, note, person, walk.event.at, given.evidence, given.last_run))
    redraw(walk, practice)


def answered_before(walk: Walk, practice: str, choice: Choice) -> bool:
    """Whether somebody has answered this practice and it is not being asked again; says so privately."""
    given, question = walk.state.answers.get(practice), walk.state.question
    if given is None or (question is not None and question.id == practice):
        return False
    if given.choice == choice:
        walk.then(Whisper(SameAnswer(practice, given)))
    else:
        walk.then(Whisper(AlreadyAnswered(walk.state.id, practice, given, choice)))
    return True


def allowed(walk: Walk, practice: str, choice: Choice) -> bool:
    """Whether this choice may be given; "not applicable" only where the practice says when."""
    known = walk.library.practices.get(practice)
    if known is None or (choice == "na" and known.na_when is None):
        title = known.title if known else practice
        walk.then(Whisper(Problem("na-not-allowed", {"title": title})))
        return False
    return True


def go_back(walk: Walk) -> None:
    """Ask the previously answered question again; the open one comes again later."""
    order, question = walk.state.order, walk.state.question
    at = order.index(question.id) if question is not None and question.id in order else len(order)
    if at == 0:
        walk.then(Whisper(Problem("nothing-to-go-back-to", {})))
        return
    ask_again(walk, order[at - 1])


def ask_again(walk: Walk, practice: str) -> None:
    """Ask one question again at the end of the thread; its old message says so."""
    if walk.state.question is not None and walk.state.question.id == practice:
        leave(walk, "again")
    else:
        leave(walk, "later")
        slot = walk.state.slots.get(practice)
        if slot is not None and not slot.startswith("form:"):
            line = FoldedLine(practice, walk.state.numbers[practice], None, "again")
            walk.then(Edit(slot, Folded(walk.state.id, line)))
    ask(walk, practice)


def skip(walk: Walk) -> None:
    """Leave the open question for later; one asked again keeps its answer."""
    question = walk.state.question
    if question is None or question.about != "practice":
        walk.then(Whisper(Problem("nothing-open", {})))
        return
    if question.id not in walk.state.answers:
        walk.become(skipped=(*walk.state.skipped, question.id))
    walk.become(recheck=tuple(other for other in walk.state.recheck if other != question.id))
    leave(walk, "skipped")
