"""A parent message that is deleted: the assessment goes on under a new one, and nobody is left behind."""

from pathlib import Path

from edges import (
    CHANNEL,
    FIRST,
    MOVED,
    SECOND,
    begin,
    choices,
    delete,
    parent,
    private,
    says,
    shown,
    state,
    texts,
)
from stage import Stage


async def test_a_deleted_parent_is_noticed_and_the_assessment_goes_on_under_a_new_one(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await stage.person("Ana").clicks("Yes")
        await stage.settled()
        await delete(stage, parent(stage))
        root, asked = shown(stage)[-2:]

        assert root.text.startswith(f"{MOVED}, at question 2 of about")
        assert root.thread_ts in (None, root.ts)
        assert asked.thread_ts == root.ts
        assert "2 of about" in asked.text
        assert (await state(stage)).thread == root.ts

        await says(stage, "Ana", "no")

        assert await choices(stage) == [(FIRST, "yes"), (SECOND, "no")]
        assert shown(stage)[-1].thread_ts == root.ts


async def test_replies_under_a_deleted_parent_are_answered_once_with_a_link_and_do_not_count(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        old = parent(stage).ts
        await delete(stage, parent(stage))
        for text in ("yes", "no"):
            await says(stage, "Ben", text, old)

        assert await choices(stage) == []
        told = private(stage, "Ben")
        assert len(told) == 1
        new = (await state(stage)).thread
        assert new is not None
        assert f"/p{new.replace('.', '')}|Open the thread>" in told[0]

        await says(stage, "Ben", "@maturity are you there?", old)

        assert len(private(stage, "Ben")) == 2


async def test_buttons_left_in_the_old_thread_still_work(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await stage.person("Ana").clicks("Yes")
        await stage.settled()
        folded = next(each for each in shown(stage) if each.text.startswith("1. "))
        await delete(stage, parent(stage))
        await stage.person("Ana").clicks("Edit", folded)
        await stage.workspace.until(lambda: stage.person("Ana").modal is not None)
        await stage.person("Ana").submits(choice="No")
        await stage.settled()

        assert "changed from *yes* to *no* by Ana" in texts(stage)[-1]


async def test_a_paused_assessment_moves_with_its_resume_button(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await says(stage, "Ana", "pause")
        root = next(
            each for each in shown(stage) if "paused" in each.text.lower() and each.thread_ts in (None, each.ts)
        )
        await delete(stage, root)

        assert "Resume" in shown(stage)[-1].labels

        await stage.person("Ana").clicks("Resume", shown(stage)[-1])
        await stage.settled()

        assert (await state(stage)).phase == "asking"
        assert "1 of about" in texts(stage)[-1]


async def test_a_parent_deleted_twice_moves_twice_and_a_repeated_event_not_at_all(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        stage.workspace.event_copies = 3
        await delete(stage, parent(stage))
        await delete(stage, next(each for each in shown(stage) if each.text.startswith(MOVED)))

        now = await state(stage)
        assert len(now.left_threads) == 2
        assert sum(text.startswith(MOVED) for text in texts(stage)) == 1
        assert shown(stage)[-1].thread_ts == now.thread


async def test_a_parent_deleted_after_the_end_brings_nothing_new(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await says(stage, "Ana", "finish")
        root = next(each for each in shown(stage) if each.ts == each.thread_ts)
        before = len(texts(stage))
        await delete(stage, root)

        assert len(texts(stage)) == before - 1


async def test_what_retention_takes_away_is_not_missed(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await stage.person("Ana").clicks("Yes")
        await stage.settled()
        stage.workspace.state.in_channel(shown(stage)[-1].channel).clear()
        await stage.person("Ana").commands("/maturity status", CHANNEL)

        assert "fraud model" in private(stage, "Ana")[-1]

        await stage.person("Ana").commands("/maturity start fraud model", CHANNEL)
        await stage.person("Ana").clicks("Continue")
        await stage.settled()
        await stage.person("Ana").clicks("No")
        await stage.settled()

        assert await choices(stage) == [(FIRST, "yes"), (SECOND, "no")]
