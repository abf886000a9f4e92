"""conversations.* and users.conversations: channels, their members and their messages."""

from collections.abc import Callable

from bot.sandbox.announcing import seen
from bot.sandbox.contracts import HISTORY_SCOPE, READ_SCOPE, TYPE_SCOPE
from bot.sandbox.errors import ApiError
from bot.sandbox.hub import Hub
from bot.sandbox.lookups import channel_seen_by_bot, need_scope, page_of, person_named
from bot.sandbox.membership import join
from bot.sandbox.objects import channel_object
from bot.sandbox.payload import Payload
from bot.sandbox.state import Channel
from bot.sandbox.threads import replies_to
from bot.sandbox.timestamps import micros

MOST_REPLIES = 1000
_TYPE = {"channel": "public_channel", "private": "private_channel", "im": "im"}


def info(hub: Hub, args: Payload) -> Payload:
    """Describe a channel."""
    channel = channel_seen_by_bot(hub, args["channel"], READ_SCOPE)
    told = channel_object(hub.state, channel)
    if args.get("include_num_members"):
        told["num_members"] = len(channel.members)
    return {"channel": told}


def members(hub: Hub, args: Payload) -> Payload:
    """List who is in a channel."""
    channel = channel_seen_by_bot(hub, args["channel"], READ_SCOPE)
    page, cursor = page_of(channel.members, args, 100)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def join_channel(hub: Hub, args: Payload) -> Payload:
    """Let the bot join a public channel."""
    channel = hub.state.channels.get(args["channel"])
    if channel is None or channel.kind == "private":
        raise ApiError("channel_not_found")
    if channel.kind == "im":
        raise ApiError("method_not_supported_for_channel_type")
    if channel.archived:
        raise ApiError("is_archived")
    if hub.state.bot_in(channel):
        told = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
        return {"channel": channel_object(hub.state, channel), **told}
    join(hub, channel, hub.state.bot_user, None)
    return {"channel": channel_object(hub.state, channel)}


def open_conversation(hub: Hub, args: Payload) -> Payload:
    """Open the direct message with one person."""
    need_scope(hub, "im:write")
    if args.get("channel"):
        channel = channel_seen_by_bot(hub, args["channel"])
        if channel.kind != "im":
            raise ApiError("method_not_supported_for_channel_type")
    else:
        users = [each for each in args.get("users", "").split(",") if each]
        if not users:
            raise ApiError("users_list_not_supplied")
        if len(users) > 1:
            raise ApiError("too_many_users", "[ERROR] the local workspace has no group direct messages")
        channel = hub.state.im_of(person_named(hub, users[0]).id)
    if not args.get("return_im"):
        return {"channel": {"id": channel.id}}
    return {"no_op": True, "already_open": True, "channel": channel_object(hub.state, channel)}


def replies(hub: Hub, args: Payload) -> Payload:
    """Give a thread, the parent first whatever the span, then oldest first; a reply's ts gives only it."""
    channel = channel_seen_by_bot(hub, args["channel"], HISTORY_SCOPE)
    if not hub.state.bot_in(channel):
        raise ApiError("channel_not_found")
    messages = hub.state.in_channel(channel.id)
    parent = messages.get(args["ts"])
    if parent is None:
        raise ApiError("thread_not_found")
    page, cursor = page_of(_within(replies_to(parent, messages.values()), args), args, MOST_REPLIES)
    shown = [seen(each, metadata=_with_metadata(args)) for each in [parent, *page]]
    return {"messages": shown, "has_more": bool(cursor), **_next(cursor)}


def history(hub: Hub, args: Payload) -> Payload:
    """Give a channel's messages, newest first, without the replies in threads."""
    channel = channel_seen_by_bot(hub, args["channel"], HISTORY_SCOPE)
    if not hub.state.bot_in(channel):
        raise ApiError("not_in_channel")
    messages = hub.state.in_channel(channel.id).values()
    roots = [each for each in messages if _in_channel(each)]
    page, cursor = page_of(_within(roots, args)[::-1], args, 100)
    shown = [seen(each, metadata=_with_metadata(args)) for each in page]
    return {"messages": shown, "has_more": bool(cursor), "pin_count": 0, **_next(cursor)}


def list_conversations(hub: Hub, args: Payload) -> Payload:
    """List the channels the bot can see."""
    return _listed(hub, args, lambda channel: channel.kind == "channel" or hub.state.bot_in(channel))


def of_user(hub: Hub, args: Payload) -> Payload:
    """List the channels the bot, or a person, is in; of private ones only those the bot is in as well."""
    user = args.get("user", hub.state.bot_user)
    if user != hub.state.bot_user:
        person_named(hub, user)
    answer = _listed(
        hub,
        args,
        lambda channel: user in channel.members and (channel.kind == "channel" or hub.state.bot_in(channel)),
    )
    for channel in answer["channels"]:
        channel.pop("is_member", None)
        channel.pop("num_members", None)
    return answer


def _listed(hub: Hub, args: Payload, wanted: Callable[[Channel], bool]) -> Payload:
    types = {each.strip() for each in (args.get("types") or "public_channel").split(",")}
    if types - TYPE_SCOPE.keys():
        raise ApiError("invalid_types")
    for each in sorted(types):
        need_scope(hub, TYPE_SCOPE[each])
    found = [
        channel
        for channel in hub.state.channels.values()
        if _TYPE[channel.kind] in types and wanted(channel) and not (args.get("exclude_archived") and channel.archived)
    ]
    page, cursor = page_of(found, args, 100)
    shown = [channel_object(hub.state, each, listed=True) for each in page]
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def _within(messages: list[Payload], args: Payload) -> list[Payload]:
    oldest = _bound(args.get("oldest") or "0", "invalid_ts_oldest")
    latest = _bound(args.get("latest") or "9999999999", "invalid_ts_latest")
    slack = 1 if args.get("inclusive") else 0
    return [each for each in messages if oldest - slack < micros(each["ts"]) < latest + slack]


def _bound(ts: str, error: str) -> int:
    try:
        return micros(ts)
    except ValueError as broken:
        raise ApiError(error) from broken


def _in_channel(message: Payload) -> bool:
    own = message.get("thread_ts", message["ts"]) == message["ts"]
    return own or message.get("subtype") == "thread_broadcast"


def _with_metadata(args: Payload) -> bool:
    return bool(args.get("include_all_metadata"))


def _next(cursor: str) -> Payload:
    return {"response_metadata": {"next_cursor": cursor}} if cursor else {}


CONVERSATION_METHODS: dict[str, Callable[[Hub, Payload], Payload]] = {
    "conversations.history": history,
    "conversations.info": info,
    "conversations.join": join_channel,
    "conversations.list": list_conversations,
    "conversations.members": members,
    "conversations.open": open_conversation,
    "conversations.replies": replies,
    "users.conversations": of_user,
}
