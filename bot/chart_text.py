"""Text that fits: measured with the font that draws it, wrapped, made smaller, and cut only as the last resort."""

import re
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.path import Path as Outline
from matplotlib.textpath import text_to_path

UNITS_PER_POINT = 100 / 72  # a unit is a hundredth of an inch, as everywhere on a card
LEADING = 1.25  # from line to line, in ems
CAP_HEIGHT = 0.729  # of capitals and digits, in ems of this font
_FOLDER = Path(mpl.get_data_path()) / "fonts" / "ttf"
# From their files, so that no other font of the machine gets in.
_FILES = {False: str(_FOLDER / "DejaVuSans.ttf"), True: str(_FOLDER / "DejaVuSans-Bold.ttf")}
_FONTS = {bold: FontProperties(fname=file, size=text_to_path.FONT_SCALE) for bold, file in _FILES.items()}
_PIECES = re.compile(r"[^\s/_-]*[/_-]+|[^\s/_-]+\s*|\s+")
Sizes = tuple[float, float]  # points: the size wanted, and the smallest that will do
_STEP = 0.5  # points by which text is made smaller
_ENOUGH = 0.5  # of a text's signs that the font must have; with fewer the text says nothing any more


@lru_cache(maxsize=2048)
def outline(text: str, *, bold: bool = False) -> Outline | None:
    """The shape of a line, one em being one unit, y growing downwards from the baseline; None for blanks.

    Shapes draw in half the time of hinted text, are the same at every size, and never read "$" as mathematics.
    """
    places, codes = text_to_path.get_text_path(_FONTS[bold], text, ismath=False)
    return Outline(np.asarray(places) / text_to_path.FONT_SCALE * (1, -1), codes) if len(places) else None


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is drawn at a size in points, in units."""
    return _ems(text, bold=bold) * size * UNITS_PER_POINT


@lru_cache(maxsize=4096)
def _ems(text: str, *, bold: bool) -> float:
    across, _, _ = text_to_path.get_text_width_height_descent(text, _FONTS[bold], ismath=False)
    return float(across) / text_to_path.FONT_SCALE


def drawable(text: str) -> str:
    """The text without signs that the font lacks; empty where too little would remain, as in another script."""
    text = " ".join(text.split())
    kept = " ".join("".join(sign for sign in text if ord(sign) in _signs()).split())
    return kept if len(kept) >= _ENOUGH * len(text) else ""


def fit(text: str, across: float, sizes: Sizes, *, bold: bool = False) -> tuple[str, float]:
    """A line that is at most `across` units wide, and its size in points."""
    size, smallest = sizes
    while size > smallest and width(text, size, bold=bold) > across:
        size = max(smallest, size - _STEP)
    return cut(text, across, size, bold=bold), size


def wrap(text: str, across: float, sizes: Sizes, most: int, *, bold: bool = False) -> tuple[list[str], float]:
    """At most `most` lines that are `across` units wide at most, and their size in points."""
    size, smallest = sizes
    while True:
        lines = _lines(text, across, size, bold=bold)
        whole = len(lines) <= most and all(width(line, size, bold=bold) <= across for line in lines)
        if whole or size <= smallest:
            break
        size = max(smallest, size - _STEP)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [cut(line, across, size, bold=bold) for line in lines], size


def cut(text: str, across: float, size: float, *, bold: bool = False) -> str:
    """The text, shortened with "…" where it is wider than `across` units."""
    if width(text, size, bold=bold) <= across:
        return text
    while text and width(text.rstrip() + "…", size, bold=bold) > across:
        text = text[:-1]
    return text.rstrip() + "…"


def _lines(text: str, across: float, size: float, *, bold: bool) -> list[str]:
    """The text in lines, broken at blanks and after hyphens, low lines and slashes."""
    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and width((lines[-1] + piece).rstrip(), size, bold=bold) > across:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


@lru_cache(maxsize=1)
def _signs() -> frozenset[int]:
    """What both faces can draw."""
    plain, bold = (frozenset(get_font(file).get_charmap()) for file in _FILES.values())
    return plain & bold
