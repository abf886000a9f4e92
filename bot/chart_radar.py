"""The radar: the level of every dimension against the target, and how far it could still rise."""

import math
from collections.abc import Callable, Sequence

from bot import chart_text
from bot.chart_card import BODY, PADDING, SMALL, SMALLEST, SQUARE, WIDTH, Card, Point, written
from bot.chart_data import GOOGLE_TOP, TOP, Axis, Radar
from bot.chart_legend import LEGEND_SAMPLE, ROW, draw_lines, rows
from bot.chart_palette import GRID, LEVEL, LINES, MUTED, TARGET, LineKind, Pen

_HEIGHT, _RADIUS = 578.0, 138.0  # units
_LABEL_APART = 20.0  # from the last ring to a dimension's name
_SMALLEST_NAME = 8.5  # points; only names that a company has made very long become that small
_SIDEWAYS = 0.3  # how far from the vertical (as a sine) a name stands beside its axis and not above or below it


def draw_radar(chart: Radar) -> Card:
    """Draw a radar on a card of its own."""
    entries = _legend(chart)
    legend = ROW * rows([text for _, text in entries], LEGEND_SAMPLE)
    card = Card(_HEIGHT + legend, chart.subject, _told(chart))
    center = (WIDTH / 2, card.height - legend - 278)
    place = _placing(center, len(chart.axes))
    _rings(card, place, len(chart.axes))
    _outlines(card, chart, place)
    for number, axis in enumerate(chart.axes):
        _name(card, axis, center, math.tau * number / len(chart.axes))
    google = f"Google's ladder: {_level(chart.google, chart.google_up_to)} (of {GOOGLE_TOP})"
    card.write((PADDING, card.height - legend - 48), google, Pen(SMALL, MUTED))
    draw_lines(card, entries, card.height - legend - 10 + ROW / 2 - 6)
    return card


def _told(chart: Radar) -> str:
    target = "target open" if chart.target is None else f"target {chart.target}"
    level = _level(chart.overall, chart.overall_up_to)
    return f"Overall {level} · {target} · {written(chart.day)}"


def _level(level: int, up_to: int | None) -> str:
    return f"level {level}" if up_to is None else f"level {level}, up to {up_to}"


def _placing(center: Point, axes: int) -> Callable[[int, float], Point]:
    """Where a level of an axis is; the first axis points up, the others follow the clock."""

    def place(axis: int, level: float) -> Point:
        angle, far = math.tau * axis / axes, _RADIUS * level / TOP
        return (center[0] + far * math.sin(angle), center[1] - far * math.cos(angle))

    return place


def _rings(card: Card, place: Callable[[int, float], Point], axes: int) -> None:
    for axis in range(axes):
        card.line([place(axis, 0), place(axis, TOP)], GRID, thick=1, z=2)
    for level in range(1, TOP + 1):
        card.line([place(axis % axes, level) for axis in range(axes + 1)], GRID, thick=1, z=2)
        low, left = place(axes // 2, level), place(axes // 2 + 1, level)
        card.write_at(_between(low, left), str(level), Pen(SMALLEST, MUTED), ground=True)


def _outlines(card: Card, chart: Radar, place: Callable[[int, float], Point]) -> None:
    """Draw what could still be, the target, and the levels, the last on top."""
    look = LINES["ceiling"]
    high = [place(n, axis.level if axis.up_to is None else axis.up_to) for n, axis in enumerate(chart.axes)]
    now = [place(n, axis.level) for n, axis in enumerate(chart.axes)]
    if high != now:
        card.line([*high, high[0]], look.colour, look.pattern, 2.2)
        for n, axis in enumerate(chart.axes):
            if axis.up_to is not None:
                card.ring(high[n], axis.up_to)
    if chart.target is not None:
        aim = [place(n, chart.target) for n in range(len(chart.axes))]
        card.line([*aim, aim[0]], TARGET, LINES["target"].pattern, 2)
        for corner in dict.fromkeys(aim):
            card.square(corner)
        if chart.target:
            text = f"target {chart.target}"
            middle = aim[0][0] + SQUARE / 2 + 6 + chart_text.width(text, SMALL) / 2
            card.write_at((middle, aim[0][1] - 3), text, Pen(SMALL, TARGET), ground=True)
    card.area(now, LEVEL)
    card.line([*now, now[0]], LEVEL, thick=2.6, z=3.5)
    for n, axis in enumerate(chart.axes):
        if axis.level or not any(other.level == 0 for other in chart.axes[:n]):
            card.disc(now[n], axis.level)


def _between(one: Point, other: Point) -> Point:
    return ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)


def _name(card: Card, axis: Axis, center: Point, angle: float) -> None:
    """Write a dimension's name and its level at the end of its axis."""
    sine, far = math.sin(angle), _RADIUS + _LABEL_APART
    x, y = center[0] + far * sine, center[1] - far * math.cos(angle)
    title = chart_text.drawable(axis.title)
    if abs(sine) <= _SIDEWAYS:
        line, size = chart_text.fit(title, WIDTH - 2 * PADDING, (BODY, SMALLEST), bold=True)
        y = y - 38 if y < center[1] else y - 3
        y += card.write((x, y), line, Pen(size, bold=True, side="center"))
        card.write((x, y), _level(axis.level, axis.up_to), Pen(SMALL, side="center"))
        return
    room = WIDTH / 2 - PADDING - far * abs(sine)
    lines, size = chart_text.wrap(title, room, (BODY, _SMALLEST_NAME), 5, bold=True)
    levels = [f"level {axis.level}", *([f"up to {axis.up_to}"] if axis.up_to is not None else [])]
    pen = Pen(size, bold=True, side="left" if sine > 0 else "right")
    y -= chart_text.LEADING * (len(lines) * size + len(levels) * SMALL) * chart_text.UNITS_PER_POINT / 2
    for line in lines:
        y += card.write((x, y), line, pen)
    for level in levels:
        y += card.write((x, y), level, pen._replace(size=SMALL, bold=False))


def _legend(chart: Radar) -> Sequence[tuple[LineKind, str]]:
    entries: list[tuple[LineKind, str]] = [("level", "level")]
    if chart.target is not None:
        entries.append(("target", f"target {chart.target}"))
    if any(axis.up_to is not None for axis in chart.axes):
        entries.append(("ceiling", "up to, once more is known"))
    return entries
