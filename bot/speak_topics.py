"""Answers to questions as messages: the page of a topic, a refusal, and which subject is meant."""

import datetime as dt
import re

from bot.blocks import Block, Button, Message, actions, context, message, section
from bot.mrkdwn import Mrkdwn, join
from bot.naming import full_day, sources_line
from bot.speak_course import levels_text
from bot.topic_bodies import Body, body_of
from bot.words import Words
from dialogs import answer_screens as a
from knowledge.topics import is_topic, related, title

_NEED = re.compile(r"level/([0-4])/need")
_SUBJECTS_SHOWN = 8
SETTLE = "Answer the questions that settle it"  # the button that opens them


def topic_page(screen: a.TopicPage, words: Words) -> Message:
    """A curated answer: verdict, reasons, sources with their days of review, related questions, and did it help."""
    body = body_of(screen.topic, screen.entry, words)
    general = context(words("topics.general")) if screen.unknown_team else None
    return message(
        section(words("topics.verdict", verdict=body.verdict)),
        *body.blocks,
        general,
        *_small_print(body, screen.today, words),
        _offers(screen) if screen.unknown_team else None,
        foot(screen.topic, screen.entry, words),
    )


def _small_print(body: Body, today: dt.date, words: Words) -> list[Block]:
    lines = [Mrkdwn(text) if isinstance(text, Mrkdwn) else text for text in body.small]
    if body.review_by and today > body.review_by:
        lines.append(words("topics.aged", day=full_day(body.review_by)))
    sources = words("why.sources", sources=sources_line(words.library, body.sources), one=len(body.sources) == 1)
    if body.reviewed_on and not body.sources:
        sources = words("topics.reviewed", day=full_day(body.reviewed_on))
    blocks = [context(join(lines))] if lines else []
    return [*blocks, context(sources)] if body.sources or body.reviewed_on else blocks


def _offers(screen: a.TopicPage) -> Block:
    """What makes a general answer one about the team: a few questions, or an assessment."""
    if need := _NEED.fullmatch(screen.topic):
        return actions(
            Button(SETTLE, "need", argument=need[1], style="primary"),
            Button("Full assessment", "run", argument="start full", unique="start"),
        )
    return actions(Button("Start an assessment", "run", argument="start", unique="start", style="primary"))


def foot(topic: str, entry: str | None, words: Words) -> Block:
    """Two related questions, and whether the answer helped."""
    library = words.library
    near = related(library, topic, library.entries.get(entry or ""))
    questions = [
        Button(title(library, each), "run", argument=f"ask {each}", unique=f"near{n}") for n, each in enumerate(near)
    ]
    rated = f"{topic} {entry or topic}"
    return actions(
        *questions,
        Button("Helpful", "helpful", argument=rated),
        Button("Not helpful", "unhelpful", argument=rated),
    )


def refused(screen: a.Refused, words: Words, expert_channel: str | None) -> Message:
    """Nothing curated answers: the nearest topics, and whom to ask."""
    library = words.library
    near = [each for each in screen.near if is_topic(library, each)]
    expert = _channel(expert_channel) if expert_channel else ""
    buttons = [
        Button(title(library, each), "run", argument=f"ask {each}", unique=f"near{n}") for n, each in enumerate(near)
    ]
    text = words("topics.refused", near=bool(near), expert=expert, noted=screen.noted)
    help_button = Button("What can I ask?", "run", argument="ask bot/help", unique="help")
    return message(section(text), actions(*buttons, help_button))


def _channel(name: str) -> str:
    return name if name.startswith("#") else Mrkdwn(f"<#{name}>")


def which_subject(screen: a.WhichSubject, words: Words) -> Message:
    """Several subjects: each in a line with its levels, and a button that answers for it."""
    shown = screen.states[:_SUBJECTS_SHOWN]
    lines = [
        Mrkdwn("• ")
        + words("topics.which_line", subject=state.subject, levels=levels_text(screen.judgements[state.id], words))
        for state in shown
    ]
    buttons = [
        Button(state.subject, "run", argument=f"ask {screen.topic} for {state.subject}", unique=f"subject{n}")
        for n, state in enumerate(shown)
    ]
    text = join((words("topics.which_subject"), *(Mrkdwn(line) for line in lines)))
    return message(section(text), actions(*buttons))
