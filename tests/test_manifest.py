"""The manifest asks for what the code uses, and for nothing else."""

import ast
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.inbound import WRITTEN
from bot.manifest import bot_scopes, manifest_path, read_manifest
from bot.needs import AGENT_NEED, EVENTS, METHODS, NEEDS, SCOPELESS, SCOPES

ROOT = Path(__file__).parents[1]
SLACK = ROOT.parent / "shared" / "slack"


def slacks_own(name: str) -> Any:
    file = SLACK / name
    if not file.exists():
        pytest.skip(f"../shared/slack is not here: {name} cannot be compared")
    return json.loads(file.read_text(encoding="utf-8"))


def called_methods() -> set[str]:
    """The Web API methods that stand in the code, as a string or as a method of the SDK's client."""
    names: set[str] = set()
    of_sdk = {name for name in dir(AsyncWebClient) if not name.startswith("_")}
    for file in sorted((ROOT / "bot").glob("*.py")):
        if file.name == "needs.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in of_sdk and "_" in node.attr and node.attr != "api_call":
                names.add(as_method(node.attr))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                names |= {node.value} & {as_method(name) for name in of_sdk if "_" in name}
    return names


def as_method(name: str) -> str:
    """How Slack writes it: chat_postMessage is chat.postMessage."""
    return name.replace("_", ".")


def test_the_manifest_asks_for_exactly_the_scopes_of_the_table() -> None:
    assert sorted(bot_scopes()) == sorted(SCOPES)


def test_the_manifest_subscribes_to_exactly_the_events_of_the_table() -> None:
    assert sorted(read_manifest()["settings"]["event_subscriptions"]["bot_events"]) == sorted(EVENTS)


def test_the_table_lists_exactly_the_methods_that_the_code_calls() -> None:
    assert called_methods() == {*METHODS, *AGENT_NEED.methods}


def test_every_scope_is_listed_once_and_has_a_reason() -> None:
    assert len(set(SCOPES)) == len(SCOPES)
    assert all(need.why for need in NEEDS)


def test_message_events_are_read_as_people_write_them() -> None:
    assert WRITTEN == (None, "thread_broadcast", "file_share")


def test_slack_would_take_the_manifest() -> None:
    schema = slacks_own("manifest.schema.json")

    problems = jsonschema.Draft7Validator(schema).iter_errors(dict(read_manifest()))

    assert [f"{'/'.join(map(str, each.path))}: {each.message}" for each in problems] == []


@pytest.mark.parametrize("method", [method for method in METHODS if method not in SCOPELESS])
def test_slack_asks_for_a_scope_that_we_have(method: str) -> None:
    accepted = slacks_own("web-api-methods.json")["methods"][method]["scopes"]["bot"]

    assert set(accepted) & set(SCOPES)


@pytest.mark.parametrize("method", SCOPELESS)
def test_slack_asks_for_no_scope_of_the_bots_where_we_say_so(method: str) -> None:
    assert slacks_own("web-api-methods.json")["methods"][method]["scopes"].get("bot", []) == []


def test_the_bot_is_set_up_for_socket_mode_clicks_and_direct_messages() -> None:
    manifest = read_manifest()

    assert manifest["settings"]["socket_mode_enabled"] is True
    assert manifest["settings"]["interactivity"]["is_enabled"] is True
    assert manifest["features"]["app_home"]["messages_tab_enabled"] is True
    assert manifest["features"]["app_home"]["messages_tab_read_only_enabled"] is False
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == "/maturity"


def test_the_manifest_of_a_checkout_is_the_one_at_its_root() -> None:
    assert manifest_path() == ROOT / "manifest.yml"
