"""`make bench`: every benchmark, one after the other, each in a process of its own, and one table of all rows.

`--only 5 6` runs the rows of these numbers, `--rounds 3` shortens them. A benchmark that fails is told in the table.
"""
# ruff: noqa: T201 - a script: it prints

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FOLDER = Path(__file__).parent
sys.path[:0] = [str(FOLDER.parent), str(FOLDER.parents[1])]

from benchmarks.measuring import ROUNDS, ROWS_FILE, Row, table  # noqa: E402 - a script: it finds its folder first

SUBJECTS = {
    "1": "bench_routing", "2": "bench_commit_alone", "3": "bench_commit_at_once", "4": "bench_flushes",
    "5": "bench_turn", "6": "bench_turns_a_second", "7": "bench_burst", "8": "bench_slow_disk",
    "9": "bench_web_api_call", "10": "bench_reminders", "11": "bench_ask", "12": "bench_start", "13": "bench_memory",
    "14": "bench_chart", "15": "bench_blocks", "16": "bench_quick", "growth": "bench_growth", "load": "load",
}  # fmt: skip


def main() -> None:
    """Run what is wanted and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=list(SUBJECTS), choices=list(SUBJECTS), help="these rows alone")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how many rounds of each (default {ROUNDS})")
    wanted = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        gathered = Path(name) / "rows"
        rows = [row for number in wanted.only for row in rows_of(number, wanted.rounds, gathered)]
    print(f"\n{machine()}; {wanted.rounds} rounds; {(time.perf_counter() - began) / 60:.0f} minutes\n")
    print("\n".join(table(rows)))
    missed = sum(row.reached is False for row in rows)
    print(f"\n{missed} not reached" if missed else "\neverything reached")


def rows_of(number: str, rounds: int, gathered: Path) -> list[Row]:
    """Run one benchmark and read its rows; its own failure is a row."""
    gathered.write_text("", encoding="utf-8")
    print(f"== {SUBJECTS[number]}", flush=True)
    command = [sys.executable, str(FOLDER / f"{SUBJECTS[number]}.py"), "--rounds", str(rounds)]
    environment = {**os.environ, ROWS_FILE: str(gathered)}
    code = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - our own scripts
    rows = [Row(**json.loads(line)) for line in gathered.read_text(encoding="utf-8").splitlines()]
    return rows if code == 0 else [*rows, Row(number, SUBJECTS[number], f"failed with code {code}", reached=False)]


def machine() -> str:
    """Where this was measured."""
    model = platform.processor() or platform.machine()
    if (told := Path("/proc/cpuinfo")).exists():
        lines = told.read_text(encoding="utf-8").splitlines()
        model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), model)
    return (
        f"{os.cpu_count()} cores of {model}, {platform.system()} {platform.release()}, Python"
        f" {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


if __name__ == "__main__":
    main()
