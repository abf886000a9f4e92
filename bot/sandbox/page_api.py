"""The protocol between the workspace and its web page: a socket of changes, and acts."""

import asyncio
import contextlib

from aiohttp import web

from bot.sandbox.acts import NO_ANSWER, Acts
from bot.sandbox.errors import ActRefused, NotAcknowledged
from bot.sandbox.hub import Hub
from bot.sandbox.manifest import Manifest
from bot.sandbox.page_acts import perform
from bot.sandbox.payload import Payload, copied


class PageApi:
    """Answers `/page/socket` and `/page/act`."""

    def __init__(self, hub: Hub, acts: Acts) -> None:
        self._hub = hub
        self._acts = acts
        self._open: set[web.WebSocketResponse] = set()

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """Send the whole picture, then every change."""
        person = request.query.get("person") or next(iter(self._hub.state.people))
        if person not in self._hub.state.people:
            return web.Response(status=404, text="There is no such person in this workspace.")
        socket = web.WebSocketResponse(heartbeat=20)
        await socket.prepare(request)
        self._open.add(socket)
        with self._hub.feed.open_page(person) as frames:
            sender = asyncio.create_task(self._send(socket, person, frames))
            async for _ in socket:
                pass  # the page only listens
            sender.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sender
        self._open.discard(socket)
        return socket

    async def act(self, request: web.Request) -> web.Response:
        """Do what a person does on the page."""
        try:
            body = await request.json()
            done = await perform(self._hub, self._acts, body)
        except ActRefused as refused:
            return web.json_response({"ok": False, "error": str(refused)})
        except NotAcknowledged:
            return web.json_response({"ok": False, "error": NO_ANSWER})
        except (KeyError, TypeError, ValueError) as broken:
            told = f"The page sent something unreadable: {type(broken).__name__} {broken}"
            return web.json_response({"ok": False, "error": told}, status=400)
        return web.json_response({"ok": True, **done})

    async def close(self) -> None:
        """Close all pages' sockets."""
        for socket in list(self._open):
            await socket.close()

    async def _send(self, socket: web.WebSocketResponse, person: str, frames: asyncio.Queue[Payload]) -> None:
        with contextlib.suppress(ConnectionError):
            await socket.send_json(self.snapshot(person))
            while True:
                await socket.send_json(await frames.get())

    def snapshot(self, person: str) -> Payload:
        """Give everything the person can see."""
        hub, state = self._hub, self._hub.state
        channels = [each for each in state.channels.values() if state.may_see(person, each)]
        messages = {each.id: [copied(m) for m in state.in_channel(each.id).values()] for each in channels}
        for whisper in hub.posting.whispers.of(person):
            messages[whisper.channel.id].append(copied(whisper.message))
        return {
            "type": "snapshot",
            "team": {"id": state.team_id, "name": state.team_name},
            "bot": {
                "user_id": state.bot_user,
                "name": hub.manifest.name,
                "connected": hub.link.connected,
            },
            "me": person,
            "people": [
                {"id": each.id, "name": each.display_name, "initials": each.initials, "color": each.color}
                for each in state.people.values()
            ],
            **_offered(hub.manifest),
            "channels": [hub.feed.channel_frame(each) for each in channels],
            "messages": messages,
            "view": hub.modals.top(person),
            "home": state.homes.get(person),
            "prompts": hub.prompts_of(person),
            "clock": hub.clock_moves.shown(),
        }


def _offered(manifest: Manifest) -> Payload:
    """Give what the app offers: commands to type, and shortcuts for the menu of each message."""
    return {
        "commands": [
            {"command": each.command, "description": each.description, "usage_hint": each.usage_hint}
            for each in manifest.commands
        ],
        "shortcuts": _shortcuts(manifest, "message"),
        "global_shortcuts": _shortcuts(manifest, "global"),
        "tabs": {"home": manifest.home_tab, "messages": manifest.messages_tab},
        "agent": {"description": manifest.agent.description} if manifest.agent else None,
    }


def _shortcuts(manifest: Manifest, kind: str) -> list[Payload]:
    return [{"name": each.name, "description": each.description} for each in manifest.shortcuts_of(kind)]
