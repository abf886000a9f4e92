"""The app's Home tab in the local workspace: opened, published, clicked, chosen from."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import ActRefused, NotAcknowledged, Workspace
from lamp import ANA, BEN, EVENTS, FRAUD, PRIVATE, Lamp, SetClock, actions, button, field, manifest, modal

HOMELY = manifest(events=(*EVENTS, "app_home_opened"))
HOMELY["features"]["app_home"] = {"home_tab_enabled": True, "messages_tab_enabled": True}
DM = "D0000000ANA"
COLOURS = [{"text": {"type": "plain_text", "text": text}, "value": text.lower()} for text in ("Red", "Blue")]


def picker(kind: str, placeholder: str, action_id: str, **more: Any) -> dict[str, Any]:
    words = {"type": "plain_text", "text": placeholder}
    return {"type": kind, "action_id": action_id, "placeholder": words, **more}


SELECT = picker("static_select", "Pick a colour", "colour", options=COLOURS)
MORE = {"type": "overflow", "action_id": "more", "options": COLOURS}
WISH = field("Your wish", {"type": "plain_text_input", "action_id": "wish"}, optional=True)


def home(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks), **more}


@pytest.fixture
async def workspace(clock: SetClock) -> AsyncIterator[Workspace]:
    async with Workspace.serve(HOMELY, clock=clock) as running:
        yield running


async def publish(lamp: Lamp, *blocks: dict[str, Any], person: str = ANA) -> dict[str, Any]:
    told = await lamp.client.views_publish(user_id=person, view=home(*blocks))
    view: dict[str, Any] = told["view"]
    return view


async def test_opening_the_home_tab_tells_the_app_and_carries_the_view_once_there_is_one(
    workspace: Workspace, lamp: Lamp
) -> None:
    ana = workspace.person("Ana")
    assert (ana.home.text, ana.home.labels) == ("", [])
    await ana.opens_home()
    view = await publish(lamp, actions(button("On")))
    await ana.opens_home()
    first, second = lamp.events("app_home_opened")
    stamps = [each.pop("event_ts") for each in (first, second)]
    assert first == {"type": "app_home_opened", "user": ANA, "channel": DM, "tab": "home"}
    assert second == {**first, "view": view}
    assert stamps[0] < stamps[1]


async def test_opening_the_messages_tab_tells_the_app_so(workspace: Workspace, lamp: Lamp) -> None:
    await publish(lamp, actions(button("On")), person=BEN)
    await workspace.person("Ben").opens_messages()
    told = lamp.events("app_home_opened")[0]
    assert (told["tab"], told["user"], told.keys() & {"view", "context"}) == ("messages", BEN, set())


async def test_without_a_subscription_or_a_tab_the_app_hears_nothing() -> None:
    async with Workspace.serve(manifest(events=("app_home_opened",))) as workspace:
        with pytest.raises(ActRefused, match="no tab 'home'"):
            await workspace.person("Ana").opens_home()
    silent = {**HOMELY, "settings": manifest()["settings"]}
    async with Workspace.serve(silent) as workspace:
        await workspace.person("Ana").opens_home()
        assert workspace.hub.events.emitted == 0


async def test_an_opening_that_the_app_does_not_acknowledge_is_noticed() -> None:
    async with Workspace.serve(HOMELY, ack_limit=0.05, retry_pauses=()) as workspace:
        with pytest.raises(NotAcknowledged):
            await workspace.person("Ana").opens_home()


async def test_everybody_has_a_home_of_their_own(workspace: Workspace, lamp: Lamp) -> None:
    await publish(lamp, actions(button("On")))
    await publish(lamp, actions(button("Off")), person=BEN)
    assert (workspace.person("Ana").home.labels, workspace.person("Ben").home.labels) == (["On"], ["Off"])
    assert workspace.person("Chen").home.labels == []


async def test_a_click_tells_of_the_view_and_of_no_channel(workspace: Workspace, lamp: Lamp) -> None:
    view = await publish(lamp, actions(button("On", value="7")), WISH)
    await workspace.person("Ana").clicks_home("On")
    told = lamp.heard[-1]
    assert told["type"] == "block_actions"
    assert told["container"] == {"type": "view", "view_id": view["id"]}
    assert (told["view"]["type"], told["view"]["id"]) == ("home", view["id"])
    assert told["view"]["state"]["values"] == {"wish-block": {"wish": {"type": "plain_text_input", "value": None}}}
    assert (told["actions"][0]["action_id"], told["actions"][0]["value"]) == ("on", "7")
    assert not told.keys() & {"channel", "message", "response_url", "state"}


async def test_clicks_finds_the_home_tab_after_the_messages(workspace: Workspace, lamp: Lamp) -> None:
    await publish(lamp, actions(button("On", value="home"), button("Only here", "only")))
    await lamp.client.chat_postMessage(channel=FRAUD, text="f", blocks=[actions(button("On", value="message"))])
    ana = workspace.person("Ana")
    for label in ("On", "Only here"):
        await ana.clicks(label)
    assert [each["container"]["type"] for each in lamp.heard] == ["message", "view"]
    with pytest.raises(ActRefused, match="sees nothing labelled 'Off'"):
        await ana.clicks("Off")
    with pytest.raises(ActRefused, match="The Home tab has nothing labelled 'Off', but: On, Only here"):
        await ana.clicks_home("Off")


async def test_every_kind_of_choice_on_the_home_tab_is_told(workspace: Workspace, lamp: Lamp) -> None:
    elements = [
        SELECT,
        MORE,
        picker("users_select", "Who", "who"),
        picker("channels_select", "Where", "where"),
        picker("conversations_select", "Any place", "place"),
        picker("datepicker", "Due", "due"),
    ]
    await publish(lamp, actions(*elements))
    ana = workspace.person("Ana")
    await ana.chooses_home("Pick a colour", "Blue")
    await ana.clicks_home("Red")  # of the first element that has it, the select
    await ana.chooses_home("more", "Red")
    await ana.chooses_home("Who", "Ben")
    await ana.chooses_home("Where", "#churn-model")
    await ana.chooses_home("Any place", "ml-platform-private")
    await ana.chooses_home("Due", "2027-02-01")
    told = [each["actions"][0] for each in lamp.heard]
    assert [each.get("selected_option", {}).get("value") for each in told[:3]] == ["blue", "red", "red"]
    assert told[3]["selected_user"] == BEN
    assert told[4]["selected_channel"] == "C00000CHURN"
    assert told[5]["selected_conversation"] == PRIVATE
    assert told[6]["selected_date"] == "2027-02-01"
    values = lamp.heard[-1]["view"]["state"]["values"]["lamp"]
    assert values["colour"]["selected_option"]["value"] == "red"
    assert (values["who"]["selected_user"], values["due"]["selected_date"]) == (BEN, "2027-02-01")
    assert "more" not in values


@pytest.mark.parametrize(
    ("name", "option"), [("Who", "Zoe"), ("Where", "#ml-platform-private"), ("Due", "soon"), ("Colour?", "Red")]
)
async def test_only_what_is_on_offer_can_be_chosen(workspace: Workspace, lamp: Lamp, name: str, option: str) -> None:
    elements = [picker("users_select", "Who", "who"), picker("channels_select", "Where", "where")]
    await publish(lamp, actions(*elements, picker("datepicker", "Due", "due")))
    with pytest.raises(ActRefused):
        await workspace.person("Ana").chooses_home(name, option)
    assert lamp.heard == []


async def test_a_field_that_does_not_dispatch_keeps_its_value_for_the_next_click(
    workspace: Workspace, lamp: Lamp
) -> None:
    colour = field("Colour", {**SELECT, "action_id": "tint"})
    await publish(lamp, colour, actions(button("On")))
    ana = workspace.person("Ana")
    await ana.chooses_home("Colour", "Blue")
    assert lamp.heard == []
    await ana.clicks_home("On")
    values = lamp.heard[-1]["view"]["state"]["values"]
    assert values["tint-block"]["tint"]["selected_option"]["value"] == "blue"


async def test_what_was_chosen_stays_when_the_app_publishes_again(workspace: Workspace, lamp: Lamp) -> None:
    first = await publish(lamp, actions(SELECT))
    await workspace.person("Ana").chooses_home("Pick a colour", "Blue")
    second = await publish(lamp, actions(SELECT, button("On")))
    assert second["id"] == first["id"]
    assert second["hash"] != first["hash"]
    assert second["state"]["values"]["lamp"]["colour"]["selected_option"]["value"] == "blue"


async def test_a_modal_opened_from_home_works_and_covers_it(workspace: Workspace, lamp: Lamp) -> None:
    await publish(lamp, actions(button("On")))
    ana = workspace.person("Ana")
    await ana.clicks_home("On")
    await lamp.client.views_open(trigger_id=lamp.heard[-1]["trigger_id"], view=modal(WISH))
    assert await ana.submits(wish="light") == {}
    assert lamp.heard[-1]["type"] == "view_submission"


async def test_an_old_hash_conflicts(lamp: Lamp) -> None:
    old = await publish(lamp, actions(button("On")))
    await publish(lamp, actions(button("On")))
    refused = await lamp.refusal("views.publish", user_id=ANA, view=home(actions(button("Off"))), hash=old["hash"])
    assert refused["error"] == "hash_conflict"


async def test_the_home_tab_survives_a_restart(tmp_path: Path) -> None:
    async with Workspace.serve(HOMELY, tmp_path) as first:
        await Lamp(first).client.views_publish(user_id=ANA, view=home(actions(button("On"))))
    async with Workspace.serve(HOMELY, tmp_path) as second:
        assert second.person("Ana").home.labels == ["On"]


async def test_a_hundred_blocks_are_the_most(lamp: Lamp) -> None:
    await publish(lamp, *[{"type": "divider"}] * 100)
    refused = await lamp.refusal("views.publish", user_id=ANA, view=home(*[{"type": "divider"}] * 101))
    assert refused["error"] == "invalid_arguments"
