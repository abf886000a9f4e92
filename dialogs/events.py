"""Everything that can happen, on one page. An event enters by one door and carries all it needs.

`key` makes an event the same event when Slack delivers it again: for messages channel and ts, for clicks channel,
message, person and action time, for commands the trigger. `at` is an aware UTC time.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

from dialogs.answers import Choice
from knowledge.found import Found

ChannelKind = Literal["channel", "private", "direct"]
Way = Literal["slash", "mention", "direct", "shortcut", "form"]  # how words reached the bot
PRIVATE: tuple[Way, ...] = ("slash", "shortcut", "form")  # ways whose answers only the asker sees

ChannelChange = Literal[
    "archived",
    "unarchived",
    "deleted",
    "renamed",
    "removed",  # the bot was put out of it
    "invited",  # the bot was let in (again)
    "shared",  # another workspace can read it from now on
    "unshared",
    "moved",  # it has another id
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in Slack: the id, the name to show, and what Slack says about them.

    `outsider`: belongs to another workspace. `guest`: has only some channels of this one. `admin`: of the workspace.
    `member`: of the channel that the event is about, None where it could not be found out. `zone` is the time zone of
    their profile (`Europe/Berlin`), empty where it is not known. `channels` are those they are in, id to name, None
    where nothing needs them or Slack does not say.
    """

    id: str
    name: str
    outsider: bool = False
    zone: str = ""
    admin: bool = False
    guest: bool = False
    member: bool | None = None
    channels: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What all events share."""

    key: str
    workspace: str
    channel: str
    person: Person
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded(Happened):
    """`/maturity TEXT`, or the same words by mention or in a direct message.

    `bot_is_member` is None where it could not be found out; `thread` is the thread to answer in (mentions). `found` is
    what looking the text up as a question came to, None for plain commands. A shortcut asks what a message says.
    `people` is how many are in the channel, None where it is not known.
    """

    text: str
    by: Way
    channel_name: str
    channel_kind: ChannelKind = "channel"
    bot_is_member: bool | None = True
    thread: str | None = None
    found: Found | None = None
    people: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Happened):
    """A message typed by a person. `question_ts` is filled in from storage: when the open question was posted.

    `thread` is the ts of the thread's parent, None outside threads; `ts` is the message's own. `found` is what looking
    the text up as a question came to, for messages to the bot. `files` holds the addresses of what hangs on it.
    """

    text: str
    ts: str
    thread: str | None
    mentioned: bool = False
    direct: bool = False
    question_ts: str | None = None
    channel_name: str = ""
    channel_kind: ChannelKind = "channel"
    bot_is_member: bool | None = True
    found: Found | None = None
    files: tuple[str, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether the open question was on screen when this was written."""
        return self.question_ts is not None and in_order(self.question_ts) < in_order(self.ts)


def in_order(ts: str) -> tuple[int, int]:
    """A message's ts as something that compares in the order of time."""
    seconds, _, rest = ts.partition(".")
    return int(seconds), int(rest or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(Said):
    """A person gave a message other words; `text` holds the new ones, `ts` is still the message's own."""

    def as_said(self) -> Said:
        """The message as if it had just been written."""
        return Said(**{each.name: getattr(self, each.name) for each in fields(Said)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted(Happened):
    """A message is gone; Slack does not say who deleted it. The person is its author, the bot for its own messages.

    `thread` is the ts of the thread's parent, a parent's own ts for itself. `slot` is filled in from storage: which of
    the assessment's messages it was, None for people's.
    """

    ts: str
    thread: str
    slot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(Happened):
    """An answer button of a question. `turn` is the dialog's turn in which the button was drawn."""

    dialog: str
    practice: str
    choice: Choice
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Happened):
    """Any other button, overflow entry or select. `private` says that it stands on a private message.

    `thread` is the thread that its message stands in, None outside threads. `view` says in which kind of view it
    stands, empty for messages.
    """

    action: str
    dialog: str | None = None
    argument: str = ""
    turn: int = 0
    private: bool = False
    channel_name: str = ""
    channel_kind: ChannelKind = "channel"
    bot_is_member: bool | None = True
    thread: str | None = None
    found: Found | None = None
    view: Literal["", "home", "modal"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted(Happened):
    """A modal sent off. `values` holds text, an option's value, several, or None for a blank, by field.

    `dialog` is None for a form that belongs to no assessment.
    """

    form: str
    dialog: str | None
    argument: str
    turn: int
    values: Mapping[str, str | tuple[str, ...] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undeliverable(Happened):
    """Slack refused a message of an assessment, or of a reminder, for good (`not_in_channel`, `is_archived` ...).

    `files`: it was an upload, which nothing waits for.
    """

    dialog: str
    slot: str
    error: str
    files: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDue(Happened):
    """The date of a reminder has come. The person is who set it, with their zone of today.

    `due` is the date this is about, in UTC: the reminder may have moved since. `alone`: nobody but the bot is left.
    """

    reminder: str
    due: dt.datetime
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeDue(Happened):
    """An assessment has been quiet for so long that `due`, in UTC, has come. The person is the starter."""

    dialog: str
    due: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChanged(Happened):
    """Something happened to a channel. `name` is its new name, `new_id` its new id, where that is what changed."""

    change: ChannelChange
    name: str = ""
    new_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonGone(Happened):
    """A person was deactivated in the workspace. The channel is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened(Happened):
    """Somebody opened the bot's own place in Slack, at one of its tabs. The channel is their direct message with it."""

    tab: Literal["home", "messages"]


OfPerson = Commanded | Said | Chosen | Pressed | Submitted
Event = OfPerson | Edited | Deleted | Undeliverable | ReminderDue | NudgeDue | ChannelChanged | PersonGone | HomeOpened


def as_command(event: Said | Pressed, text: str, by: Way, *, thread: str | None = None) -> Commanded:
    """The words of a message, or what a button carries, as a command of the same person in the same channel."""
    return Commanded(
        key=event.key,
        workspace=event.workspace,
        channel=event.channel,
        person=event.person,
        at=event.at,
        text=text,
        by=by,
        channel_name=event.channel_name,
        channel_kind=event.channel_kind,
        bot_is_member=event.bot_is_member,
        thread=thread,
        found=event.found,
    )
