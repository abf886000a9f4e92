"""The shape of the rich_text block: formatted text as Slack's own editor makes it."""

from bot.sandbox.shape_rules import Rule, Shape, flag, many, number, string, typed

_STYLE = Shape(dict.fromkeys(("bold", "italic", "strike", "code", "underline"), flag))
_MENTION_STYLE = Shape(
    dict.fromkeys(("bold", "italic", "strike", "highlight", "client_highlight", "unlink", "underline"), flag),
)
_INLINE: dict[str, Rule] = {
    "text": Shape({"text": string(), "style": _STYLE}, ["text"]),
    "link": Shape({"url": string(), "text": string(), "unsafe": flag, "style": _STYLE}, ["url"]),
    "user": Shape({"user_id": string(), "style": _MENTION_STYLE}, ["user_id"]),
    "channel": Shape({"channel_id": string(), "style": _MENTION_STYLE}, ["channel_id"]),
    "usergroup": Shape({"usergroup_id": string(), "style": _MENTION_STYLE}, ["usergroup_id"]),
    "broadcast": Shape({"range": string(among=("here", "channel", "everyone")), "style": _STYLE}, ["range"]),
    "emoji": Shape({"name": string(), "unicode": string(), "url": string(), "style": _STYLE}, ["name"]),
    "date": Shape(
        {
            "timestamp": number(0),
            "format": string(),
            "url": string(),
            "fallback": string(),
            "style": _STYLE,
        },
        ["timestamp", "format"],
    ),
}
_WORDS = many(typed(_INLINE), None, least=0)
_BORDER = number(0, 1)
_SECTION = Shape({"elements": _WORDS}, ["elements"])
RICH_TEXT = Shape(
    {
        "block_id": string(255, least=1),
        "elements": many(
            typed(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_list": Shape(
                        {
                            "style": string(among=("bullet", "ordered")),
                            "elements": many(typed({"rich_text_section": _SECTION}), None, least=0),
                            "indent": number(0, 8),
                            "offset": number(0),
                            "border": _BORDER,
                        },
                        ["style", "elements"],
                    ),
                    "rich_text_preformatted": Shape(
                        {"elements": _WORDS, "border": _BORDER, "language": string()}, ["elements"]
                    ),
                    "rich_text_quote": Shape({"elements": _WORDS, "border": _BORDER}, ["elements"]),
                },
            ),
            None,
            least=0,
        ),
    },
    ["elements"],
)
