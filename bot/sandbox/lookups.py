"""Finding channels, messages and people as the Web API lets the bot find them."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import TypeVar

from bot.sandbox.errors import ApiError
from bot.sandbox.hub import Hub
from bot.sandbox.payload import Payload
from bot.sandbox.state import Channel, Member

T = TypeVar("T")
MOST_ITEMS = 1000


def need_scope(hub: Hub, scope: str) -> None:
    """Raise ApiError `missing_scope` unless the manifest asks for the scope."""
    if scope not in hub.manifest.scopes:
        provided = ",".join(sorted(hub.manifest.scopes))
        raise ApiError("missing_scope", needed=scope, provided=provided)


def channel_seen_by_bot(hub: Hub, channel_id: str, scopes: Mapping[str, str] | None = None) -> Channel:
    """Give the channel; private ones without the bot do not exist for it. Checks the kind's scope."""
    channel = hub.state.channels.get(channel_id)
    if channel is None or (channel.kind != "channel" and not hub.state.bot_in(channel)):
        raise ApiError("channel_not_found")
    if scopes is not None:
        need_scope(hub, scopes[channel.kind])
    return channel


def channel_to_write(hub: Hub, channel_id: str) -> Channel:
    """Give the channel the bot may post in; a person's id means their direct message."""
    if channel_id in hub.state.people:
        return hub.state.im_of(channel_id)
    channel = channel_seen_by_bot(hub, channel_id)
    if channel.archived:
        raise ApiError("is_archived")
    if not hub.state.bot_in(channel) and "chat:write.public" not in hub.manifest.scopes:
        raise ApiError("not_in_channel")
    return channel


def message_in(hub: Hub, channel: Channel, ts: str) -> Payload:
    """Give a message or raise ApiError `message_not_found`."""
    message = hub.state.in_channel(channel.id).get(ts)
    if message is None or message.get("subtype") == "tombstone":
        raise ApiError("message_not_found")
    return message


def person_named(hub: Hub, user: str) -> Member:
    """Give a person or raise ApiError `user_not_found`."""
    if user not in hub.state.people:
        raise ApiError("user_not_found")
    return hub.state.people[user]


def page_of(items: Sequence[T], args: Payload, default: int) -> tuple[list[T], str]:
    """Give one page of the items and the cursor of the next one (empty: there is none)."""
    limit = args.get("limit") or default
    if not 0 < limit <= MOST_ITEMS:
        raise ApiError("invalid_limit")
    start = 0
    if args.get("cursor"):
        try:
            start = int(base64.b64decode(args["cursor"], validate=True).decode().removeprefix("next:"))
        except (binascii.Error, ValueError) as broken:
            raise ApiError("invalid_cursor") from broken
        start = max(start, 0)
    end = start + limit
    cursor = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return list(items[start:end]), cursor
