"""Who may do what: one table for members, starter, admins, guests, other workspaces, and who is not in the channel."""

from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest

from bot.words import Words
from dialogs.engine import command, step
from dialogs.events import Chosen, Commanded, Event, Person, Pressed
from dialogs.permissions import in_charge, refusal
from dialogs.screens import Confirm, Outsider
from dialogs.script import load_script
from dialogs.state import State
from dialogs.surroundings import Surroundings
from engine_player import EnginePlayer
from knowledge.library import load_library
from stage import Stage

LIBRARY = load_library()
SCRIPT, WORDS = load_script(LIBRARY), Words(LIBRARY)

Act = Literal["see", "answer", "pause", "finish", "zone", "guests"]
Outcome = Literal["yes", "asks again", "no"]

PEOPLE = {
    "member": Person("UBEN", "Ben", member=True),
    "unknown member": Person("UBEN", "Ben", member=None),
    "starter": Person("UANA", "Ana", member=True),
    "admin": Person("UDORA", "Dora", admin=True, member=True),
    "not in the channel": Person("UEMIL", "Emil", member=False),
    "admin not in the channel": Person("UEMIL", "Emil", admin=True, member=False),
    "guest": Person("UGUS", "Gus", guest=True, member=True),
    "other workspace": Person("UZOE", "Zoe", outsider=True, member=True),
}
ACTS: tuple[Act, ...] = ("see", "answer", "pause", "finish", "zone", "guests")
MATRIX: dict[str, tuple[Outcome, ...]] = {
    "member": ("yes", "yes", "asks again", "asks again", "yes", "no"),
    "unknown member": ("yes", "yes", "asks again", "asks again", "yes", "no"),
    "starter": ("yes", "yes", "yes", "yes", "yes", "no"),
    "admin": ("yes", "yes", "yes", "yes", "yes", "yes"),
    "not in the channel": ("no", "no", "no", "no", "no", "no"),
    "admin not in the channel": ("no", "no", "no", "no", "no", "no"),
    "guest": ("no", "no", "no", "no", "no", "no"),
    "other workspace": ("no", "no", "no", "no", "no", "no"),
}


class Case(NamedTuple):
    who: str
    act: Act
    outcome: Outcome


CASES = [Case(who, act, outcome) for who, row in MATRIX.items() for act, outcome in zip(ACTS, row, strict=True)]


async def assessment() -> State:
    """Ana's assessment with the first question open."""
    player = EnginePlayer(SCRIPT, WORDS)
    await player.commands("Ana", "/maturity start")
    await player.clicks("Ana", "Skip the facts")
    return player.assessment().model_copy(update={"starter": "UANA"})


def event_of(person: Person, act: Act, state: State, base: dict[str, Any]) -> Event:
    common = {**base, "person": person}
    if act == "answer":
        return Chosen(**common, dialog=state.id, practice="M1-C-2", choice="yes", turn=state.turn)
    if act in ("pause", "finish", "see"):
        action = "why-number" if act == "see" else act
        return Pressed(**common, dialog=state.id, action=action, argument="overall" if act == "see" else "")
    text = "settings zone Europe/Berlin" if act == "zone" else "settings guests on"
    return Commanded(**common, text=text, by="slash", channel_name="fraud-detection")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.who}: {case.act}")
async def test_who_may_do_what(case: Case) -> None:
    state = await assessment()
    base = {"key": "k", "workspace": state.workspace, "channel": state.channel, "at": state.began}
    event = event_of(PEOPLE[case.who], case.act, state, base)

    if isinstance(event, Commanded):
        turn = command(SCRIPT, Surroundings((state,)), event)
    else:
        turn = step(SCRIPT, state, event, Surroundings())

    screens = [screen for effect in turn.effects if (screen := getattr(effect, "screen", None)) is not None]
    refused = any(isinstance(screen, Outsider) or type(screen).__name__ == "AdminsOnly" for screen in screens)
    asks = any(isinstance(screen, Confirm) for screen in screens)
    assert ("no" if refused else "asks again" if asks else "yes") == case.outcome
    if refused:
        assert turn.state is None
        assert len(turn.effects) == 1


def test_an_admin_lets_guests_in_and_only_guests() -> None:
    letting = Surroundings(guests=True)

    assert refusal(PEOPLE["guest"], letting) is None
    assert refusal(PEOPLE["other workspace"], letting) == "stranger"
    assert refusal(PEOPLE["not in the channel"], letting) == "not-member"


async def test_an_admin_is_in_charge_of_every_assessment() -> None:
    state = await assessment()

    assert [who for who, person in PEOPLE.items() if in_charge(person, state)] == [
        "starter",
        "admin",
        "admin not in the channel",
    ]


async def test_guests_are_let_in_by_an_admin_and_then_answer(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        dora = stage.person("Dora")

        async def as_guest(method: str, arguments: Any) -> dict[str, Any] | None:
            if method != "users.info" or arguments["user"] != dora.id:
                return None
            return {"ok": True, "user": {"id": dora.id, "name": "dora", "is_restricted": True}}

        stage.workspace.before_call = as_guest
        await stage.person("Ana").commands("/maturity start")
        await stage.settled()
        await dora.clicks("Skip the facts")
        await stage.settled()
        assert any("Guests can take part only where a workspace admin" in each.text for each in dora.sees())

        await stage.person("Ben").commands("/maturity settings guests on")
        await stage.settled()
        assert any("Only admins of the workspace" in each.text for each in stage.person("Ben").sees())

        await stage.person("Ana").commands("/maturity settings guests on")  # Ana is an admin
        await stage.settled()
        await dora.clicks("Skip the facts")
        await stage.settled()

        assert any("1 of about" in each.text for each in dora.sees())


async def test_another_bot_is_not_heard(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.person("Ana").commands("/maturity start")
        await stage.settled()
        await stage.person("Ana").clicks("Skip the facts")
        await stage.settled()
        hub = stage.workspace.hub
        parent = next(each for each in stage.person("Ana").sees("fraud-detection") if "MLOps maturity of" in each.text)
        message = {
            "type": "message",
            "subtype": "bot_message",
            "bot_id": "B0OTHER",
            "text": "yes",
            "thread_ts": parent.ts,
        }
        hub.events.message(
            hub.state.channels["C00000FRAUD"], {**message, "ts": hub.stamps.next(), "event_ts": parent.ts}
        )
        await stage.settled()

        assert await stage.bot.store.read(lambda reading: reading.sql("SELECT * FROM answers")) == []
