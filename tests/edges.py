"""What the tests of messages and threads share: an assessment on the stage, and what can be seen of it."""

from collections.abc import Mapping

from bot.sandbox.screen import Seen
from dialogs.answers import Choice, FactValue
from dialogs.state import Given, GivenFact, State
from stage import Stage
from storage.database import Row

CHANNEL = "fraud-detection"
MOVED = "*The assessment of fraud model goes on here*"
FIRST, SECOND = "M2-P-1", "M2-P-2"  # of a full assessment; FIRST is "Data, model and software people work ..."


async def begin(stage: Stage, subject: str = "fraud model", name: str = "Ana") -> None:
    """An assessment that asks its first question."""
    await stage.person(name).commands(f"/maturity start full {subject}", CHANNEL)
    await stage.settled()
    await stage.person(name).clicks("Skip the facts", within="First, a few facts")
    await stage.settled()


async def says(stage: Stage, name: str, text: str, thread: str | None = None) -> Seen:
    """Somebody writes in the thread of the assessment begun last; gives the message."""
    said = await stage.person(name).says(text, CHANNEL, thread or (await state(stage)).thread)
    await stage.settled()
    return said


async def state(stage: Stage) -> State:
    """The assessment begun last, as it is on disk."""
    rows = await stage.bot.store.read(lambda reading: reading.sql("SELECT id FROM dialogs ORDER BY began_at"))
    found = await stage.bot.store.read(lambda reading: reading.peek(rows[-1]["id"]))
    assert found is not None
    return found


async def answers(stage: Stage) -> list[Row]:
    """Every row that was ever written of its answers."""
    dialog = (await state(stage)).id
    return await stage.bot.store.read(lambda reading: reading.answers(dialog))


async def choices(stage: Stage) -> list[tuple[str, str]]:
    """The same as practice and choice."""
    return [(row["practice"], row["choice"]) for row in await answers(stage)]


def shown(stage: Stage) -> list[Seen]:
    """What the bot shows everybody in the channel, threads included."""
    bot = stage.bot.router.me.user
    return [each for each in stage.person("Ana").sees(CHANNEL) if each.author == bot and not each.ephemeral]


def texts(stage: Stage) -> list[str]:
    return [each.text for each in shown(stage)]


def private(stage: Stage, name: str) -> list[str]:
    """What only this person sees, after the word that the assessment begins."""
    own = [each.text for each in stage.person(name).sees() if each.ephemeral]
    return [text for text in own if "begins below" not in text]


async def delete(stage: Stage, message: Seen, name: str = "Ana") -> None:
    """Ana is an admin, who may delete anything."""
    await stage.person(name).deletes(message)
    await stage.settled()


def parent(stage: Stage) -> Seen:
    return next(each for each in shown(stage) if each.text.startswith("*MLOps maturity of fraud model*"))


def question(stage: Stage) -> Seen:
    return [each for each in shown(stage) if "of about" in each.text and "Yes" in each.labels][-1]


async def stands(stage: Stage, choices: Mapping[str, Choice], facts: Mapping[str, FactValue]) -> None:
    """The assessment begun last has come so far: these answers and facts, all Ana's, without a message for each."""
    ana, now = stage.person("Ana").id, stage.clock()
    told = {"person": ana, "name": "Ana", "at": now}
    before = await state(stage)
    after = before.model_copy(
        update={
            "answers": {name: Given(choice=choice, **told) for name, choice in choices.items()},
            "facts": {key: GivenFact(value=value, **told) for key, value in facts.items()},
        }
    )
    await stage.bot.store.turn(lambda writing: writing.save(after))


async def finishes(stage: Stage, name: str = "Ana") -> None:
    """Somebody ends the assessment begun last, by typing."""
    await says(stage, name, "finish")
