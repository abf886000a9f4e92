"""The heatmap: every practice as a shape, by dimension and level; shapes and words, never colour alone."""

from bot import chart_text
from bot.chart_card import BODY, PADDING, SMALL, SMALLEST, WIDTH, Card, Point, written
from bot.chart_data import TOP, HeatCell, Heatmap, HeatRow
from bot.chart_legend import ROW, placed, rows, tell
from bot.chart_palette import (
    BORDER,
    CARD,
    CELL,
    CELL_REACHED,
    GLYPHS,
    INK,
    LEVEL,
    LINES,
    MUTED,
    ON_LEVEL,
    TARGET,
    AnswerKind,
    Box,
    Marker,
    Pen,
)

_LEFT, _GAP = 148.0, 9.0  # units: where the cells begin; between cells, with room for the target's line
_ACROSS = (WIDTH - PADDING - _LEFT - (TOP - 1) * _GAP) / TOP
_DOWN = 84.0  # of a cell
_TITLES = 112.0  # below the card's heading: where the columns' names are, and the cells begin
_INSIDE, _WORDS, _BADGE = 8.0, 25.0, 20.0  # a cell's margin; room for its words; room for its tick
_SIZES = (16.0, 14.0, 12.0, 10.0, 8.0, 6.5, 5.0, 4.0)  # from glyph to glyph; the largest that holds all is taken
_SMALLEST_TITLE = 8.0  # points; only names that a company has made very long become that small
_SMALLEST_COUNT = 7.0  # points; only three-digit counts become that small
_SAMPLE = 15.0  # a glyph in the legend
_CELL_REACHED_LABEL = "cell met"


def draw_heatmap(chart: Heatmap) -> Card:
    """Draw a heatmap on a card of its own."""
    legend = [*(glyph.label for glyph in GLYPHS.values()), _CELL_REACHED_LABEL]
    below = ROW * rows(legend, _SAMPLE)
    body = len(chart.rows) * (_DOWN + _GAP)
    card = Card(_TITLES + 24 + body + below + 22, chart.subject, _told(chart))
    top = card.height - below - body - 16
    for number, row in enumerate(chart.rows):
        _row(card, row, top + number * (_DOWN + _GAP))
    for level in range(1, TOP + 1):
        middle = _column(level) + _ACROSS / 2
        card.write((middle, top - 22), f"level {level}", Pen(SMALL, MUTED, side="center"))
    if chart.target is not None:
        _target(card, chart.target, top, body)
    _legend(card, legend, card.height - below)
    return card


def _told(chart: Heatmap) -> str:
    target = "target open" if chart.target is None else f"target {chart.target}"
    return f"Practices by dimension and level · {target} · {written(chart.day)}"


def _column(level: int) -> float:
    return _LEFT + (level - 1) * (_ACROSS + _GAP)


def _row(card: Card, row: HeatRow, y: float) -> None:
    title, room = chart_text.drawable(row.title), _LEFT - PADDING - 8
    lines, size = chart_text.wrap(title, room, (BODY, SMALLEST), 3, bold=True)
    if any(line.endswith("…") for line in lines):
        lines, size = chart_text.wrap(title, room, (_SMALLEST_TITLE, _SMALLEST_TITLE), 5, bold=True)
    name = y + (_DOWN - chart_text.LEADING * chart_text.UNITS_PER_POINT * (len(lines) * size + SMALL)) / 2
    for line in lines:
        name += card.write((PADDING, name), line, Pen(size, bold=True))
    card.write((PADDING, name), f"level {row.level}", Pen(SMALL, MUTED))
    for level, cell in enumerate(row.cells, start=1):
        _cell(card, cell, (_column(level), y))


def _cell(card: Card, cell: HeatCell, place: Point) -> None:
    x, y = place
    middle = (x + _ACROSS / 2, y + _DOWN / 2)
    if cell.empty:
        card.box(place, (_ACROSS, _DOWN), Box(CARD, BORDER, pattern="dotted", z=1.5))
        card.write_at(middle, "asks nothing", Pen(SMALLEST, MUTED))
        return
    face, edge = (CELL_REACHED, LEVEL) if cell.reached else (CELL, BORDER)
    card.box(place, (_ACROSS, _DOWN), Box(face, edge, thick=1.2, z=1.5))
    _glyphs(card, cell, place)
    if cell.reached:
        _tick(card, (x + _ACROSS - 14, y + 15))
    words = f"{cell.met} of {cell.counted} met" if cell.counted else GLYPHS["na"].label
    line, size = chart_text.fit(words, _ACROSS - 8, (SMALL, _SMALLEST_COUNT))
    card.write_at((middle[0], y + _DOWN - 14), line, Pen(size))


def _glyphs(card: Card, cell: HeatCell, place: Point) -> None:
    """Draw one shape for every practice, as large as the cell allows."""
    counts: dict[AnswerKind, int] = {kind: getattr(cell, kind) for kind in GLYPHS}
    across, down = _ACROSS - 2 * _INSIDE - _BADGE, _DOWN - _WORDS - _INSIDE
    number = sum(counts.values())
    size = next((s for s in _SIZES if int(across / s) * int(down / s) >= number), _SIZES[-1])
    columns, most = int(across / size), int(across / size) * int(down / size)
    places = [
        (place[0] + _INSIDE + size * (n % columns + 0.5), place[1] + _INSIDE + size * (n // columns + 0.5))
        for n in range(min(number, most))
    ]
    for kind in GLYPHS:
        draw_glyphs(card, kind, places[: counts[kind]], size * 0.76)
        places = places[counts[kind] :]


def draw_glyphs(card: Card, kind: AnswerKind, places: list[Point], across: float) -> None:
    """Draw the shape of an answer at every place, `across` units wide."""
    full = Marker("circle", across, INK, INK, max(0.8, across / 8))
    match GLYPHS[kind].shape:
        case "full circle":
            card.mark(places, full)
        case "half circle":
            card.mark(places, full._replace(half=True))
        case "hollow circle":
            card.mark(places, full._replace(face=CELL))
        case "question mark":
            for place in places:
                card.write_at(place, "?", Pen(across * 0.9, bold=True))
        case "dash":
            card.mark(places, Marker("bar", across * 0.8, INK, INK, full.thick * 1.4))


def _tick(card: Card, place: Point) -> None:
    card.mark([place], Marker("circle", 18, LEVEL, LEVEL))
    card.write_at(place, "✓", Pen(SMALLEST, ON_LEVEL, bold=True))


def _target(card: Card, target: int, top: float, body: float) -> None:
    """Mark where the target's last column ends; its name stands above the columns."""
    x = _column(target + 1) - _GAP / 2 if target < TOP else WIDTH - PADDING + _GAP / 2
    card.line([(x, top - 36), (x, top + body - _GAP + 5)], TARGET, LINES["target"].pattern, 2.2)
    card.square((x, top - 42), across=11)
    pen = Pen(SMALL, TARGET, bold=True, side="right" if target else "left")
    card.write((x - 11 if target else x + 11, top - 50), f"target {target}", pen)


def _legend(card: Card, texts: list[str], y: float) -> None:
    kinds: list[AnswerKind | None] = [*GLYPHS, None]
    for kind, entry in zip(kinds, placed(texts, _SAMPLE, y), strict=True):
        middle = (entry.x + _SAMPLE / 2, entry.y)
        if kind is None:
            _tick(card, middle)
        else:
            draw_glyphs(card, kind, [middle], _SAMPLE * 0.85)
        tell(card, entry, _SAMPLE)
