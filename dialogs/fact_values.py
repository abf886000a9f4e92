"""A fact's value as people give it: chosen in a form, or typed."""

import re

from dialogs.answers import LARGEST_COUNT, FactValue
from dialogs.script import Script, plain
from knowledge.content import Fact
from knowledge.library import Library


class NotAValue(Exception):  # noqa: N818 - a situation, told to the person
    """What was given is no value of the fact. `kind` and `details` pick the sentence (`screens.Problem`)."""

    def __init__(self, kind: str, **details: str | int) -> None:
        self.kind = kind
        self.details = details
        super().__init__(kind)


def from_form(library: Library, fact: Fact, given: str | tuple[str, ...] | None) -> FactValue | None:
    """Read a form's field: an option's value, a number as text, several tools; None for a blank."""
    if given is None or given in ("", ()):
        return None
    if fact.kind == "tools":
        chosen = (given,) if isinstance(given, str) else given
        return tuple(slug for slug in chosen if slug in library.tools)
    text = given if isinstance(given, str) else given[0]
    if fact.kind == "count":
        return _count(fact, text)
    if fact.kind == "yes-no":
        return {"true": True, "yes": True, "false": False, "no": False}.get(text)
    return text if any(option.value == text for option in fact.options) else None


def from_button(library: Library, fact: Fact, given: str) -> FactValue | None:
    """Read what a button carries; None where it is no value, as on a button of another version."""
    try:
        return from_form(library, fact, given)
    except NotAValue:
        return None


def from_words(script: Script, fact: Fact, text: str) -> FactValue:
    """Read typed words; NotAValue where they say nothing the fact knows."""
    said = plain(text).strip(" .!,")
    if fact.kind == "count":
        return _count(fact, said)
    if fact.kind == "tools":
        return _tools(script.library, fact, said)
    if fact.kind == "yes-no":
        choice = script.phrases.get(said)
        if choice not in ("yes", "no"):
            raise NotAValue("unknown-option", title=fact.title, given=text, options="yes, no")
        return choice == "yes"
    for option in fact.options:
        if said in (option.value, plain(option.label)):
            return option.value
    near = [
        o.value for o in fact.options if said and (plain(o.label).startswith(said) or said in plain(o.label).split())
    ]
    if len(near) == 1:
        return near[0]
    labels = ", ".join(option.label for option in fact.options)
    raise NotAValue("unknown-option", title=fact.title, given=text, options=labels)


def _count(fact: Fact, text: str) -> int:
    found = re.fullmatch(r"(?:about |around |~ ?)?(\d{1,6})(?: (?:models?|use cases?))?", text.strip().casefold())
    if not found or int(found[1]) > LARGEST_COUNT:
        raise NotAValue("not-a-number", title=fact.title, given=text)
    return int(found[1])


def _tools(library: Library, fact: Fact, said: str) -> tuple[str, ...]:
    names = {plain(name): slug for slug, tool in library.tools.items() for name in (slug, tool.name, *tool.aliases)}
    if said in ("none", "nothing", "no"):
        return ()
    found: list[str] = []
    for part in re.split(r"[,;]| and ", said):
        if not (name := part.strip()):
            continue
        if name not in names:
            raise NotAValue(
                "unknown-option", title=fact.title, given=name, options="tool names such as MLflow, Airflow"
            )
        found.append(names[name])
    return tuple(dict.fromkeys(found))
