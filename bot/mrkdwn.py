"""Slack's mrkdwn: our own composed text as a type of its own, and everybody else's text made harmless.

A plain `str` is never markup. It becomes `Mrkdwn` through `escape`, which keeps its letters and takes away
their powers: no mention, no link, no formatting, no second line.
"""

import re
from collections.abc import Iterable

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# Signs that look the same and format nothing. An underscore inside a word formats nothing anyway and stays.
_LOOKALIKES = {"*": "\N{ASTERISK OPERATOR}", "~": "\N{TILDE OPERATOR}", "`": "'"}
_SHOWN = str.maketrans(_ENTITIES | _LOOKALIKES)
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LOW_LINE = "\N{MODIFIER LETTER LOW MACRON}"
# Control characters, and signs that turn the direction of all text after them.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_WHOLE = re.compile(r"&(?:amp|lt|gt);|<[^<>]*>|.", re.DOTALL)


class Mrkdwn(str):
    """Text that is mrkdwn already: made by us, with all that is not ours escaped."""

    __slots__ = ()


def whole(text: str) -> str:
    """The text without halves of characters, which JSON can carry and a database cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def escape(text: str) -> Mrkdwn:
    """Give any text as mrkdwn that shows it, and nothing more, on one line."""
    if isinstance(text, Mrkdwn):
        return text
    text = " ".join(_CONTROL.sub("", text).split())
    text = _UNDERSCORE.sub(_LOW_LINE, text)
    return Mrkdwn(text.translate(_SHOWN))


def unescape(text: str) -> str:
    """Give mrkdwn as plain text, for places where Slack formats nothing: buttons, titles, options."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def link(url: str, label: str) -> Mrkdwn:
    """Write a link; the address is ours, such as a source's or a permalink."""
    safe = url.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
    return Mrkdwn(f"<{safe}|{escape(label)}>")


def bold(text: str) -> Mrkdwn:
    """Write text in bold."""
    return Mrkdwn(f"*{escape(text)}*")


def join(parts: Iterable[str], between: str = "\n") -> Mrkdwn:
    """Put texts together, each escaped unless it is mrkdwn; empty ones are left out."""
    return Mrkdwn(between.join(escape(part) for part in parts if part))


def cut(text: str, limit: int) -> Mrkdwn:
    """Shorten mrkdwn to `limit` characters, "…" included, never inside a link or an escaped sign."""
    if len(text) <= limit:
        return Mrkdwn(text)
    kept, length = [], 0
    for found in _WHOLE.finditer(text):
        if length + len(found[0]) > limit - 1:
            break
        kept.append(found[0])
        length += len(found[0])
    short = "".join(kept)
    words, space, _ = short.rpartition(" ")
    if space and len(words) > len(short) // 2:
        short = words
    return Mrkdwn(short.rstrip() + "…")


def pieces(text: str, limit: int) -> list[Mrkdwn]:
    """Split mrkdwn at its line ends into pieces of at most `limit` characters; only a longer line is cut."""
    found: list[str] = []
    for line in text.split("\n"):
        short = cut(line, limit)
        if found and len(found[-1]) + 1 + len(short) <= limit:
            found[-1] += "\n" + short
        else:
            found.append(short)
    return [Mrkdwn(piece.strip("\n")) for piece in found if piece.strip()]
