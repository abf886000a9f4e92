"""Checks blocks and views as strictly as Slack does and answers in Slack's words."""

import json
from collections.abc import Iterable
from typing import Any

from bot.sandbox.block_shapes import (
    BLOCKS,
    HOME,
    MARKDOWN_PER_MESSAGE,
    MODAL,
    MOST_BLOCKS,
    ONLY_ON,
    TEXT_PER_MESSAGE,
    VIEW_BYTES,
)
from bot.sandbox.element_values import acting, options_of
from bot.sandbox.errors import ApiError
from bot.sandbox.payload import Payload
from bot.sandbox.shape_rules import Problem, Problems, many, typed

MOST_TEXT = 40_000


def block_problems(blocks: Any, surface: str, at: str = "") -> Problems:  # noqa: ANN401 - any JSON value
    """Give everything that is wrong with blocks on a surface: `message`, `modal` or `home`."""
    problems: Problems = []
    many(typed(BLOCKS), MOST_BLOCKS[surface], least=0)(blocks, at, problems)
    if not problems:
        problems = _crosswise(blocks, surface, at)
    return problems


def view_problems(view: Any, kinds: Iterable[str] = ("modal", "home")) -> Problems:  # noqa: ANN401 - any JSON
    """Give everything that is wrong with a view."""
    problems: Problems = []
    shapes = {"modal": MODAL, "home": HOME}
    typed({kind: shapes[kind] for kind in kinds})(view, "", problems)
    if problems:
        return problems
    problems = _crosswise(view["blocks"], view["type"], "/blocks")
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and has_input and not view.get("submit"):
        problems.append(Problem("/submit", "missing required field: submit"))
    return problems


def check_message(text: object, blocks: object) -> None:
    """Raise ApiError unless text and blocks make a message."""
    if blocks is not None:
        if not isinstance(blocks, list):
            raise ApiError("invalid_blocks_format")
        problems = block_problems(blocks, "message", "/blocks")
        if problems:
            told = [f"{each.message} [json-pointer:{each.pointer}]" for each in problems]
            raise ApiError("invalid_blocks", *(f"[ERROR] {each}" for each in told), errors=told)
        if sum(map(len, _texts(blocks))) > TEXT_PER_MESSAGE:
            raise ApiError("msg_blocks_too_long")
    if not text and not blocks:
        raise ApiError("no_text")
    if text is not None and not isinstance(text, str):
        raise ApiError("invalid_arguments", "[ERROR] must be a string [json-pointer:/text]")
    if text and len(text) > MOST_TEXT:
        raise ApiError("msg_too_long")


def check_view(view: object, kind: str) -> None:
    """Raise ApiError unless it is a valid view of the kind."""
    if not isinstance(view, dict):
        raise ApiError("invalid_arguments", "[ERROR] must be a valid JSON object [json-pointer:/view]")
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        raise ApiError("view_too_large")
    problems = view_problems(view, [kind])
    if problems:
        told = [f"[ERROR] {each.message} [json-pointer:/view{each.pointer}]" for each in problems]
        raise ApiError("invalid_arguments", *told)


def _crosswise(blocks: list[Payload], surface: str, at: str) -> Problems:
    problems: Problems = []
    for index, block in enumerate(blocks):
        if surface not in ONLY_ON.get(block["type"], {surface}):
            problems.append(Problem(f"{at}/{index}/type", f"unsupported type: {block['type']} in a {surface}"))
        problems += _unique_actions(block, f"{at}/{index}")
    for _, element in acting(blocks):
        problems += _choices(element, at)
    problems += _unique_blocks(blocks, at)
    marked = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if marked > MARKDOWN_PER_MESSAGE:
        problems.append(Problem(at, f"markdown must be less than {MARKDOWN_PER_MESSAGE + 1} characters in total"))
    if sum(bool(element.get("focus_on_load")) for _, element in acting(blocks)) > 1:
        problems.append(Problem(at, "only one element may have focus_on_load"))
    return problems


def _unique_blocks(blocks: list[Payload], at: str) -> Problems:
    seen: set[str] = set()
    problems: Problems = []
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            problems.append(Problem(f"{at}/{index}/block_id", f"`block_id` {block_id} already exists"))
        seen.add(block_id or f"{index} has none")
    return problems


def _unique_actions(block: Payload, at: str) -> Problems:
    ids = [element["action_id"] for _, element in acting([block])]
    twice = sorted({each for each in ids if ids.count(each) > 1})
    return [Problem(f"{at}/elements", f"`action_id` {each} already exists in this block") for each in twice]


def _choices(element: Payload, at: str) -> Problems:
    name = element["action_id"]
    options = options_of(element)
    values = [option.get("value") for option in options]
    told: list[str] = []
    if len(set(values)) < len(values):
        told.append(f"options of {name} must have different values")
    first = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    if any(each not in options for each in first):
        told.append(f"initial options of {name} must be among its options")
    if element.get("min_length", 0) > element.get("max_length", 3000):
        told.append(f"min_length of {name} is above its max_length")
    return [Problem(at, each) for each in told]


def _texts(part: Any) -> Iterable[str]:  # noqa: ANN401 - any JSON value
    if isinstance(part, list):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, dict):
        for key, each in part.items():
            if key == "text" and isinstance(each, str):
                yield each
            else:
                yield from _texts(each)
