"""`report`, `history`, `diff` and `what if` in Slack: what was found, what changed and why, and what would be."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dialogs.answers import Choice
from edges import CHANNEL, begin, finishes, private, says, shown, stands, state
from screens import PRODUCTION, up_to
from stage import Stage, shipped_index

DAY = 86_400.0


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path) as running:
        yield running


async def finished(stage: Stage, level: int = 1, subject: str = "fraud model", **others: Choice) -> None:
    await begin(stage, subject)
    given = {name.replace("_", "-"): choice for name, choice in others.items()}
    await stands(stage, up_to(shipped_index().library, level) | given, PRODUCTION)
    await finishes(stage)


async def asks(stage: Stage, text: str, name: str = "Ana") -> str:
    """What a command is answered with, privately."""
    await stage.person(name).commands(f"/maturity {text}", CHANNEL)
    await stage.settled()
    return private(stage, name)[-1]


# report --------------------------------------------------------------------------------------------------------------


async def test_a_report_can_be_had_again_by_anybody_and_shared(stage: Stage) -> None:
    await finished(stage)

    text = await asks(stage, "report", "Ben")

    assert text.startswith("fraud model: where you stand\n*You are at level 1 (DevOps, No MLOps).")
    assert "As of 23 Nov 2026" in text
    await stage.person("Ben").clicks("Share in channel")
    await stage.settled()
    assert sum("where you stand" in each.text for each in shown(stage)) == 2


async def test_a_report_halfway_is_provisional_and_says_how_far_it_is(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ana", "yes")
    await says(stage, "Ana", "no")

    text = await asks(stage, "report")

    assert text.startswith("*This assessment still runs:* 2 of about ")
    assert "*Provisional*" in text


async def test_nothing_assessed_and_unknown_subjects_are_told_with_a_way_out(stage: Stage) -> None:
    assert "Nothing has been assessed in #fraud-detection yet." in await asks(stage, "report")
    assert "Begin with `/maturity start`" in await asks(stage, "next")
    await finished(stage)
    assert "There is: fraud model" in await asks(stage, "report churn")


async def test_with_several_subjects_it_is_asked_which(stage: Stage) -> None:
    await finished(stage)
    await finished(stage, 2, "churn model")

    assert "Which one do you mean?" in await asks(stage, "report")
    await stage.person("Ana").clicks("churn model")
    await stage.settled()
    assert private(stage, "Ana")[-1].startswith("churn model: where you stand")


async def test_a_result_stays_as_the_content_of_then_made_it(stage: Stage) -> None:
    await finished(stage)
    now = await state(stage)

    await stage.bot.store.turn(
        lambda writing: writing.sql(
            "UPDATE results SET result = json_set(result, '$.content_version', 'older', '$.overall', 0,"
            " '$.dimensions.people', 0) WHERE dialog = :dialog",
            dialog=now.id,
        )
    )

    text = await asks(stage, "report")

    assert "*You are at level 0 (No Automation), up to 1 once you know more. Level 2 (Automated Training) is" in text


# history and diff ----------------------------------------------------------------------------------------------------


async def later(stage: Stage, changes: dict[str, Choice], days: int = 100) -> None:
    """The assessment is opened again after some days, and ends with other answers."""
    stage.clock.forward(days * DAY)
    await stage.person("Ana").clicks("Reopen")
    await stage.settled()
    await stands(stage, {**(await state(stage)).choices(), **changes}, PRODUCTION)
    await finishes(stage)


async def test_history_tells_each_change_with_its_causes_and_nothing_of_identical_results(stage: Stage) -> None:
    await finished(stage, 2, M2_C_4="no")
    await later(stage, {})
    await later(stage, {"M2-C-4": "yes"})

    text = await asks(stage, "history")

    assert "*#3 · 11 Jun 2027 · level 2*, target 2" in text
    assert "• Overall: level 1 → 2, because One place for training records" in text
    assert "(M2-C-4) went from no to yes (Ana, 11 Jun 2027)" in text
    assert "#2 ·" not in text
    assert "1 more result changed neither a level nor the target." in text


async def test_diff_compares_the_last_two_or_any_two(stage: Stage) -> None:
    await finished(stage, 2, M2_C_4="no", M2_R_1="no")
    await later(stage, {"M2-C-4": "yes"})
    await later(stage, {"M2-R-1": "yes"})

    last = await asks(stage, "diff")
    assert last.startswith("fraud model: #2 and #3")
    assert "(M2-R-1) went from no to yes" in last
    assert "M2-C-4" not in last

    whole = await asks(stage, "diff 1 3")
    assert "(M2-C-4) went from no to yes" in whole
    assert "(M2-R-1) went from no to yes" in whole
    assert "There is no result #9; they go from #1 to #3." in await asks(stage, "diff 9")


async def test_two_results_that_are_the_same_say_so_and_nothing_else(stage: Stage) -> None:
    await finished(stage)
    await later(stage, {})

    assert "*Nothing changed* between #1 (23 Nov 2026) and #2 (3 Mar 2027)." in await asks(stage, "diff")


async def test_one_result_has_nothing_to_compare_with(stage: Stage) -> None:
    await begin(stage)
    assert "is not finished yet" in await asks(stage, "history")
    await finishes(stage)
    assert "has one result so far" in await asks(stage, "diff")


async def test_a_fact_that_moved_the_target_is_its_cause(stage: Stage) -> None:
    await finished(stage, 2)
    await says(stage, "Ana", "@maturity we now retrain weekly")
    await stage.person("Ana").clicks("Update it")
    await stage.settled()
    await stage.person("Ana").submits()
    await stage.settled()

    text = await asks(stage, "history")

    assert "Target: level 2 → 3, because Refresh needed went from" in text
    assert "(Ana, 23 Nov 2026)" in text


# what if -------------------------------------------------------------------------------------------------------------


async def test_what_if_shows_the_level_that_would_be_and_changes_nothing(stage: Stage) -> None:
    await finished(stage, 2, M2_C_4="no")
    before = await state(stage)

    text = await asks(stage, "what if M2-C-4 were yes")

    assert "*Overall would be level 2 instead of 1.*" in text
    assert "Nothing was changed; this only computes." in text
    assert (await state(stage)).answers == before.answers


async def test_what_if_takes_facts_and_says_what_it_cannot_read(stage: Stage) -> None:
    await finished(stage, 2)

    assert "Target: level 2 → 3" in await asks(stage, "what if importance were high")
    assert "There is no practice M9-C-1" in await asks(stage, "what if M9-C-1 were yes")
    assert "It can be: yes, partly, no, unknown." in await asks(stage, "what if M2-C-4 were perhaps")


async def test_what_if_in_the_thread_is_about_the_assessment_that_runs_there(stage: Stage) -> None:
    await begin(stage)
    await says(stage, "Ana", "no")
    await says(stage, "Ana", "@maturity what if M2-P-1 were yes?")

    assert private(stage, "Ana")[-1].startswith("*What if ")
    assert (await state(stage)).question is not None, "the open question stays open"


async def test_of_many_results_the_numbers_stay_and_the_oldest_shown_is_not_called_the_first(stage: Stage) -> None:
    await finished(stage, 2, M2_C_4="no")
    now = await state(stage)
    await stage.bot.store.turn(
        lambda writing: writing.sql(
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 45)"
            " INSERT INTO results SELECT workspace, dialog, turn - 100 + n, channel, subject_key,"
            " '2025-01-' || printf('%02d', n % 28 + 1) || 'T00:00:00.000000+00:00', content_version, result"
            " FROM results, n WHERE dialog = :dialog",
            dialog=now.id,
        )
    )
    await stage.bot.store.turn(
        lambda writing: writing.sql(
            "INSERT INTO standings SELECT s.workspace, s.dialog, r.turn, s.channel, s.subject, s.subject_key,"
            " r.finished_at, s.overall, s.up_to, s.target, s.more FROM results r JOIN standings s USING (dialog)"
            " WHERE r.turn <> s.turn"
        )
    )
    await later(stage, {"M2-C-4": "yes"})

    text = await asks(stage, "history")

    assert "*#47 · " in text
    assert "The first result." not in text
    assert "(M2-C-4) went from no to yes" in await asks(stage, "diff 46 47")
    assert "There is no result #1; they go from #8 to #47." in await asks(stage, "diff 1 47")
