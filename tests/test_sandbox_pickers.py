"""Selects of people and conversations, dates and addresses: what they offer, what the app is told of the choice."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.sandbox import ActRefused, Workspace
from lamp import ANA, BEN, CHURN, FRAUD, PRIVATE, Lamp, SetClock, actions, field, manifest, modal

DM = "D0000000ANA"


def place(**more: Any) -> dict[str, Any]:
    return field("Place", {"type": "conversations_select", "action_id": "place", **more})


FORM = modal(
    field("Owner", {"type": "users_select", "action_id": "owner", "initial_user": BEN}),
    field("Channel", {"type": "channels_select", "action_id": "channel"}, optional=True),
    field("Due", {"type": "datepicker", "action_id": "due"}, optional=True),
    field("Link", {"type": "url_text_input", "action_id": "link"}, optional=True),
)


@pytest.fixture
async def workspace(clock: SetClock) -> AsyncIterator[Workspace]:
    async with Workspace.serve(manifest(), clock=clock) as running:
        yield running


async def opened(workspace: Workspace, lamp: Lamp, view: dict[str, Any], channel: str = "fraud-detection") -> None:
    await workspace.person("Ana").commands("/lamp", channel)
    await lamp.client.views_open(trigger_id=lamp.heard[-1]["trigger_id"], view=view)


def submitted(lamp: Lamp) -> dict[str, Any]:
    values: dict[str, Any] = lamp.heard[-1]["view"]["state"]["values"]
    return {action_id: value for block in values.values() for action_id, value in block.items()}


async def test_people_channels_dates_and_addresses_are_told_by_id(workspace: Workspace, lamp: Lamp) -> None:
    await opened(workspace, lamp, FORM)
    assert (
        await workspace.person("Ana").submits(
            Owner="Chen", Channel="#churn-model", Due="2027-02-01", link="https://example.com/a"
        )
        == {}
    )
    assert submitted(lamp) == {
        "owner": {"type": "users_select", "selected_user": "U000000CHEN"},
        "channel": {"type": "channels_select", "selected_channel": CHURN},
        "due": {"type": "datepicker", "selected_date": "2027-02-01"},
        "link": {"type": "url_text_input", "value": "https://example.com/a"},
    }


async def test_what_nobody_touches_keeps_its_beginning(workspace: Workspace, lamp: Lamp) -> None:
    await opened(workspace, lamp, FORM)
    assert await workspace.person("Ana").submits() == {}
    told = submitted(lamp)
    assert (told["owner"]["selected_user"], told["channel"]["selected_channel"]) == (BEN, None)


@pytest.mark.parametrize("text", ["example.com", "https://", "not a link", "https://exa mple.com", "http://[::1"])
async def test_an_address_must_be_one(workspace: Workspace, lamp: Lamp, text: str) -> None:
    await opened(workspace, lamp, FORM)
    assert await workspace.person("Ana").submits(Link=text) == {"link-block": "Enter a valid URL."}


@pytest.mark.parametrize(
    ("field_name", "value"),
    [("Owner", "Zoe"), ("Owner", "U404"), ("Channel", "ml-platform-private"), ("Channel", PRIVATE), ("Due", "soon")],
)
async def test_nobody_can_choose_what_is_not_there(
    workspace: Workspace, lamp: Lamp, field_name: str, value: str
) -> None:
    await opened(workspace, lamp, FORM)
    with pytest.raises(ActRefused):
        await workspace.person("Ana").submits(**{field_name: value})


@pytest.mark.parametrize(
    ("filter_", "takes", "refuses"),
    [
        ({}, [FRAUD, PRIVATE, DM], ["C404", "D0000000BEN"]),
        ({"include": ["public"]}, [FRAUD, CHURN], [PRIVATE, DM]),
        ({"include": ["private"]}, [PRIVATE], [FRAUD, DM]),
        ({"include": ["im", "private"]}, [PRIVATE, DM], [FRAUD]),
        ({"exclude_bot_users": True}, [FRAUD, PRIVATE], [DM]),
    ],
)
async def test_a_filter_says_which_conversations_are_on_offer(
    workspace: Workspace, lamp: Lamp, filter_: dict[str, Any], takes: list[str], refuses: list[str]
) -> None:
    await opened(workspace, lamp, modal(place(**({"filter": filter_} if filter_ else {}))))
    ana = workspace.person("Ana")
    for channel in takes:
        ana.enters(place=channel)
    for channel in refuses:
        with pytest.raises(ActRefused, match="no option"):
            ana.enters(place=channel)


async def test_private_conversations_are_offered_to_their_members_only(workspace: Workspace, lamp: Lamp) -> None:
    await workspace.person("Dora").commands("/lamp")
    await lamp.client.views_open(trigger_id=lamp.heard[-1]["trigger_id"], view=modal(place()))
    with pytest.raises(ActRefused, match="no option"):
        workspace.person("Dora").enters(place=PRIVATE)


async def test_an_archived_channel_is_not_on_offer(workspace: Workspace, lamp: Lamp) -> None:
    workspace.archive("churn-model")
    await opened(workspace, lamp, FORM)
    with pytest.raises(ActRefused, match="no option"):
        await workspace.person("Ana").submits(Channel=CHURN)


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [({"include": ["public"]}, CHURN), ({"include": ["private"]}, None)],
)
async def test_the_current_conversation_can_be_the_beginning(
    workspace: Workspace, lamp: Lamp, filter_: dict[str, Any], expected: str | None
) -> None:
    current = place(default_to_current_conversation=True, filter=filter_)
    await opened(workspace, lamp, modal(current), "churn-model")
    await workspace.person("Ana").submits(**({} if expected else {"place": PRIVATE}))
    assert submitted(lamp)["place"]["selected_conversation"] == (expected or PRIVATE)


async def test_the_current_conversation_is_known_after_a_click_and_in_the_next_view(
    workspace: Workspace, lamp: Lamp
) -> None:
    more = {"type": "button", "action_id": "more", "text": {"type": "plain_text", "text": "More"}}
    await lamp.client.chat_postMessage(channel="C0000DEMAND", text="f", blocks=[actions(more)])
    await workspace.person("Ana").clicks("More")
    await lamp.client.views_open(trigger_id=lamp.heard[-1]["trigger_id"], view=modal(actions(more)))
    await workspace.person("Ana").clicks("More")
    pushed = modal(place(default_to_current_conversation=True))
    await lamp.client.views_push(trigger_id=lamp.heard[-1]["trigger_id"], view=pushed)
    await workspace.person("Ana").submits()
    assert submitted(lamp)["place"]["selected_conversation"] == "C0000DEMAND"


async def test_a_choice_in_a_message_is_told_at_once(workspace: Workspace, lamp: Lamp) -> None:
    words = {"type": "plain_text", "text": "Who does it?"}
    owner = {"type": "users_select", "action_id": "owner", "placeholder": words}
    await lamp.client.chat_postMessage(channel=FRAUD, text="Next", blocks=[actions(owner)])
    ana = workspace.person("Ana")
    await ana.chooses("Who does it?", "Ben", ana.last(FRAUD))
    told = lamp.heard[-1]
    assert (told["actions"][0]["selected_user"], told["user"]["id"]) == (BEN, ANA)
    with pytest.raises(ActRefused, match="no option"):
        await ana.chooses("Who does it?", "Zoe", ana.last(FRAUD))
