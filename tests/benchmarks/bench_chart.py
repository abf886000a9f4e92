"""Row 14: how late the bot's loop is while a chart is drawn, and how long a warm chart takes.

The drawing happens in a process of its own (`bot/charts.py`); the loop ticks once a millisecond meanwhile. Beside it
stands the same loop with nothing to do.
"""
# ruff: noqa: E402 - a script: it finds its folder before importing

import asyncio
import datetime as dt
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from benchmarks.bot_process import Watch
from benchmarks.measuring import measured, not_there, quantile, rounds_wanted, tell

CHARTS, GOAL_MS = 10, 10.0  # of a round


async def measure(rounds: int) -> None:
    """Measure and tell."""
    try:
        from bot.chart_data import Axis, Radar
        from bot.charts import Charts
    except ImportError as missing:
        not_there("14", "one chart, warm", str(missing))
    axes = tuple(Axis(title=title, level=level) for level, title in enumerate(("People", "Training", "Release")))
    chart = Radar(subject="fraud-detection", day=dt.date(2026, 11, 26), target=3, axes=axes, google=1)
    drawing = Charts()
    took: list[float] = []
    late: list[float] = []
    still: list[float] = []
    try:
        await drawing.draw(chart)
        for _ in range(rounds):
            watch = Watch()
            watch.begin()
            for _ in range(CHARTS):
                began = time.perf_counter()
                await drawing.draw(chart)
                took.append(1000 * (time.perf_counter() - began))
            watch.end()
            late.append(1000 * quantile(watch.late, 0.99))
            watch.begin()
            await asyncio.sleep(0.3)
            watch.end()
            still.append(1000 * quantile(watch.late, 0.99))
    finally:
        await drawing.close()
    tell(
        [
            measured("14", "one chart, warm", took, "ms"),
            measured("14", "the loop's delay meanwhile, p99", late, "ms", GOAL_MS),
            measured("14", "the loop's delay when nothing is drawn, p99", still, "ms"),
        ]
    )


if __name__ == "__main__":
    asyncio.run(measure(rounds_wanted(__doc__)))
