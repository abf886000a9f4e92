"""Row 9: one call of Slack's Web API, processor time against the SDK's client as it comes; and new connections.

Both post the same message, with the next question's blocks, to a loopback Slack in another process. The SDK's client
opens a session and a connection for every call; ours keeps one session.
"""
# ruff: noqa: E402 - a script: it finds its folder before importing

import asyncio
import datetime as dt
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.loopback_slack import BOT_TOKEN, slack_elsewhere
from benchmarks.measuring import Pair, compared, measured, rounds_wanted, tell
from benchmarks.sample_message import question
from bot.owing import payload_of
from bot.web import open_session, web_client
from bot.wire import call
from storage.outbox import Delivery

CALLS, AT_ONCE = 200, 10  # of a round
GOAL = 0.75


async def measure(rounds: int) -> None:
    """Measure and tell."""
    message = payload_of(question())
    pairs: list[Pair] = []
    async with slack_elsewhere() as slack, open_session() as session:
        ours, default = web_client(BOT_TOKEN, slack.api_url, session), AsyncWebClient(BOT_TOKEN, base_url=slack.api_url)
        owed = delivery(message)

        async def by_us() -> None:
            await call(ours, owed)

        async def by_default() -> None:
            await default.chat_postMessage(channel="C1", thread_ts="1.1", **message)

        await cpu(by_us)
        before = await slack.connections()
        await cpu(by_us)
        opened = [float(await slack.connections() - before)]
        await cpu(by_default)
        for _ in range(rounds):
            before = await slack.connections()
            one = await cpu(by_us)
            opened.append(float(await slack.connections() - before))
            pairs.append((one, await cpu(by_default)))
    tell(
        [
            compared("9", "one Web API call, CPU", pairs, "us", GOAL),
            measured("9", f"connections opened for {CALLS} calls, after warming up", opened, "", 0),
        ]
    )


def delivery(payload: dict[str, object]) -> Delivery:
    """The message as the courier claims it."""
    return Delivery(
        "d:000001:001", "T1", "d", "C1", "post", "q1", payload, "1.1", None, False, 0, dt.datetime.now(dt.UTC)
    )


async def cpu(work: Callable[[], Awaitable[None]]) -> float:
    """Processor time of one call, in microseconds."""
    began = time.process_time()
    for _ in range(CALLS // AT_ONCE):
        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return (time.process_time() - began) / CALLS * 1e6


if __name__ == "__main__":
    asyncio.run(measure(rounds_wanted(__doc__)))
