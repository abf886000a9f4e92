"""Modals sent off, read as events. Pure."""

from collections.abc import Mapping
from typing import Any

from bot.buttons import LOOSE_FORMS, read_metadata
from bot.mrkdwn import whole
from dialogs.events import Submitted

_PICKED = ("selected_date", "selected_user", "selected_conversation", "selected_channel")


def submitted(payload: Mapping[str, Any], base: Mapping[str, Any]) -> Submitted | None:
    """Read a modal sent off; None for one that is not ours."""
    view = payload["view"]
    meant = read_metadata(view.get("private_metadata") or "")
    if meant is None or (meant.dialog is None and meant.action not in LOOSE_FORMS):
        return None
    return Submitted(
        **base,
        key=form_key(view),
        form=meant.action,
        dialog=meant.dialog,
        argument=meant.argument,
        turn=meant.turn,
        values=form_values(view),
    )


def form_key(view: Mapping[str, Any]) -> str:
    """What makes a form sent off the same one."""
    return f"v:{view['id']}:{view.get('hash', '')}"


def form_values(view: Mapping[str, Any]) -> dict[str, str | tuple[str, ...] | None]:
    """What the fields of a modal hold, by block id."""
    fields = view.get("state", {}).get("values", {})
    return {field: _value(next(iter(inner.values()), {})) for field, inner in fields.items()}


def _value(element: Mapping[str, Any]) -> str | tuple[str, ...] | None:
    """What one input holds."""
    if "selected_options" in element:
        return tuple(option["value"] for option in element["selected_options"] or ())
    if "selected_option" in element:
        option = element["selected_option"]
        return str(option["value"]) if option else None
    value = next((element[key] for key in _PICKED if key in element), element.get("value"))
    return None if value is None else whole(str(value))
