"""What is owed to Slack is sent once and in order, by however many couriers, whenever one of them dies."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlite_utils
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments import LEASE, NOON, after, assessment, owed
from storage import outbox
from storage.database import Sql
from storage.migrate import migrate
from storage.outbox import Delivery, Owed
from storage.sqlite import sql_on
from storage.store import Store, open_store
from storage.writing import Writing


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = open_store(f"sqlite:///{tmp_path}/bot.db")
    yield store
    await store.close()


async def owe(store: Store, *things: Owed, thread: str | None = "100.0") -> None:
    """Begin the assessment d1, where it is not there yet, and owe things."""

    def work(writing: Writing) -> None:
        if writing.peek("d1") is None:
            writing.begin(assessment(thread=thread))
        for thing in things:
            writing.owe(thing)

    await store.turn(work)


async def claim(store: Store, owner: str = "courier", now: dt.datetime = NOON, limit: int = 20) -> list[Delivery]:
    return await store.claim(owner, now, LEASE, limit)


async def send_all(store: Store, now: dt.datetime = NOON) -> list[str]:
    """Send whatever can be sent; the slots in the order in which they went out."""
    order: list[str] = []
    while claimed := await claim(store, now=now):
        for delivery in claimed:
            await store.tried(delivery.key, now)
            order.append(f"{delivery.kind} {delivery.slot}")
            await store.sent(delivery.key, f"200.{len(order)}", now)
    return order


async def statuses(store: Store) -> dict[str, str]:
    rows = await store.database.read(lambda sql: sql("SELECT key, status FROM outbox ORDER BY key"))
    return {row["key"].removeprefix("d1:0000"): row["status"] for row in rows}


# Order ---------------------------------------------------------------------------------------------------------------


async def test_posts_of_an_assessment_go_out_one_by_one_in_their_order(store: Store) -> None:
    await owe(store, owed(2, 1, slot="question:3"), owed(1, 2, slot="question:2"), owed(1, 1, slot="question:1"))

    first = await claim(store)
    again = await claim(store)

    assert [delivery.slot for delivery in first] == ["question:1"]
    assert again == []  # the next one waits until it is known that the first was sent
    await store.sent(first[0].key, "200.1", NOON)
    assert await send_all(store) == ["post question:2", "post question:3"]


async def test_a_post_that_was_given_up_lets_the_next_one_go(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"), owed(1, 2, slot="question:2"))
    (first,) = await claim(store)

    await store.failed(first.key, "msg_too_long", NOON)

    assert await send_all(store) == ["post question:2"]


async def test_a_channel_is_joined_before_anything_is_posted_in_it(store: Store) -> None:
    await owe(store, owed(0, 1, "join"), owed(1, 1, slot="parent"), thread=None)

    (join,) = await claim(store)

    assert (join.kind, join.channel, join.ts, join.thread_ts) == ("join", "C1", None, None)
    await store.sent(join.key, None, NOON)
    assert await send_all(store) == ["post parent"]


async def test_replies_wait_for_their_parent_and_go_into_its_thread(store: Store) -> None:
    await owe(
        store,
        owed(1, 1, slot="parent"),
        owed(1, 2, slot="facts"),
        owed(1, 3, slot="summary", broadcast=True),
        thread=None,
    )

    (parent,) = await claim(store)
    await store.sent(parent.key, "300.1", NOON)
    (facts,) = await claim(store)
    await store.sent(facts.key, "300.2", NOON)
    (summary,) = await claim(store)

    assert (parent.slot, parent.thread_ts, parent.broadcast) == ("parent", None, False)
    assert (facts.slot, facts.thread_ts, facts.broadcast) == ("facts", "300.1", False)
    assert (summary.slot, summary.thread_ts, summary.broadcast) == ("summary", "300.1", True)


async def test_a_message_of_no_assessment_goes_into_the_thread_it_names_and_waits_for_nobody(store: Store) -> None:
    await owe(
        store,
        owed(1, 1, slot="question:1"),
        owed(1, 1, dialog=None, key="help", thread="50.0"),
        owed(1, 2, dialog=None, key="shared"),
    )

    claimed = {delivery.key: delivery.thread_ts for delivery in await claim(store)}

    assert claimed == {"d1:000001:001": "100.0", "help": "50.0", "shared": None}


async def test_a_direct_message_neither_waits_for_posts_nor_holds_them_up(store: Store) -> None:
    await owe(
        store,
        owed(1, 1, slot="question:1"),
        owed(1, 2, "direct", channel="U1"),
        owed(1, 3, slot="question:2"),
    )

    first = await claim(store)
    await store.sent("d1:000001:001", "200.1", NOON)
    second = await claim(store)

    assert [(delivery.kind, delivery.channel) for delivery in first] == [("post", "C1"), ("direct", "U1")]
    assert [delivery.slot for delivery in second] == ["question:2"]


async def test_posts_come_before_edits_and_older_ones_before_newer_ones(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"), owed(1, 2, slot="question:2"))
    await send_all(store)
    await owe(
        store,
        owed(2, 1, "update", slot="question:1"),
        owed(2, 2, slot="question:3", created_at=after(2)),
        owed(1, 1, dialog=None, key="help", created_at=after(1)),
    )

    first, second, third = [await claim(store, now=after(3), limit=1) for _ in range(3)]

    assert [delivery.slot or delivery.key for delivery in first + second + third] == [
        "help",
        "question:3",
        "question:1",
    ]


async def test_no_more_than_the_limit_is_claimed(store: Store) -> None:
    await owe(store, *(owed(1, n, dialog=None) for n in range(5)))

    assert [len(await claim(store, limit=2)) for _ in range(4)] == [2, 2, 1, 0]


async def test_a_payload_comes_out_as_it_went_in(store: Store) -> None:
    payload = {
        "text": "Grüße — “ja” 🙂",
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*a*\n\\"}}],
    }
    await owe(store, owed(1, 1, slot="question:1", payload=payload))

    (delivery,) = await claim(store)

    assert delivery == Delivery(
        key="d1:000001:001",
        workspace="T1",
        dialog="d1",
        channel="C1",
        kind="post",
        slot="question:1",
        payload=payload,
        thread_ts="100.0",
        ts=None,
        broadcast=False,
        attempts=0,
        tried_at=None,
    )


# Edits ---------------------------------------------------------------------------------------------------------------


async def test_an_edit_waits_until_its_message_is_posted(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"), owed(2, 1, "update", slot="question:1"))

    (post,) = await claim(store)
    await store.sent(post.key, "200.1", NOON)
    (edit,) = await claim(store)

    assert (edit.kind, edit.slot, edit.ts, edit.thread_ts) == ("update", "question:1", "200.1", None)


async def test_of_several_edits_of_a_message_only_the_newest_is_sent(store: Store) -> None:
    await owe(
        store,
        owed(1, 1, slot="parent"),
        owed(2, 1, "update", slot="parent"),
        owed(3, 1, "update", slot="parent"),
        owed(4, 1, "update", slot="parent"),
        thread=None,
    )

    assert await send_all(store) == ["post parent", "update parent"]

    assert await statuses(store) == {
        "01:001": "sent",
        "02:001": "superseded",
        "03:001": "superseded",
        "04:001": "sent",
    }


async def test_edits_of_different_messages_do_not_wait_for_each_other(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"), owed(1, 2, slot="question:2"))
    await send_all(store)
    await owe(store, owed(2, 1, "update", slot="question:1"), owed(2, 2, "update", slot="question:2"))

    assert [delivery.ts for delivery in await claim(store)] == ["200.1", "200.2"]


async def test_a_newer_edit_waits_while_an_older_one_is_on_its_way(store: Store) -> None:
    """Else the older one might arrive last, and stay."""
    await owe(store, owed(1, 1, slot="question:1"))
    await send_all(store)
    await owe(store, owed(2, 1, "update", slot="question:1"))
    (older,) = await claim(store)
    await owe(store, owed(3, 1, "update", slot="question:1"))

    assert await claim(store) == []
    await store.sent(older.key, "200.1", NOON)

    assert [delivery.key for delivery in await claim(store)] == ["d1:000003:001"]


async def test_a_newer_edit_takes_over_from_a_courier_that_died(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"))
    await send_all(store)
    await owe(store, owed(2, 1, "update", slot="question:1"))
    await claim(store, "dead")
    await owe(store, owed(3, 1, "update", slot="question:1"))

    claimed = await claim(store, now=after(10))

    assert [delivery.key for delivery in claimed] == ["d1:000003:001"]
    assert (await statuses(store))["02:001"] == "superseded"


async def test_an_edit_leaves_the_place_of_its_message_as_it_was(store: Store) -> None:
    await owe(store, owed(1, 1, slot="parent"), thread=None)
    (parent,) = await claim(store)
    await store.sent(parent.key, "300.1", NOON)
    await owe(store, owed(2, 1, "update", slot="parent"))

    (edit,) = await claim(store)
    await store.sent(edit.key, "999.9", NOON)

    assert await store.read(lambda reading: reading.message_ts("d1", "parent")) == "300.1"
    assert await store.turn(lambda writing: writing.dialog("d1")) == assessment(thread="300.1")


# Learning where messages are -----------------------------------------------------------------------------------------


async def test_the_place_of_a_posted_message_is_learned(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"))
    assert await store.read(lambda reading: reading.message_ts("d1", "question:1")) is None
    (post,) = await claim(store)

    await store.sent(post.key, "200.7", NOON)

    assert await store.read(lambda reading: reading.message_ts("d1", "question:1")) == "200.7"


async def test_the_parent_gives_the_assessment_its_thread(store: Store) -> None:
    await owe(store, owed(1, 1, slot="parent"), thread=None)
    assert not await store.read(lambda reading: reading.is_our_thread("T1", "C1", "300.1"))
    (parent,) = await claim(store)

    await store.sent(parent.key, "300.1", NOON)

    assert await store.read(lambda reading: reading.is_our_thread("T1", "C1", "300.1"))
    found = await store.turn(lambda writing: writing.dialog_in_thread("T1", "C1", "300.1"))
    assert found == assessment(thread="300.1")


async def test_a_message_posted_anew_in_its_slot_is_known_by_its_new_place(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"), owed(2, 1, slot="question:1"))

    await send_all(store)

    assert await store.read(lambda reading: reading.message_ts("d1", "question:1")) == "200.2"


async def test_an_edit_of_the_message_that_stood_in_a_slot_before_is_not_drawn_over_the_new_one(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"))
    await send_all(store)
    await owe(store, owed(2, 1, "update", slot="question:1"), owed(3, 1, slot="question:1"))
    post, edit = await claim(store)
    await store.postpone(edit.key, after(60), settled=True)

    await store.sent(post.key, "200.2", NOON)

    assert await claim(store, now=after(60)) == []
    assert await statuses(store) == {"01:001": "sent", "02:001": "superseded", "03:001": "sent"}


async def test_noting_the_same_outcome_twice_changes_nothing(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"))
    (post,) = await claim(store)

    await store.sent(post.key, "200.1", NOON)
    await store.sent(post.key, "200.1", NOON)
    await store.sent("no such key", "200.1", NOON)

    assert await statuses(store) == {"01:001": "sent"}


# Several couriers, and those that die --------------------------------------------------------------------------------


async def test_two_couriers_on_one_database_never_claim_the_same_row(tmp_path: Path) -> None:
    ours, theirs = (open_store(f"sqlite:///{tmp_path}/bot.db") for _ in range(2))
    await owe(ours, *(owed(1, n, dialog=None) for n in range(100)))

    rounds = await asyncio.gather(*(claim(store, name, limit=7) for _ in range(15) for name, store in
                                    (("ours", ours), ("theirs", theirs))))  # fmt: skip
    keys = [delivery.key for claimed in rounds for delivery in claimed]

    assert len(keys) == 100
    assert len(set(keys)) == 100
    await ours.close()
    await theirs.close()


async def test_a_claimed_row_is_free_again_when_the_lease_ends(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"))
    await claim(store, "dead")

    assert await claim(store, "living", after(9.999)) == []
    (again,) = await claim(store, "living", after(10))

    assert not again.doubtful  # it was never tried
    assert (again.attempts, again.tried_at) == (0, None)


async def test_a_row_that_was_tried_by_a_courier_that_died_is_doubtful(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"))
    (first,) = await claim(store, "dead")
    await store.tried(first.key, after(1))

    (again,) = await claim(store, "living", after(10))

    assert again.doubtful
    assert (again.attempts, again.tried_at) == (1, after(1))


async def test_trying_renews_the_lease_so_that_it_covers_the_call(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"))
    (delivery,) = await claim(store, "slow")

    assert await store.tried(delivery.key, after(9), owner="slow", lease=LEASE)

    assert await claim(store, "other", after(18.999)) == []
    assert len(await claim(store, "other", after(19))) == 1


async def test_a_courier_that_lost_its_claim_is_told_not_to_send(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"))
    (delivery,) = await claim(store, "slow")
    await claim(store, "quick", after(10))

    assert not await store.tried(delivery.key, after(11), owner="slow", lease=LEASE)
    assert await store.tried(delivery.key, after(11), owner="quick", lease=LEASE)
    await store.sent(delivery.key, "200.1", after(12))
    assert not await store.tried(delivery.key, after(13), owner="quick", lease=LEASE)


async def test_a_postponed_row_waits_its_time_and_stays_doubtful(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"))
    (delivery,) = await claim(store)
    await store.tried(delivery.key, NOON)

    await store.postpone(delivery.key, after(30), settled=False)

    assert await claim(store, now=after(29)) == []
    (again,) = await claim(store, now=after(30))
    assert again.doubtful


async def test_a_row_that_slack_refused_for_now_is_not_doubtful(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"))
    (delivery,) = await claim(store)
    await store.tried(delivery.key, NOON)

    await store.postpone(delivery.key, after(30), settled=True)

    (again,) = await claim(store, now=after(30))
    assert not again.doubtful
    assert again.attempts == 1


# Giving up -----------------------------------------------------------------------------------------------------------


async def test_without_its_parent_nothing_of_an_assessment_can_be_posted(store: Store) -> None:
    await owe(
        store,
        owed(1, 1, slot="parent"),
        owed(1, 2, slot="facts"),
        owed(1, 3, "update", slot="parent"),
        owed(1, 4, "direct", channel="U1"),
        thread=None,
    )
    parent, direct = await claim(store)

    await store.failed(parent.key, "not_in_channel", NOON)

    assert await statuses(store) == {
        "01:001": "failed",
        "01:002": "superseded",
        "01:003": "superseded",
        "01:004": "waiting",
    }
    assert direct.kind == "direct"


async def test_edits_of_a_message_that_was_given_up_go_with_it(store: Store) -> None:
    await owe(
        store, owed(1, 1, slot="question:1"), owed(1, 2, slot="question:2"), owed(2, 1, "update", slot="question:1")
    )
    (post,) = await claim(store)

    await store.failed(post.key, "msg_too_long", NOON)

    assert await statuses(store) == {"01:001": "failed", "01:002": "waiting", "02:001": "superseded"}


async def test_what_is_owed_after_its_place_was_lost_does_not_wait_for_ever(store: Store) -> None:
    """A reply where no thread will be, an edit where no message will be."""
    await owe(store, owed(1, 1, slot="parent"), thread=None)
    (parent,) = await claim(store)
    await store.failed(parent.key, "is_archived", NOON)
    await owe(store, owed(2, 1, slot="discarded"), owed(2, 2, "update", slot="parent"))

    assert await claim(store) == []

    assert await statuses(store) == {"01:001": "failed", "02:001": "failed", "02:002": "failed"}
    assert await store.read(lambda reading: reading.backlog()) == 0


async def test_what_waits_for_a_parent_that_is_still_to_come_is_not_given_up(store: Store) -> None:
    await owe(store, owed(1, 1, slot="parent", created_at=NOON), owed(1, 2, slot="facts"), thread=None)
    (parent,) = await claim(store)
    await store.postpone(parent.key, after(60), settled=True)

    assert await claim(store) == []

    assert await send_all(store, after(60)) == ["post parent", "post facts"]


# What the courier asks -----------------------------------------------------------------------------------------------


async def due(store: Store, now: dt.datetime = NOON) -> dt.datetime | None:
    return await store.read(lambda reading: reading.next_due(now))


async def test_the_next_due_time_is_that_of_a_row_that_only_time_holds_back(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"), owed(1, 2, slot="question:2"), owed(9, 9, "update", slot="later"))
    assert await due(store) == NOON

    (first,) = await claim(store)
    assert await due(store) == after(10)  # the lease; question 2 is due, but waits for question 1

    await store.postpone(first.key, after(45), settled=True)
    assert await due(store) == after(45)
    assert await due(store, after(50)) == after(50)  # never in the past

    await store.failed(first.key, "msg_too_long", NOON)
    assert await due(store) == NOON
    await send_all(store)
    assert await due(store) is None


async def test_the_backlog_counts_what_is_still_to_be_sent(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"), owed(1, 2, slot="question:2"))
    assert await store.read(lambda reading: reading.backlog()) == 2

    await send_all(store)

    assert await store.read(lambda reading: reading.backlog()) == 0


async def test_rows_that_have_waited_too_long_can_be_counted(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"), owed(1, 2, slot="question:2", created_at=after(60)))

    assert await store.read(lambda reading: reading.stuck(after(30))) == 1


async def test_a_key_owed_twice_is_sent_once(store: Store) -> None:
    await owe(store, owed(1, 1, slot="question:1"))
    await owe(store, owed(1, 1, slot="question:1"))

    assert await send_all(store) == ["post question:1"]


# Whatever happens ----------------------------------------------------------------------------------------------------

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("owe"), st.sampled_from(["post", "update"]), st.integers(0, 2)),
        st.tuples(st.just("claim"), st.sampled_from(["a", "b"]), st.integers(1, 3)),
        st.tuples(st.just("end"), st.sampled_from(["sent", "failed", "refused", "silence"]), st.integers(0, 3)),
        st.tuples(st.just("wait"), st.just(""), st.integers(1, 12)),
    ),
    max_size=40,
)


@contextmanager
def fresh_tables() -> Iterator[Sql]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    connection.execute("BEGIN")
    sql = sql_on(sqlite_utils.Database(connection))
    Writing(sql).begin(assessment(thread="100.0"))
    yield sql
    connection.close()


class Couriers:
    """Two couriers, of which any may die at any time, and a Slack that keeps what arrives in the order it arrives."""

    def __init__(self, sql: Sql) -> None:
        self.sql = sql
        self.seconds = 0
        self.turn = 0
        self.held: list[tuple[str, Delivery]] = []
        self.posted: list[str] = []
        self.shown: dict[str, str] = {}
        self.given_up: set[str] = set()
        self.owed_posts: list[str] = []

    def owe(self, kind: str, slot: int) -> None:
        self.turn += 1
        thing = owed(self.turn, 1, slot=f"s{slot}") if kind == "post" else owed(self.turn, 1, "update", slot=f"s{slot}")
        if kind == "post":
            self.owed_posts.append(thing.key)
        outbox.owe(self.sql, thing)

    def claim(self, owner: str, limit: int) -> int:
        claimed = outbox.claim(self.sql, owner=owner, now=after(self.seconds), lease=LEASE, limit=limit)
        assert len(claimed) <= limit
        self.held += [(owner, delivery) for delivery in claimed]
        return len(claimed)

    def end(self, how: str, which: int) -> None:
        """Go on with a row in hand; one whose lease is over may be held by the other courier by now."""
        if not self.held:
            return
        owner, delivery = self.held.pop(which % len(self.held))
        if how == "silence" or not outbox.tried(self.sql, delivery.key, after(self.seconds), owner, LEASE):
            return
        if how == "refused":
            outbox.postpone(self.sql, delivery.key, after(self.seconds + 5), settled=True)
        elif how == "failed":
            self.given_up.add(delivery.key)
            outbox.failed(self.sql, delivery.key, "nope", after(self.seconds))
        else:
            self.arrive(delivery)

    def arrive(self, delivery: Delivery) -> None:
        ts = delivery.ts
        if delivery.kind == "post":
            self.posted.append(delivery.key)
            ts = f"500.{len(self.posted)}"
        assert ts is not None
        self.shown[ts] = max(delivery.key, self.shown.get(ts, ""))
        assert self.shown[ts] == delivery.key  # nothing older is ever drawn over something newer
        outbox.sent(self.sql, delivery.key, ts, after(self.seconds))


@settings(deadline=None)  # a busy machine is no failure
@given(STEPS)
def test_whatever_happens_every_post_arrives_once_in_order_and_nothing_old_is_drawn_over_something_new(
    steps: list[tuple[str, str, int]],
) -> None:
    with fresh_tables() as sql:
        world = Couriers(sql)
        for step, how, number in steps:
            if step == "owe":
                world.owe(how, number)
            elif step == "claim":
                world.claim(how, number)
            elif step == "end":
                world.end(how, number)
            else:
                world.seconds += number
        world.seconds += 60  # every lease and delay is over; what was held is held no more
        world.held.clear()
        while world.claim("last", 20):
            while world.held:
                world.end("sent", 0)

        assert world.posted == [key for key in world.owed_posts if key not in world.given_up]
        assert sql("SELECT key FROM outbox WHERE status = 'waiting'") == []
