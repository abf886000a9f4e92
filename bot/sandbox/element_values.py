"""What people can enter into block elements, and how Slack writes it down."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from bot.sandbox.errors import ActRefused
from bot.sandbox.payload import Payload

Entered = str | list[str] | None
"""What a page sends: text, one option value, several option values, or nothing."""

TEXT_INPUTS = frozenset({"plain_text_input", "number_input", "url_text_input", "email_text_input"})
_FIELD = {
    **dict.fromkeys(TEXT_INPUTS, "value"),
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
}
_INITIAL = {"value": "initial_value"} | {
    field: field.replace("selected", "initial") for field in _FIELD.values() if field != "value"
}


def acting(blocks: list[Payload]) -> Iterator[tuple[Payload, Payload]]:
    """Give every interactive element with the block it stands in."""
    for block in blocks:
        elements = [block.get("accessory"), block.get("element")]
        if block["type"] == "actions":
            elements = block["elements"]
        for element in elements:
            if element and "action_id" in element:
                yield block, element


def options_of(element: Payload) -> list[Payload]:
    """Give the options of an element, of all its groups."""
    grouped = (each for group in element.get("option_groups", ()) for each in group["options"])
    return [*element.get("options", ()), *grouped]


def keeps_value(element: Payload) -> bool:
    """Tell whether `state.values` has an entry for the element: buttons and overflow menus have none."""
    return element["type"] in _FIELD and element["type"] != "overflow"


def initial(element: Payload) -> Payload:
    """Give the entry of `state.values` before anybody touched the element."""
    field = _FIELD[element["type"]]
    empty: Entered = [] if field == "selected_options" else None
    return {"type": element["type"], field: element.get(_INITIAL[field], empty)}


def entry(element: Payload, entered: Entered) -> Payload:
    """Give the entry of `state.values` for what was entered; raises ActRefused for what is not on offer."""
    kind = element["type"]
    field = _FIELD[kind]
    if field == "selected_options":
        values = [entered] if isinstance(entered, str) else entered or []
        return {"type": kind, field: [_option(element, each) for each in values]}
    one = entered[0] if isinstance(entered, list) and entered else entered
    if not one:
        return {"type": kind, field: None}
    if field == "selected_date":
        _check_date(str(one))
    return {"type": kind, field: _option(element, str(one)) if field == "selected_option" else one}


def values_of(blocks: list[Payload]) -> dict[str, Payload]:
    """Give the untouched `state.values` of a view or message."""
    values: dict[str, Payload] = {}
    for block, element in acting(blocks):
        if keeps_value(element):
            values.setdefault(block["block_id"], {})[element["action_id"]] = initial(element)
    return values


def is_empty(value: Payload) -> bool:
    """Tell whether an entry holds nothing."""
    return not value[_FIELD[value["type"]]]


def complaint(block: Payload, element: Payload, value: Payload) -> str | None:
    """Say what Slack's own client would object to before it sends the form, or None."""
    if is_empty(value):
        required = block["type"] == "input" and not block.get("optional")
        return "Please complete this required field." if required else None
    if element["type"] in TEXT_INPUTS:
        return _text_complaint(element, value["value"])
    most = element.get("max_selected_items")
    if most and len(value.get("selected_options", ())) > most:
        return f"Select {most} at most."
    return None


def _text_complaint(element: Payload, text: str) -> str | None:
    if len(text) < element.get("min_length", 0):
        return f"Enter at least {element['min_length']} characters."
    if len(text) > element.get("max_length", 3000):
        return f"Enter at most {element.get('max_length', 3000)} characters."
    if element["type"] == "url_text_input":
        return None if _is_address(text) else "Enter a valid URL."
    if element["type"] != "number_input":
        return None
    try:
        number = float(text) if element.get("is_decimal_allowed") else int(text)
    except ValueError:
        return "Enter a number." if element.get("is_decimal_allowed") else "Enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Enter {element['min_value']} or more."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Enter {element['max_value']} or less."
    return None


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:  # half an IPv6 address
        return False
    return bool(parts.scheme and parts.netloc) and not any(sign.isspace() for sign in text)


def _check_date(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ActRefused(f"{text!r} is no date such as 2027-02-01.") from None


def _option(element: Payload, value: str) -> Payload:
    for option in options_of(element):
        if value == option.get("value"):
            return option
    raise ActRefused(f"There is no option {value!r} in {element['action_id']!r}.")
