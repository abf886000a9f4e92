"""The lamp: a small Bolt app for the tests of the local workspace, and the workspace with it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Workspace

FRAUD, CHURN, PRIVATE, ANA, BEN = "C00000FRAUD", "C00000CHURN", "C0000MLPRIV", "U0000000ANA", "U0000000BEN"
SCOPES = (
    "app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write", "commands",
    "groups:history", "groups:read", "im:history", "im:read", "im:write", "users:read",
)  # fmt: skip
SHINE = {
    "name": "Shine on this",
    "type": "message",
    "callback_id": "shine",
    "description": "See it in a good light",
}
GLOBAL = {"name": "Light the house", "type": "global", "callback_id": "house", "description": "Every lamp, everywhere"}
EVENTS = ("app_mention", "member_joined_channel", "message.channels", "message.groups", "message.im")


class SetClock:
    """A clock in seconds that stands until a test moves it."""

    def __init__(self) -> None:
        self.now = 1_764_000_000.0

    def __call__(self) -> float:
        return self.now


def manifest(scopes: tuple[str, ...] = SCOPES, events: tuple[str, ...] = EVENTS) -> dict[str, Any]:
    return {
        "display_information": {"name": "Lantern"},
        "features": {
            "bot_user": {"display_name": "Lantern"},
            "slash_commands": [{"command": "/lamp", "description": "Light", "usage_hint": "on | off"}],
            "shortcuts": [SHINE, GLOBAL],
        },
        "oauth_config": {"scopes": {"bot": list(scopes)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(events)},
            "interactivity": {"is_enabled": True},
        },
    }


def button(label: str, action_id: str = "on", value: str = "1") -> dict[str, Any]:
    return {
        "type": "button",
        "action_id": action_id,
        "text": {"type": "plain_text", "text": label},
        "value": value,
    }


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "block_id": "lamp", "elements": list(elements)}


def field(label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": element["action_id"] + "-block",
        "label": {"type": "plain_text", "text": label},
        "element": element,
        **more,
    }


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    words = {"title": "Wish", "submit": "Send", "close": "Back"}
    told = {key: {"type": "plain_text", "text": text} for key, text in words.items()}
    return {"type": "modal", **told, "blocks": list(blocks), **more}


class Lamp:
    """A Bolt app that notes what it hears; tests say how it answers."""

    def __init__(self, workspace: Workspace) -> None:
        self.heard: list[dict[str, Any]] = []
        self.retries: list[str | None] = []
        self.answer: Callable[[dict[str, Any], Any], Awaitable[BoltResponse | None]] = acknowledged
        self.client = AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url)
        self.app = AsyncApp(client=self.client, process_before_response=True)
        self.app.middleware(self._note)

    async def _note(self, body: dict[str, Any], req: Any, ack: Any) -> BoltResponse | None:
        self.heard.append(body)
        self.retries.append((req.headers.get("x-slack-retry-num") or [None])[0])
        return await self.answer(body, ack)

    def events(self, kind: str = "message") -> list[dict[str, Any]]:
        return [each["event"] for each in self.heard if each.get("event", {}).get("type") == kind]

    async def refusal(self, method: str, **args: Any) -> dict[str, Any]:
        """Call a method that must be refused, and give the answer."""
        try:
            answer = await self.client.api_call(method, json=args)
        except SlackApiError as refused:
            return dict(refused.response.data)
        raise AssertionError(f"{method} was not refused: {answer}")


async def acknowledged(_: dict[str, Any], ack: Any) -> BoltResponse:
    return await sent(ack)


async def sent(ack: Any, *content: str, **more: Any) -> BoltResponse:
    response: BoltResponse = await ack(*content, **more)
    return response


@asynccontextmanager
async def lamp_in(workspace: Workspace) -> AsyncIterator[Lamp]:
    lamp = Lamp(workspace)
    handler = AsyncSocketModeHandler(lamp.app, workspace.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    await workspace.until(lambda: workspace.link.connected)
    try:
        yield lamp
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # likewise
        await handler.client.aiohttp_client_session.close()
