"""Finding what a person names on their screen: buttons and options by label, fields by label, placeholder or id."""

from bot.sandbox.element_values import Entered, acting, options_of
from bot.sandbox.errors import ActRefused
from bot.sandbox.hub import Hub
from bot.sandbox.payload import Payload
from bot.sandbox.pickers import offered
from bot.sandbox.screen import Target, readable, targets


def targeted(label: str, blocks: list[Payload], place: str) -> Target:
    """Give the first button or option that reads `label`; raises ActRefused with what there is instead."""
    among = targets(blocks)
    for target in among:
        if target.label == label:
            return target
    labels = ", ".join(sorted({each.label for each in among})) or "nothing"
    text = readable({"blocks": blocks})[:200]
    raise ActRefused(f"{place} has nothing labelled {label!r}, but: {labels}. It reads: {text}")


def element_named(name: str, blocks: list[Payload], place: str) -> tuple[Payload, Payload]:
    """Give the block and element with this label, placeholder, block_id or action_id; raises ActRefused."""
    for block, element in acting(blocks):
        texts = [(part or {}).get("text") for part in (block.get("label"), element.get("placeholder"))]
        if name in {element["action_id"], block["block_id"], *texts}:
            return block, element
    raise ActRefused(f"{place} has no field {name!r}.")


def value_of(hub: Hub, person: str, element: Payload, entered: Entered) -> Entered:
    """Give what is sent for what a person names: an option's value, somebody's id; text and dates stay as they are."""
    labels = {option["text"]["text"]: option["value"] for option in options_of(element)}
    for label, key in offered(hub.state, person, element).items():
        labels |= {label: key, label.removeprefix("#"): key}
    if isinstance(entered, list):
        return [labels.get(each, each) for each in entered]
    return labels.get(entered, entered) if entered is not None else None
