"""The player of `maturity-bot replay` over the content that ships, its index made once for all tests."""

from bot.replay_effects import PLACE
from bot.replay_engine import EnginePlayer as Player
from bot.replay_screen import Shown, walk_blocks
from bot.words import Words
from dialogs.script import Script
from stage import shipped_index

__all__ = ["PLACE", "EnginePlayer", "Shown", "walk_blocks"]


class EnginePlayer(Player):
    """One channel, one bot, several people; everything in memory."""

    def __init__(self, script: Script, words: Words) -> None:
        super().__init__(script, words, shipped_index())
