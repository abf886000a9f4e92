"""Beginning an assessment: quick, full, or again, asking only what may have changed since the last one."""

import re
from dataclasses import replace
from typing import NamedTuple

from dialogs.answers import Facts
from dialogs.course import begin, discard
from dialogs.effects import Answer, Begin, Dismiss, Effect, Join
from dialogs.events import Commanded, Pressed, as_command
from dialogs.nudging import watch
from dialogs.rechecking import begin_again, taken_over
from dialogs.screens import AlreadyRunning, Crowded, Done, NearSubject, NotMember, Problem, Started
from dialogs.script import Script, plain
from dialogs.state import Mode, State, near_subject, subject_key
from dialogs.surroundings import Surroundings
from dialogs.walk import Walk, dialog_id

CROWD = 500  # people in a channel: an assessment there is asked about first, for everybody sees its messages


def start(
    script: Script,
    around: Surroundings,
    event: Commanded,
    rest: str,
    *,
    new: bool = False,
    joining: bool = False,
) -> tuple[Effect, ...]:
    """Begin an assessment, or say privately what stands in the way. `new`: although a similar subject exists."""
    mode, again, subject = read_start(rest)
    subject = subject or (event.channel_name if event.channel_kind != "direct" else "")
    key, kind = subject_key(subject), "again" if again else mode
    if not key:
        return (Answer(Problem("subject-missing", {})),)
    if len(subject) > script.file.limits.subject:
        details = {"length": len(subject), "limit": script.file.limits.subject}
        return (Answer(Problem("subject-too-long", details)),)
    if running := next((s for s in around.states if s.running and s.subject_key == key), None):
        return (Answer(AlreadyRunning(running, len(running.answers))),)
    if near := _near_subject(around, key) if not new else None:
        return (Answer(NearSubject(subject, near, kind)),)
    if event.bot_is_member is False and event.channel_kind != "direct" and not joining:
        argument = f"start {kind} {subject}"
        return (Answer(NotMember(event.channel_name, event.channel_kind == "channel", argument)),)
    if (event.people or 0) >= CROWD and not new:
        return (Answer(Crowded(event.channel_name, event.people or 0, f"start {kind} {subject}")),)
    fresh = _fresh(script, around, event, Wish(mode, again, subject))
    if fresh is None:
        return (Answer(Problem("nothing-to-ask-again", {"subject": subject})),)
    walk = Walk(script, fresh, event, around)
    if again:
        begin_again(walk)
    else:
        begin(walk)
    watch(walk)
    first: tuple[Effect, ...] = (Join(),) if joining else ()
    told: tuple[Effect, ...] = (Answer(Started(subject, mode, again)),) if event.by == "slash" else ()
    return (*first, Begin(walk.result()), *told)


def start_over(walk: Walk, event: Pressed) -> None:
    """Discard a running assessment and begin anew with the same subject."""
    old = walk.state
    mode: Mode = "full" if event.argument == "full" else "quick"
    order = replace(  # where the old one lives, wherever the click was made
        as_command(event, "", "slash"),
        channel=old.channel,
        channel_name=old.channel_name,
        channel_kind=old.channel_kind,
    )
    fresh = fresh_state(walk.script, order, old.subject, mode, {**old.last_facts, **old.known_facts()})
    discard(walk, replaced=True)
    new = Walk(walk.script, fresh, event, walk.around)
    begin(new)
    watch(new)
    walk.then(Begin(new.result()), Dismiss(Done("going-on")))


class Wish(NamedTuple):
    """What is to be begun: how much is asked, whether only what may have changed, and of what (empty: the channel)."""

    mode: Mode
    again: bool
    subject: str


def read_start(rest: str) -> Wish:
    """Read "[quick|full|again] [SUBJECT]"; quick is the default."""
    first, _, others = rest.strip().partition(" ")
    if plain(first) in ("full", "quick", "again"):
        return Wish("full" if plain(first) == "full" else "quick", plain(first) == "again", others.strip())
    said = rest.strip().strip('"').strip()
    subject = "" if re.fullmatch(r"(?:an?|the|our)? ?(?:new )?assessment", plain(said)) else said
    return Wish("quick", again=False, subject=subject)


def _fresh(script: Script, around: Surroundings, event: Commanded, wish: Wish) -> State | None:
    """The state to begin with; None where there is nothing to ask again."""
    key = subject_key(wish.subject)
    last = max((s for s in around.states if s.subject_key == key), key=lambda s: s.began, default=None)
    known, facts = (last.subject, last.known_facts()) if last else (wish.subject, {})  # the known spelling is kept
    fresh = fresh_state(script, event, known, wish.mode, facts)
    if not wish.again:
        return fresh
    before = next((state for state in around.finished if state.subject_key == key), None)
    today = around.time.calendar(event.person.zone).day(event.at)
    return taken_over(script.library, fresh, before, today) if before is not None else None


def _near_subject(around: Surroundings, key: str) -> str | None:
    known = {s.subject_key: s.subject for s in around.states}
    near = near_subject(key, known) if key not in known else None
    return known[near] if near else None


def fresh_state(script: Script, order: Commanded, subject: str, mode: Mode, last_facts: Facts) -> State:
    """The state an assessment begins with; `last_facts` prefill its form."""
    return State(
        id=dialog_id(order.workspace, order.key),
        workspace=order.workspace,
        channel=order.channel,
        channel_name=order.channel_name,
        channel_kind=order.channel_kind,
        subject=subject,
        subject_key=subject_key(subject),
        starter=order.person.id,
        starter_name=order.person.name,
        began=order.at,
        mode=mode,
        content_version=script.library.version,
        zone=order.person.zone,
        last_facts=dict(last_facts),
    )
