"""Where the bot is at home: the facts about its own installation that Slack tells at the start."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ours:
    """One installation: the workspace, its address (ending in a slash), and the bot's own ids there."""

    workspace: str
    url: str
    bot_user: str
    bot_id: str = ""
    enterprise: str | None = None
