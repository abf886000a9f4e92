"""Posting, changing and removing messages, with all that follows: thread counts, events, pages, saving."""

from collections.abc import Callable

from bot.sandbox.announcing import Announcer
from bot.sandbox.authorship import bot_message
from bot.sandbox.payload import Payload, copied
from bot.sandbox.state import Channel, State
from bot.sandbox.threads import count_reply, entomb, recount
from bot.sandbox.timestamps import Timestamps, fresh_id
from bot.sandbox.whispers import Whisper, Whispers


class Posting:
    """All writing of messages goes through here; nothing here waits, so every change is one step."""

    def __init__(
        self,
        state: State,
        bot_name: str,
        stamps: Timestamps,
        announcer: Announcer,
        whispers: Whispers,
        changed: Callable[[], None],
    ) -> None:
        self.whispers = whispers
        self._state = state
        self._bot_name = bot_name
        self._stamps = stamps
        self._announcer = announcer
        self._changed = changed

    def by_person(
        self,
        channel: Channel,
        person: str,
        text: str,
        thread_ts: str | None = None,
        *,
        broadcast: bool = False,
        files: list[Payload] | None = None,
    ) -> Payload:
        """Post what a person says, with the files they share."""
        message: Payload = {"client_msg_id": fresh_id("").lower(), "user": person, "text": text}
        if files:
            message |= _with_files(files)
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
        files: list[Payload] | None = None,
    ) -> Payload:
        """Post what the bot says, with the files it shares; `blocks` are complete already."""
        message = bot_message(self._state, self._bot_name, text, blocks)
        if files:
            message |= _with_files(files)
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
        self._announcer.changed(channel, message, before)
        self._changed()
        return message

    def remove(self, channel: Channel, ts: str) -> None:
        """Delete a message; the parent of a thread leaves a tombstone, as in Slack."""
        messages = self._state.in_channel(channel.id)
        message = messages[ts]
        before = copied(message)
        if message.get("reply_count"):
            entomb(message)
            self._announcer.changed(channel, message, before)
        else:
            del messages[ts]
            parent = messages.get(message.get("thread_ts", ""))
            if parent is not None:
                recount(parent, messages.values())
            self._announcer.deleted(channel, message, parent)
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
        message = bot_message(self._state, self._bot_name, text, blocks)
        return self.whispers.show(channel, person, message, thread_ts)

    def _add(self, channel: Channel, content: Payload, thread_ts: str | None, *, broadcast: bool = False) -> Payload:
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
            count_reply(parent, message)
        self._announcer.posted(channel, message, parent)
        self._changed()
        return message


def _with_files(files: list[Payload]) -> Payload:
    """Give what marks a message that shares files, a person's and an app's alike."""
    return {"subtype": "file_share", "files": files, "upload": False, "display_as_bot": False}
