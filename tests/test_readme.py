"""What the README, the manifest and the table of needs say is what the code does."""

import ast
import re
from pathlib import Path

import pytest

from bot.cli import main
from bot.manifest import read_manifest
from bot.needs import EVENTS, METHODS, NEEDS, SCOPES
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def table_under(title: str) -> dict[str, str]:
    """The first two columns of the first table under a headline, backticks taken away."""
    part = README.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in part.splitlines() if line.startswith("|")]
    return {row[0].strip().strip("`"): row[1].strip() for row in rows[2:]}


def test_the_first_screen_has_exactly_two_commands() -> None:
    first_block = README.split("```")[1]

    assert [line.split("#")[0].strip() for line in first_block.strip().splitlines()] == ["make demo", "make test"]


def test_the_scopes_of_readme_manifest_and_code_are_the_same() -> None:
    told = {scope: why.replace("`", "").replace("*", "") for scope, why in table_under("Scopes, and why").items()}

    assert told == {need.scope: need.why for need in NEEDS}
    assert tuple(read_manifest()["oauth_config"]["scopes"]["bot"]) == SCOPES


def test_the_events_of_readme_manifest_and_code_are_the_same() -> None:
    assert sorted(read_manifest()["settings"]["event_subscriptions"]["bot_events"]) == sorted(EVENTS)
    assert all(f"`{event}`" in README for event in EVENTS)


def test_every_setting_is_in_the_readme_and_every_setting_there_exists() -> None:
    assert set(table_under("Settings")) == {name.upper() for name in Settings.model_fields}


def test_every_command_is_in_the_readme_and_has_help() -> None:
    told = {name.split()[1] for name in table_under("Command line")}

    assert told == set(main.commands)
    assert all(command.help for command in main.commands.values())


_FAMILIES = "chat|conversations|users|auth|apps|assistant"
_NAMED = r"views\.(?:open|update|push|publish)|files\.(?:get|complete)[A-Za-z]+"  # words have names like theirs
DOTTED = re.compile(rf"(?:(?:{_FAMILIES})\.[A-Za-z.]+|{_NAMED})")
ON_CLIENT = re.compile(r"(?:conversations|users|views|auth|apps)_[a-z_]+")


def called_methods() -> set[str]:
    """The Web API methods that the code calls: by their dotted name, or as a method of the client."""
    found: set[str] = set()
    for file in set((ROOT / "bot").glob("*.py")) - {ROOT / "bot" / "needs.py"}:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.fullmatch(node.value):
                found.add(node.value)
            elif isinstance(node, ast.Attribute) and ON_CLIENT.fullmatch(node.attr):
                found.add(node.attr.replace("_", ".", 2 if node.attr.startswith("apps") else 1))
    return found


def test_every_web_api_call_is_in_the_table_of_needs() -> None:
    assert called_methods() == set(METHODS)


@pytest.mark.parametrize("word", ["start", "status", "level", "ask", "remind", "settings", "help"])
def test_every_slash_command_is_in_readme_and_manifest_hint(word: str) -> None:
    hint = read_manifest()["features"]["slash_commands"][0]["usage_hint"]

    assert word in hint
    assert f"`/maturity {word}" in README
