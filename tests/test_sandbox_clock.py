"""Moving the local workspace's clock forward, and what a jump of months does to what is under way."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

from bot.sandbox import ActRefused, Workspace
from lamp import ANA, FRAUD, Lamp, SetClock, field, manifest, modal

DAY = 86_400.0
MONTHS = 92 * DAY
START = 1_764_000_000.0
FORM = modal(field("Your wish", {"type": "plain_text_input", "action_id": "wish"}, optional=True))


class MovedClock(SetClock):
    """A clock whose owner moves it, as the demo does."""

    def forward(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
async def workspace(clock: MovedClock) -> AsyncIterator[Workspace]:
    async with Workspace.serve(manifest(), clock=clock, forward=clock.forward) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def frame(socket: ClientWebSocketResponse, kind: str) -> dict[str, Any]:
    while True:
        told: dict[str, Any] = await asyncio.wait_for(socket.receive_json(), 10)
        if told["type"] == kind:
            return told


async def forward(workspace: Workspace, session: ClientSession, **body: Any) -> dict[str, Any]:
    answer = await session.post(workspace.url + "page/act", json={"person": ANA, "do": "forward", **body})
    told: dict[str, Any] = await answer.json()
    return told


async def test_a_page_begins_with_the_workspaces_time(workspace: Workspace, session: ClientSession) -> None:
    async with session.ws_connect(workspace.url + "page/socket") as socket:
        assert (await frame(socket, "snapshot"))["clock"] == {"now": START, "movable": True}


async def test_a_move_reaches_the_owner_of_the_clock_and_every_open_page(
    workspace: Workspace, session: ClientSession, clock: MovedClock
) -> None:
    places = [workspace.url + f"page/socket?person={person}" for person in (ANA, "U000000DORA")]
    async with session.ws_connect(places[0]) as hers, session.ws_connect(places[1]) as theirs:
        for socket in (hers, theirs):
            await frame(socket, "snapshot")
        later = {"now": START + DAY, "movable": True}
        assert await forward(workspace, session, seconds=DAY) == {"ok": True, "clock": later}
        for socket in (hers, theirs):
            assert await frame(socket, "clock") == {"type": "clock", **later}
    assert clock.now == START + DAY


async def test_tests_may_move_it_as_people_do_and_those_who_wait_look_again(workspace: Workspace) -> None:
    waiting = asyncio.create_task(workspace.until(lambda: workspace.hub.clock() > START))
    await asyncio.sleep(0)
    workspace.forward_clock(1)
    await waiting


@pytest.mark.parametrize("seconds", [0, -1, 5 * 366 * DAY + 1, "3600", None, True, float("nan"), float("inf"), [1]])
async def test_what_is_no_way_forward_is_refused_with_an_example(
    workspace: Workspace, session: ClientSession, clock: MovedClock, seconds: object
) -> None:
    told = await forward(workspace, session, seconds=seconds)
    assert not told["ok"]
    assert told["error"].endswith("at most 5 years at once, such as 86400 for one day.")
    assert clock.now == START


async def test_the_clock_ends_before_timestamps_would_break(workspace: Workspace, clock: MovedClock) -> None:
    for _ in range(14):
        workspace.forward_clock(5 * 365 * DAY)
    with pytest.raises(ActRefused, match="ends with the year 2099"):
        workspace.forward_clock(5 * 365 * DAY)
    assert clock.now == START + 14 * 5 * 365 * DAY


async def test_without_an_owner_the_clock_cannot_be_moved(session: ClientSession, clock: MovedClock) -> None:
    async with Workspace.serve(manifest(), clock=clock) as still:
        told = await forward(still, session, seconds=DAY)
        assert told == {"ok": False, "error": "The clock of this workspace cannot be moved: it shows the real time."}
        async with session.ws_connect(still.url + "page/socket") as socket:
            assert (await frame(socket, "snapshot"))["clock"] == {"now": START, "movable": False}


async def test_after_a_jump_old_triggers_and_response_urls_have_expired_and_new_ones_work(
    workspace: Workspace, lamp: Lamp, session: ClientSession
) -> None:
    ana = workspace.person("Ana")
    await ana.commands("/lamp")
    workspace.forward_clock(MONTHS)
    await ana.commands("/lamp")
    old, new = lamp.heard
    late = await lamp.refusal("views.open", trigger_id=old["trigger_id"], view=FORM)
    too_late = await session.post(old["response_url"], json={"text": "hi"})
    assert (late["error"], await too_late.json()) == ("expired_trigger_id", {"ok": False, "error": "expired_url"})
    await lamp.client.views_open(trigger_id=new["trigger_id"], view=FORM)
    assert (await session.post(new["response_url"], json={"text": "hi"})).status == 200
    assert ana.last(FRAUD).text == "hi"


async def test_messages_after_a_jump_carry_the_later_time_and_keep_their_order(
    workspace: Workspace, lamp: Lamp, clock: MovedClock
) -> None:
    ana = workspace.person("Ana")
    before = await ana.says("today")
    workspace.forward_clock(MONTHS)
    after = [await ana.says("in three months"), await ana.says("right after it", thread=before)]
    assert [float(each.ts) for each in after] == pytest.approx([clock.now, clock.now], abs=0.001)
    assert before.ts < after[0].ts < after[1].ts
    await workspace.quiet()
    times = [int(each["event_time"]) for each in lamp.heard]
    assert times == [int(START), int(clock.now), int(clock.now)]


async def test_what_is_open_across_a_jump_goes_on(workspace: Workspace, lamp: Lamp) -> None:
    ana = workspace.person("Ana")
    said = await ana.says("draft")
    await ana.commands("/lamp")
    await lamp.client.views_open(trigger_id=lamp.heard[-1]["trigger_id"], view=FORM)
    workspace.forward_clock(MONTHS)
    assert await ana.submits() == {}
    await ana.edits(said, "final")
    assert ana.last(FRAUD).text == "final"
