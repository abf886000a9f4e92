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
        "know a channel's name and members and which channels a person is in, and notice when it is renamed, archived"
        " or shared",
        ("conversations.info", "conversations.members", "users.conversations"),
        (
            "channel_archive",
            "channel_deleted",
            "channel_id_changed",
            "channel_left",
            "channel_rename",
            "channel_shared",
            "channel_unarchive",
            "channel_unshared",
            "member_joined_channel",
        ),
    ),
    Need("chat:write", "post questions and reports", ("chat.postMessage", "chat.update", "chat.postEphemeral")),
    Need("commands", "take /maturity, and the shortcuts"),
    Need(
        "files:write",
        "put the pictures of a report, and exports, into its thread",
        ("files.getUploadURLExternal", "files.completeUploadExternal"),
    ),
    Need(
        "groups:history",
        "the same as channels:history, in private channels the bot was invited to",
        (),
        ("message.groups",),
    ),
    Need(
        "groups:read",
        "the same as channels:read, in private channels",
        (),
        ("group_archive", "group_deleted", "group_left", "group_rename", "group_unarchive"),
    ),
    Need("im:history", "hear what people write to the bot directly", (), ("message.im",)),
    Need(
        "users:read",
        "show who gave an answer by name, remind in their time zone, notice when somebody has left",
        ("users.info",),
        ("user_change",),
    ),
)
# Need a token, and no scope of the bot's.
SCOPELESS = ("auth.test", "apps.connections.open", "views.open", "views.publish", "views.update")
HOME_EVENTS = ("app_home_opened",)  # need no scope; Slack draws nothing in the Home tab by itself
LAST_EVENTS = ("app_uninstalled", "tokens_revoked")  # need no scope; after them everything rests
# Only with AGENT_VIEW, whose manifest is in docs/manifest-agent-view.yml; without it this is never called.
AGENT_NEED = Need(
    "assistant:write", "hang suggested prompts into the Messages tab", ("assistant.threads.setSuggestedPrompts",)
)
SCOPES = tuple(need.scope for need in NEEDS)
EVENTS = (*(event for need in NEEDS for event in need.events), *HOME_EVENTS, *LAST_EVENTS)
METHODS = (*(method for need in NEEDS for method in need.methods), *SCOPELESS)
