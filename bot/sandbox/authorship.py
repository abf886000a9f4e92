"""The author's part of a message, as Slack writes it for a bot."""

from bot.sandbox.payload import Payload
from bot.sandbox.state import State

ICONS = dict.fromkeys(("image_36", "image_48", "image_72"), "https://example.com/bot.png")


def bot_message(state: State, name: str, text: str, blocks: list[Payload] | None) -> Payload:
    """Build a message by the bot, still without type and timestamp; `blocks` are complete already."""
    message: Payload = {
        "user": state.bot_user,
        "bot_id": state.bot_id,
        "app_id": state.app_id,
        "text": text,
        "team": state.team_id,
        "bot_profile": {
            "id": state.bot_id,
            "app_id": state.app_id,
            "name": name,
            "deleted": False,
            "updated": 1_700_000_000,
            "team_id": state.team_id,
            "icons": ICONS,
        },
    }
    return message | ({"blocks": blocks} if blocks else {})
