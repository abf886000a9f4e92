"""Messages that were edited, deleted, or written in another place than the bot looks; several answers in one."""

from collections.abc import Iterable

from bot.blocks import Button, Message, actions, context, message, section, sections
from bot.mrkdwn import Mrkdwn, join
from bot.naming import CHOICE_LABELS, CHOICE_NAMES
from bot.speak_answers import permalink
from bot.words import Words
from dialogs import change_screens as c


def several_taken(screen: c.SeveralTaken, words: Words) -> Message:
    """The answers of one message, a line each."""
    last = screen.lines[-1].number
    head = words("changes.several", answers=len(screen.lines), name=screen.name)
    return message(*sections(join((head, *_lines(screen.lines, words)))), context(words("changes.wrong", number=last)))


def edit_unread(screen: c.EditUnread, words: Words) -> Message:
    """The answers stay as they were before the edit."""
    head = words("changes.unread", answers=len(screen.lines))
    foot = words("changes.unread_foot", number=screen.lines[0].number)
    return message(*sections(join((head, *_lines(screen.lines, words), foot))))


def withdraw_offer(screen: c.WithdrawOffer, words: Words) -> Message:
    """Keep or withdraw what a deleted message said."""
    head = words("changes.deleted", answers=len(screen.lines))
    argument = f"{screen.ts} {','.join(line.practice for line in screen.lines)}"
    return message(
        *sections(join((head, *_lines(screen.lines, words)))),
        actions(
            Button("Keep", "keep", screen.dialog),
            Button("Withdraw", "withdraw", screen.dialog, argument=argument, style="danger"),
        ),
    )


def withdrawn(screen: c.Withdrawn, words: Words) -> Message:
    """What is open again."""
    head = words("changes.withdrawn", answers=len(screen.lines), name=screen.name)
    return message(*sections(join((head, *_lines(screen.lines, words)))))


def moved(screen: c.Moved, words: Words) -> Message:
    """The new parent message."""
    state = screen.state
    where = "question" if screen.number else "offer" if state.phase == "offer" else "facts"
    at = words(f"changes.moved_{where}", number=screen.number or 0, about=screen.about)
    return message(section(words("changes.moved", subject=state.subject, at=at)))


def moved_away(screen: c.MovedAway, words: Words, workspace_url: str) -> Message:
    """Where it goes on."""
    link = permalink(workspace_url, screen.state) if screen.posted else Mrkdwn("")
    return message(section(words("changes.moved_away", subject=screen.state.subject, link=link)))


def meant_for(screen: c.MeantFor, words: Words) -> Message:
    """Asks whether it was for the open question."""
    text = words(
        "changes.meant",
        subject=screen.subject,
        number=screen.number,
        title=words.library.practices[screen.practice].title,
        choice=CHOICE_NAMES[screen.choice],
        note=screen.note or "",
    )
    argument = f"{screen.practice}={screen.choice} {screen.note or ''}".strip()
    return message(
        section(text),
        actions(
            Button(f"Take it as {CHOICE_LABELS[screen.choice]}", "meant", screen.dialog, argument=argument),
            Button("No", "stay", screen.dialog),
        ),
    )


def picture_seen(screen: c.PictureSeen, words: Words) -> Message:
    """Pictures cannot be read, a line about them can."""
    title = words.library.practices[screen.practice].title
    return message(section(words("changes.picture", number=screen.number, title=title, files=screen.files)))


def _lines(lines: Iterable[c.AnswerLine], words: Words) -> list[Mrkdwn]:
    return [
        words(
            "changes.line",
            number=line.number,
            title=words.library.practices[line.practice].title,
            choice=CHOICE_NAMES[line.now.choice],
            note=line.now.note or "",
            was=CHOICE_NAMES[line.was.choice] if line.was is not None else "",
        )
        for line in lines
    ]
