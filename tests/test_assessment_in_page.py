"""A newcomer's way: a whole assessment, answered by clicks in the page, in a real browser, with the real bot."""

from pathlib import Path

import pytest

from chromium import NOT_FOUND, find_chromium, open_page
from stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.skipif(find_chromium() is None, reason=NOT_FOUND)]


async def test_a_whole_assessment_is_answered_by_clicks_in_the_page(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage, open_page(stage.workspace.url) as page:
        composer = page.locator("textarea").first
        await composer.fill("/maturity start fraud model ")
        await composer.press("Enter")
        thread = page.get_by_role("complementary", name="Thread")
        await thread.get_by_role("button", name="Fill in the facts").click()
        form = page.get_by_role("dialog")
        await form.get_by_label("Where is it today?").select_option(label="In production")
        await form.get_by_label("How many models or use cases are live today?").fill("3")
        await form.get_by_role("button", name="Save").click()
        answered = 0
        while await thread.get_by_role("button", name="Reopen").count() == 0:
            await stage.settled()
            go_on = thread.get_by_role("button", name="Go on (about")
            choice = thread.get_by_role("button", name="Partly" if answered % 5 == 4 else "Yes", exact=True)
            if await go_on.count():
                await go_on.click()
            elif await choice.count():
                await choice.last.click()
                answered += 1
            await stage.settled()

        said = await thread.inner_text()
        rows = await stage.bot.store.read(lambda reading: reading.sql("SELECT count(*) AS n FROM answers"))

        assert "where you stand" in said
        assert "Next steps" in said
        assert answered == rows[0]["n"]
        assert answered >= 20
