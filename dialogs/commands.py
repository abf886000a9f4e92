"""What stands after `/maturity` or a mention: parsed, and answered from what the channel has."""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import get_args

from dialogs.answering import answer_question
from dialogs.asking import about_left, answered_here
from dialogs.deleting import about_oneself, delete, export
from dialogs.effects import Answer, Effect, Whisper
from dialogs.events import Commanded
from dialogs.home_forms import names_subject, start_by_form
from dialogs.home_screens import StartHere
from dialogs.judgement import judge
from dialogs.looking_back import diff_command, export_command, history_command, report_command
from dialogs.planning import next_command
from dialogs.portfolio import asks_ranking, portfolio, ranking_refused
from dialogs.privacy_screens import SecretSeen
from dialogs.reminding import remind
from dialogs.screens import Help, LevelPage, NotUnderstood, Problem, Status
from dialogs.script import CommandName, Script, plain
from dialogs.secrets import holds_secret
from dialogs.starting import start
from dialogs.state import subject_key
from dialogs.surroundings import Surroundings
from dialogs.team_time import settings
from dialogs.updating_facts import told_screen
from dialogs.what_if_command import supposes, what_if_command
from knowledge.library import Library

_WHAT_IF = re.compile(r"\s*what[ -]?if\b[:,]?", re.IGNORECASE)
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
    if (supposed := _WHAT_IF.match(text)) is not None:
        return Order("what-if", text[supposed.end() :].strip())
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
    if event.by == "form":
        return start_by_form(script, around, event)
    order = read_order(event.text)
    question = order is None or order.name == "ask" or _asks(script.library, order, event)
    if not question and holds_secret(event.text):
        return (Whisper(SecretSeen("command")),)
    if order is None or question:
        return _ask(script, around, event, order.rest if order and order.name == "ask" else event.text)
    return _COMMANDS[order.name](script, around, event, order.rest)


def _export(around: Surroundings, event: Commanded, rest: str) -> tuple[Effect, ...]:
    """What is kept of the person who asks, or the files of a subject."""
    return export(around, event, rest) if about_oneself(event) else export_command(around, event, rest)


def _start(script: Script, around: Surroundings, event: Commanded, rest: str) -> tuple[Effect, ...]:
    """Begin here; a direct message is no place for a team, so there it is asked where."""
    if event.channel_kind == "direct" and not names_subject(rest):
        return (Answer(StartHere()),)
    return start(script, around, event, rest)


def _asks(library: Library, order: Order, event: Commanded) -> bool:
    """Whether what begins like a command is a question that has an answer: "start with monitoring or a registry?"."""
    answered = event.found is not None and event.found.topic is not None
    if order.name == "what-if":  # "what if we skip the registry?" supposes nothing that could be computed
        return answered and not supposes(library, order.rest)
    named = order.name not in ("help", "level", "ask")
    return answered and bool(order.rest) and named and event.text.rstrip().endswith("?")


def question_in(text: str) -> str:
    """The text without the word "ask" in front."""
    order = read_order(text)
    return order.rest if order is not None and order.name == "ask" else text


def _ask(script: Script, around: Surroundings, event: Commanded, text: str) -> tuple[Effect, ...]:
    """Answer a question; a near miss of a command that nothing answers is offered as the command."""
    if asks_ranking(text) and (event.found is None or event.found.topic is None):
        return ranking_refused(around, event)
    if read_order(event.text) is None and (screen := told_screen(script, around, text)) is not None:
        return (Answer(screen),)
    unsure = event.found is None or event.found.topic is None or len(text.split()) <= _COMMAND_WORDS
    unsure = unsure and not holds_secret(text)
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
    progress = {s.id: (answered_here(s), answered_here(s) + about_left(script.library, s)) for s in running}
    judgements = {s.id: judge(script.library, s.choices(), s.known_facts()) for s in finished}
    reminders = {key: each for key, each in around.reminders.items() if not asked or key == subject_key(asked)}
    screen = Status(event.channel_name, asked or None, running, finished, progress, judgements, reminders)
    return Answer(screen, share=event.text if wanted else None)


_COMMANDS: Mapping[CommandName, Callable[[Script, Surroundings, Commanded, str], tuple[Effect, ...]]] = {
    "help": lambda *_: (Answer(Help()),),
    "start": _start,
    "status": lambda script, around, event, rest: (_status(script, around, event, rest),),
    "level": lambda _, __, event, rest: (_level(event.text, rest),),
    "ask": _ask,
    "next": next_command,
    "report": report_command,
    "history": history_command,
    "diff": diff_command,
    "what-if": what_if_command,
    "portfolio": lambda _, around, event, rest: portfolio(around, event, rest),
    "remind": lambda _, around, event, rest: remind(around, event, rest),
    "settings": lambda _, around, event, rest: settings(around, event, rest),
    "delete": lambda _, around, event, rest: delete(around, event, rest),
    "export": lambda _, around, event, rest: _export(around, event, rest),
}
