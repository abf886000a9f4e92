"""`make load`: two hundred assessments in two hundred channels at once, against the strict local workspace.

Everybody answers as soon as the next question is there. Four runs: without and with 100 ms for every call of the Web
API, and with Slack's rate limits off and on. With the limits off the bot keeps to no pace, so that it is the bot that
is measured; with the limits on it keeps to its own pace, which is what users meet: a message a second and channel, and
edits of answered questions that lag behind, since Slack takes fifty a minute in a whole workspace.

The workspace and the people live in this process, the bot in another one, over Socket Mode. An acknowledgement is lost
after three seconds. `--turns N` makes it longer; the memory is looked at after every tenth of a run.
"""
# ruff: noqa: E402, T201 - a script: it finds its folder before importing, and prints

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from benchmarks.bot_process import BotProcess, bot_process
from benchmarks.crowd import Answered
from benchmarks.many_channels import ManyChannels
from benchmarks.measuring import ROUNDS, Row, quantile, tell

CHANNELS, TURNS, PARTS = 200, 10, 10
LATENCY = 0.1  # seconds


class Conditions(NamedTuple):
    """How long a call of the Web API takes, in seconds, and whether Slack's limits hold."""

    latency: float
    limits: bool

    def __str__(self) -> str:
        """In words."""
        return f"{1000 * self.latency:.0f} ms a call, limits {'on' if self.limits else 'off'}"


RUNS = [Conditions(latency, limits) for limits in (False, True) for latency in (0.0, LATENCY)]


class Outcome(NamedTuple):
    """What came of a run: seconds, and MB."""

    turns: list[Answered]
    took: float
    lost: int
    stalls: list[float]
    memory: list[float]
    owed: int
    throttled: int


async def played(conditions: Conditions, channels: int, turns: int, folder: Path) -> Outcome:
    """One run: begin everything in fair weather, then let everybody answer."""
    async with ManyChannels(channels) as crowd:
        database = folder / f"{int(1000 * conditions.latency)}-{conditions.limits}.db"
        speed = "paced" if conditions.limits else "unpaced"
        async with bot_process("ours", crowd.api_url, database, speed=speed) as bot:
            await crowd.begins()
            crowd.weather(conditions.latency, limits=conditions.limits)
            await bot.watch()
            began = time.perf_counter()
            done, memory = await in_parts(bot, crowd, turns)
            took = time.perf_counter() - began
            stalls = await bot.stalls()
            owed = (await bot.counts())["owed"]
            return Outcome(done, took, crowd.lost, stalls, memory, owed, crowd.throttled)


async def in_parts(bot: BotProcess, crowd: ManyChannels, turns: int) -> tuple[list[Answered], list[float]]:
    """Let everybody answer, and look at the bot's memory now and then."""
    memory = [await bot.memory()]
    running = asyncio.create_task(crowd.answers(turns))
    wanted = turns * len(crowd.channels)
    for part in range(1, PARTS):
        while not running.done() and crowd.done < wanted * part / PARTS:  # noqa: ASYNC110 - nothing rings
            await asyncio.sleep(0.05)
        memory.append(await bot.memory())
    done = await running
    return done, [*memory, await bot.memory()]


def row_of(conditions: Conditions, outcome: Outcome) -> list[Row]:
    """The outcome as rows."""
    asked, acknowledged = ([each[at] for each in outcome.turns] for at in (1, 0))

    def both(figures: Sequence[float]) -> str:
        return f"{quantile(figures, 0.5):.2f} / {quantile(figures, 0.99):.2f} s"

    def row(subject: str, told: str, goal: str = "", *, reached: bool | None = None) -> Row:
        return Row("L", f"{conditions}: {subject}", told, goal=goal, reached=reached)

    memory = " ".join(f"{each:.0f}" for each in outcome.memory)
    return [
        row("turns a second", f"{len(asked) / outcome.took:.0f}"),
        row("click to next question, p50 / p99", both(asked)),
        row("click to acknowledgement, p50 / p99", both(acknowledged)),
        row("acknowledgements lost", str(outcome.lost), "0", reached=outcome.lost == 0),
        row(
            "stall of the loop, p99 / longest",
            f"{1000 * quantile(outcome.stalls, 0.99):.0f} / {1000 * max(outcome.stalls):.0f} ms",
        ),
        row("memory by tenths of the run, MB", memory),
        row("edits still owed at the end; calls refused with 429", f"{outcome.owed}; {outcome.throttled}"),
    ]


def main() -> None:
    """Play all four and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--channels", type=int, default=CHANNELS, help=f"how many assessments (default {CHANNELS})")
    parser.add_argument("--turns", type=int, default=TURNS, help=f"turns of each (default {TURNS})")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="taken as the others take it; each run is one")
    wanted = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for conditions in RUNS:
            print(f"{wanted.channels} assessments, {wanted.turns} turns each, {conditions} ...", flush=True)
            rows += row_of(conditions, asyncio.run(played(conditions, wanted.channels, wanted.turns, Path(folder))))
    tell(rows)


if __name__ == "__main__":
    main()
