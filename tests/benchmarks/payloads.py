"""What Slack sends: the payloads of a command, of a click, and of an event, as far as a bot reads them."""

import itertools
import secrets
from typing import Any

from benchmarks.loopback_slack import TEAM, person_of

Payload = dict[str, Any]
_count = itertools.count(1)
_RUN = secrets.token_hex(4)  # so that no run repeats the events of another one


def command(channel: str, text: str) -> Payload:
    """Somebody types `/maturity TEXT`."""
    return {
        **_common(),
        "team_domain": "bench",
        "channel_id": channel,
        "channel_name": channel.lower(),
        "user_id": person_of(channel),
        "user_name": "ana",
        "command": "/maturity",
        "text": text,
        "is_enterprise_install": False,
        "response_url": "http://127.0.0.1:9/none",
        "trigger_id": _fresh(),
    }


def click(channel: str, ts: str, message: Payload, block: Payload, element: Payload) -> Payload:
    """Somebody clicks a button of a message; Slack sends the message along."""
    thread = message.get("thread_ts")
    person = person_of(channel)
    action = {key: element[key] for key in ("type", "action_id", "value", "text") if key in element}
    return {
        **_common(),
        "type": "block_actions",
        "user": {"id": person, "username": "ana", "name": "ana", "team_id": TEAM},
        "team": {"id": TEAM, "domain": "bench"},
        "container": {
            "type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": False, "thread_ts": thread
        },
        "channel": {"id": channel, "name": channel.lower()},
        "message": {"ts": ts, "thread_ts": thread, "text": message["text"], "blocks": message["blocks"]},
        "state": {"values": {}},
        "trigger_id": _fresh(),
        "response_url": "http://127.0.0.1:9/none",
        "actions": [{**action, "block_id": block.get("block_id", "b"), "action_ts": f"{next(_count)}.{_RUN}"}],
    }  # fmt: skip


def renamed(channel: str) -> Payload:
    """A channel gets another name: the one event whose whole effect is its mark in the inbox."""
    event = {"type": "channel_rename", "channel": {"id": channel, "name": channel.lower(), "created": 1}}
    return {
        **_common(),
        "type": "event_callback",
        "event": event,
        "event_id": f"Ev{_fresh()}",
        "event_time": 1_700_000_000,
        "authorizations": [{"team_id": TEAM, "user_id": "U0BOT", "is_bot": True}],
    }


def foreign_click() -> Payload:
    """A click on a button that is none of ours, and so takes no effect."""
    message = {"text": "Somebody else's", "blocks": []}
    element = {"type": "button", "action_id": "other", "text": {"type": "plain_text", "text": "Other"}}
    return click("C0OTHER", "1.1", message, {"block_id": "b"}, element)


def _common() -> Payload:
    return {"token": "made-up", "team_id": TEAM, "api_app_id": "A0BENCH"}


def _fresh() -> str:
    return f"{_RUN}.{next(_count)}"
