"""What the local workspace sends and answers, held against Slack's sample payloads.

The samples lie beside the project and are not part of it; without them these tests are skipped.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Workspace
from bot.sandbox.contracts import METHODS
from bot.sandbox.uploads import UPLOAD
from lamp import GLOBAL, SHINE

SAMPLES = Path(__file__).parents[1].parent / "shared" / "slack" / "samples"
if not SAMPLES.is_dir():
    pytest.skip("../shared/slack is not here: payloads cannot be compared with Slack's", allow_module_level=True)

# The samples never saw a broadcast reply here; Slack's reference of messages gives it this subtype. And the views that
# come with app_home_opened had their blocks taken out, to keep the samples small.
NOT_IN_SAMPLES = {"conversations.replies/messages/0/subtype", "app_home_opened/event/view/blocks"}


def _fits(value: Any, samples: list[Any], at: str) -> None:
    """Check that a payload has known keys only, each with a JSON type that Slack uses for it."""
    if value is None or not samples or any(sample in ({}, []) for sample in samples):
        return  # emptied in the samples to keep them small: anything may stand there
    kinds = {_kind(sample) for sample in samples if sample is not None}
    assert not kinds or _kind(value) in kinds, f"{at} is a {_kind(value)}, Slack sends {kinds}"
    if isinstance(value, dict):
        known = [sample for sample in samples if isinstance(sample, dict)]
        for key, each in value.items():
            if f"{at}/{key}" in NOT_IN_SAMPLES:
                continue
            assert any(key in sample for sample in known), f"Slack does not send {at}/{key}"
            _fits(each, [sample[key] for sample in known if key in sample], f"{at}/{key}")
    if isinstance(value, list):
        items = [item for sample in samples if isinstance(sample, list) for item in sample]
        for each in value:
            _fits(each, items, f"{at}/0")


def _kind(value: Any) -> str:
    kinds = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}
    return kinds[type(value)]


def _read(pattern: str) -> list[Any]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob(pattern))]


MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Lantern"},
    "features": {
        "app_home": {"home_tab_enabled": True},
        "agent_view": {"agent_description": "Sheds light"},
        "slash_commands": [{"command": "/lamp"}],
        "shortcuts": [SHINE, GLOBAL],
    },
    "oauth_config": {
        "scopes": {"bot": sorted({scope for each in METHODS.values() for scope in each.scopes} | {"commands"})},
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened", "app_mention", "channel_archive", "channel_rename", "file_shared",
                "member_joined_channel", "member_left_channel", "message.channels", "message.groups", "message.im",
            ],
        },
        "interactivity": {"is_enabled": True},
    },
}  # fmt: skip
BLOCK = {
    "type": "section",
    "text": {"type": "mrkdwn", "text": "*Lamp*"},
    "accessory": {"type": "button", "action_id": "on", "text": {"type": "plain_text", "text": "On"}},
}
VIEW: dict[str, Any] = {
    "type": "modal",
    "notify_on_close": True,
    "title": {"type": "plain_text", "text": "Wish"},
    "submit": {"type": "plain_text", "text": "Send"},
    "close": {"type": "plain_text", "text": "Back"},
    "blocks": [
        {
            "type": "input",
            "block_id": "wish",
            "label": {"type": "plain_text", "text": "Your wish"},
            "element": {"type": "plain_text_input", "action_id": "text", "initial_value": "light"},
        },
        {
            "type": "actions",
            "elements": [{"type": "button", "action_id": "louder", "text": {"type": "plain_text", "text": "Louder"}}],
        },
    ],
}


class Listener:
    """An app without a library: acknowledges whatever comes and keeps it."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []

    async def listen(self, socket: ClientWebSocketResponse) -> None:
        async for message in socket:
            envelope = message.json()
            if "envelope_id" not in envelope:
                continue
            self.heard.append((envelope["type"], envelope["payload"]))
            answer = {"text": "heard"} if envelope["type"] == "slash_commands" else None
            await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": answer})


@asynccontextmanager
async def listening(workspace: Workspace) -> AsyncIterator[Listener]:
    opened = await AsyncWebClient(token=workspace.app_token, base_url=workspace.api_url).apps_connections_open(
        app_token=workspace.app_token
    )
    async with ClientSession() as session, session.ws_connect(opened["url"]) as socket:
        listener = Listener()
        task = asyncio.create_task(listener.listen(socket))
        await workspace.until(lambda: workspace.link.connected)
        yield listener
        await socket.close()
        await task


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace.serve(MANIFEST) as running:
        yield running


async def _everything_happens(workspace: Workspace, listener: Listener) -> None:
    client = AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url)
    ana, ben = workspace.person("Ana"), workspace.person("Ben")
    said = await ana.says("@Lantern hello")
    await ben.says("and welcome", thread=said)
    await ben.says("to everybody", thread=said, broadcast=True)
    await ben.says("in private", channel="dm")
    await ana.edits(said, "@Lantern hello again")
    for message in (said, ben.last("dm"), ben.last()):
        await ben.shortcuts("Shine on this", message)
    await ana.deletes(await ana.says("oops"))
    await ana.shares("plan.pdf", "our plan", thread=said)
    await _shared(client, "C00000FRAUD")
    await ana.opens_home()
    await client.views_publish(user_id=ana.id, view={"type": "home", "blocks": [BLOCK]})
    await ana.opens_home()
    await ana.clicks_home("On")
    await ana.opens_messages()
    await ana.uses_shortcut("Light the house")
    await ana.invites("ml-platform-private")
    await ben.says("welcome here", channel="ml-platform-private")
    await ana.removes("demand-forecast", ben)
    await client.chat_postMessage(channel="C00000FRAUD", text="Lamp", blocks=[BLOCK])
    await ben.clicks("On")
    await ana.deletes(said)  # the parent of a thread
    workspace.rename("churn-model", "churn")
    workspace.archive("general")
    await client.chat_postEphemeral(channel="C00000FRAUD", user=ana.id, text="psst", blocks=[BLOCK])
    await ana.clicks("On")
    await _opened_modal(workspace, client, listener)
    await ana.clicks("Louder")
    await ana.submits()
    await _opened_modal(workspace, client, listener)
    await ana.closes()
    await workspace.quiet()


async def _shared(client: AsyncWebClient, channel: str) -> str:
    """Upload a picture, share it and give its id."""
    told = await client.files_upload_v2(filename="radar.png", content=b"points", channel=channel, alt_txt="A radar")
    return str(told["files"][0]["id"])


async def _opened_modal(workspace: Workspace, client: AsyncWebClient, listener: Listener) -> None:
    await workspace.person("Ana").commands("/lamp on")
    await client.views_open(trigger_id=listener.heard[-1][1]["trigger_id"], view=VIEW)


async def test_events_look_like_slacks(workspace: Workspace) -> None:
    async with listening(workspace) as listener:
        await _everything_happens(workspace, listener)
    samples = [*_read("event-shapes/*.json"), *_read("events/*.json")]
    seen = set()
    for kind, payload in listener.heard:
        if kind == "events_api":
            event = payload["event"]
            same = [each for each in samples if each.get("event", {}).get("type") == event["type"]]
            _fits(payload, same, event["type"])
            seen.add((event["type"], event.get("subtype")))
    assert seen == {
        ("app_home_opened", None),
        ("app_mention", None),
        ("channel_archive", None),
        ("channel_rename", None),
        ("file_shared", None),
        ("member_joined_channel", None),
        ("member_left_channel", None),
        ("message", None),
        ("message", "channel_join"),
        ("message", "file_share"),
        ("message", "message_changed"),
        ("message", "message_deleted"),
        ("message", "thread_broadcast"),
    }


async def test_clicks_forms_and_commands_look_like_slacks(workspace: Workspace) -> None:
    async with listening(workspace) as listener:
        await _everything_happens(workspace, listener)
    samples = _read("interactions/*.json")
    commands = [each for each in samples if "command" in each]
    views = [{"view": each["view"]} for each in samples if "view" in each]
    seen = []
    for kind, payload in listener.heard:
        if kind == "interactive":
            same = [each for each in samples if each.get("type") == payload["type"]]
            _fits(payload, [*same, *views], payload["type"])
            seen.append(payload["type"])
        elif kind == "slash_commands":
            _fits(payload, commands, "command")
            seen.append("command")
    assert set(seen) == {"block_actions", "command", "message_action", "shortcut", "view_closed", "view_submission"}
    assert seen.count("block_actions") == 4  # in a message, in an ephemeral one, in a modal, on the Home tab


async def test_every_method_answers_as_slack_does(workspace: Workspace) -> None:
    async with listening(workspace) as listener:
        await _everything_happens(workspace, listener)
        client = AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url)
        await _opened_modal(workspace, client, listener)
        await workspace.person("Ana").clicks("Louder")
        await client.views_push(trigger_id=listener.heard[-1][1]["trigger_id"], view=VIEW)
        shown = workspace.person("Ana").modal or {}
        await client.views_update(view_id=shown["id"], view=VIEW)
        await _every_method(client)
    answered = set()
    for call in workspace.api_calls:
        if call.method == UPLOAD:
            continue  # the second step of an upload is no method
        assert call.result["ok"], call
        examples = [each for told in _read(f"api-examples/{call.method}.json") for each in told.values()]
        _fits(call.result, [*_read(f"api-shapes/{call.method}.json"), *examples], call.method)
        answered.add(call.method)
    assert answered == METHODS.keys()


async def _every_method(client: AsyncWebClient) -> None:
    fraud = "C00000FRAUD"
    await client.api_test(foo="bar")
    await client.auth_test()
    await client.team_info()
    await client.bots_info()
    await client.api_call("blocks.validate", json={"blocks": [BLOCK]})
    await client.users_info(user="U0000000ANA", include_locale=True)
    await client.users_info(user="U0000000BOT")
    await client.users_list()
    await client.users_conversations(types="public_channel,private_channel,im")
    await client.conversations_list(types="public_channel,private_channel,im")
    for channel in (fraud, "C0000MLPRIV", "D0000000ANA"):
        await client.conversations_info(channel=channel, include_num_members=True)
    await client.conversations_members(channel=fraud, limit=2)
    await client.conversations_join(channel="C00000CHURN")
    await client.conversations_join(channel="C00000CHURN")
    await client.conversations_open(users="U0000000ANA", return_im=True)
    metadata = {"event_type": "lamp", "event_payload": {"key": "1"}}
    root = await client.chat_postMessage(channel=fraud, text="root", metadata=metadata)
    reply = await client.chat_postMessage(
        channel=fraud, text="reply", thread_ts=root["ts"], reply_broadcast=True, blocks=[BLOCK]
    )
    await client.chat_getPermalink(channel=fraud, message_ts=reply["ts"])
    await client.chat_update(channel=fraud, ts=reply["ts"], text="changed")
    await client.conversations_replies(channel=fraud, ts=root["ts"], include_all_metadata=True)
    await client.conversations_history(channel=fraud, limit=2, include_all_metadata=True)
    await client.chat_delete(channel=fraud, ts=reply["ts"])
    file = await _shared(client, fraud)
    await client.files_info(file=file)
    await client.files_delete(file=file)
    prompts = [{"title": "Light", "message": "turn it on"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id="D0000000ANA", prompts=prompts)
    await client.views_publish(user_id="U0000000ANA", view={"type": "home", "blocks": [BLOCK]})
    await client.api_call("apps.connections.open", headers={"Authorization": "Bearer xapp-local-0000-made-up"})
