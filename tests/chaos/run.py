"""`make chaos`: kill the bot everywhere, often, through whole assessments of two teams at once, and count what is lost.

First a run that nothing disturbs, on a quiet network. Then the bot is killed at every place, for the first and for
later times that it is reached, and then, for `--seconds`, at random moments. Every event comes one to four times, old
ones come again late, and what the two teams do arrives in any order. It ends with one table; anything lost or doubled
is an error.
"""
# ruff: noqa: E402, T201 - a script: it finds its folder before importing, and prints

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from chaos.outcome import NOTHING, Outcome
from chaos.scene import PEOPLE, Plan, Result, played
from storage.failpoints import POINTS

TIMES = (1, 3, 8, 20)
DUE_TIMES = (1, 2)  # two teams, two reminders
KILLS_A_RUN = 6
SIDE_BY_SIDE = 5  # runs mostly wait, as Slack lets a bot post once a second and channel
CHANNELS = tuple(PEOPLE)


def main() -> None:
    """Play everything and print the table; leave with 1 where something was lost or doubled."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=120.0, help="how long to kill at random moments")
    arguments.add_argument("--seed", type=int, default=1, help="begin with this seed")
    arguments.add_argument("--times", type=int, nargs="*", default=TIMES, help="which time of each place to kill at")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clean, results = asyncio.run(everything(Path(folder), given.seconds, given.seed, given.times))
    sys.exit(report(clean, results))


async def everything(
    folder: Path, seconds: float, seed: int, times: Sequence[int]
) -> tuple[Outcome, dict[str, list[Result]]]:
    """The undisturbed run, and the others by what disturbed them."""
    (clean,) = await played(folder / "clean", [Plan(channels=CHANNELS)], 1)
    if clean.problems:
        sys.exit("\n".join(("the undisturbed run did not end well:", *clean.problems)))
    print(f"undisturbed: {clean.outcome.size} messages", flush=True)
    everywhere = await at_every_place(folder, seed, times)
    print(f"at every place: {len(everywhere)} runs", flush=True)
    anywhen = await at_random_moments(folder, seed + len(everywhere), seconds)
    return clean.outcome, {"at every place": everywhere, "at random moments": anywhen}


async def at_every_place(folder: Path, seed: int, times: Sequence[int]) -> list[Result]:
    """Kill at each place at each of its times; a run that ended before an order leaves it to a later run."""
    due = [point for point in POINTS if point.startswith("due-")]
    orders = [f"{point}:{time}" for time in times for point in POINTS if point not in due]
    late = [f"{point}:{time}" for time in DUE_TIMES for point in due]
    results: list[Result] = []
    while (orders or late) and len(results) < 10 * len(POINTS):
        runs = max(1, min(SIDE_BY_SIDE, (len(orders) + KILLS_A_RUN - 1) // KILLS_A_RUN))
        plans = [
            Plan(
                seed + len(results) + number,
                CHANNELS,
                orders=(*orders[number::runs][:KILLS_A_RUN], *late[number::runs][:1]),
            )
            for number in range(runs)
        ]
        results += await played(folder / f"round {len(results)}", plans, SIDE_BY_SIDE)
        killed = {order for result in results for order in result.killed}
        orders, late = ([each for each in left if each not in killed] for left in (orders, late))
    return results


async def at_random_moments(folder: Path, seed: int, seconds: float) -> list[Result]:
    """Kill at random moments until the time is over; runs that have begun are played to their end."""
    results: list[Result] = []
    began = time.monotonic()

    async def one_after_the_other(number: int) -> None:
        while time.monotonic() - began < seconds:
            number += SIDE_BY_SIDE
            plan = Plan(seed + number, CHANNELS, kills=KILLS_A_RUN)
            results.extend(await played(folder / f"random {number}", [plan], 1))

    await asyncio.gather(*(one_after_the_other(number) for number in range(SIDE_BY_SIDE if seconds else 0)))
    return results


def report(clean: Outcome, results: dict[str, list[Result]]) -> int:
    """Print what was found and the table; 1 where something was lost, doubled, moved, or went wrong."""
    bad = 0
    every = [result for some in results.values() for result in some]
    for result in every:
        loss = result.outcome.against(clean)
        if loss != NOTHING or result.problems:
            bad = 1
            print(f"\nseed {result.plan.seed}, killed at {result.killed}: {loss}")
            print("\n".join((*result.outcome.differences(clean), *result.problems, *result.did)))
    print(
        "\n| killed | places | kills | starts | events delivered | of them repeated | messages compared | sequences "
        "| lost | doubled | out of order |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name, some in (*results.items(), ("together", every)):
        print(f"| {' | '.join((name, *figures(some, clean)))} |")
    return bad


def figures(results: Sequence[Result], clean: Outcome) -> list[str]:
    """A row of the table. A sequence is one order of what happens, drawn from a seed."""
    losses = [result.outcome.against(clean) for result in results]
    places = {order.partition(":")[0] for result in results for order in result.killed if ":" in order}
    counts = (
        len(places),
        sum(len(result.killed) for result in results),
        sum(result.starts for result in results),
        sum(result.delivered for result in results),
        sum(result.repeated for result in results),
        sum(result.outcome.size for result in results),
        len(results),
        *(sum(column) for column in zip(*losses, strict=True)),
    )
    return [f"{count:,}" for count in counts] if losses else ["0"] * 10


if __name__ == "__main__":
    main()
