"""The contents of files: in the folder `files` of the workspace's data, or in memory where it keeps no data."""

import re
from pathlib import Path

FOLDER = "files"
_KEY = re.compile(r"F[0-9A-Z]+\Z")


class FileStore:
    """Keeps bytes by file id; None as the folder keeps them in memory."""

    def __init__(self, data: Path | None) -> None:
        self._folder = data / FOLDER if data else None
        self._memory: dict[str, bytes] = {}

    def keep(self, key: str, content: bytes) -> None:
        """Keep what a file holds; a draft takes the name only when it is whole."""
        if self._folder is None:
            self._memory[key] = content
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f"{key}.new"
        draft.write_bytes(content)
        draft.replace(self._folder / key)

    def content(self, key: str) -> bytes:
        """Give what a file holds; raises LookupError where nothing is kept of it."""
        if self._folder is None and key in self._memory:
            return self._memory[key]
        if self._folder is not None and _KEY.match(key) and (self._folder / key).is_file():
            return (self._folder / key).read_bytes()
        raise LookupError(f"There are no contents of a file {key!r} in this workspace.")

    def drop(self, key: str) -> None:
        """Forget what a file held."""
        self._memory.pop(key, None)
        if self._folder is not None:
            (self._folder / key).unlink(missing_ok=True)
