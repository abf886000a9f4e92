"""A small app on the local workspace: it posts through the Web API, hears over Socket Mode, and answers as told."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.sandbox import Workspace

Payload = dict[str, Any]

MANIFEST: Payload = {
    "display_information": {"name": "Lantern"},
    "features": {
        "bot_user": {"display_name": "Lantern"},
        "slash_commands": [
            {"command": "/lamp", "description": "Light and dark", "usage_hint": "start [soft] | stop"},
            {"command": "/shade", "description": "Only shade", "usage_hint": ""},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "channels:history", "im:history"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["message.channels", "message.im"]},
        "interactivity": {"is_enabled": True},
    },
}


class SocketApp:
    """`heard` holds every payload; `answers` maps a kind of payload to what acknowledges it (by default nothing)."""

    def __init__(self, workspace: Workspace, session: aiohttp.ClientSession) -> None:
        self.heard: list[Payload] = []
        self.answers: dict[str, Callable[[Payload], Payload]] = {}
        self.workspace = workspace
        self._session = session

    async def call(self, method: str, token: str = "", **arguments: Any) -> Payload:
        """Call the Web API; a refusal fails the test."""
        headers = {"Authorization": f"Bearer {token or self.workspace.bot_token}"}
        url = self.workspace.api_url + method
        async with self._session.post(url, json=arguments, headers=headers) as response:
            answer: Payload = await response.json()
        assert answer["ok"], answer
        return answer

    async def post(self, channel: str, text: str, blocks: list[Payload] | None = None, **more: Any) -> str:
        """Post a message and give its ts."""
        content = {"text": text, **({"blocks": blocks} if blocks else {}), **more}
        ts: str = (await self.call("chat.postMessage", channel=channel, **content))["ts"]
        return ts

    async def upload(self, name: str, content: bytes, alt_txt: str = "", title: str = "", **place: str) -> str:
        """Upload a file, share it where `place` (channel_id, thread_ts, initial_comment) says, and give its id."""
        told = await self.call("files.getUploadURLExternal", filename=name, length=len(content), alt_txt=alt_txt)
        async with self._session.post(told["upload_url"], data=content) as response:
            assert response.status == 200
        file: str = told["file_id"]
        await self.call("files.completeUploadExternal", files=[{"id": file, "title": title}], **place)
        await self.workspace.quiet()
        return file

    def actions(self) -> list[Payload]:
        """Give all actions heard so far, from the first to the last."""
        return [action for payload in self.heard for action in payload.get("actions", [])]

    def of_kind(self, kind: str) -> list[Payload]:
        """Give the payloads of a kind, such as view_submission."""
        return [payload for payload in self.heard if payload.get("type") == kind]

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for frame in socket:
            envelope = json.loads(frame.data)
            if "envelope_id" not in envelope:
                continue
            payload: Payload = envelope["payload"]
            self.heard.append(payload)
            kind = "command" if "command" in payload else payload.get("type", "")
            answer = self.answers[kind](payload) if kind in self.answers else {}
            await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": answer})

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Hold a Socket Mode connection for the length of the block."""
        url = (await self.call("apps.connections.open", self.workspace.app_token))["url"]
        async with self._session.ws_connect(url) as socket:
            listening = asyncio.create_task(self._listen(socket))
            await self.workspace.until(lambda: self.workspace.link.connected)
            yield
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening


@asynccontextmanager
async def socket_app(workspace: Workspace) -> AsyncIterator[SocketApp]:
    """Run a connected app for the length of the block."""
    async with aiohttp.ClientSession() as session:
        app = SocketApp(workspace, session)
        async with app.connected():
            yield app
