"""What the code needs of Slack: the methods it calls, with their scopes, and the events it listens to, each with why.

A test compares this table with the manifest, the README and the calls in the code; another one with Slack's own data.
"""

from typing import NamedTuple


class Need(NamedTuple):
    """One scope, and what for. `methods` are the Web API methods that it opens; `events` those it lets us hear."""

    scope: str
    why: str
    methods: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


NEEDS = (
    Need("app_mentions:read", "hear when somebody mentions the bot", events=("app_mention",)),
    Need(
        "channels:history",
        "hear answers typed in assessment threads of public channels; look whether a message is there before repeating"
        " it",
        ("conversations.history", "conversations.replies"),
        ("message.channels",),
    ),
    Need("channels:join", "join a public channel when somebody clicks Add me", ("conversations.join",)),
    Need(
        "channels:read",
        "know a channel's name, and whether the bot, or anybody else, is in it",
        ("conversations.info", "users.conversations"),
    ),
    Need("chat:write", "post questions and reports", ("chat.postMessage", "chat.update", "chat.postEphemeral")),
    Need("commands", "take /maturity, and the shortcut on messages"),
    Need(
        "groups:history",
        "the same as channels:history, in private channels the bot was invited to",
        (),
        ("message.groups",),
    ),
    Need("groups:read", "the same as channels:read, in private channels"),
    Need("im:history", "hear what people write to the bot directly", (), ("message.im",)),
    Need("users:read", "show who gave an answer by name, and remind in their time zone", ("users.info",)),
)
SCOPELESS = ("auth.test", "apps.connections.open", "views.open")  # need a token, and no scope of the bot's
SCOPES = tuple(need.scope for need in NEEDS)
EVENTS = tuple(event for need in NEEDS for event in need.events)
METHODS = (*(method for need in NEEDS for method in need.methods), *SCOPELESS)
