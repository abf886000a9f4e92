"""What people enter into the fields of a view, a modal's and the Home tab's alike."""

from bot.sandbox.element_values import Entered, acting, entry, keeps_value
from bot.sandbox.payload import Payload, copied
from bot.sandbox.pickers import check_offered
from bot.sandbox.state import State

Entries = dict[str, dict[str, Entered]]
"""What was entered: block_id -> action_id -> text, option value, option values, or nothing."""


def enter(state: State, person: str, view: Payload, entries: Entries) -> None:
    """Fill in fields of a view without sending anything; raises ActRefused for what is not on offer."""
    values = view["state"]["values"]
    for block, element in acting(view["blocks"]):
        given = entries.get(block["block_id"], {})
        if element["action_id"] in given and keeps_value(element):
            entered = given[element["action_id"]]
            check_offered(state, person, element, entered)
            values[block["block_id"]][element["action_id"]] = entry(element, entered)


def keep_entered(old: Payload, new: Payload) -> None:
    """Keep what was entered where block, element and kind are the same, as Slack does when a view is replaced."""
    entered = old["state"]["values"]
    for block_id, actions in new["state"]["values"].items():
        for action_id, value in actions.items():
            before = entered.get(block_id, {}).get(action_id)
            if before and before["type"] == value["type"]:
                actions[action_id] = copied(before)
