"""Running the bot as a process: build, connect, work until told to stop; problems as lines."""

import asyncio
import gc
import logging
import os
import signal
from collections.abc import Mapping
from contextlib import suppress

from slack_sdk.errors import SlackApiError

from bot.house import build
from bot.settings import Settings
from bot.web import NO_ANSWER, refusal
from knowledge.library import ContentError
from storage import failpoints
from storage.database import DatabaseProblem

logger = logging.getLogger(__name__)


def arm_for_tests(settings: Settings, environment: Mapping[str, str]) -> None:
    """Let a test kill this process at a place it names; never where Slack is the real one."""
    order = environment.get(failpoints.VARIABLE)
    if order and settings.local:
        failpoints.arm(order)


def _keep_for_good() -> None:
    """Spare what lives as long as the process every later search for garbage: else one of 70 ms stalls the loop."""
    gc.collect()
    gc.freeze()


async def run_bot(settings: Settings) -> tuple[str, ...]:
    """Run until SIGTERM or SIGINT; gives the problems that ended it, none after a clean stop."""
    arm_for_tests(settings, os.environ)
    try:
        house = build(settings)
    except ContentError as error:
        return error.problems
    except DatabaseProblem as error:
        return (str(error),)
    _keep_for_good()
    work = asyncio.create_task(house.run())
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, work.cancel)
    try:
        with suppress(asyncio.CancelledError):
            await work
    except SlackApiError as error:
        reason = refusal(error).reason
        return (f"Slack refuses to let the bot in ({reason}); run `maturity-bot doctor` to see what to do",)
    except NO_ANSWER as error:
        return (f"Slack cannot be reached at {settings.slack_api_url} ({error}); check the network and SLACK_API_URL",)
    finally:
        await house.close()
    return ()
