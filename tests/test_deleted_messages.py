"""Messages that are deleted: an answer's, the open question's, the parent's; nothing is lost, nobody is left behind."""

from pathlib import Path

import pytest

from edges import CHANNEL, FIRST, SECOND, answers, begin, choices, delete, private, question, says, shown, state, texts
from stage import Stage

# Answers ------------------------------------------------------------------------------------------------------------


async def test_who_deletes_the_message_of_an_answer_is_asked_privately_and_it_stays_by_default(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        said = await says(stage, "Ben", "partly")
        before = texts(stage)
        await delete(stage, said, "Ben")

        assert (
            "The message that gave this answer was deleted. It counts unless you withdraw it"
            in private(stage, "Ben")[-1]
        )
        assert (await choices(stage), texts(stage)) == ([(FIRST, "partly")], before)

        await stage.person("Ben").clicks("Keep")
        await stage.settled()

        assert private(stage, "Ben") == ["Kept as it was."]
        assert (await state(stage)).answers[FIRST].choice == "partly"


async def test_a_withdrawn_answer_is_open_again_and_the_open_question_stays(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        said = await says(stage, "Ana", "partly")
        await delete(stage, said)
        await stage.person("Ana").clicks("Withdraw")
        await stage.settled()

        now = await state(stage)
        assert FIRST not in now.answers
        assert now.question is not None
        assert now.question.id == SECOND
        assert "Ana withdrew 1 answer; it is open again" in texts(stage)[-1]
        assert any(text.startswith("1. ") and "comes again later" in text for text in texts(stage))
        assert [(row["choice"], row["note"]) for row in await answers(stage)][-1] == ("unknown", "withdrawn")

        await stage.person("Ana").clicks("Yes")
        await stage.settled()

        assert "1 of about" in texts(stage)[-1]


async def test_an_answer_that_was_changed_since_is_not_withdrawn_by_an_old_button(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        said = await says(stage, "Ana", "partly")
        await delete(stage, said)
        await says(stage, "Ana", "edit 1 no")
        await stage.person("Ana").clicks("Withdraw")
        await stage.settled()

        assert (await state(stage)).answers[FIRST].choice == "no"
        assert "Nothing changed." in private(stage, "Ana")


async def test_after_the_end_a_deleted_message_changes_nothing(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        said = await says(stage, "Ana", "partly")
        await says(stage, "Ana", "finish")
        before = texts(stage)
        await delete(stage, said)

        assert (await choices(stage), texts(stage)) == ([(FIRST, "partly")], before)
        assert "Reopen it to change them" in private(stage, "Ana")[-1]


async def test_deleted_talk_and_folded_lines_are_let_be(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        talk = await says(stage, "Ana", "we talked about that at lunch")
        await stage.person("Ana").clicks("Yes")
        await stage.settled()
        await delete(stage, talk)
        await delete(stage, next(each for each in shown(stage) if each.text.startswith("1. ")))
        await stage.person("Ana").clicks("No")
        await stage.settled()

        assert await choices(stage) == [(FIRST, "yes"), (SECOND, "no")]
        assert private(stage, "Ana") == []
        assert not [text for text in texts(stage) if text.startswith("1. ")]


# The open question --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("contact", ["hm", "status"])
async def test_the_open_question_that_somebody_deleted_comes_again_when_somebody_is_here(
    tmp_path: Path, contact: str
) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await delete(stage, question(stage))

        assert not [text for text in texts(stage) if "1 of about" in text]

        await says(stage, "Ben", contact)

        assert sum("1 of about" in text for text in texts(stage)) == 1
        assert await choices(stage) == []

        await stage.person("Ben").clicks("Yes")
        await stage.settled()

        assert await choices(stage) == [(FIRST, "yes")]


async def test_an_answer_to_a_question_that_somebody_deleted_counts_and_is_said_back(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await begin(stage)
        await delete(stage, question(stage))
        await says(stage, "Ana", "yes")

        assert await choices(stage) == [(FIRST, "yes")]
        assert "Noted as *yes*" in texts(stage)[-2]
        assert "2 of about" in texts(stage)[-1]


async def test_the_facts_and_quicks_offer_come_again_as_well(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ana").commands("/maturity start fraud model", CHANNEL)
        await stage.settled()
        await delete(stage, next(each for each in shown(stage) if "First, a few facts" in each.text))
        await says(stage, "Ana", "hm")

        assert "First, a few facts" in texts(stage)[-1]

        await stage.person("Ana").clicks("Skip the facts")
        await stage.settled()
        await stage.person("Ana").clicks("No")
        await stage.settled()
        offer = shown(stage)[-1]
        assert "Overall is level" in offer.text
        await delete(stage, offer)
        await says(stage, "Ana", "hm")

        assert "Overall is level" in texts(stage)[-1]
