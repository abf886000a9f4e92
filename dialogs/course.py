"""The course of an assessment: pausing, resuming, finishing, discarding, reopening, and who may."""

from typing import Literal

from dialogs.asking import about_left, answered_here, ask, ask_next
from dialogs.effects import Conclude, Dismiss, Edit, Post, Upload, Whisper
from dialogs.fact_finding import ask_in_words
from dialogs.folding import leave
from dialogs.judgement import judge
from dialogs.looking_again import look_again
from dialogs.permissions import in_charge
from dialogs.result import snapshot
from dialogs.result_screens import Pictures
from dialogs.roadmap import next_steps
from dialogs.screens import (
    Confirm,
    Discarded,
    Done,
    FactsInvitation,
    OfferFolded,
    Parent,
    Paused,
    Problem,
    Reopened,
    Report,
    Resumed,
    Screen,
    Summary,
)
from dialogs.walk import Walk

Decision = Literal["pause", "finish", "discard"]


def parent(walk: Walk) -> Parent:
    """The parent message as things stand; with the result once it is finished."""
    state, library, script = walk.state, walk.library, walk.script.file
    about = answered_here(state) + about_left(library, state)
    minutes = max(1, round((about * script.seconds_per_question) / 60 + script.facts_minutes))
    finished = judge(library, state.choices(), state.known_facts()) if state.phase == "finished" else None
    return Parent(state, about, minutes, finished)


def begin(walk: Walk) -> None:
    """Post the parent message, and in its thread the facts' invitation."""
    walk.then(Post("parent", parent(walk), "channel"))
    walk.then(Post("facts", FactsInvitation(walk.state.id, bool(walk.state.last_facts))))


def decide(walk: Walk, decision: Decision, *, sure: bool) -> None:
    """Pause, finish or discard; anyone but the starter, and anyone who discards, is asked to confirm first."""
    state = walk.state
    by_starter = in_charge(walk.event.person, state)
    if not sure and (not by_starter or decision == "discard"):
        answered = len(state.answers)
        walk.then(Whisper(Confirm(state.id, decision, state.starter_name, by_starter, answered)))
        return
    if decision == "pause":
        pause(walk)
    elif decision == "finish":
        finish(walk)
    else:
        discard(walk, replaced=False)


def pause(walk: Walk) -> None:
    """Let it rest; the open question stays where it is."""
    state = walk.state
    if state.phase == "paused":
        walk.then(Whisper(Problem("paused", {})))
        return
    question = state.question
    number = state.numbers.get(question.id) if question is not None else None
    rest(walk)
    say_paused(walk, Paused(state.id, number, walk.event.person.name))
    walk.then(Edit("parent", parent(walk)))


def rest(walk: Walk, why: Literal["", "channel", "shared"] = "") -> None:
    """Stop asking, and noticing silence, until somebody resumes; `why` where nobody decided it."""
    walk.become(phase="paused", rested_in=walk.state.phase, rest=why, nudge=None, nudged=False)


def say_paused(walk: Walk, screen: Screen) -> None:
    """Post the message from which it can be resumed; Resume will redraw it."""
    slot = f"pause:{walk.turn}"
    walk.become(slots={**walk.state.slots, "pause": slot})
    walk.then(Post(slot, screen))


def resume(walk: Walk) -> None:
    """Go on where it stopped; the open question is posted again, since the old one may be far up."""
    state = walk.state
    if state.phase != "paused":
        walk.then(Whisper(Problem("not-paused", {})))
        return
    walk.become(phase=state.rested_in, rest="")
    if slot := state.slots.get("pause"):
        walk.then(Edit(slot, Resumed(walk.event.person.name)))
    walk.then(Edit("parent", parent(walk)))
    show_again(walk)


def show_again(walk: Walk) -> None:
    """Bring what is open to the end of the thread."""
    question = walk.state.question
    if walk.state.phase == "facts":
        if question is not None:
            slots = {key: slot for key, slot in walk.state.slots.items() if key != question.slot}
            walk.become(slots=slots, question=None)
            ask_in_words(walk)
        else:
            kept = walk.state.known_facts() if walk.state.since is not None else {}
            prefilled = bool(kept or walk.state.last_facts)
            walk.then(Post("facts", FactsInvitation(walk.state.id, prefilled, kept)))
    elif question is not None:
        leave(walk, "again")
        ask(walk, question.id)
    elif walk.state.phase == "offer":
        walk.become(offered=False)
        ask_next(walk)
    else:
        proceed(walk)


def finish(walk: Walk) -> None:
    """Close it with the report in the thread and a summary in the channel."""
    leave(walk, "skipped")
    close_offer(walk, went_on=False)
    number = walk.state.reports + 1
    walk.become(phase="finished", question=None, reports=number, writers=())
    state, library = walk.state, walk.library
    judgement = judge(library, state.choices(), state.known_facts())
    steps = next_steps(library, judgement, state.choices(), state.known_facts())
    walk.then(
        Conclude(snapshot(library, state, judgement), walk.event.at),
        Post(f"report:{number}", Report(state.id, state, judgement, steps)),
        Upload(state, Pictures(judgement)),
        Post(f"summary:{number}", Summary(state, judgement), "broadcast"),
        Edit("parent", parent(walk)),
        *look_again(walk),
    )


def proceed(walk: Walk) -> None:
    """Ask what comes next; where nothing is left, finish."""
    if not ask_next(walk):
        finish(walk)


def close_offer(walk: Walk, *, went_on: bool) -> None:
    """Fold quick's offer once somebody has chosen."""
    if walk.before.phase == "offer" or walk.before.rested_in == "offer":
        judgement = judge(walk.library, walk.state.choices(), walk.state.known_facts())
        screen = OfferFolded(judgement.score.floor.overall, went_on, walk.event.person.name)
        walk.then(Edit("offer", screen))


def go_on(walk: Walk) -> None:
    """Carry quick on, beyond the overall level."""
    close_offer(walk, went_on=True)
    walk.become(phase="asking", beyond_overall=True, rested_in="asking")
    proceed(walk)


def discard(walk: Walk, *, replaced: bool) -> None:
    """Throw it away; it can be brought back unless a new one took its place."""
    state = walk.state
    leave(walk, "later")
    phase = state.rested_in if state.phase == "paused" else state.phase
    walk.become(phase="discarded", rested_in=phase, question=None)
    screen = Discarded(state.id, walk.event.person.name, replaced)
    walk.then(Edit("parent", parent(walk)), Post(f"discarded:{walk.turn}", screen))


def undo_discard(walk: Walk) -> None:
    """Bring a discarded assessment back."""
    if walk.state.phase != "discarded":
        walk.then(Dismiss(Done("stays")))
        return
    walk.become(phase=walk.state.rested_in)
    walk.then(Edit("parent", parent(walk)))
    show_again(walk)


def reopen(walk: Walk) -> None:
    """Take answers again after the end; the next Finish makes another report."""
    if walk.state.phase != "finished":
        walk.then(Whisper(Problem("not-finished", {})))
        return
    walk.become(phase="asking", beyond_overall=walk.state.beyond_overall or walk.state.offered, skipped_again=False)
    left = about_left(walk.library, walk.state)
    slot = f"reopened:{walk.turn}"
    walk.then(Post(slot, Reopened(walk.state.id, left, walk.event.person.name)), Edit("parent", parent(walk)))
    if left:
        ask_next(walk)
