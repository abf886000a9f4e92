"""A clock for rehearsals: a file sets it ahead, whoever has the file follows at once, and without it time is real."""

import asyncio
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.rehearsal import ClockProblem, RehearsalClock, seconds_ahead
from stage import Stage

REAL = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.UTC)
Run = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "clock"


@pytest.fixture
def run(file: Path, tmp_path: Path) -> Run:
    """Call the program with a clock file and a database of its own."""
    env = {"CLOCK_FILE": str(file), "DATABASE_URL": f"sqlite:///{tmp_path / 'maturity.db'}"}
    return lambda *arguments, **more: CliRunner(env={**env, **more}).invoke(main, arguments)


def test_without_a_file_the_time_is_real(file: Path) -> None:
    assert RehearsalClock(file).ahead == 0


def test_whoever_has_the_file_follows_at_once(file: Path) -> None:
    page, bot = RehearsalClock(file), RehearsalClock(file)
    assert bot.ahead == 0

    page.forward(86_400)
    page.forward(86_400)

    assert bot.ahead == 172_800
    assert bot() - dt.datetime.now(dt.UTC) > dt.timedelta(hours=47)


@pytest.mark.parametrize("content", ["", "soon", "-5", "1e99", "nan", "1\n2"])
def test_a_file_that_holds_no_sensible_number_leaves_the_time_real(file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_text(content, encoding="ascii")

    assert RehearsalClock(file).ahead == 0


@pytest.mark.parametrize(
    ("move", "ahead"),
    [
        ("+3d", 3 * 86_400 + 60),
        ("+2w", 14 * 86_400 + 60),
        ("+5h", 5 * 3_600 + 60),
        ("2026-11-27 10:00", 86_400),
        ("2026-11-27T09:00+00:00", 86_400),
        ("now", 0),
    ],
)
def test_a_move_is_read_in_the_zone_that_is_set(move: str, ahead: float) -> None:
    assert seconds_ahead(move, REAL, 60, "Europe/Berlin") == ahead


@pytest.mark.parametrize("move", ["", "3d", "+3 months", "tomorrow", "+d", "2026-13-01"])
def test_another_move_is_refused_with_one_that_works(move: str) -> None:
    with pytest.raises(ClockProblem, match=r"try \+3d"):
        seconds_ahead(move, REAL, 0, "UTC")


def test_the_command_shows_moves_and_resets_it(run: Run, file: Path) -> None:
    assert "0:00:00 ahead of the real time" in run("clock").output
    assert "90 days, 0:00:00 ahead" in run("clock", "+90d").output
    assert RehearsalClock(file).ahead == 90 * 86_400
    assert "0:00:00 ahead of the real time" in run("clock", "now").output


def test_the_clock_never_goes_back_behind_the_real_time(run: Run) -> None:
    refused = run("clock", "2001-01-01")

    assert refused.exit_code == 1
    assert "the clock moves ahead only" in refused.stderr


def test_without_the_setting_the_command_says_so(run: Run) -> None:
    refused = run("clock", "+1d", CLOCK_FILE="")

    assert refused.exit_code == 2
    assert "CLOCK_FILE is not set" in refused.stderr


async def set_some(folder: Path) -> None:
    async with Stage(folder) as stage:
        await stage.person("Ana").commands("/maturity remind every 3 months")
        await stage.person("Chen").commands("/maturity remind on 2027-02-01", "demand-forecast")
        await stage.person("Dora").commands("/maturity remind every 6 months", "churn-model")
        await stage.person("Dora").commands("/maturity remind off", "churn-model")
        await stage.settled()


def test_the_operator_sees_what_is_due_when_and_in_whose_time(tmp_path: Path) -> None:
    asyncio.run(set_some(tmp_path))
    runner = CliRunner(env={"DATABASE_URL": f"sqlite:///{tmp_path / 'maturity.db'}", "CLOCK_FILE": ""})

    lines = runner.invoke(main, ["reminders"]).output.splitlines()
    rows = json.loads(runner.invoke(main, ["reminders", "--json"]).output)

    assert lines == [
        "Mon 2027-02-01 10:00 Asia/Singapore, holidays of SG  demand-forecast in #demand-forecast, once, set by Chen",
        (
            "Tue 2027-02-23 10:00 Europe/Berlin, holidays of DE  fraud-detection in #fraud-detection, every 3 months,"
            " set by Ana"
        ),
        "rests                   churn-model in #churn-model, every 6 months: switched off",
    ]
    assert [row["due"] for row in rows] == ["2027-02-01T10:00+08:00", "2027-02-23T10:00+01:00", None]


def test_a_list_without_reminders_says_how_one_is_set(run: Run) -> None:
    assert "remind every 3 months" in run("reminders").output
