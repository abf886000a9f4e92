"""`maturity-bot status` and `maturity-bot outbox`: what is stuck is seen, and can be tried again or dropped."""

import asyncio
import datetime as dt
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from assessments import LEASE, assessment, owed
from bot.cli import main
from bot.stuck import STUCK_AFTER, STUCK_TRIES, read_status
from storage.outbox import Owed
from storage.store import Store, open_store
from storage.writing import Writing

FIRST, SECOND, THIRD = "d1:000001:001", "d1:000001:002", "d1:000001:003"
MINUTE = dt.timedelta(minutes=1)


def now() -> dt.datetime:
    """The real time, since the program under test goes by it."""
    return dt.datetime.now(dt.UTC)


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class Desk:
    """An operator's desk: a database, and the command line that looks at it."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'bot.db'}"

    def call(self, *arguments: str) -> Outcome:
        result = CliRunner(env={"DATABASE_URL": self.url}).invoke(main, arguments)
        return Outcome(result.exit_code, result.stdout, result.stderr)

    def status(self) -> dict[str, Any]:
        return asyncio.run(read_status(self.url, now()))

    def work(self, work: Callable[[Store], Coroutine[Any, Any, Any]]) -> Any:
        async def working() -> Any:
            store = open_store(self.url)
            try:
                return await work(store)
            finally:
                await store.close()

        return asyncio.run(working())

    def owe(self, *things: Owed) -> None:
        def begin(writing: Writing) -> None:
            writing.begin(assessment(thread="100.0"))
            for thing in things:
                writing.owe(thing)

        self.work(lambda store: store.turn(begin))

    def try_in_vain(self, key: str, error: str, *, settled: bool = True, times: int = 1) -> None:
        async def working(store: Store) -> None:
            for _ in range(times):
                await store.turn(
                    lambda writing: writing.sql("UPDATE outbox SET claimed_by = 'me' WHERE key = :k", k=key)
                )
                await store.tried(key, now(), owner="me", lease=LEASE)
                await store.postpone(key, now() + MINUTE, settled=settled, error=error)

        self.work(working)

    def send(self) -> list[str]:
        """Send whatever can be sent now, as the courier would; the keys, those in doubt marked with `?`."""
        sent: list[str] = []

        async def working(store: Store) -> None:
            while claimed := await store.claim("courier", dt.datetime.now(dt.UTC), LEASE):
                for delivery in claimed:
                    sent.append(delivery.key + "?" * delivery.doubtful)
                    await store.sent(delivery.key, f"200.{len(sent)}", now())

        self.work(working)
        return sent


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)


def at(age: dt.timedelta, turn: int, n: int, **fields: Any) -> Owed:
    return owed(turn, n, slot=fields.pop("slot", f"question:{n}"), created_at=now() - age, **fields)


# Seeing --------------------------------------------------------------------------------------------------------------


def test_where_nothing_is_owed_the_status_says_so(desk: Desk) -> None:
    assert desk.call("status") == (0, "Nothing is owed to Slack.\n", "")
    assert json.loads(desk.call("status", "--json").out)["waiting"] == 0


def test_what_waits_is_counted_by_kind_and_channel_with_the_oldest_age(desk: Desk) -> None:
    desk.owe(at(3 * MINUTE, 1, 1), at(MINUTE, 1, 2), at(MINUTE, 1, 3, kind="direct", channel="U1"))

    status = desk.status()

    assert (status["waiting"], status["oldest_seconds"]) == (3, 180)
    assert status["by_kind"] == {"post": 2, "direct": 1}
    assert status["by_channel"] == {"C1": 2, "U1": 1}
    assert status["stuck"] == []
    assert "3 waiting (2 post, 1 direct), the oldest for 3 minutes." in desk.call("status").out


def test_what_waits_too_long_or_was_tried_too_often_is_stuck_with_its_reason(desk: Desk) -> None:
    desk.owe(at(STUCK_AFTER + MINUTE, 1, 1), at(STUCK_AFTER + MINUTE, 1, 2), at(MINUTE, 1, 3, dialog=None, key="loose"))
    desk.try_in_vain(FIRST, "ratelimited")
    desk.try_in_vain("loose", "TimeoutError", times=STUCK_TRIES + 1)

    stuck = {row["key"]: (row["error"], row["behind"], row["attempts"]) for row in desk.status()["stuck"]}

    assert stuck == {
        FIRST: ("ratelimited", None, 1),
        SECOND: (None, FIRST, 0),
        "loose": ("TimeoutError", None, STUCK_TRIES + 1),
    }
    told = desk.call("status").out
    assert f"  {FIRST}  post in C1: ratelimited, for 16 minutes" in told
    assert f"  {SECOND}  post in C1: behind {FIRST}, for 16 minutes" in told
    assert "  loose  post in C1: TimeoutError, tried 6 times, for 1 minute" in told


def test_what_was_given_up_is_shown_for_a_week(desk: Desk) -> None:
    desk.owe(at(MINUTE, 1, 1), at(MINUTE, 1, 2))
    desk.work(lambda store: store.failed(FIRST, "is_archived", now()))
    desk.work(lambda store: store.failed(SECOND, "too old", now() - dt.timedelta(days=8)))

    assert [(row["key"], row["error"]) for row in desk.status()["given_up"]] == [(FIRST, "is_archived")]
    assert "1 given up in the last 7 days:" in desk.call("status").out


def test_a_refused_token_is_the_first_thing_said(desk: Desk) -> None:
    desk.owe(at(MINUTE, 1, 1))
    desk.try_in_vain(FIRST, "token_revoked")

    assert desk.call("status").out.startswith("Slack refuses the bot's token (token_revoked), so nothing is sent:")


def test_a_message_that_was_sent_after_all_has_no_reason_left(desk: Desk) -> None:
    desk.owe(at(MINUTE, 1, 1))
    desk.try_in_vain(FIRST, "ratelimited")
    desk.work(lambda store: store.sent(FIRST, "200.1", now()))

    assert desk.status()["waiting"] == 0
    assert desk.status()["given_up"] == []


# Trying again --------------------------------------------------------------------------------------------------------


def test_a_stuck_message_is_tried_again_at_once_and_its_successors_follow(desk: Desk) -> None:
    desk.owe(at(MINUTE, 1, 1), at(MINUTE, 1, 2))
    desk.try_in_vain(FIRST, "ratelimited")
    assert desk.send() == []

    assert desk.call("outbox", "retry", FIRST).code == 0

    assert desk.send() == [FIRST, SECOND]


def test_what_may_be_in_slack_stays_in_doubt_when_it_is_tried_again(desk: Desk) -> None:
    desk.owe(at(MINUTE, 1, 1))
    desk.try_in_vain(FIRST, "TimeoutError", settled=False)

    desk.call("outbox", "retry", FIRST)

    assert desk.send() == [f"{FIRST}?"]


def test_all_that_waits_is_tried_again_in_its_order_and_what_was_given_up_is_left(desk: Desk) -> None:
    desk.owe(at(MINUTE, 1, 1), at(MINUTE, 1, 2), at(MINUTE, 1, 3))
    desk.work(lambda store: store.failed(FIRST, "is_archived", now()))
    desk.try_in_vain(SECOND, "ratelimited")

    assert desk.call("outbox", "retry", "--all").out.startswith("2 will be tried again")

    assert desk.send() == [SECOND, THIRD]


def test_what_was_given_up_is_tried_again_by_its_key(desk: Desk) -> None:
    desk.owe(at(MINUTE, 1, 1))
    desk.work(lambda store: store.failed(FIRST, "is_archived", now()))

    assert desk.call("outbox", "retry", FIRST).code == 0

    assert desk.send() == [FIRST]


def test_an_edit_that_a_newer_one_has_replaced_is_not_drawn_again(desk: Desk) -> None:
    desk.owe(at(MINUTE, 1, 1, slot="q"), at(MINUTE, 2, 1, kind="update", slot="q"))
    desk.send()
    desk.work(lambda store: store.failed("d1:000002:001", "message_not_found", now()))
    desk.work(lambda store: store.turn(lambda writing: writing.owe(at(MINUTE, 3, 1, kind="update", slot="q"))))
    desk.send()

    outcome = desk.call("outbox", "retry", "d1:000002:001")

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("d1:000002:001 is outdated")


# Dropping ------------------------------------------------------------------------------------------------------------


def test_a_dropped_message_is_not_sent_and_its_successors_go_on(desk: Desk) -> None:
    desk.owe(at(MINUTE, 1, 1), at(MINUTE, 1, 2))
    desk.try_in_vain(FIRST, "ratelimited")

    outcome = desk.call("outbox", "drop", FIRST)

    assert outcome.out == (
        f"{FIRST} is dropped: this post in C1 will not be sent. 1 that waited behind it can go on.\n"
    )
    assert desk.send() == [SECOND]
    assert [(row["key"], row["error"]) for row in desk.status()["given_up"]] == [(FIRST, "dropped by hand")]


def test_what_cannot_be_without_a_dropped_message_goes_along_and_is_counted(desk: Desk) -> None:
    desk.owe(at(MINUTE, 1, 1, slot="q"), at(MINUTE, 2, 1, kind="update", slot="q"), at(MINUTE, 2, 2))

    outcome = desk.call("outbox", "drop", FIRST)

    assert "1 that cannot be without it went along. 1 that waited behind it can go on." in outcome.out
    assert desk.send() == ["d1:000002:002"]


# What cannot be done -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["retry", "drop"])
def test_an_unknown_key_is_one_clear_line(desk: Desk, word: str) -> None:
    assert desk.call("outbox", word, "nonsense") == (
        1,
        "",
        "nonsense: no message has this key; `maturity-bot status` lists the keys\n",
    )


@pytest.mark.parametrize("word", ["retry", "drop"])
def test_what_was_sent_stays_sent(desk: Desk, word: str) -> None:
    desk.owe(at(MINUTE, 1, 1))
    desk.send()

    outcome = desk.call("outbox", word, FIRST)

    assert outcome.code == 1
    assert f"{FIRST} was sent on" in outcome.err
    assert desk.send() == []


def test_what_was_given_up_cannot_be_dropped(desk: Desk) -> None:
    desk.owe(at(MINUTE, 1, 1))
    desk.call("outbox", "drop", FIRST)

    assert "was given up already (dropped by hand)" in desk.call("outbox", "drop", FIRST).err


@pytest.mark.parametrize("arguments", [(), (FIRST, "--all")])
def test_trying_again_wants_either_a_key_or_all(desk: Desk, arguments: tuple[str, ...]) -> None:
    outcome = desk.call("outbox", "retry", *arguments)

    assert outcome.code == 2
    assert "give either a key" in outcome.err
