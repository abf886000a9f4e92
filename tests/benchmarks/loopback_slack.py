"""As little of Slack as a bot needs to live, on loopback: fast, so that the bot is what is measured.

It answers the Web API calls that the bots make, holds their one Socket Mode connection, and checks nothing; the strict
one is `bot/sandbox`. It counts the connections that were opened to its Web API. Run as a script it serves until its
input ends, and tells its address and, for each line it reads, the number of connections.
"""
# ruff: noqa: T201 - it answers on its output

import asyncio
import contextlib
import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

Payload = dict[str, Any]
TEAM, BOT_USER, BOT = "T0BENCH", "U0BOT", "B0BOT"
BOT_TOKEN, APP_TOKEN = "xoxb-bench", "xapp-bench"
ACK_SECONDS = 3.0  # after this an acknowledgement is lost, as with Slack
PATIENCE_SECONDS = 120.0


class LoopbackSlack:
    """`on_message` hears of every posted message: channel, ts, and the arguments of the call."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: Counter[str] = Counter()
        self.peers: set[object] = set()  # of the Web API: one for each connection
        self.connected = asyncio.Event()
        self.connected_at = 0.0  # by `time.perf_counter`
        self.on_message: Callable[[str, str, Payload], None] = lambda *_: None
        self._stamps = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[float]] = {}
        self._socket: web.WebSocketResponse | None = None
        self._answers: dict[str, Callable[[Payload], Payload]] = {
            "auth.test": lambda _: {
                "url": self.url, "team": "Bench", "team_id": TEAM, "user": "bot", "user_id": BOT_USER, "bot_id": BOT
            },
            "apps.connections.open": lambda _: {"url": self.url.replace("http", "ws", 1) + "link"},
            "users.info": lambda args: {"user": {"id": args["user"], "name": args["user"], "tz": "Europe/Berlin"}},
            "conversations.info": lambda args: {
                "channel": {"id": args["channel"], "name": args["channel"].lower(), "is_member": True, "num_members": 5}
            },
            "conversations.members": lambda args: {"members": [BOT_USER, person_of(args["channel"])]},
            "chat.postMessage": self._posted,
            "chat.update": lambda args: {"ts": args["ts"], "channel": args["channel"]},
        }  # fmt: skip

    @property
    def api_url(self) -> str:
        """Where the Web API is."""
        return self.url + "api/"

    async def happens(self, kind: str, payload: Payload) -> float:
        """Send an envelope and wait for its acknowledgement: seconds. TimeoutError where it is lost."""
        assert self._socket is not None, "the bot is not connected"
        envelope = f"e{next(self._stamps)}"
        answered: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting[envelope] = answered
        began = time.perf_counter()
        text = json.dumps({"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": True})
        await self._socket.send_str(text)
        try:
            async with asyncio.timeout(ACK_SECONDS):
                return await answered - began
        finally:
            del self._waiting[envelope]

    async def _api(self, request: web.Request) -> web.Response:
        transport = request.transport
        self.peers.add(transport.get_extra_info("peername") if transport else None)
        method = request.match_info["method"]
        self.calls[method] += 1
        body = await request.read()
        if request.content_type == "application/json":
            args: Payload = json.loads(body) if body else {}
        else:
            args = dict(await request.post())
        args = {**request.query, **args}
        known = self._answers.get(method)
        answer = {"ok": True, **(known(args) if known is not None else {})}
        return web.Response(body=json.dumps(answer).encode(), content_type="application/json")

    def _posted(self, args: Payload) -> Payload:
        ts = f"{1_700_000_000 + next(self._stamps)}.000100"
        if isinstance(args.get("blocks"), str):  # the SDK's own way of a form
            args["blocks"] = json.loads(args["blocks"])
        self.on_message(args["channel"], ts, args)
        return {"ts": ts, "channel": args["channel"], "message": {"ts": ts}}

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0BENCH"}})
        self._socket, self.connected_at = socket, time.perf_counter()
        self.connected.set()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                waiting = self._waiting.get(json.loads(message.data).get("envelope_id", ""))
                if waiting is not None and not waiting.done():
                    waiting.set_result(time.perf_counter())
        return socket


def person_of(channel: str) -> str:
    """The one person who answers in a channel."""
    return f"U{channel[1:]}"


@asynccontextmanager
async def loopback_slack() -> AsyncIterator[LoopbackSlack]:
    """Serve one for the length of the block."""
    slack = LoopbackSlack()
    app = web.Application(client_max_size=2**22)
    app.router.add_route("*", "/api/{method}", slack._api)
    app.router.add_get("/link", slack._link)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        yield slack
    finally:
        await runner.cleanup()


class Elsewhere:
    """A loopback Slack in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process, api_url: str) -> None:
        self.api_url = api_url
        self._process = process

    async def connections(self) -> int:
        """How many connections to its Web API were opened so far."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(b"connections\n")
        return int(await stdout.readline())


@asynccontextmanager
async def slack_elsewhere() -> AsyncIterator[Elsewhere]:
    """Serve one from a process of its own for the length of the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, __file__, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Elsewhere(process, (await process.stdout.readline()).decode().strip())
    finally:
        process.stdin.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), 10)
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _serve() -> None:
    async with loopback_slack() as slack:
        print(slack.api_url, flush=True)
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while await reader.readline():
            print(len(slack.peers), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve())
