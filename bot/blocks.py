"""Block Kit as functions that give plain dicts, cut to Slack's limits (`limits.py`).

Text that comes as `str` is escaped here; `Mrkdwn` stays as it is. No text turns addresses or names into links
by itself (`verbatim`).
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from bot import limits
from bot.buttons import button_value
from bot.mrkdwn import Mrkdwn, cut, escape, join, pieces, unescape
from dialogs.screens import Action

Block = dict[str, Any]
_BAR = re.compile("[▰▱]+ ?")
_EMPTY = "-"


class Message(NamedTuple):
    """A message for Slack: its blocks, and the same in words for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...]


class Button(NamedTuple):
    """A button to be drawn. `unique` tells buttons of the same action in one message apart."""

    label: str
    action: Action
    dialog: str | None = None
    turn: int = 0
    argument: str = ""
    unique: str = ""
    style: str | None = None  # "primary" or "danger"
    spoken: str | None = None  # what a screen reader says where the label alone is not enough

    @property
    def value(self) -> str:
        """What the button carries."""
        return button_value(self.action, self.dialog, self.turn, self.argument)


def message(*blocks: Block | None, text: str | None = None) -> Message:
    """Put a message together, without the blocks that are None; unless given, `text` is read from them."""
    shown = tuple(block for block in blocks if block is not None)
    if len(shown) > limits.MESSAGE_BLOCKS:
        shown = (*shown[: limits.MESSAGE_BLOCKS - 1], context("… and more than fits into one message."))
    return Message(cut(text or in_words(shown), limits.MESSAGE_TEXT), shown)


def in_words(blocks: Iterable[Block]) -> str:
    """Everything the blocks say, as lines of text, without the bars, which repeat what words say."""
    lines: list[str] = []
    for block in blocks:
        texts = [block.get("text"), *block.get("fields", ())]
        texts += block["elements"] if block["type"] == "context" else []
        for text in texts:
            if text:
                words = text["text"] if text["type"] == "mrkdwn" else escape(text["text"])
                lines += (line.rstrip() for line in _BAR.sub("", words).strip().split("\n"))
    return "\n".join(lines)


# --- text ---


def mrkdwn(text: str, limit: int = limits.SECTION_TEXT) -> Block:
    """Draw a formatted text."""
    return {"type": "mrkdwn", "text": cut(escape(text), limit) or _EMPTY, "verbatim": True}


def plain(text: str, limit: int) -> Block:
    """Draw an unformatted text, on one line."""
    shown = " ".join(unescape(text).split()) if isinstance(text, Mrkdwn) else " ".join(text.split())
    short = shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"
    return {"type": "plain_text", "text": short or _EMPTY, "emoji": True}


# --- blocks ---


def section(text: str, accessory: Block | None = None) -> Block:
    """Draw a paragraph, cut at 3000 characters; `accessory` stands to its right."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    return block | {"accessory": accessory} if accessory else block


def sections(text: str) -> list[Block]:
    """Draw as many paragraphs as a long text needs, split at line ends."""
    return [section(piece) for piece in pieces(escape(text), limits.SECTION_TEXT)]


def fields(texts: Sequence[str]) -> list[Block]:
    """Draw short texts in two columns, ten to a block."""
    step = limits.SECTION_FIELDS
    return [
        {"type": "section", "fields": [mrkdwn(text, limits.FIELD_TEXT) for text in texts[at : at + step]]}
        for at in range(0, len(texts), step)
    ]


def context(*texts: str) -> Block:
    """Draw small print."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts[: limits.CONTEXT_ELEMENTS]]}


def header(text: str) -> Block:
    """Draw a headline."""
    return {"type": "header", "text": plain(text, limits.HEADER_TEXT)}


def divider() -> Block:
    """Draw a line across."""
    return {"type": "divider"}


def actions(*elements: Block | Button | None) -> Block:
    """Draw a row of buttons and menus, without those that are None."""
    drawn = [button(item) if isinstance(item, Button) else item for item in elements if item is not None]
    return {"type": "actions", "elements": drawn[: limits.ACTIONS_ELEMENTS]}


# --- elements ---


def button(look: Button) -> Block:
    """Draw a button."""
    drawn: Block = {
        "type": "button",
        "text": plain(look.label, limits.BUTTON_TEXT),
        "action_id": _action_id(look.action, look.unique),
        "value": look.value,
    }
    if look.style:
        drawn["style"] = look.style
    if look.spoken:
        drawn["accessibility_label"] = plain(look.spoken, limits.ACCESSIBILITY_LABEL)["text"]
    return drawn


def overflow(unique: str, entries: Sequence[Button]) -> Block:
    """Draw a menu behind three dots, of two to five entries, each doing what the button would."""
    options = [option(entry.label, entry.value) for entry in entries[: limits.OVERFLOW_OPTIONS]]
    return {"type": "overflow", "action_id": _action_id("menu", unique), "options": options}


def menu(unique: str, placeholder: str, entries: Sequence[Button]) -> Block:
    """Draw a select whose entries do what a button would."""
    options = [option(entry.label, entry.value) for entry in entries[: limits.SELECT_OPTIONS]]
    return select(_action_id("menu", unique), placeholder, options)


def option(label: str, value: str, description: str | None = None) -> Block:
    """Draw one entry of a menu. ValueError where the value is longer than Slack takes."""
    if len(value) > limits.OPTION_VALUE:
        raise ValueError(f"the option value {value!r} is longer than {limits.OPTION_VALUE} characters")
    drawn: Block = {"text": plain(label, limits.OPTION_TEXT), "value": value}
    return drawn | ({"description": plain(description, limits.OPTION_DESCRIPTION)} if description else {})


def select(action_id: str, placeholder: str, options: list[Block], initial: str | None = None) -> Block:
    """Draw a menu of which one entry may be chosen; `initial` is the value of the entry chosen so far."""
    drawn: Block = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
        "options": options[: limits.SELECT_OPTIONS],
    }
    chosen = next((entry for entry in drawn["options"] if entry["value"] == initial), None)
    return drawn | ({"initial_option": chosen} if chosen else {})


def _action_id(action: str, unique: str) -> str:
    return f"{action}:{unique}"[: limits.IDENTIFIER] if unique else action


def listing(title: str, points: Iterable[str]) -> Mrkdwn:
    """Write a bold line and bullet points below it; empty without points."""
    lines = [Mrkdwn(f"• {escape(point)}") for point in points]
    return join((Mrkdwn(f"*{escape(title)}*"), *lines)) if lines else Mrkdwn("")
