"""The test driver: a person who reads what is on the screen and acts on it."""

from bot.sandbox.acts import Acts
from bot.sandbox.element_values import Entered
from bot.sandbox.errors import ActRefused
from bot.sandbox.hub import Hub
from bot.sandbox.naming import element_named, targeted, value_of
from bot.sandbox.payload import Payload
from bot.sandbox.screen import Seen, place_of, readable, targets
from bot.sandbox.state import Channel, Member
from bot.sandbox.visitor import Visitor, acknowledged


class Person(Visitor):
    """One of the workspace's people.

    Acts return once the app has acknowledged; they raise NotAcknowledged where it did not, and ActRefused for
    what Slack's client would not let a person do. Channels are named by `#name`, `name` or id; `dm` is the
    direct message with the bot.
    """

    def __init__(self, hub: Hub, acts: Acts, member: Member) -> None:
        super().__init__(hub, acts, member)
        self.view_errors: dict[str, str] = {}

    @property
    def modal(self) -> Payload | None:
        """The view of the modal that is open, or None."""
        return self._hub.modals.top(self.id)

    def sees(self, channel: str | None = None) -> list[Seen]:
        """Give the messages on this person's screen, oldest first: channels, threads, ephemeral ones."""
        return [Seen.of(*each) for each in self._on_screen([self._channel(channel)] if channel else None)]

    def last(self, channel: str | None = None) -> Seen:
        """Give the newest message on this person's screen; raises ActRefused if there is none."""
        shown = self._on_screen([self._channel(channel)] if channel else None)
        if not shown:
            raise ActRefused(f"{self.name} sees no message.")
        return Seen.of(*shown[-1])

    async def says(
        self,
        text: str,
        channel: str = "fraud-detection",
        thread: Seen | str | None = None,
        *,
        broadcast: bool = False,
    ) -> Seen:
        """Type a message; `thread` is any message of the thread, or its parent's ts."""
        where = self._channel(thread.channel if isinstance(thread, Seen) else channel)
        root = (thread.thread_ts or thread.ts) if isinstance(thread, Seen) else thread
        message, deliveries = self._acts.say(self.id, where.id, text, root, broadcast=broadcast)
        await acknowledged(deliveries)
        return Seen.of(where, message)

    async def shares(
        self,
        name: str,
        text: str = "",
        channel: str = "fraud-detection",
        thread: Seen | str | None = None,
        content: bytes | None = None,
    ) -> Seen:
        """Share a file of this name, in the thread of a message if it is given; `content` is what it holds."""
        where = self._channel(thread.channel if isinstance(thread, Seen) else channel)
        root = (thread.thread_ts or thread.ts) if isinstance(thread, Seen) else thread
        message, deliveries = self._acts.share(self.id, where.id, name, text, root, content)
        await acknowledged(deliveries)
        return Seen.of(where, message)

    async def commands(self, line: str, channel: str = "fraud-detection") -> None:
        """Send a slash command such as `/maturity start`."""
        await self._acts.command(self.id, self._channel(channel).id, line)

    async def clicks(self, label: str, message: Seen | None = None, *, within: str = "") -> None:
        """Click the button, or choose the option, that reads `label`.

        An open modal covers the screen: then only it is looked at. Else it is `message`, or the newest message
        that has the label and whose text contains `within`; where there is none, the app's Home tab.
        """
        view = self.modal
        if view is not None and message is None:
            target = targeted(label, view["blocks"], "The open modal")
            await self._acts.forms.click(self.id, view["id"], target.ids, target.value)
            return
        shown = self._on_screen() if message is None else [self._now(message)]
        for channel, each in reversed(shown):
            for target in targets(each.get("blocks") or []):
                if target.label == label and within in readable(each):
                    await self._acts.click(self.id, channel.id, place_of(each), target.ids, target.value)
                    return
        if message is None and not within and label in self.home.labels:
            await self.clicks_home(label)
            return
        labels = sorted({target.label for _, each in shown for target in targets(each.get("blocks") or [])})
        raise ActRefused(f"{self.name} sees nothing labelled {label!r}, but: {', '.join(labels) or 'nothing'}")

    async def chooses(self, name: str, option: str, message: Seen) -> None:
        """Choose an option, person, conversation or date in the field of a message that `name` names."""
        channel, now = self._now(message)
        block, element = element_named(name, now.get("blocks") or [], "The message")
        ids = (block["block_id"], element["action_id"])
        await self._acts.click(self.id, channel.id, place_of(now), ids, value_of(self._hub, self.id, element, option))

    async def shortcuts(self, name: str, message: Seen) -> None:
        """Use the message shortcut that reads `name` on a message, wherever it stands."""
        await self._acts.shortcut(self.id, message.channel, message.where, name)

    def enters(self, **values: Entered) -> None:
        """Fill in fields of the open modal, by action_id, block_id or label, with text or option labels."""
        self._acts.forms.enter(self.id, self._entries(values))

    async def submits(self, **values: Entered) -> dict[str, str]:
        """Fill in and submit the open modal; gives what is wrong by block_id, {} when it was taken."""
        view = self._open()
        self.view_errors = await self._acts.forms.submit(self.id, view["id"], self._entries(values))
        return self.view_errors

    async def closes(self) -> None:
        """Close the open modal."""
        await self._acts.forms.close(self.id, self._open()["id"])

    async def edits(self, message: Seen, text: str) -> None:
        """Change a message of one's own."""
        await acknowledged(self._acts.edit(self.id, message.channel, message.ts, text))

    async def deletes(self, message: Seen) -> None:
        """Delete a message of one's own, or any if the person is an admin."""
        await acknowledged(self._acts.delete(self.id, message.channel, message.ts))

    async def invites(self, channel: str, who: "Person | None" = None) -> None:
        """Invite the bot, or somebody, into a channel."""
        await acknowledged(self._acts.invite(self.id, self._channel(channel).id, who.id if who else None))

    async def removes(self, channel: str, who: "Person | None" = None) -> None:
        """Remove the bot, or somebody, from a channel."""
        await acknowledged(self._acts.kick(self.id, self._channel(channel).id, who.id if who else None))

    def _entries(self, values: dict[str, Entered]) -> dict[str, dict[str, Entered]]:
        view = self._open()
        entries: dict[str, dict[str, Entered]] = {}
        for name, value in values.items():
            block, element = element_named(name, view["blocks"], "The open modal")
            entered = value_of(self._hub, self.id, element, value)
            entries.setdefault(block["block_id"], {})[element["action_id"]] = entered
        return entries

    def _open(self) -> Payload:
        if self.modal is None:
            raise ActRefused(f"{self.name} has no modal open.")
        return self.modal

    def _on_screen(self, channels: list[Channel] | None = None) -> list[tuple[Channel, Payload]]:
        """Give the messages on the screen as they are stored, oldest first, each with its channel."""
        state = self._hub.state
        wanted = {each.id: each for each in channels or state.channels.values()}
        shown = [
            (each, message)
            for each in wanted.values()
            if state.may_see(self.id, each)
            for message in state.in_channel(each.id).values()
        ]
        whispers = self._hub.posting.whispers.of(self.id)
        shown += [(each.channel, each.message) for each in whispers if each.channel.id in wanted]
        return sorted(shown, key=lambda each: each[1]["ts"])

    def _now(self, message: Seen) -> tuple[Channel, Payload]:
        """Give the message as it is now; as it was, if it is gone."""
        channel = self._hub.state.channels[message.channel]
        whisper = self._hub.posting.whispers.get(message.where)
        now = whisper.message if whisper else self._hub.state.in_channel(channel.id).get(message.where)
        return channel, now or message.raw

    def _channel(self, name: str) -> Channel:
        if name == "dm":
            return self._hub.state.im_of(self.id)
        for channel in self._hub.state.channels.values():
            if (name.removeprefix("#") in {channel.id, channel.name} and channel.kind != "im") or name == channel.id:
                return channel
        raise ActRefused(f"There is no channel {name!r}.")
