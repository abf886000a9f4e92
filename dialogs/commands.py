"""What stands after `/maturity` or a mention: parsed, and answered from what the channel has."""

import difflib
import re
from dataclasses import dataclass
from typing import get_args

from dialogs.answering import answer_question
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
from dialogs.surroundings import Surroundings
from dialogs.walk import Walk, dialog_id

_NUMBER_WORDS = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4}
SHARED = 1_900  # characters of a question that a "Share in channel" button carries
_FEW_WORDS = 3  # after a misspelt command
_COMMAND_WORDS = 2  # a text no longer than this is a misspelt command rather than a question
_NEARLY = 0.75  # how alike two words must be for one to be offered instead of the other (0 to 1)


@dataclass(frozen=True, slots=True)
class Order:
    """A command understood: its name and what followed."""

    name: CommandName
    rest: str


def read_order(text: str) -> Order | None:
    """Read a command text; None where it is none, so that it may be a question. An empty text asks for help."""
    first, _, rest = " ".join(text.split()).partition(" ")
    if not first:
        return Order("help", "")
    if not rest and (found := re.fullmatch(r"(?:level|lvl|l)(\d+)", plain(first))):
        return Order("level", found[1])
    if plain(first) == "google" and re.fullmatch(r"(?:level|lvl)? ?\d+", plain(rest)):
        return Order("level", f"google {rest}")
    word = plain(first).strip(".,!?")
    if word not in get_args(CommandName) or (word == "help" and rest):
        return None
    if word == "level" and _level_named(rest) is None:
        return None  # "level 3 or 4 for us?" is a question
    return Order(get_name(word), rest)


def get_name(word: str) -> CommandName:
    """The word as a command's name."""
    names: tuple[CommandName, ...] = get_args(CommandName)
    return names[names.index(word)]


def answer_command(script: Script, around: Surroundings, event: Commanded) -> tuple[Effect, ...]:
    """Everything that follows a command."""
    order = read_order(event.text)
    if order is None or order.name == "ask" or _asks(order, event):
        return _ask(script, around, event, order.rest if order and order.name == "ask" else event.text)
    if order.name == "help":
        return (Answer(Help()),)
    if order.name == "level":
        return (_level(event.text, order.rest),)
    if order.name == "status":
        return (_status(script, around, event, order.rest),)
    return start(script, around, event, order.rest)


def _asks(order: Order, event: Commanded) -> bool:
    """Whether what begins like a command is a question that has an answer: "start with monitoring or a registry?"."""
    answered = event.found is not None and event.found.topic is not None
    return answered and bool(order.rest) and order.name in ("start", "status") and event.text.rstrip().endswith("?")


def question_in(text: str) -> str:
    """The text without the word "ask" in front."""
    order = read_order(text)
    return order.rest if order is not None and order.name == "ask" else text


def _ask(script: Script, around: Surroundings, event: Commanded, text: str) -> tuple[Effect, ...]:
    """Answer a question; a near miss of a command that nothing answers is offered as the command."""
    unsure = event.found is None or event.found.topic is None or len(text.split()) <= _COMMAND_WORDS
    if unsure and read_order(event.text) is None and (near := near_miss(script, event.text)):
        return (Answer(near),)
    reply = answer_question(script, around, event, text, event.found)
    share = f"ask {text}"[:SHARED] if reply.shareable else None
    return (*reply.effects, Answer(reply.screen, share=share))


def near_miss(script: Script, text: str) -> NotUnderstood | None:
    """Offer the nearest command where one is near: the first of a few words, misspelt."""
    short = text if len(text) <= script.file.limits.question else text[: script.file.limits.question - 1] + "…"
    first, _, rest = " ".join(text.split()).partition(" ")
    near = _near_command(script, plain(first)) if len(rest.split()) <= _FEW_WORDS else None
    if near is None:
        return None
    name = script.commands[near]
    takes_rest = name != "help" and len(rest) <= script.file.limits.subject
    return NotUnderstood(short, f"{name} {rest}".strip() if takes_rest else name)


def _near_command(script: Script, word: str) -> str | None:
    """The command word nearest to a typed one: the same letters in another order first, then the most alike."""
    swapped = [known for known in script.commands if sorted(known) == sorted(word)]
    alike = difflib.get_close_matches(word, list(script.commands), n=1, cutoff=_NEARLY)
    return next(iter((*swapped, *alike)), None)


def _level_named(rest: str) -> tuple[bool, int] | None:
    """Read which level is named: whether it is Google's, and its number; None where something else is said."""
    said = plain(rest).strip(" .?!")
    google = said.startswith("google")
    said = said.removeprefix("google").strip().removeprefix("level").strip()
    if said in _NUMBER_WORDS:
        return google, _NUMBER_WORDS[said]
    return (google, int(said)) if re.fullmatch(r"\d{1,3}", said) else None


def _level(text: str, rest: str) -> Answer:
    google, number = _level_named(rest) or (False, -1)
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
    said = rest.strip().strip('"').strip()
    return "quick", "" if re.fullmatch(r"(?:an?|the|our)? ?(?:new )?assessment", plain(said)) else said


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
