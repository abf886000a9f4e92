"""The local workspace, driven by people and answered by a real Bolt app."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import ActRefused, Workspace

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Lantern"},
    "features": {
        "bot_user": {"display_name": "Lantern"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/lamp", "description": "Light", "usage_hint": "on | off"}],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "channels:history", "channels:join", "channels:read", "chat:write", "commands", "groups:history",
                "groups:read", "im:history", "im:read", "im:write", "users:read", "app_mentions:read",
            ],
        },
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_mention", "message.channels", "message.groups", "message.im", "member_joined_channel",
            ],
        },
        "interactivity": {"is_enabled": True},
    },
}  # fmt: skip
BUTTONS = {
    "type": "actions",
    "block_id": "lamp",
    "elements": [
        {"type": "button", "action_id": "on", "text": {"type": "plain_text", "text": "On"}, "value": "1"},
        {
            "type": "overflow",
            "action_id": "more",
            "options": [{"text": {"type": "plain_text", "text": "Dim"}, "value": "dim"}],
        },
    ],
}


class Lamp:
    """A Bolt app that notes what it hears; tests say how it answers."""

    def __init__(self, workspace: Workspace) -> None:
        self.heard: list[dict[str, Any]] = []
        self.headers: list[dict[str, Any]] = []
        self.answer: Callable[[dict[str, Any], Any], Awaitable[BoltResponse | None]] = _acknowledge
        self.client = AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url)
        self.app = AsyncApp(client=self.client, process_before_response=True)
        self.app.middleware(self._note)

    async def _note(self, body: dict[str, Any], req: Any, ack: Any) -> BoltResponse | None:
        self.heard.append(body)
        self.headers.append(req.headers)
        return await self.answer(body, ack)

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [each["event"] for each in self.heard if each.get("event", {}).get("type") == kind]


async def _acknowledge(_: dict[str, Any], ack: Any) -> BoltResponse:
    return await _sent(ack)


async def _sent(ack: Any, *content: str, **more: Any) -> BoltResponse:
    response: BoltResponse = await ack(*content, **more)
    return response


@asynccontextmanager
async def lamp_in(workspace: Workspace) -> AsyncIterator[Lamp]:
    lamp = Lamp(workspace)
    handler = AsyncSocketModeHandler(lamp.app, workspace.app_token)
    await handler.connect_async()
    await workspace.until(lambda: workspace.link.connected)
    try:
        yield lamp
    finally:
        await handler.close_async()
        await handler.client.aiohttp_client_session.close()


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace.serve(MANIFEST) as running:
        yield running


@pytest.fixture
async def lamp(workspace: Workspace) -> AsyncIterator[Lamp]:
    async with lamp_in(workspace) as running:
        yield running


async def test_a_sentence_in_a_channel_reaches_the_app_once(workspace: Workspace, lamp: Lamp) -> None:
    await workspace.person("Ben").says("hello & <good> day")
    assert [event["text"] for event in lamp.events("message")] == ["hello &amp; &lt;good&gt; day"]
    assert lamp.events("message")[0]["channel_type"] == "channel"


async def test_a_mention_arrives_as_message_and_as_mention(workspace: Workspace, lamp: Lamp) -> None:
    await workspace.person("Ana").says("@Lantern start")
    assert sorted(each["event"]["type"] for each in lamp.heard) == ["app_mention", "message"]
    assert {each["event"]["text"] for each in lamp.heard} == {"<@U0000000BOT> start"}
    assert len({each["event_id"] for each in lamp.heard}) == 2
    assert len({each["event"]["ts"] for each in lamp.heard}) == 1


async def test_a_command_shows_its_answer_to_the_one_who_asked(workspace: Workspace, lamp: Lamp) -> None:
    async def answer(body: dict[str, Any], ack: Any) -> BoltResponse:
        return await _sent(ack, f"{body['command']} {body['text']} in {body['channel_name']}")

    lamp.answer = answer
    await workspace.person("Ana").commands("/lamp on please")
    assert workspace.person("Ana").last().text == "/lamp on please in fraud-detection"
    assert workspace.person("Ana").last().ephemeral
    assert all("/lamp" not in seen.text for seen in workspace.person("Ben").sees())


async def test_clicks_carry_the_element_and_its_message(workspace: Workspace, lamp: Lamp) -> None:
    posted = await lamp.client.chat_postMessage(channel="C00000FRAUD", text="Lamp", blocks=[BUTTONS])
    await workspace.quiet()
    lamp.heard.clear()
    await workspace.person("Dora").clicks("On")
    await workspace.person("Dora").clicks("Dim")
    on, dim = lamp.heard
    assert on["actions"][0]["value"] == "1"
    assert on["message"]["ts"] == posted["ts"]
    assert dim["actions"][0]["selected_option"]["value"] == "dim"


async def test_a_modal_opens_refuses_and_closes(workspace: Workspace, lamp: Lamp) -> None:
    view = {
        "type": "modal",
        "callback_id": "wish",
        "title": {"type": "plain_text", "text": "Wish"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [
            {
                "type": "input",
                "block_id": "wish",
                "label": {"type": "plain_text", "text": "Your wish"},
                "element": {"type": "plain_text_input", "action_id": "text"},
            },
        ],
    }

    async def answer(body: dict[str, Any], ack: Any) -> BoltResponse:
        if body.get("command"):
            await lamp.client.views_open(trigger_id=body["trigger_id"], view=view)
        elif body["view"]["state"]["values"]["wish"]["text"]["value"] == "gold":
            return await _sent(ack, response_action="errors", errors={"wish": "No gold here."})
        return await _sent(ack)

    lamp.answer = answer
    ana = workspace.person("Ana")
    await ana.commands("/lamp wish")
    assert ana.modal
    assert await ana.submits() == {"wish": "Please complete this required field."}
    assert await ana.submits(text="gold") == {"wish": "No gold here."}
    assert await ana.submits(text="light") == {}
    assert ana.modal is None
    with pytest.raises(ActRefused, match="no modal"):
        await ana.closes()
