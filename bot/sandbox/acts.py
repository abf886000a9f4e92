"""What people do: talk, click, submit, use shortcuts, invite, move the clock. Used by the page and the test driver."""

from bot.sandbox.blocks_check import check_message
from bot.sandbox.element_values import Entered, acting
from bot.sandbox.errors import ActRefused, ApiError, NotAcknowledged
from bot.sandbox.events import Delivery
from bot.sandbox.files import UNKNOWN_SIZE, described, in_message, share_noted
from bot.sandbox.forms import Forms
from bot.sandbox.home_tab import HomeTab
from bot.sandbox.hub import Hub
from bot.sandbox.interactions import action_of, global_shortcut, message_click, message_shortcut, slash_command
from bot.sandbox.manifest import Shortcut
from bot.sandbox.membership import join, leave
from bot.sandbox.payload import Payload
from bot.sandbox.pickers import check_offered
from bot.sandbox.slack_text import escaped_command, typed
from bot.sandbox.state import Channel
from bot.sandbox.whispers import Whisper

NO_ANSWER = "This app did not answer in time. Please try again."


class Acts:
    """The deeds of people. Each raises ActRefused with a sentence for the person."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.forms = Forms(hub)
        self.home = HomeTab(hub)

    def say(
        self,
        person: str,
        channel_id: str,
        text: str,
        thread_ts: str | None = None,
        *,
        broadcast: bool = False,
    ) -> tuple[Payload, list[Delivery]]:
        """Post what a person types; gives the message and the deliveries of its events."""
        channel = self._open_to(person, channel_id)
        if not text.strip():
            raise ActRefused("Write something first.")
        if thread_ts is not None and thread_ts not in self._hub.state.in_channel(channel.id):
            raise ActRefused("This thread is gone.")
        told = typed(text, self._hub.state, self._hub.manifest.name)
        with self._hub.events.collected() as deliveries:
            message = self._hub.posting.by_person(channel, person, told, thread_ts, broadcast=broadcast)
        return message, deliveries

    def share(
        self,
        person: str,
        channel_id: str,
        name: str,
        text: str = "",
        thread_ts: str | None = None,
        content: bytes | None = None,
    ) -> tuple[Payload, list[Delivery]]:
        """Share a file of this name, with or without words; nothing is kept of it without `content`."""
        hub, channel = self._hub, self._open_to(person, channel_id)
        if thread_ts is not None and thread_ts not in hub.state.in_channel(channel.id):
            raise ActRefused("This thread is gone.")
        size = UNKNOWN_SIZE if content is None else len(content)
        file = hub.keep_file(described(hub.state, hub.stamps, hub.url, person, name, size=size), content)
        with hub.events.collected() as deliveries:
            message = hub.posting.by_person(
                channel, person, typed(text, hub.state, hub.manifest.name), thread_ts, files=[in_message(file)]
            )
        share_noted(file, channel, message)
        return message, deliveries

    def edit(self, person: str, channel_id: str, ts: str, text: str) -> list[Delivery]:
        """Change a message of the person's own."""
        channel = self._own(person, channel_id, ts)
        told = typed(text, self._hub.state, self._hub.manifest.name)
        with self._hub.events.collected() as deliveries:
            self._hub.posting.change(channel, ts, {"text": told}, person)
        return deliveries

    def delete(self, person: str, channel_id: str, ts: str) -> list[Delivery]:
        """Delete a message of the person's own; an admin may delete any."""
        admin = self._hub.state.people[person].is_admin
        channel = self._open_to(person, channel_id) if admin else self._own(person, channel_id, ts)
        if ts not in self._hub.state.in_channel(channel.id):
            raise ActRefused("This message is gone.")
        with self._hub.events.collected() as deliveries:
            self._hub.posting.remove(channel, ts)
        return deliveries

    async def command(self, person: str, channel_id: str, line: str) -> None:
        """Send a slash command and show what the app acknowledges it with."""
        hub = self._hub
        channel = self._visible(person, channel_id)
        word, _, text = line.strip().partition(" ")
        declared = hub.manifest.command(word)
        if declared is None or "commands" not in hub.manifest.scopes:
            raise ActRefused(f"{word} is not a valid command.")
        text = text.strip()
        if declared.should_escape:
            text = escaped_command(text, hub.state, hub.manifest.name)
        payload = slash_command(hub, person, channel, word, text)
        try:
            answer = await hub.link.deliver("slash_commands", payload)
        except NotAcknowledged as late:
            raise NotAcknowledged(f"{word} failed: {late}") from late
        if answer.get("text") or answer.get("blocks"):
            self._show_answer(person, channel, answer)

    async def click(
        self,
        person: str,
        channel_id: str,
        where: str,
        ids: tuple[str, str],
        selected: Entered = None,
    ) -> None:
        """Click an element of a message (`where` is its ts) or ephemeral message (its id).

        `ids` are block_id and action_id; `selected` is the option value or values, or the text entered.
        """
        hub = self._hub
        channel = self._visible(person, channel_id)
        source: Payload | Whisper | None = hub.state.in_channel(channel.id).get(where)
        whisper = hub.posting.whispers.get(where)
        if whisper is not None and whisper.person == person:
            source = whisper
        if source is None:
            raise ActRefused("This message is gone.")
        message = source.message if isinstance(source, Whisper) else source
        block, element = element_in(message.get("blocks", []), ids)
        self._interactive()
        check_offered(hub.state, person, element, selected)
        action = action_of(hub, block, element, selected)
        await hub.link.deliver("interactive", message_click(hub, person, channel, source, action))

    async def shortcut(self, person: str, channel_id: str, where: str, name: str) -> None:
        """Use the message shortcut `name` on a message (`where` is its ts); the bot need not be in the channel."""
        hub = self._hub
        channel = self._visible(person, channel_id)
        shortcut = self._usable(name, "message")
        if hub.posting.whispers.get(where) is not None:
            raise ActRefused("Shortcuts cannot be used on messages that only you can see.")
        message = hub.state.in_channel(channel.id).get(where)
        if message is None or message.get("subtype") == "tombstone":
            raise ActRefused("This message is gone.")
        payload = message_shortcut(hub, person, channel, message, shortcut.callback_id)
        await hub.link.deliver("interactive", payload)

    async def global_shortcut(self, person: str, name: str, channel_id: str = "") -> None:
        """Use the global shortcut `name`; `channel_id` is what the person looks at, which the app is not told."""
        shortcut = self._usable(name, "global")
        conversation = self._visible(person, channel_id).id if channel_id else ""
        payload = global_shortcut(self._hub, person, shortcut.callback_id, conversation)
        await self._hub.link.deliver("interactive", payload)

    def invite(self, person: str, channel_id: str, user: str | None = None) -> list[Delivery]:
        """Invite the bot, or somebody, into a channel the person is in."""
        channel = self._open_to(person, channel_id)
        if channel.kind == "im":
            raise ActRefused("Nobody can be invited into a direct message.")
        with self._hub.events.collected() as deliveries:
            join(self._hub, channel, user or self._hub.state.bot_user, person)
        return deliveries

    def kick(self, person: str, channel_id: str, user: str | None = None) -> list[Delivery]:
        """Remove the bot, or somebody, from a channel."""
        channel = self._open_to(person, channel_id)
        if channel.kind == "im":
            raise ActRefused("Nobody can be removed from a direct message.")
        with self._hub.events.collected() as deliveries:
            leave(self._hub, channel, user or self._hub.state.bot_user)
        return deliveries

    def forward(self, seconds: object) -> None:
        """Move the workspace's clock forward by a number of seconds, at most five years at once."""
        self._hub.clock_moves.forward(seconds)

    def _show_answer(self, person: str, channel: Channel, answer: Payload) -> None:
        try:
            check_message(answer.get("text"), answer.get("blocks"))
        except ApiError as refused:
            raise ActRefused(f"The app's answer was not valid: {refused}") from refused
        self._hub.response_urls.carry_out(person, channel, answer)

    def _interactive(self) -> None:
        if not self._hub.manifest.interactivity:
            raise ActRefused("This app is not configured to handle clicks.")

    def _usable(self, name: str, kind: str) -> Shortcut:
        manifest = self._hub.manifest
        offered = manifest.shortcuts_of(kind)
        declared = next((each for each in offered if each.name == name), None)
        if declared is None:
            names = ", ".join(each.name for each in offered) or "none"
            raise ActRefused(f"This app has no {kind} shortcut {name!r}; it has: {names}.")
        if "commands" not in manifest.scopes:
            raise ActRefused("This app lacks the scope `commands`, which shortcuts need.")
        if not manifest.interactivity:
            raise ActRefused("This app is not configured to handle shortcuts.")
        return declared

    def _visible(self, person: str, channel_id: str) -> Channel:
        channel = self._hub.state.channels.get(channel_id)
        if channel is None or not self._hub.state.may_see(person, channel):
            raise ActRefused("You cannot see this channel.")
        return channel

    def _open_to(self, person: str, channel_id: str) -> Channel:
        channel = self._visible(person, channel_id)
        if channel.archived:
            raise ActRefused("This channel is archived.")
        if person not in channel.members:
            raise ActRefused(f"Join #{channel.name} first.")
        return channel

    def _own(self, person: str, channel_id: str, ts: str) -> Channel:
        channel = self._open_to(person, channel_id)
        if self._hub.state.in_channel(channel.id).get(ts, {}).get("user") != person:
            raise ActRefused("You can change your own messages only.")
        return channel


def element_in(blocks: list[Payload], ids: tuple[str, str]) -> tuple[Payload, Payload]:
    """Give the element with this block_id and action_id, and its block; raises ActRefused."""
    for block, element in acting(blocks):
        if (block["block_id"], element["action_id"]) == ids:
            return block, element
    raise ActRefused("This button is gone.")
