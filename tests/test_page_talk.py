"""Talking on the page of the local workspace: channels, threads, people, the keyboard."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.sandbox import Workspace
from chromium import NOT_FOUND, find_chromium, open_page
from page_samples import button
from socket_app import MANIFEST, SocketApp, socket_app

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason=NOT_FOUND),
    pytest.mark.asyncio(loop_scope="module"),  # one browser for all tests here, each with a window of its own
]

CHANNEL = "C00000FRAUD"
WITHOUT_BOT = "C00000CHURN"


@pytest_asyncio.fixture(loop_scope="module")
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace.serve(MANIFEST) as running:
        yield running


def composer(page: Page) -> Locator:
    return page.get_by_label("Message #fraud-detection")


def thread(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Thread")


def shown(page: Page, ts: str) -> Locator:
    return page.get_by_role("main").locator(f'article[data-ts="{ts}"]')


async def test_enter_sends_and_shift_enter_starts_a_new_line(page: Page) -> None:
    await composer(page).press_sequentially("first")
    await page.keyboard.press("Shift+Enter")
    await composer(page).press_sequentially("second")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("main").locator("article").last.locator(".text")).to_have_text("firstsecond")
    await expect(page.get_by_role("main").locator("article").last.locator("br")).to_have_count(1)
    await expect(composer(page)).to_have_value("")
    await expect(composer(page)).to_be_focused()


async def test_a_slash_offers_the_commands_with_their_usage(page: Page) -> None:
    await composer(page).press_sequentially("/")
    await expect(page.get_by_role("option")).to_have_count(2)
    await expect(page.get_by_role("option").first).to_contain_text("start [soft] | stop")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await expect(composer(page)).to_have_value("/shade ")
    await composer(page).fill("/la")
    await page.keyboard.press("Enter")
    await expect(composer(page)).to_have_value("/lamp ")
    await expect(page.get_by_text("/lamp start [soft] | stop")).to_be_visible()


async def test_an_at_sign_offers_people_and_the_bot(page: Page, workspace: Workspace) -> None:
    await composer(page).press_sequentially("hey @la")
    await expect(page.get_by_role("option")).to_have_text(["@Lanternapp"])
    await page.keyboard.press("Enter")
    await expect(composer(page)).to_have_value("hey @Lantern ")
    await page.keyboard.type("are you there?")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mention")).to_have_text("@Lantern")
    assert workspace.person("Ana").sees("#fraud-detection")[-1].text == "hey <@U0000000BOT> are you there?"


async def test_the_thread_opens_by_itself_when_a_command_begins_one_and_esc_closes_it(
    page: Page, app: SocketApp
) -> None:
    await page.get_by_role("button", name="Type /lamp start").click()
    assert app.heard == []
    await page.keyboard.press("Enter")
    await app.workspace.until(lambda: app.heard)
    assert (app.heard[0]["command"], app.heard[0]["text"]) == ("/lamp", "start")
    root = await app.post(CHANNEL, "It begins")
    await expect(thread(page).locator("article")).to_have_attribute("data-ts", root)
    await app.post(CHANNEL, "A question", thread_ts=root)
    await expect(shown(page, root).get_by_role("button", name="1 reply")).to_be_visible()
    await thread(page).get_by_label("Reply in thread").fill("an answer")
    await page.keyboard.press("Enter")
    await expect(thread(page).locator("article").last).to_contain_text("an answer")
    await expect(shown(page, root).get_by_role("button", name="2 replies")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(thread(page)).to_have_count(0)
    await expect(composer(page)).to_be_focused()


async def test_a_command_typed_in_a_thread_is_refused_as_slack_refuses_it(page: Page, app: SocketApp) -> None:
    root = await app.post(CHANNEL, "It begins")
    await shown(page, root).hover()
    await shown(page, root).get_by_role("button", name="Reply in thread").click()
    await thread(page).get_by_label("Reply in thread").fill("/lamp stop")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Slash commands do not work in threads.")).to_be_visible()
    await expect(thread(page).get_by_label("Reply in thread")).to_have_value("/lamp stop")
    assert [payload["command"] for payload in app.heard if "command" in payload] == []


async def test_a_reply_sent_to_the_channel_as_well_stands_in_both(page: Page, app: SocketApp) -> None:
    root = await app.post(CHANNEL, "It begins")
    reply = await app.post(CHANNEL, "The result", thread_ts=root, reply_broadcast=True)
    await shown(page, reply).get_by_role("button", name="Replied in a thread").click()
    await expect(thread(page).locator(f'article[data-ts="{reply}"]')).to_contain_text("Also sent to the channel")


async def test_a_private_answer_says_so_and_can_be_dismissed_for_good(page: Page, app: SocketApp) -> None:
    app.answers["command"] = lambda _: {"text": "Just between us"}
    await composer(page).fill("/lamp status")
    await page.keyboard.press("Enter")
    private = page.get_by_role("article").filter(has_text="Just between us")
    await expect(private).to_contain_text("Only visible to you")
    await private.get_by_role("button", name="Dismiss message").click()
    await expect(private).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("article")).to_have_count(2)
    await expect(private).to_have_count(0)


async def test_an_unknown_command_is_refused_and_stays_in_the_field(page: Page) -> None:
    await composer(page).fill("/lmap start")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("/lmap is not a valid command.")).to_be_visible()
    await expect(composer(page)).to_have_value("/lmap start")


async def test_one_may_change_and_delete_only_what_one_wrote(page: Page, workspace: Workspace) -> None:
    mine = (await workspace.person("Ana").says("Hello @Ben, 1 < 2")).ts
    theirs = (await workspace.person("Ben").says("Hello")).ts
    await shown(page, theirs).hover()
    await expect(shown(page, theirs).get_by_role("button", name="Your message")).to_have_count(0)
    await shown(page, mine).hover()
    await shown(page, mine).get_by_role("button", name="Your message").click()
    await page.get_by_role("menuitem", name="Edit").click()
    await expect(page.get_by_label("Edit your message")).to_have_value("Hello @Ben, 1 < 2")
    await page.get_by_label("Edit your message").fill("Bye @Ben")
    await page.keyboard.press("Enter")
    await expect(shown(page, mine).locator(".text")).to_have_text("Bye @Ben (edited)")
    await shown(page, mine).get_by_role("button", name="Your message").click()
    await page.get_by_role("menuitem", name="Delete").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(shown(page, mine)).to_have_count(0)


async def test_two_windows_play_two_people_and_see_each_other_at_once(
    page: Page, workspace: Workspace, browser: Browser
) -> None:
    await page.get_by_role("radio", name="Ben").check()
    await expect(page.get_by_role("link", name="ml-platform-private")).to_be_visible()
    async with open_page(workspace.url, browser) as other:
        await other.get_by_role("radio", name="Chen").check()
        await expect(other.get_by_role("link", name="ml-platform-private")).to_have_count(0)
        await other.reload()
        await expect(other.get_by_role("radio", name="Chen")).to_be_checked()
        await composer(other).fill("Chen here")
        await other.keyboard.press("Enter")
        await expect(page.get_by_role("article").last).to_contain_text("Chen here")
        await expect(page.get_by_role("article").last.locator(".author")).to_have_text("Chen")


async def test_the_bot_can_be_added_where_it_is_missing(page: Page, workspace: Workspace) -> None:
    entry = page.get_by_role("link", name="churn-model")
    await expect(entry).to_contain_text("bot is not here")
    await entry.click()
    await page.get_by_role("button", name="Add Lantern").click()
    await expect(page.get_by_text("Lantern is here")).to_be_visible()
    await expect(entry).not_to_contain_text("bot is not here")
    assert workspace.hub.state.bot_in(workspace.hub.state.channels[WITHOUT_BOT])


async def test_messages_in_other_channels_are_counted_until_one_looks(page: Page, app: SocketApp) -> None:
    await app.post("C0000DEMAND", "one")
    await app.post("C0000DEMAND", "two")
    entry = page.get_by_role("link", name="demand-forecast")
    await expect(entry).to_contain_text("2 new")
    await entry.click()
    await expect(entry).not_to_contain_text("new")


async def test_a_permalink_opens_the_thread(page: Page, app: SocketApp) -> None:
    root = await app.post("C0000DEMAND", "Elsewhere")
    link = (await app.call("chat.getPermalink", channel="C0000DEMAND", message_ts=root))["permalink"]
    assert link.startswith(app.workspace.url)
    await app.post(CHANNEL, f"It is <{link}|over there>")
    await page.get_by_role("link", name="over there").click()
    await expect(page.get_by_role("heading", name="#demand-forecast", level=1)).to_be_visible()
    await expect(thread(page).locator("article")).to_contain_text("Elsewhere")
    await page.goto(link)
    await expect(thread(page).locator("article")).to_contain_text("Elsewhere")


async def test_the_reader_stays_at_the_end_and_is_left_in_peace_elsewhere(page: Page, app: SocketApp) -> None:
    for number in range(30):
        await app.post(CHANNEL, f"Line {number}")
    await expect(page.get_by_text("Line 29")).to_be_in_viewport()
    log = page.get_by_role("log", name="Messages in #fraud-detection")
    await log.evaluate("log => { log.scrollTop = 0; }")
    await expect(page.get_by_text("Line 0", exact=True)).to_be_in_viewport()
    await app.post(CHANNEL, "News")
    await expect(page.get_by_role("button", name="Newest messages")).to_be_visible()
    assert await log.evaluate("log => log.scrollTop") == 0
    await page.get_by_role("button", name="Newest messages").click()
    await expect(page.get_by_text("News", exact=True)).to_be_in_viewport()


async def test_a_message_that_changes_keeps_its_place_and_the_focus(page: Page, app: SocketApp) -> None:
    actions = {"type": "actions", "block_id": "b", "elements": [button("Yes", "yes"), button("No", "no")]}
    ts = await app.post(CHANNEL, "Is it so?", [actions])
    await app.post(CHANNEL, "Below")
    await shown(page, ts).get_by_role("button", name="No").focus()
    fewer = {**actions, "elements": [button("No, thanks", "no")]}
    await app.call("chat.update", channel=CHANNEL, ts=ts, text="Is it so?", blocks=[fewer])
    await expect(shown(page, ts).get_by_role("button", name="No, thanks")).to_be_focused()
    folded = {"type": "section", "text": {"type": "mrkdwn", "text": "It is *not*"}}
    await app.call("chat.update", channel=CHANNEL, ts=ts, text="It is not", blocks=[folded])
    await expect(shown(page, ts)).to_be_focused()
    await expect(page.get_by_role("article").nth(2)).to_contain_text("It is not")


async def test_a_bot_that_is_away_is_told_in_words(workspace: Workspace, browser: Browser) -> None:
    async with open_page(workspace.url, browser) as page:
        state = page.get_by_role("status", name="Bot state")
        await expect(state).to_have_text("Bot is restarting ...")
        async with socket_app(workspace):
            await expect(state).to_have_text("Bot connected")
        await expect(state).to_have_text("Bot is restarting ...")


async def test_the_page_comes_back_by_itself_when_the_workspace_does(browser: Browser) -> None:
    first = Workspace(MANIFEST)
    await first.start()
    port = int(first.url.rstrip("/").rsplit(":", 1)[1])
    async with open_page(first.url, browser) as page:
        state = page.get_by_role("status", name="Bot state")
        await expect(state).to_have_text("Bot is restarting ...")
        await composer(page).fill("a draft")
        await first.stop()
        await expect(state).to_have_text("Workspace not reachable, trying again ...")
        async with Workspace.serve(MANIFEST, port=port):
            await expect(state).to_have_text("Bot is restarting ...")
            await expect(composer(page)).to_have_value("a draft")
            await page.keyboard.press("Enter")
            await expect(page.get_by_role("article").last).to_contain_text("a draft")
