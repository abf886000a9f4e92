"""Reports that are asked for, earlier results, what changed between them and why, and the files of all that."""

import re
from collections.abc import Sequence
from typing import get_args

from dialogs.asking import about_left, answered_here
from dialogs.changes import changes_between
from dialogs.effects import Answer, Effect, Upload, Whisper
from dialogs.events import Commanded, Pressed
from dialogs.one_subject import one_subject
from dialogs.plan import set_aside
from dialogs.result import pinned
from dialogs.result_screens import (
    DiffPage,
    Entry,
    ExportFiles,
    ExportKind,
    FilesComing,
    HistoryPage,
    Pictures,
    ReportAgain,
)
from dialogs.roadmap import next_steps
from dialogs.screens import Done, Problem
from dialogs.script import Script, plain
from dialogs.state import State
from dialogs.surroundings import Result, Surroundings
from dialogs.walk import Walk
from knowledge.library import Library

PAGE = 6  # results on one page of a history
EXPORT_WORDS: dict[str, tuple[ExportKind, ...]] = {
    "markdown": ("markdown",),
    "md": ("markdown",),
    "csv": ("csv",),
    "json": ("json",),
    "html": ("html",),
    "all": get_args(ExportKind),
}
_NUMBER = re.compile(r"#?(\d{1,3})")


def report_command(script: Script, around: Surroundings, event: Commanded, rest: str) -> tuple[Effect, ...]:
    """Show a report: of the last finished assessment, with its result as it was made, else of what runs."""
    found = one_subject(around, event, rest, "report")
    if not isinstance(found, State):
        return (Answer(found),)
    library = script.library
    results = around.results.get(found.subject_key, ())
    judgement = pinned(library, found, _last_of(results, found))
    later = set_aside(around.plans.get(found.subject_key, {}))
    steps = next_steps(library, judgement, found.choices(), found.known_facts(), later=later)
    answered = answered_here(found)
    about = answered + about_left(library, found) if found.running else 0
    screen = ReportAgain(found, judgement, steps, found.assessed_at, answered if found.running else 0, about)
    return (Answer(screen, share=event.text),)


def _last_of(results: Sequence[Result], state: State) -> dict[str, object] | None:
    found = (result for result in results if result.standing.dialog == state.id)
    newest = next(found, None)
    return dict(newest.whole) if newest is not None and not state.running else None


# History -------------------------------------------------------------------------------------------------------------


def history_command(script: Script, around: Surroundings, event: Commanded, rest: str) -> tuple[Effect, ...]:
    """List the results of a subject that changed a level or the target, with what caused it; newest first."""
    page, asked = _page(rest)
    found = one_subject(around, event, asked, "history")
    if not isinstance(found, State):
        return (Answer(found),)
    results = around.results.get(found.subject_key, ())
    if not results:
        return (Answer(Problem("not-finished-yet", {"subject": found.subject})),)
    every = entries(script.library, results)
    told = [entry for entry in every if entry.changes is None or entry.changes.levels or entry.changes.target]
    pages = -(-len(told) // PAGE)
    page = min(max(page, 1), pages)
    shown = tuple(told[(page - 1) * PAGE : page * PAGE])
    screen = HistoryPage(found.subject, shown, len(every) - len(told), page, pages)
    return (Answer(screen, share=event.text),)


def _page(rest: str) -> tuple[int, str]:
    """Read "page 2 of SUBJECT", as its buttons say it."""
    read = re.fullmatch(r"page (\d{1,3})(?: of (.*))?", rest.strip(), re.IGNORECASE)
    return (int(read[1]), read[2] or "") if read else (1, rest)


def entries(library: Library, results: Sequence[Result]) -> tuple[Entry, ...]:
    """Results, newest first, as entries with their numbers and what changed against the one before."""
    found = []
    for place, result in enumerate(results):
        before = results[place + 1] if place + 1 < len(results) else None
        changes = changes_between(library, before.whole, result.whole) if before is not None else None
        if before is not None or result.standing.number == 1:  # what changed in the oldest of many is not known
            found.append(Entry(result.standing.number, result.standing, changes))
    return tuple(found)


def diff_command(script: Script, around: Surroundings, event: Commanded, rest: str) -> tuple[Effect, ...]:
    """Tell what changed between two results: "diff 1 3 SUBJECT", or the last two."""
    named, asked = _two(rest)
    found = one_subject(around, event, asked, "diff")
    if not isinstance(found, State):
        return (Answer(found),)
    results = around.results.get(found.subject_key, ())
    if len(results) < 2:  # noqa: PLR2004 - two are compared
        told = {"subject": found.subject}
        return (Answer(Problem("history-one-result", told) if results else Problem("not-finished-yet", told)),)
    first, last = results[-1].standing.number, results[0].standing.number
    numbers = named if len(named) > 1 else (*named, last) if named else (last - 1, last)
    if strange := [number for number in numbers if not first <= number <= last]:
        return (Answer(Problem("history-unknown-result", {"given": strange[0], "first": first, "last": last})),)
    older, newer = sorted(numbers[:2])
    changes = changes_between(script.library, _numbered(results, older).whole, _numbered(results, newer).whole)
    before, after = (Entry(number, _numbered(results, number).standing, None) for number in (older, newer))
    return (Answer(DiffPage(found.subject, before, after, changes), share=event.text),)


def _two(rest: str) -> tuple[tuple[int, ...], str]:
    """Read up to two numbers in front of a subject."""
    words, numbers = rest.split(), list[int]()
    while words and len(numbers) < 2 and (read := _NUMBER.fullmatch(words[0])):  # noqa: PLR2004 - likewise
        numbers.append(int(read[1]))
        words = words[1:]
        if words and plain(words[0]) in ("and", "to", "with"):
            words = words[1:]
    return tuple(numbers), " ".join(words)


def _numbered(results: Sequence[Result], number: int) -> Result:
    return results[results[0].standing.number - number]


# Files ---------------------------------------------------------------------------------------------------------------


def export_command(around: Surroundings, event: Commanded, rest: str) -> tuple[Effect, ...]:
    """Put the export of a subject into its thread: "export fraud model as csv", else all four forms."""
    kinds, asked = _kinds(rest)
    found = one_subject(around, event, asked, f"export {'all' if len(kinds) > 1 else kinds[0]}")
    if not isinstance(found, State):
        return (Answer(found),)
    if found.thread is None:
        return (Answer(Problem("no-thread", {"subject": found.subject})),)
    return Upload(found, ExportFiles(kinds)), Answer(FilesComing(found, kinds))


def _kinds(rest: str) -> tuple[tuple[ExportKind, ...], str]:
    words = rest.split()
    for place in (-1, 0):
        if words and (kinds := EXPORT_WORDS.get(plain(words[place]))):
            del words[place]
            if words and plain(words[place]) in ("as", "in"):
                del words[place]
            return kinds, " ".join(words)
    return get_args(ExportKind), " ".join(words)


def show_pictures(walk: Walk, _: Pressed) -> None:
    """Put the pictures of a result into its thread."""
    state = walk.state
    if state.thread is None:
        walk.then(Whisper(Problem("no-thread", {"subject": state.subject})))
        return
    judgement = pinned(walk.library, state, _last_of(walk.around.results.get(state.subject_key, ()), state))
    walk.then(Upload(state, Pictures(judgement)), Whisper(Done("pictures")))
