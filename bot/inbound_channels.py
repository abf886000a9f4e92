"""Slack's events about channels and people, read as what happened to them. Pure."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dialogs.events import ChannelChange, ChannelChanged, Person, PersonGone

_KINDS: Mapping[str, ChannelChange] = {
    "channel_archive": "archived",
    "group_archive": "archived",
    "channel_unarchive": "unarchived",
    "group_unarchive": "unarchived",
    "channel_deleted": "deleted",
    "group_deleted": "deleted",
    "channel_rename": "renamed",
    "group_rename": "renamed",
    "channel_left": "removed",
    "group_left": "removed",
    "member_joined_channel": "invited",
    "channel_shared": "shared",
    "channel_unshared": "unshared",
    "channel_id_changed": "moved",
}


def channel_event(
    payload: Mapping[str, Any], workspace: str, *, bot_user: str, at: dt.datetime
) -> ChannelChanged | PersonGone | None:
    """Read an event about a channel, or a deactivated person; None for everything else, other people's joining too."""
    event = payload.get("event")
    if payload.get("type") != "event_callback" or not isinstance(event, Mapping):
        return None
    key = f"e:{payload.get('event_id', '')}"
    if event.get("type") == "user_change":
        user = event.get("user") or {}
        if not user.get("deleted") or not user.get("id"):
            return None
        gone = Person(str(user["id"]), str(user.get("name") or ""))
        return PersonGone(key=key, workspace=workspace, channel="", person=gone, at=at)
    change = _KINDS.get(str(event.get("type")))
    told = event.get("old_channel_id") or event.get("channel")
    channel = told.get("id") if isinstance(told, Mapping) else told
    if change is None or not isinstance(channel, str) or (change == "invited" and event.get("user") != bot_user):
        return None
    return ChannelChanged(
        key=key,
        workspace=workspace,
        channel=channel,
        person=Person(str(event.get("user") or event.get("actor_id") or ""), ""),
        at=at,
        change=change,
        name=str(told.get("name") or "") if isinstance(told, Mapping) else "",
        new_id=str(event.get("new_channel_id") or ""),
    )
