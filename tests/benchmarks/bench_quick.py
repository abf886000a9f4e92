"""Row 16: how long judging takes; and how many questions quick needs, by how regular teams are.

Run it from the project's root: `python tests/benchmarks/bench_quick.py`. It prints two tables and asserts nothing.
The goals: a score within a millisecond, quick's next question within two; overall settled after at most 18 questions
on average at 5 % noise, everything after at most 33 of 66.
"""

# ruff: noqa: E402, S311, T201 - a script: it finds its folder before importing, draws at random, and prints

import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from benchmarks.measuring import measured, rounds_wanted, tell
from dialogs.answers import Answers, Choice, FactValue
from dialogs.choosing import about_left, next_practice
from dialogs.judgement import judge
from dialogs.scoring import score
from dialogs.verdict import verdicts
from teams import ASKED, LIBRARY, full_facts, simulated

TEAMS = 400
TOP = 4.2  # maturities are uniform from 0 to here
SEED = 20261102


def main(rounds: int) -> None:
    """Print both tables."""
    print(f"{TEAMS} simulated teams, maturity 0 to {TOP}, seed {SEED}; {len(ASKED)} practices")
    print(f"{'noise':>6}{'overall: mean':>15}{'p90':>5}{'everything: mean':>18}{'p90':>5}{'estimate: bias, error':>23}")
    for noise in (0.0, 0.05, 0.10, 0.20):
        chance = random.Random(SEED)
        played = [_play(chance.uniform(0, TOP), noise, chance) for _ in range(TEAMS)]
        overall, everything, wrong = zip(*played, strict=True)
        off = [each for team in wrong for each in team]
        bias, error = statistics.mean(off), statistics.mean(map(abs, off))
        print(
            f"{noise:>6.0%}{statistics.mean(overall):>15.1f}{_p90(overall):>5}"
            f"{statistics.mean(everything):>18.1f}{_p90(everything):>5}{bias:>+16.1f}{error:>7.1f}"
        )
    print()
    tell([measured("16", name, figures, "ms", goal) for name, goal, figures in _timings(rounds)])


def _play(maturity: float, noise: float, chance: random.Random) -> tuple[int, int, list[int]]:
    """Walk one team through quick: questions until overall is settled, until all is; errors of estimates."""
    team, facts = simulated(maturity, noise, chance), _facts(chance)
    given: dict[str, Choice] = {}
    overall, wrong = 0, list[int]()
    for beyond in (False, True):
        estimates = list[int]()
        while True:
            name = next_practice(LIBRARY, given, facts, mode="quick", beyond_overall=beyond, skipped=())
            if name is None:
                break
            estimates.append(about_left(LIBRARY, given, facts, mode="quick", beyond_overall=beyond))
            given[name] = team[name]
        wrong += [guess - (len(estimates) - place) for place, guess in enumerate(estimates)]
        overall = overall or len(given)
    return overall, len(given), wrong


def _facts(chance: random.Random) -> dict[str, FactValue]:
    """Half of the teams have a need for level 4 (or may have one soon), so the questions about readiness come in."""
    return full_facts(use_cases=chance.choice((2, 5)), adaptive=chance.random() < 0.5)


def _p90(numbers: tuple[int, ...]) -> int:
    return sorted(numbers)[int(len(numbers) * 0.9)]


def _timings(rounds: int) -> list[tuple[str, float | None, list[float]]]:
    """What is timed, its goal in milliseconds, and the rounds' figures."""
    team: Answers = simulated(2.5, 0.05, random.Random(SEED))
    half = {name: team[name] for name in ASKED[::2]}
    facts = full_facts(use_cases=5)

    def following(*, beyond: bool) -> Callable[[], object]:
        return lambda: next_practice(LIBRARY, half, facts, mode="quick", beyond_overall=beyond, skipped=())

    def timed(work: Callable[[], object], times: int = 200) -> list[float]:
        _milliseconds(work, times)
        return [_milliseconds(work, times) for _ in range(rounds)]

    left = timed(lambda: about_left(LIBRARY, half, facts, mode="quick", beyond_overall=True))
    return [
        ("score of one full answer set", 1.0, timed(lambda: score(LIBRARY, team))),
        ("score and target", None, timed(lambda: judge(LIBRARY, team, facts))),
        ("quick's next question, overall", 2.0, timed(following(beyond=False))),
        ("quick's next question, everything", 2.0, timed(following(beyond=True))),
        ("about how many are left", None, left),
        ("verdicts with flips, all levels", None, timed(lambda: verdicts(LIBRARY, team, facts), 10)),
    ]


def _milliseconds(work: Callable[[], object], times: int) -> float:
    """How long it takes once."""
    began = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - began) / times * 1000


if __name__ == "__main__":
    main(rounds_wanted(__doc__))
