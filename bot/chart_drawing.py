"""Draws pictures. Imported in the drawing process alone, since what it stands on is large."""

from typing import Literal

from bot.chart_card import Card
from bot.chart_data import Heatmap, Radar, Trend
from bot.chart_heatmap import draw_heatmap
from bot.chart_radar import draw_radar
from bot.chart_trend import draw_trend


def draw(chart: Radar | Heatmap | Trend, kind: Literal["png", "svg"]) -> bytes:
    """The picture as a file's content. The same chart gives the same bytes; nothing is read or fetched."""
    return _card(chart).saved(kind)


def _card(chart: Radar | Heatmap | Trend) -> Card:
    match chart:
        case Radar():
            return draw_radar(chart)
        case Heatmap():
            return draw_heatmap(chart)
        case Trend():
            return draw_trend(chart)
