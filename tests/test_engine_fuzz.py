"""Whatever happens in a channel, in whatever order: no exception, and every promise holds after every event."""

import asyncio
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given

from fuzz_amount import tell, tries
from fuzz_house import FuzzedHouse
from fuzz_moves import Move, sequences
from fuzz_player import FuzzedPlayer


def test_the_engine_takes_any_event_in_any_order_and_keeps_its_promises(capsys: pytest.CaptureFixture[str]) -> None:
    tried: Counter[str] = Counter()

    @tries(45)
    @given(sequences)
    def every_sequence(moves: list[Move]) -> None:
        player = FuzzedPlayer(tried)
        tried["sequences"] += 1
        for move in moves:
            player.makes(move)

    every_sequence()
    tell(capsys, "engine", tried)


def test_what_the_engine_decides_is_what_the_database_keeps(capsys: pytest.CaptureFixture[str]) -> None:
    tried: Counter[str] = Counter()

    async def play(folder: Path, moves: list[Move]) -> None:
        house = FuzzedHouse(folder, tried)
        try:
            for move in moves:
                await house.makes(move)
        finally:
            await house.close()

    @tries(8, share=0.1)
    @given(sequences)
    def every_sequence(moves: list[Move]) -> None:
        tried["sequences"] += 1
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(play(Path(folder), moves))

    every_sequence()
    tell(capsys, "bot and database", tried)
