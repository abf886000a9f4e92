"""`next` in Slack: the steps with their buttons, what Done makes of the level, who takes a step, what is put off."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.screen import Seen
from dialogs.answers import Choice
from dialogs.judgement import judge
from edges import CHANNEL, begin, finishes, shown, stands, state
from screens import PRODUCTION, up_to
from stage import Stage, shipped_index
from storage import plans, standings
from storage.database import Row

# Everything of levels 1 and 2 but the training records' place and one gate of release.
MISSING = ("M2-C-4", "M2-R-1")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path) as running:
        yield running


async def finished(stage: Stage, subject: str = "fraud model") -> None:
    """An assessment that ends at level 1, with level 2 as its target, two practices short of it."""
    await begin(stage, subject)
    library = shipped_index().library
    short: dict[str, Choice] = dict.fromkeys(MISSING, "no")
    await stands(stage, up_to(library, 2) | short, PRODUCTION)
    await finishes(stage)


def newest_private(stage: Stage, name: str = "Ana") -> Seen:
    return [each for each in stage.person(name).sees(CHANNEL) if each.ephemeral][-1]


async def next_page(stage: Stage, name: str = "Ana") -> Seen:
    await stage.person(name).commands("/maturity next", CHANNEL)
    await stage.settled()
    return newest_private(stage, name)


async def overall(stage: Stage) -> int:
    now = await state(stage)
    return judge(shipped_index().library, now.choices(), now.known_facts()).score.floor.overall


async def test_the_steps_are_the_cheapest_way_each_with_why_done_effort_and_tools(stage: Stage) -> None:
    await finished(stage)

    page = await next_page(stage)

    assert page.text.startswith("fraud model: next steps\n*Level 1 today, level 2 is the target.* 2 steps now.")
    assert "stands at “no”, and Model creation cannot reach level 2 without it (Ana, 23 Nov 2026)" in page.text
    assert page.text.count("Done looks like: ") == page.text.count("Effort: ") == 2
    assert page.labels == ["Done", "Not now", "Owner and date"] * 2 + ["Share in channel"]


async def test_done_asks_the_practice_again_and_judges_anew_in_the_thread(stage: Stage) -> None:
    await finished(stage)
    await next_page(stage)

    await stage.person("Ana").clicks("Done", newest_private(stage))
    await stage.settled()
    assert stage.person("Ana").modal is not None
    await stage.person("Ana").submits(choice="Yes", note="since Monday", evidence="https://mlflow.example/runs")
    await stage.settled()

    said = [each.text for each in shown(stage)]
    part = "Model creation is at level 3 now, it was 1. Overall stays at level 1."
    assert any("*no* → *yes* · Ana" in text and part in text for text in said)
    assert await overall(stage) == 1

    await stage.person("Ana").clicks("Done", newest_private(stage))
    await stage.settled()
    await stage.person("Ana").submits(choice="Yes")
    await stage.settled()

    assert any("*Overall is level 2 now*, it was 1. The target is level 2: you are there." in t for t in texts(stage))
    assert "You are done here." in newest_private(stage).text
    assert "Finished: level 2" in next(t for t in texts(stage) if t.startswith("*MLOps maturity of fraud model*"))


def texts(stage: Stage) -> list[str]:
    return [each.text for each in shown(stage)]


async def test_each_done_is_a_result_of_its_own_in_the_history(stage: Stage) -> None:
    await finished(stage)
    for _ in MISSING:
        page = await next_page(stage)
        await stage.person("Ana").clicks("Done", page)
        await stage.settled()
        await stage.person("Ana").submits(choice="Yes")
        await stage.settled()

    now = await state(stage)
    found = await stage.bot.store.read(
        lambda reading: standings.of_subject(reading.sql, now.workspace, now.channel, now.subject_key)
    )
    assert [(each.overall, each.target) for each in found] == [(2, 2), (1, 2), (1, 2)]

    await stage.person("Ana").commands("/maturity history", CHANNEL)
    await stage.settled()
    history = newest_private(stage).text
    assert "*#3 · 23 Nov 2026 · level 2*, target 2" in history
    assert "Overall and Model release: level 1 → 2, because" in history
    assert "(Ana, 23 Nov 2026)" in history
    assert "Model creation: level 1 → 3, because" in history


async def test_a_step_that_is_not_done_yet_may_be_told_so(stage: Stage) -> None:
    await finished(stage)
    page = await next_page(stage)

    await stage.person("Ana").clicks("Done", page)
    await stage.settled()
    await stage.person("Ana").submits(choice="Partly")
    await stage.settled()

    assert any("*no* → *partly* · Ana" in text for text in texts(stage))
    assert "stands at “partly”" in newest_private(stage).text


async def test_done_in_the_future_or_with_a_link_that_is_none_is_refused_beside_the_field(stage: Stage) -> None:
    await finished(stage)
    page = await next_page(stage)
    await stage.person("Ana").clicks("Done", page)
    await stage.settled()

    errors = await stage.person("Ana").submits(choice="Yes", evidence="ask Ben", last_run="2027-03-01")

    assert set(errors) == {"evidence", "last_run"}
    assert (await state(stage)).answers["M2-C-4"].choice == "no"


async def test_not_now_puts_a_step_off_and_it_can_come_back(stage: Stage) -> None:
    await finished(stage)
    page = await next_page(stage)

    await stage.person("Ana").clicks("Not now", page)
    await stage.settled()

    after = newest_private(stage)
    assert after.where == page.where, "the page is redrawn in its place"
    assert after.text.count("Effort: ") == 1
    assert "Put off for now: Central experiment tracking" in after.text or "Put off for now: " in after.text
    assert (await next_page(stage)).text.count("Effort: ") == 1

    await stage.person("Ana").clicks("Bring them back", newest_private(stage))
    await stage.settled()
    assert newest_private(stage).text.count("Effort: ") == 2


async def test_a_step_gets_an_owner_and_a_date_and_the_thread_is_told(stage: Stage) -> None:
    await finished(stage)
    page = await next_page(stage)

    await stage.person("Ana").clicks("Owner and date", page)
    await stage.settled()
    await stage.person("Ana").submits(owner="Ben", due="2026-12-03")
    await stage.settled()

    ben = stage.person("Ben").id
    assert any(f"Taken by <@{ben}>, by 3 Dec 2026 · said by Ana" in text for text in texts(stage))
    assert f"Taken by <@{ben}>, by 3 Dec 2026" in (await next_page(stage)).text


async def test_a_date_that_is_over_is_refused(stage: Stage) -> None:
    await finished(stage)
    page = await next_page(stage)
    await stage.person("Ana").clicks("Owner and date", page)
    await stage.settled()

    assert set(await stage.person("Ana").submits(due="2026-11-01")) == {"due"}


async def planned(stage: Stage) -> list[Row]:
    return await stage.bot.store.read(lambda reading: reading.sql("SELECT * FROM plans"))


async def test_who_wants_to_be_forgotten_leaves_no_trace_in_the_plans(stage: Stage) -> None:
    await finished(stage)
    page = await next_page(stage, "Ben")
    await stage.person("Ben").clicks("Owner and date", page)
    await stage.settled()
    await stage.person("Ben").submits(owner="Ben")
    await stage.settled()
    assert [row["owner"] for row in await planned(stage)] == [stage.person("Ben").id]

    await stage.person("Ben").commands("/maturity delete me", CHANNEL)
    await stage.settled()
    await stage.person("Ben").clicks("Delete all about me")
    await stage.settled()

    assert [(row["owner"], row["owner_name"], row["set_by"]) for row in await planned(stage)] == [
        ("", "a former member", "")
    ]


async def test_while_a_newer_assessment_runs_its_answers_count(stage: Stage) -> None:
    await finished(stage)
    page = await next_page(stage)
    await stage.person("Ana").commands("/maturity start full fraud model", CHANNEL)
    await stage.settled()

    await stage.person("Ana").clicks("Done", page)
    await stage.settled()

    assert stage.person("Ana").modal is None
    assert "is being assessed already" in newest_private(stage).text


async def test_a_deleted_subject_takes_its_plans_along(stage: Stage) -> None:
    await finished(stage)
    page = await next_page(stage)
    await stage.person("Ana").clicks("Not now", page)
    await stage.settled()
    now = await state(stage)
    assert await stage.bot.store.read(lambda r: plans.in_channel(r.sql, now.workspace, now.channel)) != {}

    await stage.person("Ana").commands("/maturity delete fraud model", CHANNEL)
    await stage.settled()
    await stage.person("Ana").clicks("Delete it for good")
    await stage.settled()

    assert await planned(stage) == []


async def results(stage: Stage) -> int:
    return len(await stage.bot.store.read(lambda reading: reading.sql("SELECT 1 FROM results")))


async def test_an_older_assessments_page_shows_the_steps_of_the_newest_and_changes_nothing(stage: Stage) -> None:
    await finished(stage)
    page = await next_page(stage)
    await stage.person("Ana").clicks("Share in channel", page)
    await stage.settled()
    shared = [each for each in shown(stage) if each.text.startswith("fraud model: next steps")][-1]
    await begin(stage, "fraud model")
    await stands(stage, up_to(shipped_index().library, 2), PRODUCTION)
    await finishes(stage)
    before = await results(stage)

    await stage.person("Ben").clicks("Done", shared)
    await stage.settled()

    assert stage.person("Ben").modal is None
    assert "You are done here." in newest_private(stage, "Ben").text
    assert await results(stage) == before


async def test_a_form_that_a_colleague_overtook_is_not_taken_and_says_who_was_faster(stage: Stage) -> None:
    await finished(stage)
    page = await next_page(stage, "Ben")
    await stage.person("Ben").clicks("Done", page)
    await stage.settled()
    await next_page(stage)
    await stage.person("Ana").clicks("Done", newest_private(stage))
    await stage.settled()
    await stage.person("Ana").submits(choice="Yes", note="since Monday")
    await stage.settled()

    await stage.person("Ben").submits(choice="Partly")
    await stage.settled()

    given = (await state(stage)).answers["M2-C-4"]
    assert (given.choice, given.name, given.note) == ("yes", "Ana", "since Monday")
    assert (
        "Ana answered *One place for training records* while your form was open: *yes*"
        in newest_private(stage, "Ben").text
    )


async def test_the_same_answer_again_is_no_result_of_its_own(stage: Stage) -> None:
    await finished(stage)
    page = await next_page(stage)
    before = await results(stage)

    await stage.person("Ana").clicks("Done", page)
    await stage.settled()
    await stage.person("Ana").submits(choice="No")
    await stage.settled()

    assert await results(stage) == before
    assert "is recorded as *no* already, by Ana" in newest_private(stage).text


async def test_with_every_step_put_off_neither_the_page_nor_the_report_says_that_nothing_is_needed(
    stage: Stage,
) -> None:
    await finished(stage)
    page = await next_page(stage)
    for _ in MISSING:
        await stage.person("Ana").clicks("Not now", page)
        await stage.settled()
        page = newest_private(stage)

    assert "Everything that is left was put off." in page.text
    assert "Level 2 waits for " in page.text
    await stage.person("Ana").commands("/maturity report", CHANNEL)
    await stage.settled()
    assert "*Next steps*: all of them were put off." in newest_private(stage).text
