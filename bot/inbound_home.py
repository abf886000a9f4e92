"""What people do in the App Home, in modals that belong to no message, and by the global shortcut. Pure."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from bot.buttons import ABOUT_CHANNEL, read_metadata, read_value
from bot.inbound_forms import form_key, form_values
from dialogs.events import Commanded, Event, HomeOpened, Pressed, Submitted
from dialogs.home_forms import KINDS

Payload = Mapping[str, Any]
START_SHORTCUT = "start-assessment"  # the callback id of the global shortcut, as the manifest names it
_OF_CHANNEL = ("home-settings", "home-report")  # buttons whose argument is WISH CHANNEL ...


class About(NamedTuple):
    """What a modal of ours is about: a channel, and the wish of the Home that it came from; both may be empty."""

    channel: str = ""
    wish: str = ""


def about_of(view: Payload) -> About:
    """Read what a modal carries; empty for those that carry something else."""
    meant = read_metadata(str(view.get("private_metadata") or ""))
    if meant is None or meant.action not in ABOUT_CHANNEL:
        return About()
    channel, _, wish = meant.argument.partition(" ")
    return About(channel.strip("-"), wish)


def channel_about(payload: Payload) -> str:
    """The channel that a click, or a form, in a view is about; empty where it is about none."""
    view = payload.get("view") or {}
    if payload.get("type") == "view_submission":
        chosen = form_values(view).get("channel") if view.get("callback_id") == "start" else None
        return chosen if isinstance(chosen, str) else about_of(view).channel
    for action in payload.get("actions") or ():
        pushed = read_value(value_of(action))
        if pushed is not None and pushed.action in _OF_CHANNEL:
            return [*pushed.argument.split(" "), ""][1]
    return about_of(view).channel


def value_of(action: Payload) -> str:
    """What a click carries; for a menu of channels what stands in its id, and the channel that was chosen."""
    if chosen := action.get("selected_conversation"):
        return f"{action.get('action_id')} {chosen}"
    return str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")


def view_of(payload: Payload) -> Literal["", "home", "modal"]:
    """In which kind of view a click was made, empty for messages."""
    if (payload.get("container") or {}).get("type") != "view":
        return ""
    return "home" if (payload.get("view") or {}).get("type") == "home" else "modal"


def home_event(payload: Payload, base: Mapping[str, Any], known: Mapping[str, Any]) -> Event | None:
    """Read what only happens here; None for everything else. `known` are the facts about the channel."""
    kind = payload.get("type")
    if kind == "event_callback" and payload["event"].get("type") == "app_home_opened":
        return _opened(payload["event"], base)
    if kind == "shortcut" and payload.get("callback_id") == START_SHORTCUT:
        return Pressed(**base, key=f"s:{payload['trigger_id']}", action="start-form", view="modal")
    if kind == "view_submission" and payload["view"].get("callback_id") == "start":
        return _start(payload["view"], base, known)
    return None


def _opened(event: Payload, base: Mapping[str, Any]) -> HomeOpened | None:
    tab = event.get("tab")
    if tab not in ("home", "messages"):
        return None
    return HomeOpened(**base, key=f"o:{event['channel']}:{event['event_ts']}", tab=tab)


def _start(view: Payload, base: Mapping[str, Any], known: Mapping[str, Any]) -> Commanded | None:
    """The form that begins an assessment, as the command that would do so in the channel that was chosen."""
    values = form_values(view)
    kind, subject = values.get("kind"), values.get("subject")
    if not base["channel"] or kind not in KINDS:
        return None
    named = " ".join(subject.split()) if isinstance(subject, str) else ""
    return Commanded(**base, **known, key=form_key(view), text=f"start {kind} {named}".strip(), by="form")


def looks_into(event: Event) -> str | None:
    """The channel that something done in a view looks into, whose members alone may do so; None for other events."""
    by_form = (isinstance(event, Commanded) and event.by == "form") or (
        isinstance(event, Submitted) and event.form == "settings"
    )
    in_view = isinstance(event, Pressed) and bool(event.view)
    return event.channel or None if by_form or in_view else None
