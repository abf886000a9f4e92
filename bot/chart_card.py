"""The card that every picture is drawn on: its frame, its heading, its legend, and a few things to draw with.

Places are (x, y) in hundredths of an inch from the upper left corner. A card is 600 wide and 1200 pixels as PNG.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Literal

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Patch, PathPatch, Polygon
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from bot import chart_file, chart_text
from bot.chart_palette import BORDER, CARD, CELL, LINES, MUTED, ON_LEVEL, Box, Marker, Pen

WIDTH, PADDING = 600, 22
INNER = WIDTH - 2 * PADDING
PIXELS_PER_UNIT = 2
BODY, SMALL, SMALLEST = 12.0, 11.5, 9.5  # points; Slack shows a card some 360 pixels wide, so 12 become 10 pixels
SQUARE = 23.0  # units: a side of the target's marker, so that its corners show around a disc
Point = tuple[float, float]
Pattern = Literal["solid", "dashed", "dotted"]
_DISC, _RING = 21.0, 17.0  # units: markers that hold a number
_HEADING, _HEADING_LONG = 16.0, 13.0  # points
_DASHES: dict[Pattern, tuple[float, tuple[float, ...]]] = {
    "dashed": (0, (4, 2.2)),
    "dotted": (0, (1, 1.6)),
}
_MARKERS = {"circle": "o", "square": "s", "ring": "o", "bar": "_"}
_TEXT_Z = 6.0  # above all that is drawn


class Card:
    """A card of a height in units, with its heading."""

    def __init__(self, height: float, subject: str, told: str) -> None:
        self.height = height
        self._figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=100 * PIXELS_PER_UNIT)
        self._figure.patch.set_alpha(0)
        self._place = Affine2D().scale(1 / 100, -1 / 100).translate(0, height / 100) + self._figure.dpi_scale_trans
        self.box((1, 1), (WIDTH - 2, height - 2), Box(CARD, BORDER, radius=16, thick=1.1))
        self._heading(chart_text.drawable(subject), told)

    def _heading(self, subject: str, told: str) -> None:
        lines, size = ([subject] if subject else []), _HEADING
        if subject and chart_text.width(subject, _HEADING, bold=True) > INNER:
            lines, size = chart_text.wrap(subject, INNER, (_HEADING_LONG, SMALL), 2, bold=True)
        y = float(PADDING)
        for line in lines:
            y += self.write((PADDING, y), line, Pen(size, bold=True))
        line, size = chart_text.fit(told, INNER, (BODY, SMALLEST))
        self.write((PADDING, y + 2), line, Pen(size, MUTED))

    def write(self, place: Point, text: str, pen: Pen) -> float:
        """Write a line with its top at a place, and give the height it takes."""
        em = pen.size * chart_text.UNITS_PER_POINT
        self.write_on((place[0], place[1] + em), text, pen)
        return em * chart_text.LEADING

    def write_at(self, place: Point, text: str, pen: Pen, *, ground: bool = False) -> None:
        """Write digits or a short word around a place; on a ground of its own where lines pass."""
        em = pen.size * chart_text.UNITS_PER_POINT
        if ground:
            across, down = chart_text.width(text, pen.size, bold=pen.bold) + 6, em * 1.12
            self.box((place[0] - across / 2, place[1] - down / 2), (across, down), Box(CARD, radius=3, z=4.5))
        below = (place[0], place[1] + em * chart_text.CAP_HEIGHT / 2)
        self.write_on(below, text, pen._replace(side="center"), z=_TEXT_Z - 1 if ground else _TEXT_Z)

    def write_on(self, place: Point, text: str, pen: Pen, *, z: float = _TEXT_Z) -> None:
        """Write a line that stands on a place."""
        shape = chart_text.outline(text, bold=pen.bold)
        if shape is None:
            return
        across = chart_text.width(text, pen.size, bold=pen.bold)
        left = place[0] - {"left": 0, "center": across / 2, "right": across}[pen.side]
        corners = np.asarray(shape.vertices) * (pen.size * chart_text.UNITS_PER_POINT) + (left, place[1])
        self._add(PathPatch(Path(corners, shape.codes), fc=pen.colour, lw=0, zorder=z))

    def line(
        self, points: Sequence[Point], colour: str, pattern: Pattern = "solid", thick: float = 2, z: float = 3
    ) -> None:
        """Draw a line through places."""
        xs, ys = zip(*points, strict=True)
        drawn = Line2D(xs, ys, color=colour, lw=thick, zorder=z, solid_joinstyle="round", solid_capstyle="butt")
        if pattern != "solid":
            drawn.set_linestyle(_DASHES[pattern])
        self._add(drawn)

    def mark(self, points: Sequence[Point], marker: Marker) -> None:
        """Put a marker at every place."""
        if not points:
            return
        xs, ys = zip(*points, strict=True)
        marks = Line2D(xs, ys, ls="none", marker=_MARKERS[marker.shape], zorder=marker.z)
        marks.set_markersize(marker.across / chart_text.UNITS_PER_POINT)
        marks.set_fillstyle("left" if marker.half else "full")
        marks.set_markerfacecolor(marker.face)
        marks.set_markerfacecoloralt(CELL)
        marks.set_markeredgecolor(marker.edge)
        marks.set_markeredgewidth(marker.thick)
        self._add(marks)

    def disc(self, place: Point, number: int) -> None:
        """Draw a level: a round marker with its number in it."""
        self.mark([place], Marker("circle", _DISC, LINES["level"].colour, CARD, thick=1, z=5.5))
        self.write_at(place, str(number), Pen(SMALL, ON_LEVEL, bold=True))

    def ring(self, place: Point, number: int) -> None:
        """Draw how far a level could rise: a hollow round marker with the number in it."""
        colour = LINES["ceiling"].colour
        self.mark([place], Marker("ring", _RING, CELL, colour, z=5.2))
        self.write_at(place, str(number), Pen(SMALLEST, colour, bold=True))

    def square(self, place: Point, *, across: float = SQUARE) -> None:
        """Draw a target: a hollow square."""
        self.mark([place], Marker("square", across, CARD, LINES["target"].colour, thick=1.6, z=5))

    def box(self, place: Point, size: Point, look: Box) -> None:
        """Draw a box with round corners; its upper left corner, and how far it goes across and down."""
        style = f"round,pad=0,rounding_size={look.radius}"
        box = FancyBboxPatch(place, *size, boxstyle=style, fc=look.face, ec=look.edge, lw=look.thick, zorder=look.z)
        if look.pattern != "solid":
            box.set_linestyle(_DASHES[look.pattern])
        self._add(box)

    def area(self, points: Sequence[Point], colour: str) -> None:
        """Fill the area that places span, lightly."""
        self._add(Polygon(points, closed=True, fc=colour, ec="none", alpha=0.14, zorder=2.5))

    def _add(self, artist: Line2D | Patch) -> None:
        artist.set_transform(self._place)
        artist.set_clip_on(False)
        artist.set_figure(self._figure)
        self._figure.add_artist(artist)

    def saved(self, kind: Literal["png", "svg"]) -> bytes:
        """The picture as a file's content; the same data give the same bytes."""
        return chart_file.png(self._figure) if kind == "png" else chart_file.svg(self._figure)


def written(day: dt.date) -> str:
    """A day as everywhere: "3 Nov 2026"; nobody sets another locale in the drawing process."""
    return f"{day.day} {day:%b} {day.year}"
