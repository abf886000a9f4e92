"""The trend: the overall level over the assessments, with its target, and how far it could have been higher."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bot import chart_text
from bot.chart_card import PADDING, SMALL, WIDTH, Card, Point, written
from bot.chart_data import TOP, Trend
from bot.chart_legend import LEGEND_SAMPLE, ROW, draw_lines, rows
from bot.chart_palette import GRID, LEVEL, LINES, MUTED, TARGET, LineKind, Pen

_LEFT, _RIGHT = 92.0, WIDTH - 50.0  # where the first and the last assessment stand
_NARROWEST = 24.2  # units between two assessments, so that their markers stay apart
_STEP = 54.0  # units from level to level
_ABOVE, _BELOW = 112.0, 66.0  # above level 4, heading included; below level 0, for the dates
_DATE_APART = 13.0  # between two dates


class Date(NamedTuple):
    """A date below the trend: the place of its assessment, the middle of its words, and its lines; none if no room."""

    x: float
    middle: float
    lines: tuple[str, ...]


def draw_trend(chart: Trend) -> Card:
    """Draw a trend on a card of its own."""
    entries = _legend(chart)
    legend = ROW * rows([text for _, text in entries], LEGEND_SAMPLE)
    xs = _places(chart)
    dates = _dated(chart, xs)
    below = _BELOW + 20 * max(len(date.lines) - 1 for date in dates)
    card = Card(_ABOVE + TOP * _STEP + below + legend + 10, chart.subject, _told(chart))
    ground = card.height - legend - below - 6
    for level in range(TOP + 1):
        y = ground - level * _STEP
        card.line([(_LEFT - 15, y), (WIDTH - PADDING, y)], GRID, thick=1, z=2)
        card.write((PADDING, y - 10), f"level {level}", Pen(SMALL, MUTED))
    _targets(card, chart, xs, ground)
    _levels(card, chart, xs, ground)
    _dates(card, dates, ground + 18)
    draw_lines(card, entries, card.height - legend)
    return card


def _told(chart: Trend) -> str:
    number = len(chart.points)
    shown = f"last {number} of {number + chart.earlier}" if chart.earlier else str(number)
    return f"Overall level, {shown} assessments, {written(chart.points[0].day)} to {written(chart.points[-1].day)}"


def _places(chart: Trend) -> list[float]:
    """Where each assessment stands: as far apart as its days, but never too near to be told apart."""
    days = [point.day.toordinal() for point in chart.points]
    free = _RIGHT - _LEFT - _NARROWEST * (len(days) - 1)
    span = days[-1] - days[0]
    if not span:
        return [_LEFT + (_RIGHT - _LEFT) * n / (len(days) - 1) for n in range(len(days))]
    return [_LEFT + _NARROWEST * n + free * (day - days[0]) / span for n, day in enumerate(days)]


def _targets(card: Card, chart: Trend, xs: Sequence[float], ground: float) -> None:
    """Draw the targets, joined where they follow each other; each says its level."""
    look = LINES["target"]
    aims: list[Point | None] = [
        None if point.target is None else (x, ground - point.target * _STEP)
        for x, point in zip(xs, chart.points, strict=True)
    ]
    for one, other in pairwise(aims):
        if one and other:
            card.line([one, other], look.colour, look.pattern, 1.8)
    for aim, point in zip(aims, chart.points, strict=True):
        if aim and point.target is not None:
            card.square(aim, across=22.5)
            if point.target not in (
                point.overall,
                point.up_to,
            ):  # their marker stands in the square with the same number
                card.write_at(aim, str(point.target), Pen(SMALL, TARGET))


def _levels(card: Card, chart: Trend, xs: Sequence[float], ground: float) -> None:
    look = LINES["ceiling"]
    places = [(x, ground - point.overall * _STEP) for x, point in zip(xs, chart.points, strict=True)]
    card.line(places, LEVEL, thick=2.6, z=3.5)
    for place, point in zip(places, chart.points, strict=True):
        card.disc(place, point.overall)
        if point.up_to is not None:
            high = (place[0], ground - point.up_to * _STEP)
            card.line([place, high], look.colour, look.pattern, 2.2, z=3.2)
            card.ring(high, point.up_to)


def _dates(card: Card, dates: Sequence[Date], y: float) -> None:
    for date in dates:
        card.line([(date.x, y - 5), (date.x, y + 1)], MUTED, thick=1)
        below = y + 4
        for line in date.lines:
            below += card.write((date.middle, below), line, Pen(SMALL, MUTED, side="center"))


def _dated(chart: Trend, xs: Sequence[float]) -> list[Date]:
    """The dates in one line each where all have room; else with the year below, as many as have room."""
    days = [point.day for point in chart.points]
    in_one = _with_room(xs, [(written(day),) for day in days])
    if all(date.lines for date in in_one):
        return in_one
    return _with_room(xs, [tuple(written(day).rsplit(" ", 1)) for day in days])


def _with_room(xs: Sequence[float], texts: Sequence[tuple[str, ...]]) -> list[Date]:
    """Place the last and the first, then those between from the left; those without room have no lines."""
    found: dict[int, Date] = {}
    taken: list[tuple[float, float]] = []
    for n in (len(xs) - 1, 0, *range(1, len(xs) - 1)):
        half = max(chart_text.width(line, SMALL) for line in texts[n]) / 2
        middle = min(max(xs[n], PADDING + half), WIDTH - PADDING - half)
        room = all(middle + half + _DATE_APART <= left or middle - half - _DATE_APART >= right for left, right in taken)
        if room:
            taken.append((middle - half, middle + half))
        found[n] = Date(xs[n], middle, texts[n] if room else ())
    return [found[n] for n in range(len(xs))]


def _legend(chart: Trend) -> Sequence[tuple[LineKind, str]]:
    entries: list[tuple[LineKind, str]] = [("level", "overall level")]
    if any(point.target is not None for point in chart.points):
        entries.append(("target", "target"))
    if any(point.up_to is not None for point in chart.points):
        entries.append(("ceiling", "up to, once more was known"))
    return entries
