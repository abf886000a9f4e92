"""Slack's payloads read as events. Pure: facts about people and channels are handed in as `Known`."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from bot.buttons import Pushed, read_value
from bot.inbound_changes import CHANGES, about, deleted, is_deletion, plain_text, unquoted
from bot.inbound_forms import submitted
from bot.inbound_home import channel_about, home_event, value_of, view_of
from bot.mrkdwn import whole
from dialogs.editing import as_choice
from dialogs.events import ChannelKind, Chosen, Commanded, Deleted, Edited, Event, Person, Pressed, Said

Payload = Mapping[str, Any]
ASK_SHORTCUT = "ask-about-message"  # the callback id of the message shortcut, as the manifest names it
# Kinds of messages that people write; all others (joins, bots) are not answers, edits and deletions tell of one.
WRITTEN = (None, "thread_broadcast", "file_share")


@dataclass(frozen=True, slots=True)
class Where:
    """Whom and what a payload is about, before anything is known of them."""

    workspace: str
    channel: str
    person: str
    person_team: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the person and the channel: looked up, or as the payload says."""

    person_name: str
    outsider: bool = False
    channel_name: str = ""
    channel_kind: ChannelKind = "channel"
    bot_is_member: bool | None = True
    zone: str = ""
    admin: bool = False
    guest: bool = False
    member: bool | None = None
    people: int | None = None
    channels: Mapping[str, str] | None = None

    @property
    def of_channel(self) -> dict[str, Any]:
        """The facts about the channel, as events carry them."""
        return {
            "channel_name": self.channel_name,
            "channel_kind": self.channel_kind,
            "bot_is_member": self.bot_is_member,
        }


def where(payload: Payload) -> Where | None:
    """Whom and what a payload is about; None for payloads that are not for us, or whose ids are no words."""
    place = _where(payload)
    ids = (place.workspace, place.channel, place.person) if place is not None else (None,)
    return place if all(isinstance(each, str) for each in ids) else None


def _where(payload: Payload) -> Where | None:
    if "command" in payload:
        return Where(payload["team_id"], payload["channel_id"], payload["user_id"], payload.get("team_id"))
    if payload.get("type") == "event_callback":
        return _where_message(payload)
    if payload.get("type") in ("block_actions", "view_submission", "message_action", "shortcut") and (
        payload.get("user") or {}
    ).get("id"):
        user, team = payload["user"], payload.get("team") or {}
        workspace = str(team.get("id") or user.get("team_id") or "")
        return Where(workspace, _channel_of(payload), user["id"], user.get("team_id") or workspace)
    return None


def _where_message(payload: Payload) -> Where | None:
    event = payload["event"]
    if event.get("type") == "app_home_opened":
        return Where(payload.get("team_id", ""), event["channel"], event["user"], payload.get("team_id"))
    if event.get("type") == "message" and event.get("subtype") in CHANGES:
        message = about(event)
        if message is None:
            return None
        team = message.get("user_team") or message.get("team") or payload.get("team_id")
        return Where(payload.get("team_id", ""), event["channel"], str(message.get("user") or ""), team)
    if event.get("type") not in ("message", "app_mention") or event.get("subtype") not in WRITTEN:
        return None
    if event.get("bot_id") or not event.get("user") or not event.get("ts") or not event.get("channel"):
        return None
    if event["user"] == "USLACKBOT" or event.get("hidden"):
        return None
    team = event.get("user_team") or event.get("team") or payload.get("team_id")
    return Where(payload.get("team_id", ""), event["channel"], event["user"], team)


def _channel_of(payload: Payload) -> str:
    channel = payload.get("channel") or payload.get("container") or {}
    return str(channel.get("id") or channel.get("channel_id") or channel_about(payload))


def event_from(payload: Payload, place: Where, known: Known, *, bot_user: str, at: dt.datetime) -> Event | None:
    """Read a payload; None where it means nothing to us (another bot's button, an edit)."""
    base: dict[str, Any] = {
        "workspace": place.workspace,
        "channel": place.channel,
        "person": Person(
            place.person,
            known.person_name,
            known.outsider,
            known.zone,
            admin=known.admin,
            guest=known.guest,
            member=known.member,
            channels=known.channels,
        ),
        "at": at,
    }
    here = known.of_channel | {"people": known.people}
    if (mine := home_event(payload, base, here)) is not None:
        return mine
    if "command" in payload:
        return Commanded(
            **base,
            key=f"s:{payload['trigger_id']}",
            text=plain_text(payload.get("text", "")),
            by="slash",
            **known.of_channel,
            people=known.people,
        )
    kind = payload.get("type")
    if kind == "event_callback":
        read = _changed if payload["event"].get("subtype") in CHANGES else _said
        return read(payload["event"], base, known, bot_user)
    if kind == "block_actions":
        return _clicked(payload, base, known)
    if kind == "message_action":
        return _asked_about(payload, base, known)
    return submitted(payload, base) if kind == "view_submission" else None


def _asked_about(payload: Payload, base: dict[str, Any], known: Known) -> Commanded | None:
    """A message on which somebody chose our shortcut: what it says is the question."""
    if payload.get("callback_id") != ASK_SHORTCUT:
        return None
    return Commanded(
        **base,
        key=f"s:{payload['trigger_id']}",
        text=f"ask {plain_text(str((payload.get('message') or {}).get('text') or ''))}",
        by="shortcut",
        **known.of_channel,
    )


def _changed(event: Payload, base: dict[str, Any], known: Known, bot_user: str) -> Edited | Deleted | None:
    """A message that was edited or deleted."""
    message = about(event)
    if message is None or is_deletion(event):
        return deleted(message, base, bot_user) if message is not None else None
    said = _said(message, base, known, bot_user)
    if said is None:
        return None
    read = {each.name: getattr(said, each.name) for each in fields(said)}
    return Edited(**read | {"key": f"e:{event['channel']}:{event['ts']}"})


def _said(event: Payload, base: dict[str, Any], known: Known, bot_user: str) -> Said | None:
    text = str(event.get("text") or "")
    thread = event.get("thread_ts")
    mention = re.compile(rf"<@{re.escape(bot_user)}(\|[^>]*)?>")
    mentioned = mention.search(text) is not None
    if event.get("user") == bot_user or (event.get("type") == "app_mention" and not mentioned):
        return None
    text = plain_text(unquoted(mention.sub(" ", text)))
    files = tuple(whole(str(file["permalink"])) for file in event.get("files") or () if file.get("permalink"))
    if not text.strip() and not mentioned and not files:
        return None
    return Said(
        **base,
        key=f"m:{event['channel']}:{event['ts']}",
        text=" ".join(text.split()),
        ts=event["ts"],
        thread=thread if thread != event["ts"] else None,  # a parent is in no thread of its own
        mentioned=mentioned,
        direct=event.get("channel_type") == "im" or event["channel"].startswith("D"),
        **known.of_channel,
        files=files,
    )


def _clicked(payload: Payload, base: dict[str, Any], known: Known) -> Chosen | Pressed | None:
    actions = payload.get("actions") or []
    if not actions:
        return None
    action = actions[0]
    value = value_of(action)
    pushed = read_value(value)
    if pushed is None and value:
        pushed = Pushed("older", None, 0, "")  # of another version of ours; told so, never met with silence
    if pushed is None:
        return None
    container = payload.get("container") or {}
    origin = container.get("message_ts") or container.get("view_id") or ""
    who = hashlib.sha256(base["person"].id.encode()).hexdigest()[:8]  # keys are kept for a week, without who it was
    key = f"c:{base['channel']}:{origin}:{who}:{action.get('action_ts', '')}"
    if pushed.action == "choose":
        practice, _, wanted = pushed.argument.partition("=")
        choice = as_choice(wanted)
        if choice is None or pushed.dialog is None:
            return None
        return Chosen(**base, key=key, dialog=pushed.dialog, practice=practice, choice=choice, turn=pushed.turn)
    return Pressed(
        **base,
        key=key,
        action=pushed.action,
        dialog=pushed.dialog,
        argument=pushed.argument,
        turn=pushed.turn,
        private=bool(container.get("is_ephemeral")),
        view=view_of(payload),
        thread=str(container["thread_ts"]) if container.get("thread_ts") else None,
        **known.of_channel,
    )
