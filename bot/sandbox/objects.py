"""Channels and people as the Web API describes them."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.sandbox.hub import Hub
from bot.sandbox.payload import Payload
from bot.sandbox.state import Channel, Member, State


def channel_object(state: State, channel: Channel, *, listed: bool = False) -> Payload:
    """Describe a channel or direct message."""
    common: Payload = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_org_shared": False,
        "context_team_id": state.team_id,
        "updated": channel.created * 1000,
    }
    if channel.kind == "im":
        return {**common, "user": channel.person, "priority": 0} | ({} if listed else {"is_open": True})
    return common | _named(state, channel) | ({"num_members": len(channel.members)} if listed else {})


def _named(state: State, channel: Channel) -> Payload:
    return {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": False,
        "is_mpim": False,
        "is_private": channel.kind == "private",
        "is_general": channel.name == "general",
        "unlinked": 0,
        "is_shared": False,
        "is_ext_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "shared_team_ids": [state.team_id],
        "pending_connected_team_ids": [],
        "creator": channel.creator,
        "is_member": state.bot_in(channel),
        "topic": {"value": channel.topic, "creator": channel.creator, "last_set": channel.created},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": list(channel.previous_names),
    }


def user_object(hub: Hub, person: Member, *, locale: bool) -> Payload:
    """Describe a person; the e-mail address only with the scope for it."""
    zone = _zone(hub, person.tz)
    profile: Payload = {
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.display_name,
        "display_name_normalized": person.display_name,
        "first_name": person.real_name.split()[0],
        "last_name": person.real_name.split()[-1],
        "team": hub.state.team_id,
        "avatar_hash": "local",
        "status_text": "",
        "status_emoji": "",
    }
    if "users:read.email" in hub.manifest.scopes:
        profile["email"] = f"{person.name}@example.com"
    told = {**_common(hub, person.id, person.name, person.real_name), **zone, "color": person.color}
    told |= {"profile": profile, "is_admin": person.is_admin, "is_owner": False, "is_bot": False}
    return told | ({"locale": "en-GB"} if locale else {})


def bot_object(hub: Hub) -> Payload:
    """Describe the bot as a user."""
    name = hub.manifest.name
    profile = {"real_name": name, "display_name": "", "team": hub.state.team_id}
    profile |= {"api_app_id": hub.state.app_id, "bot_id": hub.state.bot_id}
    told = _common(hub, hub.state.bot_user, name.lower().replace(" ", "_"), name)
    return told | {"profile": profile, "is_admin": False, "is_owner": False, "is_bot": True}


def _common(hub: Hub, user: str, name: str, real_name: str) -> Payload:
    return {
        "id": user,
        "team_id": hub.state.team_id,
        "name": name,
        "real_name": real_name,
        "deleted": False,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_app_user": False,
        "updated": 1_700_000_000,
    }


def _zone(hub: Hub, name: str) -> Payload:
    try:
        now = datetime.fromtimestamp(hub.clock(), ZoneInfo(name))
    except ZoneInfoNotFoundError:  # a system without time zone data
        return {"tz": name, "tz_label": name, "tz_offset": 0}
    offset = now.utcoffset()
    return {"tz": name, "tz_label": now.tzname(), "tz_offset": int(offset.total_seconds()) if offset else 0}
