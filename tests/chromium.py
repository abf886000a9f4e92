"""The system's Chromium, steered by Playwright: how tests look at the demo page."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
NOT_FOUND = "no Chromium here: install the package chromium, or name its path in CHROMIUM"
PATIENCE_MS = 10_000  # a safety net, never a measure
_SWITCHES = (
    "--no-sandbox",  # containers rarely let it make one, and it opens nothing but our own page
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Give the path of a Chromium: the one named in CHROMIUM, else the first on the PATH; None without one."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@asynccontextmanager
async def running_browser() -> AsyncIterator[Browser]:
    """Start a browser without a window and end it afterwards."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=[*_SWITCHES])
        yield browser
        await browser.close()


@asynccontextmanager
async def open_page(
    url: str,
    browser: Browser | None = None,
    *,
    size: tuple[int, int] = (1280, 860),
    scheme: Literal["light", "dark"] = "light",
) -> AsyncIterator[Page]:
    """Open `url` in a fresh window of `size` (pixels), in `browser` or one of its own, and hand over the page.

    The windows share nothing, not even within one browser. Afterwards it is an error if the page raised an
    exception, broke its own content policy, or asked any other host for anything.
    """
    if browser is None:
        async with running_browser() as own, open_page(url, own, size=size, scheme=scheme) as page:
            yield page
        return
    troubles: list[str] = []
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, locale="en-GB"
    )
    context.set_default_timeout(PATIENCE_MS)
    host = urlsplit(url).netloc

    def asked(address: str) -> None:
        if urlsplit(address).scheme != "data" and urlsplit(address).netloc != host:
            troubles.append(f"asked {address}")

    def told(line: str) -> None:
        if "Content Security Policy" in line:
            troubles.append(line)

    context.on("request", lambda request: asked(request.url))
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    context.on("console", lambda line: told(line.text))
    page = await context.new_page()
    await page.goto(url)
    yield page
    await context.close()
    assert troubles == []
