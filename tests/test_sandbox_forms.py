"""Modals, response URLs and ephemeral messages in the local workspace."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_bolt.response import BoltResponse

from bot.sandbox import ActRefused, Workspace
from lamp import ANA, FRAUD, Lamp, SetClock, actions, button, field, manifest, modal, sent

WISH = field("Your wish", {"type": "plain_text_input", "action_id": "wish", "max_length": 10})
COLOURS = [{"text": {"type": "plain_text", "text": text}, "value": text.lower()} for text in ("Red", "Blue")]
COLOUR = field("Colour", {"type": "static_select", "action_id": "colour", "options": COLOURS}, optional=True)
NUMBER = field(
    "How many",
    {"type": "number_input", "action_id": "count", "is_decimal_allowed": False, "max_value": "9"},
    optional=True,
)


@pytest.fixture
async def workspace(clock: SetClock) -> AsyncIterator[Workspace]:
    async with Workspace.serve(manifest(), clock=clock) as running:
        yield running


async def opened(workspace: Workspace, lamp: Lamp, view: dict[str, Any]) -> dict[str, Any]:
    await workspace.person("Ana").commands("/lamp")
    told = await lamp.client.views_open(trigger_id=lamp.heard[-1]["trigger_id"], view=view)
    shown: dict[str, Any] = told["view"]
    return shown


def answering(lamp: Lamp, **answer: Any) -> None:
    async def answered(_: dict[str, Any], ack: Any) -> BoltResponse:
        return await sent(ack, **answer)

    lamp.answer = answered


async def test_a_submitted_form_carries_every_field(workspace: Workspace, lamp: Lamp) -> None:
    await opened(workspace, lamp, modal(WISH, COLOUR, NUMBER, private_metadata="d1"))
    assert await workspace.person("Ana").submits(wish="light", colour="Blue") == {}
    view = lamp.heard[-1]["view"]
    values = view["state"]["values"]
    assert view["private_metadata"] == "d1"
    assert values["wish-block"]["wish"] == {"type": "plain_text_input", "value": "light"}
    assert values["colour-block"]["colour"]["selected_option"]["value"] == "blue"
    assert values["count-block"]["count"] == {"type": "number_input", "value": None}
    assert workspace.person("Ana").modal is None


@pytest.mark.parametrize(
    ("entered", "errors"),
    [
        ({}, {"wish-block": "Please complete this required field."}),
        ({"wish": "more light!"}, {"wish-block": "Enter at most 10 characters."}),
        ({"wish": "light", "count": "1.5"}, {"count-block": "Enter a whole number."}),
        ({"wish": "light", "How many": "10"}, {"count-block": "Enter 9 or less."}),
    ],
)
async def test_slack_itself_objects_before_the_app_hears_of_it(
    workspace: Workspace, lamp: Lamp, entered: dict[str, str], errors: dict[str, str]
) -> None:
    await opened(workspace, lamp, modal(WISH, NUMBER))
    assert await workspace.person("Ana").submits(**entered) == errors
    assert [each["type"] for each in lamp.heard if "type" in each] == []
    assert workspace.person("Ana").modal is not None


async def test_only_what_is_on_offer_can_be_chosen(workspace: Workspace, lamp: Lamp) -> None:
    await opened(workspace, lamp, modal(COLOUR))
    with pytest.raises(ActRefused, match="no option 'Green'"):
        await workspace.person("Ana").submits(colour="Green")
    with pytest.raises(ActRefused, match="no field 'size'"):
        await workspace.person("Ana").submits(size="XL")


async def test_the_app_may_object_update_push_and_clear(workspace: Workspace, lamp: Lamp) -> None:
    ana = workspace.person("Ana")
    await opened(workspace, lamp, modal(WISH, callback_id="first"))
    answering(lamp, response_action="errors", errors={"wish-block": "Not that."})
    assert await ana.submits(wish="gold") == {"wish-block": "Not that."}
    answering(lamp, response_action="update", view=modal(WISH, callback_id="second"))
    await ana.submits(wish="light")
    assert ana.modal and ana.modal["callback_id"] == "second"  # noqa: PT018 - the second needs the first
    answering(lamp, response_action="push", view=modal(COLOUR, callback_id="third"))
    await ana.submits(wish="light")
    assert ana.modal["callback_id"] == "third"
    answering(lamp, response_action="clear")
    await ana.submits()
    assert ana.modal is None


async def test_errors_for_a_field_that_is_not_there_are_refused(workspace: Workspace, lamp: Lamp) -> None:
    await opened(workspace, lamp, modal(WISH))
    answering(lamp, response_action="errors", errors={"size": "Too big."})
    with pytest.raises(ActRefused, match="no input block size"):
        await workspace.person("Ana").submits(wish="light")


async def test_what_was_entered_survives_an_update_of_the_view(workspace: Workspace, lamp: Lamp) -> None:
    view = await opened(workspace, lamp, modal(WISH))
    workspace.person("Ana").enters(wish="light")
    await lamp.client.views_update(view_id=view["id"], hash=view["hash"], view=modal(WISH, COLOUR))
    assert await workspace.person("Ana").submits() == {}
    assert lamp.heard[-1]["view"]["state"]["values"]["wish-block"]["wish"]["value"] == "light"


async def test_an_update_of_an_older_view_conflicts(workspace: Workspace, lamp: Lamp) -> None:
    view = await opened(workspace, lamp, modal(WISH))
    await lamp.client.views_update(view_id=view["id"], hash=view["hash"], view=modal(WISH))
    refused = await lamp.refusal("views.update", view_id=view["id"], hash=view["hash"], view=modal(WISH))
    assert refused["error"] == "hash_conflict"


async def test_a_trigger_is_good_for_three_seconds_and_one_use(
    workspace: Workspace, lamp: Lamp, clock: SetClock
) -> None:
    await opened(workspace, lamp, modal(WISH))
    used = lamp.heard[-1]["trigger_id"]
    again = await lamp.refusal("views.open", trigger_id=used, view=modal(WISH))
    await workspace.person("Ana").commands("/lamp")
    clock.now += 3.1
    late = await lamp.refusal("views.open", trigger_id=lamp.heard[-1]["trigger_id"], view=modal(WISH))
    assert (again["error"], late["error"]) == ("exchanged_trigger_id", "expired_trigger_id")


async def test_at_most_three_views_lie_on_each_other(workspace: Workspace, lamp: Lamp) -> None:
    view = modal(actions(button("More")))
    await opened(workspace, lamp, view)
    for _ in range(2):
        await workspace.person("Ana").clicks("More")
        await lamp.client.views_push(trigger_id=lamp.heard[-1]["trigger_id"], view=view)
    await workspace.person("Ana").clicks("More")
    refused = await lamp.refusal("views.push", trigger_id=lamp.heard[-1]["trigger_id"], view=view)
    assert refused["error"] == "push_limit_reached"


async def test_closing_is_told_only_where_the_view_asked_for_it(workspace: Workspace, lamp: Lamp) -> None:
    await opened(workspace, lamp, modal(WISH))
    await workspace.person("Ana").closes()
    await opened(workspace, lamp, modal(WISH, notify_on_close=True))
    await workspace.person("Ana").closes()
    assert [each["type"] for each in lamp.heard if "type" in each] == ["view_closed"]


async def test_a_modal_covers_the_screen(workspace: Workspace, lamp: Lamp) -> None:
    await lamp.client.chat_postMessage(channel=FRAUD, text="f", blocks=[actions(button("On"))])
    await opened(workspace, lamp, modal(actions(button("More"))))
    with pytest.raises(ActRefused, match="nothing labelled 'On', but: More"):
        await workspace.person("Ana").clicks("On")


async def test_an_ephemeral_message_is_changed_and_removed_by_its_response_url(
    workspace: Workspace, lamp: Lamp
) -> None:
    blocks = [actions(button("On"))]
    await lamp.client.chat_postEphemeral(channel=FRAUD, user=ANA, text="psst", blocks=blocks)
    ana = workspace.person("Ana")
    await ana.clicks("On")
    click = lamp.heard[-1]
    assert "message" not in click
    async with ClientSession() as session:
        change = {"replace_original": True, "text": "done"}
        assert (await session.post(click["response_url"], json=change)).status == 200
        assert [seen.text for seen in ana.sees() if seen.ephemeral] == ["done"]
        await session.post(click["response_url"], json={"delete_original": True})
    assert [seen.text for seen in ana.sees() if seen.ephemeral] == []


async def test_a_response_url_serves_five_times_within_half_an_hour(
    workspace: Workspace, lamp: Lamp, clock: SetClock
) -> None:
    async with ClientSession() as session:

        async def post(text: str) -> tuple[int, str]:
            answer = await session.post(lamp.heard[-1]["response_url"], json={"text": text})
            return answer.status, await answer.text()

        await workspace.person("Ana").commands("/lamp")
        assert [await post(str(number)) for number in range(5)] == [(200, "ok")] * 5
        assert await post("one too many") == (404, '{"ok": false, "error": "used_url"}')
        await workspace.person("Ana").commands("/lamp")
        clock.now += 1801
        assert await post("too late") == (404, '{"ok": false, "error": "expired_url"}')
    assert [seen.text for seen in workspace.person("Ana").sees() if seen.ephemeral] == list("01234")


async def test_a_response_in_the_channel_is_seen_by_all(workspace: Workspace, lamp: Lamp) -> None:
    await workspace.person("Ana").commands("/lamp")
    async with ClientSession() as session:
        body = {"text": "Look, everybody", "response_type": "in_channel"}
        await session.post(lamp.heard[-1]["response_url"], json=body)
    assert workspace.person("Ben").last().text == "Look, everybody"
