"""Phrases that many screens share: names of things, dates, answers with who gave them."""

import datetime as dt
from collections.abc import Iterable

from bot.mrkdwn import Mrkdwn, join, link
from bot.words import Words
from dialogs.answers import Choice, FactValue
from dialogs.sections import Section, practices_by_section, section_of
from dialogs.state import Given
from knowledge.content import Practice

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BAR = 8  # signs in a question's bar


def day(at: dt.date) -> str:
    """Say a day of this assessment: "3 Nov"."""
    return f"{at.day} {_MONTHS[at.month - 1]}"


def date(at: dt.date) -> str:
    """Say a day that may be long ago: "3 Nov 2026"."""
    return f"{day(at)} {at.year}"


def bar(share: float, width: int = _BAR) -> str:
    """Draw a share, 0 to 1, as a bar. It never stands without the words that say the same."""
    filled = max(0, min(width, round(share * width)))
    return "▰" * filled + "▱" * (width - filled)


def choice(words: Words, given: Choice) -> Mrkdwn:
    """Name an answer: "Partly"."""
    return words(f"terms.{given}")


def area(words: Words, practice: Practice) -> Mrkdwn:
    """Name what a practice belongs to: a dimension, Google's ladder, or every live model."""
    return area_name(words, section_of(practice).area)


def area_name(words: Words, key: str) -> Mrkdwn:
    """Name a dimension, "google", or "risks"."""
    titles = {dimension.key: dimension.title for dimension in words.library.microsoft.dimensions}
    return words("terms.area", title=titles[key]) if key in titles else words(f"terms.area_{key}")


def section_name(words: Words, key: str) -> Mrkdwn:
    """Name a section: "Model creation, level 2". KeyError if there is none."""
    section = sections(words)[key]
    name = area_name(words, section.area)
    return name if section.level is None else words("terms.section", area=name, level=section.level)


def sections(words: Words) -> dict[str, Section]:
    """Give every section by its key."""
    return {section.key: section for section in practices_by_section(words.library)}


def title(words: Words, practice: str) -> Mrkdwn:
    """Name a practice: "Training as a job (M2-C-1)"."""
    return words("terms.practice", title=words.library.practices[practice].title, id=practice)


def who_said(words: Words, given: Given) -> Mrkdwn:
    """Say an answer, its note, who gave it and when."""
    return words("terms.said", choice=choice(words, given.choice), note=given.note, name=given.name, day=day(given.at))


def fact_value(words: Words, key: str, value: FactValue) -> Mrkdwn:
    """Say a fact's value as people read it: an option's label, a number, yes or no, names of tools."""
    if isinstance(value, bool):
        return words("terms.yes" if value else "terms.no")
    if isinstance(value, int):
        return Mrkdwn(str(value))
    if isinstance(value, tuple):
        known = words.library.tools
        names = [known[slug].name if slug in known else slug for slug in value]
        return join(names, ", ") if names else words("terms.no_tools")
    labels = {option.value: option.label for option in words.library.facts[key].options}
    return words("terms.value", value=labels.get(value, value))


def in_a_line(text: str) -> Mrkdwn:
    """Shorten an option's label to its first part, to stand after its title: "a lot" for "A lot: safety ..."."""
    short = text.partition(": ")[0]
    return Mrkdwn(short[:1].lower() + short[1:] if short[1:2].islower() or short[1:2] == " " else short)


def fact_line(words: Words, key: str, value: FactValue) -> Mrkdwn:
    """Say a fact with its title: "Refresh needed: every quarter"."""
    said = fact_value(words, key, value)
    shown = said if words.library.facts[key].kind == "tools" else in_a_line(said)
    return words("terms.fact", title=words.library.facts[key].title, value=shown)


def sources(words: Words, keys: Iterable[str]) -> Mrkdwn:
    """Name sources, linked where they have an address, with the day we last read them."""
    known = words.library.sources
    return join((source(words, key) for key in dict.fromkeys(keys) if key in known), " · ")


def source(words: Words, key: str) -> Mrkdwn:
    """Name one source."""
    found = words.library.sources[key]
    name = link(found.url, found.title) if found.url else found.title
    return words("terms.source", name=name, reviewed=date(found.reviewed_on))
