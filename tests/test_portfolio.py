"""The portfolio: every subject one may see, nothing of others, and no ranking unless an admin wanted one."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.overview import Overview, Subject, ordered, spans
from dialogs.portfolio import SHOWN, asks_ranking, page_of, read_wanted
from finished_teams import Finished, finish
from knowledge.content import DIMENSIONS
from screens_home import standing_of
from stage import Stage

FRAUD, DEMAND, CHURN, PRIVATE = "C00000FRAUD", "C0000DEMAND", "C00000CHURN", "C0000MLPRIV"


async def says(stage: Stage, name: str, line: str, channel: str = "fraud-detection") -> str:
    """What a person is told privately by a command."""
    person = stage.person(name)
    await person.commands(line, channel)
    await stage.settled()
    return [each.text for each in person.sees() if each.ephemeral][-1]


async def clicks(stage: Stage, name: str, label: str) -> str:
    person = stage.person(name)
    await person.clicks(label)
    await stage.settled()
    return [each.text for each in person.sees() if each.ephemeral][-1]


async def three_teams(stage: Stage) -> None:
    """Fraud rose from 0 to 1, demand fell from 2 to 1, the private platform is at 2."""
    stage.workspace.state.channels[PRIVATE].members.append(stage.workspace.state.bot_user)
    await finish(
        stage,
        Finished(FRAUD, "fraud model", 0),
        Finished(FRAUD, "fraud model", 1, days=60),
        Finished(DEMAND, "bread forecast", 2),
        Finished(DEMAND, "bread forecast", 0, days=30),
        Finished(PRIVATE, "platform", 2),
    )


# What is shown ------------------------------------------------------------------------------------------------------


async def test_each_subject_comes_with_level_target_gap_trend_and_dates_in_words(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await says(stage, "Ana", "/maturity remind on 2027-03-01 for fraud model")
        text = await says(stage, "Ana", "/maturity portfolio")

    assert "*Portfolio: 3 subjects*" in text
    assert "*fraud model* (#fraud-detection): level 1, target 2" in text
    assert "1 level to go · ↑ up from level 0 (1 Sep 2026) · last 31 Oct 2026 · next 1 Mar 2027" in text
    assert "2 levels to go · ↓ down from level 2 (1 Sep 2026) · last 1 Oct 2026 · no next date" in text
    assert "Target reached · first result" in text
    assert "Model creation: lowest 0 (bread forecast), range 0 to 3" in text


async def test_subjects_stand_by_channel_and_name_and_that_is_said(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        text = await says(stage, "Ana", "/maturity portfolio")

    places = [text.index(f"*{name}*") for name in ("bread forecast", "fraud model", "platform")]
    assert places == sorted(places)
    assert "This is no ranking" in text


async def test_without_any_subject_there_is_a_way_to_begin(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        text = await says(stage, "Ana", "/maturity portfolio")
        await stage.person("Ana").clicks("Start an assessment")
        await stage.settled()
        modal = stage.person("Ana").modal

    assert text.startswith("Nothing has been assessed in the channels you are in.")
    assert modal is not None
    assert modal["title"]["text"] == "Start an assessment"


async def test_many_subjects_are_paged_both_ways(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await finish(stage, *(Finished(FRAUD, f"model {n:02}", 1) for n in range(30)))
        first = await says(stage, "Ana", "/maturity portfolio")
        second = await clicks(stage, "Ana", "Later")
        third = await clicks(stage, "Ana", "Later")
        back = await clicks(stage, "Ana", "Earlier")

    assert "1 to 12 of 30" in first
    assert "*model 00*" in first
    assert "13 to 24 of 30" in second
    assert "25 to 30 of 30" in third
    assert "*model 29*" in third
    assert back == second


# Who sees what ------------------------------------------------------------------------------------------------------


async def test_one_sees_the_subjects_of_ones_own_channels_and_of_no_others(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        stage.workspace.state.channels[DEMAND].members.remove(stage.person("Dora").id)
        dora = await says(stage, "Dora", "/maturity portfolio")
        ben = await says(stage, "Ben", "/maturity portfolio")

    assert ("fraud model" in dora, "bread forecast" in dora, "platform" in dora) == (True, False, False)
    assert ("fraud model" in ben, "bread forecast" in ben, "platform" in ben) == (True, True, True)


async def test_an_admin_sees_no_more_than_their_own_channels(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        ana = stage.person("Ana")
        stage.workspace.state.channels[PRIVATE].members.remove(ana.id)
        text = await says(stage, "Ana", "/maturity portfolio")

    assert "platform" not in text
    assert "*Portfolio: 2 subjects*" in text


async def test_what_is_assessed_in_a_direct_message_only_its_person_sees(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ben = stage.person("Ben")
        await finish(stage, Finished("D" + ben.id[1:], "my pet model", 1, starter=ben.id))
        own = await says(stage, "Ben", "/maturity portfolio")
        other = await says(stage, "Ana", "/maturity portfolio")

    assert "*my pet model* (direct message): level 1" in own
    assert "my pet model" not in other


async def test_a_guest_sees_only_channels_whose_team_lets_guests_in(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await says(stage, "Ana", "/maturity settings guests on", "fraud-detection")
        dora = stage.person("Dora")

        async def as_guest(method: str, arguments: Any) -> dict[str, Any] | None:
            if method != "users.info" or arguments["user"] != dora.id:
                return None
            return {"ok": True, "user": {"id": dora.id, "name": "dora", "is_restricted": True}}

        stage.workspace.before_call = as_guest
        text = await says(stage, "Dora", "/maturity portfolio", "fraud-detection")
        elsewhere = await says(stage, "Dora", "/maturity portfolio", "demand-forecast")

    assert "fraud model" in text
    assert "bread forecast" not in text
    assert "Guests can take part only where a workspace admin allows it" in elsewhere


async def test_where_slack_does_not_say_who_is_where_nothing_is_shown_and_that_is_said(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)

        async def silent(method: str, _: object) -> dict[str, Any] | None:
            return {"ok": False, "error": "internal_error"} if method == "users.conversations" else None

        stage.workspace.before_call = silent
        text = await says(stage, "Ana", "/maturity portfolio")
        here = await says(stage, "Ana", "/maturity portfolio here")

    assert text.startswith("Slack does not tell me at the moment which channels you are in, so I show nothing.")
    assert "fraud model" not in text
    assert "fraud model" in here


async def test_shared_it_holds_only_what_everybody_in_the_channel_may_see(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await says(stage, "Ana", "/maturity portfolio")
        await stage.person("Ana").clicks("Share in channel")
        await stage.settled()
        shared = [each.text for each in stage.person("Emil").sees("fraud-detection") if "Portfolio" in each.text]

    assert len(shared) == 1
    assert "*Portfolio: 1 subject of #fraud-detection*" in shared[0]
    assert "fraud model" in shared[0]
    assert "platform" not in shared[0]
    assert "so it holds only what is assessed here" in shared[0]


async def test_a_mention_is_answered_with_the_channels_own_subjects(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await stage.person("Ana").says("@maturity portfolio", "fraud-detection")
        await stage.settled()
        text = stage.person("Emil").last("fraud-detection").text

    assert "1 subject of #fraud-detection" in text
    assert "bread forecast" not in text


# No ranking, unless -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked", ["portfolio ranking", "ranking", "rank the teams", "which team is best?", "ask who has the worst teams"]
)
async def test_asked_for_a_ranking_it_says_why_there_is_none_and_who_can_turn_it_on(tmp_path: Path, asked: str) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        ben = await says(stage, "Ben", f"/maturity {asked}")
        ana = await says(stage, "Ana", f"/maturity {asked}")

    assert ben.startswith("*There is no ranking here.*")
    assert "a level counts against its own team's target" in ben
    assert "An admin of the workspace can turn it on" in ben
    assert "You are an admin of the workspace" in ana


async def test_an_admin_turns_the_ranking_on_for_everybody_and_off_again(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        assert await says(stage, "Ben", "/maturity settings ranking on") == (
            "Only admins of the workspace can change that."
        )
        assert "goes by the gap to the target" in await says(stage, "Ana", "/maturity settings ranking on")
        ranked = await says(stage, "Ben", "/maturity portfolio")
        await says(stage, "Ana", "/maturity settings ranking off")
        after = await says(stage, "Ben", "/maturity portfolio")

    places = [ranked.index(f"*{name}*") for name in ("bread forecast", "fraud model", "platform")]
    assert places == sorted(places)  # gaps of 2, 1 and 0
    assert "The largest gap to the target comes first" in ranked
    assert "This is no ranking" in after


@pytest.mark.parametrize(
    "text", ["how do we rank drift alerts?", "do we really need level 4?", "best practices", "search ranking model"]
)
def test_other_questions_are_no_question_for_a_ranking(text: str) -> None:
    assert not asks_ranking(text)


@pytest.mark.parametrize(
    ("rest", "here", "page"),
    [("", False, 1), ("2", False, 2), ("here", True, 1), ("here 3", True, 3), ("0", False, 1), ("page 4", False, 4)],
)
def test_what_stands_after_portfolio_is_read(rest: str, page: int, *, here: bool) -> None:
    assert read_wanted(rest)[:2] == (here, page)


# Pure ---------------------------------------------------------------------------------------------------------------

LEVELS = st.integers(0, 4)
SUBJECTS = st.lists(
    st.tuples(LEVELS, LEVELS, st.sampled_from("abc"), st.sampled_from(["x", "Y", "z", "é"])), max_size=30
)


def drawn(rows: list[tuple[int, int, str, str]]) -> tuple[Subject, ...]:
    return tuple(
        Subject(f"C{number}", channel, standing_of(number, name, level, target=target))
        for number, (level, target, channel, name) in enumerate(rows)
    )


@given(SUBJECTS, st.booleans())
def test_whatever_order_they_are_read_in_the_portfolio_looks_the_same(rows: Any, ranked: bool) -> None:  # noqa: FBT001
    subjects = drawn(rows)

    assert ordered(subjects, ranked=ranked) == ordered(tuple(reversed(subjects)), ranked=ranked)
    if not ranked:
        levels_told_apart = [(each.channel_name, each.name.casefold()) for each in ordered(subjects, ranked=False)]
        assert levels_told_apart == sorted(levels_told_apart)


@given(SUBJECTS)
def test_ranked_no_gap_is_followed_by_a_larger_one(rows: Any) -> None:
    gaps = [each.last.gap for each in ordered(drawn(rows), ranked=True)]

    assert gaps == sorted(gaps, reverse=True)


@given(SUBJECTS)
def test_the_range_of_a_dimension_holds_every_level_and_names_who_is_lowest(rows: Any) -> None:
    subjects = drawn(rows)

    for key, span in spans(subjects).items():
        levels = [each.last.dimensions[key] for each in subjects]
        assert (span.low, span.high) == (min(levels), max(levels))
        assert set(span.lowest) == {each.name for each in subjects if each.last.dimensions[key] == span.low}
    assert set(spans(subjects)) == (set(DIMENSIONS) if subjects else set())


@given(SUBJECTS)
def test_the_pages_together_hold_every_subject_once(rows: Any) -> None:
    seen = Overview(drawn(rows))
    pages = [page_of(seen, number) for number in range(1, page_of(seen, 1).pages + 1)]

    assert [each for page in pages for each in page.subjects] == list(ordered(seen.subjects, ranked=False))
    assert all(len(page.subjects) <= SHOWN for page in pages)
    assert page_of(seen, 99) == pages[-1]


def test_the_gap_is_open_while_the_target_is() -> None:
    subject = Subject("C1", "a", standing_of(1, "x", 0, target=None), None, dt.date(2027, 1, 1))

    assert subject.last.gap == 0
    assert subject.trend == "first"


def test_only_the_beginning_of_a_long_text_is_searched_for_a_ranking() -> None:
    assert asks_ranking("rank the teams" + " please" * 9_000)
    assert not asks_ranking("please " * 9_000 + "rank the teams")
