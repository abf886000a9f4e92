"""What the app is sent when somebody clicks, submits, closes, types a command or uses a shortcut."""

from bot.sandbox.announcing import seen
from bot.sandbox.element_values import Entered, entry, keeps_value, values_of
from bot.sandbox.events import VERIFICATION_TOKEN
from bot.sandbox.hub import Hub
from bot.sandbox.payload import Payload, copied
from bot.sandbox.state import Channel
from bot.sandbox.whispers import Whisper


def action_of(hub: Hub, block: Payload, element: Payload, selected: Entered) -> Payload:
    """Build one entry of `actions`."""
    action = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    if element["type"] != "button":
        action |= entry(element, selected)
    told = ("value", "style", "text", "url") if element["type"] == "button" else ("placeholder",)
    action |= {key: element[key] for key in told if key in element}
    return {**action, "action_ts": hub.stamps.next()}


def message_click(hub: Hub, person: str, channel: Channel, source: Payload | Whisper, action: Payload) -> Payload:
    """Build the payload of a click in a message or in an ephemeral message."""
    whisper = source if isinstance(source, Whisper) else None
    message = source.message if isinstance(source, Whisper) else source
    container: Payload = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel.id,
        "is_ephemeral": whisper is not None,
    }
    if "thread_ts" in message:
        container["thread_ts"] = message["thread_ts"]
    values = values_of(message.get("blocks", []))
    _remember(values, action)
    payload = {
        **_common(hub, "block_actions", person, channel.id),
        "container": container,
        "channel": {"id": channel.id, "name": name_told(channel)},
        "state": {"values": values},
        "response_url": hub.response_urls.give("actions", person, channel, whisper or message["ts"]),
        "actions": [action],
    }
    if whisper is None:  # Slack does not send the content of an ephemeral message along
        payload["message"] = seen(message, metadata=True)
    return payload


def view_click(hub: Hub, person: str, view: Payload, action: Payload) -> Payload:
    """Build the payload of a click in a modal or on the Home tab; it names no channel."""
    conversation = hub.modals.came_from(person) if view["type"] == "modal" else ""
    return {
        **_common(hub, "block_actions", person, conversation),
        "container": {"type": "view", "view_id": view["id"]},
        "view": copied(view),
        "actions": [action],
    }


def view_submission(hub: Hub, person: str, view: Payload) -> Payload:
    """Build the payload of a submitted modal."""
    return {**_common(hub, "view_submission", person), "view": copied(view), "response_urls": []}


def view_closed(hub: Hub, person: str, view: Payload, *, cleared: bool) -> Payload:
    """Build the payload of a closed modal."""
    told = _common(hub, "view_closed", person)
    del told["trigger_id"]
    return {**told, "view": copied(view), "is_cleared": cleared}


def slash_command(hub: Hub, person: str, channel: Channel, command: str, text: str) -> Payload:
    """Build the payload of a slash command."""
    state = hub.state
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": state.team_id,
        "team_domain": state.domain,
        "channel_id": channel.id,
        "channel_name": name_told(channel),
        "user_id": person,
        "user_name": state.people[person].name,
        "command": command,
        "text": text,
        "api_app_id": state.app_id,
        "is_enterprise_install": False,
        "response_url": hub.response_urls.give("commands", person, channel),
        "trigger_id": hub.triggers.give(person, channel.id),
    }


def message_shortcut(hub: Hub, person: str, channel: Channel, message: Payload, callback_id: str) -> Payload:
    """Build the payload of a message shortcut."""
    told = _common(hub, "message_action", person, channel.id)
    # Slack sends neither with it; the username it adds for apps of a whole organisation only.
    del told["api_app_id"], told["user"]["username"]
    return {
        **told,
        "action_ts": hub.stamps.next(),
        "callback_id": callback_id,
        "channel": {"id": channel.id, "name": name_told(channel)},
        "message_ts": message["ts"],
        "message": seen(message, metadata=True),
        "response_url": hub.response_urls.give("app", person, channel),
    }


def global_shortcut(hub: Hub, person: str, callback_id: str, conversation: str) -> Payload:
    """Build the payload of a global shortcut: it tells who used it, never where."""
    told = _common(hub, "shortcut", person, conversation)
    del told["user"]["name"]
    for left_out in ("api_app_id", "enterprise", "is_enterprise_install"):
        del told[left_out]
    return {**told, "action_ts": hub.stamps.next(), "callback_id": callback_id}


def name_told(channel: Channel) -> str:
    """Give the channel's name as interactions tell it: private names stay private."""
    return {"private": "privategroup", "im": "directmessage"}.get(channel.kind, channel.name)


def _remember(values: dict[str, Payload], action: Payload) -> None:
    kept = values.get(action["block_id"], {})
    if action["action_id"] in kept and keeps_value(action):
        before = kept[action["action_id"]]
        kept[action["action_id"]] = {key: action[key] for key in before}


def _common(hub: Hub, kind: str, person: str, conversation: str = "") -> Payload:
    state = hub.state
    name = state.people[person].name
    return {
        "type": kind,
        "team": {"id": state.team_id, "domain": state.domain},
        "user": {"id": person, "username": name, "name": name, "team_id": state.team_id},
        "api_app_id": state.app_id,
        "token": VERIFICATION_TOKEN,
        "trigger_id": hub.triggers.give(person, conversation),
        "enterprise": None,
        "is_enterprise_install": False,
    }
