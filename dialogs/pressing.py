"""The buttons of an assessment, a small function each; answers of a question are in `engine.py`."""

from collections.abc import Callable, Mapping
from typing import Literal

from dialogs.asking import go_back, skip
from dialogs.channel_course import take_over
from dialogs.course import decide, finish, go_on, proceed, reopen, resume, show_again, undo_discard
from dialogs.editing import as_choice, change_answer, open_edit, take_meant
from dialogs.effects import Dismiss, Edit, Open, Whisper
from dialogs.events import Pressed
from dialogs.fact_finding import ask_in_words, facts_line, leave_words, open_form, take_value
from dialogs.fact_values import from_button
from dialogs.form_answers import open_answers_form
from dialogs.judgement import judge
from dialogs.looking_again import take_offer
from dialogs.looking_back import show_pictures
from dialogs.message_changes import withdraw
from dialogs.planning import PLANNING, plan_pressed
from dialogs.rechecking import all_still_true, facts_still_true, still_true
from dialogs.screens import Done, Ended, Outdated, Problem, SameAnswer, WhyNumber, WhyView
from dialogs.starting import start_over
from dialogs.updating_facts import open_update
from dialogs.walk import Walk


def pressed(walk: Walk, event: Pressed) -> None:
    """Take any other button of an assessment."""
    handler = _BUTTONS.get(event.action)
    if handler is None or (walk.state.phase == "discarded" and event.action not in ("undo-discard", "why")):
        walk.then(Whisper(Outdated(walk.state)))
    elif walk.state.phase == "finished" and event.action not in _AFTER_THE_END:
        walk.then(Whisper(Ended(walk.state)))
    elif walk.state.phase == "paused" and event.action in _NOT_WHILE_PAUSED:
        walk.then(Whisper(Problem("paused", {})))
    else:
        handler(walk, event)
        _tell_elsewhere(walk, event)


_ENDS: Mapping[str, Literal["finished", "discarded", "paused"]] = {
    "finished": "finished",
    "discarded": "discarded",
    "paused": "paused",
}


def _tell_elsewhere(walk: Walk, event: Pressed) -> None:
    """A click in a direct message works in the thread; say so where the click was."""
    if event.channel == walk.state.channel or any(isinstance(each, Whisper | Open) for each in walk.effects):
        return
    before, now = walk.before.phase, walk.state.phase
    if before != now:
        walk.then(Whisper(Done(_ENDS.get(now, "going-on"))))


def _facts_words(walk: Walk, _: Pressed) -> None:
    if walk.state.phase != "facts" or walk.state.question is not None:
        walk.then(Whisper(Outdated(walk.state)))
    elif not ask_in_words(walk):
        proceed(walk)


def _facts_skip(walk: Walk, _: Pressed) -> None:
    if walk.state.phase != "facts":
        walk.then(Whisper(Outdated(walk.state)))
        return
    leave_words(walk)
    walk.then(Edit("facts", facts_line(walk)))
    proceed(walk)


def _fact(walk: Walk, event: Pressed) -> None:
    key, _, value = event.argument.partition("=")
    question = walk.state.question
    if walk.state.phase != "facts" or question is None or question.id != key:
        walk.then(Whisper(Outdated(walk.state)))
        return
    skipped = event.action == "fact-skip"
    take_value(walk, None if skipped else from_button(walk.library, walk.library.facts[key], value))
    if not ask_in_words(walk):
        proceed(walk)


def _why(walk: Walk, event: Pressed) -> None:
    if event.argument in walk.library.practices:
        walk.then(Open(WhyView(event.argument)))


def _skip(walk: Walk, event: Pressed) -> None:
    question = walk.state.question
    if question is None or (event.argument and event.argument != question.id):
        walk.then(Whisper(Problem("nothing-open", {})))
        return
    skip(walk)
    proceed(walk)


def _decide(walk: Walk, event: Pressed) -> None:
    if event.action == "confirm":
        if event.argument in ("pause", "finish", "discard"):
            done = {"pause": "paused", "finish": "finished", "discard": "discarded"}[event.argument]
            decide(walk, event.argument, sure=True)  # type: ignore[arg-type]  # one of the three, see above
            walk.then(Dismiss(Done(done)))  # type: ignore[arg-type]  # likewise
    elif event.action in ("pause", "finish", "discard"):
        decide(walk, event.action, sure=False)  # type: ignore[arg-type]  # one of the three, see above
        if event.private:
            walk.then(Dismiss())


def _keep(walk: Walk, event: Pressed) -> None:
    walk.then(Dismiss(Done("kept" if event.action == "keep" else "stays")))


def _change(walk: Walk, event: Pressed) -> None:
    practice, _, wanted = event.argument.partition("=")
    choice = as_choice(wanted)
    if choice is not None and practice in walk.library.practices:
        changed = change_answer(walk, practice, choice)
        walk.then(Dismiss(Done("changed" if changed else "kept")))


def _show_result(walk: Walk, _: Pressed) -> None:
    if walk.state.phase == "offer":
        finish(walk)
    else:
        walk.then(Whisper(Outdated(walk.state)))


def _go_on(walk: Walk, _: Pressed) -> None:
    if walk.state.phase == "offer":
        go_on(walk)
    else:
        walk.then(Whisper(Outdated(walk.state)))


def _why_number(walk: Walk, event: Pressed) -> None:
    state = walk.state
    walk.then(Whisper(WhyNumber(event.argument, state, judge(walk.library, state.choices(), state.known_facts()))))


def _continue(walk: Walk, _: Pressed) -> None:
    if walk.state.phase == "paused":
        resume(walk)
    elif walk.state.phase != "offer":
        show_again(walk)
    walk.then(Dismiss(Done("going-on")))


def _still_true(walk: Walk, event: Pressed) -> None:
    question, given = walk.state.question, walk.state.answers.get(event.argument)
    if question is not None and question.id == event.argument:
        still_true(walk, event.argument)
    elif given is not None and event.argument in walk.library.practices:
        walk.then(Whisper(SameAnswer(event.argument, given)))
    else:
        walk.then(Whisper(Outdated(walk.state)))


def _all_still_true(walk: Walk, _: Pressed) -> None:
    if walk.state.phase == "asking" and walk.state.recheck:
        all_still_true(walk)
    else:
        walk.then(Whisper(Outdated(walk.state)))


def _facts_still_true(walk: Walk, _: Pressed) -> None:
    if walk.state.phase == "facts" and walk.state.question is None:
        facts_still_true(walk)
    else:
        walk.then(Whisper(Outdated(walk.state)))


_BUTTONS: dict[str, Callable[[Walk, Pressed], None]] = {
    "facts-form": lambda walk, event: open_form(walk, 2 if event.argument == "2" else 1),
    "facts-words": _facts_words,
    "facts-skip": _facts_skip,
    "fact": _fact,
    "fact-skip": _fact,
    "form": lambda walk, _: open_answers_form(walk),
    "why": _why,
    "back": lambda walk, _: go_back(walk),
    "skip": _skip,
    "pause": _decide,
    "finish": _decide,
    "discard": _decide,
    "confirm": _decide,
    "resume": lambda walk, _: resume(walk),
    "edit": lambda walk, event: open_edit(walk, event.argument),
    "keep": _keep,
    "stay": _keep,
    "change": _change,
    "show-result": _show_result,
    "go-on": _go_on,
    "why-number": _why_number,
    "reopen": lambda walk, _: reopen(walk),
    "undo-discard": lambda walk, _: undo_discard(walk),
    "continue": _continue,
    "start-over": start_over,
    "still-true": _still_true,
    "all-still-true": _all_still_true,
    "facts-still-true": _facts_still_true,
    "remind": take_offer,
    "withdraw": withdraw,
    "meant": take_meant,
    "take-over": take_over,
    "update-facts": open_update,
    "leave-facts": lambda walk, _: walk.then(Dismiss(Done("left"))),
    "pictures": show_pictures,
    **dict.fromkeys(PLANNING, plan_pressed),
}
_AFTER_THE_END = (
    "why-number",
    "reopen",
    "why",
    "keep",
    "stay",
    "remind",
    "update-facts",
    "leave-facts",
    "pictures",
    *PLANNING,
)
_NOT_WHILE_PAUSED = (
    "facts-form",
    "facts-words",
    "facts-skip",
    "fact",
    "fact-skip",
    "form",
    "back",
    "skip",
    "go-on",
    "still-true",
    "all-still-true",
    "facts-still-true",
)
