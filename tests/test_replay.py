"""A written conversation is played in the terminal without Slack, and what would differ is shown."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.replay_steps import TranscriptProblem, read_steps
from test_cli import Outcome, environment, maturity_bot

CONVERSATIONS = Path(__file__).parent / "conversations"
BEGIN = "- Ana commands: /maturity start fraud model\n- Ana clicks: Skip the facts\n"


def replay(file: Path) -> Outcome:
    result = CliRunner(env={"KNOWLEDGE_PATH": ""}).invoke(main, ["replay", str(file)])
    return Outcome(result.exit_code, result.stdout, result.stderr)


def written(folder: Path, text: str) -> Path:
    file = folder / "talk.yml"
    file.write_text(text, encoding="utf-8")
    return file


async def test_a_conversation_is_shown_as_people_see_it(tmp_path: Path) -> None:
    file = CONVERSATIONS / "alone-by-clicks.yml"
    outcome = await maturity_bot("replay", str(file), env=environment(), cwd=tmp_path)

    assert outcome.code == 0, outcome.err
    lines = outcome.out.splitlines()
    assert lines[1] == "Ana types /maturity start fraud model"
    assert "    maturity in the channel: MLOps maturity of fraud model" in lines
    assert "        [Fill in the facts] [One at a time] [Skip the facts]" in lines
    assert "    a form opens for Ana: Facts about the team" in lines
    assert "Ana sends the form: stage In production, use_cases 3" in lines
    assert "    maturity (edited): 1. All code under version control · yes · Ana" in lines
    assert any(line.startswith("    maturity to Ana alone: Overall level 0, because") for line in lines)
    assert lines[-1] == f"{file}: 21 steps; all 14 looks are as written"
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - pathlib's own way is one that blocks, to ruff


def test_what_differs_is_shown_with_what_was_expected_and_the_rest_is_played(tmp_path: Path) -> None:
    looks = "- last is: Is the moon made of cheese?\n- phase: finished\n- recorded: {}\n"
    outcome = replay(written(tmp_path, f'{BEGIN}{looks}- Ana clicks: "Yes"\n- silence:\n- nobody sees: version\n'))

    assert outcome.code == 1
    assert "DIFFERS in step 3, last is\n    expected: Is the moon made of cheese?\n    actual:   " in outcome.out
    assert "DIFFERS in step 4, phase\n    expected: finished\n    actual:   asking\n" in outcome.out
    assert "DIFFERS in step 5" not in outcome.out
    assert "DIFFERS in step 7, silence\n    expected: nothing new\n" in outcome.out
    assert "DIFFERS in step 8, nobody sees\n    expected: nothing with: version\n" in outcome.out
    assert outcome.out.endswith("8 steps; 4 of 5 looks differ\n")


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("Ana clicks: Maybe", "Ana sees no button [Maybe]; the last message has [Yes], [Partly], [No]"),
        ("Ana submits: {stage: In production}", "Ana has no form open"),
        ("Ana closes: the form", "Ana has no form open"),
    ],
)
def test_what_nobody_could_do_ends_it_and_says_what_is_there(tmp_path: Path, step: str, told: str) -> None:
    outcome = replay(written(tmp_path, f"{BEGIN}- {step}\n- silence:\n"))

    assert outcome.code == 1
    assert f"cannot go on in step 3: {step.partition(':')[0]}" in outcome.out
    assert told in outcome.out.splitlines()[-1]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ("{colour: red}", "the form has no field 'colour'; it has stage, use_cases"),
        ("{stage: On the moon}", "'On the moon' is not among"),
    ],
)
def test_a_form_takes_only_what_it_has(tmp_path: Path, values: str, told: str) -> None:
    steps = "- Ana commands: /maturity start\n- Ana clicks: Fill in the facts\n"

    assert told in replay(written(tmp_path, f"{steps}- Ana submits: {values}\n")).out.splitlines()[-1]


def test_a_form_that_is_refused_stays_open_and_says_why(tmp_path: Path) -> None:
    steps = "- Ana commands: /maturity start\n- Ana clicks: Fill in the facts\n"
    again = '- Ana submits: {use_cases: many}\n- Ana submits: {use_cases: "3"}\n- all see: "Use cases live: 3"\n'

    outcome = replay(written(tmp_path, steps + again))

    assert outcome.code == 0
    assert "the form of Ana is not taken: use_cases: " in outcome.out


def test_time_passes_and_what_is_due_comes() -> None:
    outcome = replay(CONVERSATIONS / "reminder.yml")

    assert outcome.code == 0
    assert "... 91 days pass ..." in outcome.out
    assert "Time to look at fraud-detection again." in outcome.out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is no list of steps"),
        ("Ana: hello", "is no list of steps"),
        ("- a: [", "is no YAML"),
        ("- hello", "step 1: is no step"),
        ("- Ana whispers: hello", "step 1: 'Ana whispers' is not known; people (commands, says,"),
        ("- Ana says: yes", "step 1: says takes a text; write True in quotes"),
        ("- Ana says: 3", "step 1: says takes a text; write 3 in quotes"),
        ("- recorded: {M1-C-2: yes}", "step 1: recorded takes fields and texts"),
        ("- Ana submits: Yes please", "step 1: submits takes fields and texts"),
        ("- time passes: a while", "step 1: 'a while' is no time; write hours, days or weeks"),
        ("- last is: a\n  nto: true", "step 1: 'nto' says nothing here"),
    ],
)
def test_a_file_that_is_no_conversation_is_refused_with_the_way_out(tmp_path: Path, text: str, told: str) -> None:
    file = written(tmp_path, text)

    outcome = replay(file)

    assert outcome.code == 1
    assert outcome.out == ""
    assert outcome.err.startswith(f"{file}: {told}")
    assert len(outcome.err.splitlines()) == 1


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(TranscriptProblem) as refused:
        read_steps(written(tmp_path, "- Ana says: 3\n- silence:\n- Ana dances: alone\n"))

    assert [problem.split(": ")[1] for problem in refused.value.problems] == ["step 1", "step 3"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    outcome = replay(tmp_path / "nowhere.yml")

    assert outcome.code == 1
    assert outcome.err.endswith("nowhere.yml: cannot be read (No such file or directory); name a conversation file\n")


async def test_a_replay_loads_nothing_that_talks_to_slack() -> None:
    code = (
        "import sys, bot.replay;"
        "print([name for name in ('slack_bolt', 'aiohttp', 'storage', 'bot.sandbox') if name in sys.modules])"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=PIPE)
    out, _ = await process.communicate()

    assert out.decode().strip() == "[]"
