"""How things are called wherever they are named: choices, dates, sections, facts, levels, sources."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from bot.mrkdwn import Mrkdwn, join, link
from dialogs.answers import Choice, FactValue
from dialogs.judgement import Judgement
from dialogs.sections import section_of
from knowledge.content import DIMENSIONS, Fact
from knowledge.library import Library

CHOICE_NAMES: Mapping[Choice, str] = {
    "yes": "yes",
    "partly": "partly",
    "no": "no",
    "unknown": "don't know",
    "na": "not applicable",
}
CHOICE_LABELS: Mapping[Choice, str] = {
    "yes": "Yes",
    "partly": "Partly",
    "no": "No",
    "unknown": "Don't know",
    "na": "Not applicable",
}
_BAR_LENGTH = 8
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # whatever the locale


def answer_name(choice: Choice | None) -> str:
    """An answer in words; a practice nobody was asked about is "not asked"."""
    return "not asked" if choice is None else CHOICE_NAMES[choice]


def risk_name(choice: Choice | None) -> str:
    """An answer as a risk tells it: what is not known is said so."""
    return "not known" if choice in (None, "unknown") else answer_name(choice)


def day(at: dt.date) -> str:
    """A day without its year: "3 Nov"."""
    return f"{at.day} {_MONTHS[at.month - 1]}"


def full_day(at: dt.date) -> str:
    """A day with its year: "3 Nov 2026"."""
    return f"{day(at)} {at.year}"


def weekday(at: dt.date) -> str:
    """The day of the week in short: "Mon"."""
    return _WEEKDAYS[at.weekday()]


def ago(at: dt.date, today: dt.date) -> str:
    """How long ago a day was, in the unit that people would use: "3 months ago"."""
    days = (today - at).days
    if days < 1:
        return "today"
    for length, name in ((365, "year"), (30, "month"), (7, "week"), (1, "day")):
        if days >= 2 * length or (days >= length and name in ("day", "month")):
            number = round(days / length) if name != "month" else round(days / 30.44)
            return f"{number} {name}{'' if number == 1 else 's'} ago"
    return f"{days} days ago"


def bar(part: float, length: int = _BAR_LENGTH) -> str:
    """A share from 0 to 1 as a bar; it only repeats what words beside it say."""
    full = min(length, max(0, round(part * length)))
    return "▰" * full + "▱" * (length - full)


def several(names: Sequence[str], *, last: str = "and") -> Mrkdwn:
    """Names in a sentence: "a, b and c"."""
    if len(names) < 2:  # noqa: PLR2004 - one name needs no joining word
        return join(names, ", ")
    return join((join(names[:-1], ", "), names[-1]), f" {last} ")


def area_title(library: Library, area: str) -> str:
    """A dimension by its key, Google's ladder, or what every live model needs."""
    titles: dict[str, str] = {dimension.key: dimension.title for dimension in library.microsoft.dimensions}
    others = {
        "recheck": "Still true",
        "google": "Google's ladder",
        "risks": "Every live model",
        "risk": "Every live model",
    }
    return others.get(area) or titles.get(area, "Several areas")  # an area of another version


def short_address(url: str, longest: int = 50) -> str:
    """A web address as it is shown: without https://, its end cut off where it is long."""
    shown = url.partition("://")[2] or url
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def section_title(library: Library, practice: str) -> str:
    """The section that a practice is asked in."""
    return area_title(library, section_of(library.practices[practice]).area)


def level_name(library: Library, number: int) -> str:
    """A level of Microsoft's model by its short name."""
    return library.level(number).name


def fact_value(library: Library, fact: Fact, value: FactValue) -> str:
    """A fact's value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(library.tools[slug].name if slug in library.tools else slug for slug in value) or "none"
    return next((option.label for option in fact.options if option.value == value), str(value))


def facts_in_a_line(library: Library, facts: Mapping[str, FactValue]) -> Mrkdwn:
    """The facts that are known, with their titles, in the order in which they are asked."""
    parts = [f"{fact.title}: {_short(library, fact, facts[k])}" for k, fact in library.facts.items() if k in facts]
    return join(parts, " · ")


def _short(library: Library, fact: Fact, value: FactValue) -> str:
    """A value in a line of many: of "Little: somebody notices and shrugs" what stands before the colon."""
    said = fact_value(library, fact, value)
    return said.partition(":")[0] if fact.options else said


def levels_of(judgement: Judgement) -> tuple[int, int | None]:
    """The overall level, and how far it could still rise; None where it stands."""
    low, high = judgement.score.floor.overall, judgement.score.ceiling.overall
    return low, high if high != low else None


def sources_line(library: Library, keys: Iterable[str]) -> Mrkdwn:
    """Sources as links with the day somebody of ours last read them."""
    parts = []
    for key in keys:
        source = library.sources[key]
        name = link(source.url, source.title) if source.url else source.title
        parts.append(join((name, f"(reviewed {source.reviewed_on.isoformat()})"), " "))
    return join(parts, " · ")


def open_areas(judgement: Judgement) -> list[str]:
    """The dimensions, and Google's ladder, whose level could still rise."""
    low, high = judgement.score.floor, judgement.score.ceiling
    areas: list[str] = [key for key in DIMENSIONS if low.dimensions[key] != high.dimensions[key]]
    return [*areas, "google"] if low.google != high.google else areas
