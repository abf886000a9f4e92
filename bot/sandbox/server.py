"""The HTTP server: which path leads where, and who may knock."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from bot.sandbox.acts import Acts
from bot.sandbox.errors import PortBusy
from bot.sandbox.file_server import FileServer
from bot.sandbox.hub import Hub
from bot.sandbox.page_api import PageApi
from bot.sandbox.upload_server import UploadServer
from bot.sandbox.web_api import WebApi

HOST = "127.0.0.1"
PAGE = Path(__file__).parent / "page"
_SLACKS_OWN = ("/api/", "/link/", "/hooks/", "/upload/")  # what an outage takes along
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Serves one workspace on loopback."""

    def __init__(self, hub: Hub, acts: Acts) -> None:
        self._hub = hub
        self._page = PageApi(hub, acts)
        self._runner: web.AppRunner | None = None

    async def start(self, port: int) -> int:
        """Listen on the port (0: any free one) and give it; raises PortBusy."""
        runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, port).start()
        except OSError as busy:
            await runner.cleanup()
            raise PortBusy(port) from busy
        self._runner = runner
        bound: int = runner.addresses[0][1]
        return bound

    async def stop(self) -> None:
        """Close every connection and stop listening."""
        await self._page.close()
        await self._hub.link.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _app(self) -> web.Application:
        middlewares = [_only_this_machine, self._in_an_outage, self._behind_the_curtain]
        app = web.Application(middlewares=middlewares, client_max_size=2 * 1024 * 1024)
        api, responses = WebApi(self._hub), self._hub.response_urls
        app.router.add_route("GET", "/api/{method}", api.serve)
        app.router.add_route("POST", "/api/{method}", api.serve)
        app.router.add_get("/link/", self._hub.link.serve)
        app.router.add_post("/hooks/{rest:.+}", responses.serve)
        app.router.add_get("/archives/{channel}/p{stamp:[0-9]{16}}", self._permalink)
        app.router.add_post("/upload/v1/{ticket}", UploadServer(self._hub).serve)
        self._add_files(app.router)
        app.router.add_get("/page/socket", self._page.socket)
        app.router.add_post("/page/act", self._page.act)
        app.router.add_get("/", _index)
        if PAGE.is_dir():
            app.router.add_static("/static/", PAGE)
        return app

    def _add_files(self, router: web.UrlDispatcher) -> None:
        files = FileServer(lambda: self._hub.state.files, self._hub.file_store)
        router.add_get("/files-pri/{team:[A-Z0-9]+}-{file:F[A-Z0-9]+}/download/{name}", files.download)
        router.add_get("/files-pri/{team:[A-Z0-9]+}-{file:F[A-Z0-9]+}/{name}", files.private)
        router.add_get("/files/{user}/{file:F[A-Z0-9]+}/{name}", files.permalink)

    @web.middleware
    async def _in_an_outage(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Break off what the app asks while the workspace is away; the page is no part of Slack's outage."""
        if self._hub.weather.away and request.path.startswith(_SLACKS_OWN):
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=503)
        return await handler(request)

    @web.middleware
    async def _behind_the_curtain(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Keep people off the page while the workspace is being set up; it looks again by itself."""
        if self._hub.curtain and (request.path == "/" or request.path.startswith("/page/")):
            headers = {"Refresh": "2", "Cache-Control": "no-store"}
            return web.Response(status=503, text=self._hub.curtain, headers=headers)
        return await handler(request)

    async def _permalink(self, request: web.Request) -> web.StreamResponse:
        channel, stamp = request.match_info["channel"], request.match_info["stamp"]
        ts = f"{stamp[:10]}.{stamp[10:]}"
        message = self._hub.state.messages.get(channel, {}).get(ts, {})
        raise web.HTTPFound(f"/#{channel}/{message.get('thread_ts', ts)}")


async def _index(_: web.Request) -> web.StreamResponse:
    index = PAGE / "index.html"
    if not index.is_file():
        return web.Response(status=404, text="The page is not part of this installation.")
    return web.FileResponse(index, headers={"Cache-Control": "no-cache"})


@web.middleware
async def _only_this_machine(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Refuse requests that a foreign web page makes the browser send: wrong host name or wrong origin."""
    port = request.url.port
    own = {f"{name}:{port}" for name in (HOST, "localhost")}
    if request.host not in own:
        return web.Response(status=403, text="This workspace answers to 127.0.0.1 and localhost only.")
    origin = request.headers.get("Origin")
    if origin is not None and origin.removeprefix("http://") not in own:
        return web.Response(status=403, text="Another web site may not drive this workspace.")
    if request.path == "/page/act" and request.content_type != "application/json":
        return web.Response(status=415, text="Acts come as application/json.")
    return await handler(request)
