"""Our bot as it is built for production, on a database and an address of the benchmark's."""

from pathlib import Path
from typing import Literal

from benchmarks.loopback_slack import APP_TOKEN, BOT, BOT_TOKEN, BOT_USER, TEAM
from bot.house import House, build
from bot.pace import Pace
from bot.settings import Settings
from bot.slack import Ourselves
from knowledge.index import Index


class NoPace(Pace):
    """Waits for nothing: what the bot can do is measured, not what Slack allows."""

    def wait(self, method: str, channel: str, who: str) -> float:
        """Never."""
        del method, channel, who
        return 0.0


class HeldEdits(NoPace):
    """Posts at once, and lets every edit wait: as Slack's limits do where many people answer at the same time."""

    def wait(self, method: str, channel: str, who: str) -> float:
        """An hour for an edit."""
        del channel, who
        return 3600.0 if method == "chat.update" else 0.0


Speed = Literal["paced", "unpaced", "edits-held"]


def house_at(
    database: Path,
    api_url: str = "http://127.0.0.1:9/api/",
    *,
    speed: Speed = "unpaced",
    index: Index | None = None,
) -> House:
    """Build it, inside the running loop, without connecting it; `paced` is how it runs in production."""
    settings = Settings(
        _env_file=None,
        slack_bot_token=BOT_TOKEN,
        slack_app_token=APP_TOKEN,
        slack_api_url=api_url,
        database_url=f"sqlite:///{database}",
    )
    house = build(settings, index=index)
    if speed != "paced":
        house.courier.pace = (NoPace if speed == "unpaced" else HeldEdits)(house.courier.pace.monotonic)
        house.courier.doubt.pace = house.courier.pace
    house.router.me = Ourselves(TEAM, BOT_USER, BOT)
    return house
