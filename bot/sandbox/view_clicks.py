"""A click in a view, be it a modal or the Home tab: what it fills in, and what the app is to hear of it."""

from bot.sandbox.element_values import Entered, acting, keeps_value
from bot.sandbox.entering import enter
from bot.sandbox.errors import ActRefused
from bot.sandbox.hub import Hub
from bot.sandbox.interactions import action_of, view_click
from bot.sandbox.payload import Payload


def clicked(hub: Hub, person: str, view: Payload, ids: tuple[str, str], selected: Entered) -> Payload | None:
    """Keep what was chosen in the element of these block and action ids; gives the payload for the app.

    None where the app hears of nothing: fields in input blocks tell it only if they dispatch actions. ActRefused where
    the view has no such element.
    """
    for block, element in acting(view["blocks"]):
        if (block["block_id"], element["action_id"]) != ids:
            continue
        if keeps_value(element):
            enter(hub.state, person, view, {ids[0]: {ids[1]: selected}})
        if block["type"] == "input" and not block.get("dispatch_action"):
            return None
        return view_click(hub, person, view, action_of(hub, block, element, selected))
    raise ActRefused("This button is gone.")
