"""Who and what is in the workspace: people, channels, messages."""

from dataclasses import asdict, dataclass, field
from typing import Literal

from bot.sandbox.payload import Payload

Kind = Literal["channel", "private", "im"]


@dataclass
class Member:
    """A person of the workspace; `tz` is an IANA zone name."""

    id: str
    name: str
    real_name: str
    display_name: str
    tz: str
    is_admin: bool = False
    color: str = "4a6fa5"

    @property
    def initials(self) -> str:
        """Give the first letters of the names, for a picture made of letters."""
        return "".join(word[0] for word in self.real_name.split()).upper()


@dataclass
class Channel:
    """A conversation; in a direct message (`im`) `person` is the human and the other side is the bot."""

    id: str
    name: str
    kind: Kind
    topic: str = ""
    members: list[str] = field(default_factory=list)
    archived: bool = False
    created: int = 1_700_000_000
    creator: str = ""
    person: str | None = None
    previous_names: list[str] = field(default_factory=list)


@dataclass
class State:
    """Everything that outlives a restart."""

    team_id: str
    team_name: str
    domain: str
    app_id: str
    bot_id: str
    bot_user: str
    people: dict[str, Member]
    channels: dict[str, Channel]
    messages: dict[str, dict[str, Payload]] = field(default_factory=dict)
    homes: dict[str, Payload] = field(default_factory=dict)
    files: dict[str, Payload] = field(default_factory=dict)
    prompts: dict[str, Payload] = field(default_factory=dict)
    last_ts: str = "0000000000.000000"

    def in_channel(self, channel: str) -> dict[str, Payload]:
        """Give the channel's messages by timestamp, in the order they were posted."""
        return self.messages.setdefault(channel, {})

    def bot_in(self, channel: Channel) -> bool:
        """Tell whether the bot is a member."""
        return self.bot_user in channel.members

    def may_see(self, person: str, channel: Channel) -> bool:
        """Tell whether the person finds the channel in their sidebar or can open it."""
        return channel.kind == "channel" or person in channel.members

    def im_of(self, person: str) -> Channel:
        """Give the direct message between the person and the bot."""
        return next(each for each in self.channels.values() if each.person == person)

    def as_json(self) -> Payload:
        """Give the state as a JSON object; messages, views and files are the stored ones, not copies."""
        people = {key: asdict(each) for key, each in self.people.items()}
        channels = {key: asdict(each) for key, each in self.channels.items()}
        return {**vars(self), "people": people, "channels": channels}


def state_from(raw: Payload) -> State:
    """Rebuild a state from `State.as_json`; raises KeyError or TypeError for anything else."""
    people = {key: Member(**value) for key, value in raw["people"].items()}
    channels = {key: Channel(**value) for key, value in raw["channels"].items()}
    return State(**{**raw, "people": people, "channels": channels})
