"""What a run leaves behind, on screen and on disk, and how it differs from the run that nothing disturbed."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.sandbox.workspace import Workspace
from chaos.disk import Disk
from chaos.team import Team

_DATE = re.compile(r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{1,2} [A-Z][a-z]{2} \d{4}")


class Loss(NamedTuple):
    """How many lines of the undisturbed run are missing, and how many come too often; `moved`: in another order."""

    lost: int
    doubled: int
    moved: bool


NOTHING = Loss(0, 0, moved=False)


@dataclass(frozen=True)
class Outcome:
    """Per channel the bot's messages in their order, and what is kept on disk; `keys` of all messages it posted."""

    messages: Mapping[str, Sequence[str]]
    kept: Mapping[str, Sequence[str]]
    keys: Sequence[str]

    def against(self, clean: "Outcome") -> Loss:
        """Compare with the undisturbed run. A key that stands twice is a doubling even where the texts agree."""
        pairs = [*_pairs(clean.messages, self.messages), *_pairs(clean.kept, self.kept)]
        lost = sum((Counter(before) - Counter(now)).total() for before, now in pairs)
        extra = sum((Counter(now) - Counter(before)).total() for before, now in pairs)
        twice = len(self.keys) - len(set(self.keys))
        return Loss(lost, max(extra, twice), any(list(before) != list(now) for before, now in pairs))

    def differences(self, clean: "Outcome") -> Iterator[str]:
        """The lines that are missing or too many, for whoever looks for the cause."""
        for before, now in (*_pairs(clean.messages, self.messages), *_pairs(clean.kept, self.kept)):
            yield from (f"lost: {line}" for line in (Counter(before) - Counter(now)).elements())
            yield from (f"too many: {line}" for line in (Counter(now) - Counter(before)).elements())

    @property
    def size(self) -> int:
        """How many messages there are to compare."""
        return sum(map(len, self.messages.values()))


def outcome_of(workspace: Workspace, disk: Disk, teams: Sequence[Team]) -> Outcome:
    """Take down what is on screen and on disk."""
    return Outcome(
        {team.channel: messages_of(team) for team in teams},
        {team.channel: disk.kept(workspace.channel_id(team.channel)) for team in teams},
        [key for team in teams for key in _keys(team)],
    )


def messages_of(team: Team) -> list[str]:
    """The bot's messages of a channel in their order: where they stand, and their words without dates.

    Files come last: nothing waits for them, so they may stand before or after what was said meanwhile.
    """
    return [
        f"{'reply' if each.thread_ts not in (None, each.ts) else 'root'}: {_DATE.sub('DATE', each.text)}"
        for each in sorted(team.shown(), key=lambda each: bool(each.files))
    ]


def _keys(team: Team) -> Iterator[str]:
    """What each message is, so that a doubled one shows: the key in its metadata, or the mark in its files' names."""
    for each in team.shown():
        if each.files:
            yield str(each.files[0]["name"])
        else:
            yield each.raw["metadata"]["event_payload"]["key"]


def _pairs(
    before: Mapping[str, Sequence[str]], now: Mapping[str, Sequence[str]]
) -> list[tuple[Sequence[str], Sequence[str]]]:
    return [(lines, now.get(channel, ())) for channel, lines in before.items()]
