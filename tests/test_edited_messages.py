"""Messages that people edit: an answer follows the words of its message, and nothing else does."""

from pathlib import Path
from typing import Any

from bot.sandbox.screen import Seen
from edges import CHANNEL, FIRST, SECOND, answers, begin, choices, private, says, state, texts
from stage import Stage


async def edit(stage: Stage, name: str, message: Seen, text: str) -> None:
    await stage.person(name).edits(message, text)
    await stage.settled()


async def test_editing_the_message_that_gave_an_answer_changes_the_answer_and_says_so(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        said = await says(stage, "Ana", "partly")
        await says(stage, "Ana", "no")
        await edit(stage, "Ana", said, "yes, since March")

        assert await choices(stage) == [(FIRST, "partly"), (SECOND, "no"), (FIRST, "yes")]
        assert (await state(stage)).answers[FIRST].note == "since March"
        assert any("changed from *partly* to *yes* by Ana. “since March”" in text for text in texts(stage))
        assert any(text.startswith("1. ") and "· *yes* · Ana" in text for text in texts(stage))


async def test_an_edited_answer_can_be_edited_again(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        said = await says(stage, "Ana", "partly")
        await edit(stage, "Ana", said, "yes")
        await edit(stage, "Ana", said, "no")

        assert await choices(stage) == [(FIRST, "partly"), (FIRST, "yes"), (FIRST, "no")]


async def test_an_edit_that_changes_only_the_remark_redraws_the_line_without_a_message(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        said = await says(stage, "Ana", "yes, since Marhc")
        before = len(texts(stage))
        await edit(stage, "Ana", said, "yes, since March")

        assert (await state(stage)).answers[FIRST].note == "since March"
        assert len(texts(stage)) == before
        assert any("“since March”" in text for text in texts(stage))


async def test_an_edit_of_the_format_alone_does_nothing(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        said = await says(stage, "Ana", "yes, since March")
        before, kept = texts(stage), await answers(stage)
        await edit(stage, "Ana", said, "*yes*, since _March_")

        assert (texts(stage), await answers(stage), private(stage, "Ana")) == (before, kept, [])


async def test_an_unfurled_link_is_no_edit(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        said = await says(stage, "Ana", "yes, see https://ml.example/runs")
        before, kept = texts(stage), await answers(stage)
        channel = stage.workspace.state.channels[said.channel]
        stage.workspace.hub.posting.change(channel, said.ts, {"attachments": [{"title": "Runs"}]}, "USLACKBOT")
        await stage.settled()

        assert (texts(stage), await answers(stage)) == (before, kept)


async def test_an_edit_that_reads_as_no_answer_leaves_it_and_says_so_privately_once(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        said = await says(stage, "Ana", "partly")
        before = texts(stage)
        await edit(stage, "Ana", said, "let me ask Ben first")
        await edit(stage, "Ana", said, "let me ask Ben and Chen first")

        assert await choices(stage) == [(FIRST, "partly")]
        assert texts(stage) == before
        assert len(private(stage, "Ana")) == 1
        assert "so this answer stays" in private(stage, "Ana")[0]
        assert "say `edit 1`" in private(stage, "Ana")[0]


async def test_an_answer_that_was_changed_since_no_longer_follows_its_message(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        said = await says(stage, "Ana", "partly")
        await stage.person("Ben").clicks("Edit", within="1. ")
        await stage.workspace.until(lambda: stage.person("Ben").modal is not None)
        await stage.person("Ben").submits(choice="No")
        await stage.settled()
        await edit(stage, "Ana", said, "yes")

        assert await choices(stage) == [(FIRST, "partly"), (FIRST, "no")]
        assert private(stage, "Ana") == []


async def test_after_the_end_an_edit_changes_nothing_and_is_offered_to_reopen(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        said = await says(stage, "Ana", "partly")
        await says(stage, "Ana", "finish")
        before = texts(stage)
        await edit(stage, "Ana", said, "yes")

        assert await choices(stage) == [(FIRST, "partly")]
        assert texts(stage) == before
        assert "Reopen it to change them" in private(stage, "Ana")[-1]

        await stage.person("Ana").clicks("Reopen")
        await stage.settled()

        assert (await state(stage)).phase == "asking"


async def test_a_slip_that_is_edited_into_an_answer_counts(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        said = await says(stage, "Ana", "yse")
        await edit(stage, "Ana", said, "yes")

        assert await choices(stage) == [(FIRST, "yes")]


async def test_a_message_older_than_the_open_question_is_not_edited_into_its_answer(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        said = await says(stage, "Ana", "we talked about that at lunch")
        await stage.person("Ana").clicks("No")
        await stage.settled()
        await edit(stage, "Ana", said, "yes")

        assert await choices(stage) == [(FIRST, "no")]
        assert private(stage, "Ana") == []


async def test_in_a_crowd_nothing_is_edited_into_an_answer(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await says(stage, "Ben", "let me look")
        said = await says(stage, "Ana", "hm hm")
        await edit(stage, "Ana", said, "yes")

        assert await choices(stage) == []


async def test_an_edit_that_opens_the_level_again_is_followed_by_the_questions_it_calls_for(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ana").commands("/maturity start fraud model", CHANNEL)
        await stage.settled()
        await stage.person("Ana").clicks("Skip the facts")
        await stage.settled()
        said = await says(stage, "Ana", "no")
        assert (await state(stage)).phase == "offer"
        await edit(stage, "Ana", said, "yes")

        assert (await state(stage)).phase == "asking"
        assert "2 of about" in texts(stage)[-1]


async def test_each_of_several_answers_follows_its_message(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await stage.person("Ana").clicks("No")
        await stage.settled()
        said = await says(stage, "Ana", "1 yes 2 no")
        await edit(stage, "Ana", said, "1 yes 2 partly")

        assert await choices(stage) == [(FIRST, "no"), (FIRST, "yes"), (SECOND, "no"), (SECOND, "partly")]


async def test_edit_3_yes_follows_its_message_as_well(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await stage.person("Ana").clicks("No")
        await stage.settled()
        said = await says(stage, "Ana", "edit 1 yes")
        await edit(stage, "Ana", said, "edit 1 partly")

        assert await choices(stage) == [(FIRST, "no"), (FIRST, "yes"), (FIRST, "partly")]


async def test_an_edit_that_arrives_before_its_message_is_taken_and_the_message_no_more(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        stamps = stage.workspace.hub.stamps
        message = {"type": "message", "user": stage.person("Ana").id, "text": "yes", "ts": stamps.next()}
        message["thread_ts"] = (await state(stage)).thread or ""
        edited = {
            "type": "message",
            "subtype": "message_changed",
            "message": {**message, "text": "no"},
            "previous_message": message,
            "ts": stamps.next(),
        }
        for event in (edited, message, edited):
            assert (await stage.bot.router.route(wrapped(stage, event))).status == 200
            await stage.settled()

        assert await choices(stage) == [(FIRST, "no")]
        assert private(stage, "Ana") == []


def wrapped(stage: Stage, event: dict[str, Any]) -> dict[str, Any]:
    channel = next(each.id for each in stage.workspace.state.channels.values() if each.name == CHANNEL)
    told = {**event, "channel": channel, "channel_type": "channel"}
    return {"type": "event_callback", "team_id": stage.workspace.state.team_id, "event": told}


async def test_other_peoples_edits_and_deletions_are_not_written_down(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        said = await stage.person("Ben").says("yes", CHANNEL)
        reply = await stage.person("Dora").says("no", CHANNEL, said)
        await stage.person("Ben").edits(said, "@maturity no")
        await stage.person("Dora").edits(reply, "yes")
        await stage.person("Dora").deletes(reply)
        await stage.person("Ben").deletes(said)
        await stage.settled()
        rows = await stage.bot.store.read(lambda reading: reading.sql("SELECT key FROM inbox"))

        assert [row["key"] for row in rows] == [f"m:{said.channel}:{said.ts}"]  # the mention that was edited in
