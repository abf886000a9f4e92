"""The page of the local workspace, in a real browser against the real workspace."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.sandbox import Workspace
from chromium import NOT_FOUND, find_chromium, open_page
from page_samples import EVERY_BLOCK, EVERY_ELEMENT, FORM, button
from socket_app import MANIFEST, SocketApp

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason=NOT_FOUND),
    pytest.mark.asyncio(loop_scope="module"),  # one browser for all tests here, each with a window of its own
]

CHANNEL = "C00000FRAUD"


@pytest_asyncio.fixture(loop_scope="module")
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace.serve(MANIFEST) as running:
        yield running


def message(page: Page, ts: str) -> Any:
    return page.get_by_role("main").locator(f'article[data-ts="{ts}"]')


async def test_every_block_is_drawn_and_an_unknown_one_says_so(
    workspace: Workspace, app: SocketApp, browser: Browser
) -> None:
    ts = await app.post(CHANNEL, "fallback", EVERY_BLOCK)
    workspace.state.in_channel(CHANNEL)[ts]["blocks"].append({"type": "hologram", "block_id": "h"})
    async with open_page(workspace.url, browser) as page:
        shown = message(page, ts)
        await expect(shown.get_by_role("heading")).to_have_text("Where you stand")
        await expect(shown.locator("strong")).to_have_text(["bold", "Level", "styled", "marked"])
        await expect(shown.locator("blockquote")).to_have_text("quoted")
        await expect(shown.locator("pre")).to_have_text("code < text")
        await expect(shown.locator("ul").first.get_by_role("listitem")).to_have_text(["one", "two"])
        await expect(shown.locator(".mention")).to_have_text(["@Ben", "#general", "@Chen"])
        await expect(shown.get_by_role("link", name="guide")).to_have_attribute("href", "https://example.com/a?b=1&c=2")
        await expect(shown.locator("time").last).to_have_text("15 November 2023")
        await expect(shown.get_by_role("separator")).to_have_count(1)
        await expect(shown.get_by_text("[picture: A radar of four levels]")).to_be_visible()
        await expect(shown.get_by_text("[block type hologram is not drawn here]")).to_be_visible()


async def test_each_kind_of_element_tells_the_app_what_was_chosen(
    workspace: Workspace, app: SocketApp, browser: Browser
) -> None:
    ts = await app.post(CHANNEL, "fallback", EVERY_ELEMENT)
    async with open_page(workspace.url, browser) as page:
        shown = message(page, ts)
        await shown.get_by_role("button", name="Yes", exact=True).click()
        await shown.get_by_role("button", name="More options").click()
        await page.get_by_role("menuitem", name="Pause").click()
        await shown.get_by_label("Ask why").select_option("Release")
        await shown.get_by_label("Weekly").check()
        await shown.get_by_label("Docker").check()
        await shown.get_by_label("Due").fill("2027-02-01")
        await shown.locator("summary").click()
        await shown.get_by_label("Kafka").check()
        await workspace.until(lambda: len(app.actions()) == 7)
    told = {each["action_id"]: each for each in app.actions()}
    assert told["yes"]["value"] == "q1:yes"
    assert told["more"]["selected_option"]["value"] == "pause"
    assert told["why"]["selected_option"]["value"] == "release"
    assert told["often"]["selected_option"]["value"] == "weekly"
    assert [each["value"] for each in told["have"]["selected_options"]] == ["docker"]
    assert told["due"]["selected_date"] == "2027-02-01"
    assert [each["value"] for each in told["several"]["selected_options"]] == ["spark", "kafka"]
    assert {each["message"]["ts"] for each in app.of_kind("block_actions")} == {ts}
    assert {each["user"]["id"] for each in app.of_kind("block_actions")} == {"U0000000ANA"}


async def test_a_button_that_asks_first_acts_only_after_yes(
    workspace: Workspace, app: SocketApp, browser: Browser
) -> None:
    words = {"title": "Finish?", "text": "Open questions stay open.", "confirm": "Finish now", "deny": "Go on"}
    confirm = {key: {"type": "plain_text", "text": text} for key, text in words.items()}
    await app.post(CHANNEL, "x", [{"type": "actions", "elements": [button("Finish", "finish", confirm=confirm)]}])
    async with open_page(workspace.url, browser) as page:
        await page.get_by_role("button", name="Finish").click()
        await page.get_by_role("dialog", name="Finish?").get_by_role("button", name="Go on").click()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        assert app.actions() == []
        await page.get_by_role("button", name="Finish").click()
        await page.get_by_role("button", name="Finish now").click()
        await workspace.until(lambda: [each["action_id"] for each in app.actions()] == ["finish"])


async def test_what_people_type_never_becomes_markup(workspace: Workspace, app: SocketApp, browser: Browser) -> None:
    typed = "<script>document.title='hit'</script> <!channel> <@U0000000BEN> <https://example.com|x> &amp; <img src=x>"
    async with open_page(workspace.url, browser) as page:
        await page.get_by_label("Message #fraud-detection").fill(typed)
        await page.keyboard.press("Enter")
        last = page.get_by_role("main").locator("article").last
        await expect(last.locator(".text")).to_have_text(typed)
        await expect(last.locator(".body :is(script, img, .mention)")).to_have_count(0)
        await expect(last.locator("a")).to_have_text("https://example.com")
        await expect(page).to_have_title("Lakeside Analytics · local workspace")
        await workspace.until(lambda: len(app.of_kind("event_callback")) == 1)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("<javascript:alert(1)|press me>", []),
        ("<https://example.com/|press *me*>", ["https://example.com/"]),
        ("see https://example.com/a_b_c.", ["https://example.com/a_b_c"]),
        ("snake_case_name and 2*3*4", []),
    ],
)
async def test_only_web_addresses_become_links(
    workspace: Workspace, app: SocketApp, browser: Browser, text: str, links: list[str]
) -> None:
    ts = await app.post(CHANNEL, text)
    async with open_page(workspace.url, browser) as page:
        found = message(page, ts).locator(".body a")
        await expect(found).to_have_count(len(links))
        assert [await each.get_attribute("href") for each in await found.all()] == links
        await expect(message(page, ts).locator(".body :is(em, .mention)")).to_have_count(0)


async def open_form(page: Page, app: SocketApp, view: dict[str, Any]) -> Any:
    await app.post(CHANNEL, "x", [{"type": "actions", "elements": [button("Open", "open")]}])
    await page.get_by_role("button", name="Open", exact=True).click()
    await app.workspace.until(lambda: app.of_kind("block_actions"))
    heard = app.of_kind("block_actions")
    await app.call("views.open", trigger_id=heard[-1]["trigger_id"], view=view)
    return page.get_by_role("dialog", name=view["title"]["text"])


async def test_a_form_arrives_with_every_value_and_shows_what_the_app_objects_to(
    workspace: Workspace, app: SocketApp, browser: Browser
) -> None:
    answers = [{"response_action": "errors", "errors": {"models": "That is more than you said."}}, {}]
    app.answers["view_submission"] = lambda _: answers.pop(0)
    async with open_page(workspace.url, browser) as page:
        form = await open_form(page, app, FORM)
        await form.get_by_label("Stage").select_option("In production")
        await form.get_by_label("Models", exact=True).fill("12")
        await form.get_by_label("Note").fill("only fraud\nfor now")
        await form.get_by_label("Every month").check()
        await form.get_by_role("button", name="Save").click()
        await expect(form.get_by_role("alert").filter(has_text="That is more than you said.")).to_be_visible()
        await expect(form.get_by_label("Models", exact=True)).to_be_focused()
        await expect(form.get_by_label("Note")).to_have_value("only fraud\nfor now")
        await form.get_by_label("Models", exact=True).fill("3")
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_have_count(0)
    values = app.of_kind("view_submission")[1]["view"]["state"]["values"]
    assert values["stage"]["stage"]["selected_option"]["value"] == "production"
    assert values["models"]["models"]["value"] == "3"
    assert values["note"]["note"]["value"] == "only fraud\nfor now"
    assert values["often"]["often"]["selected_option"]["value"] == "month"
    assert values["blank"]["blank"]["selected_option"] is None
    assert [each["value"] for each in values["have"]["have"]["selected_options"]] == ["git"]


async def test_a_required_field_left_blank_stops_the_form_before_the_app_hears_of_it(
    workspace: Workspace, app: SocketApp, browser: Browser
) -> None:
    async with open_page(workspace.url, browser) as page:
        form = await open_form(page, app, FORM)
        await form.get_by_role("button", name="Save").click()
        await expect(form.get_by_role("alert").filter(has_text="Please fill this in.")).to_have_count(1)
        await page.keyboard.press("Escape")
        await expect(form).to_have_count(0)
        await workspace.until(lambda: workspace.hub.modals.top("U0000000ANA") is None)
    assert app.of_kind("view_submission") == []


async def test_a_form_that_changes_keeps_what_was_typed_and_takes_new_proposals(
    workspace: Workspace, app: SocketApp, browser: Browser
) -> None:
    async with open_page(workspace.url, browser) as page:
        form = await open_form(page, app, FORM)
        await form.get_by_label("Note").fill("half a thought")
        await form.get_by_label("Models", exact=True).fill("5")
        blocks = [*FORM["blocks"], {"type": "section", "text": {"type": "plain_text", "text": "Two more facts"}}]
        blocks[1] = {**blocks[1], "element": {**blocks[1]["element"], "initial_value": "7"}}
        view_id = workspace.hub.modals.top("U0000000ANA")["id"]  # type: ignore[index]  # a form is open
        await app.call("views.update", view_id=view_id, view={**FORM, "blocks": blocks})
        await expect(form.get_by_text("Two more facts")).to_be_visible()
        await expect(form.get_by_label("Note")).to_have_value("half a thought")
        await expect(form.get_by_label("Models", exact=True)).to_have_value("7")


async def test_a_refused_click_is_told_politely(workspace: Workspace, app: SocketApp, browser: Browser) -> None:
    ts = await app.post(CHANNEL, "x", [{"type": "actions", "elements": [button("Old", "old")]}])
    async with open_page(workspace.url, browser) as page:
        del workspace.state.in_channel(CHANNEL)[ts]
        await page.get_by_role("button", name="Old").click()
        await expect(page.get_by_role("status").filter(has_text="This message is gone.")).to_be_visible()
        await expect(page.get_by_role("button", name="Old")).to_be_enabled()
