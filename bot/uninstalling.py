"""The two events by which Slack says that the app is no longer wanted. Pure."""

from collections.abc import Mapping
from typing import Any


def uninstalled(payload: Mapping[str, Any]) -> str | None:
    """The event by which the app, or its bot's token, was taken away; None for everything else."""
    event = payload.get("event") if payload.get("type") == "event_callback" else None
    kind = event.get("type") if isinstance(event, Mapping) else None
    if kind == "tokens_revoked" and isinstance(event, Mapping) and not (event.get("tokens") or {}).get("bot"):
        return None  # a person's own token, which we never ask for
    return str(kind) if kind in ("app_uninstalled", "tokens_revoked") else None
