"""The workspace a newcomer finds: a small company with five people and a few channels."""

from dataclasses import replace

from bot.sandbox.state import Channel, Member, State
from bot.sandbox.timestamps import Timestamps, fresh_id

BOT_USER = "U0000000BOT"
_PEOPLE = (
    Member("U0000000ANA", "ana", "Ana Sommer", "Ana", "Europe/Berlin", is_admin=True, color="8c4b6e"),
    Member("U0000000BEN", "ben", "Ben Okafor", "Ben", "Africa/Lagos", color="2f6f5e"),
    Member("U000000CHEN", "chen", "Chen Wei", "Chen", "Asia/Singapore", color="7a5c1e"),
    Member("U000000DORA", "dora", "Dora Lindqvist", "Dora", "Europe/Stockholm", color="3f5f9a"),
    Member("U000000EMIL", "emil", "Emil Kovač", "Emil", "Europe/Zagreb", color="8a4030"),
)
_EVERYBODY = [each.id for each in _PEOPLE]
_ANA, _BEN, _CHEN, _DORA, _EMIL = _EVERYBODY


def default_state(stamps: Timestamps) -> State:
    """Build Lakeside Analytics: the bot is in two public channels, in no private one."""
    channels = [
        Channel("C00000FRAUD", "fraud-detection", "channel", "Scores card payments in under 50 ms"),
        Channel("C0000DEMAND", "demand-forecast", "channel", "How much bread will we sell on Saturday?"),
        Channel("C00000CHURN", "churn-model", "channel", "Who might leave us, and why"),
        Channel("C0000MLPRIV", "ml-platform-private", "private", "Platform plans before they are public"),
        Channel("C000GENERAL", "general", "channel", "Everybody, everything, lunch at noon"),
    ]
    for channel in channels:
        channel.creator = _ANA
        channel.members = [_ANA, _BEN] if channel.kind == "private" else list(_EVERYBODY)
    for channel in channels[:2]:
        channel.members.append(BOT_USER)
    channels += [
        Channel("D" + each.id[1:], each.name, "im", members=[each.id, BOT_USER], person=each.id) for each in _PEOPLE
    ]
    state = State(
        team_id="T00LAKESIDE",
        team_name="Lakeside Analytics",
        domain="lakeside-analytics",
        app_id="A00MATURITY",
        bot_id="B00MATURITY",
        bot_user=BOT_USER,
        people={each.id: replace(each) for each in _PEOPLE},
        channels={each.id: each for each in channels},
    )
    _small_talk(state, stamps)
    state.last_ts = stamps.last
    return state


def _small_talk(state: State, stamps: Timestamps) -> None:
    said = (
        (_BEN, "The retrained model is live since this morning. So far so quiet."),
        (_DORA, "Nice. Somebody should tell me where *we* stand with all this MLOps business, though."),
    )
    for person, text in said:
        ts = stamps.next()
        state.in_channel("C00000FRAUD")[ts] = {
            "type": "message",
            "client_msg_id": fresh_id("").lower(),
            "user": person,
            "text": text,
            "team": state.team_id,
            "ts": ts,
        }
