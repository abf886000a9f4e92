"""The Messages tab of an app with `features.agent_view`: suggested prompts, and what an app without it is told."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.sandbox import ActRefused, Workspace
from lamp import ANA, EVENTS, FRAUD, SCOPES, Lamp, SetClock, manifest

DM = "D0000000ANA"
SAID = {"title": "Start", "message": "start an assessment"}
PROMPTS = [{"title": "Light", "message": "turn it on"}, {"title": "Dark", "message": "turn it off"}]
METHOD = "assistant.threads.setSuggestedPrompts"


def agent(**view: Any) -> dict[str, Any]:
    declared = manifest(scopes=(*SCOPES, "assistant:write"), events=(*EVENTS, "app_home_opened"))
    declared["features"]["agent_view"] = {"agent_description": "Sheds light", **view}
    return declared


@pytest.fixture
async def workspace(clock: SetClock) -> AsyncIterator[Workspace]:
    async with Workspace.serve(agent(suggested_prompts=[SAID]), clock=clock) as running:
        yield running


async def test_the_prompts_of_the_manifest_stand_there_until_the_app_sets_others(
    workspace: Workspace, lamp: Lamp
) -> None:
    ana = workspace.person("Ana")
    assert ana.prompts == ["Start"]
    await lamp.client.assistant_threads_setSuggestedPrompts(channel_id=DM, prompts=PROMPTS, title="What now?")
    assert ana.prompts == ["Light", "Dark"]
    assert workspace.person("Ben").prompts == ["Start"]


async def test_a_prompt_sends_its_message_as_the_person(workspace: Workspace, lamp: Lamp) -> None:
    await workspace.person("Ana").takes_prompt("Start")
    said = lamp.events()[-1]
    assert (said["user"], said["text"], said["channel_type"]) == (ANA, "start an assessment", "im")
    with pytest.raises(ActRefused, match="no prompt 'Stop', but: Start"):
        await workspace.person("Ana").takes_prompt("Stop")


async def test_with_a_thread_the_call_succeeds_and_does_nothing(workspace: Workspace, lamp: Lamp) -> None:
    said = await workspace.person("Ana").says("hello", channel="dm")
    await lamp.client.assistant_threads_setSuggestedPrompts(channel_id=DM, prompts=PROMPTS, thread_ts=said.ts)
    assert workspace.person("Ana").prompts == ["Start"]


async def test_opening_the_messages_tab_tells_an_agent_what_is_looked_at(workspace: Workspace, lamp: Lamp) -> None:
    await workspace.person("Ana").opens_messages()
    assert lamp.events("app_home_opened")[0]["context"] == {"entities": []}


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel_id": FRAUD}, "channel_not_found"),
        ({"channel_id": "D404"}, "channel_not_found"),
        ({"thread_ts": "soon"}, "invalid_thread_ts"),
        ({"prompts": []}, "invalid_arguments"),
        ({"prompts": PROMPTS * 3}, "invalid_arguments"),
        ({"prompts": [{"title": "Light"}]}, "invalid_arguments"),
        ({"prompts": [{"title": "Light", "message": ""}]}, "invalid_arguments"),
        ({"prompts": ["Light"]}, "invalid_arguments"),
    ],
)
async def test_what_slack_would_not_take_is_refused(lamp: Lamp, args: dict[str, Any], error: str) -> None:
    right = {"channel_id": DM, "prompts": PROMPTS}
    assert (await lamp.refusal(METHOD, **{**right, **args}))["error"] == error


async def test_an_app_without_agent_view_is_told_so() -> None:
    plain = manifest(scopes=(*SCOPES, "assistant:write"))
    async with Workspace.serve(plain) as workspace:
        refused = await Lamp(workspace).refusal(METHOD, channel_id=DM, prompts=PROMPTS)
        assert refused["error"] == "not_agent_app"
        assert workspace.person("Ana").prompts == []
    declared = agent()
    declared["oauth_config"]["scopes"]["bot"] = list(SCOPES)
    async with Workspace.serve(declared) as workspace:
        refused = await Lamp(workspace).refusal(METHOD, channel_id=DM, prompts=PROMPTS)
    assert (refused["error"], refused["needed"]) == ("missing_scope", "assistant:write")
