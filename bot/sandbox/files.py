"""Files as messages, events and the Web API show them: names, kinds, sizes, addresses."""

import mimetypes
from pathlib import PurePath
from urllib.parse import quote

from bot.sandbox.payload import Payload
from bot.sandbox.state import Channel, State
from bot.sandbox.timestamps import Timestamps, fresh_id, micros

UNKNOWN_SIZE = 42706  # bytes; what a file claims whose contents nobody gave
INLINE = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
"""What may be shown on the page; everything else, SVG above all, is only ever handed over as a download."""

_TYPES = {"md": "text/markdown", "csv": "text/csv", "webp": "image/webp", "json": "application/json"}
_PRETTY = {"md": "Markdown", "txt": "Plain Text", "html": "HTML", "jpg": "JPEG", "binary": "Binary"}
_PLACES = {"channel": "channels", "private": "groups", "im": "ims"}


def described(  # noqa: PLR0913 - a file is described in one place, mostly by keyword
    state: State,
    stamps: Timestamps,
    url: str,
    user: str,
    name: str,
    *,
    key: str | None = None,
    title: str = "",
    alt_txt: str = "",
    size: int = UNKNOWN_SIZE,
) -> Payload:
    """Give a file as Slack describes it; `url` is the workspace's address, `user` who shares it."""
    key, kind = key or fresh_id("F"), PurePath(name).suffix.removeprefix(".").lower() or "binary"
    created, path = micros(stamps.next()) // 1_000_000, quote(name, safe="")
    private = f"{url}files-pri/{state.team_id}-{key}"
    file = {
        "id": key,
        "created": created,
        "timestamp": created,
        "name": name,
        "title": title or name,
        "mimetype": _mimetype(kind),
        "filetype": kind,
        "pretty_type": _PRETTY.get(kind, kind.upper()),
        "user": user,
        "user_team": state.team_id,
        "editable": False,
        "size": size,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": True,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{private}/{path}",
        "url_private_download": f"{private}/download/{path}",
        "permalink": f"{url}files/{user}/{key}/{path}",
        "permalink_public": f"{url}{state.team_id}-{key}",
        "has_rich_preview": False,
        "file_access": "visible",
    }
    return file | ({"alt_txt": alt_txt} if alt_txt else {})


def unshared(file: Payload) -> Payload:
    """Give the file as Slack answers while it has not been shared yet: it stands nowhere."""
    return {**file, "is_public": False, "shares": {}, "channels": [], "groups": [], "ims": []}


def share_noted(file: Payload, channel: Channel, message: Payload) -> None:
    """Note in what is known of a file that it stands in a message now."""
    place = {"ts": message["ts"], "channel_name": channel.name, "team_id": message["team"]}
    place |= {"share_user_id": message["user"]} | {key: message[key] for key in ("thread_ts",) if key in message}
    kind = "public" if channel.kind == "channel" else "private"
    file["is_public"] = file["is_public"] or kind == "public"
    file.setdefault("shares", {}).setdefault(kind, {}).setdefault(channel.id, []).append(place)
    for name in _PLACES.values():
        file.setdefault(name, [])
    if channel.id not in file[_PLACES[channel.kind]]:
        file[_PLACES[channel.kind]].append(channel.id)


def in_message(file: Payload) -> Payload:
    """Give the file as a message carries it: without where else it stands."""
    return {key: value for key, value in file.items() if key not in ("shares", *_PLACES.values())}


def places_of(file: Payload) -> list[tuple[str, str]]:
    """Give the channel and ts of every message the file stands in."""
    kinds = file.get("shares", {}).values()
    return [(channel, each["ts"]) for kind in kinds for channel, shared in kind.items() for each in shared]


def _mimetype(kind: str) -> str:
    return _TYPES.get(kind) or mimetypes.types_map.get(f".{kind}", "application/octet-stream")
