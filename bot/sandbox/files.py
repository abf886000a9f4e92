"""Files that people share: what a message says of them. Their contents are kept nowhere."""

from pathlib import PurePath

from bot.sandbox.payload import Payload
from bot.sandbox.state import State
from bot.sandbox.timestamps import Timestamps, fresh_id, micros

_MIME = {"png": "image/png", "jpg": "image/jpeg", "pdf": "application/pdf", "csv": "text/csv"}


def shared_file(state: State, stamps: Timestamps, url: str, person: str, name: str) -> Payload:
    """Give a file as messages and events show it; `url` is the workspace's address."""
    key, kind = fresh_id("F"), PurePath(name).suffix.removeprefix(".").lower() or "binary"
    created = micros(stamps.next()) // 1_000_000
    return {
        "id": key,
        "created": created,
        "timestamp": created,
        "name": name,
        "title": name,
        "mimetype": _MIME.get(kind, "application/octet-stream"),
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": person,
        "user_team": state.team_id,
        "editable": False,
        "size": 42706,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": True,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{url}files-pri/{state.team_id}-{key}/{name}",
        "url_private_download": f"{url}files-pri/{state.team_id}-{key}/download/{name}",
        "permalink": f"{url}files/{person}/{key}/{name}",
        "permalink_public": f"{url}{state.team_id}-{key}",
        "has_rich_preview": False,
        "file_access": "visible",
    }
