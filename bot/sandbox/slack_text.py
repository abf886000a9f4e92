"""From what a person types to what Slack stores and sends."""

import re

from bot.sandbox.payload import Payload
from bot.sandbox.state import State

_PIECE = re.compile(r"<(@[UW][A-Z0-9]+)>|<#(C[A-Z0-9]+)(?:\|[^>]*)?>")


def typed(text: str, state: State, bot_name: str) -> str:
    """Escape `&`, `<` and `>` and turn `@Ana` or `#general` into a mention, as Slack's client does."""
    done = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    names = _names(state, bot_name) if "@" in done else {}
    for name in sorted(names, key=len, reverse=True):
        done = re.sub(rf"(?<![\w<])@{re.escape(name)}(?!\w)", f"<@{names[name]}>", done, flags=re.IGNORECASE)
    for channel in state.channels.values() if "#" in done else ():
        if channel.kind != "im":
            done = re.sub(rf"(?<![\w<])#{re.escape(channel.name)}(?![\w-])", f"<#{channel.id}>", done)
    return done


def escaped_command(text: str, state: State, bot_name: str) -> str:
    """Give the text of a slash command whose manifest asks for escaping: mentions carry their names."""

    def named(found: re.Match[str]) -> str:
        if found[1]:
            user = found[1][1:]
            person = state.people.get(user)
            return f"<@{user}|{person.name if person else 'bot'}>"
        return f"<#{found[2]}|{state.channels[found[2]].name}>"

    return _PIECE.sub(named, typed(text, state, bot_name))


def rich_text(message: Payload) -> Payload:
    """Give the rich_text block that Slack's client makes of a person's message: plain text and mentions."""
    elements: list[Payload] = []
    end = 0
    text: str = message["text"]
    for found in _PIECE.finditer(text):
        elements += _plain(text[end : found.start()])
        if found[1]:
            elements.append({"type": "user", "user_id": found[1][1:]})
        else:
            elements.append({"type": "channel", "channel_id": found[2]})
        end = found.end()
    elements += _plain(text[end:])
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": "b" + message["ts"][-4:], "elements": [section]}


def _plain(text: str) -> list[Payload]:
    read = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return [{"type": "text", "text": read}] if read else []


def _names(state: State, bot_name: str) -> dict[str, str]:
    names = {bot_name: state.bot_user, bot_name.replace(" ", "_"): state.bot_user}
    for person in state.people.values():
        names |= dict.fromkeys((person.name, person.display_name, person.real_name), person.id)
    return names
