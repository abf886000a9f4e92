"""`maturity-bot demo --seed`: three example teams with two years of history, played by the real bot before it opens.

Every message, report, picture and reminder comes from the very same bot on the local workspace; only the clock is
moved. It happens in a folder beside the data folder, which takes its place when all of it is there; so a seeding that
is broken off leaves nothing behind.
"""

import asyncio
import datetime as dt
import shutil
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from pydantic import ValidationError

from bot.sandbox.errors import ActRefused, NotAcknowledged
from bot.sandbox.file_store import FileStore
from bot.sandbox.state_file import StateFile
from bot.sandbox.workspace import Workspace
from bot.seed_play import Team
from bot.seed_stage import SeedClock, SeedStage, Unplayable
from bot.seed_story import Story, read_stories
from dialogs.state import subject_key
from storage import standings

Open = Callable[[SeedClock], Awaitable[Workspace]]
"""Opens a workspace that keeps nothing, on a clock."""

EARLIER = dt.timedelta(days=800)  # before the first deed


class SeedProblem(Exception):  # noqa: N818 - a situation
    """The example teams cannot be filled in; the message says what to do."""


def usable(data: Path) -> bool:
    """Whether the folder may be filled: it is not there yet, or holds nothing."""
    return not data.exists() or not any(data.iterdir())


async def seed(data: Path, now: dt.datetime, opened: Open, say: Callable[[str], None]) -> None:
    """Fill the data folder with the three teams, as they stand at `now` (aware, UTC). SeedProblem where it cannot be.

    `opened` opens the workspace. The same `now` brings the same story; only Slack's ids differ.
    """
    draft = data.with_name(f"{data.name}.seeding")
    shutil.rmtree(draft, ignore_errors=True)
    began = time.monotonic()
    try:
        _made(draft)
        await _play(draft, now, opened, say)
        _take_place(draft, data)
    except asyncio.CancelledError:
        say("Broken off; nothing of it was kept.")
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    say(f"The example teams are there, after {time.monotonic() - began:.0f} s.")


def _made(draft: Path) -> None:
    try:
        draft.mkdir(parents=True)
    except OSError as error:
        told = f"{draft}: cannot be made ({error.strerror})"
        raise SeedProblem(f"{told}; the example teams need it for half a minute") from None


def _take_place(draft: Path, data: Path) -> None:
    try:
        if data.exists():
            data.rmdir()
        draft.rename(data)
    except OSError as error:
        told = f"{data}: the example teams cannot be put there ({error.strerror})"
        raise SeedProblem(f"{told}; name another folder with --data") from None


async def _play(folder: Path, now: dt.datetime, opened: Open, say: Callable[[str], None]) -> None:
    stories = read_stories()
    say(f"Filling {len(stories)} example teams with two years of history, once; this takes about half a minute.")
    clock = SeedClock(now - EARLIER)
    workspace = await opened(clock)
    try:
        async with SeedStage(folder, workspace, clock) as stage:
            await _all_deeds(stage, stories, now, say)
        _keep(workspace, folder)
    except ValidationError:
        raise SeedProblem("a setting in the environment cannot be used; `maturity-bot run` names it") from None
    except (Unplayable, ActRefused, NotAcknowledged, TimeoutError) as problem:
        raise SeedProblem(f"the example teams cannot be filled in ({problem}); start without --seed") from problem
    finally:
        await workspace.stop()


def _keep(workspace: Workspace, folder: Path) -> None:
    """Write the workspace down once, at the end: it grows to megabytes, and would else be written at every change."""
    files = FileStore(folder)
    for key in workspace.state.files:
        files.keep(key, workspace.file_content(key))
    kept = StateFile(folder)
    kept.keep(workspace.state)
    kept.save()


async def _all_deeds(
    stage: SeedStage, stories: tuple[Story, ...], now: dt.datetime, say: Callable[[str], None]
) -> None:
    """Play the deeds of all teams in the order of their days, for the workspace has one clock."""
    teams = [Team(stage, story) for story in stories]
    deeds = [(deed.moment(now.date()), number, deed) for number, team in enumerate(teams) for deed in team.story.deeds]
    for place, (moment, number, deed) in enumerate(deeds := sorted(deeds, key=lambda each: each[0])):
        await stage.wait_until(moment)
        await teams[number].play(deed)
        if all(other != number for _, other, _ in deeds[place + 1 :]):
            say(f"  {await _summary(stage, teams[number].story)}")
    await stage.wait_until(now)


async def _summary(stage: SeedStage, story: Story) -> str:
    """One line about a team: how often it was assessed, and where it stands."""
    channel, key = stage.workspace.channel_id(story.channel), subject_key(story.channel)
    team = stage.house.router.me.team
    found = await stage.house.store.read(lambda reading: standings.of_subject(reading.sql, team, channel, key))
    levels = f"level {found[-1].overall} to {found[0].overall}, target {found[0].target}"
    return f"#{story.channel}: {len(found)} results, {levels}"
