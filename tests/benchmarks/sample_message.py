"""The message that is sent most: an open question with its buttons."""

from functools import cache

from bot.blocks import Message
from bot.speak import Place, speak
from bot.words import Words
from dialogs.screens import Question
from knowledge.library import Library, load_library


@cache
def library() -> Library:
    """The content that ships."""
    return load_library()


@cache
def words() -> Words:
    """The words that ship."""
    return Words(library())


def question() -> Message:
    """Draw it."""
    practice = next(iter(library().asked())).id
    return speak(Question("d" * 12, practice, 7, 33, 0.2, 9), words(), Place("", None))
