"""Beginning an assessment from anywhere: the global shortcut and the Home's button, with the same checks as `start`."""

import json
from pathlib import Path
from typing import Any

import pytest

from finished_teams import Finished, finish
from stage import Stage
from test_portfolio import CHURN, FRAUD, says

START = "Start an assessment"


async def form(stage: Stage, name: str = "Ben", **fields: str) -> dict[str, str]:
    """Use the shortcut and send the form; gives what is wrong by field."""
    person = stage.person(name)
    await person.uses_shortcut(START)
    await stage.settled()
    errors = await person.submits(**fields)
    await stage.settled()
    return errors


async def clicks(stage: Stage, label: str, name: str = "Ben") -> str:
    await stage.person(name).clicks(label)
    await stage.settled()
    return modal(stage, name)


def modal(stage: Stage, name: str = "Ben") -> str:
    view = stage.person(name).modal
    return json.dumps(view, ensure_ascii=False) if view else ""


async def running(stage: Stage) -> list[tuple[str, str]]:
    rows = await stage.bot.store.read(
        lambda reading: reading.sql("SELECT channel, subject FROM dialogs WHERE running = 1 ORDER BY began_at, subject")
    )
    return [(row["channel"], row["subject"]) for row in rows]


# It begins ----------------------------------------------------------------------------------------------------------


async def test_it_begins_in_the_channel_that_was_chosen_and_the_modal_says_where(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        errors = await form(stage, channel="#fraud-detection", subject="churn model", kind="Full")
        posted = stage.person("Ben").sees("fraud-detection")

        assert errors == {}
        assert "*The assessment of churn model begins in #fraud-detection* (full: every question)." in modal(stage)
        assert await running(stage) == [(FRAUD, "churn model")]
        assert any("MLOps maturity of churn model" in each.text for each in posted)


async def test_without_a_subject_it_is_about_the_channels_team(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await form(stage, channel="#demand-forecast")

        assert [subject for _, subject in await running(stage)] == ["demand-forecast"]


async def test_the_form_begins_with_the_channel_one_is_looking_at_and_lists_no_direct_message(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ben").uses_shortcut(START, FRAUD)
        await stage.settled()
        picker = next(
            b["element"] for b in (stage.person("Ben").modal or {})["blocks"] if b.get("block_id") == "channel"
        )
        await stage.person("Ben").submits()
        await stage.settled()

        assert picker["filter"]["include"] == ["public", "private"]
        assert await running(stage) == [(FRAUD, "fraud-detection")]


async def test_again_asks_only_what_may_have_changed(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await finish(stage, Finished(FRAUD, "fraud model", 1))
        await form(stage, channel="#fraud-detection", subject="fraud model", kind="Again")

        assert "(again: only what may have changed)" in modal(stage)


async def test_again_without_a_finished_assessment_marks_nothing_and_says_so(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await form(stage, channel="#fraud-detection", subject="fraud model", kind="Again")

        assert "fraud model* has no finished assessment to go on from" in modal(stage)
        assert await running(stage) == []


async def test_begun_from_the_home_it_stands_there_at_once(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ben = stage.person("Ben")
        await ben.opens_home()
        await stage.settled()
        await ben.clicks_home(START)
        await stage.settled()
        await ben.submits(channel="#fraud-detection", subject="churn")
        await stage.settled()

        assert "*churn* (#fraud-detection): at the facts" in ben.home.text


async def test_sent_off_twice_it_begins_once(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ben").uses_shortcut(START)
        await stage.settled()
        view = dict(stage.person("Ben").modal or {})
        payload = {
            "type": "view_submission",
            "team": {"id": stage.workspace.state.team_id},
            "user": {"id": stage.person("Ben").id, "team_id": stage.workspace.state.team_id},
            "view": view | {"state": {"values": values(FRAUD, "quick", "churn")}},
        }
        for _ in range(3):
            assert (await stage.bot.router.route(dict(payload))).status == 200
        await stage.settled()

        assert await running(stage) == [(FRAUD, "churn")]


def values(channel: str, kind: str, subject: str) -> dict[str, Any]:
    return {
        "channel": {"value": {"type": "conversations_select", "selected_conversation": channel}},
        "kind": {"value": {"type": "radio_buttons", "selected_option": {"value": kind}}},
        "subject": {"value": {"type": "plain_text_input", "value": subject}},
    }


# What stands in the way -----------------------------------------------------------------------------------------------


async def test_a_subject_that_is_too_long_marks_its_field_and_can_be_mended(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        errors = await form(stage, channel="#fraud-detection", subject="x" * 90)
        again = await stage.person("Ben").submits(subject="short")
        await stage.settled()

        assert "That subject has 90 characters; at most 80 fit." in errors["subject"]
        assert again == {}
        assert await running(stage) == [(FRAUD, "short")]


async def test_one_that_runs_already_is_told_with_its_thread_and_continue_works(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await says(stage, "Ana", "/maturity start churn")
        await form(stage, channel="#fraud-detection", subject="churn")
        told = modal(stage)
        after = await clicks(stage, "Continue")

        assert "*churn* is being assessed already" in told
        assert f"archives/{FRAUD}/p" in told
        assert "Going on in the thread." in after
        assert len(await running(stage)) == 1


async def test_start_over_from_the_modal_begins_anew_in_that_channel(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await says(stage, "Ana", "/maturity start churn")
        await form(stage, channel="#fraud-detection", subject="churn")
        await clicks(stage, "Start over")
        every = await stage.bot.store.read(lambda reading: reading.sql("SELECT phase FROM dialogs ORDER BY began_at"))

        assert [row["phase"] for row in every] == ["discarded", "facts"]
        assert await running(stage) == [(FRAUD, "churn")]


@pytest.mark.parametrize(
    ("answer", "subject"), [("Yes, churn model", "churn model"), ("No, start churn models", "churn models")]
)
async def test_a_near_subject_is_asked_about_first(tmp_path: Path, answer: str, subject: str) -> None:
    async with Stage(tmp_path) as stage:
        await finish(stage, Finished(FRAUD, "churn model", 1))
        await form(stage, channel="#fraud-detection", subject="churn models")
        told, before = modal(stage), await running(stage)
        after = await clicks(stage, answer)

        assert "There is *churn model* here already." in told
        assert before == []
        assert f"*The assessment of {subject} begins in #fraud-detection*" in after
        assert await running(stage) == [(FRAUD, subject)]


async def test_where_the_bot_is_not_it_offers_to_join_and_then_begins(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await form(stage, channel="#churn-model")
        told = modal(stage)
        after = await clicks(stage, "Add me")

        assert "I am not in #churn-model yet" in told
        assert "begins in #churn-model*" in after
        assert await running(stage) == [(CHURN, "churn-model")]
        assert stage.workspace.state.bot_user in stage.workspace.state.channels[CHURN].members


async def test_a_private_channel_without_the_bot_says_how_to_invite_it(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await form(stage, channel="#ml-platform-private")

        assert "private channels I cannot join by myself" in modal(stage)


async def test_a_channel_one_is_not_in_is_refused(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        stage.workspace.state.channels[FRAUD].members.remove(stage.person("Ben").id)
        await form(stage, channel="#fraud-detection")

        assert "Only members of the channel" in modal(stage)
        assert await running(stage) == []


async def test_a_guest_may_begin_only_where_an_admin_lets_guests_in(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await says(stage, "Ana", "/maturity settings guests on", "demand-forecast")
        dora = stage.person("Dora")

        async def as_guest(method: str, arguments: Any) -> dict[str, Any] | None:
            if method != "users.info" or arguments["user"] != dora.id:
                return None
            return {"ok": True, "user": {"id": dora.id, "name": "dora", "is_restricted": True}}

        stage.workspace.before_call = as_guest
        await form(stage, "Dora", channel="#fraud-detection")
        refused = modal(stage, "Dora")
        await form(stage, "Dora", channel="#demand-forecast")

        assert "Guests can take part only where a workspace admin allows it" in refused
        assert [subject for _, subject in await running(stage)] == ["demand-forecast"]


async def test_in_a_channel_with_very_many_people_it_asks_first(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:

        async def crowded(method: str, _: object) -> dict[str, Any] | None:
            if method != "conversations.info":
                return None
            channel = {"id": FRAUD, "name": "fraud-detection", "is_member": True, "num_members": 2_000}
            return {"ok": True, "channel": channel}

        stage.workspace.before_call = crowded
        await form(stage, channel="#fraud-detection")
        told, before = modal(stage), await running(stage)
        await clicks(stage, "Start it here")

        assert "#fraud-detection has 2,000 people" in told
        assert before == []
        assert len(await running(stage)) == 1


async def test_a_subject_that_looks_like_a_secret_is_not_kept(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await form(stage, channel="#fraud-detection", subject="password: hunter2hunter2")

        assert await running(stage) == []
        assert "looks like" in modal(stage)
