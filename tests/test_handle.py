"""One door and one transaction: everything takes effect once or not at all, and what is not ours costs nothing."""

from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.errors import NotAcknowledged
from stage import Stage
from storage.database import Sql

CHANNEL = "fraud-detection"
PLENTY = 100_000  # pages


async def rows(stage: Stage, table: str) -> int:
    found = await stage.bot.store.read(lambda reading: reading.sql(f"SELECT count(*) AS n FROM {table}"))  # noqa: S608 - a table of ours
    return int(found[0]["n"])


async def started(stage: Stage) -> None:
    await stage.person("Ana").commands("/maturity start full fraud model", CHANNEL)
    await stage.settled()


async def asking(stage: Stage) -> None:
    await started(stage)
    await stage.person("Ana").clicks("Skip the facts")
    await stage.settled()


def whispers(stage: Stage, name: str) -> list[str]:
    return [seen.text for seen in stage.person(name).sees() if seen.ephemeral]


def called(stage: Stage) -> list[str]:
    return [
        call.method for call in stage.workspace.api_calls if call.method not in ("auth.test", "apps.connections.open")
    ]


async def limit_disk(stage: Stage, pages: int | None = None) -> None:
    """Let the database grow to so many pages; by default to none more than it has."""

    def work(sql: Sql) -> None:
        most = pages or sql("PRAGMA page_count")[0]["page_count"]
        sql(f"PRAGMA max_page_count = {most}")

    await stage.bot.store.database.transact(work)


# What is not ours ---------------------------------------------------------------------------------------------------


async def test_other_peoples_talk_is_neither_written_down_nor_looked_up(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        said = await stage.person("Ben").says("yes", CHANNEL)
        await stage.person("Dora").says("no", thread=said)
        await stage.settled()

        assert await rows(stage, "inbox") == 0
        assert called(stage) == []


async def test_a_payload_of_no_known_shape_is_acknowledged(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        for payload in (
            {},
            {"type": "block_actions"},
            {"type": "block_actions", "user": {}, "actions": []},
            {"type": "view_submission", "user": {"id": "U1"}, "view": {}},
            {"type": "event_callback", "event": {"type": "message"}},
            {"type": "event_callback"},
            {"command": "/maturity"},
        ):
            response = await stage.bot.router.route(dict(payload))

            assert response.status == 200
        assert await rows(stage, "inbox") == 0


# Mentions and direct messages ---------------------------------------------------------------------------------------


async def test_a_mention_is_answered_once_in_its_thread(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        asked = await stage.person("Ana").says("@maturity level 2", CHANNEL)
        await stage.settled()

        answers = [seen for seen in stage.person("Ben").sees(CHANNEL) if seen.text.startswith("Level 2")]
        assert [answer.thread_ts for answer in answers] == [asked.ts]


async def test_a_direct_message_is_answered_beside_it(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ana").says("level 2", "dm")
        await stage.settled()

        answer = stage.person("Ana").last()
        assert answer.text.startswith("Level 2")
        assert answer.thread_ts is None


async def test_a_repeated_mention_is_answered_once(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        stage.workspace.event_copies = 3
        await stage.person("Ana").says("@maturity level 2", CHANNEL)
        await stage.settled()

        assert sum(seen.text.startswith("Level 2") for seen in stage.person("Ana").sees(CHANNEL)) == 1


# Where the bot is not -----------------------------------------------------------------------------------------------


async def test_where_the_bot_is_no_member_nothing_is_left_running(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ana").commands("/maturity start", "churn-model")
        await stage.settled()

        assert whispers(stage, "Ana")[0].startswith("I am not in #churn-model yet")
        assert await rows(stage, "dialogs") == 0
        assert await rows(stage, "outbox") == 0


async def test_add_me_joins_first_and_then_begins(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ana").commands("/maturity start", "churn-model")
        await stage.person("Ana").clicks("Add me")
        await stage.settled()

        posted = [method for method in called(stage) if method in ("conversations.join", "chat.postMessage")]
        assert posted[:2] == ["conversations.join", "chat.postMessage"]
        assert any(
            seen.text.startswith("*MLOps maturity of churn-model*") for seen in stage.person("Ana").sees("churn-model")
        )


async def test_an_invitation_counts_at_once(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ana").commands("/maturity start", "churn-model")
        await stage.person("Ana").invites("churn-model")
        await stage.person("Ana").commands("/maturity start", "churn-model")
        await stage.settled()

        assert await rows(stage, "dialogs") == 1


async def test_when_the_bot_is_thrown_out_the_starter_is_told_once_directly(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        await stage.person("Ana").removes(CHANNEL)
        await stage.person("Ben").clicks("Yes")
        await stage.person("Ben").clicks("No")
        await stage.settled()

        told = list(stage.person("Ana").sees(stage.workspace.state.im_of(stage.person("Ana").id).id))
        assert len(told) == 1
        assert await rows(stage, "answers") == 0  # it rests at once, and takes nothing it could not confirm


# People from elsewhere ----------------------------------------------------------------------------------------------


async def test_a_guest_may_not_answer_and_is_told_privately(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        dora = stage.person("Dora")

        async def as_guest(method: str, arguments: Any) -> dict[str, Any] | None:
            if method != "users.info" or arguments["user"] != dora.id:
                return None
            return {"ok": True, "user": {"id": dora.id, "name": "dora", "is_ultra_restricted": True}}

        stage.workspace.before_call = as_guest
        await dora.clicks("Yes")
        await stage.settled()

        assert await rows(stage, "answers") == 0
        assert len(whispers(stage, "Dora")) == 1


async def test_names_fall_back_to_what_the_payload_says(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)

        async def no_names(method: str, _arguments: object) -> dict[str, Any] | None:
            return {"ok": False, "error": "user_not_found"} if method == "users.info" else None

        stage.workspace.before_call = no_names
        await stage.person("Emil").clicks("Yes")
        await stage.settled()

        people = await stage.bot.store.read(lambda reading: reading.sql("SELECT person_name FROM answers"))
        assert [row["person_name"] for row in people] == ["emil"]


# Not saved ----------------------------------------------------------------------------------------------------------


async def test_a_click_that_cannot_be_saved_is_not_acknowledged_and_the_person_is_told(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        await limit_disk(stage)
        stage.workspace.link.ack_limit = 0.5
        with pytest.raises(NotAcknowledged):
            await stage.person("Ben").clicks("Yes")
        await stage.workspace.until(lambda: whispers(stage, "Ben"))

        assert await rows(stage, "answers") == 0
        assert whispers(stage, "Ben")[-1].startswith("That was not saved. Please do it again")

        await limit_disk(stage, PLENTY)
        await stage.person("Ben").clicks("Yes")
        await stage.settled()

        assert await rows(stage, "answers") == 1


async def test_a_message_that_cannot_be_saved_counts_when_slack_brings_it_again(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)
        stage.workspace.link.ack_limit = 0.5
        stage.workspace.hub.events.pauses = ()
        await limit_disk(stage)
        with pytest.raises(NotAcknowledged):
            await stage.person("Ana").says("yes", thread=stage.person("Ana").last(CHANNEL))

        assert await rows(stage, "answers") == 0

        await limit_disk(stage, PLENTY)
        await stage.workspace.redeliver()
        await stage.settled()

        assert await rows(stage, "answers") == 1


# Modals -------------------------------------------------------------------------------------------------------------


async def test_a_form_that_opens_too_late_is_explained(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await asking(stage)

        async def too_late(method: str, _arguments: object) -> dict[str, Any] | None:
            return {"ok": False, "error": "expired_trigger_id"} if method == "views.open" else None

        stage.workspace.before_call = too_late
        await stage.person("Ben").clicks("Answer as a form")
        await stage.settled()

        assert whispers(stage, "Ben")[-1].startswith("The form did not open in time.")
