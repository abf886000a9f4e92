"""Our bot as it is run in production, and a bare Bolt app, as processes that were just started and have connected."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

from benchmarks.loopback_slack import APP_TOKEN, BOT_TOKEN, PATIENCE_SECONDS, LoopbackSlack

ROOT = Path(__file__).parents[2]
Side = Literal["ours", "bare"]

# The least that connects: Bolt's own example of an app in Socket Mode.
BARE = """
import asyncio, os
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

app = AsyncApp(
    client=AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
    process_before_response=True,
)

@app.action("on")
async def acknowledge(ack):
    await ack()

async def main():
    await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start_async()

asyncio.run(main())
"""


@contextlib.asynccontextmanager
async def started(side: Side, slack: LoopbackSlack, database: Path) -> AsyncIterator[int]:
    """Run one for the length of the block, which begins when it is connected; gives its process id."""
    slack.connected.clear()
    command = ("-m", "bot", "run") if side == "ours" else ("-c", BARE)
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=ROOT, env=_environment(slack, database), stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await slack.connected.wait()
        yield process.pid
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def _environment(slack: LoopbackSlack, database: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if "proxy" not in name.lower()},
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{database}",
        "LOG_LEVEL": "ERROR",
    }
