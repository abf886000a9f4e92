"""The JSON objects that travel between Slack and an app."""

import json
from typing import Any

Payload = dict[str, Any]
"""A JSON object as Slack defines it; its shape is told where it is built or read."""


def copied(payload: Payload) -> Payload:
    """Give a deep copy, so that nobody changes a stored message from outside."""
    copy: Payload = json.loads(json.dumps(payload))
    return copy
