"""Which blocks and elements the local workspace knows, their fields and limits, and where they may stand.

The limits are Slack's, written down here by us and held against Slack's own contracts by a test. A type that
is not listed is refused, although Slack may know more of them: the page could not show it.
"""

from bot.sandbox.rich_text_shapes import RICH_TEXT
from bot.sandbox.shape_rules import Rule, Shape, flag, many, number, string, typed

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MARKDOWN_PER_MESSAGE = 12_000  # characters over all markdown blocks
TEXT_PER_MESSAGE = 12_000  # characters over all blocks; Slack's exact way of counting is not documented
VIEW_BYTES = 250_000

Fields = dict[str, Rule]
_ID = string(255)
_BLOCK_ID = string(255, least=1)


def plain(most: int) -> Rule:
    """Give the rule of a plain_text object."""
    return typed({"plain_text": Shape({"text": string(most, least=1), "emoji": flag}, ["text"])})


def text(most: int) -> Rule:
    """Give the rule of a plain_text or mrkdwn object."""
    marked = Shape({"text": string(most, least=1), "verbatim": flag}, ["text"])
    simple = Shape({"text": string(most, least=1), "emoji": flag}, ["text"])
    return typed({"plain_text": simple, "mrkdwn": marked})


def _option(words: Rule) -> Shape:
    fields = {"text": words, "value": string(150), "description": plain(75), "url": string(3000)}
    return Shape(fields, ["text", "value"])


_PLAIN_OPTION, _OPTION = _option(plain(75)), _option(text(75))
_GROUP = Shape({"label": plain(75), "options": many(_PLAIN_OPTION, 100)}, ["label", "options"])
_CONFIRM = Shape(
    {
        "title": plain(100),
        "text": text(300),
        "confirm": plain(30),
        "deny": plain(30),
        "style": string(among=("primary", "danger")),
    },
    ["text"],
)
_ASKING: Fields = {"action_id": _ID, "confirm": _CONFIRM}
_FOCUS: Fields = {"focus_on_load": flag}
_HINTED: Fields = _FOCUS | {"placeholder": plain(150)}
_OPTIONS: Fields = {"options": many(_PLAIN_OPTION, 100), "option_groups": many(_GROUP, 100)}
_DISPATCH = Shape(
    {"trigger_actions_on": many(string(among=("on_enter_pressed", "on_character_entered")), 2)},
)
_TYPING: Fields = _HINTED | {"action_id": _ID, "dispatch_action_config": _DISPATCH}
_FILTER = Shape(
    {
        "include": many(string(among=("im", "mpim", "private", "public")), None),
        "exclude_bot_users": flag,
        "exclude_external_shared_channels": flag,
    },
)
_DATE = string(pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_TIME = string(pattern=r"([01]\d|2[0-3]):[0-5]\d")

IMAGE_ELEMENT = Shape({"image_url": string(3000), "alt_text": string(2000)}, ["image_url", "alt_text"])
ELEMENTS: dict[str, Rule] = {
    "button": Shape(
        _ASKING
        | {
            "text": plain(75),
            "value": string(2000),
            "url": string(3000),
            "style": string(among=("primary", "danger")),
            "accessibility_label": string(75),
        },
        ["text"],
    ),
    "overflow": Shape(_ASKING | {"options": many(_PLAIN_OPTION, 5)}, ["options"]),
    "static_select": Shape(
        _ASKING | _HINTED | _OPTIONS | {"initial_option": _PLAIN_OPTION},
        one_of=("options", "option_groups"),
    ),
    "multi_static_select": Shape(
        _ASKING | _HINTED | _OPTIONS | {"initial_options": many(_PLAIN_OPTION, 100), "max_selected_items": number(1)},
        one_of=("options", "option_groups"),
    ),
    "radio_buttons": Shape(_ASKING | _FOCUS | {"options": many(_OPTION, 10), "initial_option": _OPTION}, ["options"]),
    "checkboxes": Shape(
        _ASKING | _FOCUS | {"options": many(_OPTION, 10), "initial_options": many(_OPTION, 10)}, ["options"]
    ),
    "datepicker": Shape(_ASKING | _HINTED | {"initial_date": _DATE}),
    "timepicker": Shape(_ASKING | _HINTED | {"initial_time": _TIME, "timezone": string()}),
    "users_select": Shape(_ASKING | _HINTED | {"initial_user": string()}),
    "channels_select": Shape(
        _ASKING | _HINTED | {"initial_channel": string(), "response_url_enabled": flag},
    ),
    "conversations_select": Shape(
        _ASKING
        | _HINTED
        | {
            "initial_conversation": string(),
            "default_to_current_conversation": flag,
            "filter": _FILTER,
            "response_url_enabled": flag,
        },
    ),
    "plain_text_input": Shape(
        _TYPING
        | {
            "initial_value": string(3000),
            "multiline": flag,
            "min_length": number(0, 3000),
            "max_length": number(1, 3000),
        },
    ),
    "number_input": Shape(
        _TYPING
        | {
            "is_decimal_allowed": flag,
            "initial_value": string(),
            "min_value": string(),
            "max_value": string(),
        },
        ["is_decimal_allowed"],
    ),
    "url_text_input": Shape(_TYPING | {"initial_value": string()}),
    "email_text_input": Shape(_TYPING | {"initial_value": string()}),
}
_TYPED_IN = ("plain_text_input", "number_input", "url_text_input", "email_text_input")
_CLICKED = {name: rule for name, rule in ELEMENTS.items() if name not in _TYPED_IN}
_ENTERED = {name: rule for name, rule in ELEMENTS.items() if name not in ("button", "overflow")}

BLOCKS: dict[str, Rule] = {
    "section": Shape(
        {
            "block_id": _BLOCK_ID,
            "text": text(3000),
            "fields": many(text(2000), 10),
            "accessory": typed(_CLICKED | {"image": IMAGE_ELEMENT}),
            "expand": flag,
        },
        some_of=("text", "fields"),
    ),
    "actions": Shape({"block_id": _BLOCK_ID, "elements": many(typed(_CLICKED), 25)}, ["elements"]),
    "context": Shape(
        {
            "block_id": _BLOCK_ID,
            "elements": many(
                typed(
                    {
                        "image": IMAGE_ELEMENT,
                        "mrkdwn": Shape({"text": string(3000, least=1), "verbatim": flag}, ["text"]),
                        "plain_text": Shape({"text": string(3000, least=1), "emoji": flag}, ["text"]),
                    }
                ),
                10,
            ),
        },
        ["elements"],
    ),
    "header": Shape({"block_id": _BLOCK_ID, "text": plain(150)}, ["text"]),
    "divider": Shape({"block_id": _BLOCK_ID}),
    "image": Shape(
        {
            "block_id": _BLOCK_ID,
            "image_url": string(3000),
            "alt_text": string(2000),
            "title": plain(2000),
        },
        ["image_url", "alt_text"],
    ),
    "input": Shape(
        {
            "block_id": _BLOCK_ID,
            "label": plain(2000),
            "element": typed(_ENTERED),
            "hint": plain(2000),
            "optional": flag,
            "dispatch_action": flag,
        },
        ["label", "element"],
    ),
    "markdown": Shape({"block_id": _BLOCK_ID, "text": string(12_000, least=1)}, ["text"]),
    "rich_text": RICH_TEXT,
}
ONLY_ON = {"markdown": frozenset({"message"})}

MODAL = Shape(
    {
        "title": plain(24),
        "submit": plain(24),
        "close": plain(24),
        "blocks": many(typed(BLOCKS), MOST_BLOCKS["modal"]),
        "private_metadata": string(3000),
        "callback_id": _ID,
        "external_id": _ID,
        "clear_on_close": flag,
        "notify_on_close": flag,
    },
    ["title", "blocks"],
)
HOME = Shape(
    {
        "blocks": many(typed(BLOCKS), MOST_BLOCKS["home"]),
        "private_metadata": string(3000),
        "callback_id": _ID,
        "external_id": _ID,
    },
    ["blocks"],
)
