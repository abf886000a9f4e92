"""The test driver: a person who reads what is on the screen and acts on it."""

from bot.sandbox.acts import Acts
from bot.sandbox.element_values import Entered, acting, options_of
from bot.sandbox.errors import ActRefused
from bot.sandbox.events import Delivery
from bot.sandbox.hub import Hub
from bot.sandbox.payload import Payload
from bot.sandbox.screen import Seen, Target, readable, targets
from bot.sandbox.state import Channel, Member


class Person:
    """One of the workspace's people.

    Acts return once the app has acknowledged; they raise NotAcknowledged where it did not, and ActRefused for
    what Slack's client would not let a person do. Channels are named by `#name`, `name` or id; `dm` is the
    direct message with the bot.
    """

    def __init__(self, hub: Hub, acts: Acts, member: Member) -> None:
        self._hub = hub
        self._acts = acts
        self.id = member.id
        self.name = member.display_name
        self.view_errors: dict[str, str] = {}

    @property
    def modal(self) -> Payload | None:
        """The view of the modal that is open, or None."""
        return self._hub.modals.top(self.id)

    def sees(self, channel: str | None = None) -> list[Seen]:
        """Give the messages on this person's screen, oldest first: channels, threads, ephemeral ones."""
        state = self._hub.state
        wanted = [self._channel(channel)] if channel else list(state.channels.values())
        seen = [
            Seen.of(each, message)
            for each in wanted
            if state.may_see(self.id, each)
            for message in state.in_channel(each.id).values()
        ]
        seen += [
            Seen.of(whisper.channel, whisper.message)
            for whisper in self._hub.posting.whispers.of(self.id)
            if whisper.channel in wanted
        ]
        return sorted(seen, key=lambda each: each.ts)

    def last(self, channel: str | None = None) -> Seen:
        """Give the newest message on this person's screen; raises ActRefused if there is none."""
        seen = self.sees(channel)
        if not seen:
            raise ActRefused(f"{self.name} sees no message.")
        return seen[-1]

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
        await _all(deliveries)
        return Seen.of(where, message)

    async def shares(
        self, name: str, text: str = "", channel: str = "fraud-detection", thread: Seen | str | None = None
    ) -> Seen:
        """Share a file of this name, in the thread of a message if it is given."""
        where = self._channel(thread.channel if isinstance(thread, Seen) else channel)
        root = (thread.thread_ts or thread.ts) if isinstance(thread, Seen) else thread
        message, deliveries = self._acts.share(self.id, where.id, name, text, root)
        await _all(deliveries)
        return Seen.of(where, message)

    async def commands(self, line: str, channel: str = "fraud-detection") -> None:
        """Send a slash command such as `/maturity start`."""
        await self._acts.command(self.id, self._channel(channel).id, line)

    async def clicks(self, label: str, message: Seen | None = None, *, within: str = "") -> None:
        """Click the button, or choose the option, that reads `label`.

        An open modal covers the screen: then only it is looked at. Else it is `message`, or the newest
        message that has the label and whose text contains `within`.
        """
        view = self.modal
        if view is not None and message is None:
            target = _found(label, targets(view["blocks"]), readable(view))
            await self._acts.forms.click(self.id, view["id"], target.ids, target.value)
            return
        seen = [self._now(message)] if message else [each for each in self.sees() if within in each.text]
        for each in reversed(seen):
            for target in targets(each.blocks):
                if target.label == label:
                    await self._acts.click(self.id, each.channel, each.where, target.ids, target.value)
                    return
        labels = sorted({label for each in seen for label in each.labels})
        raise ActRefused(f"{self.name} sees nothing labelled {label!r}, but: {', '.join(labels) or 'nothing'}")

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
        await _all(self._acts.edit(self.id, message.channel, message.ts, text))

    async def deletes(self, message: Seen) -> None:
        """Delete a message of one's own, or any if the person is an admin."""
        await _all(self._acts.delete(self.id, message.channel, message.ts))

    async def invites(self, channel: str, who: "Person | None" = None) -> None:
        """Invite the bot, or somebody, into a channel."""
        await _all(self._acts.invite(self.id, self._channel(channel).id, who.id if who else None))

    async def removes(self, channel: str, who: "Person | None" = None) -> None:
        """Remove the bot, or somebody, from a channel."""
        await _all(self._acts.kick(self.id, self._channel(channel).id, who.id if who else None))

    def _entries(self, values: dict[str, Entered]) -> dict[str, dict[str, Entered]]:
        view = self._open()
        entries: dict[str, dict[str, Entered]] = {}
        for name, value in values.items():
            block, element = _field(view, name)
            entries.setdefault(block["block_id"], {})[element["action_id"]] = _by_label(element, value)
        return entries

    def _open(self) -> Payload:
        if self.modal is None:
            raise ActRefused(f"{self.name} has no modal open.")
        return self.modal

    def _now(self, message: Seen) -> Seen:
        """Give the message as it is on the screen now."""
        return next((each for each in self.sees() if each.where == message.where), message)

    def _channel(self, name: str) -> Channel:
        if name == "dm":
            return self._hub.state.im_of(self.id)
        for channel in self._hub.state.channels.values():
            if (name.removeprefix("#") in {channel.id, channel.name} and channel.kind != "im") or name == channel.id:
                return channel
        raise ActRefused(f"There is no channel {name!r}.")


async def _all(deliveries: list[Delivery]) -> None:
    for delivery in deliveries:
        failure = await delivery
        if failure is not None:
            raise failure


def _found(label: str, among: list[Target], text: str) -> Target:
    for target in among:
        if target.label == label:
            return target
    labels = ", ".join(sorted({each.label for each in among})) or "nothing"
    raise ActRefused(f"The open modal has nothing labelled {label!r}, but: {labels}. It reads: {text[:200]}")


def _field(view: Payload, name: str) -> tuple[Payload, Payload]:
    for block, element in acting(view["blocks"]):
        label = (block.get("label") or {}).get("text")
        if name in {element["action_id"], block["block_id"], label}:
            return block, element
    raise ActRefused(f"The open modal has no field {name!r}.")


def _by_label(element: Payload, value: Entered) -> Entered:
    labels = {option["text"]["text"]: option["value"] for option in options_of(element)}
    if isinstance(value, list):
        return [labels.get(each, each) for each in value]
    return labels.get(value, value) if value is not None else None
