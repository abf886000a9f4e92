"""The colours and shapes of the pictures: few, and never one without the other.

Every picture is an opaque card, so it looks the same whether Slack is light or dark around it.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

CARD, BORDER = "#EBEEF3", "#BCC6D1"
CELL, CELL_REACHED = "#FFFFFF", "#DBE8F6"
GRID = "#CBD4DE"
INK, MUTED = "#1D2733", "#4D5B69"
LEVEL = "#1F5C99"
TARGET = "#9C4307"
CEILING = "#5B4B9A"
ON_LEVEL = "#FFFFFF"
COLOURS = (CARD, BORDER, CELL, CELL_REACHED, GRID, INK, MUTED, LEVEL, TARGET, CEILING, ON_LEVEL)

# Every text colour with what it stands on; each pair keeps WCAG's 4.5 to 1.
TEXT_ON: tuple[tuple[str, str], ...] = (
    (INK, CARD),
    (MUTED, CARD),
    (LEVEL, CARD),
    (TARGET, CARD),
    (CEILING, CARD),
    (INK, CELL),
    (MUTED, CELL),
    (INK, CELL_REACHED),
    (MUTED, CELL_REACHED),
    (ON_LEVEL, LEVEL),
)

AnswerKind = Literal["met", "partly", "missing", "unknown", "na"]
Shape = Literal["full circle", "half circle", "hollow circle", "question mark", "dash"]


class Glyph(NamedTuple):
    """How a practice is drawn by its answer, and how the legend calls it."""

    shape: Shape
    label: str


GLYPHS: Mapping[AnswerKind, Glyph] = {
    "met": Glyph("full circle", "met"),
    "partly": Glyph("half circle", "partly"),
    "missing": Glyph("hollow circle", "missing"),
    "unknown": Glyph("question mark", "unknown"),
    "na": Glyph("dash", "not applicable"),
}

LineKind = Literal["level", "target", "ceiling"]


class LineLook(NamedTuple):
    """How a line is drawn: its colour, its pattern, and the marker on it."""

    colour: str
    pattern: Literal["solid", "dashed", "dotted"]
    marker: Literal["circle", "square", "ring"]


LINES: Mapping[LineKind, LineLook] = {
    "level": LineLook(LEVEL, "solid", "circle"),
    "target": LineLook(TARGET, "dashed", "square"),
    "ceiling": LineLook(CEILING, "dotted", "ring"),
}


class Pen(NamedTuple):
    """How a line of text is written; `side` is which end of it stands at its place."""

    size: float  # points
    colour: str = INK
    bold: bool = False
    side: Literal["left", "center", "right"] = "left"


class Box(NamedTuple):
    """How a box is drawn; the higher z, the later."""

    face: str
    edge: str = "none"
    radius: float = 6  # units, as all lengths but a line's thickness, which is in points
    thick: float = 1
    pattern: Literal["solid", "dashed", "dotted"] = "solid"
    z: float = 1


class Marker(NamedTuple):
    """How a marker is drawn; `across` is its width."""

    shape: Literal["circle", "square", "ring", "bar"]
    across: float
    face: str
    edge: str
    thick: float = 1.5
    half: bool = False
    z: float = 4
