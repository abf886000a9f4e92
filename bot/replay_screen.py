"""What stands on a replay's screen: messages, their buttons and forms, as people find and fill them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.blocks import Message


class CannotAct(Exception):  # noqa: N818 - a situation
    """Somebody is to do what nobody could do in Slack now; the message says what is there instead."""


@dataclass
class Shown:
    """A message on screen: its slot and ts, what it shows, whose assessment it is of, and who alone sees it."""

    slot: str
    ts: str
    message: Message
    dialog: str | None = None
    only_for: str | None = None
    in_channel: bool = False


def walk_blocks(value: object) -> Iterator[dict[str, Any]]:
    """Every mapping inside blocks, outermost first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk_blocks(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from walk_blocks(inner)


def label_of(element: Mapping[str, Any]) -> str:
    """What stands on a button or on a menu's entry."""
    text = element.get("text")
    return str(text.get("text", "")) if isinstance(text, dict) else ""


def find_button(messages: Sequence[Shown], name: str, label: str, within: str | None) -> tuple[Shown, dict[str, Any]]:
    """The newest button or menu entry of that label that this person sees; `within` is text of its message.

    CannotAct where there is none.
    """
    seen = [shown for shown in messages if shown.only_for in (None, name)]
    for shown in reversed(seen):
        if within and within not in shown.message.text:
            continue
        for element in walk_blocks(shown.message.blocks):
            if "value" in element and label_of(element) == label:
                return shown, element
    there = ", ".join(labels_of(seen[-1].message)) if seen else ""
    raise CannotAct(f"{name} sees no button [{label}]; the last message has {there or 'none'}")


def labels_of(message: Message) -> list[str]:
    """The buttons and menu entries of a message, each as [Label]."""
    return [f"[{label_of(each)}]" for each in walk_blocks(message.blocks) if "value" in each and label_of(each)]


def inputs_of(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields of a form."""
    return [block for block in view["blocks"] if block["type"] == "input"]


def filled(view: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What a form holds when it is sent: the given values by field, chosen by their labels, else what it showed.

    CannotAct for a field or a choice that is not there.
    """
    blocks = {block["block_id"]: block["element"] for block in inputs_of(view)}
    if foreign := sorted(set(values) - set(blocks)):
        raise CannotAct(f"the form has no field {foreign[0]!r}; it has {', '.join(blocks)}")
    return {
        field: _given(element, values[field]) if field in values else _untouched(element)
        for field, element in blocks.items()
    }


def _given(element: Mapping[str, Any], wanted: object) -> object:
    """What a field holds once somebody has typed or chosen this."""
    options = [each for each in walk_blocks(element) if "value" in each and isinstance(each.get("text"), dict)]
    if not options:
        return None if wanted is None else str(wanted)
    labels = [str(label) for label in (wanted if isinstance(wanted, list) else [wanted]) if label is not None]
    by_label = {label_of(each): each["value"] for each in reversed(options)}
    if missing := [label for label in labels if label not in by_label]:
        raise CannotAct(f"{missing[0]!r} is not among {', '.join(label_of(each) for each in options)}")
    found = tuple(by_label[label] for label in labels)
    if element["type"].startswith("multi"):
        return found
    return found[0] if found else None


def _untouched(element: Mapping[str, Any]) -> object:
    """What a field holds when nobody touches it."""
    if "initial_option" in element:
        return element["initial_option"]["value"]
    if "initial_options" in element:
        return tuple(option["value"] for option in element["initial_options"])
    return element.get("initial_value")
