"""What several test files stand on: one browser, the page of the local workspace, the apps connected to it, a clock."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.sandbox import Workspace
from chromium import open_page, running_browser
from lamp import Lamp, SetClock, lamp_in
from socket_app import SocketApp, socket_app


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with running_browser() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def app(workspace: Workspace) -> AsyncIterator[SocketApp]:
    async with socket_app(workspace) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def page(workspace: Workspace, app: SocketApp, browser: Browser) -> AsyncIterator[Page]:
    async with open_page(workspace.url, browser) as opened:
        await expect(opened.get_by_role("status", name="Bot state")).to_have_text("Bot connected")
        assert app.heard == []
        yield opened


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def lamp(workspace: Workspace) -> AsyncIterator[Lamp]:
    async with lamp_in(workspace) as running:
        yield running
