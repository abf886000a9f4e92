"""The local workspace's own tables and checks, held against Slack's contracts.

The contracts lie beside the project and are not part of it; without them these tests are skipped.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.api_call import checked
from bot.sandbox.block_shapes import BLOCKS, ELEMENTS, HOME, MODAL
from bot.sandbox.blocks_check import block_problems, check_message, view_problems
from bot.sandbox.contracts import METHODS
from bot.sandbox.errors import ApiError
from bot.sandbox.shape_rules import Shape

SLACK = Path(__file__).parents[1].parent / "shared" / "slack"
if not SLACK.is_dir():
    pytest.skip(
        "../shared/slack is not here: the workspace cannot be compared with Slack's contracts", allow_module_level=True
    )

API = json.loads((SLACK / "web-api-methods.json").read_text(encoding="utf-8"))["methods"]
SCHEMA = json.loads((SLACK / "blockkit.schema.json").read_text(encoding="utf-8"))["definitions"]
CASES = json.loads((SLACK / "blockkit-cases.json").read_text(encoding="utf-8"))["cases"]

# What Slack knows and the local workspace does not: messages with these are refused, never half shown.
NOT_HERE = {
    "alert", "attachments", "card", "carousel", "container", "context_actions",
    "data_table", "data_visualization", "file", "file_input", "plan", "table", "task_card", "video",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(METHODS))
def test_a_method_takes_exactly_the_arguments_that_slack_lists(name: str) -> None:
    ours, theirs = METHODS[name], API[name]["args"]
    assert ours.args.keys() | ours.refused == theirs.keys()
    assert not ours.args.keys() & ours.refused


@pytest.mark.parametrize("name", sorted(METHODS))
def test_a_method_demands_what_slack_demands(name: str) -> None:
    demanded = {arg for arg, told in API[name]["args"].items() if told["required"]}
    # Slack also takes interactivity_pointer, which workflows have; without it the trigger is a must.
    demanded |= {"trigger_id"} if name in {"views.open", "views.push"} else set()
    assert METHODS[name].required == demanded


@pytest.mark.parametrize("name", sorted(METHODS))
def test_a_method_needs_the_scopes_and_has_the_tier_that_slack_lists(name: str) -> None:
    assert set(METHODS[name].scopes) == set(API[name]["scopes"].get("bot", []))
    assert (API[name]["rate_tier"] or "").startswith(METHODS[name].tier)


def _types(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("type"), str):
            yield part["type"]
        yield from (key for key in part if key == "attachments")
        for each in part.values():
            yield from _types(each)
    if isinstance(part, list):
        for each in part:
            yield from _types(each)


def _refusal(case: dict[str, Any]) -> str | None:
    """Say why the workspace refuses a case, None if it takes it."""
    data = case["data"]
    if case["root"] == "Message":
        taken = {key: value for key, value in data.items() if key in API["chat.postMessage"]["args"]}
        try:
            checked(METHODS["chat.postMessage"], {"channel": "C00000FRAUD", **taken})
            check_message(data.get("text"), data.get("blocks"))
        except ApiError as refused:
            return str(refused)
        return None
    problems = view_problems(data) if case["root"] == "View" else block_problems([data], "message")
    return "; ".join(each.message for each in problems) or None


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_blocks_are_judged_as_slack_judges_them(case: dict[str, Any]) -> None:
    foreign = NOT_HERE.intersection(_types(case["data"]))
    if foreign:
        assert _refusal(case), f"{foreign} must be refused"
    else:
        assert (_refusal(case) is None) == case["valid"]


def _definitions() -> Iterator[tuple[str, dict[str, Any]]]:
    for definition in SCHEMA.values():
        for each in [definition, *definition.get("anyOf", [])]:
            kind = each.get("properties", {}).get("type", {}).get("const")
            if kind:
                yield kind, each["properties"]


def test_every_kind_here_has_the_fields_that_slack_knows() -> None:
    # What only agents, Slack's own files or workflows use stays out, so it is refused like an unknown field.
    left_out = {
        ("button", "agent_prompt"), ("button", "agent_prompt_display"), ("button", "visible_to_user_ids"),
        ("image", "slack_file"),
    }  # fmt: skip
    known: dict[str, set[str]] = {}
    for kind, fields in _definitions():
        known.setdefault(kind, set()).update(fields)
    for kind, shape in {**BLOCKS, **ELEMENTS, "modal": MODAL, "home": HOME}.items():
        assert isinstance(shape, Shape)
        ours = {*shape.fields, "type"} | {field for owner, field in left_out if owner == kind}
        assert (kind, ours) == (kind, known[kind])
