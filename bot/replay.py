"""`maturity-bot replay`: a written conversation in the terminal, as people would see it, and what would differ."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot.ask import in_plain_words
from bot.blocks import Message, in_words
from bot.replay_engine import EnginePlayer
from bot.replay_screen import CannotAct, Shown, inputs_of, labels_of
from bot.replay_steps import WAIT, Difference, Step, play, read_steps
from bot.words import Words
from dialogs.script import load_script
from knowledge.index import Index
from knowledge.library import load_library

_SAID = {
    "commands": "{name} types {value}",
    "says": "{name} writes: {value}",
    "mentions": "{name} writes: @maturity {value}",
    "clicks": "{name} clicks [{value}]",
    "submits": "{name} sends the form: {value}",
    "closes": "{name} closes the form",
    WAIT: "... {value} pass ...",
}
_INDENT = "    "


async def replay(file: Path, overlay: Path | None, say: Callable[[str], None]) -> bool:
    """Play a file and say it; whether everything was as written.

    TranscriptProblem for a file that is no conversation, ContentError for content that cannot be used.
    """
    steps = read_steps(file)
    library = load_library(overlay=overlay)
    player = EnginePlayer(load_script(library), Words(library), Index(library))
    teller = Teller(player, say)
    try:
        different = await play(player, steps, teller.tell)
    except CannotAct as problem:
        say(f"\n{file}: cannot go on {problem.__notes__[0]}: {problem}")
        return False
    looks = sum(step.is_look for step in steps)
    well = f"all {looks} looks are as written" if looks else "nothing was to be looked at"
    say(f"\n{file}: {len(steps)} steps; " + (f"{len(different)} of {looks} looks differ" if different else well))
    return not different


class Teller:
    """Says each step, and what it changed on screen."""

    def __init__(self, player: EnginePlayer, say: Callable[[str], None]) -> None:
        self._player = player
        self._say = say
        self._messages: dict[str, Message] = {}  # as they were said last, by ts
        self._views: dict[str, dict[str, Any]] = {}

    def tell(self, step: Step, difference: Difference | None) -> None:
        """Say a step once it is over; of a look only what differs."""
        if not step.is_look:
            self._say("\n" + _SAID[step.verb].format(name=step.name, value=_value(step.value)))
            for line in self._changes():
                self._say(_INDENT + line)
        elif difference is not None:
            self._say(f"\nDIFFERS in step {step.number}, {step.name} {step.verb}".replace(",  ", ", "))
            self._say(_below("expected: ", difference.expected))
            self._say(_below("actual:   ", difference.actual))

    def _changes(self) -> Iterator[str]:
        """What came, changed and went since the last step, a line each."""
        now = {shown.ts: shown for shown in self._player.messages}
        for ts in [ts for ts in self._messages if ts not in now]:
            del self._messages[ts]
            yield "(a private message goes away)"
        for ts, shown in now.items():
            before = self._messages.get(ts)
            if before is None or _drawn(before) != _drawn(shown.message):
                yield from _lines(shown, edited=before is not None)
            self._messages[ts] = shown.message
        for name, view in self._player.views.items():
            if view is not self._views.get(name):
                yield from _form(name, view)
        self._views = dict(self._player.views)
        for name, errors in self._player.errors.items():
            yield from (f"the form of {name} is not taken: {field}: {error}" for field, error in errors.items())


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{field} {given}" for field, given in value.items())
    return str(value)


def _below(label: str, text: str) -> str:
    """A label, and a text of several lines beside it."""
    return _INDENT + label + text.replace("\n", "\n" + _INDENT + " " * len(label))


def _drawn(message: Message) -> list[str]:
    """A message as lines: its words, then its buttons."""
    words = in_plain_words(in_words(message.blocks) or message.text).split("\n")
    labels = " ".join(labels_of(message))
    return [*words, labels] if labels else words


def _lines(shown: Shown, *, edited: bool) -> Iterator[str]:
    to = f" to {shown.only_for} alone" if shown.only_for else " in the channel" if shown.in_channel else ""
    first, *more = _drawn(shown.message)
    yield f"maturity{to}{' (edited)' if edited else ''}: {first}"
    yield from (f"{_INDENT}{line}" for line in more)


def _form(name: str, view: dict[str, Any]) -> Iterator[str]:
    yield f"a form opens for {name}: {view['title']['text']}"
    for block in inputs_of(view):
        yield f"{_INDENT}{block['block_id']}: {block['label']['text']}"
