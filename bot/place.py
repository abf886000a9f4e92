"""Where the bot is at work, as far as messages must know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """The workspace's address, such as "https://acme.slack.com/", and the name by which the bot is invited."""

    workspace_url: str
    bot_name: str = "maturity"

    def permalink(self, channel: str, ts: str | None) -> str | None:
        """Give the address of a message; None while its ts is not known, or the workspace's address is not."""
        if not ts or not self.workspace_url.startswith(("https://", "http://")):
            return None
        return f"{self.workspace_url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"
