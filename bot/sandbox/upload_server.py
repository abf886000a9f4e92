"""Answers what is posted to the upload URLs, in whatever weather there is."""

from aiohttp import BodyPartReader, web

from bot.sandbox.errors import ApiError, DropConnection, Throttled
from bot.sandbox.hub import ApiCall, Hub
from bot.sandbox.payload import Payload
from bot.sandbox.uploads import UPLOAD

TAKEN, REFUSED = 200, 400  # HTTP's words for it


class UploadServer:
    """Answers `/upload/v1/...`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def serve(self, request: web.Request) -> web.Response:
        """Take one upload: 200 and `OK - LENGTH`, or a refusal in words."""
        with self._hub.activity.busy():
            try:
                return await self._answer(request)
            except DropConnection:
                if request.transport is not None:
                    request.transport.abort()
                return web.Response(status=503)

    async def _answer(self, request: web.Request) -> web.Response:
        hub = self._hub
        content = await _content(request)
        args: Payload = {"path": request.path.lstrip("/"), "length": len(content)}
        status, headers = TAKEN, dict[str, str]()
        try:
            await hub.weather.before(UPLOAD, args)
            given = hub.before_call and await hub.before_call(UPLOAD, args)
            result = given or {"ok": True, "file_id": hub.uploads.take(args["path"], content).key}
        except ApiError as refused:
            result, headers = {"ok": False, "error": refused.error, **refused.extra}, refused.headers
            status = refused.status
        if status == TAKEN and not result["ok"]:
            status = Throttled.status if result.get("error") == "ratelimited" else REFUSED
        hub.note(ApiCall(UPLOAD, args, result))
        hub.weather.after(UPLOAD)
        if hub.before_reply:
            await hub.before_reply(UPLOAD, args, result)
        text = f"OK - {len(content)}" if result["ok"] else str(result.get("error"))
        return web.Response(status=status, text=text, headers=headers)


async def _content(request: web.Request) -> bytes:
    """Give the posted bytes: of the first file of a form, else the body as it is."""
    if request.content_type != "multipart/form-data":
        return await request.content.read()
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.filename is not None:
            return bytes(await part.read(decode=True))
    return b""
