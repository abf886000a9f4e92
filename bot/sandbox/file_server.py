"""Hands over the contents of files: pictures to look at, everything else as a download that no browser runs."""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.file_store import FileStore
from bot.sandbox.files import INLINE
from bot.sandbox.payload import Payload

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-cache",
}


class FileServer:
    """Answers `/files-pri/TEAM-FILE/NAME`, its `/download/` and the permalink; `known` gives a file by its id."""

    def __init__(self, known: Callable[[], Mapping[str, Payload]], store: FileStore) -> None:
        self._known = known
        self._store = store

    async def private(self, request: web.Request) -> web.Response:
        """Give a picture to look at, and anything else as a download."""
        return self._served(request.match_info["file"], download=False)

    async def download(self, request: web.Request) -> web.Response:
        """Give any file as a download."""
        return self._served(request.match_info["file"], download=True)

    async def permalink(self, request: web.Request) -> web.Response:
        """Lead from a file's permalink to the file."""
        file = self._known().get(request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound(text="There is no such file in this workspace.")
        path = str(file["url_private"]).split("/", 3)[-1]
        raise web.HTTPFound(f"/{path}")

    def _served(self, key: str, *, download: bool) -> web.Response:
        file = self._known().get(key)
        try:
            content = self._store.content(key) if file else None
        except LookupError:
            content = None
        if file is None or content is None:
            return web.Response(status=404, text="There is no such file in this workspace.")
        kind = str(file["mimetype"])
        where = "inline" if kind in INLINE and not download else "attachment"
        name = f"{where}; filename*=UTF-8''{quote(file['name'], safe='')}"
        text = kind.startswith("text/")
        return web.Response(
            body=content,
            content_type=kind,
            charset="utf-8" if text else None,
            headers={**_ALWAYS, "Content-Disposition": name},
        )
