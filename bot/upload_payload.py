"""What an upload holds: the data of its pictures, or an export, settled in the turn that owes it.

What they look like follows when they are sent: a picture takes a process of its own and half a second, which no
transaction waits for. A file's name carries a mark of its row, so that the courier can look whether it is there.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from bot.chart_data import Heatmap, Radar, Trend, TrendPoint, heatmap_of, radar_of, trend_of
from bot.chart_words import alt_text
from bot.export_files import file_stem
from bot.mrkdwn import Mrkdwn, join
from bot.words import Words
from dialogs.coverage import coverage
from dialogs.effects import Upload
from dialogs.judgement import Judgement
from dialogs.result_screens import ExportFiles
from dialogs.standing import Standing
from dialogs.state import State
from storage import exporting, standings
from storage.reports import Reading

Chart = Radar | Heatmap | Trend
_MARK = 8  # hexadecimal digits: rows of one thread within ten minutes must not be mixed up


def upload_payload(effect: Upload, key: str, words: Words, reading: Reading) -> dict[str, Any]:
    """The payload of an upload: `text` is the comment, `mark` tells its files from others', the rest what they hold."""
    state = effect.state
    mark = hashlib.sha256(key.encode()).hexdigest()[:_MARK]
    whose = (state.workspace, state.channel, state.subject_key)
    if isinstance(effect.what, ExportFiles):
        export = exporting.read_subject(reading.sql, *whose)
        held = {"kinds": list(effect.what.kinds), "export": export.model_dump(mode="json")}
        return {"text": words("files.export", subject=state.subject), "mark": mark, **held}
    charts = _charts(state, effect.what.judgement, standings.of_subject(reading.sql, *whose), words)
    files = [_picture(chart, mark, words) for chart in charts]
    return {"text": _comment(charts, state.subject, words), "mark": mark, "files": files}


def _comment(charts: Sequence[Chart], subject: str, words: Words) -> Mrkdwn:
    """What stands above the pictures; the report has every number but those of earlier results, so they follow."""
    trend = next((alt_text(chart, words) for chart in charts if isinstance(chart, Trend)), "")
    return join((words("files.pictures", subject=subject, trend=bool(trend)), trend))


def _charts(state: State, judgement: Judgement, found: Sequence[Standing], words: Words) -> list[Chart]:
    """The pictures of a result: levels against target, practices by dimension and level, and the trend if there is."""
    subject, day = state.subject, state.assessed_at.date()
    library = words.library
    target = None if "stage" in judgement.target.missing else judgement.target.level
    points = (
        TrendPoint(
            day=each.at.date(),
            overall=each.overall,
            up_to=each.up_to if each.up_to != each.overall else None,
            target=each.target,
        )
        for each in reversed(found)
    )
    charts: list[Chart | None] = [
        radar_of(library, subject, day, judgement),
        heatmap_of(library, subject, day, coverage(library, state.choices()), target),
        trend_of(subject, points),
    ]
    return [chart for chart in charts if chart is not None]


def _picture(chart: Chart, mark: str, words: Words) -> dict[str, Any]:
    """One picture: its file's name, its title, what it says in words, and its data."""
    return {
        "name": f"{file_stem(chart.subject)}-{chart.name}-{mark}.png",
        "title": chart.title,
        "alt": alt_text(chart, words),
        "chart": chart.model_dump(mode="json"),
    }
