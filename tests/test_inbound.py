"""Slack's payloads read as events: what counts, what is ignored, and that the same thing has the same key."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from bot.buttons import button_value, metadata
from bot.inbound import Known, event_from, where
from bot.inbound_changes import plain_text
from dialogs.events import Chosen, Commanded, Event, Pressed, Said, Submitted

SAMPLES = Path(__file__).parents[2] / "shared" / "slack" / "samples"
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
BOT = "UBOT"
KNOWN = Known("Ana", channel_name="fraud-detection")


def read(payload: dict[str, Any], known: Known = KNOWN) -> Event | None:
    place = where(payload)
    return None if place is None else event_from(payload, place, known, bot_user=BOT, at=NOW)


def message(text: str = "yes", **fields: Any) -> dict[str, Any]:
    event = {"type": "message", "user": "UANA", "text": text, "ts": "10.1", "channel": "C1", "channel_type": "channel"}
    return {"type": "event_callback", "team_id": "T1", "event": {**event, "team": "T1", **fields}}


def click(value: str, **fields: Any) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "user": {"id": "UANA", "name": "ana", "team_id": "T1"},
        "team": {"id": "T1"},
        "channel": {"id": "C1", "name": "fraud-detection"},
        "container": {"type": "message", "message_ts": "9.9", "channel_id": "C1", "is_ephemeral": False},
        "actions": [{"type": "button", "value": value, "action_id": "a", "action_ts": "11.5"}],
        **fields,
    }


def submission(values: dict[str, Any], private_metadata: str) -> dict[str, Any]:
    view = {"id": "V1", "hash": "h1", "private_metadata": private_metadata, "state": {"values": values}}
    return {"type": "view_submission", "user": {"id": "UANA", "team_id": "T1"}, "team": {"id": "T1"}, "view": view}


# Messages -----------------------------------------------------------------------------------------------------------


def test_a_message_in_a_thread_is_said() -> None:
    event = read(message("not yet &amp; soon", thread_ts="5.5"))

    assert isinstance(event, Said)
    assert (event.key, event.text, event.ts, event.thread) == ("m:C1:10.1", "not yet & soon", "10.1", "5.5")
    assert (event.person.id, event.person.name, event.person.outsider) == ("UANA", "Ana", False)
    assert (event.mentioned, event.direct, event.at) == (False, False, NOW)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("<@UBOT> status", "status"),
        ("yes <@UBOT>", "yes"),
        ("<@UBOT|maturity> level 4", "level 4"),
        ("hey <@UBOT> go on <@UBOT>", "hey go on"),
        ("<@UBOT>", ""),
    ],
)
def test_the_mention_is_taken_out_and_marked(text: str, read_as: str) -> None:
    event = read(message(text))

    assert isinstance(event, Said)
    assert (event.text, event.mentioned) == (read_as, True)


def test_a_mention_of_somebody_else_is_none_of_the_bot() -> None:
    event = read(message("<@UBEN> what do you think?"))

    assert isinstance(event, Said)
    assert not event.mentioned


def test_a_post_has_one_key_as_message_and_as_mention() -> None:
    as_message, as_mention = read(message("<@UBOT> status")), read(message("<@UBOT> status", type="app_mention"))

    assert as_message is not None
    assert as_mention is not None
    assert as_message.key == as_mention.key


@pytest.mark.parametrize(
    "fields",
    [
        {"subtype": "message_changed", "message": {"text": "yes"}},
        {"subtype": "channel_join"},
        {"subtype": "bot_message", "bot_id": "B2"},
        {"bot_id": "B2"},
        {"user": BOT},
        {"user": "USLACKBOT"},
        {"hidden": True},
        {"subtype": "file_share", "text": "", "files": [{"id": "F1"}]},
        {"text": "   "},
        {"user": None},
    ],
)
def test_what_no_person_typed_is_ignored(fields: dict[str, Any]) -> None:
    assert read(message(**fields)) is None


@pytest.mark.parametrize("subtype", ["thread_broadcast", "file_share"])
def test_replies_shown_in_the_channel_and_words_beside_a_file_count(subtype: str) -> None:
    event = read(message("yes", subtype=subtype, thread_ts="5.5"))

    assert isinstance(event, Said)
    assert event.text == "yes"


def test_a_parent_is_in_no_thread_of_its_own() -> None:
    event = read(message(ts="5.5", thread_ts="5.5"))

    assert isinstance(event, Said)
    assert event.thread is None


@pytest.mark.parametrize("fields", [{"channel": "D1", "channel_type": "im"}, {"channel": "D1", "channel_type": None}])
def test_a_direct_message_is_known_as_one(fields: dict[str, Any]) -> None:
    event = read(message(**fields))

    assert isinstance(event, Said)
    assert event.direct


@pytest.mark.parametrize(
    ("slacks", "typed"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt;", "&lt;"),
        ("see <https://ml.example/run/7>", "see https://ml.example/run/7"),
        ("see <https://ml.example/run/7|run 7>", "see run 7"),
        ("<mailto:ana@lake.example|ana@lake.example>", "ana@lake.example"),
    ],
)
def test_text_is_read_as_it_was_typed(slacks: str, typed: str) -> None:
    assert plain_text(slacks) == typed


@pytest.mark.parametrize(("fields", "team"), [({"user_team": "T2", "team": "T1"}, "T2"), ({"team": "T3"}, "T3")])
def test_the_team_of_somebody_from_elsewhere_is_seen(fields: dict[str, Any], team: str) -> None:
    place = where(message(**fields))

    assert place is not None
    assert (place.workspace, place.person_team) == ("T1", team)


# Commands -----------------------------------------------------------------------------------------------------------


def test_a_slash_command_is_commanded() -> None:
    payload = {
        "command": "/maturity",
        "text": "start full R&amp;D",
        "team_id": "T1",
        "channel_id": "C1",
        "channel_name": "fraud-detection",
        "user_id": "UANA",
        "user_name": "ana",
        "trigger_id": "1.2.abc",
    }

    event = read(payload, Known("Ana", channel_name="fraud-detection", bot_is_member=False))

    assert isinstance(event, Commanded)
    assert (event.key, event.text, event.by) == ("s:1.2.abc", "start full R&D", "slash")
    assert (event.channel_name, event.bot_is_member) == ("fraud-detection", False)


# Clicks -------------------------------------------------------------------------------------------------------------


def test_an_answer_button_is_chosen() -> None:
    event = read(click(button_value("choose", "d1", 4, "M2-C-4=partly")))

    assert isinstance(event, Chosen)
    assert (event.dialog, event.practice, event.choice, event.turn) == ("d1", "M2-C-4", "partly", 4)
    assert event.key.startswith("c:C1:9.9:")
    assert event.key.endswith(":11.5")
    assert "UANA" not in event.key


def test_another_button_is_pressed() -> None:
    event = read(click(button_value("pause", "d1", 4)))

    assert isinstance(event, Pressed)
    assert (event.action, event.dialog, event.turn, event.private) == ("pause", "d1", 4, False)


@pytest.mark.parametrize("kind", ["overflow", "static_select", "radio_buttons"])
def test_an_entry_of_a_menu_is_pressed(kind: str) -> None:
    entry = {"type": kind, "selected_option": {"value": button_value("why", "d1", 4, "M2-C-4")}, "action_ts": "11.5"}

    event = read(click("", actions=[entry]))

    assert isinstance(event, Pressed)
    assert (event.action, event.argument) == ("why", "M2-C-4")


def test_a_button_on_a_private_message_is_known_as_one() -> None:
    container = {"type": "message", "message_ts": "9.9", "channel_id": "C1", "is_ephemeral": True}

    event = read(click(button_value("run", argument="status"), container=container))

    assert isinstance(event, Pressed)
    assert event.private
    assert event.dialog is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "choose|d1|4|M2-C-4=perhaps",
        "choose|d1|4|M2-C-4",
        "choose||4|M2-C-4=yes",
    ],
)
def test_a_button_that_is_not_ours_means_nothing(value: str) -> None:
    assert read(click(value)) is None


@pytest.mark.parametrize("value", ["click_me_123", "no-such-action|d1|4|"])
def test_a_button_of_another_version_is_read_as_one_that_is_over(value: str) -> None:
    read_as = read(click(value))

    assert isinstance(read_as, Pressed)
    assert (read_as.action, read_as.dialog) == ("older", None)


def test_two_clicks_of_one_person_are_two_events_and_a_repetition_is_none() -> None:
    value = button_value("pause", "d1", 4)
    first, again = read(click(value)), read(click(value))
    second = read(click(value, actions=[{"type": "button", "value": value, "action_ts": "11.6"}]))

    assert first is not None
    assert first == again
    assert second is not None
    assert second.key != first.key


# Modals -------------------------------------------------------------------------------------------------------------


def test_a_sent_modal_gives_its_values_by_field() -> None:
    values = {
        "choice": {"value": {"type": "static_select", "selected_option": {"value": "partly"}}},
        "stack": {"value": {"type": "multi_static_select", "selected_options": [{"value": "a"}, {"value": "b"}]}},
        "none": {"value": {"type": "static_select", "selected_option": None}},
        "note": {"value": {"type": "plain_text_input", "value": "only fraud"}},
        "blank": {"value": {"type": "plain_text_input", "value": None}},
    }

    event = read(submission(values, metadata("edit", "d1", 7, "M2-C-4")))

    assert isinstance(event, Submitted)
    assert event.key == "v:V1:h1"
    assert (event.form, event.dialog, event.turn, event.argument) == ("edit", "d1", 7, "M2-C-4")
    assert dict(event.values) == {
        "choice": "partly",
        "stack": ("a", "b"),
        "none": None,
        "note": "only fraud",
        "blank": None,
    }


@pytest.mark.parametrize("text", ["", "This is for you!", "no-such-form|d1|1|", "edit||1|"])
def test_a_modal_that_is_not_ours_means_nothing(text: str) -> None:
    assert read(submission({}, text)) is None


# Everything else ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["view_closed", "shortcut", "message_action", "block_suggestion", "url_verification"])
def test_other_payloads_are_not_for_us(kind: str) -> None:
    assert where({"type": kind}) is None


def test_every_sample_of_slacks_payloads_is_read_without_trouble() -> None:
    if not SAMPLES.exists():
        pytest.skip("../shared/slack is not here: its sample payloads cannot be read")
    files = [*sorted((SAMPLES / "events").glob("*.json")), *sorted((SAMPLES / "interactions").glob("*.json"))]

    kinds = {file.name: type(read(json.loads(file.read_text(encoding="utf-8")))).__name__ for file in files}

    assert len(kinds) > 40
    assert kinds["message.json"] == "Said"
    assert kinds["message.thread_broadcast.json"] == "Said"
    assert kinds["message.bot.json"] == "NoneType"
    assert kinds["message.message_changed.json"] == "Edited"
    assert kinds["message.message_deleted.json"] == "Deleted"
    assert kinds["slash_command.json"] == "Commanded"
    assert kinds["block_actions.message.json"] == "Pressed"  # a button that we do not know (any more)
