"""Whole conversations, written down as YAML, played through the pure engine and through the real bot alike."""

from pathlib import Path
from typing import Any, Protocol

import pytest
import yaml

from bot.words import Words
from dialogs.script import load_script
from dialogs.state import State
from engine_player import EnginePlayer
from knowledge.library import load_library
from sandbox_player import SandboxPlayer
from stage import Stage

FILES = sorted((Path(__file__).parent / "conversations").glob("*.yml"))
LIBRARY = load_library()


class Player(Protocol):
    async def commands(self, name: str, text: str) -> None: ...
    async def says(self, name: str, text: str, *, mentioned: bool = False) -> None: ...
    async def clicks(self, name: str, label: str, within: str | None = None) -> None: ...
    async def submits(self, name: str, values: dict[str, Any]) -> None: ...
    async def closes(self, name: str) -> None: ...
    async def waits(self, seconds: float) -> None: ...
    async def settled(self) -> None: ...
    def assessment(self) -> State: ...
    def thread(self) -> list[str]: ...
    def private(self, name: str) -> list[str]: ...
    def recorded(self) -> dict[str, str]: ...


async def play(player: Player, steps: list[dict[str, Any]]) -> None:
    before: list[str] = []
    for number, step in enumerate(steps, 1):
        key, value = next(iter(step.items()))
        name, _, verb = key.partition(" ")
        try:
            if key == "time passes":
                before = player.thread()
                await player.waits(seconds_in(value))
                await player.settled()
            elif verb in ("commands", "says", "mentions", "clicks", "submits", "closes"):
                before = player.thread()
                await act(player, name, verb, value, step)
                await player.settled()
            else:
                look(player, key, value, before, absent=bool(step.get("not")))
        except Exception as error:
            error.add_note(f"in step {number}: {step}")
            raise


def seconds_in(text: str) -> float:
    """Read "3 days", "2 weeks"; months and years are written in days, which all have the same length."""
    number, unit = text.split()
    return int(number) * {"hour": 3_600.0, "day": 86_400.0, "week": 604_800.0}[unit.removesuffix("s")]


async def act(player: Player, name: str, verb: str, value: Any, step: dict[str, Any]) -> None:
    if verb == "commands":
        await player.commands(name, value)
    elif verb == "clicks":
        await player.clicks(name, value, step.get("within"))
    elif verb == "submits":
        await player.submits(name, value)
    elif verb == "closes":
        await player.closes(name)
    else:
        await player.says(name, value, mentioned=verb == "mentions")


def look(player: Player, key: str, value: Any, before: list[str], *, absent: bool) -> None:
    name, _, verb = key.partition(" ")
    if verb == "privately sees":
        assert any(value in text for text in player.private(name)), player.private(name)[-2:]
    elif key == "all see":
        assert any(value in text for text in player.thread()), player.thread()[-3:]
    elif key == "nobody sees":
        people = ("Ana", "Ben")
        assert not [
            text for text in (*player.thread(), *(t for p in people for t in player.private(p))) if value in text
        ]
    elif key == "last is":
        assert (value in player.thread()[-1]) is not absent, player.thread()[-1]
    elif key == "last but one is":
        assert (value in player.thread()[-2]) is not absent, player.thread()[-2]
    elif key == "silence":
        assert player.thread() == before
    elif key == "recorded":
        assert player.recorded() == value
    elif key == "phase":
        assert player.assessment().phase == value
    else:
        raise AssertionError(f"no such look: {key}")


def steps_of(file: Path) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return steps


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_conversation_goes_as_written_in_the_pure_engine(file: Path) -> None:
    await play(EnginePlayer(load_script(LIBRARY), Words(LIBRARY)), steps_of(file))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_conversation_goes_as_written_with_the_real_bot(file: Path, tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await play(SandboxPlayer(stage), steps_of(file))
