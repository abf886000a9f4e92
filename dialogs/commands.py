"""What stands after `/maturity` or a mention: parsed, and answered from what the channel has."""

import difflib
import re
from dataclasses import dataclass
from typing import NamedTuple, get_args

from dialogs.answers import Facts
from dialogs.asking import about_left
from dialogs.course import begin
from dialogs.effects import Answer, Begin, Effect, Join
from dialogs.events import Commanded
from dialogs.judgement import judge
from dialogs.screens import (
    AlreadyRunning,
    Help,
    LevelPage,
    NearSubject,
    NotMember,
    NotUnderstood,
    Problem,
    Started,
    Status,
)
from dialogs.script import CommandName, Script, plain
from dialogs.state import Mode, State, subject_key
from dialogs.walk import Walk, dialog_id

_NUMBER_WORDS = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4}
_NEARLY = 0.75  # how alike two words must be for one to be offered instead of the other (0 to 1)


class Surroundings(NamedTuple):
    """What a channel has: for each subject the running assessment, if any, and the last finished one."""

    states: tuple[State, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """A command understood: its name and what followed."""

    name: CommandName
    rest: str


def read_order(text: str) -> Order | None:
    """Read a command text; None where its first word is no command. An empty text asks for help."""
    first, _, rest = " ".join(text.split()).partition(" ")
    if not first:
        return Order("help", "")
    if found := re.fullmatch(r"(?:level|lvl|l)(\d+)", plain(first)):
        return Order("level", found[1])
    if plain(first) == "google" and re.fullmatch(r"(?:level|lvl)? ?\d+", plain(rest)):
        return Order("level", f"google {rest}")
    word = plain(first).strip(".,!?")
    return Order(get_name(word), rest) if word in get_args(CommandName) else None


def get_name(word: str) -> CommandName:
    """The word as a command's name."""
    names: tuple[CommandName, ...] = get_args(CommandName)
    return names[names.index(word)]


def answer_command(script: Script, around: Surroundings, event: Commanded) -> tuple[Effect, ...]:
    """Everything that follows a command."""
    order = read_order(event.text)
    if order is None:
        return (Answer(not_understood(script, event.text)),)
    if order.name == "help":
        return (Answer(Help()),)
    if order.name == "level":
        return (_level(event.text, order.rest),)
    if order.name == "status":
        return (_status(script, around, event, order.rest),)
    return start(script, around, event, order.rest)


def not_understood(script: Script, text: str) -> NotUnderstood:
    """Say so, and offer the nearest command where one is near."""
    short = text if len(text) <= script.file.limits.question else text[: script.file.limits.question - 1] + "…"
    first, _, rest = " ".join(text.split()).partition(" ")
    near = _near_command(script, plain(first))
    if near is None:
        return NotUnderstood(short)
    name = script.commands[near]
    takes_rest = name != "help" and len(rest) <= script.file.limits.subject
    return NotUnderstood(short, f"{name} {rest}".strip() if takes_rest else name)


def _near_command(script: Script, word: str) -> str | None:
    """The command word nearest to a typed one: the same letters in another order first, then the most alike."""
    swapped = [known for known in script.commands if sorted(known) == sorted(word)]
    alike = difflib.get_close_matches(word, list(script.commands), n=1, cutoff=_NEARLY)
    return next(iter((*swapped, *alike)), None)


def _level(text: str, rest: str) -> Answer:
    said = plain(rest).strip(" .?!")
    google = said.startswith("google")
    said = said.removeprefix("google").strip().removeprefix("level").strip()
    number = _NUMBER_WORDS.get(said, int(said) if re.fullmatch(r"\d{1,3}", said) else -1)
    if not 0 <= number <= (2 if google else 4):
        return Answer(Problem("unknown-level", {"given": rest, "model": "google" if google else "microsoft"}))
    return Answer(LevelPage("google" if google else "microsoft", number), share=text)


def _status(script: Script, around: Surroundings, event: Commanded, asked: str) -> Answer:
    wanted = [s for s in around.states if not asked or s.subject_key == subject_key(asked)]
    running = tuple(s for s in wanted if s.running)
    finished = tuple(s for s in wanted if s.phase == "finished")
    progress = {s.id: (len(s.answers), len(s.answers) + about_left(script.library, s)) for s in running}
    judgements = {s.id: judge(script.library, s.choices(), s.known_facts()) for s in finished}
    screen = Status(event.channel_name, asked or None, running, finished, progress, judgements)
    return Answer(screen, share=event.text if wanted else None)


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
    mode, subject = read_start(rest)
    subject = subject or (event.channel_name if event.channel_kind != "direct" else "")
    key = subject_key(subject)
    if not key:
        return (Answer(Problem("subject-missing", {})),)
    if len(subject) > script.file.limits.subject:
        details = {"length": len(subject), "limit": script.file.limits.subject}
        return (Answer(Problem("subject-too-long", details)),)
    if running := next((s for s in around.states if s.running and s.subject_key == key), None):
        return (Answer(AlreadyRunning(running, len(running.answers))),)
    if near := _near_subject(around, key) if not new else None:
        return (Answer(NearSubject(subject, near, mode)),)
    if event.bot_is_member is False and event.channel_kind != "direct" and not joining:
        argument = f"start {mode} {subject}"
        return (Answer(NotMember(event.channel_name, event.channel_kind == "channel", argument)),)
    last = max((s for s in around.states if s.subject_key == key), key=lambda s: s.began, default=None)
    known, facts = (last.subject, last.known_facts()) if last else (subject, {})  # the known spelling is kept
    walk = Walk(script, fresh_state(script, event, known, mode, facts), event)
    begin(walk)
    first: tuple[Effect, ...] = (Join(),) if joining else ()
    told: tuple[Effect, ...] = (Answer(Started(subject, mode)),) if event.by == "slash" else ()
    return (*first, Begin(walk.result()), *told)


def read_start(rest: str) -> tuple[Mode, str]:
    """Read "[quick|full] [SUBJECT]"; quick is the default."""
    first, _, others = rest.strip().partition(" ")
    if plain(first) == "full":
        return "full", others.strip()
    if plain(first) == "quick":
        return "quick", others.strip()
    return "quick", rest.strip().strip('"').strip()


def _near_subject(around: Surroundings, key: str) -> str | None:
    known = {s.subject_key: s.subject for s in around.states}
    if key in known:
        return None
    near = difflib.get_close_matches(key, list(known), n=1, cutoff=_NEARLY + 0.05)
    return known[near[0]] if near else None


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
        last_facts=dict(last_facts),
    )
