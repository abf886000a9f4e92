"""The legend below a picture: entries side by side, in as many rows as their words need."""

from collections.abc import Sequence
from typing import NamedTuple

from bot import chart_text
from bot.chart_card import INNER, PADDING, SMALL, Card
from bot.chart_palette import CARD, CELL, LINES, LineKind, Marker, Pen

ROW = 25.0  # units from row to row
LEGEND_SAMPLE = 36.0  # units: the piece of a line before its words
_APART, _BESIDE = 22.0, 7.0  # between two entries; between a sample and its words


class Entry(NamedTuple):
    """A place for one entry: where its sample begins, the middle of its row, and its words."""

    x: float
    y: float
    text: str


def placed(texts: Sequence[str], sample: float, y: float) -> list[Entry]:
    """Place entries whose samples are `sample` units wide; the first row's middle is at y."""
    found: list[Entry] = []
    x = float(PADDING)
    for text in texts:
        across = sample + _BESIDE + chart_text.width(text, SMALL)
        if found and x + across > PADDING + INNER:
            x, y = float(PADDING), y + ROW
        found.append(Entry(x, y, text))
        x += across + _APART
    return found


def rows(texts: Sequence[str], sample: float) -> int:
    """How many rows these entries take."""
    return len({entry.y for entry in placed(texts, sample, 0)})


def draw_lines(card: Card, entries: Sequence[tuple[LineKind, str]], y: float) -> None:
    """Draw a legend of lines."""
    for (kind, _), entry in zip(entries, placed([text for _, text in entries], LEGEND_SAMPLE, y), strict=True):
        look = LINES[kind]
        card.line([(entry.x, entry.y), (entry.x + LEGEND_SAMPLE, entry.y)], look.colour, look.pattern)
        face = {"circle": look.colour, "square": CARD, "ring": CELL}[look.marker]
        card.mark([(entry.x + LEGEND_SAMPLE / 2, entry.y)], Marker(look.marker, 12, face, look.colour))
        tell(card, entry, LEGEND_SAMPLE)


def tell(card: Card, entry: Entry, sample: float) -> None:
    """Write the words of an entry beside its sample."""
    card.write_on((entry.x + sample + _BESIDE, entry.y + 6), entry.text, Pen(SMALL))
