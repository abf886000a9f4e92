"""The page's protocol, and who may knock at the door."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse
from slack_bolt.response import BoltResponse

from bot.sandbox import Workspace
from lamp import ANA, FRAUD, PRIVATE, Lamp, actions, button, field, lamp_in, manifest, modal, sent


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace.serve(manifest()) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


class Page:
    """What a page knows: the frames so far, and a way to act."""

    def __init__(self, workspace: Workspace, session: ClientSession, socket: ClientWebSocketResponse) -> None:
        self._workspace = workspace
        self._session = session
        self._socket = socket

    async def frame(self, kind: str) -> dict[str, Any]:
        while True:
            frame: dict[str, Any] = await asyncio.wait_for(self._socket.receive_json(), 10)
            if frame["type"] == kind:
                return frame

    async def act(self, do: str, **more: Any) -> dict[str, Any]:
        body = {"person": ANA, "do": do, **more}
        answer = await self._session.post(self._workspace.url + "page/act", json=body)
        told: dict[str, Any] = await answer.json()
        return told


@pytest.fixture
async def page(workspace: Workspace, session: ClientSession) -> AsyncIterator[Page]:
    async with session.ws_connect(workspace.url + f"page/socket?person={ANA}") as socket:
        yield Page(workspace, session, socket)


async def test_a_page_begins_with_everything_its_person_may_see(
    workspace: Workspace, lamp: Lamp, session: ClientSession
) -> None:
    await lamp.client.chat_postEphemeral(channel=FRAUD, user=ANA, text="psst")
    async with session.ws_connect(workspace.url + f"page/socket?person={ANA}") as socket:
        snapshot = await Page(workspace, session, socket).frame("snapshot")
    assert (snapshot["team"]["name"], snapshot["me"]) == ("Lakeside Analytics", ANA)
    assert snapshot["bot"] == {"user_id": "U0000000BOT", "name": "Lantern", "connected": True}
    assert snapshot["people"][0] == {"id": ANA, "name": "Ana", "initials": "AS", "color": "8c4b6e"}
    assert snapshot["commands"] == [{"command": "/lamp", "description": "Light", "usage_hint": "on | off"}]
    assert snapshot["shortcuts"] == [{"name": "Shine on this", "description": "See it in a good light"}]
    names = [each["name"] for each in snapshot["channels"]]
    assert names == ["fraud-detection", "demand-forecast", "churn-model", "ml-platform-private", "general", "ana"]
    assert [each["text"] for each in snapshot["messages"][FRAUD]][2:] == ["psst"]


async def test_others_do_not_find_private_channels_on_their_page(workspace: Workspace, session: ClientSession) -> None:
    async with session.ws_connect(workspace.url + "page/socket?person=U000000DORA") as socket:
        snapshot = await Page(workspace, session, socket).frame("snapshot")
    assert PRIVATE not in [each["id"] for each in snapshot["channels"]]


async def test_what_is_said_on_the_page_reaches_the_app_and_all_pages(
    workspace: Workspace, lamp: Lamp, page: Page
) -> None:
    said = await page.act("say", channel=FRAUD, text="hello @Lantern & all")
    frame = await page.frame("message")
    assert said == {"ok": True, "ts": frame["message"]["ts"]}
    assert frame["message"]["text"] == "hello <@U0000000BOT> &amp; all"
    await page.act("edit", channel=FRAUD, ts=said["ts"], text="hello")
    assert (await page.frame("message"))["message"]["text"] == "hello"
    await page.act("delete", channel=FRAUD, ts=said["ts"])
    assert await page.frame("message_removed") == {
        "type": "message_removed",
        "channel": FRAUD,
        "ts": said["ts"],
    }
    await workspace.quiet()
    subtypes = {each["event"].get("subtype", "new") for each in lamp.heard}
    assert subtypes == {"new", "message_changed", "message_deleted"}


async def test_a_command_and_a_form_on_the_page(lamp: Lamp, page: Page) -> None:
    view = modal(field("Your wish", {"type": "plain_text_input", "action_id": "wish"}), actions(button("More")))

    async def answer(body: dict[str, Any], ack: Any) -> BoltResponse:
        if "command" in body:
            await lamp.client.views_open(trigger_id=body["trigger_id"], view=view)
            return await sent(ack, "Tell me your wish.")
        return await sent(ack)

    lamp.answer = answer
    assert await page.act("command", channel=FRAUD, text="/lamp wish") == {"ok": True}
    shown = (await page.frame("view"))["view"]
    private = (await page.frame("message"))["message"]
    assert (private["text"], private["ephemeral"]) == ("Tell me your wish.", True)
    wish = {"view_id": shown["id"], "values": {"wish-block": {"wish": ""}}}
    errors = {"wish-block": "Please complete this required field."}
    assert await page.act("submit", **wish) == {"ok": True, "errors": errors}
    assert (await page.frame("view_errors"))["errors"] == errors
    more = {"view_id": shown["id"], "block_id": "lamp", "action_id": "on"}
    await page.act("click", **more, values={"wish-block": {"wish": "light"}})
    assert lamp.heard[-1]["view"]["state"]["values"]["wish-block"]["wish"]["value"] == "light"
    assert await page.act("close", view_id=shown["id"]) == {"ok": True}
    assert (await page.frame("view"))["view"] is None


async def test_a_click_that_the_app_does_not_answer_is_told(workspace: Workspace, lamp: Lamp, page: Page) -> None:
    posted = await lamp.client.chat_postMessage(channel=FRAUD, text="f", blocks=[actions(button("On"))])

    async def silence(_: dict[str, Any], __: Any) -> BoltResponse:
        return BoltResponse(status=404)

    lamp.answer = silence
    workspace.link.ack_limit = 0.05
    told = await page.act("click", channel=FRAUD, ts=posted["ts"], block_id="lamp", action_id="on")
    assert told == {"ok": False, "error": "This app did not answer in time. Please try again."}


async def test_a_shortcut_on_the_page_reaches_the_app(workspace: Workspace, lamp: Lamp, page: Page) -> None:
    said = await workspace.person("Ben").says("dark in here", channel="churn-model")
    assert await page.act("shortcut", channel=said.channel, ts=said.ts, name="Shine on this") == {"ok": True}
    assert [each["message"]["text"] for each in lamp.heard] == ["dark in here"]


async def test_inviting_and_removing_the_bot_on_the_page(page: Page) -> None:
    await page.act("invite", channel=PRIVATE)
    assert (await page.frame("channel"))["channel"]["bot_is_member"] is True
    await page.act("kick", channel=PRIVATE)
    assert (await page.frame("channel"))["channel"]["bot_is_member"] is False


async def test_pages_hear_when_the_bot_goes_and_comes(workspace: Workspace, page: Page) -> None:
    await page.frame("snapshot")
    async with lamp_in(workspace):
        assert await page.frame("bot") == {"type": "bot", "connected": True}
    assert await page.frame("bot") == {"type": "bot", "connected": False}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"do": "fly"}, "does not know the act 'fly'"),
        ({"do": "say", "person": "U404"}, "no such person"),
        ({"do": "say", "channel": "C404", "text": "x"}, "cannot see this channel"),
        ({"do": "say", "channel": FRAUD}, "unreadable: KeyError 'text'"),
        ({"do": "say", "channel": FRAUD, "text": " "}, "Write something first"),
        ({"do": "click", "channel": FRAUD, "ts": "1", "block_id": "a", "action_id": "a"}, "message is gone"),
        ({"do": "shortcut", "channel": FRAUD, "ts": "1", "name": "Shine on this"}, "message is gone"),
        ({"do": "redeliver"}, "no event yet"),
    ],
)
async def test_an_act_that_cannot_be_done_is_told_in_one_sentence(page: Page, body: dict[str, Any], told: str) -> None:
    answer = await page.act(**body)
    assert not answer["ok"]
    assert told in answer["error"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://127.0.0.1:{port}"}, 200),
        ({"Origin": "http://localhost:{port}", "Host": "localhost:{port}"}, 200),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "elsewhere.example:{port}"}, 403),
        ({"Content-Type": "text/plain"}, 415),
    ],
)
async def test_another_web_site_cannot_drive_the_workspace(
    workspace: Workspace, session: ClientSession, headers: dict[str, str], status: int
) -> None:
    port = workspace.url.rsplit(":", 1)[1].rstrip("/")
    sent_along = {"Content-Type": "application/json"} | {k: v.format(port=port) for k, v in headers.items()}
    body = json.dumps({"person": ANA, "do": "say", "channel": FRAUD, "text": "hi"})
    answer = await session.post(workspace.url + "page/act", data=body, headers=sent_along)
    assert answer.status == status
    said = [seen.text for seen in workspace.person("Ana").sees()]
    assert ("hi" in said) == (status == 200)


async def test_a_permalink_leads_to_the_thread_on_the_page(
    workspace: Workspace, lamp: Lamp, session: ClientSession
) -> None:
    root = await lamp.client.chat_postMessage(channel=FRAUD, text="root")
    reply = await lamp.client.chat_postMessage(channel=FRAUD, text="reply", thread_ts=root["ts"])
    link = (await lamp.client.chat_getPermalink(channel=FRAUD, message_ts=reply["ts"]))["permalink"]
    answer = await session.get(link, allow_redirects=False)
    assert link.startswith(f"{workspace.url}archives/{FRAUD}/p{reply['ts'].replace('.', '')}?thread_ts=")
    assert answer.headers["Location"] == f"/#{FRAUD}/{root['ts']}"


async def test_the_page_and_its_files_are_served(workspace: Workspace, session: ClientSession) -> None:
    index = await session.get(workspace.url)
    script = await session.get(workspace.url + "static/main.js")
    outside = await session.get(workspace.url + "static/../seed.py")
    assert (index.status, index.content_type) == (200, "text/html")
    assert script.status == 200
    assert outside.status == 404


async def test_behind_the_curtain_nobody_acts_and_the_page_looks_again_by_itself(workspace: Workspace) -> None:
    workspace.curtain = "The example teams are being set up."
    try:
        async with ClientSession() as session, session.get(workspace.url) as page:
            assert page.status == 503
            assert page.headers["Refresh"] == "2"
            assert await page.text() == "The example teams are being set up."
        async with ClientSession() as session, session.post(f"{workspace.url}page/act", json={}) as act:
            assert act.status == 503
    finally:
        workspace.curtain = ""
    async with ClientSession() as session, session.get(workspace.url) as page:
        assert page.status == 200
