"""Posting, changing and removing messages, with all that follows: thread counts, events, pages, saving."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.events import Events
from bot.sandbox.page_feed import Feed
from bot.sandbox.payload import Payload, copied
from bot.sandbox.slack_text import rich_text
from bot.sandbox.state import Channel, State
from bot.sandbox.timestamps import Timestamps, fresh_id

_MOST_WHISPERS = 500  # old ephemeral messages fade, as a reload of Slack's client makes them fade


@dataclass
class Whisper:
    """An ephemeral message: one person sees it, nothing stores it."""

    id: str
    person: str
    channel: Channel
    message: Payload


class Posting:
    """All writing of messages goes through here; nothing here waits, so every change is one step."""

    def __init__(
        self, state: State, stamps: Timestamps, events: Events, feed: Feed, changed: Callable[[], None]
    ) -> None:
        self.whispers: dict[str, Whisper] = {}
        self.bot_name = ""
        self._state = state
        self._stamps = stamps
        self._events = events
        self._feed = feed
        self._changed = changed

    def by_person(
        self,
        channel: Channel,
        person: str,
        text: str,
        thread_ts: str | None = None,
        *,
        broadcast: bool = False,
    ) -> Payload:
        """Post what a person says."""
        message = {"client_msg_id": fresh_id("").lower(), "user": person, "text": text}
        return self._add(channel, message, thread_ts, broadcast=broadcast)

    def by_bot(
        self,
        channel: Channel,
        text: str,
        blocks: list[Payload] | None = None,
        thread_ts: str | None = None,
        *,
        broadcast: bool = False,
        metadata: Payload | None = None,
    ) -> Payload:
        """Post what the bot says; `blocks` are complete already."""
        message = self.bot_message(text, blocks)
        if metadata:
            message["metadata"] = metadata
        return self._add(channel, message, thread_ts, broadcast=broadcast)

    def joined(self, channel: Channel, user: str, inviter: str | None) -> None:
        """Note in the channel that somebody joined."""
        message = {"subtype": "channel_join", "user": user, "text": f"<@{user}> has joined the channel"}
        if inviter:
            message["inviter"] = inviter
        self._add(channel, message, None)

    def change(self, channel: Channel, ts: str, changes: Payload, editor: str) -> Payload:
        """Change fields of a message (None removes one) and mark it as edited."""
        message = self._state.in_channel(channel.id)[ts]
        before = copied(message)
        for key, value in changes.items():
            if value is None:
                message.pop(key, None)
            else:
                message[key] = value
        message["edited"] = {"user": editor, "ts": self._stamps.next()}
        self._tell_changed(channel, message, before)
        return message

    def remove(self, channel: Channel, ts: str) -> None:
        """Delete a message; the parent of a thread leaves a tombstone, as in Slack."""
        messages = self._state.in_channel(channel.id)
        message = messages[ts]
        before = copied(message)
        if message.get("reply_count"):
            kept = {key: message[key] for key in message if key in _THREAD_FIELDS}
            message.clear()
            message.update(
                kept, subtype="tombstone", hidden=True, user="USLACKBOT", text="This message was deleted."
            )
            message["parent_user_id"] = "USLACKBOT"
            self._tell_changed(channel, message, before)
            return
        del messages[ts]
        now = self._stamps.next()
        self._events.message(
            channel,
            {
                "type": "message",
                "subtype": "message_deleted",
                "hidden": True,
                "deleted_ts": ts,
                "previous_message": self.seen(before),
                "ts": now,
                "event_ts": now,
            },
        )
        self._feed.removed(channel, ts)
        self._left_thread(channel, before)
        self._changed()

    def whisper(
        self,
        channel: Channel,
        person: str,
        text: str,
        blocks: list[Payload] | None,
        thread_ts: str | None = None,
    ) -> Whisper:
        """Show an ephemeral message of the bot to one person."""
        whisper = Whisper(fresh_id("Ep"), person, channel, self.bot_message(text, blocks))
        whisper.message |= {"type": "message", "ts": self._stamps.next(), "ephemeral": True, "id": whisper.id}
        if thread_ts:
            whisper.message["thread_ts"] = thread_ts
        self.whispers[whisper.id] = whisper
        while len(self.whispers) > _MOST_WHISPERS:
            del self.whispers[next(iter(self.whispers))]
        self._feed.whisper(person, channel, whisper.message)
        self._changed()
        return whisper

    def change_whisper(self, whisper: Whisper, text: str, blocks: list[Payload] | None) -> None:
        """Replace the content of an ephemeral message; this works through a response_url only."""
        whisper.message |= {"text": text, "blocks": blocks or []}
        self._feed.whisper(whisper.person, whisper.channel, whisper.message)
        self._changed()

    def remove_whisper(self, whisper: Whisper) -> None:
        """Take an ephemeral message away."""
        if self.whispers.pop(whisper.id, None):
            self._feed.whisper_removed(whisper.person, whisper.channel, whisper.id)
            self._changed()

    def seen(self, message: Payload, *, metadata: bool = False) -> Payload:
        """Give a message as the Web API and events show it."""
        shown = copied(message)
        if not metadata:
            shown.pop("metadata", None)
        if "blocks" not in shown and "client_msg_id" in shown:
            shown["blocks"] = [rich_text(shown)]
        return shown

    def bot_message(self, text: str, blocks: list[Payload] | None) -> Payload:
        """Build the author's part of a bot message."""
        state = self._state
        message: Payload = {
            "user": state.bot_user,
            "bot_id": state.bot_id,
            "app_id": state.app_id,
            "text": text,
            "team": state.team_id,
            "bot_profile": {
                "id": state.bot_id,
                "app_id": state.app_id,
                "name": self.bot_name,
                "deleted": False,
                "updated": 1_700_000_000,
                "team_id": state.team_id,
                "icons": dict.fromkeys(("image_36", "image_48", "image_72"), "https://example.com/bot.png"),
            },
        }
        if blocks:
            message["blocks"] = blocks
        return message

    def _add(
        self, channel: Channel, content: Payload, thread_ts: str | None, *, broadcast: bool = False
    ) -> Payload:
        messages = self._state.in_channel(channel.id)
        ts = self._stamps.next()
        message: Payload = {"type": "message", **content, "team": self._state.team_id, "ts": ts}
        # A reply to a message that is gone lands in the channel: Slack does not refuse it.
        parent = messages.get(thread_ts or "")
        if parent is not None:
            message |= {"thread_ts": parent["ts"], "parent_user_id": parent["user"]}
            if broadcast:
                message["subtype"] = "thread_broadcast"
        messages[ts] = message
        if parent is not None:
            _count_reply(parent, message)
            self._feed.message(channel, parent)
        self._tell_new(channel, message, parent)
        self._changed()
        return message

    def _tell_new(self, channel: Channel, message: Payload, parent: Payload | None) -> None:
        event = {**self.seen(message), "event_ts": message["ts"]}
        if parent is not None and message.get("subtype") == "thread_broadcast":
            event["root"] = self.seen(parent)
        self._events.message(channel, event)
        self._tell_mention(channel, message)
        self._feed.message(channel, message)

    def _tell_mention(self, channel: Channel, message: Payload) -> None:
        by_bot = message.get("user") == self._state.bot_user
        mentioned = f"<@{self._state.bot_user}>" in message["text"]
        if channel.kind == "im" or by_bot or not mentioned or not self._state.bot_in(channel):
            return
        kept = ("client_msg_id", "user", "text", "blocks", "ts", "team", "thread_ts", "edited")
        seen = self.seen(message)
        event = {key: seen[key] for key in kept if key in seen}
        event |= {"type": "app_mention", "channel": channel.id, "event_ts": message["ts"]}
        self._events.emit("app_mention", event)

    def _tell_changed(self, channel: Channel, message: Payload, before: Payload) -> None:
        now = self._stamps.next()
        self._events.message(
            channel,
            {
                "type": "message",
                "subtype": "message_changed",
                "hidden": True,
                "message": self.seen(message),
                "previous_message": self.seen(before),
                "ts": now,
                "event_ts": now,
            },
        )
        if f"<@{self._state.bot_user}>" not in before["text"]:
            self._tell_mention(channel, message)
        self._feed.message(channel, message)
        self._changed()

    def _left_thread(self, channel: Channel, reply: Payload) -> None:
        messages = self._state.in_channel(channel.id)
        parent = messages.get(reply.get("thread_ts", ""))
        if parent is None or parent["ts"] == reply["ts"]:
            return
        replies = [each for each in messages.values() if each.get("thread_ts") == parent["ts"] != each["ts"]]
        for key in _THREAD_FIELDS - {"type", "ts"}:
            parent.pop(key, None)
        for each in replies:
            _count_reply(parent, each)
        self._feed.message(channel, parent)


_THREAD_FIELDS = frozenset(
    {
        "type",
        "ts",
        "thread_ts",
        "reply_count",
        "reply_users",
        "reply_users_count",
        "latest_reply",
        "is_locked",
    },
)


def _count_reply(parent: Payload, reply: Payload) -> None:
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
