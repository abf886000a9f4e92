"""Channels are archived, renamed, shared, left and moved; people leave: assessments and reminders follow or rest."""

from pathlib import Path
from typing import Any

from bot.sandbox.membership import leave
from stage import Stage
from test_reminding import direct, passes, texts, whispers

CHANNEL = "fraud-detection"


async def asking(stage: Stage) -> None:
    await stage.person("Ana").commands("/maturity start", CHANNEL)
    await stage.settled()
    await stage.person("Ana").clicks("Skip the facts")
    await stage.settled()


async def happens(stage: Stage, kind: str, **event: Any) -> None:
    """Slack tells of something that the local workspace has no act for."""
    stage.workspace.hub.events.emit(kind, {"type": kind, "event_ts": stage.workspace.hub.stamps.next(), **event})
    await stage.settled()


async def phase(stage: Stage) -> str:
    rows = await stage.bot.store.read(lambda reading: reading.sql("SELECT phase FROM dialogs ORDER BY began_at DESC"))
    return str(rows[0]["phase"])


# 69, 70: out of the channel, and back ---------------------------------------------------------------------------------


async def test_removed_from_the_channel_it_rests_and_the_starter_hears_how_to_invite_it(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        await stage.person("Ben").removes(CHANNEL)
        await stage.settled()

        assert await phase(stage) == "paused"
        assert len(direct(stage, "Ana")) == 1
        assert "Invite me again" in direct(stage, "Ana")[0]


async def test_invited_again_it_offers_to_resume_and_does_not_restart(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        await stage.person("Ben").removes(CHANNEL)
        await stage.settled()
        await stage.person("Ben").invites(CHANNEL)
        await stage.settled()

        assert texts(stage, "I can write here again.")
        await stage.person("Ben").clicks("Resume")
        await stage.settled()
        assert await phase(stage) == "asking"
        assert len(texts(stage, "MLOps maturity of fraud-detection")) == 1


# 71, 75: archived, deleted --------------------------------------------------------------------------------------------


async def test_archiving_pauses_stops_reminders_and_tells_the_starter_once(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        await stage.person("Ana").commands("/maturity remind every 3 months", CHANNEL)
        await stage.settled()
        stage.workspace.archive(CHANNEL)
        await stage.settled()
        await passes(stage, 400)

        assert await phase(stage) == "paused"
        assert [text for text in direct(stage, "Ana") if "it is archived" in text] == direct(stage, "Ana")
        assert len(direct(stage, "Ana")) == 1


async def test_unarchived_it_offers_to_resume_and_the_reminder_comes_again(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        await stage.person("Ana").commands("/maturity remind every 3 months", CHANNEL)
        await stage.settled()
        stage.workspace.archive(CHANNEL)
        await stage.settled()
        channel = stage.workspace.state.channels[stage.workspace.channel_id(CHANNEL)]
        channel.archived = False
        await happens(stage, "channel_unarchive", channel=channel.id, user="U0000000ANA")

        assert texts(stage, "I can write here again.")
        reminder = (await stage.bot.store.read(lambda reading: reading.reminders()))[0]
        assert reminder.due is not None


async def test_a_deleted_channel_keeps_the_results(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        await stage.person("Ben").clicks("Yes")
        await stage.settled()
        await happens(stage, "channel_deleted", channel=stage.workspace.channel_id(CHANNEL))

        assert await phase(stage) == "paused"
        rows = await stage.bot.store.read(lambda reading: reading.sql("SELECT * FROM answers"))
        assert len(rows) == 1


# 72, 74: another name, another id -------------------------------------------------------------------------------------


async def test_a_renamed_channel_breaks_nothing_and_its_new_name_is_shown(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        stage.workspace.rename(CHANNEL, "fraud-and-abuse")
        await stage.settled()
        await stage.person("Ben").clicks("Yes")
        await stage.settled()
        await stage.person("Ben").removes("fraud-and-abuse")
        await stage.settled()

        assert "in #fraud-and-abuse" in direct(stage, "Ana")[0]


async def test_a_channel_with_another_id_takes_everything_along(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        await stage.person("Ana").commands("/maturity remind every 3 months", CHANNEL)
        await stage.settled()
        old = stage.workspace.channel_id(CHANNEL)
        await happens(stage, "channel_id_changed", old_channel_id=old, new_channel_id="C0000000NEW")

        around = await stage.bot.store.read(lambda reading: reading.around("T00LAKESIDE", "C0000000NEW"))
        reminders = await stage.bot.store.read(lambda reading: reading.reminders_of("T00LAKESIDE", "C0000000NEW"))
        assert [state.channel for state in around] == ["C0000000NEW"]
        assert [reminder.channel for reminder in reminders.values()] == ["C0000000NEW"]


# 59: shared with another workspace ------------------------------------------------------------------------------------


async def test_sharing_a_channel_pauses_until_somebody_of_the_team_goes_on(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        channel = stage.workspace.channel_id(CHANNEL)
        await happens(stage, "channel_shared", channel=channel, connected_team_id="T0STRANGERS")

        assert await phase(stage) == "paused"
        assert texts(stage, "This channel is shared with another workspace now")
        await stage.person("Ben").clicks("Go on all the same")
        await stage.settled()
        assert await phase(stage) == "asking"


async def test_a_channel_no_longer_shared_offers_to_go_on(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        channel = stage.workspace.channel_id(CHANNEL)
        await happens(stage, "channel_shared", channel=channel, connected_team_id="T0STRANGERS")
        await happens(stage, "channel_unshared", channel=channel, previously_connected_team_id="T0STRANGERS")

        assert texts(stage, "no longer shared with another workspace")


# 53, 55: people leave -------------------------------------------------------------------------------------------------


async def test_when_the_starter_is_deactivated_anybody_in_the_thread_may_take_over(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        ana = stage.person("Ana").id
        await happens(stage, "user_change", user={"id": ana, "name": "ana", "deleted": True})

        assert texts(stage, "Ana, who started this, is no longer in the workspace.")
        await stage.person("Ben").clicks("Take over")
        await stage.settled()
        assert texts(stage, "Ben takes over from here.")
        await passes(stage, 8)
        await passes(stage, 8)
        assert len(direct(stage, "Ben")) == 1  # the summary when it rests
        assert direct(stage, "Ana") == []


async def test_a_reminder_whose_owner_is_gone_keeps_coming_and_writes_to_nobody(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ana").commands("/maturity remind every 3 months", CHANNEL)
        await stage.settled()
        await happens(stage, "user_change", user={"id": stage.person("Ana").id, "name": "ana", "deleted": True})

        await passes(stage, 92)

        assert len(texts(stage, "Time to look at fraud-detection again.")) == 1


async def test_a_changed_profile_is_no_news(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        await happens(stage, "user_change", user={"id": stage.person("Ana").id, "name": "ana", "deleted": False})

        assert texts(stage, "is no longer in the workspace") == []


# 36: a button that was forwarded --------------------------------------------------------------------------------------


async def test_who_left_the_channel_can_no_longer_answer(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        channel = stage.workspace.state.channels[stage.workspace.channel_id(CHANNEL)]
        leave(stage.workspace.hub, channel, stage.person("Dora").id)
        await stage.stop_bot()  # who is in a channel is remembered for a minute
        await stage.start_bot()

        await stage.person("Dora").clicks("Yes")
        await stage.settled()

        assert any("Only members of the channel" in text for text in whispers(stage, "Dora"))
        rows = await stage.bot.store.read(lambda reading: reading.sql("SELECT * FROM answers"))
        assert rows == []


# 77, 80: crowds, and channels where only some may post ----------------------------------------------------------------


async def test_a_channel_of_two_thousand_people_is_asked_about_before_anything_is_posted(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        facts = {"id": "C00000FRAUD", "name": CHANNEL, "is_member": True, "num_members": 2000}

        async def crowded(method: str, _arguments: Any) -> dict[str, Any] | None:
            return {"ok": True, "channel": facts} if method == "conversations.info" else None

        stage.workspace.before_call = crowded
        await stage.person("Ana").commands("/maturity start", CHANNEL)
        await stage.settled()

        assert any("#fraud-detection has 2,000 people" in text for text in whispers(stage, "Ana"))
        assert texts(stage, "MLOps maturity of") == []
        await stage.person("Ana").clicks("Start it here")
        await stage.settled()
        assert texts(stage, "MLOps maturity of fraud-detection")


async def test_where_only_some_may_post_it_is_told_at_the_start(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:

        async def restricted(method: str, arguments: Any) -> dict[str, Any] | None:
            here = method == "chat.postMessage" and arguments["channel"] == "C00000FRAUD"
            return {"ok": False, "error": "restricted_action"} if here else None

        stage.workspace.before_call = restricted
        await stage.person("Ana").commands("/maturity start", CHANNEL)
        await stage.settled()

        assert any("Only some people may post there" in text for text in direct(stage, "Ana"))
        assert await phase(stage) == "discarded"


# 87: a private answer whose address has expired -----------------------------------------------------------------------


async def test_an_expired_response_url_falls_back_to_an_ordinary_private_message(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ana").commands("/maturity help", CHANNEL)
        await stage.settled()
        await stage.stop_bot()  # it has to ask anew who Ana is, and half an hour passes until Slack answers
        await stage.start_bot()
        before = len(whispers(stage, "Ana"))

        async def slowly(method: str, _arguments: Any) -> None:
            if method == "users.info":
                stage.clock.forward(3_600)

        stage.workspace.before_call = slowly
        await stage.person("Ana").clicks("Where do we stand?")
        await stage.settled()

        assert len(whispers(stage, "Ana")) == before + 1


# 83: a button of an older version -------------------------------------------------------------------------------------


async def test_a_button_of_an_older_version_is_told_to_be_over(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ana = stage.person("Ana")
        button = {
            "type": "button",
            "action_id": "old",
            "value": "retired|d|1|",
            "text": {"type": "plain_text", "text": "Old"},
        }
        message = {"channel": "C00000FRAUD", "text": "old", "blocks": [{"type": "actions", "elements": [button]}]}
        await stage.bot.client.api_call("chat.postMessage", json=message)

        await ana.clicks("Old")
        await stage.settled()

        assert any("That button is of an assessment that is over." in text for text in whispers(stage, "Ana"))
