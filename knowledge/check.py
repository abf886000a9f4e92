"""Every problem of a content folder, and what deserves a look, for `maturity-bot check`."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from knowledge.index import Index
from knowledge.learned import fingerprint
from knowledge.library import ContentError, Library, load_library

# A folder with these is complete by itself; any other is a company's overlay on what ships.
_COMPLETE = ("models/microsoft.yml", "facts.yml", "target.yml")


class Findings(NamedTuple):
    """What is wrong and must be mended, and what should be looked at; each line names where and what to do."""

    problems: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def library_of(folder: Path | None = None) -> Library:
    """Read `folder` by itself if it is complete, else as an overlay on what ships; ContentError with every problem."""
    complete = folder is not None and all((folder / name).is_file() for name in _COMPLETE)
    return load_library(folder) if complete else load_library(overlay=folder)


def check(folder: Path | None = None) -> tuple[str, ...]:
    """List the problems of `folder`, each `file: field: what to do`; empty when it is good.

    Without a folder the content that ships is checked.
    """
    try:
        library_of(folder)
    except ContentError as error:
        return error.problems
    return ()


def findings(library: Library, index: Index, today: dt.date, *, shipped: bool = False) -> Findings:
    """Look at readable content closely: what no question reaches, what has aged, what nothing cites.

    `shipped` content is that of the model, so it must be the very phrasings that it learned from.
    """
    doubts = (*_overdue(library, today), *_uncited(library), *(_unlearned(index) if shipped else ()))
    return Findings(tuple(_unreached(library, index)), doubts)


def _unreached(library: Library, index: Index) -> Iterator[str]:
    """Entries that none of their own phrasings finds."""
    for name, entry in library.entries.items():
        for ask in (*entry.asks, entry.title):
            found = index.ask(ask)
            if found.topic == entry.topic and name in {entry.topic, found.entry}:
                break
        else:
            if entry.asks or name != entry.topic:
                yield f"answers: {name}: is reached by none of its own phrasings; give it asks that are its own"


def _overdue(library: Library, today: dt.date) -> Iterator[str]:
    dated = [(f"answers: {name}", entry.review_by) for name, entry in library.entries.items()]
    dated += [(f"tools/{slug}.yml", tool.review_by) for slug, tool in library.tools.items() if tool.review_by]
    dated += [
        (f"capabilities/{name}.yml", capability.review_by)
        for name, capability in library.capabilities.items()
        if capability.review_by
    ]
    for where, by in dated:
        if today > by:
            yield f"{where}: review_by: was due on {by.isoformat()}; read it again and set both dates"


def _uncited(library: Library) -> Iterator[str]:
    target, models = library.target, (library.microsoft, library.google)
    citing = (
        [each.sources for each in library.entries.values()],
        [each.sources for each in library.practices.values()],
        [each.sources for each in library.capabilities.values()],
        [each.sources for each in library.tools.values()],
        [each.sources for each in library.facts.values()],
        [each.sources for each in target.rules],
        [each.sources for each in target.needs],
        [each.sources for each in target.readiness],
        [level.sources for model in models for level in model.levels],
        [model.sources for model in models],
    )
    cited = {key for group in citing for keys in group for key in keys}
    for key in library.sources:
        if key not in cited:
            yield f"sources: {key}: is cited by nothing; cite it or take it out"


def _unlearned(index: Index) -> Iterator[str]:
    if fingerprint(index.reader.phrasings) != index.learned_from:
        yield "asking/learned.json.gz: is older than the phrasings; run `make learn`"
