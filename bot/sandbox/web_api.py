"""The Web API under `/api/`: who may call what, and the envelope of every answer."""

from collections.abc import Callable

from aiohttp import web

from bot.sandbox.api_call import arguments_of, checked, method_named, token_of
from bot.sandbox.contracts import Method
from bot.sandbox.errors import ApiError, DropConnection
from bot.sandbox.hub import ApiCall, Hub
from bot.sandbox.lookups import need_scope
from bot.sandbox.methods_app import APP_METHODS
from bot.sandbox.methods_assistant import ASSISTANT_METHODS
from bot.sandbox.methods_chat import CHAT_METHODS
from bot.sandbox.methods_conversations import CONVERSATION_METHODS
from bot.sandbox.methods_files import FILE_METHODS
from bot.sandbox.methods_users import USER_METHODS
from bot.sandbox.methods_views import VIEW_METHODS
from bot.sandbox.payload import Payload, copied

Handler = Callable[[Hub, Payload], Payload]
SERVER_ERRORS = 500  # HTTP's line
HANDLERS: dict[str, Handler] = {
    **APP_METHODS,
    **ASSISTANT_METHODS,
    **CHAT_METHODS,
    **CONVERSATION_METHODS,
    **FILE_METHODS,
    **USER_METHODS,
    **VIEW_METHODS,
}


class WebApi:
    """Answers `/api/METHOD`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one call; refusals come with status 200 and `ok` false, as from Slack."""
        with self._hub.activity.busy():
            try:
                return await self._answer(request.match_info["method"], request)
            except DropConnection:
                if request.transport is not None:
                    request.transport.abort()
                return web.Response(status=503)

    async def _answer(self, name: str, request: web.Request) -> web.Response:
        hub, args, status = self._hub, Payload(), 200
        headers = {"x-oauth-scopes": ",".join(sorted(hub.manifest.scopes))}
        try:
            args = await arguments_of(request)
            token = token_of(request, args)
            await hub.weather.before(name, args)
            given = hub.before_call and await hub.before_call(name, args)
            result = given or {"ok": True, **self._call(name, args, token)}
        except ApiError as refused:
            result = {"ok": False, "error": refused.error, **refused.extra}
            status = refused.status
            headers |= refused.headers
        hub.note(ApiCall(name, copied(args), copied(result)))
        if status >= SERVER_ERRORS:
            return web.Response(status=status, text="<html>Something broke.</html>", content_type="text/html")
        hub.weather.after(name)
        if hub.before_reply:
            await hub.before_reply(name, args, result)
        return web.json_response(result, status=status, headers=headers)

    def _call(self, name: str, args: Payload, token: str) -> Payload:
        method = method_named(name)
        self._admit(method, token)
        return HANDLERS[name](self._hub, checked(method, args))

    def _admit(self, method: Method, token: str) -> None:
        hub = self._hub
        if method.caller == "none":
            return
        if not token:
            raise ApiError("not_authed")
        kinds = {hub.bot_token: "bot", hub.app_token: "app"}
        if token not in kinds:
            raise ApiError("invalid_auth")
        if kinds[token] == "bot" and not hub.installed:
            raise ApiError("account_inactive")
        if kinds[token] != method.caller:
            raise ApiError("not_allowed_token_type")
        if method.scopes and not hub.manifest.scopes.intersection(method.scopes):
            need_scope(hub, method.scopes[0])
