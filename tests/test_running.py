"""Running it: what the guide, the service and the container say is what there is; the log holds nobody's words."""

import asyncio
import configparser
import io
import json
import logging
import re
import shutil
import sys
import zipfile
from asyncio.subprocess import PIPE
from fnmatch import fnmatch
from pathlib import Path

import pytest

from bot.cli import main
from bot.logs import LogFormat, log_handler, masked
from bot.manifest import manifest_path
from bot.sandbox.workspace import Workspace
from bot.settings import Settings
from sandbox_player import CHANNEL
from test_cli import connected_to, maturity_bot

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
UNIT = ROOT / "deploy" / "maturity-bot.service"
SETTINGS = {name.upper() for name in Settings.model_fields}
BOT_TOKEN, APP_TOKEN = "xoxb-1234-5678-AbCd", "xapp-1-A012-345-ffee"

# --- the guide -------------------------------------------------------------------------------------------------------


def test_every_command_and_option_of_the_guide_exists() -> None:
    named = re.findall(r"maturity-bot ([a-z]+)((?: --[a-z]+)*)", GUIDE)
    used = [(command, options.split()) for command, options in named if command in main.commands]

    assert {command for command, _ in re.findall(r"`maturity-bot ([a-z]+)([^`]*)`", GUIDE)} <= set(main.commands)
    assert {"backup", "restore", "health", "replay", "doctor", "clock", "reminders"} <= {name for name, _ in used}
    for command, options in used:
        assert set(options) <= {option for each in main.commands[command].params for option in each.opts}


def test_every_setting_of_guide_service_and_container_exists() -> None:
    told = set(re.findall(r"\b([A-Z]{2,}(?:_[A-Z]+)+)\b", GUIDE))
    set_by_container = set(re.findall(r"^ENV (.*)$", DOCKERFILE, re.MULTILINE))
    names = {pair.split("=")[0] for line in set_by_container for pair in line.split()}

    assert told <= SETTINGS
    assert {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DATABASE_URL", "LOG_FORMAT", "LOG_LEVEL", "CLOCK_FILE"} <= told
    assert {name for name in names if not name.startswith(("PIP_", "PYTHON")) and name != "PATH"} <= SETTINGS


def test_every_link_of_the_guide_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)", GUIDE):
        assert (ROOT / "docs" / target).exists(), target


def test_the_guide_says_what_health_says() -> None:
    shown = GUIDE.split("$ maturity-bot health\n")[1].split("```")[0].splitlines()

    assert [line.split(":")[0] for line in shown] == [
        f"ok       {what}" for what in ("bot", "socket", "last event", "outbox", "clock")
    ]


# --- the service and the container -----------------------------------------------------------------------------------


def test_the_service_runs_the_bot_as_nobody_in_particular_and_always_again() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]  # names keep their capitals
    unit.read(UNIT)
    service = dict(unit["Service"])

    assert service["ExecStart"].endswith("/maturity-bot run")
    assert (service["Restart"], service["RestartPreventExitStatus"]) == ("always", "2")
    assert [service[name] for name in ("DynamicUser", "NoNewPrivileges")] == ["yes", "yes"]
    assert service["Environment"] == f"DATABASE_URL=sqlite:////var/lib/{service['StateDirectory']}/maturity.db"
    assert service["EnvironmentFile"] in GUIDE
    assert service["ExecStart"].split()[0].removesuffix("/bin/maturity-bot") in GUIDE


def copied() -> list[str]:
    """What the container's build takes from the project."""
    lines = [
        line.split()[1:-1] for line in DOCKERFILE.splitlines() if line.startswith("COPY ") and "--from" not in line
    ]
    return [source for sources in lines for source in sources]


def test_the_container_has_no_secret_runs_without_rights_and_asks_for_its_health() -> None:
    lines = DOCKERFILE.splitlines()
    last = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM ")) :]

    assert "xox" not in DOCKERFILE
    assert "TOKEN" not in DOCKERFILE
    assert "USER maturity" in last
    assert last.index("USER maturity") < last.index('ENTRYPOINT ["maturity-bot"]')
    assert 'CMD ["run"]' in last
    assert any(line.startswith("HEALTHCHECK ") and line.endswith('CMD ["maturity-bot", "health"]') for line in last)
    (volume,) = [line.split()[1] for line in last if line.startswith("VOLUME ")]
    assert f"DATABASE_URL=sqlite:///{volume}/maturity.db" in DOCKERFILE


def test_the_build_takes_what_it_needs_and_ignores_secrets_and_databases() -> None:
    ignore = [line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]

    assert ignore[0] == "*"
    assert {line.removeprefix("!") for line in ignore if line.startswith("!")} == set(copied())
    for secret in ("bot/.env", "knowledge/maturity.db", "storage/maturity.db-wal"):
        assert any(fnmatch(secret, pattern) for pattern in ignore[1:])


async def test_a_wheel_is_built_from_what_the_container_copies_and_nothing_is_missing_in_it(tmp_path: Path) -> None:
    for name in copied():
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path / name)
    command = "pip wheel --no-deps --no-build-isolation -w"
    assert command in DOCKERFILE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *command.split(), "wheel", "--disable-pip-version-check", "-q", ".", cwd=tmp_path
    )
    assert await process.wait() == 0
    (wheel,) = (tmp_path / "wheel").glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())

    for folder in ("bot", "dialogs", "knowledge", "storage"):
        files = [each.relative_to(ROOT) for each in (ROOT / folder).rglob("*") if each.is_file()]
        wanted = {str(each) for each in files if "__pycache__" not in each.parts and "learn" not in each.parts}
        assert wanted - held == set()
    assert "bot/manifest.yml" in held


# --- the log ---------------------------------------------------------------------------------------------------------

SAID = ("our secret fraud subject", "partly, only the card team", "do we really need level four", "who owns the lamps")


async def talk(workspace: Workspace) -> None:
    """A short assessment with clicks, typed words, a form's note, a question and a declined one."""
    ana, ben = workspace.person("Ana"), workspace.person("Ben")

    async def seen(words: str) -> None:
        await workspace.until(lambda: any(words in each.text for each in (*ana.sees(), *ben.sees())), limit=20)

    await ana.commands(f"/maturity start {SAID[0]}", CHANNEL)
    await seen("First, a few facts")
    await ana.clicks("Skip the facts")
    await seen("1 of about")
    question = next(each for each in ana.sees(CHANNEL) if "1 of about" in each.text)
    await ben.says(SAID[1], CHANNEL, question.thread_ts)
    await seen("Noted as")
    await ana.commands(f"/maturity ask {SAID[2]}", CHANNEL)
    await seen("In general")
    await ana.says(f"@maturity {SAID[3]}", CHANNEL)
    await seen("nothing curated")


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
async def test_a_log_in_json_has_an_object_a_line_and_nobodys_words_nor_names_nor_tokens(
    tmp_path: Path, level: str
) -> None:
    async with Workspace.serve(manifest_path()) as workspace:
        env = connected_to(workspace, tmp_path, LOG_FORMAT="json", LOG_LEVEL=level)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=env, cwd=tmp_path, stdout=PIPE, stderr=PIPE
        )
        await workspace.until(lambda: workspace.link.connected, limit=20)
        await talk(workspace)
        process.terminate()
        out, err = await process.communicate()
        secrets = (*SAID, workspace.bot_token, workspace.app_token, "Ana", "Ben", "only the card team")

    lines = [json.loads(line) for line in err.decode().splitlines()]
    assert out == b""
    assert lines
    assert all(set(line) - {"exception"} == {"time", "level", "logger", "message"} for line in lines)
    assert [line for line in lines if line["level"] not in ("INFO", "DEBUG")] == []
    assert [secret for secret in secrets if re.search(rf"\b{re.escape(secret)}\b", err.decode())] == []


async def test_what_ends_the_bot_is_an_object_as_well(tmp_path: Path) -> None:
    async with Workspace.serve(manifest_path()) as workspace:
        env = connected_to(workspace, tmp_path, LOG_FORMAT="json", SLACK_BOT_TOKEN="xoxb-not-this-one")
        outcome = await maturity_bot("run", env=env, cwd=tmp_path)

    assert outcome.code == 1
    last = json.loads(outcome.err.splitlines()[-1])
    assert (last["level"], last["logger"]) == ("CRITICAL", "bot")
    assert last["message"].startswith("Slack refuses to let the bot in (invalid_auth)")


async def test_another_format_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    async with Workspace.serve(manifest_path()) as workspace:
        outcome = await maturity_bot("run", env=connected_to(workspace, tmp_path, LOG_FORMAT="xml"), cwd=tmp_path)

    assert (outcome.code, outcome.err) == (2, "LOG_FORMAT must be one of 'text' or 'json'\n")


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_record_holds_a_token_wherever_it_stands(form: LogFormat) -> None:
    stream = io.StringIO()
    logger = logging.getLogger(f"probe of {form}")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(log_handler(form, stream))
    try:
        int(APP_TOKEN)
    except ValueError:
        logger.exception("%s failed at wss://slack.example/link?ticket=abc&app_id=1", BOT_TOKEN, stack_info=True)
    logger.info({"Authorization": f"Bearer {BOT_TOKEN}"})

    said = stream.getvalue()
    assert "AbCd" not in said
    assert "ffee" not in said
    assert "ticket=abc" not in said
    assert "xoxb-... failed at wss://slack.example/link?ticket=...&app_id=1" in said
    assert "invalid literal for int() with base 10: 'xapp-...'" in said
    assert "Traceback" in said
    assert len(said.splitlines()) == 2 or form == "text"


@pytest.mark.parametrize("token", [BOT_TOKEN, APP_TOKEN, "xoxp-1-2", "xoxe.xoxp-1-Mi0yLT", "xoxe-1-My0x"])
def test_every_kind_of_slack_token_is_masked(token: str) -> None:
    assert masked(f"({token})") == f"({token.partition('-')[0]}-...)"
