"""The command line: one clear line on standard error for what is wrong, and an exit code that tells."""

import asyncio
import json
import os
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.manifest import manifest_path
from bot.sandbox.workspace import Workspace

OURS = ("DATABASE_URL", "KNOWLEDGE_PATH", "LOG_LEVEL", "CLOCK_FILE", "TIME_ZONE", "REMIND_AT")


class Outcome(NamedTuple):
    code: int | None
    out: str
    err: str


def environment(**values: str) -> dict[str, str]:
    """The environment without anything that concerns us, and with these values."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SLACK_") and name not in OURS and "proxy" not in name.lower()
    }
    return kept | values


def connected_to(workspace: Workspace, folder: Path, **values: str) -> dict[str, str]:
    settings = {
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_API_URL": workspace.api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
    }
    return environment(**(settings | values))


async def maturity_bot(*arguments: str, env: Mapping[str, str], cwd: Path) -> Outcome:
    """Run the program as a process of its own until it ends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, env=env, cwd=cwd, stdout=PIPE, stderr=PIPE
    )
    out, err = await process.communicate()
    return Outcome(process.returncode, out.decode(), err.decode())


def call(*arguments: str, typed: str | None = None) -> Outcome:
    result = CliRunner().invoke(main, arguments, input=typed)
    return Outcome(result.exit_code, result.stdout, result.stderr)


@pytest.mark.parametrize("command", ["", "run", "demo", "check", "score", "ask", "questions", "doctor"])
def test_every_command_explains_itself(command: str) -> None:
    outcome = call(*command.split(), "--help")

    assert outcome.code == 0
    assert outcome.out.startswith("Usage: ")


def test_the_version_is_told() -> None:
    assert call("--version").out.startswith("maturity-bot, version 0.1.")


def test_an_unknown_command_is_refused() -> None:
    outcome = call("asses")

    assert outcome.code == 2
    assert "No such command 'asses'" in outcome.err


async def test_run_refuses_to_start_and_lists_every_problem(tmp_path: Path) -> None:
    wrong = {"SLACK_BOT_TOKEN": "nonsense-made-up", "SLACK_API_URL": "http://slack.example/", "LOG_LEVEL": "loud"}

    outcome = await maturity_bot("run", env=environment(**wrong), cwd=tmp_path)

    assert outcome.code == 2
    assert [line.split()[0] for line in outcome.err.splitlines()] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_API_URL",
        "LOG_LEVEL",
    ]
    assert "nonsense" not in outcome.err
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - pathlib's own way is one that blocks, to ruff


@pytest.mark.parametrize("token", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
async def test_run_ends_with_one_line_when_slack_refuses_a_token(tmp_path: Path, token: str) -> None:
    made_up = {"SLACK_BOT_TOKEN": "xoxb-not-this-one", "SLACK_APP_TOKEN": "xapp-not-this-one"}[token]
    async with Workspace.serve(manifest_path()) as workspace:
        env = connected_to(workspace, tmp_path, LOG_LEVEL="ERROR", **{token: made_up})
        outcome = await maturity_bot("run", env=env, cwd=tmp_path)

    assert outcome.code == 1
    assert outcome.err.startswith("Slack refuses to let the bot in (invalid_auth); run `maturity-bot doctor`")
    assert len(outcome.err.splitlines()) == 1


async def test_run_ends_with_one_line_when_slack_cannot_be_reached(tmp_path: Path) -> None:
    async with Workspace.serve(manifest_path()) as workspace:
        env = connected_to(workspace, tmp_path)
    outcome = await maturity_bot("run", env=env, cwd=tmp_path)

    assert outcome.code == 1
    assert outcome.err.splitlines()[-1].startswith("Slack cannot be reached at http://127.0.0.1:")
    assert "Traceback" not in outcome.err


async def test_run_leaves_another_programs_file_alone(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"my diary\n" * 1000)
    async with Workspace.serve(manifest_path()) as workspace:
        outcome = await maturity_bot("run", env=connected_to(workspace, tmp_path), cwd=tmp_path)

    assert outcome.code == 1
    assert "bot.db is no SQLite database" in outcome.err
    assert (tmp_path / "bot.db").read_bytes() == b"my diary\n" * 1000


async def test_a_proxy_does_not_stand_between_the_bot_and_this_machine(tmp_path: Path) -> None:
    """Port 9 discards: a bot that asked this proxy would never connect."""
    async with Workspace.serve(manifest_path()) as workspace:
        env = connected_to(workspace, tmp_path, HTTPS_PROXY="http://127.0.0.1:9", http_proxy="http://127.0.0.1:9")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=env, cwd=tmp_path, stdout=PIPE, stderr=PIPE
        )
        await workspace.until(lambda: workspace.link.connected, limit=20)
        process.terminate()
        _, err = await process.communicate()

    assert process.returncode == 0
    assert b"Traceback" not in err


async def test_nothing_people_write_and_no_token_is_logged_even_when_debugging(tmp_path: Path) -> None:
    async with Workspace.serve(manifest_path()) as workspace:
        env = connected_to(workspace, tmp_path, LOG_LEVEL="DEBUG")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=env, cwd=tmp_path, stdout=PIPE, stderr=PIPE
        )
        await workspace.until(lambda: workspace.link.connected, limit=20)
        await workspace.person("Ana").says("@maturity our secret subject")
        ana, bot = workspace.person("Ana"), workspace.state.bot_user
        await workspace.until(lambda: any(each.author == bot for each in ana.sees()))
        process.terminate()
        _, err = await process.communicate()

    assert b"secret subject" not in err
    assert workspace.bot_token.encode() not in err
    assert workspace.app_token.encode() not in err


def test_check_is_content_with_what_ships() -> None:
    outcome = call("check")

    assert outcome.code == 0
    assert outcome.out.startswith("All well: 66 practices to ask")


def test_check_names_file_field_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "ours.yml").write_text("ours:\n  nmae: Ours\n", encoding="utf-8")

    outcome = call("check", str(tmp_path))

    assert outcome.code == 1
    assert outcome.out == ""
    assert any(line.startswith("tools/ours.yml") for line in outcome.err.splitlines())


def test_check_says_when_the_folder_is_not_there(tmp_path: Path) -> None:
    outcome = call("check", str(tmp_path / "nowhere"))

    assert outcome.code == 1
    assert outcome.err.strip().endswith("is not there; name an existing folder")


def test_score_reads_a_file_or_standard_input(tmp_path: Path) -> None:
    asked = json.dumps({"answers": {"M1-C-2": "yes"}, "context": {"stage": "poc"}})
    (tmp_path / "answers.json").write_text(asked, encoding="utf-8")

    from_file, from_input = call("score", str(tmp_path / "answers.json")), call("score", "-", typed=asked)

    assert from_file.code == 0
    assert from_file == from_input
    assert json.loads(from_file.out)["overall"] == 0


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"answers": {"M9-Z-9": "yes"}}', "M9-Z-9"),
        ('{"answers": {"M1-C-2": "na"}}', "M1-C-2"),
        ('{"answers": {"M1-C-2": "perhaps"}}', "M1-C-2"),
        ("not json", "JSON"),
    ],
)
def test_score_names_what_is_wrong_in_one_line(text: str, named: str) -> None:
    outcome = call("score", "-", typed=text)

    assert outcome.code == 1
    assert outcome.out == ""
    assert len(outcome.err.splitlines()) == 1
    assert named in outcome.err


def test_score_says_when_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe")

    assert "No such file" in call("score", str(tmp_path / "nowhere.json")).err
    assert "is not UTF-8 text" in call("score", str(tmp_path / "picture.png")).err


async def test_doctor_finds_all_well_in_the_local_workspace(tmp_path: Path) -> None:
    async with Workspace.serve(manifest_path()) as workspace:
        outcome = await maturity_bot("doctor", env=connected_to(workspace, tmp_path), cwd=tmp_path)

    assert outcome.code == 0
    assert "PROBLEM" not in outcome.out
    assert "#fraud-detection" in outcome.out


async def test_doctor_looks_at_what_it_can_without_settings(tmp_path: Path) -> None:
    outcome = await maturity_bot("doctor", env=environment(), cwd=tmp_path)

    assert outcome.code == 1
    assert "ok       Python" in outcome.out
    assert "PROBLEM  setting: SLACK_BOT_TOKEN is not set: copy the Bot User OAuth Token" in outcome.out


async def test_doctor_names_a_missing_scope_and_a_wrong_app_token(tmp_path: Path) -> None:
    async with Workspace.serve(manifest_path()) as workspace:
        granted = workspace.hub.manifest.scopes - {"channels:join", "im:history"}
        object.__setattr__(workspace.hub.manifest, "scopes", granted)
        env = connected_to(workspace, tmp_path, SLACK_APP_TOKEN="xapp-not-this-one")
        outcome = await maturity_bot("doctor", env=env, cwd=tmp_path)

    assert outcome.code == 1
    assert "PROBLEM  scopes: missing channels:join, im:history; add them" in outcome.out
    assert "PROBLEM  app token: Slack says invalid_auth; make an app-level token" in outcome.out


@pytest.mark.parametrize("method", ["apps.connections.open", "users.conversations"])
async def test_doctor_goes_on_when_a_call_is_refused(tmp_path: Path, method: str) -> None:
    async def refuse(name: str, _arguments: object) -> dict[str, object] | None:
        return {"ok": False, "error": "internal_error"} if name == method else None

    async with Workspace.serve(manifest_path()) as workspace:
        workspace.before_call = refuse
        outcome = await maturity_bot("doctor", env=connected_to(workspace, tmp_path), cwd=tmp_path)

    assert outcome.code == 1
    assert "Slack says internal_error" in outcome.out
    assert "Traceback" not in outcome.err


async def test_doctor_looks_at_a_companys_own_content(tmp_path: Path) -> None:
    (tmp_path / "own" / "tools").mkdir(parents=True)
    (tmp_path / "own" / "tools" / "ours.yml").write_text("ours: {nmae: Ours}\n", encoding="utf-8")

    outcome = await maturity_bot("doctor", env=environment(KNOWLEDGE_PATH="own"), cwd=tmp_path)

    assert outcome.code == 1
    assert "SLACK_BOT_TOKEN is not set" in outcome.out

    async with Workspace.serve(manifest_path()) as workspace:
        env = connected_to(workspace, tmp_path, KNOWLEDGE_PATH="own")
        outcome = await maturity_bot("doctor", env=env, cwd=tmp_path)

    assert f"run `maturity-bot check {tmp_path / 'own'}`" in outcome.out


async def test_doctor_says_when_slack_or_the_database_cannot_be_used(tmp_path: Path) -> None:
    async with Workspace.serve(manifest_path()) as workspace:
        env = connected_to(workspace, tmp_path)
    with sqlite3.connect(tmp_path / "bot.db") as foreign:
        foreign.execute("CREATE TABLE recipes (name TEXT)")
    foreign.close()
    outcome = await maturity_bot("doctor", env=env, cwd=tmp_path)

    assert outcome.code == 1
    assert "PROBLEM  database: " in outcome.out
    assert "PROBLEM  Slack: cannot be reached" in outcome.out
    assert "Traceback" not in outcome.err
