"""Pictures and files in the thread: they cannot be read, so they hang on the open question and are asked about."""

from pathlib import Path

from edges import FIRST, answers, begin, choices, private, says, state
from stage import Stage


async def test_a_picture_without_words_hangs_on_the_open_question_and_is_asked_about(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        picture = await stage.person("Ana").shares("pipeline.png", thread=(await state(stage)).thread)
        await stage.settled()
        link = picture.raw["files"][0]["permalink"]

        assert "I can't read a picture or a file. In one line, what does it show?" in private(stage, "Ana")[-1]
        assert (await state(stage)).notes == {FIRST: link}
        assert await choices(stage) == []

        await says(stage, "Ana", "our training job, run of last night")
        await says(stage, "Ana", "yes")

        assert [row["note"] for row in await answers(stage)] == [f"{link}; our training job, run of last night"]


async def test_only_the_one_who_was_asked_and_only_once_says_what_a_picture_shows(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await stage.person("Ana").shares("pipeline.png", thread=(await state(stage)).thread)
        await stage.settled()
        await says(stage, "Ana", "our training job")
        await says(stage, "Ana", "and lunch is at noon")

        assert "lunch" not in (await state(stage)).notes[FIRST]


async def test_with_a_word_beside_a_picture_the_word_answers_and_the_link_is_its_note(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        picture = await stage.person("Ana").shares(
            "pipeline.png", "yes, since March", thread=(await state(stage)).thread
        )
        await stage.settled()
        link = picture.raw["files"][0]["permalink"]

        assert [(row["choice"], row["note"]) for row in await answers(stage)] == [("yes", f"since March; {link}")]
        assert private(stage, "Ana") == []


async def test_pictures_that_people_show_each_other_are_let_be(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await says(stage, "Ben", "look at this")
        await stage.person("Ana").shares("cat.jpg", thread=(await state(stage)).thread)
        await stage.person("Ana").shares("dog.jpg")
        await stage.settled()

        assert (await state(stage)).notes == {}
        assert private(stage, "Ana") == []
