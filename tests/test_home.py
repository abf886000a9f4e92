"""The App Home: what one sees, how it is picked and paged, its forms; fresh whenever it is opened or clicked."""

import asyncio
import datetime as dt
import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import read_value
from bot.home_door import Asked
from bot.words import Words
from dialogs.events import Person
from dialogs.home_screens import Show, Wish, read_wish
from finished_teams import Finished, finish
from knowledge.library import load_library
from screens import drawn_homes
from slack_limits import doubts_of_view
from stage import Stage
from test_portfolio import CHURN, DEMAND, FRAUD, PRIVATE, says, three_teams

SCHEMA = Path(__file__).parents[1].parent / "shared" / "slack" / "blockkit.schema.json"


async def opened(stage: Stage, name: str = "Ana") -> str:
    person = stage.person(name)
    await person.opens_home()
    await stage.settled()
    return person.home.text


async def clicked(stage: Stage, label: str, name: str = "Ana") -> str:
    person = stage.person(name)
    await person.clicks_home(label)
    await stage.settled()
    return person.home.text


async def chosen(stage: Stage, field: str, option: str, name: str = "Ana") -> str:
    person = stage.person(name)
    await person.chooses_home(field, option)
    await stage.settled()
    return person.home.text


def modal(stage: Stage, name: str = "Ana") -> str:
    view = stage.person(name).modal
    return json.dumps(view, ensure_ascii=False) if view else ""


def published(stage: Stage) -> list[Any]:
    return [call for call in stage.workspace.api_calls if call.method == "views.publish"]


# What one sees ------------------------------------------------------------------------------------------------------


async def test_at_first_there_is_one_warm_sentence_and_a_way_to_begin(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        text = await opened(stage)
        labels = stage.person("Ana").home.labels

    assert "Nothing has been assessed in your channels yet: pick one" in text
    assert labels == ["Start an assessment"]


async def test_it_shows_subjects_and_the_first_next_step_of_each_below_its_target(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        text = await opened(stage)

    assert "*fraud model* (#fraud-detection): level 1, target 2" in text
    assert "1 level to go · ↑ up from level 0 (1 Sep 2026) · no next date" in text
    steps = text.split("Next steps")[1]
    assert "*bread forecast*: " in steps
    assert "*fraud model*: " in steps
    assert "*platform*: " not in steps  # at its target


async def test_a_running_assessment_leads_to_its_thread(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await says(stage, "Ben", "/maturity start churn")
        text = await opened(stage)
        thread = (await stage.bot.store.read(lambda reading: reading.sql("SELECT thread FROM dialogs")))[0]["thread"]
        links = [
            block["accessory"]["url"]
            for block in stage.person("Ana").home.blocks
            if "url" in block.get("accessory", {})
        ]

    assert "*churn* (#fraud-detection): at the facts, 0 of about" in text
    assert links == [f"{stage.workspace.url}archives/{FRAUD}/p{thread.replace('.', '')}"]


async def test_continue_is_acknowledged_and_changes_nothing(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await says(stage, "Ben", "/maturity start churn")
        before = await opened(stage)

        assert await clicked(stage, "Continue") == before


async def test_one_sees_no_subject_of_a_channel_one_is_not_in(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        stage.workspace.state.channels[DEMAND].members.remove(stage.person("Ana").id)
        text = await opened(stage)  # an admin, which makes no difference

    assert "fraud model" in text
    assert "bread forecast" not in text


async def test_where_slack_does_not_say_who_is_where_the_home_shows_nothing_and_says_so(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)

        async def silent(method: str, _: object) -> dict[str, Any] | None:
            return {"ok": False, "error": "internal_error"} if method == "users.conversations" else None

        stage.workspace.before_call = silent
        text = await opened(stage)

    assert text.startswith("Slack does not tell me at the moment which channels you are in")
    assert "fraud model" not in text


async def test_somebody_of_another_workspace_sees_nothing(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        stranger = Person(stage.person("Ana").id, "Ana", outsider=True)
        view = await stage.bot.router.homes.draw(Asked(stranger, stage.bot.router.me.team, Wish()))

    assert "Only people of this workspace" in json.dumps(view)
    assert "fraud model" not in json.dumps(view)


# Picked and paged ---------------------------------------------------------------------------------------------------


async def test_filters_pick_subjects_in_place_and_say_how_many_there_are(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await opened(stage)
        labels = stage.person("Ana").home.labels
        below = await clicked(stage, "Below target (2)")
        fraud = await chosen(stage, "Of one channel", "#fraud-detection")
        every = await clicked(stage, "All channels")

    assert {"All (3)", "Below target (2)", "Provisional (0)", "Due soon (0)"} <= set(labels)
    assert "platform" not in below.split("Next steps")[0]
    assert "Subjects of #fraud-detection" in fraud
    assert "bread forecast" not in fraud
    assert every == below


async def test_due_soon_is_what_its_reminder_looks_at_within_two_weeks(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await says(stage, "Ana", "/maturity remind on 2026-12-01 for fraud model")
        await says(stage, "Ana", "/maturity remind on 2026-12-20 for bread forecast", "demand-forecast")
        await opened(stage)
        text = await clicked(stage, "Due soon (1)")

    assert "next 1 Dec 2026" in text
    assert "bread forecast" not in text
    assert "within two weeks" in text


async def test_a_channel_without_subjects_has_a_way_back(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await opened(stage)
        text = await chosen(stage, "Of one channel", "#general")

        assert "No subject is like that." in text
        assert "fraud model" in await clicked(stage, "All channels")


async def test_the_portfolio_opens_in_place_with_ranges_dates_and_risks(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        overview = await opened(stage)
        text = await clicked(stage, "Portfolio")
        back = await clicked(stage, "Back to the overview")

    assert "By dimension, over all of them" in text
    assert "last 31 Oct 2026" in text
    assert "No known risks" in text
    assert "Next steps" not in text
    assert back == overview


async def test_three_hundred_subjects_in_three_hundred_channels_stay_within_slacks_limits(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        channels = [stage.workspace.add_channel(f"team-{n:03}") for n in range(300)]
        await finish(stage, *(Finished(channel, "s" * 80, n % 4) for n, channel in enumerate(channels)))
        await opened(stage)
        pages, whole = [stage.person("Ana").home], []
        while "Later" in pages[-1].labels:
            await clicked(stage, "Later")
            pages.append(stage.person("Ana").home)
        await clicked(stage, "Portfolio")
        whole.append(stage.person("Ana").home)

    told = "\n".join(page.text for page in pages)
    assert [told.count(f"(#team-{n:03})") for n in range(300)] == [1] * 300
    assert len(pages) == 15
    for page in (*pages, *whole):
        assert doubts_of_view({key: page.raw[key] for key in ("type", "blocks")}) == []


# Fresh, in order, never in the way ----------------------------------------------------------------------------------


async def test_it_is_drawn_anew_whenever_it_is_opened_and_after_every_click(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await opened(stage)
        await finish(stage, Finished(FRAUD, "new model", 1))

        assert "new model" not in stage.person("Ana").home.text
        assert "new model" in await clicked(stage, "All (3)")
        await finish(stage, Finished(FRAUD, "newer model", 1))
        assert "newer model" in await opened(stage)


async def test_of_several_that_wait_only_the_newest_is_published(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        homes, whose = stage.bot.router.homes, Person(stage.person("Ana").id, "Ana")
        team = stage.bot.router.me.team
        wishes = [Wish(show) for show in ("all", "due", "provisional", "below")]
        await asyncio.gather(*(homes.show(Asked(whose, team, wish)) for wish in wishes))
        text = stage.person("Ana").home.text
        times = len(published(stage))

    assert times == 2
    assert "platform" not in text.split("Next steps")[0]  # below target: the last wish


async def test_a_home_that_slack_does_not_take_holds_nothing_up_and_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Stage(tmp_path) as stage:

        async def refuse(method: str, _: object) -> dict[str, Any] | None:
            return {"ok": False, "error": "not_enabled"} if method == "views.publish" else None

        stage.workspace.before_call = refuse
        with caplog.at_level(logging.WARNING):
            text = await opened(stage)
        stage.workspace.before_call = None

        assert text == ""
        assert "a Home could not be published (not_enabled)" in caplog.text
        assert "Nothing has been assessed" in await opened(stage)


async def test_opening_it_writes_nothing(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await opened(stage)
        keys = await stage.bot.store.read(lambda reading: reading.sql("SELECT key FROM inbox"))

    assert keys == []


# The last result ----------------------------------------------------------------------------------------------------


async def test_report_opens_the_last_result_with_a_link_to_its_thread(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await finish(stage, Finished(FRAUD, "fraud model", 1))
        await opened(stage)
        await clicked(stage, "Report")

    assert "fraud model: level 1, target 2" in modal(stage)
    assert "Model release: level 1" in modal(stage)
    assert f"archives/{FRAUD}/p1700000000000100|Open the thread" in modal(stage)


async def test_a_report_that_is_gone_is_told_in_a_modal(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await finish(stage, Finished(FRAUD, "fraud model", 1, starter=stage.person("Ana").id))
        await opened(stage)
        await says(stage, "Ana", "/maturity delete fraud model")
        await stage.person("Ana").clicks("Delete it for good")
        await stage.settled()
        text = await clicked(stage, "Report")

    assert "That button is of an assessment that is over." in modal(stage)
    assert "Nothing has been assessed" in text


async def test_who_left_the_channel_cannot_open_its_report_any_more(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await opened(stage, "Ben")
        await clicked(stage, "Portfolio", "Ben")
        for channel in (FRAUD, DEMAND, PRIVATE):
            stage.workspace.state.channels[channel].members.remove(stage.person("Ben").id)
        await clicked(stage, "Report", "Ben")

    assert "Only members of the channel where this subject lives" in modal(stage, "Ben")


# Settings -----------------------------------------------------------------------------------------------------------


async def test_the_form_sets_what_settings_sets_and_reminders_move_along(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await says(stage, "Ana", "/maturity remind on 2027-03-01 for fraud model")
        await opened(stage)
        await chosen(stage, "Settings of a channel", "#fraud-detection")
        errors = await stage.person("Ana").submits(zone="Asia/Kolkata", country="none", guests="Guests may take part")
        await stage.settled()
        said = modal(stage)
        typed = await says(stage, "Ana", "/maturity settings")
        due = await stage.bot.store.read(lambda reading: reading.sql("SELECT due_at FROM reminders"))

    assert errors == {}
    assert "*Time zone*: Asia/Kolkata (set for this channel)" in said
    assert "*Public holidays*: none, weekends only" in typed
    assert "*Guests*: may take part" in typed
    assert dt.datetime.fromisoformat(due[0]["due_at"]) == dt.datetime(2027, 3, 1, 4, 30, tzinfo=dt.UTC)


async def test_what_is_no_zone_or_country_marks_its_field_and_sets_nothing(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await opened(stage)
        await chosen(stage, "Settings of a channel", "#fraud-detection")
        errors = await stage.person("Ana").submits(zone="Mars", country="Atlantis", guests="Guests may take part")
        teams = await stage.bot.store.read(lambda reading: reading.sql("SELECT * FROM teams"))
        again = await stage.person("Ana").submits(zone="", country="DE")
        await stage.settled()

    assert "I don't know the time zone “Mars”" in errors["zone"]
    assert "I know no public holidays for “Atlantis”" in errors["country"]
    assert teams == []
    assert again == {}


async def test_guests_and_ranking_are_for_admins_alone(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await opened(stage, "Ben")
        await chosen(stage, "Settings of a channel", "#fraud-detection", "Ben")
        fields = [block.get("block_id") for block in (stage.person("Ben").modal or {})["blocks"]]
        await stage.person("Ben").submits(zone="Europe/Berlin")
        await stage.settled()
        await stage.person("Ben").closes()
        before = await opened(stage, "Ben")
        await opened(stage)
        await chosen(stage, "Settings of a channel", "#fraud-detection")
        await stage.person("Ana").submits(ranking="Sorted by the gap to the target")
        await stage.settled()
        after = await opened(stage, "Ben")

    assert {"zone", "country"} <= set(fields)
    assert not {"guests", "ranking"} & set(fields)
    assert "This is no ranking" in before
    assert "The largest gap to the target comes first" in after


async def test_settings_of_a_channel_one_is_not_in_are_refused(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await opened(stage)
        stage.workspace.state.channels[CHURN].members.remove(stage.person("Ana").id)
        await chosen(stage, "Settings of a channel", "#churn-model")

    assert "Only members of the channel" in modal(stage)


async def test_the_same_channel_can_be_chosen_again(tmp_path: Path) -> None:
    """Slack sends nothing when a menu keeps its choice: the menu has to forget it."""
    async with Stage(tmp_path) as stage:
        await three_teams(stage)
        await opened(stage)
        before = [block["block_id"] for block in stage.person("Ana").home.blocks if block["type"] == "actions"]
        await chosen(stage, "Settings of a channel", "#fraud-detection")
        after = [block["block_id"] for block in stage.person("Ana").home.blocks if block["type"] == "actions"]

    assert before[-1].startswith("settings:")
    assert before[-1] != after[-1]


# How it is drawn ----------------------------------------------------------------------------------------------------


@cache
def drawn() -> Mapping[str, dict[str, Any]]:
    library = load_library()
    return drawn_homes(library, Words(library))


def parts(value: Any) -> list[dict[str, Any]]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return ([value] if isinstance(value, dict) else []) + [part for each in inner for part in parts(each)]


def test_every_home_keeps_to_slacks_limits() -> None:
    assert {name: doubts_of_view(view) for name, view in drawn().items() if doubts_of_view(view)} == {}


def test_every_home_fits_slacks_contract() -> None:
    if not SCHEMA.exists():
        pytest.skip("../shared/slack is not here: the Homes are held against our own limits only")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    check = jsonschema.Draft7Validator({**schema, "$ref": "#/definitions/HomeView"})
    wrong = {name: error.message[:200] for name, view in drawn().items() for error in check.iter_errors(view)}

    assert wrong == {}


def test_no_two_menus_or_buttons_of_a_block_share_an_id() -> None:
    for view in drawn().values():
        ids = [part["action_id"] for part in parts(view["blocks"]) if "action_id" in part]
        assert len(ids) == len(set(ids))


def test_everything_that_can_be_clicked_can_be_read_back() -> None:
    clickable = [part for view in drawn().values() for part in parts(view["blocks"])]
    values = {part["value"] for part in clickable if "value" in part}
    values |= {part["action_id"] for part in clickable if part.get("type") == "conversations_select"}

    assert [value for value in values if read_value(value) is None] == []
    assert len(values) > 50


def test_nobodys_text_becomes_markup_on_a_home() -> None:
    texts = [part["text"] for view in drawn().values() for part in parts(view) if part.get("type") == "mrkdwn"]

    assert [text for text in texts if any(mark in text for mark in ("<!", "<@", "*bold*", "_it_"))] == []
    assert sum("&lt;!channel&gt;" in text for text in texts) > 10


@given(
    st.builds(
        Wish,
        st.sampled_from(get_args(Show)),
        st.integers(0, 99_999),
        st.from_regex(r"[CGD][A-Z0-9]{8}|", fullmatch=True),
        st.booleans(),
    )
)
def test_a_wish_is_read_as_it_was_written(wish: Wish) -> None:
    assert read_wish(wish.text) == wish


@given(st.text(max_size=30))
def test_any_other_text_is_the_plain_home_or_reads_the_same_again(text: str) -> None:
    wish = read_wish(text)

    assert read_wish(wish.text) == wish
