"""chat.*: posting, changing and deleting messages."""

import json
from collections.abc import Callable

from bot.sandbox.announcing import seen
from bot.sandbox.block_defaults import completed
from bot.sandbox.blocks_check import check_message
from bot.sandbox.errors import ApiError
from bot.sandbox.hub import Hub
from bot.sandbox.lookups import channel_seen_by_bot, channel_to_write, message_in
from bot.sandbox.payload import Payload
from bot.sandbox.state import Channel
from bot.sandbox.timestamps import is_ts

MOST_METADATA = 16_000  # bytes
_CONTENT = ("type", "user", "bot_id", "app_id", "bot_profile", "team", "text", "blocks", "metadata", "edited")


def post_message(hub: Hub, args: Payload) -> Payload:
    """Post a message, into a thread if `thread_ts` is given."""
    check_message(args.get("text"), args.get("blocks"))
    metadata = _metadata(args.get("metadata"))
    channel = channel_to_write(hub, args["channel"])
    message = hub.posting.by_bot(
        channel,
        args.get("text", ""),
        completed(args.get("blocks") or []),
        _thread(hub, channel, args.get("thread_ts")),
        broadcast=args.get("reply_broadcast", False),
        metadata=metadata,
    )
    return {
        "channel": channel.id,
        "ts": message["ts"],
        "message": seen(message, metadata=True),
    }


def update(hub: Hub, args: Payload) -> Payload:
    """Change one of the bot's own messages; blocks and metadata that are not given stay."""
    channel = channel_seen_by_bot(hub, args["channel"])
    message = message_in(hub, channel, args["ts"])
    if message.get("bot_id") != hub.state.bot_id:
        raise ApiError("cant_update_message")
    check_message(args.get("text"), args.get("blocks"))
    changes: Payload = {}
    if "text" in args:
        changes["text"] = args["text"]
    if "blocks" in args:
        changes["blocks"] = completed(args["blocks"]) or None
    if "metadata" in args:
        changes["metadata"] = _metadata(args["metadata"]) or None
    if channel.archived:
        raise ApiError("cant_update_message")
    changed = hub.posting.change(channel, args["ts"], changes, hub.state.bot_id)
    # Slack answers with the content only, not with the place in the thread.
    shown = {key: value for key, value in seen(changed, metadata=True).items() if key in _CONTENT}
    return {"channel": channel.id, "ts": args["ts"], "text": changed["text"], "message": shown}


def delete(hub: Hub, args: Payload) -> Payload:
    """Delete one of the bot's own messages."""
    channel = channel_seen_by_bot(hub, args["channel"])
    message = message_in(hub, channel, args["ts"])
    if message.get("bot_id") != hub.state.bot_id:
        raise ApiError("cant_delete_message")
    hub.posting.remove(channel, args["ts"])
    return {"channel": channel.id, "ts": args["ts"]}


def post_ephemeral(hub: Hub, args: Payload) -> Payload:
    """Show a message to one member of a channel."""
    check_message(args.get("text"), args.get("blocks"))
    channel = channel_to_write(hub, args["channel"])
    if args["user"] not in channel.members:
        raise ApiError("user_not_in_channel")
    thread_ts = _thread(hub, channel, args.get("thread_ts"))
    blocks = completed(args.get("blocks") or [])
    whisper = hub.posting.whisper(channel, args["user"], args.get("text", ""), blocks, thread_ts)
    return {"message_ts": whisper.message["ts"]}


def get_permalink(hub: Hub, args: Payload) -> Payload:
    """Give the link of a message."""
    channel = channel_seen_by_bot(hub, args["channel"])
    message = message_in(hub, channel, args["message_ts"])
    link = f"{hub.url}archives/{channel.id}/p{message['ts'].replace('.', '')}"
    if message.get("thread_ts", message["ts"]) != message["ts"]:
        link += f"?thread_ts={message['thread_ts']}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _thread(hub: Hub, channel: Channel, thread_ts: str | None) -> str | None:
    if thread_ts is None:
        return None
    if not is_ts(thread_ts):
        raise ApiError("invalid_thread_ts")
    parent = hub.state.in_channel(channel.id).get(thread_ts)
    if parent and parent.get("thread_ts", thread_ts) != thread_ts:
        # Slack asks apps never to do this and does not say what happens; better to hear of it here.
        raise ApiError("cannot_reply_to_message", "[ERROR] thread_ts is a reply: give its parent's ts")
    return thread_ts


def _metadata(metadata: object) -> Payload | None:
    if not metadata:
        return None
    if not isinstance(metadata, dict):
        raise ApiError("invalid_metadata_format")
    right = isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict)
    if not right or metadata.keys() - {"event_type", "event_payload"}:
        raise ApiError("invalid_metadata_schema")
    if len(json.dumps(metadata).encode()) > MOST_METADATA:
        raise ApiError("metadata_too_large")
    return metadata


CHAT_METHODS: dict[str, Callable[[Hub, Payload], Payload]] = {
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
    "chat.postEphemeral": post_ephemeral,
    "chat.postMessage": post_message,
    "chat.update": update,
}
