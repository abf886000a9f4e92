"""Checks between content files: what one file names, another must hold.

Each check yields `(file, field, what to do)`; all run, so that a person sees every problem at once.
"""

from collections.abc import Iterator

from knowledge.answer_checks import answer_problems
from knowledge.parts import Found, Parts, repeated, unknown
from knowledge.target_checks import fits, target_problems

_LEVELS = {"microsoft": (0, 1, 2, 3, 4), "google": (0, 1, 2)}


def crosscheck(parts: Parts) -> list[str]:
    """Every problem between the files, as `file: field: what to do`."""
    checks = (_models, _practices, _order, _twins, _facts, target_problems, _capabilities, _tools, answer_problems)
    return [f"{file}: {field}: {what}" for check in checks for file, field, what in check(parts)]


def _models(parts: Parts) -> Iterator[Found]:
    for key, model in parts.models.items():
        file = f"models/{key}.yml"
        if model.key != key:
            yield file, "key", f"must be {key}, as the file's name says"
        numbers = tuple(level.number for level in model.levels)
        if numbers != _LEVELS[key]:
            yield file, "levels", f"must be {', '.join(map(str, _LEVELS[key]))} in this order, without gaps"
        for what in unknown(parts, "sources", model.sources):
            yield file, "sources", what
        for level in model.levels:
            for what in unknown(parts, "sources", level.sources):
                yield file, f"levels.{level.number}.sources", what


def _practices(parts: Parts) -> Iterator[Found]:
    for name, practice in parts.practices.items():
        for what in unknown(parts, "sources", practice.sources):
            yield *parts.at("practices", name, "sources"), what
        for what in unknown(parts, "capabilities", (practice.capability,)):
            yield *parts.at("practices", name, "capability"), what
    asked = ((name, practice.title) for name, practice in parts.practices.items() if not practice.same_as)
    for name, first in repeated(asked):
        yield *parts.at("practices", name, "title"), f"is also the title of {first}; tell them apart"


def _order(parts: Parts) -> Iterator[Found]:
    """What a practice names under `after`: it exists, is no higher, and never waits for the practice in turn."""
    for name, practice in parts.practices.items():
        at = parts.at("practices", name, "after") if practice.after else ("", "")
        for what in unknown(parts, "practices", practice.after):
            yield *at, what
        for other in (parts.practices[each] for each in practice.after if each in parts.practices):
            if other.model not in (practice.model, "outside"):
                yield *at, f"names {other.id} of another ladder; give one of its own, or an X practice"
            elif (other.level or 0) > (practice.level or 0):
                yield *at, f"names {other.id} of a higher level; a step never waits for a later one"
        if round_trip := _round_trip(parts, name):
            yield *at, f"goes round in a circle ({' after '.join(round_trip)}); take one link out"


def _round_trip(parts: Parts, start: str) -> tuple[str, ...]:
    """The shortest way along `after` from a practice back to itself, told once, at the first practice on it."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:  # grows while it is walked
        last = parts.practices.get(way[-1])
        for other in last.after if last else ():
            if other == start:
                return (*way, start) if way[0] == min(way, key=list(parts.practices).index) else ()
            if other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return ()


def _twins(parts: Parts) -> Iterator[Found]:
    taken: dict[str, str] = {}
    for name, practice in parts.practices.items():
        other = practice.same_as
        if other is None:
            continue
        at = parts.at("practices", name, "same_as")
        for what in unknown(parts, "practices", (other,)):
            yield *at, what
        if practice.model != "google" or not other.startswith("M"):
            yield *at, "only a Google practice may repeat a Microsoft practice; give the M id"
        if other in taken:
            yield *at, f"{other} is repeated by {taken[other]} already; keep one"
        taken[other] = name


def _facts(parts: Parts) -> Iterator[Found]:
    for key, fact in parts.facts.items():
        for what in unknown(parts, "sources", fact.sources):
            yield *parts.at("facts", key, "sources"), what
        for what in unknown(parts, "facts", (fact.default_from,) if fact.default_from else ()):
            yield *parts.at("facts", key, "default_from"), what
        values = [option.value for option in fact.options]
        if (fact.kind == "choice") != bool(values):
            yield *parts.at("facts", key, "options"), "belong to the kind choice, and only to it"
        if len(set(values)) != len(values):
            yield *parts.at("facts", key, "options"), "hold a value twice; keep one"
        if fact.default is not None and not fits(fact, fact.default):
            what = f"{fact.default!r} does not fit the kind {fact.kind}; correct it"
            yield *parts.at("facts", key, "default"), what
    for key, first in repeated((key, fact.title) for key, fact in parts.facts.items()):
        yield *parts.at("facts", key, "title"), f"is also the title of {first}; tell them apart"


def _capabilities(parts: Parts) -> Iterator[Found]:
    for slug, capability in parts.capabilities.items():
        if capability.slug != slug:
            yield *parts.at("capabilities", slug, "slug"), f"must be {slug}, as the file's name says"
        for what in unknown(parts, "sources", capability.sources):
            yield *parts.at("capabilities", slug, "sources"), what
        at = parts.at("capabilities", slug, "tools")
        for what in unknown(parts, "tools", capability.tools):
            yield *at, what
        if len(set(capability.tools)) != len(capability.tools):
            yield *at, "hold a tool twice; keep one"
        first = parts.tools.get(capability.tools[0])
        if first and first.avoid_for_new_work:
            yield *at, f"begin with {first.slug}, which is not for new work; put another first"
    for slug, other in repeated((slug, found.title) for slug, found in parts.capabilities.items()):
        yield *parts.at("capabilities", slug, "title"), f"is also the title of {other}; tell them apart"


def _tools(parts: Parts) -> Iterator[Found]:
    for slug, tool in parts.tools.items():
        if tool.slug != slug:
            yield *parts.at("tools", slug, "slug"), f"must be {slug}, as the file's name says"
        for what in unknown(parts, "sources", tool.sources):
            yield *parts.at("tools", slug, "sources"), what
        if tool.avoid_for_new_work and not tool.caution:
            yield *parts.at("tools", slug, "caution"), "is missing; say why the tool is not for new work"
    called = ((slug, name) for slug, tool in parts.tools.items() for name in {tool.name, *tool.aliases})
    for slug, other in repeated(sorted(called)):
        yield *parts.at("tools", slug, "name"), f"or an alias also means {other}; tell them apart"
