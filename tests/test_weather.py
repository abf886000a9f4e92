"""The weather of the local workspace: what is ordered happens to the calls it was ordered for, and to no others."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.manifest import manifest_path
from bot.sandbox.workspace import Workspace
from stage import Clock

CHANNEL, OTHER = "C00000FRAUD", "C0000DEMAND"


class Caller:
    """An app that calls the Web API and looks at the bare HTTP."""

    def __init__(self, workspace: Workspace, session: aiohttp.ClientSession, clock: Clock) -> None:
        self.workspace = workspace
        self.weather = workspace.weather
        self.clock = clock
        self._session = session

    async def call(self, method: str, **arguments: str) -> aiohttp.ClientResponse:
        headers = {"Authorization": f"Bearer {self.workspace.bot_token}"}
        async with self._session.post(self.workspace.api_url + method, json=arguments, headers=headers) as answer:
            await answer.read()
            return answer

    async def post(self, text: str, channel: str = CHANNEL) -> int:
        return (await self.call("chat.postMessage", channel=channel, text=text)).status

    def texts(self) -> list[str]:
        messages = self.workspace.state.in_channel(CHANNEL).values()
        return [each["text"] for each in messages if each.get("bot_id")]


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    clock = Clock()
    async with (
        Workspace.serve(manifest_path(), clock=clock.seconds) as workspace,
        aiohttp.ClientSession(trust_env=False) as session,
    ):
        yield Caller(workspace, session, clock)


async def test_a_storm_answers_429_with_the_time_to_wait_so_many_times(caller: Caller) -> None:
    caller.weather.storm("chat.postMessage", 2, retry_after=17)

    stormy = await caller.call("chat.postMessage", channel=CHANNEL, text="one")

    assert (stormy.status, stormy.headers["Retry-After"]) == (429, "17")
    assert await stormy.json() == {"ok": False, "error": "ratelimited"}
    assert (await caller.call("users.list")).status == 200
    assert [await caller.post("two"), await caller.post("three")] == [429, 200]
    assert caller.texts() == ["three"]
    assert caller.weather.throttled == 2


async def test_what_is_ordered_for_any_method_meets_whichever_comes(caller: Caller) -> None:
    caller.weather.break_down("*", 2)

    assert (await caller.call("users.list")).status == 500
    assert await caller.post("one") == 500
    assert await caller.post("two") == 200


async def test_a_breakdown_is_no_json_and_has_no_effect(caller: Caller) -> None:
    caller.weather.break_down("chat.postMessage")

    broken = await caller.call("chat.postMessage", channel=CHANNEL, text="one")

    assert (broken.status, broken.content_type) == (500, "text/html")
    assert caller.texts() == []


@pytest.mark.parametrize(("after", "arrived"), [(True, ["one"]), (False, [])])
async def test_a_connection_is_dropped_after_the_effect_or_before(
    caller: Caller, arrived: list[str], *, after: bool
) -> None:
    caller.weather.drop("chat.postMessage", after=after)

    with pytest.raises(aiohttp.ClientError):
        await caller.post("one")

    assert caller.texts() == arrived


async def test_a_refusal_carries_slacks_word_and_what_goes_with_it(caller: Caller) -> None:
    caller.weather.refuse("chat.postMessage", "missing_scope", needed="chat:write")

    refused = await caller.call("chat.postMessage", channel=CHANNEL, text="one")

    assert refused.status == 200
    assert await refused.json() == {"ok": False, "error": "missing_scope", "needed": "chat:write"}


async def test_a_slow_call_waits_the_seconds_it_was_given(caller: Caller) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    caller.weather.wait = wait
    caller.weather.slow(5.0)
    caller.weather.slow(0.0, "users.list")
    await caller.post("one")
    await caller.call("users.list")
    caller.weather.slow(0.0)
    await caller.post("two")

    assert waited == [5.0]


@pytest.mark.parametrize(
    ("method", "limit"), [("users.list", 20), ("conversations.info", 50), ("users.info", 100), ("auth.test", None)]
)
async def test_a_tier_is_so_many_calls_of_a_method_in_any_minute(
    caller: Caller, method: str, limit: int | None
) -> None:
    arguments = {"conversations.info": {"channel": CHANNEL}, "users.info": {"user": caller.workspace.state.bot_user}}
    caller.weather.throttle()

    statuses = [(await caller.call(method, **arguments.get(method, {}))).status for _ in range(limit or 120)]
    assert set(statuses) == {200}
    if limit is None:
        return
    late = await caller.call(method, **arguments.get(method, {}))
    assert late.status == 429
    caller.clock.forward(float(late.headers["Retry-After"]))
    assert (await caller.call(method, **arguments.get(method, {}))).status == 200


async def test_posts_are_one_a_second_and_channel_after_a_short_burst(caller: Caller) -> None:
    caller.weather.throttle()

    burst = [await caller.post(str(number)) for number in range(7)]

    assert burst == [200] * 5 + [429] * 2
    assert await caller.post("elsewhere", OTHER) == 200
    caller.clock.forward(1)
    assert [await caller.post("six"), await caller.post("seven")] == [200, 429]


async def test_during_an_outage_nothing_is_answered_and_nothing_happens(caller: Caller) -> None:
    await caller.weather.outage()
    with pytest.raises(aiohttp.ClientError):
        await caller.post("one")
    caller.weather.back()

    assert await caller.post("two") == 200
    assert caller.texts() == ["two"]


async def test_when_the_weather_clears_nothing_ordered_is_left(caller: Caller) -> None:
    caller.weather.storm(times=100)
    caller.weather.throttle()
    caller.weather.slow(1e9)
    caller.weather.clear()

    assert [await caller.post(str(number)) for number in range(8)] == [200] * 8
    assert caller.weather.to_come == 0
