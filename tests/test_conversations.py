"""Whole conversations, written down as YAML, played through the pure engine and through the real bot alike."""

from pathlib import Path

import pytest

from bot.replay_steps import Difference, Player, Step, play, read_steps
from bot.words import Words
from dialogs.script import load_script
from engine_player import EnginePlayer
from knowledge.library import load_library
from sandbox_player import SandboxPlayer
from stage import Stage

FILES = sorted((Path(__file__).parent / "conversations").glob("*.yml"))
LIBRARY = load_library()


async def goes_as_written(player: Player, file: Path) -> None:
    """Play a file; the first look that differs ends it."""

    def agreed(step: Step, difference: Difference | None) -> None:
        del step
        assert difference is None

    await play(player, read_steps(file), agreed)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_conversation_goes_as_written_in_the_pure_engine(file: Path) -> None:
    await goes_as_written(EnginePlayer(load_script(LIBRARY), Words(LIBRARY)), file)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_conversation_goes_as_written_with_the_real_bot(file: Path, tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await goes_as_written(SandboxPlayer(stage), file)
