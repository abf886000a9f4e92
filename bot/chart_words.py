"""A picture in words: the alternative text that says everything the picture shows."""

from bot.chart_data import HeatCell, Heatmap, HeatRow, Radar, Trend
from bot.mrkdwn import Mrkdwn, cut, escape, join, unescape
from bot.naming import full_day
from bot.words import Words

ALT_TEXT = 1000  # characters; our own limit, so that a screen reader's user is not kept for minutes
_SUBJECT = 80  # characters; what the script takes as a subject


def alt_text(chart: Radar | Heatmap | Trend, words: Words) -> str:
    """Say what the picture shows, every number, as plain text of at most 1000 characters."""
    match chart:
        case Radar():
            said = _radar(chart, words)
        case Heatmap():
            said = _heatmap(chart, words)
            if len(unescape(said)) > ALT_TEXT:
                said = _heatmap(chart, words, "_brief")
        case Trend():
            said = _trend(chart, words)
    return cut(unescape(said), ALT_TEXT)


def _radar(chart: Radar, words: Words) -> str:
    axes = [words("charts.axis", title=a.title, level=_level(a.level, a.up_to, words)) for a in chart.axes]
    return words(
        "charts.radar",
        subject=_short(chart.subject),
        day=full_day(chart.day),
        overall=_level(chart.overall, chart.overall_up_to, words),
        target=_target(chart.target, words),
        axes=join(axes, "; "),
        google=_level(chart.google, None, words),
        google_up_to=chart.google_up_to,
    )


def _heatmap(chart: Heatmap, words: Words, form: str = "") -> str:
    return words(
        f"charts.heatmap{form}",
        subject=_short(chart.subject),
        day=full_day(chart.day),
        target=_target(chart.target, words),
        rows=join([_row(row, words, form) for row in chart.rows], " "),
    )


def _row(row: HeatRow, words: Words, form: str) -> Mrkdwn:
    cells = [_cell(cell, level, words, form) for level, cell in enumerate(row.cells, start=1)]
    return words("charts.row", title=row.title, cells=join(cells, ", " if form else "; "))


def _cell(cell: HeatCell, level: int, words: Words, form: str) -> Mrkdwn:
    if cell.empty:
        return words("charts.cell_empty", level=level)
    if form:
        counts = f"{cell.met}/{cell.partly}/{cell.missing}/{cell.unknown}/{cell.na}"
    elif cell.counted:
        counts = words("charts.counts", **cell.model_dump(), counted=cell.counted)
    else:
        counts = words("charts.cell_na", na=cell.na)
    return words(f"charts.cell{form}", level=level, reached=cell.reached, counts=counts)


def _trend(chart: Trend, words: Words) -> str:
    points = [
        words(
            "charts.point",
            day=full_day(point.day),
            level=_level(point.overall, point.up_to, words),
            target=_target(point.target, words),
        )
        for point in chart.points
    ]
    shown = len(chart.points)
    subject = _short(chart.subject)
    return words("charts.trend", subject=subject, shown=shown, earlier=chart.earlier, points=join(points, "; "))


def _level(level: int, up_to: int | None, words: Words) -> Mrkdwn:
    return words("charts.level", level=level, up_to=up_to)


def _target(target: int | None, words: Words) -> Mrkdwn:
    return words("charts.no_target") if target is None else words("charts.target", target=target)


def _short(subject: str) -> Mrkdwn:
    return cut(escape(subject), _SUBJECT)
