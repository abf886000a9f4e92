"""Subjects with finished results, put into a stage's database as assessments leave them there; no clicks needed."""

import datetime as dt
from typing import NamedTuple

from dialogs.effects import Conclude
from dialogs.judgement import judge
from dialogs.result import snapshot
from dialogs.state import State
from knowledge.library import Library, load_library
from screens import PRODUCTION, state_of, up_to
from stage import Stage
from storage.writing import Writing

WHEN = dt.datetime(2026, 9, 1, 9, 0, tzinfo=dt.UTC)


class Finished(NamedTuple):
    """One finished assessment of a subject: the level reached, and how many days after 1 September."""

    channel: str
    subject: str
    level: int
    days: int = 0
    starter: str = "U1"


async def finish(stage: Stage, *several: Finished) -> None:
    """Keep all of them, in one transaction."""
    library, team = load_library(), stage.bot.router.me.team
    states = [_state(library, team, stage.workspace.state.channels[each.channel].name, each) for each in several]

    def work(writing: Writing) -> None:
        for state in states:
            result = snapshot(library, state, judge(library, state.choices(), state.known_facts()))
            writing.begin(state)
            writing.conclude(state, Conclude(result, state.began))

    await stage.bot.store.turn(work)


def _state(library: Library, team: str, name: str, each: Finished) -> State:
    at = WHEN + dt.timedelta(days=each.days)
    return state_of(
        up_to(library, each.level),
        PRODUCTION,
        subject=each.subject,
        id=f"{each.channel}{each.subject}{each.days}".replace(" ", ""),
        workspace=team,
        channel=each.channel,
        channel_name=name,
        channel_kind="direct" if each.channel.startswith("D") else "channel",
        starter=each.starter,
        began=at,
        phase="finished",
        content_version=library.version,
    )
