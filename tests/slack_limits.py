"""What of a message or a modal is longer, or more, than Slack takes; every limit is one of `bot/limits.py`."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot import limits
from bot.blocks import Message

_TEXTS = {"header": limits.HEADER_TEXT, "button": limits.BUTTON_TEXT}
_MOST_OPTIONS = {"overflow": limits.OVERFLOW_OPTIONS, "radio_buttons": limits.RADIO_OPTIONS}
_LONGEST_VIEW = 250_000


def doubts_of_message(message: Message) -> list[str]:
    """What Slack would refuse of a message."""
    found = [*_of_parts(message.blocks), *_twice(_all(message.blocks, "action_id"), "action_id")]
    if not 1 <= len(message.blocks) <= limits.MESSAGE_BLOCKS:
        found.append("number of blocks")
    if not message.text.strip() or len(message.text) > limits.MESSAGE_TEXT:
        found.append("length of the text")
    return found


def doubts_of_view(view: dict[str, Any]) -> list[str]:
    """What Slack would refuse of a modal."""
    found = [*_of_parts(view["blocks"]), *_twice(_all(view["blocks"], "block_id"), "block_id")]
    if not 1 <= len(view["blocks"]) <= limits.MODAL_BLOCKS or len(json.dumps(view)) > _LONGEST_VIEW:
        found.append("size of the modal")
    labels = [view[name]["text"] for name in ("title", "close", "submit") if name in view]
    found += ["length of a label" for label in labels if not 1 <= len(label) <= limits.MODAL_TITLE]
    if len(view.get("private_metadata", "")) > limits.PRIVATE_METADATA:
        found.append("length of the metadata")
    if any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
        found.append("inputs without a way to send them")
    return found


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from _parts(inner)


def _all(blocks: Any, field: str) -> list[str]:
    return [part[field] for part in _parts(blocks) if field in part]


def _twice(names: list[str], what: str) -> list[str]:
    return [f"{what} {name!r} stands {times} times" for name, times in Counter(names).items() if times > 1]


def _of_parts(blocks: Any) -> Iterator[str]:
    for part in _parts(blocks):
        kind = part.get("type", "")
        yield from (f"{kind}: {doubt}" for doubt in (*_texts(part, kind), *_numbers(part, kind), *_chosen(part)))


def _texts(part: dict[str, Any], kind: str) -> Iterator[str]:
    if kind in ("mrkdwn", "plain_text") and not 1 <= len(part["text"]) <= limits.SECTION_TEXT:
        yield "length of a text"
    if kind in _TEXTS and len(part["text"]["text"]) > _TEXTS[kind]:
        yield "length of its label"
    if kind == "button" and len(part.get("value", "")) > limits.BUTTON_VALUE:  # a link carries none
        yield "length of its value"
    if len(part.get("url", "")) > limits.URL:
        yield "length of its address"
    if len(part.get("accessibility_label", "")) > limits.ACCESSIBILITY_LABEL:
        yield "length of what is spoken"
    if any(len(part.get(name, "")) > limits.IDENTIFIER for name in ("action_id", "block_id", "callback_id")):
        yield "length of an identifier"
    if len(part.get("placeholder", {}).get("text", "")) > limits.PLACEHOLDER:
        yield "length of a placeholder"
    if kind == "input" and max(len(part[name]["text"]) for name in ("label", "hint") if name in part) > limits.LABEL:
        yield "length of a label"
    if len(part.get("initial_value", "")) > part.get("max_length", limits.INPUT_TEXT):
        yield "length of what is filled in"


def _numbers(part: dict[str, Any], kind: str) -> Iterator[str]:
    if kind == "context" and not 1 <= len(part["elements"]) <= limits.CONTEXT_ELEMENTS:
        yield "number of elements"
    if kind == "actions" and not 1 <= len(part["elements"]) <= limits.ACTIONS_ELEMENTS:
        yield "number of elements"
    if len(part.get("fields", ())) > limits.SECTION_FIELDS:
        yield "number of fields"
    if "options" in part and not 1 <= len(part["options"]) <= _MOST_OPTIONS.get(kind, limits.SELECT_OPTIONS):
        yield "number of options"


def _chosen(part: dict[str, Any]) -> Iterator[str]:
    options = part.get("options", [])
    yield from _twice([each["value"] for each in options], "the option value")
    for each in options:
        if len(each["value"]) > limits.OPTION_VALUE or len(each["text"]["text"]) > limits.OPTION_TEXT:
            yield "length of an option"
        if len(each.get("description", {}).get("text", "")) > limits.OPTION_DESCRIPTION:
            yield "length of an option's description"
    initial = [part["initial_option"]] if "initial_option" in part else part.get("initial_options", [])
    if any(each not in options for each in initial):
        yield "an option chosen that is not there"
