"""What can be read and clicked on the screen of a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.element_values import acting, options_of
from bot.sandbox.payload import Payload, copied
from bot.sandbox.state import Channel


@dataclass(frozen=True)
class Target:
    """Something to click: its label, block_id and action_id, and for an option its value."""

    label: str
    ids: tuple[str, str]
    value: str | None = None


@dataclass(frozen=True)
class Seen:
    """A message as it was on the screen at one moment.

    `where` is the ts, or for an ephemeral message its id; `text` is everything readable, blocks included.
    """

    channel: str
    ts: str
    where: str
    thread_ts: str | None
    author: str
    text: str
    ephemeral: bool
    raw: Payload

    @classmethod
    def of(cls, channel: Channel, message: Payload) -> "Seen":
        """Take a picture of a message."""
        return cls(
            channel=channel.id,
            ts=message["ts"],
            where=place_of(message),
            thread_ts=message.get("thread_ts"),
            author=message["user"],
            text=readable(message),
            ephemeral=bool(message.get("ephemeral")),
            raw=copied(message),
        )

    @property
    def blocks(self) -> list[Payload]:
        """The message's blocks."""
        blocks: list[Payload] = self.raw.get("blocks", [])
        return blocks

    @property
    def files(self) -> list[Payload]:
        """The files that the message shares, as Slack describes them."""
        files: list[Payload] = self.raw.get("files", [])
        return files

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons and options."""
        return [each.label for each in targets(self.blocks)]


@dataclass(frozen=True)
class SeenView:
    """A view as it was on the screen at one moment; `raw` is Slack's view object, {} where there is none."""

    raw: Payload

    @property
    def text(self) -> str:
        """Everything readable, block by block."""
        return readable(self.raw)

    @property
    def blocks(self) -> list[Payload]:
        """The view's blocks."""
        blocks: list[Payload] = self.raw.get("blocks", [])
        return blocks

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons and options."""
        return [each.label for each in targets(self.blocks)]


def place_of(message: Payload) -> str:
    """Give what a message is known by on a screen: its ts, or if it is ephemeral its id."""
    return str(message.get("id") or message["ts"])


def targets(blocks: list[Payload]) -> list[Target]:
    """Give everything that can be clicked or chosen, from top to bottom."""
    found = []
    for block, element in acting(blocks):
        ids = (block["block_id"], element["action_id"])
        if element["type"] == "button":
            found.append(Target(element["text"]["text"], ids))
        found += [Target(each["text"]["text"], ids, each["value"]) for each in options_of(element)]
    return found


def readable(part: Payload) -> str:
    """Give the text of a message or view, block by block; the fallback only where there are no blocks.

    Of files come title and alternative text, a line each.
    """
    files = [each[key] for each in part.get("files", ()) for key in ("title", "alt_txt") if each.get(key)]
    if not part.get("blocks"):
        return "\n".join(filter(None, [str(part.get("text", "")), *files]))
    title = [part["title"]["text"]] if isinstance(part.get("title"), dict) else []
    return "\n".join([*title, *(" ".join(_texts(block)) for block in part["blocks"]), *files])


def _texts(part: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    if isinstance(part, list):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, dict):
        for key, each in part.items():
            if key in {"text", "alt_text"} and isinstance(each, str):
                yield each
            elif key != "confirm":
                yield from _texts(each)
