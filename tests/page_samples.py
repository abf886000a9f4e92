"""Blocks and views that the page must be able to draw."""

import struct
import zlib
from typing import Any

Payload = dict[str, Any]


def plain(text: str) -> Payload:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Payload:
    return {"type": "mrkdwn", "text": text}


def button(text: str, action_id: str, **more: Any) -> Payload:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def options(**labels: str) -> list[Payload]:
    return [{"text": plain(label), "value": value} for value, label in labels.items()]


def field(block_id: str, label: str, element: Payload, *, optional: bool = True) -> Payload:
    kept = {**element, "action_id": block_id}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": kept, "optional": optional}


def picture(width: int, height: int) -> bytes:
    """Draw a PNG of this size (pixels): a slope of two colours."""
    rows = [
        b"\0" + b"".join(bytes((30, 90 + 120 * x // width, 110 + 100 * y // height)) for x in range(width))
        for y in range(height)
    ]
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    chunks = [struct.pack(">I", len(data)) + kind + data + _check(kind + data) for kind, data in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _check(data: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(data))


_WORDS = "A *bold* word, <@U0000000BEN> in <#C000GENERAL>\n&gt; quoted\n```code &lt; text```\n• one\n• two"
_RUNS = [
    {"type": "text", "text": "styled", "style": {"bold": True}},
    {"type": "user", "user_id": "U000000CHEN"},
]

EVERY_BLOCK: list[Payload] = [
    {"type": "header", "text": plain("Where you stand")},
    {"type": "section", "text": mrkdwn(_WORDS)},
    {"type": "divider"},
    {"type": "section", "fields": [mrkdwn("*Level*\n2"), plain("Aim 3")]},
    {"type": "image", "image_url": "https://example.com/radar.png", "alt_text": "A radar of four levels"},
    {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": _RUNS}],
    },
    {"type": "markdown", "text": "- a **marked** list"},
    {
        "type": "context",
        "elements": [
            mrkdwn("See the <https://example.com/a?b=1&amp;c=2|guide>, <!date^1700049600^{date}|one day>"),
        ],
    },
]

EVERY_ELEMENT: list[Payload] = [
    {
        "type": "actions",
        "elements": [
            button("Yes", "yes", value="q1:yes", style="primary"),
            {"type": "overflow", "action_id": "more", "options": options(why="Why we ask", pause="Pause")},
        ],
    },
    {
        "type": "section",
        "text": plain("Levels"),
        "accessory": {
            "type": "static_select",
            "action_id": "why",
            "placeholder": plain("Ask why"),
            "option_groups": [{"label": plain("Dimensions"), "options": options(people="People", release="Release")}],
        },
    },
    {
        "type": "actions",
        "elements": [
            {"type": "radio_buttons", "action_id": "often", "options": options(daily="Daily", weekly="Weekly")},
            {"type": "checkboxes", "action_id": "have", "options": options(git="Git", docker="Docker")},
            {"type": "datepicker", "action_id": "due", "placeholder": plain("Due")},
        ],
    },
    {
        "type": "section",
        "text": plain("Stack"),
        "accessory": {
            "type": "multi_static_select",
            "action_id": "several",
            "placeholder": plain("Pick several"),
            "options": options(spark="Spark", kafka="Kafka"),
            "initial_options": options(spark="Spark"),
        },
    },
]

FORM: Payload = {
    "type": "modal",
    "title": plain("Facts"),
    "submit": plain("Save"),
    "blocks": [
        field(
            "stage", "Stage", {"type": "static_select", "options": options(poc="A trial", production="In production")}
        ),
        field("models", "Models", {"type": "number_input", "is_decimal_allowed": False}, optional=False),
        field("note", "Note", {"type": "plain_text_input", "multiline": True}),
        field(
            "often", "Refreshed", {"type": "radio_buttons", "options": options(week="Every week", month="Every month")}
        ),
        field("blank", "Left blank", {"type": "static_select", "options": options(a="A", b="B")}),
        field(
            "have",
            "Have",
            {"type": "checkboxes", "options": options(git="Git"), "initial_options": options(git="Git")},
        ),
    ],
}
