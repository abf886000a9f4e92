"""What runs in the drawing process. It imports nothing large before it is there, and ends when the bot does."""

import gc
import multiprocessing as mp
import os
import signal
import tempfile
import threading
import warnings
from typing import Literal

from bot.chart_data import Heatmap, Radar, Trend

_NICE = 5  # a picture may wait for a click's acknowledgement, never the other way round
# Before matplotlib and numpy: no thread pools for sums this small, no fonts of the machine, no display.
_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MPL_IGNORE_SYSTEM_FONTS": "1",
    "MPLBACKEND": "agg",
}


def begin() -> None:
    """Prepare the process: it follows the bot's end, and leaves Ctrl-C to the bot."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="ends-with-the-bot", daemon=True).start()
    os.nice(_NICE)
    os.environ.update(_ENVIRONMENT)
    _load()
    gc.collect()
    gc.freeze()  # what is there stays, so that looking for figures takes a millisecond


def drawn(chart: Radar | Heatmap | Trend, kind: Literal["png", "svg"]) -> bytes:
    """Draw a chart. Figures refer to themselves, so their pixels would stay until somebody looks for them."""
    from bot.chart_drawing import draw

    try:
        return draw(chart, kind)
    finally:
        gc.collect()


def _load() -> None:
    """Import what draws, with a folder for its caches that is gone afterwards: the home may be read-only."""
    with tempfile.TemporaryDirectory(prefix="maturity-bot-charts-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        os.environ["MPLCONFIGDIR"] = folder
        from bot import chart_drawing  # noqa: F401 - imported for what it loads


def _end_with_parent() -> None:
    """Wait for the bot to be gone, even by SIGKILL, which closes its end of a pipe; then go too, whatever is drawn."""
    parent = mp.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
