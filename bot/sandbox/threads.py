"""Threads: what a parent message knows of its replies."""

from collections.abc import Iterable

from bot.sandbox.payload import Payload

_FIELDS = ("thread_ts", "reply_count", "reply_users", "reply_users_count", "latest_reply", "is_locked")


def count_reply(parent: Payload, reply: Payload) -> None:
    """Note one more reply on its parent."""
    users = parent.get("reply_users", [])
    if reply["user"] not in users:
        users = [*users, reply["user"]]
    parent |= {
        "thread_ts": parent["ts"],
        "reply_count": parent.get("reply_count", 0) + 1,
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": reply["ts"],
        "is_locked": False,
    }


def recount(parent: Payload, messages: Iterable[Payload]) -> None:
    """Count the replies again, after one was deleted."""
    for name in _FIELDS:
        parent.pop(name, None)
    for reply in replies_to(parent, messages):
        count_reply(parent, reply)


def replies_to(parent: Payload, messages: Iterable[Payload]) -> list[Payload]:
    """Give the replies in the thread of `parent`, oldest first."""
    return [each for each in messages if each.get("thread_ts") == parent["ts"] != each["ts"]]


def entomb(parent: Payload) -> None:
    """Leave of a deleted parent what Slack leaves: a tombstone that keeps the thread together."""
    kept = {name: parent[name] for name in ("type", "ts", *_FIELDS)}
    parent.clear()
    parent |= kept | {
        "subtype": "tombstone",
        "hidden": True,
        "user": "USLACKBOT",
        "parent_user_id": "USLACKBOT",
        "text": "This message was deleted.",
    }
