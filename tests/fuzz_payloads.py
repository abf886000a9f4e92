"""Payloads as Slack sends them, and ways of spoiling them that Slack never would."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from bot.buttons import button_value, metadata

SAMPLES = Path(__file__).parents[2] / "shared" / "slack" / "samples"
Payload = dict[str, Any]
Spoil = Callable[[Payload], None]


class Here(NamedTuple):
    """Where a payload comes from: a workspace, a channel, a person, the bot, and an assessment in a thread."""

    team: str = "T1"
    channel: str = "C1"
    user: str = "UANA"
    bot: str = "UBOT"
    dialog: str = "d1"
    thread: str = "5.5"


def _deep(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


JUNK: tuple[Any, ...] = (
    None, "", "x", 0, -1, 7, 10**30, -0.5, float("inf"), True, False, [], {}, [None], [{}], {"": None}, "x" * 50_000,
    "\ud800", "\x00", "<@UBOT>", "D", "view_submission", "message", "im", {"id": 5}, {"id": "\udfff"}, _deep(400),
    "choose|d1|1|M2-C-4=yes", "run||0|help", "need||0|4", "|||", "facts|d1|1|1", "http://", "1.2", "-1.x",
)  # fmt: skip


def message(here: Here, text: str = "yes", **fields: Any) -> Payload:
    """A message somebody wrote in the thread of an assessment."""
    event = {"type": "message", "user": here.user, "text": text, "ts": "1900000000.000100", "channel": here.channel}
    event |= {"channel_type": "channel", "team": here.team, "thread_ts": here.thread, **fields}
    return {"type": "event_callback", "team_id": here.team, "event": event, "event_id": "Ev1", "event_time": 1}


def command(here: Here, text: str) -> Payload:
    """A slash command."""
    names = {"team_id": here.team, "channel_id": here.channel, "channel_name": "fraud-detection", "user_id": here.user}
    return {"command": "/maturity", "text": text, **names, "user_name": "ana", "trigger_id": "1.2.abc"}


def _acted(here: Here, kind: str, **fields: Any) -> Payload:
    about = {"user": {"id": here.user, "name": "ana", "team_id": here.team}, "team": {"id": here.team, "domain": "x"}}
    return {"type": kind, **about, "trigger_id": "1.2.abc", **fields}


def click(here: Here, action: Payload, *, private: bool = False) -> Payload:
    """A click in a message."""
    container = {"type": "message", "message_ts": "9.9", "channel_id": here.channel, "is_ephemeral": private}
    channel = {"id": here.channel, "name": "fraud-detection"}
    actions = [{"action_id": "a", "block_id": "b", "action_ts": "11.5", **action}]
    return _acted(here, "block_actions", container=container, channel=channel, actions=actions)


def _view(here: Here, form: str, argument: str, fields: Payload) -> Payload:
    values = {field: {"value": element} for field, element in fields.items()}
    view = {"id": "V1", "hash": "h1", "callback_id": form, "state": {"values": values}}
    return _acted(here, "view_submission", view={**view, "private_metadata": metadata(form, here.dialog, 1, argument)})


def payloads(here: Here) -> list[Payload]:
    """One of each kind that means something to the bot."""
    pressed = {"type": "button", "value": button_value("pause", here.dialog, 1)}
    chosen = {"type": "button", "value": button_value("choose", here.dialog, 1, "M1-C-1=yes")}
    entry = {"type": "overflow", "selected_option": {"value": button_value("why", here.dialog, 1, "M1-C-1")}}
    helped = {"type": "button", "value": button_value("run", argument="help")}
    count, select = {"type": "plain_text_input", "value": "3"}, {"type": "static_select"}
    facts = {"use_cases": count, "stage": {**select, "selected_option": {"value": "production"}}}
    tools = {"tools": {"type": "multi_static_select", "selected_options": [{"value": "mlflow"}]}}
    asked = {"ts": "8.8", "text": "do we need level 4?", "user": here.user}
    changed = {"type": "message", "user": here.user, "text": "no", "ts": "8.8", "thread_ts": here.thread}
    return [
        message(here),
        message(here, f"<@{here.bot}> status"),
        message(here, f"<@{here.bot}> level 2", type="app_mention", thread_ts=None),
        message(here, "help", channel="D1", channel_type="im", thread_ts=None),
        message(here, "", subtype="file_share", files=[{"id": "F1", "permalink": "https://x.example/f"}]),
        message(here, subtype="message_changed", message=changed, previous_message={**changed, "text": "yes"}),
        message(here, subtype="message_deleted", previous_message=changed, deleted_ts="8.8", hidden=True),
        command(here, "start full churn"),
        command(here, "status"),
        *(click(here, action) for action in (pressed, chosen, entry, helped)),
        click(here, helped, private=True),
        _view(here, "facts", "1", facts | tools),
        _view(here, "answers", "model-creation:1", {"M1-C-1": {**select, "selected_option": {"value": "yes"}}}),
        _view(here, "edit", "M1-C-1", {"choice": {"selected_option": None}, "note": {"value": None}}),
        _acted(here, "message_action", callback_id="ask-about-message", message=asked, channel={"id": here.channel}),
    ]


def samples() -> list[Payload]:
    """Slack's own sample payloads; none where the folder is missing."""
    files = [*sorted(SAMPLES.glob("events/*.json")), *sorted(SAMPLES.glob("interactions/*.json"))]
    found = (json.loads(file.read_text(encoding="utf-8")) for file in files)
    return [payload for payload in found if isinstance(payload, dict)]


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


def _at(share: float, change: Callable[[Any, Any], None]) -> Spoil:
    def spoil(payload: Payload) -> None:
        places = list(_places(payload))
        if places:
            change(*places[min(int(share * len(places)), len(places) - 1)])

    return spoil


def _replaced(junk: Any) -> Callable[[Any, Any], None]:
    def change(holder: Any, key: Any) -> None:
        holder[key] = copy.deepcopy(junk)

    return change


def _dropped(holder: Any, key: Any) -> None:
    del holder[key]


def _wrapped(holder: Any, key: Any) -> None:
    holder[key] = [holder[key]]


_one = st.builds(
    _at,
    st.floats(0, 1),
    st.sampled_from(JUNK).map(_replaced) | st.sampled_from(JUNK).map(_replaced) | st.sampled_from((_dropped, _wrapped)),
)
spoilings: st.SearchStrategy[list[Spoil]] = st.lists(_one, min_size=1, max_size=4)


def spoilt(payload: Payload, changes: list[Spoil]) -> Payload:
    """A copy of a payload with these changes."""
    found = copy.deepcopy(payload)
    for change in changes:
        change(found)
    return found
