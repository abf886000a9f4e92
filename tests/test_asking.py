"""Asking in Slack: by command, mention, direct message, in the middle of an assessment, and from a message."""

from pathlib import Path

from bot.curating import read_questions
from bot.sandbox.person import Person
from sandbox_player import SandboxPlayer
from stage import Stage

SHORTCUT = "Ask the MLOps knowledge"
CHANNEL = "fraud-detection"


def last_private(person: Person) -> str:
    return [seen.text for seen in person.sees() if seen.ephemeral][-1]


async def asking(stage: Stage) -> SandboxPlayer:
    """Ana has begun an assessment and its first question is open."""
    player = SandboxPlayer(stage)
    await player.commands("Ana", "/maturity start")
    await player.settled()
    await player.clicks("Ana", "Skip the facts")
    await player.settled()
    return player


async def member(stage: Stage) -> Person:
    ana = stage.person("Ana")
    await ana.invites(CHANNEL)
    return ana


async def test_a_slash_question_is_answered_privately_and_can_be_shared(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ana = await member(stage)
        await ana.commands("/maturity is dvc dead?", CHANNEL)
        await stage.settled()
        assert "No, but it is quiet." in last_private(ana)
        assert not [seen for seen in stage.person("Ben").sees(CHANNEL) if "DVC" in seen.text]

        await ana.clicks("Share in channel")
        await stage.settled()
        assert "DVC" in stage.person("Ben").last(CHANNEL).text or "lakeFS" in stage.person("Ben").last(CHANNEL).text


async def test_a_mention_is_answered_in_its_thread_for_all_to_see(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ana = await member(stage)
        said = await ana.says("@maturity what is a feature store for?", CHANNEL)
        await stage.settled()

        answer = stage.person("Ben").last(CHANNEL)
        assert answer.thread_ts == said.ts
        assert "feature" in answer.text.lower()
        assert {"Helpful", "Not helpful"} <= set(answer.labels)


async def test_a_direct_message_is_answered_there(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ana = stage.person("Ana")
        await ana.says("how do we get from level 1 to level 2?", "dm")
        await stage.settled()

        assert "level 2" in ana.last("dm").text.lower()


async def test_the_shortcut_on_a_message_answers_what_the_message_asks_privately(tmp_path: Path) -> None:
    """Also where the bot is no member: the answer goes by the address that came with the click."""
    async with Stage(tmp_path) as stage:
        asked = await stage.person("Ben").says("hm, kserve vs bentoml, which one?", CHANNEL)
        ana = stage.person("Ana")
        await ana.shortcuts(SHORTCUT, asked)
        await stage.settled()

        assert last_private(ana).startswith("*KServe") or "KServe" in last_private(ana)
        assert not [seen for seen in stage.person("Ben").sees(CHANNEL) if "KServe" in seen.text]


async def test_a_question_in_the_middle_leaves_the_open_question_open(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        player = await asking(stage)
        before = player.assessment().question

        await player.says("Ana", "what is a model registry?", mentioned=True)
        await player.settled()
        assert "registry" in player.thread()[-1]
        assert player.assessment().question == before

        await player.says("Ana", "yes", mentioned=False)
        await player.settled()
        assert list(player.recorded().values()) == ["yes"]


async def test_a_why_that_is_not_about_the_open_question_is_a_question(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        player = await asking(stage)

        await player.says("Ana", "why do we need a model registry?", mentioned=True)
        await player.settled()
        assert "One list of model versions" in player.thread()[-1]

        await player.says("Ana", "why?", mentioned=True)
        await player.settled()
        assert "Evidence that helps" in player.thread()[-1]


async def test_a_question_among_the_facts_is_answered_and_the_fact_stays_open(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        player = SandboxPlayer(stage)
        await player.commands("Ana", "/maturity start")
        await player.settled()
        await player.clicks("Ana", "One at a time")
        await player.settled()
        open_fact = player.assessment().question

        await player.says("Ana", "what is a feature store?", mentioned=True)
        await player.settled()
        assert "feature" in player.thread()[-1].lower()
        assert player.assessment().question == open_fact


async def test_what_begins_like_a_command_and_asks_is_answered(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ana = await member(stage)
        await ana.commands("/maturity start with what, monitoring or a model registry?", CHANNEL)
        await stage.settled()

        assert not [seen for seen in ana.sees(CHANNEL) if "MLOps maturity of" in seen.text]


async def test_helpful_on_a_public_answer_is_noted_privately(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ana = await member(stage)
        await ana.says("@maturity what is a feature store for?", CHANNEL)
        await stage.settled()
        await stage.person("Ben").clicks("Helpful")
        await stage.settled()

        assert last_private(stage.person("Ben")) == "Noted, thank you: it helped."
        found = await read_questions(stage.settings.database_url)
        assert [(row["topic"], row["helpful"]) for row in found["rated"]] == [("capability/feature-store/what", 1)]


async def test_a_related_question_and_a_refusals_nearest_topic_are_a_click_away(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ana = await member(stage)
        await ana.commands("/maturity do we need level 4", CHANNEL)
        await stage.settled()
        await ana.clicks("When is level 4 right?")
        await stage.settled()
        assert "is right when" in last_private(ana)

        await ana.commands("/maturity which gpu should we buy for training", CHANNEL)
        await stage.settled()
        refusal = [seen for seen in ana.sees() if seen.ephemeral][-1]
        await ana.clicks(refusal.labels[0], refusal)
        await stage.settled()
        assert "nothing curated" not in last_private(ana)


async def test_unanswered_questions_and_ratings_reach_the_curators_once_with_counts(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ana, ben = await member(stage), stage.person("Ben")
        for person, text in (
            (ana, "which gpu should we buy?"),
            (ben, "Which GPU should we buy"),
            (ana, "what is for lunch"),
        ):
            await person.commands(f"/maturity {text}", CHANNEL)
        await ana.commands("/maturity what is mlflow", CHANNEL)
        await stage.settled()
        await ana.clicks("Not helpful")
        await ana.clicks("Not helpful")
        await stage.settled()

        found = await read_questions(stage.settings.database_url)
        assert [(row["text"], row["times"]) for row in found["unanswered"]] == [
            ("which gpu should we buy?", 2),
            ("what is for lunch", 1),
        ]
        assert [(row["entry"], row["helpful"], row["unhelpful"]) for row in found["rated"]] == [("tool/mlflow", 0, 1)]
        everything = await stage.bot.store.read(lambda reading: reading.sql("SELECT * FROM questions"))
        assert ana.id not in str(everything)


async def test_a_restart_forgets_no_question(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ana").commands("/maturity which gpu should we buy", CHANNEL)
        await stage.settled()
        await stage.stop_bot()
        await stage.start_bot()

        found = await read_questions(stage.settings.database_url)
        assert [row["times"] for row in found["unanswered"]] == [1]


async def test_after_an_assessment_the_team_is_answered_from_it(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        player = await asking(stage)
        await player.clicks("Ana", "No")
        await player.settled()
        await player.clicks("Ana", "Show the result")
        await player.settled()

        await stage.person("Ben").commands("/maturity what is holding us back?", CHANNEL)
        await stage.settled()
        assert last_private(stage.person("Ben")).startswith("*What holds fraud-detection at level 0")
