"""Row 12: from the start of the process to the open connection, against a bare Bolt app; and what is imported.

Ours is started as in production, by `python -m bot run`. Both connect to a loopback Slack. The files were read before,
so the disk's cache is warm; the database is new every time.
"""
# ruff: noqa: E402 - a script: it finds its folder before importing

import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from benchmarks.loopback_slack import LoopbackSlack, loopback_slack
from benchmarks.measuring import Row, compared, rounds_wanted, tell
from benchmarks.started import Side, started

GOAL = 2.0
HEAVY = ("matplotlib", "numpy", "PIL", "holidays", "sklearn", "scipy", "pandas", "playwright", "hypothesis")
_IMPORTED = "import bot.house, sys; print(' '.join(sorted(sys.modules)))"


async def measure(rounds: int) -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as name:
        async with loopback_slack() as slack:

            async def seconds(side: Side, number: int) -> float:
                return await start_of(side, slack, Path(name) / f"{number}.db")

            await seconds("ours", 0)
            await seconds("bare", 0)
            pairs = [(await seconds("ours", number), await seconds("bare", number)) for number in range(1, rounds + 1)]
    found = heavy()
    tell(
        [
            compared("12", "start to connected", pairs, "s", GOAL),
            Row("12", "heavy libraries at the start", ", ".join(found) or "none", goal="none", reached=not found),
        ]
    )


async def start_of(side: Side, slack: LoopbackSlack, database: Path) -> float:
    """Seconds from the start of a process until its socket is open."""
    began = time.perf_counter()
    async with started(side, slack, database):
        return slack.connected_at - began


def heavy() -> list[str]:
    """Which heavy libraries the house brings along."""
    root = Path(__file__).parents[2]
    told = subprocess.run([sys.executable, "-c", _IMPORTED], cwd=root, capture_output=True, text=True, check=True)  # noqa: S603 - our own line
    return sorted({module.split(".")[0] for module in told.stdout.split()} & set(HEAVY))


if __name__ == "__main__":
    asyncio.run(measure(rounds_wanted(__doc__)))
