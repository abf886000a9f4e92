"""Slack's markup in what people type, turned into the words they typed."""

import re

_ENTITY = re.compile(r"<([^<>]*)>")


def plain(text: str) -> str:
    """Give incoming message text without Slack's markup: links, mentions and escapes as people read them.

    The result is plain text: it must be escaped before it goes out as mrkdwn again.
    """
    readable = _ENTITY.sub(lambda found: _readable(found.group(1)), text)
    return readable.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _readable(entity: str) -> str:
    target, _, label = entity.partition("|")
    kind, name = target[:1], target[1:]
    if kind in "@#" and name:
        return kind + (label or name)
    if kind == "!":
        return label or "@" + name.partition("^")[0]
    if not label:
        return target
    return label if label in target else f"{label} ({target})"


def without_mention(text: str, user: str) -> tuple[str, bool]:
    """Take the mentions of one user out of a message; tell whether there was any."""
    mention = re.compile(rf"\s*<@{re.escape(user)}(?:\|[^<>]*)?>[:,]?\s*")
    left, count = mention.subn(" ", text)
    return (left.strip(), True) if count else (text, False)
