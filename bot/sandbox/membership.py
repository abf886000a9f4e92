"""Channels and who is in them: joining, leaving, archiving, renaming."""

from bot.sandbox.hub import Hub
from bot.sandbox.state import Channel


def join(hub: Hub, channel: Channel, user: str, inviter: str | None) -> None:
    """Let a person or the bot join a channel."""
    if user in channel.members:
        return
    channel.members.append(user)
    hub.feed.channel(channel)
    hub.posting.joined(channel, user, inviter)
    if hub.state.bot_in(channel):
        event = _member_event(hub, "member_joined_channel", channel, user)
        hub.events.emit("member_joined_channel", event | ({"inviter": inviter} if inviter else {}))


def leave(hub: Hub, channel: Channel, user: str) -> None:
    """Take a person or the bot out of a channel; the bot hears `channel_left` or `group_left` of itself."""
    if user not in channel.members:
        return
    channel.members.remove(user)
    hub.feed.channel(channel)
    if user == hub.state.bot_user:
        kind = "group_left" if channel.kind == "private" else "channel_left"
        hub.events.emit(kind, {"type": kind, "channel": channel.id, "event_ts": hub.stamps.next()})
    elif hub.state.bot_in(channel):
        event = _member_event(hub, "member_left_channel", channel, user)
        hub.events.emit("member_left_channel", event)
    hub.changed()


def archive(hub: Hub, channel: Channel, person: str) -> None:
    """Archive a channel."""
    channel.archived = True
    kind = "group_archive" if channel.kind == "private" else "channel_archive"
    if channel.kind == "channel" or hub.state.bot_in(channel):
        event = {"type": kind, "channel": channel.id, "user": person, "event_ts": hub.stamps.next()}
        hub.events.emit(kind, event)
    hub.feed.channel(channel)
    hub.changed()


def rename(hub: Hub, channel: Channel, name: str) -> None:
    """Give a channel another name."""
    channel.previous_names.insert(0, channel.name)
    channel.name = name
    kind = "group_rename" if channel.kind == "private" else "channel_rename"
    told = {"id": channel.id, "name": name, "name_normalized": name, "created": channel.created}
    told |= {"is_channel": channel.kind == "channel", "is_mpim": False}
    if channel.kind == "channel" or hub.state.bot_in(channel):
        hub.events.emit(kind, {"type": kind, "channel": told, "event_ts": hub.stamps.next()})
    hub.feed.channel(channel)
    hub.changed()


def _member_event(hub: Hub, kind: str, channel: Channel, user: str) -> dict[str, object]:
    return {
        "type": kind,
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.kind == "private" else "C",
        "team": hub.state.team_id,
        "event_ts": hub.stamps.next(),
    }
