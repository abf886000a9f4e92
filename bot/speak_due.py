"""A reminder that has come due: its message, and what becomes of it."""

from bot.blocks import Button, Message, actions, context, listing, message, section
from bot.mrkdwn import Mrkdwn, join
from bot.naming import CHOICE_NAMES, ago, fact_value, full_day, weekday
from bot.speak_course import levels_text
from bot.speak_reminders import when
from bot.words import Words
from dialogs import reminder_screens as r

_AGED_SHOWN = 5  # answers named in the message; the reassessment asks them all


def time_to_look(screen: r.TimeToLook, words: Words) -> Message:
    """The reminder itself."""
    reminder = screen.reminder
    late = f"{weekday(screen.late)} {full_day(screen.late)}" if screen.late else ""
    title = words("reminders.due_late" if late else "reminders.due", subject=reminder.subject, late=late)
    return message(
        section(join((title, _last(screen, words)))),
        section(_aged(screen, words)) if screen.state is not None else None,
        actions(*_choices(screen)),
        context(words("reminders.due_foot", running=screen.running is not None, when=when(reminder, words))),
    )


def _last(screen: r.TimeToLook, words: Words) -> Mrkdwn:
    if screen.state is None or screen.judgement is None:
        last = words("reminders.due_never")
    else:
        at = screen.state.assessed_at.date()
        levels = levels_text(screen.judgement, words)
        last = words("reminders.due_last", ago=ago(at, screen.today), date=full_day(at), levels=levels)
    if screen.running is None:
        return last
    return join((last, words("reminders.due_running", date=full_day(screen.running.began))))


def _aged(screen: r.TimeToLook, words: Words) -> Mrkdwn:
    state, library = screen.state, words.library
    if state is None or not (screen.aged or screen.aged_facts):
        return words("reminders.aged_none")
    lines = []
    for practice in screen.aged:
        given = state.answers[practice]
        title, choice = library.practices[practice].title, CHOICE_NAMES[given.choice]
        lines.append(
            words("reminders.aged_answer", title=title, choice=choice, name=given.name, date=full_day(given.at))
        )
    for key in screen.aged_facts:
        fact, known = library.facts[key], state.facts[key]
        value = fact_value(library, fact, known.value)
        named = {"title": fact.title, "value": value, "name": known.name, "date": full_day(known.at)}
        lines.append(words("reminders.aged_fact", **named))
    if len(lines) > _AGED_SHOWN:
        lines = [*lines[:_AGED_SHOWN], words("reminders.aged_more", number=len(lines) - _AGED_SHOWN)]
    return listing(words("reminders.aged"), lines)


def _choices(screen: r.TimeToLook) -> list[Button]:
    reminder = screen.reminder
    due = (reminder.message or "").removeprefix("due:")
    if screen.running is not None:
        begin = [Button("Continue", "continue", screen.running.id, screen.running.turn, style="primary")]
    else:
        begin = [
            Button("Start now", "remind-start", reminder.id, argument=f"again {due}", unique="again", style="primary"),
            Button("Full assessment", "remind-start", reminder.id, argument=f"full {due}", unique="full"),
        ]
    return [
        *begin,
        Button("Snooze a week", "remind-snooze", reminder.id, argument=f"week {due}", unique="week"),
        Button("Snooze a month", "remind-snooze", reminder.id, argument=f"month {due}", unique="month"),
        Button("Stop", "remind-stop", reminder.id, argument=f"stop {due}"),
    ]


def folded(screen: r.ReminderFolded, words: Words) -> Message:
    """The reminder once somebody chose."""
    instead = screen.instead_of
    text = words(
        f"reminders.folded_{screen.what}",
        subject=screen.reminder.subject,
        name=screen.name,
        when=when(screen.reminder, words),
        instead_of=f"{weekday(instead)} {full_day(instead)}" if instead else "",
    )
    return message(context(text))


def spent(screen: r.ReminderSpent, words: Words) -> Message:
    """Its buttons have done their work."""
    reminder = screen.reminder
    return message(section(words("reminders.spent", subject=reminder.subject, when=when(reminder, words))))


def stuck(screen: r.ReminderStuck, words: Words) -> Message:
    """To who set it: it can no longer be written."""
    archived = screen.error == "is_archived"
    text = words(
        "reminders.stuck",
        channel=f"#{screen.reminder.channel_name}",
        reason="it is archived" if archived else f"Slack says {screen.error}",
        subject=screen.reminder.subject,
        way_out=words("reminders.stuck_archived" if archived else "reminders.stuck_invite"),
    )
    return message(section(text))


def lonely(screen: r.ReminderLonely, words: Words) -> Message:
    """To who set it: nobody is left."""
    reminder = screen.reminder
    return message(section(words("reminders.lonely", channel=f"#{reminder.channel_name}", subject=reminder.subject)))
