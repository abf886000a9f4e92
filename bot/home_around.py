"""What the portfolio and the Home need besides a channel's own: the asker's overview, the policy, the greeting."""

from dialogs.commands import read_order
from dialogs.events import Commanded, Event, HomeOpened, Pressed, Said, Submitted
from dialogs.overview import Overview
from dialogs.portfolio import asks_portfolio, asks_ranking, whole
from dialogs.surroundings import Surroundings
from storage import greetings, overview, policies
from storage.reports import Reading


def with_overview(reading: Reading, event: Event, channel: str, around: Surroundings) -> Surroundings:
    """Add what this event needs of it; for all others nothing is read."""
    if isinstance(event, HomeOpened):
        return around._replace(greeted=greetings.greeted(reading.sql, event.workspace, event.person.id))
    if asks_portfolio(event):
        seen = _overview(reading, event, channel)
        return around._replace(overview=seen, ranking=seen is not None and seen.ranking)
    if _needs_policy(event):
        return around._replace(ranking=policies.ranking(reading.sql, event.workspace))
    return around


def needs_channels(event: Event) -> bool:
    """Whether it has to be known which channels the person is in."""
    return asks_portfolio(event) and whole(event)


def _overview(reading: Reading, event: Event, channel: str) -> Overview | None:
    """What the asker may see, or everybody in the channel; None where Slack does not say which channels one is in."""
    name = event.channel_name if isinstance(event, Commanded | Said | Pressed) else ""
    if not whole(event):
        return overview.of_channel(reading.sql, event.workspace, channel, name)
    known = event.person.channels
    if known is None:
        return None
    own = {channel: name} if channel.startswith("D") else {}
    return overview.overview(reading.sql, event.workspace, event.person, {**known, **own})


def _needs_policy(event: Event) -> bool:
    if isinstance(event, Submitted):
        return event.form == "settings"
    if isinstance(event, Pressed):
        return event.action == "home-settings" or (event.action in ("run", "share") and _about_it(event.argument))
    return isinstance(event, Commanded | Said) and _about_it(event.text)


def _about_it(text: str) -> bool:
    order = read_order(text)
    return asks_ranking(text) or (order is not None and order.name == "settings")
