"""Socket Mode: the WebSocket over which the app hears of events, clicks and commands."""

import asyncio
import contextlib
import json
import secrets
from collections import deque
from collections.abc import Callable
from typing import Literal

from aiohttp import WSMsgType, web

from bot.sandbox.activity import Activity
from bot.sandbox.errors import NotAcknowledged
from bot.sandbox.payload import Payload

Farewell = Literal["warning", "refresh_requested", "link_disabled"]
EnvelopeKind = Literal["events_api", "interactive", "slash_commands"]
_MOST_SOCKETS = 10  # Slack allows ten open sockets per app
_DEBUG = {"host": "local-workspace", "build_number": 1, "approximate_connection_time": 18060}


class Link:
    """The app's open sockets, and the envelopes that wait for an acknowledgement."""

    def __init__(self, app_id: str, activity: Activity, ack_limit: float) -> None:
        self.app_id = app_id
        self.ack_limit = ack_limit
        self.when_changed: Callable[[bool], None] = lambda _: None
        self._activity = activity
        self._tickets: set[str] = set()
        self._open: set[web.WebSocketResponse] = set()
        self._sockets: deque[web.WebSocketResponse] = deque()  # those that take new envelopes
        self._waiting: dict[str, tuple[asyncio.Future[Payload], web.WebSocketResponse]] = {}

    @property
    def connected(self) -> bool:
        """Tell whether the app has a socket open."""
        return bool(self._sockets)

    def ticket(self) -> str:
        """Give a one-time ticket for `/link/`."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    def void_tickets(self) -> None:
        """Let no ticket given so far open a socket any more."""
        self._tickets.clear()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer `/link/?ticket=...`: greet, then read acknowledgements until the app goes away."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="unknown ticket")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self._sockets) >= _MOST_SOCKETS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": _DEBUG})
            await socket.close()
            return socket
        await self._greet(socket)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(message.data)
        finally:
            self._gone(socket)
        return socket

    async def deliver(
        self,
        kind: EnvelopeKind,
        payload: Payload,
        *,
        retry: tuple[int, str] | None = None,
    ) -> Payload:
        """Send one envelope and give the payload of its acknowledgement ({} if it had none).

        `retry` is the number of this repetition and its reason. Raises NotAcknowledged when the limit has
        passed (waiting for the app to connect counts) or the socket closed before the answer.
        """
        with self._activity.busy():
            try:
                async with asyncio.timeout(self.ack_limit):
                    return await self._exchange(kind, payload, retry)
            except TimeoutError as late:
                raise NotAcknowledged(f"no acknowledgement within {self.ack_limit:g} s") from late

    async def _exchange(self, kind: EnvelopeKind, payload: Payload, retry: tuple[int, str] | None) -> Payload:
        await self._activity.until(lambda: self._sockets, None)
        socket = self._sockets[0]
        self._sockets.rotate(-1)
        envelope_id = secrets.token_hex(16)
        envelope: Payload = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope["retry_attempt"], envelope["retry_reason"] = retry or (0, "")
        answer: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (answer, socket)
        try:
            try:
                await socket.send_json(envelope)
            except ConnectionError as broken:
                raise NotAcknowledged("the connection broke") from broken
            return await answer
        finally:
            del self._waiting[envelope_id]

    async def disconnect(self, reason: Farewell) -> None:
        """Tell every socket that it will be closed, as Slack does every few hours.

        After `refresh_requested` nothing is sent through the socket any more, but what is under way may still
        be acknowledged there until the app closes it; `link_disabled` closes it at once.
        """
        for socket in list(self._sockets):
            if reason != "warning":
                self._sockets.remove(socket)
            with contextlib.suppress(ConnectionError):
                await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": _DEBUG})
            if reason == "link_disabled":
                await socket.close()
        self._changed()

    async def close(self) -> None:
        """Close all sockets without a word, as a network failure would."""
        for socket in list(self._open):
            self._gone(socket)
            await socket.close()

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self._sockets) + 1,
                "connection_info": {"app_id": self.app_id},
                "debug_info": _DEBUG,
            },
        )
        self._open.add(socket)
        self._sockets.append(socket)
        self._changed()

    def _acknowledged(self, text: str) -> None:
        try:
            answer = json.loads(text)
            envelope_id = answer["envelope_id"]
        except (ValueError, KeyError, TypeError):
            return  # Slack, too, ignores what is no acknowledgement
        future, _ = self._waiting.get(envelope_id, (None, None))
        if future is not None and not future.done():
            future.set_result(answer.get("payload") or {})

    def _gone(self, socket: web.WebSocketResponse) -> None:
        self._open.discard(socket)
        if socket in self._sockets:
            self._sockets.remove(socket)
        for future, through in list(self._waiting.values()):
            if through is socket and not future.done():
                future.set_exception(NotAcknowledged("the connection was lost"))
        self._changed()

    def _changed(self) -> None:
        self.when_changed(self.connected)
        self._activity.ring()
