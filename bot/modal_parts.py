"""The parts that modals are put together from; the block id of an input names its field."""

from typing import Any

from bot import limits
from bot.blocks import Block, plain
from bot.buttons import metadata

Json = dict[str, Any]
FIELD = "value"  # every input's action id


def modal(title: str, blocks: list[Block], *, close: str = "Cancel", submit: str | None = None) -> Json:
    """A modal with these blocks; with `submit`, one that can be sent off."""
    drawn: Json = {
        "type": "modal",
        "title": plain(title, limits.MODAL_TITLE),
        "close": plain(close, limits.MODAL_TITLE),
        "blocks": blocks[: limits.MODAL_BLOCKS],
    }
    return drawn | ({"submit": plain(submit, limits.MODAL_TITLE)} if submit else {})


def form(name: str, dialog: str | None, turn: int, argument: str) -> Json:
    """What a modal carries, so that it can be read back."""
    return {"callback_id": name, "private_metadata": metadata(name, dialog, turn, argument)}


def input_block(field: str, label: str, element: Json, hint: str = "", *, optional: bool = True) -> Block:
    """An input with its label, and a hint below it."""
    drawn: Block = {
        "type": "input",
        "block_id": field,
        "optional": optional,
        "label": plain(label, limits.LABEL),
        "element": element,
    }
    return drawn | ({"hint": plain(hint, limits.LABEL)} if hint else {})


def text_input(placeholder: str, initial: str, longest: int, *, lines: bool = False) -> Json:
    """A field for text of at most so many characters."""
    drawn: Json = {
        "type": "plain_text_input",
        "action_id": FIELD,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
        "max_length": longest,
        "multiline": lines,
    }
    return drawn | ({"initial_value": initial[:longest]} if initial else {})
