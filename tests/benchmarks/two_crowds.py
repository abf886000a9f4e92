"""Our bot and the naive one, each with a workspace, a process and a crowd of its own, as rows 6 and 7 compare them."""

import contextlib
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from benchmarks.bot_process import bot_process
from benchmarks.crowd import Crowd
from benchmarks.loopback_slack import loopback_slack


@contextlib.asynccontextmanager
async def two_crowds(people: int) -> AsyncIterator[tuple[Crowd, Crowd]]:
    """Give the crowds, ours first, each of so many people who have begun an assessment."""
    with tempfile.TemporaryDirectory() as name:
        async with (
            loopback_slack() as slack,
            loopback_slack() as other,
            bot_process("ours", slack.api_url, Path(name) / "ours.db"),
            bot_process("naive", other.api_url, Path(name) / "naive.db"),
        ):
            ours, naive = Crowd(slack, people), Crowd(other, people)
            await ours.begins()
            await naive.begins()
            yield ours, naive
