"""Answers to commands: help, a level, where things stand, and what stands in the way of a start."""

from bot.blocks import Block, Button, Message, actions, context, header, listing, message, section
from bot.mrkdwn import Mrkdwn, join, link
from bot.naming import day, sources_line
from bot.speak_course import levels_text
from bot.speak_reminders import rhythm_text, when
from bot.words import Words
from dialogs import screens as s
from dialogs.state import State
from knowledge.content import Level

PHASES = {"facts": "at the facts", "asking": "under way", "offer": "at the result", "paused": "paused"}


def permalink(workspace_url: str, state: State) -> Mrkdwn:
    """A link to an assessment's thread; empty until its parent message is posted."""
    if not state.thread or not workspace_url:
        return Mrkdwn("")
    url = f"{workspace_url.rstrip('/')}/archives/{state.channel}/p{state.thread.replace('.', '')}"
    return link(url, "Open the thread")


def help_screen(screen: s.Help, words: Words) -> Message:
    """Short help; in a thread, what can be typed there."""
    if screen.in_thread:
        return message(section(words("commands.help_thread")))
    return message(
        section(words("commands.help")),
        actions(
            Button("Start an assessment", "run", argument="start", unique="start", style="primary"),
            Button("Where do we stand?", "run", argument="status", unique="status"),
            Button("Do we need level 4?", "run", argument="ask level/4/need", unique="need"),
            Button("What can I ask?", "run", argument="ask bot/help", unique="ask"),
        ),
    )


def level_page(screen: s.LevelPage, words: Words) -> Message:
    """A level: highlights, technology, when to propose it, what comes next, sources."""
    google = screen.model == "google"
    level = words.library.google_level(screen.number) if google else words.library.level(screen.number)
    title = words("commands.google_title" if google else "commands.level_title", number=level.number, name=level.name)
    aliases = [name for name in level.aliases if name.casefold() != level.name.casefold()]
    blocks: list[Block | None] = [
        header(title),
        section(level.summary),
        context(words("commands.aliases", aliases=join(aliases, " · "))) if aliases else None,
    ]
    lists = (("Highlights", level.highlights), ("Technology", level.technology), ("When to propose it", level.when))
    blocks += [section(listing(name, points)) for name, points in lists if points]
    blocks.append(_next(level, words))
    blocks.append(context(*level.notes) if level.notes else None)
    sources = sources_line(words.library, level.sources)
    blocks.append(context(words("why.sources", sources=sources, one=len(level.sources) == 1)))
    return message(*blocks, _neighbours(screen))


def _next(level: Level, words: Words) -> Block:
    enough = words("commands.enough", enough=level.enough_when) if level.enough_when else Mrkdwn("")
    following = words("commands.next", next=level.next) if level.next else words("commands.top")
    return section(join((enough, following)))


def _neighbours(screen: s.LevelPage) -> Block:
    google, last = ("google ", 2) if screen.model == "google" else ("", 4)
    numbers = [n for n in (screen.number - 1, screen.number + 1) if 0 <= n <= last]
    name = "Google's level" if google else "Level"
    return actions(*(Button(f"{name} {n}", "run", argument=f"level {google}{n}", unique=f"{n}") for n in numbers))


def status(screen: s.Status, words: Words, workspace_url: str) -> Message:
    """What runs in a channel, and what was found last."""
    channel = f"#{screen.channel_name}"
    if not screen.running and not screen.finished and not screen.reminders:
        if screen.asked:
            return message(section(words("commands.status_none_of", subject=screen.asked, channel=channel)))
        return message(
            section(words("commands.status_none", channel=channel)),
            actions(Button("Start an assessment", "run", argument="start", unique="start", style="primary")),
        )
    blocks = []
    for state in screen.running:
        answered, about = screen.progress[state.id]
        phase = PHASES.get(state.phase, state.phase)
        where = permalink(workspace_url, state)
        text = words("commands.running", subject=state.subject, phase=phase, answered=answered, about=about, link=where)
        blocks.append(section(text))
    told = {state.subject_key for state in screen.finished}
    for state in screen.finished:
        levels = levels_text(screen.judgements[state.id], words)
        where = permalink(workspace_url, state)
        text = words("commands.finished", subject=state.subject, levels=levels, date=day(state.assessed_at), link=where)
        blocks.append(section(join((text, *_reminder(screen, state.subject_key, "commands.reminder", words)))))
    for key in screen.reminders:
        if key not in told:
            blocks += [section(text) for text in _reminder(screen, key, "commands.reminder_alone", words)]
    return message(*blocks)


def _reminder(screen: s.Status, key: str, name: str, words: Words) -> list[Mrkdwn]:
    """When a subject is looked at again, if it is."""
    reminder = screen.reminders.get(key)
    if reminder is None or reminder.due is None:
        return []
    rhythm = rhythm_text(reminder.rhythm, words)
    return [words(name, subject=reminder.subject, when=when(reminder, words), rhythm=rhythm)]


def already_running(screen: s.AlreadyRunning, words: Words, workspace_url: str) -> Message:
    """The subject is being assessed: go on, or start over."""
    state = screen.state
    text = words(
        "commands.already_running",
        subject=state.subject,
        answered=screen.answered,
        link=permalink(workspace_url, state),
    )
    return message(
        section(text),
        actions(
            Button("Continue", "continue", state.id, state.turn, style="primary"),
            Button("Start over", "start-over", state.id, state.turn, state.mode, style="danger"),
        ),
    )


def started(screen: s.Started, words: Words) -> Message:
    """The private confirmation of a start."""
    mode = "quick: the overall level first" if screen.mode == "quick" else "full: every question"
    mode = "again: only what may have changed" if screen.again else mode
    return message(section(words("commands.started", subject=screen.subject, mode=mode)))


def near_subject(screen: s.NearSubject, words: Words) -> Message:
    """Two names that are nearly the same."""
    return message(
        section(words("commands.near_subject", known=screen.known, asked=screen.asked)),
        actions(
            Button(f"Yes, {screen.known}", "run", argument=f"start {screen.mode} {screen.known}", unique="known"),
            Button(f"No, start {screen.asked}", "start-new", argument=f"start {screen.mode} {screen.asked}"),
        ),
    )


def not_member(screen: s.NotMember, words: Words) -> Message:
    """The bot is not in the channel."""
    if not screen.can_join:
        return message(section(words("commands.not_member_private")))
    return message(
        section(words("commands.not_member", channel=f"#{screen.channel_name}")),
        actions(Button("Add me", "join", argument=screen.argument, style="primary")),
    )


def crowded(screen: s.Crowded, words: Words) -> Message:
    """Very many people would see it."""
    text = words("commands.crowded", channel=f"#{screen.channel_name}", people=f"{screen.people:,}")
    return message(section(text), actions(Button("Start it here", "start-new", argument=screen.argument)))


def not_understood(screen: s.NotUnderstood, words: Words) -> Message:
    """No command, but a near one."""
    text = words("commands.not_understood_near", text=screen.text, suggestion=screen.suggestion)
    button = Button(f"Yes: {screen.suggestion}", "run", argument=screen.suggestion, unique="near", style="primary")
    as_question = Button("No, it is a question", "run", argument=f"ask {screen.text}", unique="ask")
    return message(section(text), actions(button, as_question))
