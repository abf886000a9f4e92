"""The clock on the page of the local workspace, in a real browser: one may see today what comes in months."""

import datetime as dt
import re
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.sandbox import Workspace
from chromium import NOT_FOUND, find_chromium, open_page
from socket_app import MANIFEST, SocketApp

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason=NOT_FOUND),
    pytest.mark.asyncio(loop_scope="module"),  # one browser for all tests here, each with a window of its own
]

CHANNEL = "C00000FRAUD"


class RunningClock:
    """A clock that runs from a given local time and may be moved forward, as the demo's does."""

    def __init__(self, start: dt.datetime) -> None:
        self._ahead = start.timestamp() - time.monotonic()

    def __call__(self) -> float:
        return time.monotonic() + self._ahead

    def forward(self, seconds: float) -> None:
        self._ahead += seconds


def local(*parts: int) -> dt.datetime:
    """A time in the zone that the browser shows, five seconds into its minute."""
    return dt.datetime(*parts, second=5).astimezone()  # type: ignore[misc,arg-type]  # year to minute


@pytest.fixture
def clock() -> RunningClock:
    return RunningClock(local(2027, 1, 31, 14, 30))


@pytest_asyncio.fixture(loop_scope="module")
async def workspace(clock: RunningClock) -> AsyncIterator[Workspace]:
    async with Workspace.serve(MANIFEST, clock=clock, forward=clock.forward) as running:
        yield running


def control(page: Page) -> Locator:
    return page.get_by_role("group", name="Clock")


def ways_forward(page: Page) -> Locator:
    return control(page).get_by_role("group", name="Move forward:").get_by_role("button")


def shown_time(page: Page) -> Locator:
    return control(page).get_by_role("time")


def shown(page: Page, ts: str) -> Locator:
    return page.get_by_role("main").locator(f'article[data-ts="{ts}"]')


@pytest.mark.parametrize(
    ("step", "later"),
    [
        ("1 hour", "Sun 31 Jan 2027, 15:30"),
        ("1 day", "Mon 1 Feb 2027, 14:30"),
        ("1 week", "Sun 7 Feb 2027, 14:30"),
        ("1 month", "Sun 28 Feb 2027, 14:30"),
    ],
)
async def test_each_step_moves_the_clock_by_the_calendar(page: Page, step: str, later: str) -> None:
    await expect(shown_time(page)).to_have_text("Sun 31 Jan 2027, 14:30")
    await ways_forward(page).filter(has_text=step).click()
    await expect(shown_time(page)).to_have_text(later)
    await expect(page.get_by_role("status").filter(has_text=f"It is now {later}.")).to_be_visible()


async def test_one_may_go_to_any_later_day_and_time(page: Page, clock: RunningClock) -> None:
    field = control(page).get_by_label("Go to")
    await expect(field).to_have_attribute("min", "2027-01-31T14:31")
    await expect(field).to_have_attribute("max", "2032-01-31T14:30")
    await field.fill("2027-05-03T09:00")
    await page.keyboard.press("Enter")
    await expect(shown_time(page)).to_have_text("Mon 3 May 2027, 09:00")
    await expect(field).to_have_value("")
    # The next whole minute; by the page's own fraction of a second it may still be this one.
    await expect(field).to_have_attribute("min", re.compile("2027-05-03T09:0[01]"))
    assert clock() >= dt.datetime(2027, 5, 3, 9, 0).astimezone().timestamp()


async def test_an_earlier_time_is_not_taken(page: Page, clock: RunningClock) -> None:
    before = clock()
    field = control(page).get_by_label("Go to")
    await field.fill("2026-12-24T18:00")
    await control(page).get_by_role("button", name="Go").click()
    await expect(control(page).locator("input:invalid")).to_have_value("2026-12-24T18:00")
    await expect(shown_time(page)).to_have_text("Sun 31 Jan 2027, 14:30")
    assert clock() - before < 3600


async def test_all_of_it_is_reached_by_keyboard(page: Page) -> None:
    await ways_forward(page).first.focus()
    for name in ("1 day", "1 week", "1 month"):
        await page.keyboard.press("Tab")
        await expect(control(page).get_by_role("button", name=name)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(shown_time(page)).to_have_text("Sun 28 Feb 2027, 14:30")
    await expect(control(page).get_by_role("button", name="1 month")).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(control(page).get_by_label("Go to")).to_be_focused()


async def test_a_message_of_before_stands_under_its_date_and_a_new_one_under_today(
    page: Page, workspace: Workspace
) -> None:
    before = (await workspace.person("Ben").says("see you in spring")).ts
    first = page.get_by_role("main").locator("article").first
    await expect(first).to_have_attribute("data-day", "Today")
    await ways_forward(page).filter(has_text="1 day").click()
    await expect(first).to_have_attribute("data-day", "Yesterday")
    for _ in range(3):
        await ways_forward(page).filter(has_text="1 month").click()
    await expect(first).to_have_attribute("data-day", "Sunday 31 January")
    await expect(page.get_by_role("status").filter(has_text="It is now")).to_have_text(
        "It is now Sat 1 May 2027, 14:30."
    )
    after = (await workspace.person("Ben").says("spring")).ts
    await expect(shown(page, after)).to_have_attribute("data-day", "Today")
    await expect(shown(page, before)).to_be_visible()


async def test_dates_inside_messages_follow_the_clock(page: Page, app: SocketApp, clock: RunningClock) -> None:
    day = round(clock()) + 2 * 86_400
    ts = await app.post(CHANNEL, f"Due <!date^{day}^{{date_pretty}}, {{ago}}|later>")
    await expect(shown(page, ts).locator(".body time")).to_contain_text("2 February 2027, in ")
    await ways_forward(page).filter(has_text="1 day").click()
    await ways_forward(page).filter(has_text="1 day").click()
    await expect(shown(page, ts).locator(".body time")).to_contain_text("today, ")
    await ways_forward(page).filter(has_text="1 week").click()
    await expect(shown(page, ts).locator(".body time")).to_have_text("2 February 2027, 7 days ago")


async def test_a_reply_of_months_later_is_told_apart_in_its_thread(page: Page, workspace: Workspace) -> None:
    root = await workspace.person("Ben").says("who is in?")
    await workspace.person("Dora").says("me", thread=root)
    link = shown(page, root.ts).get_by_role("button", name="replies")
    await ways_forward(page).filter(has_text="1 month").click()
    await workspace.person("Dora").says("still me", thread=root)
    await expect(link).to_have_text("2 replies last at 14:30")
    await link.click()
    replies = page.get_by_role("complementary", name="Thread").locator("article")
    await expect(replies.nth(2)).to_have_attribute("data-day", "Today")
    await expect(replies.nth(1)).not_to_have_attribute("data-day", "Today")
    await expect(replies.nth(0)).to_have_attribute("data-day", "Sunday 31 January")
    await ways_forward(page).filter(has_text="1 day").click()
    await expect(replies.nth(2)).to_have_attribute("data-day", "Yesterday")
    await expect(link).to_have_text("2 replies last yesterday at 14:30")


async def test_the_shown_time_goes_on_by_itself(page: Page) -> None:
    await page.clock.install()
    await page.reload()
    await expect(shown_time(page)).to_have_text("Sun 31 Jan 2027, 14:30")
    await page.clock.fast_forward("01:00")
    await expect(shown_time(page)).to_have_text("Sun 31 Jan 2027, 14:31")


async def test_a_half_chosen_time_outlives_what_others_do(page: Page, workspace: Workspace) -> None:
    field = control(page).get_by_label("Go to")
    await field.fill("2027-06-01T10:00")
    await workspace.person("Ben").says("hello", channel="demand-forecast")
    workspace.forward_clock(3600)
    await expect(page.get_by_role("link", name="demand-forecast")).to_contain_text("1 new")
    await expect(shown_time(page)).to_have_text("Sun 31 Jan 2027, 15:30")
    await expect(field).to_have_value("2027-06-01T10:00")
    await expect(field).to_be_focused()


async def test_another_window_follows(page: Page, workspace: Workspace, browser: Browser) -> None:
    async with open_page(workspace.url, browser) as other:
        await expect(shown_time(other)).to_have_text("Sun 31 Jan 2027, 14:30")
        await ways_forward(page).filter(has_text="1 week").click()
        await expect(shown_time(other)).to_have_text("Sun 7 Feb 2027, 14:30")


async def test_a_clock_that_cannot_be_moved_is_shown_without_controls(browser: Browser) -> None:
    clock = RunningClock(local(2027, 1, 31, 14, 30))
    async with Workspace.serve(MANIFEST, clock=clock) as still, open_page(still.url, browser) as page:
        await expect(shown_time(page)).to_have_text("Sun 31 Jan 2027, 14:30")
        await expect(control(page).get_by_role("button")).to_have_count(0)
        await expect(control(page).get_by_label("Go to")).to_be_hidden()
        await expect(page.get_by_role("main").locator("article").first).to_have_attribute("data-day", "Today")
