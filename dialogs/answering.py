"""Questions in people's own words: a curated page, the team's own results, or an honest refusal.

The index has looked the question up before; here it is decided what answers: the files, or what is stored of the team.
"""

import re
from typing import NamedTuple

from dialogs.answer_screens import Need, NeedForm, NeedResult, Refused, TeamPage, TopicPage, WhichSubject
from dialogs.effects import Effect, Miss, Open, Rate, Redraw, Refuse, Whisper
from dialogs.events import Commanded, Pressed, Said, Submitted
from dialogs.fact_finding import read_form
from dialogs.judgement import judge
from dialogs.privacy_screens import SecretSeen
from dialogs.roadmap import next_steps
from dialogs.screens import Done, Problem, Screen
from dialogs.script import Script
from dialogs.secrets import holds_secret
from dialogs.settling import settle, settling_facts
from dialogs.state import State, subject_key
from dialogs.surroundings import Surroundings
from dialogs.verdict import verdict
from knowledge.found import Found
from knowledge.library import Library
from knowledge.topics import is_topic

_NEED = re.compile(r"level/([0-4])/need")
_LETTERS = re.compile(r"\w")
_WORD = re.compile(r"[^\W_]+")
_SUBJECT = " for "  # "level/4/need for churn model"


class Reply(NamedTuple):
    """What answers a question: a screen, what else must follow, and whether others may want to see it."""

    screen: Screen
    effects: tuple[Effect, ...] = ()
    shareable: bool = True


def answer_question(
    script: Script, around: Surroundings, event: Commanded | Said, text: str, found: Found | None
) -> Reply:
    """Answer a question; what it asks of the team is answered from what the channel has.

    A secret in it is not kept: whoever pasted it is told.
    """
    reply = _answered(script, around, event, text, found)
    if not holds_secret(text):
        return reply
    return Reply(reply.screen, (*reply.effects, Whisper(SecretSeen("question"))), shareable=False)


def _answered(script: Script, around: Surroundings, event: Commanded | Said, text: str, found: Found | None) -> Reply:
    library, finished = script.library, around.finished
    address, subject = _addressed(library, text)
    if address is not None:
        near = around._replace(states=_of_subject(finished, subject))
        return Reply(_screen(library, near, event, Found(address)))
    if found is None or not _LETTERS.search(text):
        return Reply(Problem("question-missing", {}), shareable=False)
    if found.topic is None:
        return _refused(script, text, found)
    return Reply(_screen(library, around._replace(states=_named(finished, text)), event, found))


def _addressed(library: Library, text: str) -> tuple[str | None, str]:
    """Read an address, as buttons carry it: "level/4/need", "team/next for churn model"."""
    address, _, subject = text.strip().partition(_SUBJECT)
    return (address, subject) if is_topic(library, address) else (None, "")


def _refused(script: Script, text: str, found: Found) -> Reply:
    limit = script.file.limits.question
    kept = " ".join(text.split())
    if holds_secret(kept):
        return Reply(Refused(found.near, noted=False), shareable=False)
    return Reply(Refused(found.near, noted=True), (Miss(kept[:limit]),), shareable=False)


def _screen(library: Library, around: Surroundings, event: Commanded | Said, found: Found) -> Screen:
    topic, finished = found.topic or "", around.finished
    about_team = topic.startswith("team/") or _NEED.fullmatch(topic) is not None
    if not about_team or not finished:
        return TopicPage(topic, found.entry, event.at.date(), unknown_team=about_team)
    if len(finished) > 1:
        judgements = {state.id: judge(library, state.choices(), state.known_facts()) for state in finished}
        return WhichSubject(topic, finished, judgements)
    return _of_team(library, finished[0], around, event, found)


def _of_team(library: Library, state: State, around: Surroundings, event: Commanded | Said, found: Found) -> Screen:
    answers, facts = state.choices(), state.known_facts()
    judgement = judge(library, answers, facts)
    steps = next_steps(library, judgement, answers, facts)
    topic = found.topic or ""
    if need := _NEED.fullmatch(topic):
        level = int(need[1])
        return Need(level, state, judgement, verdict(library, answers, facts, level), steps, event.at.date())
    key = state.subject_key
    return TeamPage(topic, state, judgement, steps, found.about, around.past.get(key, ()), around.reminders.get(key))


def _of_subject(finished: tuple[State, ...], subject: str) -> tuple[State, ...]:
    key = subject_key(subject)
    return tuple(state for state in finished if not key or state.subject_key == key)


def _named(finished: tuple[State, ...], text: str) -> tuple[State, ...]:
    """The subjects that a question names, or all of them where it names none."""
    said = f" {_words(text)} "
    return tuple(state for state in finished if f" {_words(state.subject)} " in said) or finished


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


# Buttons and forms of answers -----------------------------------------------------------------------------------------


def rate(script: Script, event: Pressed) -> tuple[Effect, ...]:
    """Keep "Helpful" or "Not helpful"; the argument is "TOPIC ENTRY"."""
    topic, _, entry = event.argument.partition(" ")
    if not is_topic(script.library, topic):
        return (Whisper(Done("rated-old")),)
    helpful = event.action == "helpful"
    return Rate(topic, entry or topic, helpful), Whisper(Done("rated" if helpful else "rated-not"))


def open_need(script: Script, event: Pressed) -> tuple[Effect, ...]:
    """Open the form with the questions that settle a level; the argument is the level."""
    level = _level_of(script.library, event)
    if level is None:
        return (Whisper(Done("rated-old")),)
    return (Open(NeedForm(level, settling_facts(script.library, level))),)


def take_need(script: Script, event: Submitted) -> tuple[Effect, ...]:
    """Judge a level from the few facts of the form; nothing of it is kept."""
    library = script.library
    level = _level_of(library, event) or 0
    errors, values = read_form(library, settling_facts(library, level), event)
    facts = {key: value for key, value in values.items() if value is not None}
    return (Refuse(errors),) if errors else (Redraw(NeedResult(settle(library, level, facts))),)


def _level_of(library: Library, event: Pressed | Submitted) -> int | None:
    """The level that an argument names; None where there is none like it."""
    return next((level.number for level in library.microsoft.levels if str(level.number) == event.argument), None)
