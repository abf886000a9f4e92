"""Edits, deletions, quotes and files as Slack tells of them, read as what happened."""

import datetime as dt
from typing import Any

import pytest

from bot.inbound import Known, event_from, where
from dialogs.events import Deleted, Edited, Event, Said

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
BOT = "UBOT"


def read(event: dict[str, Any]) -> Event | None:
    payload = {"type": "event_callback", "team_id": "T1", "event": {"channel": "C1", "type": "message", **event}}
    place = where(payload)
    return None if place is None else event_from(payload, place, Known("Ana"), bot_user=BOT, at=NOW)


def message(text: str = "yes", **fields: Any) -> dict[str, Any]:
    return {"user": "UANA", "text": text, "ts": "10.1", "thread_ts": "5.5", **fields}


def edit(now: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    return {"subtype": "message_changed", "ts": "11.1", "message": now, "previous_message": before}


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("&gt; Is training automated?\nyes", "yes"),
        ("&gt; yes", "> yes"),
        ("yes\n&gt; what do you mean", "yes"),
        ("\u2022 yes\n\u2022 since March", "\u2022 yes \u2022 since March"),
    ],
)
def test_what_somebody_quotes_is_not_what_they_say(text: str, read_as: str) -> None:
    event = read(message(text))

    assert isinstance(event, Said)
    assert event.text == read_as


def test_an_edit_has_the_ts_of_its_message_and_a_key_of_its_own() -> None:
    event = read(edit(message("no"), message("yes")))

    assert isinstance(event, Edited)
    assert (event.text, event.ts, event.thread, event.key) == ("no", "10.1", "5.5", "e:C1:11.1")


@pytest.mark.parametrize(
    "event",
    [
        edit(message("*yes*"), message("yes")),
        edit(message(attachments=[{"title": "Runs"}]), message()),
        edit(message("no", bot_id="B2"), message("yes", bot_id="B2")),
        edit(message("no", user=BOT, bot_id="B1"), message("yes", user=BOT, bot_id="B1")),
        edit({"text": "no"}, {}),
    ],
)
def test_other_format_unfurls_and_the_edits_of_bots_are_no_edits(event: dict[str, Any]) -> None:
    assert read(event) is None


@pytest.mark.parametrize(
    ("event", "thread"),
    [
        ({"subtype": "message_deleted", "deleted_ts": "10.1", "ts": "11.1", "previous_message": message()}, "5.5"),
        ({"subtype": "message_deleted", "deleted_ts": "10.1", "ts": "11.1"}, "10.1"),
        (edit({"subtype": "tombstone", "user": "USLACKBOT", "ts": "10.1"}, message(thread_ts="10.1")), "10.1"),
    ],
)
def test_a_deletion_is_known_by_its_message_also_where_a_tombstone_is_left(event: dict[str, Any], thread: str) -> None:
    gone = read(event)

    assert isinstance(gone, Deleted)
    assert (gone.key, gone.ts, gone.thread) == ("d:C1:10.1", "10.1", thread)


def test_a_deleted_message_of_another_bot_is_none_of_ours() -> None:
    assert read({"subtype": "message_deleted", "deleted_ts": "10.1", "previous_message": message(bot_id="B2")}) is None


def test_a_picture_without_a_word_is_said_with_its_address() -> None:
    event = read(message("", subtype="file_share", files=[{"id": "F1", "permalink": "https://x.example/f"}]))

    assert isinstance(event, Said)
    assert (event.text, event.files) == ("", ("https://x.example/f",))
