"""A small, strict Slack workspace on loopback, for the demo and the tests.

It imports nothing of ours, so it cannot bend its rules in the bot's favour: what it refuses, Slack refuses.
"""

from bot.sandbox.errors import ActRefused, DropConnection, NotAcknowledged, PortBusy, WorkspaceFileError
from bot.sandbox.workspace import Workspace

__all__ = [
    "ActRefused",
    "DropConnection",
    "NotAcknowledged",
    "PortBusy",
    "Workspace",
    "WorkspaceFileError",
]
