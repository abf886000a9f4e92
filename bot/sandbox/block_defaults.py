"""What Slack adds to the blocks it stores: ids, `emoji`, `verbatim`."""

import secrets
from typing import Any

from bot.sandbox.payload import Payload, copied

_ACTING = frozenset(
    {
        "button", "checkboxes", "channels_select", "conversations_select", "datepicker", "email_text_input",
        "multi_static_select", "number_input", "overflow", "plain_text_input", "radio_buttons", "static_select",
        "timepicker", "url_text_input", "users_select",
    },
)  # fmt: skip


def completed(blocks: list[Payload]) -> list[Payload]:
    """Give a copy with the ids and flags that Slack fills in."""
    done = [copied(block) for block in blocks]
    for block in done:
        if block["type"] != "rich_text":
            _complete(block)
        block.setdefault("block_id", secrets.token_urlsafe(4)[:5])
    return done


def completed_text(text: Payload) -> Payload:
    """Give a copy of one text object with the flags that Slack fills in."""
    done = copied(text)
    _complete(done)
    return done


def _complete(part: Any) -> None:  # noqa: ANN401 - any JSON value
    if isinstance(part, list):
        for each in part:
            _complete(each)
    if not isinstance(part, dict):
        return
    if part.get("type") == "plain_text":
        part.setdefault("emoji", True)
    elif part.get("type") == "mrkdwn":
        part.setdefault("verbatim", False)
    elif part.get("type") in _ACTING:
        part.setdefault("action_id", secrets.token_urlsafe(4)[:5])
    for each in part.values():
        _complete(each)
