"""What if an answer or a fact were another one? A team's judgement then, beside the one of today; nothing is kept."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dialogs.answers import CHOICES, Answers, Choice, Facts, FactValue, answer_of, value_of
from dialogs.fact_values import NotAValue, from_form
from dialogs.judgement import Judgement, judge
from dialogs.script import plain
from knowledge.content import Fact
from knowledge.library import Library

_IF = re.compile(r"what[ -]?if\b[\s:,]*")
_ID = r"[a-z]\d?-[a-z0-9]+(?:-[a-z0-9]+)*"  # looks like the id of a practice, whether there is one or not
_SAYS = r"(?:=|:|\b(?:were|was|is|are|becomes?|became)\b)"  # stands between a thing and its value
_VERB = r"(?:=|:|->|\u2192|(?:were|was|is|are|becomes?|became|would be|had been|be|to be|to|at)(?![\w-]))"
_CALLED: dict[str, Choice] = {
    **{choice: choice for choice in CHOICES},
    **dict.fromkeys(("don't know", "dont know", "not known"), "unknown"),
    **dict.fromkeys(("not applicable", "n/a"), "na"),
}


class PracticeWere(NamedTuple):
    """Suppose a practice were answered so. The id is the one it is asked under."""

    practice: str
    choice: Choice


class FactWere(NamedTuple):
    """Suppose a fact about the team had this value."""

    fact: str
    value: FactValue


Supposed = PracticeWere | FactWere


class PracticeShift(NamedTuple):
    """A practice that was supposed: how it stands (None: not asked), and how it would stand; they may be the same."""

    practice: str
    was: Choice | None
    to: Choice


class FactShift(NamedTuple):
    """A fact that was supposed: as the rules read it today (None: missing), and as it would be."""

    fact: str
    was: FactValue | None
    to: FactValue


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Where a team stands, where it would stand, and what was supposed, in the order in which it was said."""

    before: Judgement
    after: Judgement
    practices: tuple[PracticeShift, ...]
    facts: tuple[FactShift, ...]


def what_if(library: Library, answers: Answers, facts: Facts, changes: Iterable[Supposed]) -> WhatIf:
    """Judge a team as if these answers and facts were its own. Nothing given is changed.

    A practice that both models share changes in both. Of two suppositions about the same thing the later one counts.
    """
    supposed = tuple(changes)
    practices = {each.practice: each.choice for each in supposed if isinstance(each, PracticeWere)}
    values = {each.fact: each.value for each in supposed if isinstance(each, FactWere)}
    twins = {twin: choice for name, choice in practices.items() if (twin := library.twin(name)) and twin in answers}
    return WhatIf(
        before=judge(library, answers, facts),
        after=judge(library, {**answers, **twins, **practices}, {**facts, **values}),
        practices=tuple(
            PracticeShift(name, answer_of(library, answers, name), choice) for name, choice in practices.items()
        ),
        facts=tuple(FactShift(key, value_of(library, facts, key), value) for key, value in values.items()),
    )


@dataclass(frozen=True, slots=True)
class WhatIfProblem:
    """A supposition that cannot be read; `details` fill the sentence that `kind` picks.

    "nothing-supposed": no details. "unknown-practice": `given`, an id that is none. "unknown-subject": `given`, neither
    practice nor fact. "unknown-value": `subject` (id or title), `given` (empty where none was) and `options`.
    "not-a-number", "na-not-allowed", "supposed-twice": `subject`, the first also `given`.
    """

    kind: Literal[
        "nothing-supposed",
        "unknown-practice",
        "unknown-subject",
        "unknown-value",
        "not-a-number",
        "na-not-allowed",
        "supposed-twice",
    ]
    details: Mapping[str, str]


class _Unreadable(Exception):  # noqa: N818 - carries a problem to where it is handed back
    def __init__(self, kind: str, **details: str) -> None:
        self.problem = WhatIfProblem(kind, details)  # type: ignore[arg-type]  # one of the kinds above
        super().__init__(kind)


def read_what_if(library: Library, text: str) -> tuple[Supposed, ...] | WhatIfProblem:
    """Read "what if M2-C-4 were yes and use_cases were 5", the two first words left out or not.

    Practices go by id, facts by key or title, values by value or label; several are joined by "and" or commas, and one
    without a value takes that of the next ("M2-C-4 and M2-C-6 were yes"). The first problem is handed back.
    """
    said = _IF.sub("", re.sub(r'[`*"\u201c\u201d]', "", plain(text)).strip(" .?!,"), count=1)
    try:
        found = dict.fromkeys(_supposed(library, said))
    except _Unreadable as error:
        return error.problem
    subjects = [each[0] for each in found]
    twice = next((subject for subject in subjects if subjects.count(subject) > 1), None)
    if twice is not None:
        return WhatIfProblem("supposed-twice", {"subject": _title(library, twice)})
    return tuple(found) or WhatIfProblem("nothing-supposed", {})


def _supposed(library: Library, said: str) -> Iterator[Supposed]:
    facts = _fact_names(library)
    subject = rf"(?:{_ID}|{'|'.join(map(re.escape, sorted(facts, key=len, reverse=True)))})(?![\w-])"
    # A new supposition begins with a known subject, or with words that "is" or the like follows: labels hold commas.
    joint = rf"\s*(?:[,;&]|\band\b)\s*(?:and\b\s*)?(?={subject}|(?:(?!\band\b)[^,;&])*?{_SAYS})"
    pairs: list[tuple[str, str]] = []
    for piece in reversed([piece for piece in re.split(joint, said) if piece.strip()]):
        read = re.match(rf"(?:the |our )?({subject})\s*(?:{_VERB}\s*)*(.*)", piece)
        if read is None:
            raise _Unreadable("unknown-subject", given=re.split(_SAYS, piece)[0].strip())
        pairs.append((read[1], read[2].strip() or (pairs[-1][1] if pairs else "")))
    for name, value in reversed(pairs):
        yield _fact(library, library.facts[facts[name]], value) if name in facts else _practice(library, name, value)


def _fact_names(library: Library) -> dict[str, str]:
    """What a fact is called: its key, with underscores or spaces, and its title."""
    return {
        name: key for key, fact in library.facts.items() for name in (key, key.replace("_", " "), plain(fact.title))
    }


def _title(library: Library, subject: str) -> str:
    return library.facts[subject].title if subject in library.facts else subject


def _practice(library: Library, name: str, value: str) -> PracticeWere:
    written = f"X{name[1:]}" if name.startswith("x-") else name.upper()
    practice = library.practices.get(written)
    if practice is None:
        raise _Unreadable("unknown-practice", given=written)
    choice = _CALLED.get(value)
    if choice is None:
        allowed = [each for each in CHOICES if each != "na" or practice.na_when is not None]
        raise _Unreadable("unknown-value", subject=practice.id, given=value, options=", ".join(allowed))
    if choice == "na" and practice.na_when is None:
        raise _Unreadable("na-not-allowed", subject=practice.id)
    return PracticeWere(practice.same_as or practice.id, choice)


def _fact(library: Library, fact: Fact, value: str) -> FactWere:
    try:
        found = _tools(library, value) if fact.kind == "tools" else from_form(library, fact, _option(fact, value))
    except NotAValue as error:
        raise _Unreadable("not-a-number", subject=fact.title, given=value) from error
    if found is None:
        options = [option.value for option in fact.options] or ["yes", "no"]
        listed = "" if fact.kind in ("count", "tools") else ", ".join(options)
        raise _Unreadable("unknown-value", subject=fact.title, given=value, options=listed)
    return FactWere(fact.key, found)


def _option(fact: Fact, said: str) -> str:
    """Find the value of a label, or of a beginning that only one label has; anything else stays as it is."""
    labels = {option.value: plain(option.label).strip(" .?!") for option in fact.options}
    near = [value for value, label in labels.items() if said and label.startswith(said)]
    exact = [value for value, label in labels.items() if said in (value, label)]
    return exact[0] if exact else near[0] if len(near) == 1 else said


def _tools(library: Library, said: str) -> tuple[str, ...] | None:
    """Read names of tools; None where one is not known or none is given."""
    if said in ("none", "nothing", "empty"):
        return ()
    names = {plain(name): slug for slug, tool in library.tools.items() for name in (slug, tool.name, *tool.aliases)}
    commas = [part.strip() for part in re.split("[,;]", said)]
    parts = [each for part in commas for each in ((part,) if part in names else re.split(r"\s*\band\b\s*", part))]
    found = [names.get(part) for part in parts if part]
    known = [slug for slug in found if slug is not None]
    return tuple(dict.fromkeys(known)) if known and len(known) == len(found) else None
