"""Moves as events of the channel they are made in: who acts sees some of what was ever shown there, old or new."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

import fuzz_moves as m
from bot.buttons import Pushed, read_metadata, read_value
from dialogs.editing import as_choice
from dialogs.events import (
    ChannelChanged,
    Chosen,
    Commanded,
    Deleted,
    Edited,
    Event,
    NudgeDue,
    Person,
    PersonGone,
    Pressed,
    ReminderDue,
    Said,
    Submitted,
    Undeliverable,
)
from dialogs.state import State
from fuzz_seen import CHANNEL, NAME, PEOPLE, Seen, looked_up
from fuzz_words import SECONDS, VALUES


def events(move: m.Move, seen: Seen) -> Iterator[Event]:
    """The events of a move, each made when the one before has taken effect."""
    yield from _MADE[type(move)](move, seen)


def _commands(move: m.Commands, seen: Seen) -> Iterator[Event]:
    channel = "D1" if move.by == "direct" else CHANNEL
    yield Commanded(
        **seen.base(move.who, channel),
        text=move.text,
        by=move.by,
        channel_name=NAME,
        channel_kind="direct" if move.by == "direct" else "channel",
        bot_is_member=move.member,
        thread=None if move.by in ("slash", "direct") else "7.000100",
        found=looked_up(move.text),
    )


def _clicks(move: m.Clicks, seen: Seen) -> Iterator[Event]:
    if not seen.values:
        return
    pushed = read_value(seen.values[-1 - move.back % len(seen.values)])
    assert pushed is not None, "every button that is shown can be read back"
    yield clicked(pushed, seen.base(move.who, "D1" if move.elsewhere else CHANNEL), private=move.elsewhere)


def clicked(pushed: Pushed, base: dict[str, Any], *, private: bool = False) -> Event:
    """A click on what a button carries."""
    practice, _, wanted = pushed.argument.partition("=")
    choice = as_choice(wanted)
    if pushed.action == "choose" and choice is not None:
        return Chosen(**base, dialog=pushed.dialog or "", practice=practice, choice=choice, turn=pushed.turn)
    found = looked_up(pushed.argument) if pushed.action in ("run", "share") else None
    more: dict[str, Any] = {"private": private, "channel_name": NAME, "thread": "7.000100", "found": found}
    return Pressed(
        **base, action=pushed.action, dialog=pushed.dialog, argument=pushed.argument, turn=pushed.turn, **more
    )


def _presses(move: m.Presses, seen: Seen) -> Iterator[Event]:
    about = seen.meant(move.about)
    question = seen.states[about].question if about in seen.states else None
    argument = move.argument.replace("{open}", question.id if question is not None else "")
    pushed = Pushed(move.action, about, move.turn, argument)
    yield clicked(pushed, seen.base(move.who), private=bool(move.turn))


def _chooses(move: m.Chooses, seen: Seen) -> Iterator[Event]:
    about = seen.meant(move.about) or ""
    base = seen.base(move.who)
    yield Chosen(**base, dialog=about, practice=move.practice, choice=move.choice, turn=move.turn)


def _answers(move: m.Answers, seen: Seen) -> Iterator[Event]:
    for choice in move.choices:
        state = seen.newest(0)
        if state is None or state.question is None or state.question.about != "practice":
            return
        base = seen.base(move.who)
        yield Chosen(**base, dialog=state.id, practice=state.question.id, choice=choice, turn=state.turn)


def _types(move: m.Types, seen: Seen) -> Iterator[Event]:
    state = seen.newest(move.about) if move.about >= 0 else None
    base = seen.base(move.who)
    ts = f"{seen.at.timestamp():.0f}.000100"
    yield Said(
        **base,
        text=" ".join(move.text.split()),
        ts=ts,
        thread=_thread(state, left=move.early) if state is not None else None,
        mentioned=move.mentioned,
        question_ts="9999999999.000100" if move.early else "1.000200",
        channel_name=NAME,
        found=looked_up(move.text) if move.mentioned else None,
    )


def _thread(state: State, *, left: bool) -> str:
    return state.left_threads[-1] if left and state.left_threads else state.thread or "1.000100"


def _edits(move: m.Edits, seen: Seen) -> Iterator[Event]:
    written = [event for event in seen.past if isinstance(event, Said)]
    if written:
        said = written[-1 - move.back % len(written)]
        known = {each.name: getattr(said, each.name) for each in fields(Said)}
        yield Edited(**{**known, **seen.base(0), "person": said.person, "text": " ".join(move.text.split())})


def _deletes(move: m.Deletes, seen: Seen) -> Iterator[Event]:
    state = seen.newest(move.back % 2)
    if state is None or state.thread is None:
        return
    question = state.question.slot if state.question is not None and move.what == "question" else None
    written = [event.ts for event in seen.past if isinstance(event, Said) and event.thread == state.thread]
    ts = written[-1 - move.back % len(written)] if written and move.what == "said" else "1.000300"
    ts = seen.places.get((state.id, question), ts) if question is not None else ts
    ts = state.thread if move.what == "parent" else ts
    base = {**seen.base(0), "person": Person("UBOT", "")}
    yield Deleted(**base, ts=ts, thread=state.thread, slot=question)


def _changes(move: m.Changes, seen: Seen) -> Iterator[Event]:
    base = seen.base(move.who)
    if move.change is None:
        yield PersonGone(**{**base, "channel": ""})
    else:
        yield ChannelChanged(**base, change=move.change, name="renamed-channel", new_id=CHANNEL)


def _sends(move: m.Sends, seen: Seen) -> Iterator[Event]:
    if not seen.forms:
        return
    view = seen.forms[-1 - move.back % len(seen.forms)]
    meant = read_metadata(view["private_metadata"])
    assert meant is not None, "every form that is opened can be read back"
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    values = {
        block["block_id"]: _filled(block["element"], move.picks[place % len(move.picks)] + place)
        for place, block in enumerate(inputs)
    }
    yield _submitted(meant, seen.base(move.who), values)


def _filled(element: dict[str, Any], pick: int) -> str | tuple[str, ...] | None:
    """A field left open, filled with what fits, or with what does not."""
    options = [option["value"] for option in element.get("options", ())]
    several = element["type"].startswith("multi")
    fitting = [(each,) for each in options] if several else options or ["3", "20", "100000", "a remark"]
    kinds: list[list[Any]] = [[None], fitting, fitting, list(VALUES)]
    kind = kinds[pick % len(kinds)]
    return kind[pick // len(kinds) % len(kind)]  # type: ignore[no-any-return]  # of one of the lists above


def _sends_anything(move: m.SendsAnything, seen: Seen) -> Iterator[Event]:
    meant = Pushed(move.form, seen.meant(move.about), 1, move.argument)
    yield _submitted(meant, seen.base(move.who), move.values)


def _submitted(meant: Pushed, base: dict[str, Any], values: dict[str, Any]) -> Submitted:
    more: dict[str, Any] = {"turn": meant.turn, "values": values}
    return Submitted(**base, form=meant.action, dialog=meant.dialog, argument=meant.argument, **more)


def _waits(move: m.Waits, seen: Seen) -> Iterator[Event]:
    seen.at += dt.timedelta(seconds=move.seconds)
    wrong = dt.timedelta(days=move.wrong)
    for name in list(seen.reminders):
        due = seen.reminders[name].due
        if due is not None and due <= seen.at:
            owner = Person(seen.reminders[name].owner, "", zone=PEOPLE[seen.count % 3].zone)
            base = {**seen.base(0), "person": owner, "key": f"due:{name}:{due + wrong}"}
            yield ReminderDue(**base, reminder=name, due=due + wrong, alone=move.seconds == SECONDS[-1])
    for name in list(seen.states):
        nudge = seen.states[name].nudge
        if nudge is not None and nudge <= seen.at:
            base = {**seen.base(0), "person": Person(seen.states[name].starter, ""), "key": f"nudge:{name}:{nudge}"}
            yield NudgeDue(**base, dialog=name, due=nudge + wrong)


def _refuses(move: m.Refuses, seen: Seen) -> Iterator[Event]:
    about = seen.meant(move.about)
    if about is not None:
        base = {**seen.base(0), "person": Person("", "")}
        yield Undeliverable(**base, dialog=about, slot=move.slot, error=move.error)


def _repeats(move: m.Repeats, seen: Seen) -> Iterator[Event]:
    if seen.past:
        event = seen.past[-1 - move.back % len(seen.past)]
        yield event if move.same else replace(event, key=seen.key())


_MADE: dict[type, Callable[[Any, Seen], Iterator[Event]]] = {
    m.Commands: _commands,
    m.Clicks: _clicks,
    m.Presses: _presses,
    m.Chooses: _chooses,
    m.Answers: _answers,
    m.Types: _types,
    m.Sends: _sends,
    m.SendsAnything: _sends_anything,
    m.Waits: _waits,
    m.Refuses: _refuses,
    m.Repeats: _repeats,
    m.Edits: _edits,
    m.Deletes: _deletes,
    m.Changes: _changes,
}
