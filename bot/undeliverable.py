"""A message that Slack refused for good, as an event: its assessment or reminder has to know."""

import datetime as dt

from dialogs.events import Person, Undeliverable
from storage.outbox import Delivery


def told_of(delivery: Delivery, dialog: str, reason: str, at: dt.datetime) -> Undeliverable:
    """The event; its key is that of the row, so that it counts once however often it is told."""
    return Undeliverable(
        key=f"u:{delivery.key}",
        workspace=delivery.workspace,
        channel=delivery.channel,
        person=Person("", ""),
        at=at,
        dialog=dialog,
        slot=delivery.slot or "parent",
        error=reason,
        files=delivery.kind == "upload",
    )
