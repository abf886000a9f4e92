"""Telling the app and the pages what happened to a message."""

from bot.sandbox.events import Events
from bot.sandbox.page_feed import Feed
from bot.sandbox.payload import Payload, copied
from bot.sandbox.slack_text import rich_text
from bot.sandbox.state import Channel, State
from bot.sandbox.timestamps import Timestamps

_IN_MENTION = ("client_msg_id", "user", "text", "blocks", "ts", "team", "thread_ts", "edited")


def seen(message: Payload, *, metadata: bool = False) -> Payload:
    """Give a message as the Web API and events show it; metadata only where it was asked for."""
    shown = copied(message)
    if not metadata:
        shown.pop("metadata", None)
    if "blocks" not in shown and "client_msg_id" in shown:
        shown["blocks"] = [rich_text(shown)]
    return shown


def _in_event(message: Payload) -> Payload:
    """Give a message as events show it: the app is told in the profile only."""
    return {key: value for key, value in seen(message).items() if key != "app_id"}


class Announcer:
    """Sends the message events and the frames for the pages."""

    def __init__(self, state: State, stamps: Timestamps, events: Events, feed: Feed) -> None:
        self._state = state
        self._stamps = stamps
        self._events = events
        self._feed = feed

    def posted(self, channel: Channel, message: Payload, parent: Payload | None) -> None:
        """Tell of a new message."""
        event = {**_in_event(message), "event_ts": message["ts"]}
        if parent is not None:
            self._feed.message(channel, parent)
            if message.get("subtype") == "thread_broadcast":
                event["root"] = seen(parent)
        self._events.message(channel, event)
        self._mentioned(channel, message)
        self._shared(channel, message)
        self._feed.message(channel, message)

    def changed(self, channel: Channel, message: Payload, before: Payload) -> None:
        """Tell of a changed message; a mention that the change brought in counts as a mention."""
        told = {"message": _in_event(message), "previous_message": _in_event(before)}
        self._events.message(channel, self._hidden("message_changed", told))
        if not self._mentions(before):
            self._mentioned(channel, message)
        self._feed.message(channel, message)

    def deleted(self, channel: Channel, message: Payload, parent: Payload | None) -> None:
        """Tell of a deleted message; `parent` has lost a reply, if it was one."""
        told = {"deleted_ts": message["ts"], "previous_message": _in_event(message)}
        self._events.message(channel, self._hidden("message_deleted", told))
        self._feed.removed(channel, message["ts"])
        if parent is not None:
            self._feed.message(channel, parent)

    def _shared(self, channel: Channel, message: Payload) -> None:
        for file in message.get("files", []) if self._state.bot_in(channel) else []:
            event = {"type": "file_shared", "file_id": file["id"], "user_id": message["user"]}
            event |= {"file": {"id": file["id"]}, "channel_id": channel.id, "event_ts": message["ts"]}
            self._events.emit("file_shared", event)

    def _hidden(self, subtype: str, told: Payload) -> Payload:
        now = self._stamps.next()
        return {"type": "message", "subtype": subtype, "hidden": True, **told, "ts": now, "event_ts": now}

    def _mentions(self, message: Payload) -> bool:
        return f"<@{self._state.bot_user}>" in message["text"]

    def _mentioned(self, channel: Channel, message: Payload) -> None:
        by_bot = message["user"] == self._state.bot_user
        if channel.kind == "im" or by_bot or not self._mentions(message) or not self._state.bot_in(channel):
            return
        shown = seen(message)
        event = {key: shown[key] for key in _IN_MENTION if key in shown}
        event |= {"type": "app_mention", "channel": channel.id, "event_ts": message["ts"]}
        self._events.emit("app_mention", event)
