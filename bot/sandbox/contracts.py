"""The Web API methods of the local workspace: arguments, scopes, tiers.

Our own tables, held to Slack's by a test.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["string", "bool", "number", "json"]
Caller = Literal["bot", "app", "none"]


@dataclass(frozen=True)
class Method:
    """What a method takes and needs.

    `args` maps each argument to its kind; `scopes` are alternatives of which one is needed to call at all
    (the channel's kind may ask for a certain one later); `caller` is the token it wants; `refused` are
    arguments that Slack knows and this workspace does not; `open` methods take any argument.
    """

    args: dict[str, Kind]
    required: frozenset[str]
    scopes: tuple[str, ...]
    tier: str
    caller: Caller = "bot"
    refused: frozenset[str] = frozenset()
    open: bool = False


_KINDS: dict[str, Kind] = {"": "string", "s": "string", "b": "bool", "n": "number", "j": "json"}
_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
READ_SCOPE = {"channel": "channels:read", "private": "groups:read", "im": "im:read"}
HISTORY_SCOPE = {"channel": "channels:history", "private": "groups:history", "im": "im:history"}
TYPE_SCOPE = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}


def _method(
    tier: str,
    args: str = "",
    scopes: tuple[str, ...] = (),
    caller: Caller = "bot",
    refused: str = "",
    *,
    open_: bool = False,
) -> Method:
    """Read a row: arguments as `name`, `name!` (required), `name:b` (bool), `:n` (number), `:j` (JSON)."""
    kinds: dict[str, Kind] = {}
    required = set()
    for written in args.split():
        name, _, kind = written.partition(":")
        if name.endswith("!"):
            name = name[:-1]
            required.add(name)
        kinds[name] = _KINDS[kind]
    return Method(kinds, frozenset(required), scopes, tier, caller, frozenset(refused.split()), open_)


_WRITE = ("chat:write",)
_PAGED = "cursor limit:n"
_SPAN = f"channel! {_PAGED} oldest latest inclusive:b include_all_metadata:b"
_NOT_CHAT = "as_user attachments link_names markdown_text parse"
_TRIGGERED = "trigger_id! view!:j"
METHODS: dict[str, Method] = {
    "api.test": _method("Tier 4", "error", caller="none", open_=True),
    "assistant.threads.setSuggestedPrompts": _method(
        "Tier 4", "channel_id! prompts!:j thread_ts title", ("assistant:write",)
    ),
    "auth.test": _method("Special"),
    "apps.connections.open": _method("Tier 3", caller="app"),
    "blocks.validate": _method("", "blocks:j message:j view:j", caller="none"),
    "bots.info": _method("Tier 3", "bot", ("users:read",), refused="team_id"),
    "chat.delete": _method("Tier 3", "channel! ts!", _WRITE, refused="as_user"),
    "chat.getPermalink": _method("Special", "channel! message_ts!"),
    "chat.postEphemeral": _method(
        "Tier 4",
        "channel! user! text blocks:j thread_ts",
        _WRITE,
        refused=f"{_NOT_CHAT} icon_emoji icon_url metadata username",
    ),
    "chat.postMessage": _method(
        "Special",
        "channel! text blocks:j thread_ts reply_broadcast:b metadata:j mrkdwn:b unfurl_links:b unfurl_media:b",
        _WRITE,
        refused=f"{_NOT_CHAT} icon_emoji icon_url username current_draft_last_updated_ts",
    ),
    "chat.update": _method(
        "Tier 3",
        "channel! ts! text blocks:j metadata:j",
        _WRITE,
        refused=f"{_NOT_CHAT} unfurled_attachments reply_broadcast file_ids",
    ),
    "conversations.history": _method("Tier 3", _SPAN, _HISTORY),
    "conversations.info": _method("Tier 3", "channel! include_locale:b include_num_members:b", _READ),
    "conversations.join": _method("Tier 3", "channel!", ("channels:join",)),
    "conversations.list": _method("Tier 2", f"{_PAGED} exclude_archived:b types team_id", _READ),
    "conversations.members": _method("Tier 4", f"channel! {_PAGED}", _READ),
    "conversations.open": _method(
        "Tier 3",
        "channel users return_im:b",
        ("im:write", "mpim:write", "groups:write", "channels:manage"),
        refused="prevent_creation",
    ),
    "conversations.replies": _method("Tier 3", f"{_SPAN} ts!", _HISTORY),
    "files.completeUploadExternal": _method(
        "Tier 4",
        "files!:j channel_id thread_ts initial_comment blocks:j",
        ("files:write",),
        refused="channels username icon_url icon_emoji",
    ),
    "files.delete": _method("Tier 3", "file!", ("files:write",)),
    "files.getUploadURLExternal": _method("Tier 4", "filename! length!:n alt_txt snippet_type", ("files:write",)),
    "files.info": _method("Tier 4", "file! cursor limit:n count:n page:n", ("files:read",)),
    "team.info": _method("Tier 3", "team", ("team:read",), refused="domain"),
    "users.conversations": _method(
        "Tier 3", f"{_PAGED} exclude_archived:b types user team_id", _READ, refused="exclude_muted"
    ),
    "users.info": _method("Tier 4", "user! include_locale:b", ("users:read",)),
    "users.list": _method("Tier 2", f"{_PAGED} include_locale:b team_id", ("users:read",)),
    "views.open": _method("Tier 4", _TRIGGERED, refused="interactivity_pointer"),
    "views.publish": _method("Tier 4", "user_id! view!:j hash", refused="interactivity_pointer"),
    "views.push": _method("Tier 4", _TRIGGERED, refused="interactivity_pointer"),
    "views.update": _method("Tier 4", "view_id external_id view!:j hash"),
}
