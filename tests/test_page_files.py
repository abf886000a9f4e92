"""Files on the page of the local workspace, in a real browser: pictures, cards, downloads."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.sandbox import Workspace
from chromium import NOT_FOUND, find_chromium, open_page
from page_samples import picture
from socket_app import MANIFEST, SocketApp

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason=NOT_FOUND),
    pytest.mark.asyncio(loop_scope="module"),  # one browser for all tests here, each with a window of its own
]

CHANNEL = "C00000FRAUD"
SHARING = MANIFEST | {"oauth_config": {"scopes": {"bot": ["chat:write", "commands", "files:write"]}}}
ALT = "Radar: people 2 of 3, release 1 of 3"


@pytest_asyncio.fixture(loop_scope="module")
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace.serve(SHARING) as running:
        yield running


def shown(page: Page, file: str) -> Locator:
    return page.locator(f'[data-file-id="{file}"]')


async def test_a_picture_stands_in_its_message_with_alternative_text_and_title(page: Page, app: SocketApp) -> None:
    file = await app.upload(
        "radar.png", picture(320, 200), ALT, "Where you stand", channel_id=CHANNEL, initial_comment="Your *result*"
    )
    message = page.get_by_role("main").locator("article").last
    await expect(message.locator("strong")).to_have_text("result")
    image = message.get_by_role("img", name=ALT)
    await expect(image).to_be_visible()
    assert await image.evaluate("node => [node.naturalWidth, node.naturalHeight]") == [320, 200]
    await expect(shown(page, file).locator("figcaption")).to_have_text("Where you stand")


async def test_a_picture_opens_at_full_size_by_mouse_and_by_keyboard(page: Page, app: SocketApp) -> None:
    await app.upload("radar.png", picture(900, 600), ALT, "Where you stand", channel_id=CHANNEL)
    large = page.get_by_role("dialog", name="Where you stand")
    await page.get_by_role("link", name=ALT).click()
    await expect(large.get_by_role("img", name=ALT)).to_be_visible()
    await expect(large.get_by_text(ALT)).to_be_visible()
    await expect(large.get_by_role("button", name="Close")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(large).to_have_count(0)
    await page.get_by_role("link", name=ALT).focus()
    await page.keyboard.press("Enter")
    await large.get_by_role("button", name="Close").click()
    await expect(large).to_have_count(0)


async def test_another_file_is_a_card_with_a_download(page: Page, app: SocketApp, tmp_path: Path) -> None:
    content = b"practice,answer\n" * 1000
    file = await app.upload("result.csv", content, title="All answers", channel_id=CHANNEL)
    card = page.get_by_role("group", name="result.csv")
    await expect(card).to_contain_text("All answers")
    await expect(card.locator("small")).to_have_text("result.csv, CSV, 16 kB")
    async with page.expect_download() as download:
        await card.get_by_role("link", name="Download result.csv").click()
    fetched = await download.value
    await fetched.save_as(tmp_path / "fetched")
    assert fetched.suggested_filename == "result.csv"
    assert (tmp_path / "fetched").read_bytes() == app.workspace.file_content(file) == content


@pytest.mark.parametrize("name", ["drawing.svg", "report.html", "notes"])
async def test_what_could_run_scripts_is_never_shown(page: Page, app: SocketApp, name: str) -> None:
    file = await app.upload(name, b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", channel_id=CHANNEL)
    await expect(shown(page, file).get_by_role("link", name=f"Download {name}")).to_be_visible()
    await expect(shown(page, file).locator("img")).to_have_count(0)


async def test_a_picture_that_cannot_be_shown_becomes_a_card(page: Page, app: SocketApp) -> None:
    file = await app.upload("radar.png", b"no picture at all", channel_id=CHANNEL)
    await expect(shown(page, file).get_by_role("link", name="Download radar.png")).to_be_visible()


async def test_several_files_stand_in_a_thread_and_survive_a_reload(page: Page, app: SocketApp) -> None:
    root = await app.post(CHANNEL, "It is done")
    await app.upload("radar.png", picture(200, 100), ALT, channel_id=CHANNEL, thread_ts=root)
    await app.upload("tasks.md", b"- [ ] one", channel_id=CHANNEL, thread_ts=root)
    await page.get_by_role("button", name="2 replies").click()
    await page.reload()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_role("img", name=ALT)).to_be_visible()
    await expect(thread.get_by_role("group", name="tasks.md")).to_contain_text("Markdown, 9 bytes")


async def test_the_page_shows_files_under_the_other_name_of_this_machine(
    workspace: Workspace, app: SocketApp, browser: Browser
) -> None:
    await app.upload("radar.png", picture(200, 100), ALT, channel_id=CHANNEL)
    async with open_page(workspace.url.replace("127.0.0.1", "localhost"), browser) as page:
        image = page.get_by_role("img", name=ALT)
        await expect(image).to_be_visible()
        assert await image.evaluate("node => node.naturalWidth") == 200
