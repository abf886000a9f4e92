"""`maturity-bot demo`: a local workspace, and the unmodified bot as a process of its own connected to it.

With `--seed` an unused data folder is filled first with three example teams (`seed.py`).
"""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from bot.manifest import ManifestMissing, manifest_path
from bot.rehearsal import RehearsalClock, utc_now
from bot.sandbox.errors import PortBusy, WorkspaceFileError
from bot.sandbox.workspace import Workspace

CLOCK = "clock"  # the file in the data folder that says how far ahead the workspace's clock is
TRIES = 20  # ports after the wished one
HIGHEST_PORT = 65_535
RESTART_PAUSE = 1.0  # seconds before a bot that ended is started again
QUICK_END = 5.0  # seconds; a bot that ends sooner did not come up
SEED_ACK_LIMIT = 60.0  # seconds; nobody waits for these clicks, and a busy machine must not lose one
PATIENCE = 3  # quick ends in a row before the demo gives up


class DemoProblem(Exception):  # noqa: N818 - a situation
    """The demo cannot start; the message says what to do."""


def say_at_once(line: str) -> None:
    """Say a line to whoever started it, also where the output goes into a file or a pipe."""
    print(line, flush=True)  # noqa: T201 - it is the command's output


async def run_demo(port: int, data: Path, say: Callable[[str], None] = say_at_once, *, seed: bool = False) -> None:
    """Run until Ctrl-C or SIGTERM; ends the bot's process with it. `seed` fills an unused folder with example teams."""
    data = _made(data)
    if seed:
        port = await _seeded(port, data, say)
    clock = RehearsalClock(data / CLOCK)
    workspace = await _opened(
        port, say, lambda number: Workspace(manifest_path(), data, clock.seconds, number, forward=clock.forward)
    )
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    keeper = asyncio.create_task(_keep_bot(workspace, data, say))
    shown = workspace.url.replace("127.0.0.1", "localhost")
    say(f"The local workspace is open at {shown}")
    say(f"Its data is kept in {data}. Press Ctrl-C to end.")
    try:
        waiting = asyncio.create_task(stop.wait())
        await asyncio.wait({waiting, keeper}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
    finally:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper
        await workspace.stop()
        say("Ended. Start it again to go on where you were.")


def _made(data: Path) -> Path:
    """The folder, made where it is missing, with its whole path."""
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DemoProblem(f"{data}: cannot be made ({error.strerror}); name another folder with --data") from None
    return data.absolute()


async def _seeded(port: int, data: Path, say: Callable[[str], None]) -> int:
    """Fill the folder with the example teams, unless it is in use; gives the port that the links in it name."""
    from bot.seed import SeedProblem, usable
    from bot.seed import seed as fill
    from bot.seed_stage import SeedClock

    if not usable(data):
        say(f"{data} is in use already and stays as it is; for the example teams name a new folder with --data.")
        return port
    ports: list[int] = []

    async def opened(clock: SeedClock) -> Workspace:
        seeding = await _opened(
            port, say, lambda number: Workspace(manifest_path(), None, clock.seconds, number, ack_limit=SEED_ACK_LIMIT)
        )
        seeding.curtain = "The example teams are being set up. This page opens by itself in about half a minute."
        ports.append(urlsplit(seeding.url).port or port)
        return seeding

    try:
        await fill(data, utc_now(), opened, say)
    except SeedProblem as problem:
        raise DemoProblem(str(problem)) from None
    return ports[0]


async def _opened(port: int, say: Callable[[str], None], made: Callable[[int], Workspace]) -> Workspace:
    """Open a workspace on the wished port, or on the next free one; `made` makes it for a port."""
    last = min(port + TRIES, HIGHEST_PORT) if port else 0
    for number in range(port, last + 1):
        try:
            workspace = made(number)
            await workspace.start()
        except PortBusy:
            if number == port:
                say(f"Port {port} is busy; taking the next free one.")
            continue
        except (ManifestMissing, WorkspaceFileError) as error:
            raise DemoProblem(str(error)) from None
        return workspace
    raise DemoProblem(f"ports {port} to {last} are all busy; name a free one with --port")


async def _keep_bot(workspace: Workspace, data: Path, say: Callable[[str], None]) -> None:
    """Run the bot, and start it again when it ends: killing it is part of the show."""
    quick_ends = 0
    while quick_ends < PATIENCE:
        started = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=_environment(workspace, data), cwd=data, start_new_session=True
        )
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            await process.wait()
            raise
        quick_ends = quick_ends + 1 if time.monotonic() - started < QUICK_END else 0
        say(f"The bot ended (exit code {code}); starting it again.")
        await asyncio.sleep(RESTART_PAUSE)
    say("The bot does not stay up, so I stop trying; what it said stands above.")


def _environment(workspace: Workspace, data: Path) -> dict[str, str]:
    """The bot's own environment: nothing of the user's Slack, and no proxy between it and this machine."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("SLACK_")
        and name.upper()
        not in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "DATABASE_URL", "LOG_LEVEL", "PORT", "CLOCK_FILE")
    }
    if overlay := kept.get("KNOWLEDGE_PATH"):  # the bot works in the data folder: a path from here must be whole
        kept["KNOWLEDGE_PATH"] = str(Path(overlay).absolute())
    return {
        **kept,
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_API_URL": workspace.api_url,
        "DATABASE_URL": f"sqlite:///{data.absolute() / 'maturity.db'}",
        "CLOCK_FILE": str(data.absolute() / CLOCK),
        "LOG_LEVEL": "WARNING",
    }
