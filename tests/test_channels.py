"""Where the bot is, and is not: channels, private channels, direct messages, mentions, strangers."""

from pathlib import Path

from bot.buttons import read_value
from bot.sandbox.screen import Seen
from dialogs.events import Chosen, Person
from sandbox_player import SandboxPlayer
from stage import Stage


def private(stage: Stage, name: str) -> str:
    return [each.text for each in stage.person(name).sees() if each.ephemeral][-1]


def public(stage: Stage, channel: str, name: str = "Ana") -> list[str]:
    bot = stage.bot.router.me.user
    seen = [each for each in stage.person(name).sees(channel) if each.author == bot and not each.ephemeral]
    return [each.text for each in seen if "has joined the channel" not in each.text]


async def test_in_a_public_channel_the_bot_is_not_in_add_me_joins_and_begins(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ana = stage.person("Ana")
        await ana.commands("/maturity start churn", "churn-model")
        await stage.settled()

        assert "I am not in #churn-model yet" in private(stage, "Ana")
        assert public(stage, "churn-model") == []

        await ana.clicks("Add me")
        await stage.settled()

        assert "*MLOps maturity of churn*" in public(stage, "churn-model")[0]
        assert "First, a few facts" in public(stage, "churn-model")[1]


async def test_in_a_private_channel_it_says_how_to_invite_it_and_leaves_nothing_running(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ana = stage.person("Ana")
        await ana.commands("/maturity start", "ml-platform-private")
        await stage.settled()

        assert "/invite @maturity" in private(stage, "Ana")

        await ana.invites("ml-platform-private")
        await ana.commands("/maturity start", "ml-platform-private")
        await stage.settled()

        assert "*MLOps maturity of ml-platform-private*" in public(stage, "ml-platform-private")[0]


async def test_a_mention_in_a_channel_is_answered_in_its_thread_once(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        said = await stage.person("Ben").says("@maturity level 2", "fraud-detection")
        await stage.settled()

        answers = [each for each in stage.person("Ana").sees("fraud-detection") if each.thread_ts == said.ts]

        assert ["Level 2: Automated Training" in each.text for each in answers if each.ts != said.ts] == [True]


async def test_a_direct_message_is_answered_there(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ben").says("help", "dm")
        await stage.settled()

        assert "I walk your team through" in stage.person("Ben").last("dm").text


async def test_talk_outside_our_threads_is_neither_answered_nor_stored(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        before = public(stage, "fraud-detection")
        said = await stage.person("Ben").says("the secret lunch is at noon", "fraud-detection")
        await stage.person("Dora").says("yes", "fraud-detection", said)
        await stage.settled()
        rows = await stage.bot.store.read(lambda reading: reading.sql("SELECT count(*) AS n FROM inbox"))

        assert public(stage, "fraud-detection") == before
        assert rows[0]["n"] == 0
        assert b"secret lunch" not in (tmp_path / "maturity.db").read_bytes()


async def test_when_the_channel_is_archived_the_starter_is_told_once_and_nothing_is_lost(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        player = SandboxPlayer(stage)
        await player.commands("Ana", "/maturity start full fraud model")
        await player.settled()
        await player.clicks("Ana", "Skip the facts")
        await player.settled()
        question = [each for each in stage.person("Ben").sees("fraud-detection") if "Yes" in each.labels][-1]
        stage.workspace.archive("fraud-detection")
        await stage.bot.bot.handle(chosen_of(question, stage))
        await stage.settled()

        told = [each.text for each in stage.person("Ana").sees("dm")]

        assert ["it is archived" in text for text in told] == [True]
        await player.settled()
        assert player.recorded() == {"M2-P-1": "yes"}
        assert player.assessment().phase == "paused"


def chosen_of(question: Seen, stage: Stage) -> Chosen:
    """The click that was on its way when the channel was archived."""
    elements = [element for block in question.blocks for element in block.get("elements", ())]
    pushed = next(pushed for e in elements if (pushed := read_value(e.get("value", ""))) and "=yes" in pushed.argument)
    return Chosen(
        key="c:late",
        workspace=stage.bot.router.me.team,
        channel=question.channel,
        person=Person(stage.person("Ben").id, "Ben"),
        at=stage.clock(),
        dialog=pushed.dialog or "",
        practice="M2-P-1",
        choice="yes",
        turn=pushed.turn,
    )
