"""How private answers travel: beside what was clicked, in its place, or in its thread. Pure."""

from collections.abc import Mapping
from typing import Any

from bot.blocks import Message
from bot.owing import payload_of


def is_private(body: Mapping[str, Any]) -> bool:
    """Whether the click was on a private message."""
    return bool((body.get("container") or {}).get("is_ephemeral"))


def besides(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A private message of its own, beside what was clicked."""
    return {"response_type": "ephemeral", "replace_original": False, **payload}


def replacement(instead: Message | None) -> dict[str, Any]:
    """What takes the place of the clicked message; without anything, it goes."""
    return {"replace_original": True, **payload_of(instead)} if instead else {"delete_original": True}


def thread_of(body: Mapping[str, Any]) -> str | None:
    """The thread that a click or message stands in."""
    container = body.get("container") or {}
    message = body.get("message") or {}
    thread = container.get("thread_ts") or message.get("thread_ts")
    return str(thread) if thread else None
