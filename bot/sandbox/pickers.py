"""Selects whose options are the workspace's own: its people and its conversations, as far as the person sees them."""

from bot.sandbox.element_values import Entered
from bot.sandbox.errors import ActRefused
from bot.sandbox.payload import Payload
from bot.sandbox.state import Channel, State

PICKERS = frozenset({"users_select", "channels_select", "conversations_select"})
_INCLUDED = {"channel": "public", "private": "private", "im": "im"}


def offered(state: State, person: str, element: Payload) -> dict[str, str]:
    """Give the ids on offer by what they read: `Ana`, `#general`, for a direct message the name of the app."""
    kind = element["type"]
    if kind == "users_select":
        return {each.display_name: each.id for each in state.people.values()}
    channels = state.channels.values() if kind in PICKERS else ()
    fits = _is_channel if kind == "channels_select" else _fits
    return {_label(each): each.id for each in channels if not each.archived and fits(state, person, each, element)}


def check_offered(state: State, person: str, element: Payload, entered: Entered) -> None:
    """Raise ActRefused for somebody or something that the element does not offer to this person."""
    one = entered[0] if isinstance(entered, list) and entered else entered
    if one and element["type"] in PICKERS and one not in offered(state, person, element).values():
        raise ActRefused(f"There is no option {one!r} in {element['action_id']!r}.")


def here(state: State, person: str, element: Payload, conversation: str) -> bool:
    """Tell whether the element begins with the conversation that its person came from."""
    wants = element["type"] == "conversations_select" and element.get("default_to_current_conversation")
    return bool(wants) and conversation in offered(state, person, element).values()


def _label(channel: Channel) -> str:
    return "the app" if channel.kind == "im" else f"#{channel.name}"


def _is_channel(_: State, __: str, channel: Channel, ___: Payload) -> bool:
    return channel.kind == "channel"


def _fits(state: State, person: str, channel: Channel, element: Payload) -> bool:
    """Tell whether a conversation is listed; every direct message here is one with a bot."""
    wanted = element.get("filter") or {}
    if _INCLUDED[channel.kind] not in wanted.get("include", _INCLUDED.values()):
        return False
    if channel.kind == "im" and wanted.get("exclude_bot_users"):
        return False
    return state.may_see(person, channel)
