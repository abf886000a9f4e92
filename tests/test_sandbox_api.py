"""What the local workspace refuses, because Slack refuses it."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Workspace
from lamp import ANA, BEN, CHURN, FRAUD, PRIVATE, SCOPES, Lamp, actions, button, field, lamp_in, manifest, modal


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace.serve(manifest()) as running:
        yield running


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("chat.shout", {}, "unknown_method"),
    ("chat.postMessage", {"channel": FRAUD}, "no_text"),
    ("chat.postMessage", {"channel": FRAUD, "text": "x", "colour": "red"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": FRAUD, "text": "x", "attachments": []}, "invalid_arguments"),
    ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": FRAUD, "text": 7}, "invalid_arguments"),
    ("chat.postMessage", {"channel": "C404", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": CHURN, "text": "x"}, "not_in_channel"),
    ("chat.postMessage", {"channel": PRIVATE, "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": FRAUD, "text": "x" * 40_001}, "msg_too_long"),
    ("chat.postMessage", {"channel": FRAUD, "blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
    ("chat.postMessage", {"channel": FRAUD, "blocks": "[{"}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": FRAUD, "text": "x", "metadata": {"a": 1}}, "invalid_metadata_schema"),
    ("chat.postMessage", {"channel": FRAUD, "text": "x", "thread_ts": "soon"}, "invalid_thread_ts"),
    ("chat.update", {"channel": FRAUD, "ts": "1.1", "text": "x"}, "message_not_found"),
    ("chat.delete", {"channel": FRAUD, "ts": "1.1"}, "message_not_found"),
    ("chat.getPermalink", {"channel": FRAUD, "message_ts": "1.1"}, "message_not_found"),
    ("chat.postEphemeral", {"channel": FRAUD, "user": "U404", "text": "x"}, "user_not_in_channel"),
    ("conversations.info", {"channel": PRIVATE}, "channel_not_found"),
    ("conversations.history", {"channel": CHURN}, "not_in_channel"),
    ("conversations.history", {"channel": FRAUD, "oldest": "soon"}, "invalid_ts_oldest"),
    ("conversations.history", {"channel": FRAUD, "cursor": "?"}, "invalid_cursor"),
    ("conversations.history", {"channel": FRAUD, "limit": 5000}, "invalid_limit"),
    ("conversations.replies", {"channel": FRAUD, "ts": "1.1"}, "thread_not_found"),
    ("conversations.join", {"channel": PRIVATE}, "channel_not_found"),
    ("conversations.list", {"types": "secret"}, "invalid_types"),
    ("conversations.open", {"users": "U404"}, "user_not_found"),
    ("users.info", {"user": "U404"}, "user_not_found"),
    ("team.info", {}, "missing_scope"),
    ("views.open", {"trigger_id": "1.2.3", "view": modal({"type": "divider"})}, "invalid_trigger_id"),
    ("views.update", {"view_id": "V404", "view": modal({"type": "divider"})}, "not_found"),
    ("views.publish", {"user_id": ANA, "view": {"type": "home", "blocks": []}}, "not_enabled"),
    ("apps.connections.open", {}, "not_allowed_token_type"),
]


@pytest.mark.parametrize(("method", "args", "error"), REFUSED)
async def test_what_slack_refuses_is_refused(lamp: Lamp, method: str, args: dict[str, Any], error: str) -> None:
    before = lamp.heard.copy()
    assert (await lamp.refusal(method, **args))["error"] == error
    assert lamp.heard == before


async def test_a_refusal_names_the_argument(lamp: Lamp) -> None:
    unknown = await lamp.refusal("chat.postMessage", channel=FRAUD, text="x", colour="red")
    missing = await lamp.refusal("chat.update", channel=FRAUD, text="x")
    assert unknown["response_metadata"]["messages"] == ["[ERROR] unknown argument: colour"]
    assert missing["response_metadata"]["messages"] == ["[ERROR] missing required field: ts"]


async def test_a_missing_scope_is_named_with_those_that_were_given() -> None:
    fewer = tuple(scope for scope in SCOPES if scope != "chat:write")
    async with Workspace.serve(manifest(scopes=fewer)) as workspace:
        refused = await Lamp(workspace).refusal("chat.postMessage", channel=FRAUD, text="x")
    assert (refused["error"], refused["needed"]) == ("missing_scope", "chat:write")
    assert refused["provided"] == ",".join(sorted(fewer))


async def test_the_kind_of_a_channel_decides_about_the_scope() -> None:
    fewer = tuple(scope for scope in SCOPES if scope != "groups:read")
    async with Workspace.serve(manifest(scopes=fewer)) as workspace, lamp_in(workspace) as lamp:
        await workspace.person("Ana").invites("ml-platform-private")
        refused = await lamp.refusal("conversations.info", channel=PRIVATE)
    assert refused["needed"] == "groups:read"


@pytest.mark.parametrize(("token", "error"), [("xoxb-wrong", "invalid_auth"), (None, "not_authed")])
async def test_a_wrong_token_is_refused(workspace: Workspace, token: str | None, error: str) -> None:
    client = AsyncWebClient(token=token, base_url=workspace.api_url)
    with pytest.raises(SlackApiError) as refused:
        await client.auth_test()
    assert refused.value.response["error"] == error


async def test_who_the_bot_is_and_what_it_may_do(workspace: Workspace, lamp: Lamp) -> None:
    told = await lamp.client.auth_test()
    assert (told["url"], told["team"]) == (workspace.url, "Lakeside Analytics")
    assert (told["user_id"], told["bot_id"]) == ("U0000000BOT", "B00MATURITY")
    assert told.headers["x-oauth-scopes"] == ",".join(SCOPES)


async def test_arguments_come_by_query_form_or_json(workspace: Workspace) -> None:
    url, headers = workspace.api_url + "users.info", {"Authorization": f"Bearer {workspace.bot_token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        answers = [
            await (await session.get(url, params={"user": BEN})).json(),
            await (await session.post(url, data={"user": BEN})).json(),
            await (await session.post(url, json={"user": BEN})).json(),
            await (await session.post(url + f"?user={BEN}")).json(),
        ]
    assert [each["user"]["name"] for each in answers] == ["ben"] * 4


async def test_blocks_are_told_what_is_wrong_with_them(lamp: Lamp) -> None:
    blocks = [actions({"type": "button", "action_id": "a", "text": {"type": "mrkdwn", "text": "x"}})]
    refused = await lamp.refusal("chat.postMessage", channel=FRAUD, blocks=blocks)
    assert refused["errors"] == [
        "unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/text/type]",
    ]
    checked = await lamp.refusal("blocks.validate", blocks=blocks)
    assert checked["errors"][0]["pointer"] == "/0/elements/0/text/type"
    assert checked["errors"][0]["constraint"] == {"type": "enum", "expected": ["plain_text"]}


@pytest.mark.parametrize(
    ("blocks", "told"),
    [
        ([{"type": "divider", "block_id": "a"}] * 2, "`block_id` a already exists"),
        ([actions(button("On"), button("Off"))], "`action_id` on already exists in this block"),
        ([{"type": "markdown", "text": "x" * 7000}] * 2, "markdown must be less than 12001 characters in total"),
        (
            [field("Which", {"type": "plain_text_input", "action_id": "a", "min_length": 9, "max_length": 3})],
            "min_length of a is above its max_length",
        ),
    ],
)
async def test_blocks_must_fit_together(lamp: Lamp, blocks: list[dict[str, Any]], told: str) -> None:
    refused = await lamp.refusal("chat.postMessage", channel=FRAUD, blocks=blocks)
    assert refused["errors"][0].startswith(told)


async def test_all_blocks_together_may_not_be_too_long(lamp: Lamp) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    await lamp.client.chat_postMessage(channel=FRAUD, text="f", blocks=[block] * 4)
    refused = await lamp.refusal("chat.postMessage", channel=FRAUD, text="f", blocks=[block] * 5)
    assert refused["error"] == "msg_blocks_too_long"


async def test_the_bot_changes_only_what_is_its_own(workspace: Workspace, lamp: Lamp) -> None:
    said = await workspace.person("Ana").says("mine")
    update = await lamp.refusal("chat.update", channel=FRAUD, ts=said.ts, text="its")
    delete = await lamp.refusal("chat.delete", channel=FRAUD, ts=said.ts)
    assert (update["error"], delete["error"]) == ("cant_update_message", "cant_delete_message")


async def test_an_update_keeps_the_blocks_it_does_not_give(workspace: Workspace, lamp: Lamp) -> None:
    posted = await lamp.client.chat_postMessage(channel=FRAUD, text="a", blocks=[actions(button("On"))])
    await lamp.client.chat_update(channel=FRAUD, ts=posted["ts"], text="b")
    assert workspace.person("Ana").last().labels == ["On"]
    await lamp.client.chat_update(channel=FRAUD, ts=posted["ts"], text="c", blocks=[])
    assert (workspace.person("Ana").last().labels, workspace.person("Ana").last().text) == ([], "c")


async def test_nothing_is_posted_into_an_archived_channel(workspace: Workspace, lamp: Lamp) -> None:
    workspace.archive("fraud-detection")
    refused = await lamp.refusal("chat.postMessage", channel=FRAUD, text="hello?")
    assert refused["error"] == "is_archived"


async def test_a_reply_to_a_message_that_is_gone_lands_in_the_channel(workspace: Workspace, lamp: Lamp) -> None:
    said = await workspace.person("Ana").says("root")
    await workspace.person("Ana").deletes(said)
    posted = await lamp.client.chat_postMessage(channel=FRAUD, text="too late", thread_ts=said.ts)
    assert "thread_ts" not in posted["message"]


async def test_metadata_is_shown_to_those_who_ask(lamp: Lamp) -> None:
    metadata = {"event_type": "lamp", "event_payload": {"key": "d1:7:1"}}
    root = await lamp.client.chat_postMessage(channel=FRAUD, text="root", metadata=metadata)
    with_it = await lamp.client.conversations_replies(channel=FRAUD, ts=root["ts"], include_all_metadata=True)
    without = await lamp.client.conversations_replies(channel=FRAUD, ts=root["ts"])
    assert with_it["messages"][0]["metadata"] == metadata
    assert "metadata" not in without["messages"][0]


async def test_a_thread_is_read_page_by_page(lamp: Lamp) -> None:
    root = await lamp.client.chat_postMessage(channel=FRAUD, text="root")
    for number in range(5):
        await lamp.client.chat_postMessage(channel=FRAUD, text=str(number), thread_ts=root["ts"])
    texts, cursor = [], ""
    while True:
        page = await lamp.client.conversations_replies(channel=FRAUD, ts=root["ts"], limit=2, cursor=cursor)
        texts.append([each["text"] for each in page["messages"]])
        if not page["has_more"]:
            break
        cursor = page["response_metadata"]["next_cursor"]
    assert texts == [["root", "0", "1"], ["root", "2", "3"], ["root", "4"]]


async def test_history_gives_what_lies_between(lamp: Lamp) -> None:
    stamps = [(await lamp.client.chat_postMessage(channel=FRAUD, text=text))["ts"] for text in ("a", "b", "c", "d")]
    span = {"channel": FRAUD, "oldest": stamps[0], "latest": stamps[3]}
    inside = await lamp.client.conversations_history(**span)
    with_ends = await lamp.client.conversations_history(**span, inclusive=True)
    assert [each["text"] for each in inside["messages"]] == ["c", "b"]
    assert [each["text"] for each in with_ends["messages"]] == ["d", "c", "b", "a"]


async def test_a_message_to_a_person_is_a_direct_message(workspace: Workspace, lamp: Lamp) -> None:
    posted = await lamp.client.chat_postMessage(channel=BEN, text="just for you")
    assert posted["channel"] == "D0000000BEN"
    assert workspace.person("Ben").last("dm").text == "just for you"
    assert all(seen.text != "just for you" for seen in workspace.person("Ana").sees())


async def test_timestamps_grow_even_if_the_clock_stands_still() -> None:
    async with Workspace.serve(manifest(), clock=lambda: 1_764_000_000.0) as workspace:
        client = Lamp(workspace).client
        stamps = [(await client.chat_postMessage(channel=FRAUD, text="x"))["ts"] for _ in range(3)]
    assert stamps == ["1764000000.000200", "1764000000.000300", "1764000000.000400"]
