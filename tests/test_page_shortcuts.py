"""Message shortcuts on the page of the local workspace, in a real browser."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.sandbox import Workspace
from chromium import NOT_FOUND, find_chromium, open_page
from lamp import GLOBAL, SHINE
from page_samples import EVERY_ELEMENT
from socket_app import MANIFEST, SocketApp

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason=NOT_FOUND),
    pytest.mark.asyncio(loop_scope="module"),  # one browser for all tests here, each with a window of its own
]

CHANNEL = "C00000FRAUD"
DIM = {"name": "Dim it", "type": "message", "callback_id": "dim", "description": "Less light, please"}
OFFERING = MANIFEST | {"features": MANIFEST["features"] | {"shortcuts": [SHINE, GLOBAL, DIM]}}


@pytest_asyncio.fixture(loop_scope="module")
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace.serve(OFFERING) as running:
        yield running


def shown(page: Page, ts: str) -> Locator:
    return page.get_by_role("main").locator(f'article[data-ts="{ts}"]')


async def opened_menu(message: Locator, name: str = "More actions") -> Locator:
    await message.hover()
    await message.get_by_role("button", name=name, exact=True).click()
    return message.get_by_role("menu", name=name)


async def test_each_message_offers_the_apps_message_shortcuts(page: Page, workspace: Workspace, app: SocketApp) -> None:
    mine = (await workspace.person("Ana").says("dark in here")).ts
    theirs = (await workspace.person("Ben").says("very")).ts
    bots = await app.post(CHANNEL, "Lamp", EVERY_ELEMENT)
    for ts in (theirs, bots):
        entries = (await opened_menu(shown(page, ts))).get_by_role("menuitem")
        await expect(entries).to_have_text(["Shine on thisSee it in a good light", "Dim itLess light, please"])
        await page.keyboard.press("Escape")
    entries = (await opened_menu(shown(page, mine), "Your message")).get_by_role("menuitem")
    await expect(entries).to_contain_text(["Edit", "Shine on this", "Dim it", "Delete"])


async def test_a_shortcut_is_reached_and_chosen_by_keyboard(page: Page, workspace: Workspace, app: SocketApp) -> None:
    said = (await workspace.person("Ben").says("dark in here")).ts
    button = shown(page, said).get_by_role("button", name="More actions")
    await shown(page, said).focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(button).to_be_focused()
    await expect(button).to_have_attribute("aria-haspopup", "menu")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Shine on this See it in a good light")).to_be_focused()
    await expect(button).to_have_attribute("aria-expanded", "true")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(button).to_be_focused()
    await workspace.until(lambda: app.of_kind("message_action"))
    (told,) = app.of_kind("message_action")
    assert (told["callback_id"], told["message"]["ts"], told["user"]["id"]) == ("dim", said, "U0000000ANA")


async def test_a_reply_offers_them_in_its_thread_and_the_private_answer_stands_there(
    page: Page, workspace: Workspace, app: SocketApp
) -> None:
    root = await workspace.person("Ben").says("who is in?")
    reply = await workspace.person("Dora").says("me", thread=root)
    await shown(page, root.ts).get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    await (await opened_menu(thread.locator("article").last)).get_by_role("menuitem", name="Shine on this").click()
    await workspace.until(lambda: app.of_kind("message_action"))
    (told,) = app.of_kind("message_action")
    assert (told["message_ts"], told["message"]["thread_ts"]) == (reply.ts, root.ts)
    answer = {"text": "Now you see", "thread_ts": root.ts}
    await page.request.post(told["response_url"], data=answer)
    private = thread.get_by_role("article").filter(has_text="Now you see")
    await expect(private).to_contain_text("Only visible to you")
    await expect(private.get_by_role("button", name="More actions")).to_have_count(0)


async def test_they_are_offered_where_the_bot_is_not(page: Page, workspace: Workspace, app: SocketApp) -> None:
    said = await workspace.person("Ben").says("who might leave?", channel="churn-model")
    await page.get_by_role("link", name="churn-model").click()
    await (await opened_menu(shown(page, said.ts))).get_by_role("menuitem", name="Shine on this").click()
    await workspace.until(lambda: app.of_kind("message_action"))
    assert app.of_kind("message_action")[0]["channel"] == {"id": "C00000CHURN", "name": "churn-model"}


async def test_a_refused_shortcut_is_told_politely(page: Page, workspace: Workspace, app: SocketApp) -> None:
    said = (await workspace.person("Ben").says("dark in here")).ts
    menu = await opened_menu(shown(page, said))
    del workspace.state.in_channel(CHANNEL)[said]
    await menu.get_by_role("menuitem", name="Dim it").click()
    await expect(page.get_by_role("status").filter(has_text="This message is gone.")).to_be_visible()
    await expect(shown(page, said).get_by_role("button", name="More actions")).to_be_enabled()
    assert app.of_kind("message_action") == []


async def test_without_shortcuts_there_is_no_such_menu(browser: Browser) -> None:
    async with Workspace.serve(MANIFEST) as plain, open_page(plain.url, browser) as page:
        said = plain.person("Ana").last("fraud-detection").ts
        await expect(shown(page, said).get_by_role("button", name="Reply in thread")).to_have_count(1)
        await expect(shown(page, said).get_by_role("button", name="More actions")).to_have_count(0)
