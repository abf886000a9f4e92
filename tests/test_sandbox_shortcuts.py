"""Shortcuts in the local workspace: what the app is told, how it answers, and what is refused."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_bolt.response import BoltResponse

from bot.sandbox import ActRefused, NotAcknowledged, Workspace
from bot.sandbox.screen import Seen
from lamp import (
    ANA,
    BEN,
    CHURN,
    FRAUD,
    PRIVATE,
    SCOPES,
    Lamp,
    SetClock,
    actions,
    button,
    field,
    manifest,
    modal,
)

SAMPLES = Path(__file__).parents[1].parent / "shared" / "slack" / "samples" / "interactions"
SHINE = "Shine on this"


@pytest.fixture
async def workspace(clock: SetClock) -> AsyncIterator[Workspace]:
    async with Workspace.serve(manifest(), clock=clock) as running:
        yield running


async def respond(lamp: Lamp, **answer: Any) -> tuple[int, str]:
    """Post an answer to the response_url of the shortcut that was used last."""
    async with ClientSession() as session:
        response = await session.post(lamp.heard[-1]["response_url"], json=answer)
        return response.status, await response.text()


async def test_a_shortcut_tells_of_the_message_the_person_and_the_place(workspace: Workspace, lamp: Lamp) -> None:
    said = await workspace.person("Ben").says("dark in here")
    await workspace.person("Ana").shortcuts(SHINE, said)
    told = lamp.heard[-1]
    url, trigger, when = (told.pop(key) for key in ("response_url", "trigger_id", "action_ts"))
    rich_text = told["message"].pop("blocks")
    assert told == {
        "type": "message_action",
        "token": "local-verification-token",
        "callback_id": "shine",
        "team": {"id": "T00LAKESIDE", "domain": "lakeside-analytics"},
        "user": {"id": ANA, "name": "ana", "team_id": "T00LAKESIDE"},
        "channel": {"id": FRAUD, "name": "fraud-detection"},
        "enterprise": None,
        "is_enterprise_install": False,
        "message_ts": said.ts,
        "message": {
            "type": "message",
            "client_msg_id": said.raw["client_msg_id"],
            "user": BEN,
            "text": "dark in here",
            "team": "T00LAKESIDE",
            "ts": said.ts,
        },
    }
    assert [block["type"] for block in rich_text] == ["rich_text"]
    assert url.startswith(f"{workspace.url}hooks/app/T00LAKESIDE/")
    assert (trigger.count("."), when > said.ts) == (2, True)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/slack is not here: no sample to compare with")
async def test_a_shortcut_has_the_fields_of_slacks_sample_and_no_others(workspace: Workspace, lamp: Lamp) -> None:
    sample = json.loads((SAMPLES / "message_action.json").read_text(encoding="utf-8"))
    shape = json.loads((SAMPLES / "shape.message_action.json").read_text(encoding="utf-8"))
    await workspace.person("Ana").shortcuts(SHINE, await workspace.person("Ben").says("dark in here"))
    told = lamp.heard[-1]
    assert told.keys() == shape.keys() >= sample.keys()
    assert told["message"].keys() == sample["message"].keys()
    for part in ("channel", "user"):
        assert told[part].keys() == shape[part].keys() >= sample[part].keys()
    assert told["team"].keys() == {key for key in sample["team"] if "enterprise" not in key}


async def test_a_shortcut_on_a_reply_knows_its_thread(workspace: Workspace, lamp: Lamp) -> None:
    root = await workspace.person("Ana").says("who is in?")
    reply = await workspace.person("Ben").says("me", thread=root)
    await workspace.person("Dora").shortcuts(SHINE, reply)
    await workspace.person("Dora").shortcuts(SHINE, root)
    on_reply, on_root = (each["message"] for each in lamp.heard[-2:])
    assert (on_reply["thread_ts"], on_reply["parent_user_id"]) == (root.ts, ANA)
    assert (on_root["thread_ts"], on_root["reply_count"]) == (root.ts, 1)


async def test_a_shortcut_on_the_bots_own_message_shows_its_blocks_and_metadata(
    workspace: Workspace, lamp: Lamp
) -> None:
    metadata = {"event_type": "lamp", "event_payload": {"key": "1"}}
    await lamp.client.chat_postMessage(channel=FRAUD, text="Lamp", blocks=[actions(button("On"))], metadata=metadata)
    await workspace.person("Ana").shortcuts(SHINE, workspace.person("Ana").last("fraud-detection"))
    message = lamp.heard[-1]["message"]
    assert (message["bot_id"], message["metadata"]) == ("B00MATURITY", metadata)
    assert message["blocks"][0]["elements"][0]["text"]["text"] == "On"


@pytest.mark.parametrize(
    ("channel", "told"),
    [
        ("churn-model", {"id": CHURN, "name": "churn-model"}),
        ("ml-platform-private", {"id": PRIVATE, "name": "privategroup"}),
        ("dm", {"id": "D0000000ANA", "name": "directmessage"}),
    ],
)
async def test_a_shortcut_works_and_is_answered_wherever_the_person_reads(
    workspace: Workspace, lamp: Lamp, channel: str, told: dict[str, str]
) -> None:
    ana = workspace.person("Ana")
    said = await ana.says("dark in here", channel=channel)
    await ana.shortcuts(SHINE, said)
    assert lamp.heard[-1]["channel"] == told
    assert await respond(lamp, text="Light!") == (200, "ok")
    assert (ana.last(channel).text, ana.last(channel).ephemeral) == ("Light!", True)


async def test_the_answer_is_private_unless_the_app_says_otherwise(workspace: Workspace, lamp: Lamp) -> None:
    ana, ben = workspace.person("Ana"), workspace.person("Ben")
    said = await ben.says("dark in here")
    await ana.shortcuts(SHINE, said)
    await respond(lamp, text="Just for you", thread_ts=said.ts)
    assert (ana.last().text, ana.last().thread_ts, ana.last().ephemeral) == ("Just for you", said.ts, True)
    assert ben.last().text == "dark in here"
    await respond(lamp, text="For everybody", response_type="in_channel")
    assert ben.last().text == "For everybody"


async def test_the_answer_cannot_touch_the_message_itself(workspace: Workspace, lamp: Lamp) -> None:
    ben = workspace.person("Ben")
    said = await ben.says("dark in here")
    await workspace.person("Ana").shortcuts(SHINE, said)
    await respond(lamp, text="bright in here", replace_original=True)
    await respond(lamp, delete_original=True)
    assert (ben.last().ts, ben.last().text) == (said.ts, "dark in here")


async def test_a_shortcut_can_be_answered_five_times_within_half_an_hour(
    workspace: Workspace, lamp: Lamp, clock: SetClock
) -> None:
    said = await workspace.person("Ben").says("dark in here")
    await workspace.person("Ana").shortcuts(SHINE, said)
    clock.now += 1799
    assert [await respond(lamp, text=str(number)) for number in range(5)] == [(200, "ok")] * 5
    assert await respond(lamp, text="one too many") == (404, '{"ok": false, "error": "used_url"}')
    await workspace.person("Ana").shortcuts(SHINE, said)
    clock.now += 1801
    assert await respond(lamp, text="too late") == (404, '{"ok": false, "error": "expired_url"}')


async def test_a_shortcut_can_open_a_form(workspace: Workspace, lamp: Lamp) -> None:
    ana = workspace.person("Ana")
    await ana.shortcuts(SHINE, await ana.says("dark in here"))
    view = modal(field("Your wish", {"type": "plain_text_input", "action_id": "wish"}))
    await lamp.client.views_open(trigger_id=lamp.heard[-1]["trigger_id"], view=view)
    assert await ana.submits(wish="light") == {}
    assert lamp.heard[-1]["type"] == "view_submission"


async def test_only_message_shortcuts_that_the_manifest_declares_can_be_used(workspace: Workspace, lamp: Lamp) -> None:
    said = await workspace.person("Ben").says("dark in here")
    for name in ("Blow it out", "Light the house"):  # the second one is global
        with pytest.raises(ActRefused, match=f"no message shortcut {name!r}; it has: Shine on this"):
            await workspace.person("Ana").shortcuts(name, said)
    assert [each["type"] for each in lamp.heard] == ["event_callback"]


async def test_a_message_that_is_gone_has_no_shortcuts(workspace: Workspace, lamp: Lamp) -> None:
    ben = workspace.person("Ben")
    said, root = await ben.says("dark in here"), await ben.says("who is in?")
    await workspace.person("Ana").says("me", thread=root)
    for gone in (said, root):  # the second one leaves a tombstone
        await ben.deletes(gone)
        with pytest.raises(ActRefused, match="This message is gone"):
            await workspace.person("Ana").shortcuts(SHINE, gone)
    assert {each["type"] for each in lamp.heard} == {"event_callback"}


async def test_a_private_answer_has_no_shortcuts(workspace: Workspace, lamp: Lamp) -> None:
    await lamp.client.chat_postEphemeral(channel=FRAUD, user=ANA, text="psst")
    with pytest.raises(ActRefused, match="only you can see"):
        await workspace.person("Ana").shortcuts(SHINE, workspace.person("Ana").last())
    assert lamp.heard == []


async def test_nobody_uses_shortcuts_in_a_channel_they_cannot_see(workspace: Workspace, lamp: Lamp) -> None:
    secret = await workspace.person("Ben").says("plans", channel="ml-platform-private")
    with pytest.raises(ActRefused, match="cannot see this channel"):
        await workspace.person("Dora").shortcuts(SHINE, secret)
    assert lamp.heard == []


async def refused(declared: dict[str, Any]) -> str:
    """Use the shortcut in a workspace with this manifest, and give the refusal."""
    async with Workspace.serve(declared) as workspace:
        said: Seen = workspace.person("Ana").last("fraud-detection")
        with pytest.raises(ActRefused) as refusal:
            await workspace.person("Ana").shortcuts(SHINE, said)
    return str(refusal.value)


async def test_shortcuts_need_the_scope_and_interactivity() -> None:
    fewer = tuple(scope for scope in SCOPES if scope != "commands")
    silent = manifest()
    silent["settings"]["interactivity"]["is_enabled"] = False
    assert "lacks the scope `commands`" in await refused(manifest(scopes=fewer))
    assert "not configured to handle shortcuts" in await refused(silent)


async def test_a_shortcut_that_the_app_does_not_acknowledge_is_noticed(workspace: Workspace, lamp: Lamp) -> None:
    async def silence(_: dict[str, Any], __: Any) -> BoltResponse:
        return BoltResponse(status=404)

    said = await workspace.person("Ben").says("dark in here")
    lamp.answer = silence
    workspace.link.ack_limit = 0.05
    with pytest.raises(NotAcknowledged, match=r"within 0\.05 s"):
        await workspace.person("Ana").shortcuts(SHINE, said)


async def test_a_global_shortcut_tells_who_used_it_and_not_where(workspace: Workspace, lamp: Lamp) -> None:
    await workspace.person("Ana").uses_shortcut("Light the house", FRAUD)
    told = lamp.heard[-1]
    trigger, when = told.pop("trigger_id"), told.pop("action_ts")
    assert told == {
        "type": "shortcut",
        "token": "local-verification-token",
        "team": {"id": "T00LAKESIDE", "domain": "lakeside-analytics"},
        "user": {"id": ANA, "username": "ana", "team_id": "T00LAKESIDE"},
        "callback_id": "house",
    }
    assert (trigger.count("."), "." in when) == (2, True)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/slack is not here: no sample to compare with")
async def test_a_global_shortcut_has_the_fields_of_slacks_sample_and_no_others(
    workspace: Workspace, lamp: Lamp
) -> None:
    sample = json.loads((SAMPLES / "shortcut.global.json").read_text(encoding="utf-8"))
    await workspace.person("Ana").uses_shortcut("Light the house")
    told = lamp.heard[-1]
    assert (told.keys(), told["user"].keys()) == (sample.keys(), sample["user"].keys())


async def test_a_global_shortcut_can_open_a_form_that_knows_where_its_person_was(
    workspace: Workspace, lamp: Lamp
) -> None:
    ana = workspace.person("Ana")
    await ana.uses_shortcut("Light the house", CHURN)
    place = {"type": "conversations_select", "action_id": "place", "default_to_current_conversation": True}
    view = modal(field("Place", place))
    await lamp.client.views_open(trigger_id=lamp.heard[-1]["trigger_id"], view=view)
    assert await ana.submits() == {}
    values = lamp.heard[-1]["view"]["state"]["values"]
    assert values["place-block"]["place"]["selected_conversation"] == CHURN


async def test_only_global_shortcuts_can_be_used_without_a_message(workspace: Workspace, lamp: Lamp) -> None:
    with pytest.raises(ActRefused, match=f"no global shortcut {SHINE!r}; it has: Light the house"):
        await workspace.person("Ana").uses_shortcut(SHINE)
    with pytest.raises(ActRefused, match="cannot see this channel"):
        await workspace.person("Dora").uses_shortcut("Light the house", PRIVATE)
    assert lamp.heard == []
