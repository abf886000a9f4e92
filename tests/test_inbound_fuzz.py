"""Whatever comes in from outside: read or let go, acknowledged or not, but nothing breaks, and nothing is half kept."""

import asyncio
import datetime as dt
import logging
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inbound import Known, event_from, where
from dialogs.events import Commanded, Said, Submitted
from fuzz_amount import tell, tries
from fuzz_payloads import Here, Payload, Spoil, command, message, payloads, samples, spoilings, spoilt
from stage import Stage
from storage.reports import Reading

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
LET_GO = (AttributeError, IndexError, KeyError, TypeError, ValueError)  # no shape that Slack documents
OK, NOT_KEPT = 200, 500
_TABLES = ("inbox", "dialogs", "answers", "facts", "results", "outbox", "messages", "reminders", "questions", "ratings")


def understood(payload: Payload, bot_user: str = "UBOT") -> bool:
    """Whether a payload is read as an event; what has no shape of Slack's may be told by a plain error."""
    try:
        place = where(payload)
        event = event_from(payload, place, Known("Ana"), bot_user=bot_user, at=NOW) if place is not None else None
    except LET_GO:
        return False
    assert event is None or event.key
    return event is not None


def test_a_payload_of_any_shape_is_read_or_let_go(capsys: pytest.CaptureFixture[str]) -> None:
    tried: Counter[str] = Counter()

    @tries(200, share=3)
    @given(st.sampled_from(payloads(Here())), spoilings)
    def every_payload(payload: Payload, changes: list[Spoil]) -> None:
        tried["read" if understood(spoilt(payload, changes)) else "let go"] += 1

    every_payload()
    tell(capsys, "payloads", tried)


def test_a_spoilt_sample_of_slacks_is_read_or_let_go(capsys: pytest.CaptureFixture[str]) -> None:
    tried: Counter[str] = Counter()
    if not samples():
        pytest.skip("../shared/slack is not here: its sample payloads cannot be spoilt")

    @tries(60, share=3)
    @given(st.sampled_from(samples()), spoilings)
    def every_sample(payload: Payload, changes: list[Spoil]) -> None:
        tried["read" if understood(spoilt(payload, changes)) else "let go"] += 1

    every_sample()
    tell(capsys, "samples", tried)


def test_every_kind_of_payload_means_something_as_long_as_it_is_whole() -> None:
    assert [payload for payload in payloads(Here()) if not understood(payload)] == []


@pytest.mark.parametrize("half", ["\ud83d", "a \ude00 b", "\udfff\ud800"])
def test_half_a_character_can_be_kept_and_sent(half: str) -> None:
    values = {"note": {"value": {"type": "plain_text_input", "value": half}}}
    form = payloads(Here())[-2]
    form["view"]["state"]["values"] = values
    for payload in (message(Here(), half), command(Here(), f"ask {half}"), form):
        place = where(payload)
        assert place is not None
        event = event_from(payload, place, Known("Ana"), bot_user="UBOT", at=NOW)
        assert isinstance(event, Said | Commanded | Submitted)
        text = event.values["note"] if isinstance(event, Submitted) else event.text
        assert isinstance(text, str)
        assert "?" in text.encode("utf-8").decode("utf-8")


class Edge:
    """The real router of a bot with a running assessment, and everything its loop complains about."""

    def __init__(self, folder: Path, runner: asyncio.Runner) -> None:
        self.runner = runner
        self.stage = Stage(folder)
        self.complaints: list[dict[str, Any]] = []
        runner.get_loop().set_exception_handler(lambda _, context: self.complaints.append(context))
        runner.run(self._begin())

    async def _begin(self) -> None:
        await self.stage.__aenter__()
        await self.stage.person("Ana").commands("/maturity start full fraud model", "fraud-detection")
        await self.stage.settled()
        await self.stage.person("Ana").clicks("Skip the facts")
        await self.stage.settled()

    def here(self) -> Here:
        """Where the running assessment is."""
        return self.runner.run(self.stage.bot.store.read(self._here))

    def _here(self, reading: Reading) -> Here:
        row = reading.sql("SELECT id, workspace, channel, thread FROM dialogs")[0]
        me, ana = self.stage.bot.router.me, self.stage.person("Ana")
        return Here(row["workspace"], row["channel"], ana.id, me.user, row["id"], row["thread"])

    def rows(self) -> dict[str, int]:
        """How many rows each table has; the courier's own doings count nowhere."""
        return self.runner.run(self.stage.bot.store.read(_counted))

    def route(self, payload: Payload) -> int:
        """Let the router take a payload; the status it answers with."""
        status = self.runner.run(self._route(payload))
        assert self.complaints == []
        return status

    async def _route(self, payload: Payload) -> int:
        response = await self.stage.bot.router.route(payload)
        await self.stage.settled()
        return int(response.status)

    def close(self) -> None:
        """Take everything down."""
        self.runner.run(self.stage.__aexit__(None, None, None))


def _counted(reading: Reading) -> dict[str, int]:
    return {table: int(reading.sql(f"SELECT count(*) AS n FROM {table}")[0]["n"]) for table in _TABLES}  # noqa: S608 - a table of ours


def test_a_payload_of_any_shape_is_acknowledged_or_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    tried: Counter[str] = Counter()
    caplog.set_level(logging.CRITICAL)
    with asyncio.Runner() as runner:
        edge = Edge(tmp_path, runner)
        here = edge.here()

        @tries(40, share=0.5)
        @given(st.sampled_from(payloads(here)), spoilings)
        def every_payload(payload: Payload, changes: list[Spoil]) -> None:
            body, before = spoilt(payload, changes), edge.rows()
            ours, status = understood(body, here.bot), edge.route(body)
            after = edge.rows()
            tried[f"{'read' if ours else 'let go'}, status {status}"] += 1
            assert status in (OK, NOT_KEPT)
            if status == NOT_KEPT or after["inbox"] == before["inbox"]:
                assert after == before, "nothing is written without noting what it was for"

        every_payload()
        edge.close()
    tell(capsys, "payloads at the router", tried)
