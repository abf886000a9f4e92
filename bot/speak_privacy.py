"""What is kept of a person or a subject, its deletion, and secrets that were not kept."""

import re

from bot.blocks import Block, Button, Message, actions, context, message, section
from bot.mrkdwn import Mrkdwn
from bot.words import Words
from dialogs import privacy_screens as p

_SUBJECTS_SHOWN = 20
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def delete_me(screen: p.DeleteMe, words: Words) -> Message:
    """What goes with a person."""
    mine = screen.mine
    counts = {
        "answers": len(mine.answers),
        "facts": len(mine.facts),
        "notes": mine.notes,
        "started": len(mine.started),
        "reminders": len(mine.reminders),
        "ratings": len(mine.ratings),
        "settings": len(mine.settings),
        "written": len(mine.written),
        "plans": len(mine.plans),
        "policies": len(mine.policies),
        "greetings": len(mine.greetings),
    }
    lines = [words(f"privacy.mine_{name}", **{name: number}) for name, number in counts.items() if number]
    return message(
        section(words("privacy.delete_me", lines=lines)),
        actions(Button("Delete all about me", "delete-me", style="danger"), Button("Leave it", "leave-delete")),
    )


def nothing_about_you(_: p.NothingAboutYou, words: Words) -> Message:
    """Nothing is kept of who asks."""
    return message(section(words("privacy.nothing_about_you")))


def delete_subject(screen: p.DeleteSubject, words: Words) -> Message:
    """What goes with a subject."""
    held = screen.held
    counts = {
        "assessments": held.assessments,
        "answers": held.answers,
        "facts": held.facts,
        "results": held.results,
        "reminders": held.reminders,
    }
    parts = [words(f"privacy.held_{name}", number=number) for name, number in counts.items() if number]
    text = words("privacy.delete_subject", subject=held.subject, what=Mrkdwn(", ".join(parts)))
    return message(
        section(text),
        actions(
            Button("Delete it for good", "delete-subject", argument=held.subject, style="danger"),
            Button("Leave it", "leave-delete"),
        ),
    )


def may_not_delete(screen: p.MayNotDelete, words: Words) -> Message:
    """Who may."""
    held = screen.held
    starter = held.starter_name if held.starter else ""
    return message(section(words("privacy.may_not_delete", subject=held.subject, starter=starter)))


def which_to_delete(screen: p.WhichToDelete, words: Words) -> Message:
    """Several subjects: a button for each."""
    buttons = [
        Button(subject, "run", argument=f"delete {subject}", unique=str(number))
        for number, subject in enumerate(screen.subjects[:_SUBJECTS_SHOWN])
    ]
    return message(section(words("privacy.which_to_delete")), actions(*buttons))


def erased(_: p.Erased, words: Words) -> Message:
    """In the place of the first message of what was deleted."""
    return message(context(words("privacy.erased")))


def exported(screen: p.Exported, words: Words) -> Message:
    """A page of JSON, with a button for the next one."""
    head = words("privacy.exported", name=screen.name, page=screen.page, pages=screen.pages)
    more: Block | None = None
    if screen.page < screen.pages:
        more = actions(Button("Next part", "run", argument=f"export mine {screen.page + 1}", unique="next"))
    blocks = [section(_code(piece)) for piece in screen.pieces]
    return message(section(head), *blocks, context(words("privacy.exported_foot")), more)


def _code(text: str) -> Mrkdwn:
    """A block of code, as it is: entities escaped, and no sign in it ends the block."""
    shown = _CONTROL.sub("", text).replace("`", "\\u0060")
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        shown = shown.replace(sign, entity)
    return Mrkdwn(f"```{shown}```")


def secret_seen(screen: p.SecretSeen, words: Words) -> Message:
    """What was not kept, and what to do."""
    return message(section(words(f"privacy.secret_{screen.where}")))
