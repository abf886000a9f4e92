"""The pictures of an exported page: the charts of the stored results, drawn in a process of their own."""

import datetime as dt
from collections.abc import Iterator

from bot.chart_data import Axis, HeatCell, Heatmap, HeatRow, Radar, Trend, TrendPoint, trend_of
from bot.chart_words import alt_text
from bot.charts import ChartFailed, Charts
from bot.export_findings import Findings
from bot.export_pages import Picture
from bot.words import Words
from dialogs.coverage import CellCoverage
from dialogs.exported import Finished
from knowledge.library import Library


def charts_of(findings: Findings) -> Iterator[Radar | Heatmap | Trend]:
    """Give what can be drawn: nothing without a result, the trend from two results on."""
    if findings.finished is None:
        return
    result, subject, day = findings.result, findings.export.subject, findings.day
    target = None if result.open_target else result.target
    axes = tuple(Axis(title=row.title, level=row.level, up_to=row.up_to) for row in findings.levels)
    yield Radar(
        subject=subject,
        day=day,
        target=target,
        axes=axes,
        google=result.google,
        google_up_to=findings.google_up_to,
    )
    rows = tuple(HeatRow(title=row.title, cells=tuple(map(_cell, row.cells))) for row in findings.heat)
    yield Heatmap(subject=subject, day=day, target=target, rows=rows)
    trend = trend_of(subject, map(_point, reversed(findings.export.history)))
    if trend is not None:
        yield trend


def _cell(of: CellCoverage) -> HeatCell:
    return HeatCell(met=of.met, partly=of.partly, missing=of.missing, unknown=of.unknown, na=of.na, reached=of.cell_met)


def _point(finished: Finished) -> TrendPoint:
    result = finished.result
    up_to = result.ceiling.overall if result.ceiling.overall != result.overall else None
    target = None if result.open_target else result.target
    return TrendPoint(day=finished.at.astimezone(dt.UTC).date(), overall=result.overall, up_to=up_to, target=target)


async def drawn(findings: Findings, words: Words, charts: Charts) -> tuple[Picture, ...]:
    """Draw them so that they stay sharp at any size; ChartFailed where that fails."""
    return tuple(
        [Picture(chart.title, alt_text(chart, words), await charts.draw(chart, "svg")) for chart in charts_of(findings)]
    )


async def draw_pictures(findings: Findings, library: Library) -> tuple[tuple[Picture, ...], tuple[str, ...]]:
    """The same in a process that ends with it; where it fails the page does without, and the second value says why."""
    charts = Charts()
    try:
        return await drawn(findings, Words(library), charts), ()
    except ChartFailed as failed:
        return (), (f"the page has no pictures: {failed}",)
    finally:
        await charts.close()
