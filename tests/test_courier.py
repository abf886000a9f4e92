"""The courier against the local workspace: everything once, in order, and no refusal stops the rest."""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from assessments import assessment
from bot.courier import Courier
from bot.manifest import manifest_path
from bot.pace import Pace
from bot.sandbox.errors import DropConnection
from bot.sandbox.workspace import Workspace
from bot.web import open_session, web_client
from dialogs.events import Undeliverable
from stage import Clock
from storage.outbox import Kind, Owed
from storage.store import Store, open_store
from storage.writing import Writing
from uploading import uploader

CHANNEL = "C00000FRAUD"
OTHER = "C0000DEMAND"
NOT_IN = "C00000CHURN"
TEAM = "T00LAKESIDE"


class Bench:
    """A courier with a store, a workspace and a clock; what Slack refused for good is kept in `told`."""

    def __init__(self, workspace: Workspace, store: Store, session: Any, clock: Clock) -> None:
        self.workspace = workspace
        self.store = store
        self.session = session
        self.clock = clock
        self.told: list[Undeliverable] = []
        self.courier = self.another()

    def another(self) -> Courier:
        """A courier that knows nothing of what another one has done, as after a kill."""
        client = web_client(self.workspace.bot_token, self.workspace.api_url, self.session)
        files = uploader(client, self.session)
        return Courier(self.store, client, Pace(self.clock.seconds), self.clock, self.hear, files)

    async def hear(self, event: Undeliverable) -> None:
        self.told.append(event)

    async def owe(self, *texts: str, dialog: str = "d1", channel: str = CHANNEL, **fields: Any) -> None:
        """Owe posts with these texts; slots are the texts themselves."""

        def work(writing: Writing) -> None:
            if writing.peek(dialog) is None:
                state = assessment(dialog, channel=channel, workspace=TEAM, subject=dialog, subject_key=dialog)
                writing.begin(state)
            for text in texts:
                writing.owe(post(text, dialog, channel, self.clock.at, **fields))

        await self.store.turn(work)

    async def deliver(self) -> None:
        """Deliver until nothing more is due."""
        while await self.courier.deliver():
            pass

    def texts(self, channel: str = CHANNEL) -> list[str]:
        """What the bot has posted there, oldest first."""
        state = self.workspace.state
        messages = state.in_channel(channel).values()
        return [message["text"] for message in messages if message.get("user") == state.bot_user]

    def calls(self, method: str) -> int:
        return sum(call.method == method for call in self.workspace.api_calls)

    async def status(self) -> dict[str, str]:
        rows = await self.store.read(lambda reading: reading.sql("SELECT key, status FROM outbox ORDER BY key"))
        return {row["key"]: row["status"] for row in rows}


def post(text: str, dialog: str, channel: str, at: dt.datetime, kind: Kind = "post", **fields: Any) -> Owed:
    slot = fields.pop("slot", text)
    return Owed(
        key=fields.pop("key", f"{dialog}:{text}"),
        workspace=TEAM,
        dialog=dialog,
        channel=channel,
        kind=kind,
        slot=slot,
        payload={"text": text, "blocks": fields.pop("blocks", [])},
        created_at=at,
        **fields,
    )


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    store = open_store(f"sqlite:///{tmp_path / 'bot.db'}")
    session = open_session()
    clock = Clock()
    # One clock for both: the courier looks for doubtful messages around the time of their try.
    async with Workspace.serve(manifest_path(), clock=clock.seconds) as workspace:
        yield Bench(workspace, store, session, clock)
        await session.close()
    await store.close()


def answer_once(bench: Bench, method: str, answer: dict[str, Any], times: int = 1) -> None:
    """Let Slack answer the next calls of a method with this instead of doing them."""
    left = [times]

    async def instead(name: str, _arguments: object) -> dict[str, Any] | None:
        if name != method or not left[0]:
            return None
        left[0] -= 1
        return answer

    bench.workspace.before_call = instead


def lose_answer(bench: Bench, method: str = "chat.postMessage") -> None:
    """Let the next call of a method take effect, and its answer be lost."""
    lost: list[str] = []

    async def drop(name: str, _arguments: object, _result: object) -> None:
        if name == method and not lost:
            lost.append(name)
            raise DropConnection

    bench.workspace.before_reply = drop


async def test_posts_of_an_assessment_go_out_in_their_order(bench: Bench) -> None:
    await bench.owe("1 first", "2 second", "3 third")

    await bench.deliver()

    assert bench.texts() == ["1 first", "2 second", "3 third"]
    assert set((await bench.status()).values()) == {"sent"}


async def test_replies_go_into_the_thread_of_the_parent_once_it_is_there(bench: Bench) -> None:
    await bench.owe("0 parent", slot="parent")
    await bench.owe("1 reply", in_thread=True)

    await bench.deliver()

    parent, reply = (message for message in bench.workspace.state.in_channel(CHANNEL).values() if message.get("bot_id"))
    assert reply["thread_ts"] == parent["ts"]
    assert await bench.store.read(lambda reading: reading.is_our_thread(TEAM, CHANNEL, parent["ts"]))


async def test_a_post_carries_the_key_by_which_it_is_found_again(bench: Bench) -> None:
    await bench.owe("1 first")

    await bench.deliver()

    (message,) = (each for each in bench.workspace.state.in_channel(CHANNEL).values() if each.get("bot_id"))
    assert message["metadata"] == {"event_type": "maturity_message", "event_payload": {"key": "d1:1 first"}}


@pytest.mark.parametrize("in_thread", [False, True])
async def test_a_post_whose_answer_was_lost_is_found_and_not_repeated(bench: Bench, *, in_thread: bool) -> None:
    await bench.owe("0 parent", slot="parent")
    await bench.deliver()
    lose_answer(bench)
    await bench.owe("1 reply", in_thread=in_thread)
    await bench.deliver()

    assert await bench.status() == {"d1:0 parent": "sent", "d1:1 reply": "waiting"}

    bench.clock.forward(11)
    await bench.deliver()

    assert bench.texts() == ["0 parent", "1 reply"]
    assert await bench.status() == {"d1:0 parent": "sent", "d1:1 reply": "sent"}
    assert bench.courier.doubt.posted_blindly == 0


async def test_another_courier_finds_what_a_killed_one_had_posted(bench: Bench) -> None:
    lose_answer(bench)
    await bench.owe("1 first")
    await bench.deliver()
    bench.courier = bench.another()
    bench.clock.forward(60)
    await bench.deliver()

    assert bench.texts() == ["1 first"]
    assert await bench.status() == {"d1:1 first": "sent"}


async def test_a_doubtful_post_is_not_looked_for_before_it_can_have_arrived(bench: Bench) -> None:
    lose_answer(bench)
    await bench.owe("1 first")
    await bench.deliver()
    bench.clock.forward(5)
    await bench.deliver()

    assert bench.calls("conversations.history") == 0
    assert bench.calls("chat.postMessage") == 1


async def test_a_doubtful_post_that_never_arrived_is_posted(bench: Bench) -> None:
    answer_once(bench, "chat.postMessage", {"ok": False, "error": "internal_error"})
    await bench.owe("1 first")
    await bench.deliver()
    assert bench.texts() == []
    bench.clock.forward(11)
    await bench.deliver()

    assert bench.texts() == ["1 first"]
    assert bench.calls("conversations.history") == 1


async def test_a_refused_look_ends_after_a_minute_in_a_post_that_is_counted(bench: Bench) -> None:
    answer_once(bench, "chat.postMessage", {"ok": False, "error": "internal_error"})
    await bench.owe("1 first")
    await bench.deliver()
    answer_once(bench, "conversations.history", {"ok": False, "error": "missing_scope"}, times=100)
    for _ in range(6):
        bench.clock.forward(11)
        await bench.deliver()
    assert bench.texts() == []
    bench.clock.forward(11)
    await bench.deliver()

    assert bench.texts() == ["1 first"]
    assert bench.courier.doubt.posted_blindly == 1


async def test_while_slack_is_away_nothing_is_posted_blindly(bench: Bench) -> None:
    lose_answer(bench)
    await bench.owe("1 first")
    await bench.deliver()
    port = int(bench.workspace.url.rsplit(":", 1)[1].rstrip("/"))
    await bench.workspace.stop()
    for _ in range(10):
        bench.clock.forward(11)
        await bench.deliver()
    bench.workspace._port = port
    await bench.workspace.start()
    bench.clock.forward(11)
    await bench.deliver()

    assert bench.texts() == ["1 first"]
    assert bench.courier.doubt.posted_blindly == 0


async def test_a_throttled_post_waits_as_long_as_slack_asks_and_is_not_in_doubt(bench: Bench) -> None:
    answer_once(bench, "chat.postMessage", {"ok": False, "error": "ratelimited"})
    await bench.owe("1 first", "2 second")
    await bench.deliver()
    assert bench.texts() == []
    bench.clock.forward(2)
    await bench.deliver()

    assert bench.texts() == ["1 first", "2 second"]
    assert bench.calls("conversations.history") == 0


async def test_a_throttled_channel_does_not_hold_up_another(bench: Bench) -> None:
    answer_once(bench, "chat.postMessage", {"ok": False, "error": "ratelimited"})
    await bench.owe("1 first")
    await bench.deliver()
    await bench.owe("elsewhere", dialog="d2", channel=OTHER)
    await bench.courier.deliver()

    assert bench.texts(OTHER) == ["elsewhere"]


async def test_a_channel_that_hangs_does_not_hold_up_another(bench: Bench) -> None:
    reached, go_on = asyncio.Event(), asyncio.Event()

    async def hang(name: str, arguments: Any) -> None:
        if name == "chat.postMessage" and arguments["channel"] == CHANNEL:
            reached.set()
            await go_on.wait()

    bench.workspace.before_call = hang
    await bench.owe("slow")
    working = asyncio.create_task(bench.courier.run())
    await reached.wait()
    await bench.owe("quick", dialog="d2", channel=OTHER)
    bench.courier.wake()
    await bench.workspace.until(lambda: bench.texts(OTHER) == ["quick"])

    assert bench.texts() == []

    go_on.set()
    await bench.workspace.until(lambda: bench.texts() == ["slow"])
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await bench.courier.stop()


async def test_a_burst_is_followed_by_one_post_a_second(bench: Bench) -> None:
    await bench.owe(*(f"{number}" for number in range(8)))
    await bench.deliver()
    burst = len(bench.texts())
    bench.clock.forward(1)
    await bench.deliver()

    assert burst < 8
    assert bench.texts() == [f"{number}" for number in range(burst + 1)]


async def test_a_channel_the_bot_is_not_in_is_told_once_and_the_rest_goes_on(bench: Bench) -> None:
    await bench.owe("nowhere", slot="parent", dialog="d2", channel=NOT_IN)
    await bench.owe("here")

    await bench.deliver()
    await bench.deliver()

    (told,) = bench.told
    assert (told.dialog, told.slot, told.error, told.channel) == ("d2", "parent", "not_in_channel", NOT_IN)
    assert await bench.status() == {"d1:here": "sent", "d2:nowhere": "failed"}


async def test_an_archived_channel_is_given_up(bench: Bench) -> None:
    bench.workspace.archive("fraud-detection")
    await bench.owe("late")

    await bench.deliver()

    assert [event.error for event in bench.told] == ["is_archived"]


async def test_a_missing_scope_is_named_and_stops_only_what_needs_it(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    lacking = {"ok": False, "error": "missing_scope", "needed": "channels:join"}
    answer_once(bench, "conversations.join", lacking)
    await bench.owe("", kind="join", slot=None, key="d2:0", dialog="d2", channel=NOT_IN)
    await bench.owe("here")
    with caplog.at_level(logging.WARNING):
        await bench.deliver()

    assert bench.texts() == ["here"]
    assert bench.courier.locked_out is None
    assert "channels:join" in caplog.text


async def test_blocks_that_slack_refuses_are_sent_as_plain_text(bench: Bench) -> None:
    await bench.owe("in words", blocks=[{"type": "no such block"}])

    await bench.deliver()

    assert bench.texts() == ["in words"]
    assert await bench.status() == {"d1:in words": "sent"}


async def test_an_edit_falls_back_to_plain_text_and_takes_the_old_blocks_away(bench: Bench) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "a question with buttons"}}
    await bench.owe("1 question", slot="q", blocks=[section])
    await bench.deliver()
    await bench.owe("folded", slot="q", kind="update", key="d1:2", blocks=[{"type": "no such block"}])
    await bench.deliver()

    (message,) = (each for each in bench.workspace.state.in_channel(CHANNEL).values() if each.get("bot_id"))
    assert message["text"] == "folded"
    assert not message.get("blocks")


async def test_an_edit_of_a_deleted_message_is_given_up_quietly(bench: Bench) -> None:
    await bench.owe("1 question", slot="q")
    await bench.deliver()
    bench.workspace.state.in_channel(CHANNEL).popitem()
    await bench.owe("folded", slot="q", kind="update", key="d1:2")
    await bench.deliver()

    assert (await bench.status())["d1:2"] == "failed"
    assert bench.told == []


async def test_a_withdrawn_token_stops_all_calls_and_loses_nothing(bench: Bench) -> None:
    answer_once(bench, "chat.postMessage", {"ok": False, "error": "token_revoked"})
    await bench.owe("1 first")
    await bench.deliver()

    assert bench.courier.locked_out == "token_revoked"

    bench.courier = bench.another()
    bench.clock.forward(60)
    await bench.deliver()

    assert bench.texts() == ["1 first"]


async def test_an_error_nobody_thought_of_does_not_end_the_courier(bench: Bench) -> None:
    answer_once(bench, "chat.postMessage", {"ok": True})  # an answer without a ts
    await bench.owe("odd")
    await bench.owe("here", dialog="d2", channel=OTHER)
    await bench.courier.deliver()
    await bench.courier.deliver()
    bench.clock.forward(60)
    await bench.deliver()

    assert bench.texts(OTHER) == ["here"]
    assert bench.texts() == ["odd"]


async def test_two_couriers_send_everything_once(bench: Bench) -> None:
    await bench.owe("1", "2", "3")
    other = bench.another()
    for _ in range(3):
        await asyncio.gather(bench.courier.deliver(), other.deliver())

    assert bench.texts() == ["1", "2", "3"]


async def test_no_message_text_and_no_token_is_logged(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        await bench.owe("secret plans", dialog="d2", channel=NOT_IN)
        lose_answer(bench)
        await bench.owe("more secret plans")
        await bench.deliver()

    assert caplog.records
    assert "secret plans" not in caplog.text
    assert bench.workspace.bot_token not in caplog.text
