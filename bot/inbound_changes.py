"""Slack's messages as they were typed, and what tells that one was edited or deleted. Pure."""

import html
import re
from collections.abc import Mapping
from typing import Any

from bot.mrkdwn import whole
from dialogs.events import Deleted

Payload = Mapping[str, Any]
CHANGES = ("message_changed", "message_deleted")
_FORMAT = re.compile(r"[*_~`]")


def about(event: Payload) -> Payload | None:
    """The message that was edited or deleted, with its channel; None where no person gave it other words.

    Unfurled links, other formatting and the edits of bots come as edits too. Of a deleted message nothing but its ts
    may be known.
    """
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    place = {"type": "message", "channel": event["channel"], "channel_type": event.get("channel_type")}
    if is_deletion(event):
        ts = event.get("deleted_ts") or now.get("ts") or before.get("ts")
        return {**before, **place, "ts": ts} if ts else None
    message = {"ts": before.get("ts"), **now, **place}
    by_a_person = message.get("user") not in (None, "USLACKBOT") and not message.get("bot_id")
    if not by_a_person or not message["ts"] or (before and _words(before) == _words(now)):
        return None
    return message


def is_deletion(event: Payload) -> bool:
    """Whether a message is gone; of a parent with replies Slack leaves a tombstone, which comes as an edit."""
    return event["subtype"] == "message_deleted" or (event.get("message") or {}).get("subtype") == "tombstone"


def deleted(message: Payload, base: dict[str, Any], bot_user: str) -> Deleted | None:
    """What was deleted; None for messages of other bots."""
    if message.get("bot_id") and message.get("user") != bot_user:
        return None
    ts = str(message["ts"])
    return Deleted(**base, key=f"d:{message['channel']}:{ts}", ts=ts, thread=str(message.get("thread_ts") or ts))


def _words(message: Payload) -> list[str]:
    return _FORMAT.sub("", str(message.get("text") or "")).split()


def unquoted(text: str) -> str:
    """The lines that somebody wrote themselves; where all are quotes, the quotes."""
    own = [line for line in text.splitlines() if not line.lstrip().startswith((">", "&gt;"))]
    return "\n".join(own) if any(line.strip() for line in own) else text


def plain_text(text: str) -> str:
    """Slack's text as it was typed: links as their label, entities undone, mentions left as they are."""
    text = re.sub(r"<(?:https?://|mailto:)[^|>]*\|([^>]*)>", r"\1", text)
    text = re.sub(r"<((?:https?://|mailto:)[^|>]*)>", r"\1", text)
    return whole(html.unescape(text))
