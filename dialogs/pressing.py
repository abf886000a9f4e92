"""The buttons of an assessment, a small function each; answers of a question are in `engine.py`."""

from collections.abc import Callable

from dialogs.asking import go_back, skip
from dialogs.commands import fresh_state
from dialogs.course import decide, finish, go_on, proceed, reopen, resume, show_again, start_over, undo_discard
from dialogs.editing import as_choice, change_answer, open_edit
from dialogs.effects import Dismiss, Edit, Open, Whisper
from dialogs.events import Pressed, as_command
from dialogs.fact_finding import ask_in_words, facts_line, leave_words, open_form, take_value
from dialogs.fact_values import from_form
from dialogs.form_answers import open_answers_form
from dialogs.judgement import judge
from dialogs.screens import Done, Ended, Outdated, Problem, WhyNumber, WhyView
from dialogs.state import Mode
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
    take_value(walk, None if skipped else from_form(walk.library, walk.library.facts[key], value))
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


def _start_over(walk: Walk, event: Pressed) -> None:
    old = walk.state
    order = as_command(event, "", "slash")
    mode: Mode = "full" if event.argument == "full" else "quick"
    fresh = fresh_state(walk.script, order, old.subject, mode, {**old.last_facts, **old.known_facts()})
    start_over(walk, fresh)


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
    "start-over": _start_over,
}
_AFTER_THE_END = ("why-number", "reopen", "why", "keep", "stay")
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
)
