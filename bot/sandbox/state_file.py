"""Keeps the workspace in a file, so that the demo finds it again after a restart."""

import asyncio
import json
from pathlib import Path

from bot.sandbox.errors import WorkspaceFileError
from bot.sandbox.state import State, state_from

FILE_NAME = "workspace.json"
PAUSE = 0.25  # seconds in which further changes join the same write


class StateFile:
    """Writes the state soon after a change: whole, to a draft that then takes the old file's place."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE_NAME if folder else None
        self._state: State | None = None
        self._timer: asyncio.TimerHandle | None = None

    def load(self) -> State | None:
        """Give the saved state, or None if there is none; raises WorkspaceFileError."""
        if self._path is None or not self._path.exists():
            return None
        try:
            return state_from(json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as broken:
            raise WorkspaceFileError(
                f"{self._path} cannot be read ({broken}); move it away to begin with a fresh workspace.",
            ) from broken

    def keep(self, state: State) -> None:
        """Say which state is saved from now on."""
        self._state = state

    def changed(self) -> None:
        """Save soon."""
        if self._path is not None and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PAUSE, self.save)

    def save(self) -> None:
        """Save now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._path is None or self._state is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".json.new")
        draft.write_text(json.dumps(self._state.as_json(), ensure_ascii=False), encoding="utf-8")
        draft.replace(self._path)
