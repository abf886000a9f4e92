"""Rounds, medians and spreads: how every benchmark compares two sides of one run, and how it tells the outcome.

Both sides are measured in turns, so that whatever else the machine does falls on both. The ratio of a row is the
median of the rounds' ratios; beside it stand the least and the greatest of them.
"""
# ruff: noqa: T201 - benchmarks print

import argparse
import json
import os
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROUNDS = 5
ROWS_FILE = "BENCH_ROWS"  # names the file in which `run.py` gathers the rows of all benchmarks
HEADS = ("#", "subject", "ours", "reference", "ratio", "of the rounds", "goal", "")


@dataclass(frozen=True)
class Row:
    """One line of the table. `reached` is None where there is no goal, or nothing to compare yet."""

    number: str
    subject: str
    ours: str
    reference: str = ""
    ratio: str = ""
    spread: str = ""
    goal: str = ""
    reached: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """The line as it is shown."""
        verdict = {True: "reached", False: "NOT REACHED", None: ""}[self.reached]
        return (self.number, self.subject, self.ours, self.reference, self.ratio, self.spread, self.goal, verdict)


Pair = tuple[float, float]


def rounds_wanted(description: str | None) -> int:
    """Read `--rounds N` from the command line; five unless told."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how many rounds (default {ROUNDS})")
    rounds: int = parser.parse_args().rounds
    return max(1, rounds)


def in_turns(ours: Callable[[], float], other: Callable[[], float], rounds: int) -> list[Pair]:
    """Measure both sides once to warm up, then in turns; each call gives one figure."""
    ours(), other()
    return [(ours(), other()) for _ in range(rounds)]


def compared(
    number: str, subject: str, pairs: Sequence[Pair], unit: str, goal: float | None, *, at_least: bool = False
) -> Row:
    """A row that compares two sides; `goal` is the greatest ratio wanted, or with `at_least` the smallest."""
    ratios = sorted(one / two for one, two in pairs)
    ratio = statistics.median(ratios)
    one, two = (statistics.median(each) for each in zip(*pairs, strict=True))
    reached = None if goal is None else (ratio >= goal if at_least else ratio <= goal)
    told = "" if goal is None else f"{'>=' if at_least else '<='} {goal:g}x"
    spread = f"{in_figures(ratios[0])} to {in_figures(ratios[-1])}"
    sides = (f"{in_figures(one)} {unit}", f"{in_figures(two)} {unit}")
    return Row(number, subject, *sides, f"{in_figures(ratio)}x", spread, told, reached)


def measured(number: str, subject: str, figures: Sequence[float], unit: str, goal: float | None = None) -> Row:
    """A row with an absolute goal, the greatest figure wanted: the rounds' median against it."""
    middle = statistics.median(figures)
    spread = f"{in_figures(min(figures))} to {in_figures(max(figures))}" if len(figures) > 1 else ""
    told = "" if goal is None else f"<= {goal:g} {unit}".rstrip()
    reached = None if goal is None else middle <= goal
    return Row(number, subject, f"{in_figures(middle)} {unit}".rstrip(), spread=spread, goal=told, reached=reached)


def in_figures(number: float) -> str:
    """A number with three figures that matter: 1,234; 12.3; 0.00123."""
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}"


def quantile(figures: Sequence[float], share: float) -> float:
    """The figure below which this share of all figures lies; 0 where there are none."""
    ranked = sorted(figures)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share))] if ranked else 0.0


def tell(rows: Sequence[Row]) -> None:
    """Print the rows as a table, and hand them on to `run.py` where that has called."""
    print("\n".join(table(rows)))
    if gathered := os.environ.get(ROWS_FILE):
        with Path(gathered).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(row)) + "\n" for row in rows)


def table(rows: Sequence[Row]) -> list[str]:
    """The rows as lines of a Markdown table whose columns stand below each other."""
    lines = [HEADS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    drawn = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    return [drawn[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *drawn[1:]]


def not_there(number: str, subject: str, why: str) -> None:
    """Tell that there is nothing to measure yet, and end."""
    tell([Row(number, subject, f"not there yet: {why}")])
    sys.exit(0)
