"""The pictures of a report, and exports: files in the thread, each once, whatever happens on the way."""

import csv
import datetime as dt
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.screen import Seen
from bot.sandbox.workspace import Workspace
from edges import CHANNEL, begin, finishes, private, says, shown, stands, state
from screens import PRODUCTION, up_to
from stage import Stage, shipped_index
from storage.database import Row
from timed_stage import TimedStage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path) as running:
        yield running


async def finished(stage: Stage, level: int = 1) -> None:
    await begin(stage)
    await stands(stage, up_to(shipped_index().library, level), PRODUCTION)
    await finishes(stage)


def uploads(stage: Stage) -> list[Seen]:
    """The bot's messages with files, oldest first."""
    return [each for each in shown(stage) if each.raw.get("files")]


def names(message: Seen) -> list[str]:
    return [file["name"] for file in message.raw["files"]]


def content(workspace: Workspace, message: Seen, ending: str) -> bytes:
    file = next(file for file in message.raw["files"] if file["name"].endswith(ending))
    return workspace.file_content(file["id"])


async def test_the_report_is_followed_by_its_pictures_in_the_thread(stage: Stage) -> None:
    await finished(stage)

    (message,) = uploads(stage)

    assert message.thread_ts == (await state(stage)).thread
    assert [name.rsplit("-", 1)[0] for name in names(message)] == ["fraud-model-radar", "fraud-model-heatmap"]
    assert all(content(stage.workspace, message, name).startswith(b"\x89PNG") for name in names(message))
    radar, heatmap = (file["alt_txt"] for file in message.raw["files"])
    assert "Overall: level 1; target 2." in radar
    assert "People: level 1 asks nothing; level 2 not met (0 of 2 met, 2 missing)" in heatmap
    assert "levels against the target, practices by level" in message.text


async def test_from_the_second_result_on_the_trend_is_drawn_as_well_and_told_in_words(stage: Stage) -> None:
    await finished(stage)
    await stage.person("Ana").clicks("Reopen")
    await stage.settled()
    stage.clock.forward(dt.timedelta(days=40).total_seconds())
    await finishes(stage)

    message = uploads(stage)[-1]

    assert [name.rsplit("-", 1)[0].rpartition("-")[2] for name in names(message)] == ["radar", "heatmap", "trend"]
    assert "overall level of 2 results. 23 Nov 2026: level 1, target 2; " in message.text


async def test_the_text_of_the_report_says_every_number_of_the_pictures(stage: Stage) -> None:
    await finished(stage)

    report = next(each.text for each in shown(stage) if each.text.startswith("fraud model: where you stand"))

    assert "▰▱▱▱ level 1" in report
    assert "People: level 1 asks nothing here · level 2 not met, 0 of 2 yes, 2 no" in report
    assert "*Confidence: none.* It never changes a level." in report


async def test_a_report_that_is_asked_for_offers_its_pictures_and_posts_them_only_on_a_click(stage: Stage) -> None:
    await finished(stage)
    await stage.person("Ben").commands("/maturity report", CHANNEL)
    await stage.settled()
    assert private(stage, "Ben")[-1].startswith("fraud model: where you stand")
    assert len(uploads(stage)) == 1

    await stage.person("Ben").clicks("Pictures in the thread")
    await stage.settled()

    assert len(uploads(stage)) == 2
    assert len({name for message in uploads(stage) for name in names(message)}) == 4, "each file has a name of its own"


async def test_an_export_puts_all_forms_into_the_thread_and_says_so_privately(stage: Stage) -> None:
    await finished(stage)

    await stage.person("Ana").commands("/maturity export fraud model", CHANNEL)
    await stage.settled()

    message = uploads(stage)[-1]
    assert sorted(name.rpartition(".")[2] for name in names(message)) == ["csv", "html", "json", "md"]
    told = private(stage, "Ana")[-1]
    assert told.startswith("On its way into the thread of *fraud model*: Markdown, CSV, JSON and a page (HTML).")
    rows = list(csv.DictReader(io.StringIO(content(stage.workspace, message, ".csv").decode("utf-8-sig"))))
    assert len(rows) == len(shipped_index().library.asked())
    whole = json.loads(content(stage.workspace, message, ".json"))
    assert whole["subject"] == "fraud model"
    page = content(stage.workspace, message, ".html").decode()
    assert page.count("<svg") + page.count("data:image/") == 2


@pytest.mark.parametrize(("text", "ending"), [("csv", "csv"), ("fraud model as json", "json"), ("md", "md")])
async def test_one_form_alone_can_be_asked_for(stage: Stage, text: str, ending: str) -> None:
    await finished(stage)

    await stage.person("Ana").commands(f"/maturity export {text}", CHANNEL)
    await stage.settled()

    assert [name.rpartition(".")[2] for name in names(uploads(stage)[-1])] == [ending]


async def test_a_formula_in_a_note_is_harmless_in_the_table(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ana", "yes, =HYPERLINK('http://evil.example','click')")
    await finishes(stage)
    await stage.person("Ana").commands("/maturity export csv", CHANNEL)
    await stage.settled()

    table = content(stage.workspace, uploads(stage)[-1], ".csv").decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert not [cell for cell in cells if cell.strip()[:1] in "=+-@" and cell.strip()]


async def test_pictures_whose_sharing_got_no_answer_are_looked_for_and_not_shared_twice(tmp_path: Path) -> None:
    async with TimedStage(tmp_path) as stage:
        await begin(stage)
        await stands(stage, up_to(shipped_index().library, 1), PRODUCTION)
        stage.weather.drop("files.completeUploadExternal")
        await finishes(stage)
        await stage.pass_time(120)
        await stage.settled()

        assert len(uploads(stage)) == 1
        assert [row["status"] for row in await rows(stage)] == ["sent"]


async def test_pictures_that_were_not_taken_come_later_and_nothing_waits_for_them(tmp_path: Path) -> None:
    async with TimedStage(tmp_path) as stage:
        await begin(stage)
        await stands(stage, up_to(shipped_index().library, 1), PRODUCTION)
        stage.weather.break_down("files.getUploadURLExternal")
        await finishes(stage)
        assert any(each.text.startswith("*fraud model: level 1") for each in shown(stage)), "the summary is there"
        await stage.pass_time(120)
        await stage.settled()

        assert len(uploads(stage)) == 1


async def rows(stage: Stage) -> list[Row]:
    return await stage.bot.store.read(lambda reading: reading.sql("SELECT * FROM outbox WHERE kind = 'upload'"))


async def test_without_the_scope_the_report_stands_alone_and_the_assessment_does_not_rest(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.workspace.weather.refuse("files.getUploadURLExternal", "missing_scope", needed="files:write")
    await finished(stage)

    assert uploads(stage) == []
    assert (await state(stage)).phase == "finished"
    assert "Slack misses the scope files:write" in caplog.text
    assert not [text for text in private(stage, "Ana") if "no longer write" in text]
    assert len([each for each in shown(stage) if "permission `files:write`" in each.text]) == 1


async def test_an_export_on_its_way_is_dropped_when_somebody_in_it_wants_to_be_forgotten(tmp_path: Path) -> None:
    async with TimedStage(tmp_path) as stage:
        await begin(stage)
        await says(stage, "Ana", "yes")
        await finishes(stage)
        stage.weather.break_down("files.getUploadURLExternal", 1)
        await stage.person("Ana").commands("/maturity export", CHANNEL)
        await stage.resting()
        await stage.person("Ana").commands("/maturity delete me", CHANNEL)
        await stage.resting()
        await stage.person("Ana").clicks("Delete all about me")
        await stage.pass_time(120)
        await stage.settled()

        assert await rows(stage) == []
        assert [name for message in uploads(stage) for name in names(message) if name.endswith("json")] == []


async def test_results_of_one_day_stand_in_the_trend_in_the_order_in_which_they_came(stage: Stage) -> None:
    await finished(stage)
    await stage.person("Ana").clicks("Reopen")
    await stage.settled()
    await stands(stage, up_to(shipped_index().library, 2), PRODUCTION)
    await finishes(stage)

    told = uploads(stage)[-1].text
    assert told.index("23 Nov 2026: level 1, target 2") < told.index("23 Nov 2026: level 2, target 2")
