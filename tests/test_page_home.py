"""The app's own place on the page of the local workspace, in a real browser: Home, Messages, shortcuts, prompts."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.sandbox import Workspace
from chromium import NOT_FOUND, find_chromium, open_page
from lamp import GLOBAL, SHINE
from page_samples import FORM, button, field, options, plain
from socket_app import MANIFEST, SocketApp, socket_app

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason=NOT_FOUND),
    pytest.mark.asyncio(loop_scope="module"),  # one browser for all tests here, each with a window of its own
]

CHANNEL, ANA, DM = "C00000FRAUD", "U0000000ANA", "D0000000ANA"
HOMELY: dict[str, Any] = MANIFEST | {
    "features": MANIFEST["features"]
    | {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "agent_view": {
            "agent_description": "Sheds light on things",
            "suggested_prompts": [{"title": "Begin", "message": "begin with the lamp"}],
        },
        "shortcuts": [SHINE, GLOBAL],
    },
    "oauth_config": {"scopes": {"bot": [*MANIFEST["oauth_config"]["scopes"]["bot"], "assistant:write"]}},
    "settings": MANIFEST["settings"]
    | {"event_subscriptions": {"bot_events": ["app_home_opened", "message.channels", "message.im"]}},
}
FILTER = {
    "type": "static_select",
    "action_id": "filter",
    "placeholder": plain("Show"),
    "options": options(all="All", live="Only live ones"),
}


@pytest_asyncio.fixture(loop_scope="module")
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace.serve(HOMELY) as running:
        yield running


async def publish(app: SocketApp, *blocks: dict[str, Any], person: str = ANA) -> str:
    """Publish a Home tab and give the view's id."""
    told = await app.call("views.publish", user_id=person, view={"type": "home", "blocks": list(blocks)})
    view_id: str = told["view"]["id"]
    return view_id


def row(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "block_id": "row", "elements": list(elements)}


def words(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


async def opened(page: Page) -> Locator:
    """Open the Home tab from the left column."""
    await page.get_by_role("navigation", name="Channels").get_by_role("link", name="Lantern").click()
    return page.get_by_role("region", name="Home of Lantern")


def openings(app: SocketApp) -> list[str]:
    events = [each["event"] for each in app.of_kind("event_callback")]
    return [each["tab"] for each in events if each["type"] == "app_home_opened"]


async def test_the_app_has_a_place_with_two_tabs_and_hears_which_one_is_opened(page: Page, app: SocketApp) -> None:
    home = await opened(page)
    await expect(home.get_by_role("heading", name="Nothing here yet")).to_be_visible()
    await publish(app, {"type": "header", "text": plain("Your subjects")}, words("*Fraud*: level 2"))
    await expect(home.get_by_role("heading", name="Your subjects")).to_be_visible()
    tabs = page.get_by_role("navigation", name="Tabs of Lantern")
    await tabs.get_by_role("link", name="Messages").click()
    await expect(page.get_by_label("Message Lantern")).to_be_focused()
    await expect(home).to_have_count(0)
    await tabs.get_by_role("link", name="Home").press("Enter")
    await expect(home.get_by_text("level 2")).to_be_visible()
    await expect(tabs.get_by_role("link", name="Home")).to_have_attribute("aria-current", "page")
    await app.workspace.until(lambda: openings(app) == ["home", "messages", "home"])
    last = app.of_kind("event_callback")[-1]["event"]
    assert (last["user"], last["channel"], last["view"]["type"]) == (ANA, DM, "home")


async def test_a_home_tab_that_is_open_is_found_again_after_a_reload_and_shows_the_person_who_is_played(
    page: Page, app: SocketApp
) -> None:
    await publish(app, words("For Ana"))
    await publish(app, words("For Ben"), person="U0000000BEN")
    home = await opened(page)
    await page.reload()
    await expect(home.get_by_text("For Ana")).to_be_visible()
    await page.get_by_role("radio", name="Ben").check()
    await expect(home.get_by_text("For Ben")).to_be_visible()
    await app.workspace.until(lambda: openings(app) == ["home"] * 3)


async def test_what_is_done_on_the_home_tab_tells_the_app_of_the_view(page: Page, app: SocketApp) -> None:
    more = {"type": "overflow", "action_id": "more", "options": options(pause="Pause", drop="Delete")}
    pickers = [
        {"type": "users_select", "action_id": "who", "placeholder": plain("Who")},
        {"type": "channels_select", "action_id": "where", "placeholder": plain("Where")},
        {"type": "datepicker", "action_id": "due", "placeholder": plain("Due")},
    ]
    note = field("note", "Note", {"type": "plain_text_input"})
    view_id = await publish(app, note, row(button("Go on", "go", value="a1"), FILTER, more, *pickers))
    home = await opened(page)
    await home.get_by_label("Note").fill("later")
    await home.get_by_role("button", name="Go on").click()
    await home.get_by_label("Show").select_option("Only live ones")
    await home.get_by_role("button", name="More options").click()
    await page.get_by_role("menuitem", name="Pause").click()
    await home.get_by_label("Who").select_option("Ben")
    await home.get_by_label("Where").select_option("#churn-model")
    await home.get_by_label("Due").fill("2027-02-01")
    await app.workspace.until(lambda: len(app.actions()) == 6)
    told = {each["action_id"]: each for each in app.actions()}
    assert told["go"]["value"] == "a1"
    assert told["filter"]["selected_option"]["value"] == "live"
    assert told["more"]["selected_option"]["value"] == "pause"
    assert (told["who"]["selected_user"], told["where"]["selected_channel"]) == ("U0000000BEN", "C00000CHURN")
    assert told["due"]["selected_date"] == "2027-02-01"
    clicks = app.of_kind("block_actions")
    assert {each["container"]["view_id"] for each in clicks} == {view_id}
    assert {each["view"]["state"]["values"]["note"]["note"]["value"] for each in clicks} == {"later"}


async def test_a_view_that_changes_keeps_what_was_entered_the_focus_and_the_place(page: Page, app: SocketApp) -> None:
    note = field("note", "Note", {"type": "plain_text_input"})
    long = [words(f"Line {number}") for number in range(60)]
    await publish(app, *long, note, row(FILTER))
    home = await opened(page)
    await home.get_by_label("Show").select_option("Only live ones")
    await home.get_by_label("Note").fill("half a thought")
    before = await home.evaluate("node => node.scrollTop")
    assert before > 0
    await publish(app, *long, note, words("One more"), row(FILTER))
    await expect(home.get_by_text("One more")).to_be_visible()
    await expect(home.get_by_label("Note")).to_have_value("half a thought")
    await expect(home.get_by_label("Note")).to_be_focused()
    await expect(home.get_by_label("Show")).to_have_value("live")
    assert await home.evaluate("node => node.scrollTop") == before
    await page.reload()
    await expect(home.get_by_label("Show")).to_have_value("live")


async def test_a_button_with_a_permalink_leads_to_the_thread_and_still_tells_the_app(
    page: Page, app: SocketApp
) -> None:
    root = await app.post("C0000DEMAND", "It began here")
    link = (await app.call("chat.getPermalink", channel="C0000DEMAND", message_ts=root))["permalink"]
    await publish(app, row(button("Continue", "go", url=link)))
    home = await opened(page)
    await home.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("heading", name="#demand-forecast", level=1)).to_be_visible()
    await expect(page.get_by_role("complementary", name="Thread")).to_contain_text("It began here")
    await app.workspace.until(lambda: [each["url"] for each in app.actions()] == [link])


async def test_a_form_opens_over_the_home_tab(page: Page, app: SocketApp) -> None:
    await publish(app, row(button("Settings", "settings")))
    home = await opened(page)
    await home.get_by_role("button", name="Settings").click()
    await app.workspace.until(app.actions)
    await app.call("views.open", trigger_id=app.of_kind("block_actions")[-1]["trigger_id"], view=FORM)
    form = page.get_by_role("dialog", name="Facts")
    await form.get_by_label("Models", exact=True).fill("3")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_have_count(0)
    await expect(home.get_by_role("button", name="Settings")).to_be_visible()


async def test_a_message_that_comes_while_home_is_open_is_counted_until_messages_is_opened(
    page: Page, app: SocketApp
) -> None:
    await publish(app, words("Home"))
    await opened(page)
    entry = page.get_by_role("navigation", name="Channels").get_by_role("link", name="Lantern")
    await app.post(DM, "A reminder")
    await expect(entry).to_contain_text("1 new")
    await page.get_by_role("navigation", name="Tabs of Lantern").get_by_role("link", name="Messages").click()
    await expect(page.get_by_role("article").last).to_contain_text("A reminder")
    await expect(entry).not_to_contain_text("new")


async def test_prompts_stand_above_the_field_and_are_said_by_the_person(page: Page, app: SocketApp) -> None:
    await page.goto(f"{app.workspace.url}#{DM}")
    await expect(page.get_by_text("Sheds light on things")).to_be_visible()
    await page.get_by_role("group", name="You could say:").get_by_role("button", name="Begin").click()
    await expect(page.get_by_role("article").last).to_contain_text("begin with the lamp")
    prompts = [{"title": "Brighter", "message": "more light"}, {"title": "Darker", "message": "less light"}]
    await app.call("assistant.threads.setSuggestedPrompts", channel_id=DM, prompts=prompts, title="And now?")
    now = page.get_by_role("group", name="And now?").get_by_role("button")
    await expect(now).to_have_text(["Brighter", "Darker"])
    await now.last.press("Enter")
    await expect(page.get_by_role("article").last).to_contain_text("less light")
    await page.get_by_role("link", name="fraud-detection").click()
    await expect(now).to_have_count(0)


async def test_global_shortcuts_are_offered_beside_the_field(page: Page, app: SocketApp) -> None:
    await page.get_by_role("button", name="Shortcuts").click()
    await expect(page.get_by_role("menuitem")).to_have_count(1)
    await expect(page.get_by_role("menuitem")).to_contain_text("Every lamp, everywhere")
    await page.keyboard.press("Enter")
    await app.workspace.until(lambda: app.of_kind("shortcut"))
    told = app.of_kind("shortcut")[0]
    assert (told["callback_id"], "channel" in told) == ("house", False)
    place = {"type": "conversations_select", "default_to_current_conversation": True, "filter": {"include": ["public"]}}
    view = {**FORM, "blocks": [field("place", "Place", place)]}
    await app.call("views.open", trigger_id=told["trigger_id"], view=view)
    chosen = page.get_by_role("dialog", name="Facts").get_by_label("Place")
    await expect(chosen).to_have_value(CHANNEL)
    names = await chosen.locator("option:not([value=''])").all_inner_texts()
    assert names == ["#fraud-detection", "#demand-forecast", "#churn-model", "#general"]


async def test_an_app_without_a_home_tab_is_a_direct_message_as_ever(browser: Browser) -> None:
    async with (
        Workspace.serve(MANIFEST) as workspace,
        socket_app(workspace),
        open_page(f"{workspace.url}#home", browser) as page,
    ):
        await expect(page.get_by_role("heading", name="#fraud-detection", level=1)).to_be_visible()
        await page.get_by_role("link", name="Lantern").click()
        await expect(page.get_by_label("Message Lantern")).to_be_visible()
        await expect(page.get_by_role("navigation", name="Tabs of Lantern")).to_have_count(0)
        await expect(page.get_by_role("button", name="Shortcuts")).to_have_count(0)
