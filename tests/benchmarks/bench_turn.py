"""Row 5: a whole turn, from a click to the next question, fifty people at once; processor time against bare Bolt.

A click comes over Socket Mode, the answer is committed, acknowledged, the next question posted and the answered one
folded: two messages. Where fifty people answer at once, Slack's limits hold the folding back (fifty edits a minute in a
workspace); the second row measures that. Bare Bolt gets the same clicks over Socket Mode and only acknowledges them.
Each bot is a process of its own, Slack another one.

Socket Mode carries no signatures, so neither side checks any; that makes the comparison harder for ours.
"""
# ruff: noqa: E402 - a script: it finds its folder before importing

import asyncio
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from benchmarks.bot_process import BotProcess, bot_process
from benchmarks.crowd import Crowd
from benchmarks.loopback_slack import LoopbackSlack, Payload, loopback_slack
from benchmarks.measuring import compared, rounds_wanted, tell

PEOPLE, TURNS = 50, 4  # of a round
WARMING_UP = 2
GOAL = 5.0


async def measure(rounds: int) -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as name:
        async with (
            loopback_slack() as slack,
            loopback_slack() as held_slack,
            loopback_slack() as other,
            bot_process("ours", slack.api_url, Path(name) / "ours.db") as ours,
            bot_process("ours", held_slack.api_url, Path(name) / "held.db", speed="edits-held") as held,
            bot_process("bare", other.api_url, Path(name) / "bare.db") as bare,
        ):
            crowd, held_crowd = Crowd(slack, PEOPLE), Crowd(held_slack, PEOPLE)
            for each in (crowd, held_crowd):
                await each.begins()
                await each.settles()
            clicks = [crowd.click_of(channel) for channel in crowd.channels]
            for each in (crowd, held_crowd):
                await each.answers(WARMING_UP)
            await acknowledgements(bare, other, clicks)
            taken = [
                (
                    await cpu_of_turns(ours, crowd, TURNS),
                    await cpu_of_turns(held, held_crowd, TURNS),
                    await acknowledgements(bare, other, clicks),
                )
                for _ in range(rounds)
            ]
    turn = f"a turn, {PEOPLE} people at once, CPU"
    whole, posted = ([(each[at], each[2]) for each in taken] for at in (0, 1))
    tell(
        [
            compared("5", f"{turn}: with its two messages", whole, "us", GOAL),
            compared("5", f"{turn}: the edit held back", posted, "us", GOAL),
        ]
    )


async def cpu_of_turns(bot: BotProcess, crowd: Crowd, turns: int) -> float:
    """Processor time of one turn of everybody, in microseconds, until its last message is out."""
    await crowd.settles()
    began = await bot.cpu()
    await crowd.answers(turns)
    await crowd.settles()
    return (await bot.cpu() - began) / (len(crowd.channels) * turns) * 1e6


async def acknowledgements(bot: BotProcess, slack: LoopbackSlack, clicks: list[Payload]) -> float:
    """Processor time of one acknowledged click, in microseconds."""
    began = await bot.cpu()
    for _ in range(TURNS):
        await asyncio.gather(*(slack.happens("interactive", click) for click in clicks))
    return (await bot.cpu() - began) / (PEOPLE * TURNS) * 1e6


if __name__ == "__main__":
    asyncio.run(measure(rounds_wanted(__doc__)))
