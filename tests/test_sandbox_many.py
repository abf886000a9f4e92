"""A workspace with many people and many channels, and what the bot may learn of who is where."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox import Workspace
from lamp import ANA, BEN, Lamp, SetClock, manifest

ALL = "public_channel,private_channel,im"


@pytest.fixture
async def workspace(clock: SetClock) -> AsyncIterator[Workspace]:
    async with Workspace.serve(manifest(), clock=clock) as running:
        yield running


async def channels_of(lamp: Lamp, user: str, types: str = ALL, limit: int = 200) -> list[str]:
    """Page through users.conversations, and give the names; a direct message has none."""
    names: list[str] = []
    cursor = ""
    while True:
        page = await lamp.client.users_conversations(user=user, types=types, limit=limit, cursor=cursor)
        names += [each.get("name", "") for each in page["channels"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            return names


async def test_a_person_in_three_hundred_channels_is_found_in_every_one_of_them(
    workspace: Workspace, lamp: Lamp
) -> None:
    added = [f"team-{number}" for number in range(300)]
    for name in added:
        workspace.add_channel(name, members=["Ana"])
    assert await channels_of(lamp, ANA, "public_channel") == [
        "fraud-detection", "demand-forecast", "churn-model", "general", *added
    ]  # fmt: skip
    assert await channels_of(lamp, BEN, "public_channel", 2) == [
        "fraud-detection", "demand-forecast", "churn-model", "general"
    ]  # fmt: skip


async def test_of_private_channels_the_bot_learns_only_where_it_is_a_member(workspace: Workspace, lamp: Lamp) -> None:
    workspace.add_channel("with-the-bot", "private", ["Ana", "Ben"])
    workspace.add_channel("without-it", "private", ["Ana"], bot=False)
    assert await channels_of(lamp, ANA, "private_channel") == ["with-the-bot"]
    assert await channels_of(lamp, "U000000CHEN", "private_channel") == []
    assert await channels_of(lamp, ANA, "im") == [""]


async def test_another_persons_channels_need_the_scope_of_their_kind() -> None:
    fewer = manifest(scopes=("channels:read",))
    async with Workspace.serve(fewer) as workspace:
        lamp = Lamp(workspace)
        refused = await lamp.refusal("users.conversations", user=ANA, types="private_channel")
        unknown = await lamp.refusal("users.conversations", user="U404")
    assert (refused["error"], refused["needed"]) == ("missing_scope", "groups:read")
    assert unknown["error"] == "user_not_found"


async def test_a_channel_that_is_added_is_like_any_other(workspace: Workspace, lamp: Lamp) -> None:
    key = workspace.add_channel("pricing", members=["Ana", BEN])
    said = await workspace.person("Ana").says("hello", channel="pricing")
    await lamp.client.chat_postMessage(channel=key, text="hi", thread_ts=said.ts)
    assert workspace.channel_id("#pricing") == key
    assert workspace.person("Ben").last("pricing").text == "hi"
    members = (await lamp.client.conversations_members(channel=key))["members"]
    assert members == [ANA, BEN, "U0000000BOT"]


async def test_a_person_who_is_added_talks_and_is_talked_to(workspace: Workspace, lamp: Lamp) -> None:
    fay = workspace.add_person("Fay Lund", "America/Lima")
    workspace.add_channel("pricing", members=[fay.id])
    await fay.says("hello", channel="pricing")
    await lamp.client.chat_postMessage(channel=fay.id, text="psst")
    assert fay.last("dm").text == "psst"
    assert (await lamp.client.users_info(user=fay.id))["user"]["tz"] == "America/Lima"
    assert workspace.person("Fay Lund").id == fay.id
    assert lamp.events()[-1]["user"] == fay.id
