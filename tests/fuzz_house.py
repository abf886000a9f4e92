"""The real `Bot.handle` with a real database under random events: what the engine decides is what is kept."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import fuzz_promises as promises
from bot.handle import Bot
from bot.looking_around import around_assessment, around_channel
from bot.replies import Reply
from dialogs.effects import Begin, Conclude, Edit, Learn, Post, Record, Refuse, Tell, Turn, Upload
from dialogs.engine import step
from dialogs.events import Chosen, Event, NudgeDue, Pressed, Said, Submitted, Undeliverable
from dialogs.state import State
from dialogs.working_time import WorkingTime
from engine_player import PLACE
from fuzz_events import events
from fuzz_moves import Move
from fuzz_player import script, words
from fuzz_seen import CHANNEL, Seen
from stage import shipped_index
from storage.outbox import Delivery
from storage.reports import Reading, state_of
from storage.store import open_store

LEASE = dt.timedelta(seconds=20)
_TABLES = ("answers", "facts", "results", "dialogs", "outbox", "reminders", "inbox")


class Foreseen(NamedTuple):
    """What a step of an assessment comes to, worked out from what is kept, before it is taken."""

    before: State
    turn: Turn


class FuzzedHouse:
    """One workspace; what it owes is posted at once, or refused now and then. Close it before leaving."""

    def __init__(self, folder: Path, tried: Counter[str]) -> None:
        self.tried = tried
        self.store = open_store(f"sqlite:///{folder / 'fuzz.db'}")
        self.bot = Bot(script(), words(), self.store, PLACE, shipped_index(), WorkingTime())
        self.seen = Seen({}, {})
        self.posted = 0

    async def close(self) -> None:
        """Let go of the database."""
        await self.store.close()

    async def makes(self, move: Move) -> None:
        """Let a move happen, and everything that follows from it be posted."""
        for event in events(move, self.seen):
            self.tried["events"] += 1
            self.seen.past.append(event)
            await self._takes(event)
            await self._posts()
            await self._looks()

    async def _takes(self, event: Event) -> None:
        foreseen = await self.store.read(lambda reading: self._foreseen(reading, event))
        before = await self.store.read(_counted)
        reply = await self.bot.handle(event)
        after = await self.store.read(_counted)
        await self._compare(foreseen, event, {table: after[table] - before[table] for table in _TABLES}, reply)
        self.seen.show(reply.open_view)
        self.seen.show(reply.view_update)
        for message in (*reply.whispers, *((reply.instead,) if reply.instead else ())):
            self.seen.show(message)

    def _foreseen(self, reading: Reading, event: Event) -> Foreseen | None:
        """None for what concerns no assessment, or has happened before."""
        known = reading.sql("SELECT 1 FROM inbox WHERE workspace = :w AND key = :k", w=event.workspace, k=event.key)
        state = _meant(reading, event)
        if known or state is None:
            return None
        look = around_channel if isinstance(event, Said) and event.found is not None else around_assessment
        around = look(reading, self.bot.time, event, state.channel)
        if isinstance(event, Said):
            return None  # what was on screen is known inside the turn only; the rows are compared with the state
        return Foreseen(state, step(self.bot.script, state, event, around))

    async def _compare(self, foreseen: Foreseen | None, event: Event, more: dict[str, int], reply: Reply) -> None:
        """What was written is what the engine said, no more and no less."""
        if event.person.outsider:
            assert sum(more[table] for table in ("answers", "facts", "results", "dialogs", "reminders")) == 0
        if foreseen is None:
            return
        before, turn = foreseen
        after = await self.store.read(lambda reading: reading.peek(before.id))
        assert after is not None
        refused = any(isinstance(effect, Refuse) for effect in turn.effects)
        assert refused == (reply.view_errors is not None)
        begins = any(isinstance(effect, Begin) for effect in turn.effects)
        if refused or _taken_over(turn, before, after) or (begins and not more["dialogs"]):
            turn = Turn(None, ())
        effects = turn.effects
        for table, kind in (("answers", Record), ("facts", Learn), ("results", Conclude)):
            assert more[table] == sum(isinstance(effect, kind) for effect in effects)
        owed = [effect for effect in promises.every(effects) if isinstance(effect, Post | Edit | Tell | Upload)]
        assert more["outbox"] == len(owed)
        expected = turn.state or before
        assert after.model_copy(update={"thread": None}) == expected.model_copy(update={"thread": None})

    async def _posts(self) -> None:
        """Post what is owed, as the courier does."""
        for delivery in await self.store.claim("fuzz", self.seen.at, LEASE, 100):
            self.posted += 1
            assert await self.store.tried(delivery.key, self.seen.at)
            if self.posted % 41 == 0:
                await self._refuses(delivery)
                continue
            ts = f"17{self.posted:08d}.000100"
            await self.store.sent(delivery.key, ts, self.seen.at)
            if delivery.kind == "post" and delivery.dialog and delivery.slot:
                self.seen.places[delivery.dialog, delivery.slot] = ts
            self.seen.show_blocks(delivery.payload.get("blocks", []))

    async def _refuses(self, delivery: Delivery) -> None:
        await self.store.failed(delivery.key, "is_archived", self.seen.at)
        if delivery.dialog is not None:
            slot = delivery.slot or "parent"
            base: dict[str, Any] = {**self.seen.base(0), "key": f"u:{delivery.key}"}
            await self._takes(Undeliverable(**base, dialog=delivery.dialog, slot=slot, error="is_archived"))

    async def _looks(self) -> None:
        """See what the database has now, and that it agrees with itself."""
        states, reminders = await self.store.read(_kept)
        changed = [state for name, state in states.items() if self.seen.states.get(name) != state]
        self.seen.states, self.seen.reminders = states, reminders
        promises.check_one_running(list(states.values()))
        for state in changed:
            promises.check_state(self.bot.script.library, state)
            await self.store.read(lambda reading, state=state: _check_rows(reading, state))  # type: ignore[misc]  # binds the loop's


def _meant(reading: Reading, event: Event) -> State | None:
    """The assessment that an event is about."""
    if isinstance(event, Chosen | Pressed | Submitted | Undeliverable | NudgeDue) and event.dialog:
        state = reading.peek(event.dialog)
        return state if state is not None and state.workspace == event.workspace else None
    return None


def _taken_over(turn: Turn, before: State, after: State) -> bool:
    """Whether another assessment of the subject runs, so that this one could not come back."""
    comes_back = turn.state is not None and turn.state.running and not before.running
    return comes_back and not after.running


def _counted(reading: Reading) -> dict[str, int]:
    return {table: int(reading.sql(f"SELECT count(*) AS n FROM {table}")[0]["n"]) for table in _TABLES}  # noqa: S608 - a table of ours


def _kept(reading: Reading) -> tuple[dict[str, State], dict[str, Any]]:
    rows = reading.sql("SELECT id, state, thread FROM dialogs ORDER BY began_at, id")
    reminders = reading.reminders_of("T1", CHANNEL)
    return {row["id"]: state_of(row) for row in rows}, {each.id: each for each in reminders.values()}


def _check_rows(reading: Reading, state: State) -> None:
    """The rows of an assessment say the same as its state; the last row of a practice is its answer."""
    row = reading.sql("SELECT * FROM dialogs WHERE id = :id", id=state.id)[0]
    assert (row["phase"], row["running"], row["subject_key"]) == (state.phase, state.running, state.subject_key)
    assert (row["nudge_at"] is None) == (state.nudge is None)
    rows = {each["practice"]: (each["choice"], each["note"], each["person"]) for each in reading.answers(state.id)}
    last = {practice: given for practice, given in rows.items() if given[:2] != ("unknown", "withdrawn")}
    assert last == {p: (g.choice, g.note, g.person) for p, g in state.answers.items() if p in last}
    assert state.since is not None or set(last) == set(state.answers)
    results = reading.sql("SELECT count(*) AS n FROM results WHERE dialog = :id", id=state.id)[0]["n"]
    assert results >= state.reports
    assert (row["finished_at"] is None) == (results == 0)
