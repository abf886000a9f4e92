"""The upload URLs: one POST each of exactly the bytes that were announced, raw or as a form. They ask for no token."""

import secrets
from dataclasses import dataclass

from bot.sandbox.errors import ApiError
from bot.sandbox.file_store import FileStore

UPLOAD = "upload"
"""What the second step is called among the calls: in `api_calls`, in the hooks and in the weather."""

_MOST_WAITING = 1000


@dataclass
class Announced:
    """A file that is to come: until its bytes are here, and then until it is completed."""

    key: str
    name: str
    length: int
    alt_txt: str
    here: bool = False


class Uploads:
    """Gives out upload URLs and takes what is posted to them."""

    def __init__(self, store: FileStore) -> None:
        self._store = store
        self._by_path: dict[str, Announced] = {}
        self._by_key: dict[str, Announced] = {}

    def announce(self, key: str, name: str, length: int, alt_txt: str) -> str:
        """Note a file that is to come and give the path its bytes go to."""
        while len(self._by_path) >= _MOST_WAITING:
            del self._by_path[next(iter(self._by_path))]
        while len(self._by_key) >= _MOST_WAITING:
            self._store.drop(self._by_key.pop(next(iter(self._by_key))).key)
        path = f"upload/v1/{secrets.token_urlsafe(24)}"
        self._by_path[path] = self._by_key[key] = Announced(key, name, length, alt_txt)
        return path

    def waiting(self, key: str) -> Announced | None:
        """Give a file whose bytes are here and which is not completed yet, or None."""
        found = self._by_key.get(key)
        return found if found is not None and found.here else None

    def completed(self, key: str) -> None:
        """Note that a file is completed: it cannot be completed again."""
        self._by_key.pop(key, None)

    def take(self, path: str, content: bytes) -> Announced:
        """Keep what was posted to a path; raises ApiError for an unknown or used path and for another length."""
        announced = self._by_path.get(path)
        if announced is None:
            raise ApiError("this upload URL is unknown or was used already")
        if len(content) != announced.length:
            raise ApiError(f"expected {announced.length} bytes, got {len(content)}")
        del self._by_path[path]
        announced.here = True
        self._store.keep(announced.key, content)
        return announced
