"""The real bot as a process of its own that is killed and started again, as by a failing power cable."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from bot.rehearsal import RehearsalClock
from bot.sandbox.workspace import Workspace
from storage.failpoints import VARIABLE

A_MINUTE = 60.0  # seconds; longer than a lease and than the time until a doubt can be settled
TIDIED = "resource_tracker: There appear to be"  # ... leaked semaphore objects to clean up


class BotProcess:
    """`python -m bot run`, started again a minute later by the rehearsal's clock whenever it was killed.

    `orders` are the places, `NAME:N`, where the first process is killed, then the second, and so on; the processes
    after the last order live. `under` is a command that runs it, such as a tracer. `killed` holds the orders that were
    carried out, `ended` whatever else ended a process.
    """

    def __init__(
        self,
        workspace: Workspace,
        folder: Path,
        clock: RehearsalClock,
        orders: Sequence[str] = (),
        under: Sequence[str] = (),
    ) -> None:
        self.starts = 0
        self.killed: list[str] = []
        self.ended: list[str] = []
        self._workspace = workspace
        self._folder = folder
        self._clock = clock
        self._command = (*under, sys.executable, "-m", "bot", "run")
        self._orders: Iterator[str] = iter(orders)
        self._process: asyncio.subprocess.Process | None = None
        self._keeping: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._keeping = asyncio.create_task(self._keep())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        if self._process is not None and self._process.returncode is None:
            self.kill()
            await self._process.wait()

    def kill(self) -> bool:
        """Kill the process at once, wherever it is; False where there is none right now."""
        if self._process is None or self._process.returncode is not None:
            return False
        os.killpg(self._process.pid, signal.SIGKILL)  # asyncio's own kill would reap it before its watcher does
        return True

    @property
    def complaints(self) -> str:
        """What all processes have written to their log: errors only.

        Without what Python's own keeper of semaphores says when it tidies up behind a picture process whose bot was
        killed: that it does so is right, and nothing of the bot's.
        """
        log = self._folder / "bot.log"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return "\n".join(line for line in lines if TIDIED not in line)

    async def _keep(self) -> None:
        while True:
            order = next(self._orders, "")
            self._process = await self._start(order)
            code = await self._process.wait()
            if code == -signal.SIGKILL:
                self.killed.append(order or "any moment")
            else:
                self.ended.append(f"ended with code {code}")
            await self._workspace.until(lambda: not self._workspace.link.connected)
            self._clock.forward(A_MINUTE)

    async def _start(self, order: str) -> asyncio.subprocess.Process:
        self.starts += 1
        with (self._folder / "bot.log").open("a", encoding="utf-8") as log:
            return await asyncio.create_subprocess_exec(
                *self._command, env=self._environment(order), cwd=self._folder, stderr=log, start_new_session=True
            )

    def _environment(self, order: str) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if "proxy" not in name.lower()},
            "SLACK_BOT_TOKEN": self._workspace.bot_token,
            "SLACK_APP_TOKEN": self._workspace.app_token,
            "SLACK_API_URL": self._workspace.api_url,
            "DATABASE_URL": f"sqlite:///{self._folder / 'maturity.db'}",
            "CLOCK_FILE": str(self._folder / "clock"),
            "LOG_LEVEL": "ERROR",
            VARIABLE: order,
        }
