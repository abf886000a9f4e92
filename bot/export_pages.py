"""The readable pages: a Markdown report to paste, and an HTML page that needs nothing but itself.

Both fill in `bot/pages/`, each with its own escaping of everything that is not ours. The HTML page holds no script,
loads nothing, and its own policy forbids both.
"""

import base64
import datetime as dt
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import jinja2
from markupsafe import Markup, escape

from bot.export_findings import Findings
from bot.export_text import markdown, one_line, visible, web_address
from bot.naming import answer_name, full_day
from bot.words import count
from dialogs.answers import Choice
from dialogs.coverage import CellCoverage

FOLDER = Path(__file__).parent / "pages"
SHAPES: dict[Choice, str] = {"yes": "●", "partly": "◐", "no": "○", "unknown": "?", "na": "\N{EN DASH}"}
_PNG = b"\x89PNG\r\n\x1a\n"
_CELL: tuple[tuple[str, Choice, str], ...] = (
    ("met", "yes", "yes"),
    ("partly", "partly", "partly"),
    ("missing", "no", "no"),
    ("unknown", "unknown", "not known"),
    ("na", "na", "not applicable"),
)  # the counts of a cell, their shapes and their words


class Picture(NamedTuple):
    """A picture for the page, PNG or SVG; `alt` says the same in words."""

    title: str
    alt: str
    data: bytes

    @property
    def address(self) -> str:
        """The picture itself as an address. As an image, SVG runs no script and loads nothing."""
        kind = "image/png" if self.data.startswith(_PNG) else "image/svg+xml"
        return f"data:{kind};base64,{base64.b64encode(self.data).decode()}"


def markdown_page(findings: Findings) -> str:
    """The report as Markdown, its next steps as a task list."""
    return _tidied(_markdown().get_template("report.md.j2").render(f=findings))


def html_page(findings: Findings, pictures: Sequence[Picture] = ()) -> str:
    """The report as one HTML file, light and dark, good to print."""
    style = (FOLDER / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _html()
        .get_template("report.html.j2")
        .render(f=findings, pictures=pictures, style=Markup(style), style_hash=Markup(f"sha256-{digest}"))  # noqa: S704 - ours
        + "\n"
    )


def _tidied(text: str) -> str:
    """At most one empty line in a row, none at the beginning, one line end at the end."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).strip("\n") + "\n"


# The two environments ------------------------------------------------------------------------------------------------


@cache
def _markdown() -> jinja2.Environment:
    made = _environment()
    made.finalize = markdown
    made.filters["link"] = _markdown_link
    return made


@cache
def _html() -> jinja2.Environment:
    made = _environment()
    made.finalize = _shown
    made.filters["link"] = _html_link
    return made


def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "answer": answer_name,
        "count": count,
        "counted": _counted,
        "day": _day,
        "line": one_line,
        "lower_first": _lower_first,
        "quoted": _quoted,
        "several": _several,
        "shape": _shape,
        "shapes": _shapes,
        "tone": _tone,
        "unstopped": _unstopped,
    }
    return made


def _shown(value: object) -> object:
    if value is None:
        raise TypeError("a template puts out None; give the page what it needs")
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _markdown_link(url: str) -> str:
    """A link, where it is a web address; else the text alone, which the page escapes."""
    address = web_address(url)
    return Markup(f"<{address}>") if address else url  # noqa: S704 - every sign that could end it is escaped


def _html_link(url: str) -> str:
    address = web_address(url)
    if address is None:
        return url
    return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(address, escape(one_line(url)))


# What templates ask for ----------------------------------------------------------------------------------------------


def _day(at: dt.date) -> str:
    return full_day(at.astimezone(dt.UTC) if isinstance(at, dt.datetime) else at)


def _quoted(text: str) -> str:
    return f"“{text}”"


def _lower_first(text: str) -> str:
    """A title within a sentence; what is written in capitals stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _unstopped(text: str) -> str:
    return text.rstrip(".")


def _several(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def _shape(choice: Choice | None) -> str:
    return SHAPES[choice or "unknown"]


def _shapes(cell: CellCoverage) -> str:
    """A shape for each practice of a cell."""
    return "".join(SHAPES[choice] * int(getattr(cell, field)) for field, choice, _ in _CELL)


def _counted(cell: CellCoverage) -> str:
    """The same in words: "2 yes, 1 no"."""
    return ", ".join(f"{number} {word}" for field, _, word in _CELL if (number := int(getattr(cell, field))))


def _tone(cell: CellCoverage) -> str:
    """The class that tints a cell; it only repeats what its words say."""
    if not cell.practices:
        return "none"
    if cell.cell_met:
        return "met"
    if cell.unknown and not cell.missing and not cell.partly:
        return "open"
    return "part" if cell.met or cell.partly else "short"
