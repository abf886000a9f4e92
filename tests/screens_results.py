"""The gallery's room of results: next steps, history, differences, what-if, files."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any, get_args

from dialogs import result_screens as x
from dialogs import screens as s
from dialogs.changes import changes_between
from dialogs.judgement import judge
from dialogs.plan import Plan
from dialogs.planning import next_page
from dialogs.result import snapshot
from dialogs.standing import Standing, essence
from dialogs.state import Given, State
from dialogs.what_if import WhatIfProblem, read_what_if, what_if
from knowledge.library import Library

NOON = dt.datetime(2026, 11, 3, 12, 0, tzinfo=dt.UTC)
WHOLE = Given(
    choice="yes",
    note="see https://ci.example/run/12",
    evidence=("https://ci.example/run/12", "https://" + "long" * 30),
    last_run=dt.date(2026, 11, 1),
    person="U1",
    name="Ana",
    at=NOON,
)


def results(library: Library, teams: Mapping[str, State], nasty: str) -> Iterator[tuple[str, s.Screen]]:
    """Examples of every screen; `nasty` is a subject."""
    yield "evidence kept", s.EvidenceKept("M2-C-1", 3, WHOLE)
    yield "folded with evidence", s.Folded("d1", s.FoldedLine("M2-C-1", 3, WHOLE))
    yield "folded in short", s.Folded("d1", s.FoldedLine("M2-C-1", 3, WHOLE.model_copy(update={"last_run": None})))
    yield from _steps(library, teams, nasty)
    yield from _history(library, teams, nasty)
    yield from _what_if(library, teams)
    kinds: tuple[x.ExportKind, ...] = get_args(x.ExportKind)
    yield "files coming", x.FilesComing(teams["nasty"], kinds)
    yield "file coming", x.FilesComing(teams["done"], ("csv",))
    yield "files refused for a scope", x.FilesRefused("missing_scope")
    yield "files refused", x.FilesRefused("storage_limit_reached")
    yield "which one", x.WhichOne("diff 1 2", tuple(f"{n} {nasty}"[:80] for n in range(30)))


def _steps(library: Library, teams: Mapping[str, State], nasty: str) -> Iterator[tuple[str, s.Screen]]:
    for name, state in teams.items():
        page = next_page(library, state)
        yield f"next {name}", page
        first = page.steps[0].practice if page.steps else "M2-C-4"
        plans = {first: Plan(first, "UOWNER", "Ana", dt.date(2026, 12, 3))}
        yield f"next planned {name}", next_page(library, state, plans)
        later = {step.practice: Plan(step.practice, later=True) for step in page.steps}
        yield f"next put off {name}", next_page(library, state, later)
        yield (
            f"report again {name}",
            x.ReportAgain(state, page.judgement, page.steps, NOON, answered=3, about=28),
        )
        done = state.model_copy(update={"phase": "finished"})
        yield f"report with all put off {name}", x.ReportAgain(done, page.judgement, (), NOON)
        yield f"report of then {name}", x.ReportAgain(done, page.judgement, page.steps, NOON)
    everything_off = next_page(library, teams["one below"])
    off: dict[str, Plan] = {}
    while everything_off.steps:
        off |= {step.practice: Plan(step.practice, later=True) for step in everything_off.steps}
        everything_off = next_page(library, teams["one below"], off)
    yield "next with everything put off", everything_off
    risky = teams["done"].model_copy(update={"answers": {**teams["done"].answers, "X-owner": _no(WHOLE)}})
    yield "next with a risk", next_page(library, risky)
    there = next_page(library, teams["done"])
    assert there.done is not None
    yield "next without flips", replace(there, done=replace(there.done, flips=()))
    yield "step answered meanwhile", x.AnsweredMeanwhile("M2-C-4", WHOLE)
    yield "step planned", x.StepPlanned(Plan("M2-C-4", "UOWNER", "Ana", dt.date(2026, 12, 3)), nasty)
    yield "step dated", x.StepPlanned(Plan("M2-C-4", due=dt.date(2026, 12, 3)), "Ana")
    yield "step taken", x.StepPlanned(Plan("M2-C-4", "UOWNER"), "Ana")
    yield "step given back", x.StepPlanned(Plan("M2-C-4"), "Ana")
    judged = {name: judge(library, state.choices(), state.known_facts()) for name, state in teams.items()}
    for before, after in (
        ("one below", "done"),
        ("done", "one below"),
        ("done", "share missing"),
        ("one below", "one below"),
        ("provisional", "overall settled"),
        ("overall settled", "one below"),
        ("nothing known", "done"),
    ):
        yield f"step done {before} {after}", x.StepDone("M2-C-4", None, WHOLE, judged[before], judged[after])
    yield "step done again", x.StepDone("M2-C-4", WHOLE, WHOLE, judged["all no"], judged["all partly"])


def _no(given: Given) -> Given:
    return given.model_copy(update={"choice": "no"})


def _history(library: Library, teams: Mapping[str, State], nasty: str) -> Iterator[tuple[str, s.Screen]]:
    kept: list[dict[str, Any]] = [
        {**snapshot(library, state, judge(library, state.choices(), state.known_facts()))} for state in teams.values()
    ]
    kept.append({**kept[5], "content_version": "older"})
    standings = [standing(result, number, nasty) for number, result in enumerate(kept)]
    entries = []
    for number, (older, newer) in enumerate(pairwise(kept), start=2):
        changes = changes_between(library, older, newer)
        entries.append(x.Entry(number, standings[number - 1], changes))
        pair = (x.Entry(number - 1, standings[number - 2], None), x.Entry(number, standings[number - 1], None))
        yield f"diff {number}", x.DiffPage(nasty, *pair, changes)
    same = changes_between(library, kept[0], kept[0])
    first = x.Entry(1, standings[0], None)
    fewer = {**kept[1], "content_version": "older", "answers": {}, "overall": 3}
    yield "diff of content", x.DiffPage(nasty, first, first, changes_between(library, fewer, kept[1]))
    yield "diff of fewer", x.DiffPage(nasty, first, first, changes_between(library, kept[1], fewer))
    yield "diff the same", x.DiffPage(nasty, first, first, same)
    moved = {**kept[1], "answers": {**kept[1]["answers"], "X-owner": kept[4]["answers"]["X-owner"]}}
    yield "diff of a risk", x.DiffPage(nasty, first, first, changes_between(library, kept[1], moved))
    yield "history", x.HistoryPage(nasty, (*reversed(entries[:5]), first), 3, 1, 2)
    yield "history later", x.HistoryPage(nasty, tuple(reversed(entries[-6:])), 0, 2, 3)
    yield "history once only", x.HistoryPage(nasty, (first,), 1, 1, 1)


def standing(result: Mapping[str, object], number: int, subject: str) -> Standing:
    """What a snapshot comes to."""
    more = essence(result)
    ceiling = result["ceiling"]
    assert isinstance(ceiling, dict)
    return Standing(
        dialog="d1",
        turn=number,
        channel="C1",
        subject=subject,
        subject_key=subject,
        at=NOON + dt.timedelta(days=number),
        overall=int(str(result["overall"])),
        up_to=ceiling["overall"],
        target=None if more["open_target"] else int(str(result["target"])),
        dimensions=more["dimensions"],
        google=more["google"],
        provisional=more["provisional"],
        risks=tuple(more["risks"]),
    )


def _what_if(library: Library, teams: Mapping[str, State]) -> Iterator[tuple[str, s.Screen]]:
    every = " and ".join(f"{practice.id} were yes" for practice in library.asked())
    texts = ("M2-C-4 were yes", "M2-C-4 were no", "use_cases were 30 and importance were high", "M1-C-1 = no", every)
    for text in texts:
        supposed = read_what_if(library, text)
        assert isinstance(supposed, tuple)
        for name, state in teams.items():
            found = what_if(library, state.choices(), state.known_facts(), supposed)
            yield f"what if {text[:20]} {name}", x.WhatIfPage(state, found)
    wrong = ("", "M9-C-1 yes", "we bought a robot", "M2-C-4", "use_cases -5", "M2-C-4 na", "M2-C-4 yes and M2-C-4 no")
    for text in wrong:
        problem = read_what_if(library, text)
        assert isinstance(problem, WhatIfProblem)
        yield f"what if unread {problem.kind}", x.WhatIfUnread(problem)
    odd = read_what_if(library, "importance were <!channel>")
    assert isinstance(odd, WhatIfProblem)
    yield "what if nasty", x.WhatIfUnread(odd)
