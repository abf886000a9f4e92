"""The local workspace, driven by people and answered by a real Bolt app."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ServerDisconnectedError
from slack_bolt.response import BoltResponse

from bot.sandbox import ActRefused, DropConnection, NotAcknowledged, Workspace
from lamp import ANA, BEN, CHURN, FRAUD, PRIVATE, Lamp, actions, button, lamp_in, manifest, sent


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace.serve(manifest(), retry_pauses=(0.0, 0.0, 0.0)) as running:
        yield running


async def test_a_sentence_in_a_channel_reaches_the_app_once(workspace: Workspace, lamp: Lamp) -> None:
    await workspace.person("Ben").says("hello & <good> day")
    assert [event["text"] for event in lamp.events()] == ["hello &amp; &lt;good&gt; day"]
    assert lamp.events()[0]["channel_type"] == "channel"


async def test_a_mention_arrives_as_message_and_as_mention(workspace: Workspace, lamp: Lamp) -> None:
    await workspace.person("Ana").says("@Lantern start")
    assert sorted(each["event"]["type"] for each in lamp.heard) == ["app_mention", "message"]
    assert {each["event"]["text"] for each in lamp.heard} == {"<@U0000000BOT> start"}
    assert len({each["event_id"] for each in lamp.heard}) == 2
    assert len({each["event"]["ts"] for each in lamp.heard}) == 1


async def test_a_mention_in_a_direct_message_is_a_message_only(workspace: Workspace, lamp: Lamp) -> None:
    await workspace.person("Ana").says("@Lantern start", channel="dm")
    assert [(each["event"]["type"], each["event"]["channel_type"]) for each in lamp.heard] == [("message", "im")]


async def test_nothing_is_heard_from_channels_the_bot_is_not_in(workspace: Workspace, lamp: Lamp) -> None:
    await workspace.person("Ana").says("@Lantern start", channel="churn-model")
    await workspace.person("Ana").says("@Lantern start", channel="ml-platform-private")
    assert lamp.heard == []


async def test_an_event_the_manifest_does_not_subscribe_to_is_not_delivered() -> None:
    async with Workspace.serve(manifest(events=("app_mention",))) as workspace, lamp_in(workspace) as lamp:
        await workspace.person("Ana").says("@Lantern start")
        assert [each["event"]["type"] for each in lamp.heard] == ["app_mention"]


async def test_a_reply_knows_its_thread_and_a_broadcast_shows_in_the_channel_too(
    workspace: Workspace, lamp: Lamp
) -> None:
    root = await workspace.person("Ana").says("who is in?")
    await workspace.person("Ben").says("me", thread=root)
    await workspace.person("Dora").says("me too", thread=root, broadcast=True)
    _, reply, broadcast = lamp.events()
    assert (reply["thread_ts"], reply["parent_user_id"]) == (root.ts, ANA)
    assert (broadcast["subtype"], broadcast["root"]["reply_count"]) == ("thread_broadcast", 2)
    history = await lamp.client.conversations_history(channel=FRAUD)
    assert [each["text"] for each in history["messages"]][:2] == ["me too", "who is in?"]


async def test_edits_and_deletions_are_told_as_slack_tells_them(workspace: Workspace, lamp: Lamp) -> None:
    ben = workspace.person("Ben")
    said = await ben.says("yess")
    await ben.edits(said, "yes")
    await ben.deletes(said)
    _, changed, deleted = lamp.events()
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "yes")
    assert changed["previous_message"]["text"] == "yess"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said.ts)


async def test_a_deleted_parent_leaves_a_tombstone_and_its_replies(workspace: Workspace, lamp: Lamp) -> None:
    root = await workspace.person("Ben").says("root")
    await workspace.person("Ana").says("reply", thread=root)
    await workspace.person("Ben").deletes(root)
    assert lamp.events()[-1]["subtype"] == "message_changed"
    assert lamp.events()[-1]["message"]["subtype"] == "tombstone"
    replies = await lamp.client.conversations_replies(channel=FRAUD, ts=root.ts)
    assert [each["text"] for each in replies["messages"]] == ["This message was deleted.", "reply"]


async def test_people_change_only_what_is_theirs(workspace: Workspace, lamp: Lamp) -> None:
    said = await workspace.person("Ana").says("mine")
    with pytest.raises(ActRefused, match="own messages only"):
        await workspace.person("Ben").edits(said, "his")
    assert len(lamp.heard) == 1


async def test_a_command_shows_its_answer_to_the_one_who_asked(workspace: Workspace, lamp: Lamp) -> None:
    async def answer(body: dict[str, Any], ack: Any) -> BoltResponse:
        return await sent(ack, f"{body['command']} {body['text']} in {body['channel_name']}")

    lamp.answer = answer
    ana = workspace.person("Ana")
    await ana.commands("/lamp on please")
    assert (ana.last().text, ana.last().ephemeral) == ("/lamp on please in fraud-detection", True)
    await ana.commands("/lamp off", channel="ml-platform-private")
    assert ana.last().text == "/lamp off in privategroup"
    assert all("/lamp" not in seen.text for seen in workspace.person("Ben").sees())


async def test_a_command_that_the_manifest_lacks_is_refused(workspace: Workspace, lamp: Lamp) -> None:
    with pytest.raises(ActRefused, match="/torch is not a valid command"):
        await workspace.person("Ana").commands("/torch on")
    assert lamp.heard == []


async def test_an_answer_with_invalid_blocks_is_shown_to_nobody(workspace: Workspace, lamp: Lamp) -> None:
    async def answer(_: dict[str, Any], ack: Any) -> BoltResponse:
        return await sent(ack, blocks=[{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}])

    lamp.answer = answer
    before = workspace.person("Ana").sees()
    with pytest.raises(ActRefused, match="unsupported type: mrkdwn"):
        await workspace.person("Ana").commands("/lamp")
    assert workspace.person("Ana").sees() == before


async def test_clicks_carry_the_element_and_its_message(workspace: Workspace, lamp: Lamp) -> None:
    dim = {"text": {"type": "plain_text", "text": "Dim"}, "value": "dim"}
    menu = {"type": "overflow", "action_id": "more", "options": [dim]}
    blocks = [actions(button("On"), menu)]
    posted = await lamp.client.chat_postMessage(channel=FRAUD, text="Lamp", blocks=blocks)
    await workspace.quiet()
    lamp.heard.clear()
    await workspace.person("Dora").clicks("On")
    await workspace.person("Dora").clicks("Dim")
    on, dimmed = lamp.heard
    assert (on["actions"][0]["value"], on["message"]["ts"]) == ("1", posted["ts"])
    assert dimmed["actions"][0]["selected_option"]["value"] == "dim"


async def test_a_click_finds_the_newest_message_with_the_label(workspace: Workspace, lamp: Lamp) -> None:
    for name in ("first", "second"):
        blocks = [actions(button("On", value=name))]
        await lamp.client.chat_postMessage(channel=FRAUD, text=name, blocks=blocks)
    await workspace.person("Ana").clicks("On")
    assert lamp.heard[-1]["actions"][0]["value"] == "second"
    with pytest.raises(ActRefused, match="nothing labelled 'Off', but: On"):
        await workspace.person("Ana").clicks("Off")


async def test_an_app_that_does_not_acknowledge_is_noticed(workspace: Workspace, lamp: Lamp) -> None:
    async def silence(_: dict[str, Any], __: Any) -> BoltResponse:
        return BoltResponse(status=404)

    lamp.answer = silence
    await lamp.client.chat_postMessage(channel=FRAUD, text="Lamp", blocks=[actions(button("On"))])
    workspace.link.ack_limit = 0.05
    with pytest.raises(NotAcknowledged, match=r"within 0\.05 s"):
        await workspace.person("Ana").clicks("On")


async def test_an_event_that_was_not_acknowledged_comes_again(workspace: Workspace, lamp: Lamp) -> None:
    async def second_time(_: dict[str, Any], ack: Any) -> BoltResponse:
        workspace.link.ack_limit = 3.0  # for the repetition, which is answered
        return await sent(ack) if len(lamp.heard) > 1 else BoltResponse(status=500)

    lamp.answer = second_time
    workspace.link.ack_limit = 0.2
    with pytest.raises(NotAcknowledged):
        await workspace.person("Ana").says("hello")
    await workspace.quiet()
    assert lamp.retries == ["0", "1"]
    assert lamp.heard[0]["event_id"] == lamp.heard[1]["event_id"]


async def test_events_can_be_sent_twice_and_again(workspace: Workspace, lamp: Lamp) -> None:
    workspace.event_copies = 2
    await workspace.person("Ana").says("hello")
    assert await workspace.redeliver() is None
    assert lamp.retries == ["0", "1", "1"]
    assert len({each["event_id"] for each in lamp.heard}) == 1


async def test_events_wait_for_an_app_that_reconnects(workspace: Workspace) -> None:
    async with lamp_in(workspace):
        pass
    await workspace.until(lambda: not workspace.link.connected)
    said = workspace.person("Ana").says("anybody there?")
    async with lamp_in(workspace) as lamp:
        await said
        assert [event["text"] for event in lamp.events()] == ["anybody there?"]


async def test_a_refreshed_connection_loses_nothing(workspace: Workspace, lamp: Lamp) -> None:
    await workspace.link.disconnect("refresh_requested")
    await workspace.until(lambda: workspace.link.connected)
    await workspace.person("Ana").says("still there?")
    assert [event["text"] for event in lamp.events()] == ["still there?"]


async def test_an_answer_can_be_lost_after_its_call_took_effect(workspace: Workspace, lamp: Lamp) -> None:
    async def lose(method: str, _: dict[str, Any], __: dict[str, Any]) -> None:
        if method == "chat.postMessage":
            raise DropConnection

    workspace.before_reply = lose
    lamp.client.retry_handlers.clear()
    with pytest.raises(ServerDisconnectedError):
        await lamp.client.chat_postMessage(channel=FRAUD, text="once")
    assert [seen.text for seen in workspace.person("Ana").sees(FRAUD)].count("once") == 1
    assert workspace.api_calls[-1].result["ok"]


async def test_the_invited_bot_hears_of_it_and_then_of_everything(workspace: Workspace, lamp: Lamp) -> None:
    await workspace.person("Ben").invites("ml-platform-private")
    joined = lamp.events("member_joined_channel")[0]
    assert (joined["user"], joined["inviter"], joined["channel"]) == ("U0000000BOT", BEN, PRIVATE)
    await workspace.person("Ben").says("welcome", channel="ml-platform-private")
    assert lamp.events()[-1]["channel_type"] == "group"
    await workspace.person("Ana").removes("ml-platform-private")
    await workspace.person("Ana").says("gone", channel="ml-platform-private")
    assert lamp.events()[-1]["text"] == "welcome"


async def test_outsiders_cannot_see_a_private_channel(workspace: Workspace, lamp: Lamp) -> None:
    with pytest.raises(ActRefused, match="cannot see"):
        await workspace.person("Dora").says("let me in", channel="ml-platform-private")
    assert all(seen.channel != PRIVATE for seen in workspace.person("Dora").sees())
    assert (await lamp.client.conversations_join(channel=CHURN))["channel"]["is_member"]
