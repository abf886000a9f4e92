"""Reminders: set, shown, offered; and in whose time they come."""

from zoneinfo import ZoneInfo

from bot.blocks import Block, Button, Message, actions, context, message, section
from bot.mrkdwn import Mrkdwn, join
from bot.naming import day, full_day, several, weekday
from bot.words import Words
from dialogs import reminder_screens as r
from dialogs.reminder import Reminder
from dialogs.schedule import Rhythm
from knowledge.zones import country_name

_SUBJECTS_SHOWN = 20  # buttons; Slack takes 25


def rhythm_text(rhythm: Rhythm | None, words: Words) -> Mrkdwn:
    """A rhythm in words: "every 3 months"; empty for a single day."""
    if rhythm is None:
        return Mrkdwn("")
    if rhythm.unit == "month" and rhythm.count == 12:  # noqa: PLR2004 - months of a year
        return words("reminders.every_year")
    return words(f"reminders.every_{rhythm.unit}{'' if rhythm.count == 1 else 's'}", count=rhythm.count)


def when(reminder: Reminder, words: Words) -> Mrkdwn:
    """When it comes, in its own time zone: "Mon 1 Mar 2027, 10:00"; empty while it rests."""
    if reminder.due is None:
        return Mrkdwn("")
    local = reminder.due.astimezone(ZoneInfo(reminder.zone))
    return words("reminders.when", weekday=weekday(local), date=full_day(local), time=f"{local:%H:%M}")


def _foot(reminder: Reminder, words: Words) -> Block:
    """In whose time, and what moves it."""
    local = reminder.due.astimezone(ZoneInfo(reminder.zone)).date() if reminder.due else None
    moved = reminder.day is not None and local is not None and reminder.day != local
    text = words(
        "reminders.set_foot",
        zone=words(f"reminders.zone_{reminder.zone_from}", zone=reminder.zone),
        country=country_name(reminder.country),
        moved=f"{weekday(reminder.day)} {day(reminder.day)}" if moved and reminder.day else "",
    )
    return context(text)


# --- setting one ---------------------------------------------------------------------------------------------------


def reminder_set(screen: r.ReminderSet, words: Words) -> Message:
    """Said back: when, how often, in whose time."""
    reminder = screen.reminder
    text = words(
        "reminders.set",
        subject=reminder.subject,
        when=when(reminder, words),
        rhythm=rhythm_text(reminder.rhythm, words),
        name=screen.name,
    )
    return message(section(text), _foot(reminder, words))


def proposed(screen: r.ReminderProposed, words: Words) -> Message:
    """What free words were taken to mean."""
    reminder = screen.reminder
    rhythm = rhythm_text(reminder.rhythm, words)
    text = words(
        "reminders.proposed", said=screen.said, when=when(reminder, words), rhythm=rhythm, subject=reminder.subject
    )
    return message(
        section(text),
        actions(Button("Set it", "remind-set", argument=screen.argument, style="primary")),
        _foot(reminder, words),
        context(words("reminders.proposed_foot")),
    )


def shown(screen: r.RemindersShown, words: Words) -> Message:
    """What is set in a channel, and what is not."""
    lines = [_line(reminder, words) for reminder in screen.reminders]
    blocks: list[Block] = []
    if lines:
        channel = f"#{screen.channel_name}"
        blocks.append(section(join((words("reminders.shown", channel=channel), *lines))))
        blocks.append(_foot(next((each for each in screen.reminders if each.due), screen.reminders[0]), words))
    if screen.without:
        named = several(screen.without)
        many = len(screen.without) + len(screen.reminders) > 1
        text = words("reminders.without", subjects=named, several=many, example=screen.without[0])
        blocks.append(section(text))
        if len(screen.without) == 1:
            subject = screen.without[0]
            blocks.append(
                actions(
                    Button("Every 3 months", "run", argument=f"remind every 3 months for {subject}", unique="3"),
                    Button("Every 6 months", "run", argument=f"remind every 6 months for {subject}", unique="6"),
                )
            )
    return message(*blocks)


def _line(reminder: Reminder, words: Words) -> Mrkdwn:
    if reminder.rests is not None:
        why = words(f"reminders.rests_{reminder.rests}")
        return words("reminders.line_rests", subject=reminder.subject, why=why)
    rhythm = rhythm_text(reminder.rhythm, words)
    return words(
        "reminders.line",
        subject=reminder.subject,
        when=when(reminder, words),
        rhythm=rhythm,
        snoozed=reminder.snoozed,
    )


def off(screen: r.ReminderOff, words: Words) -> Message:
    """Switched off, with the way back."""
    text = words("reminders.off", subject=screen.subject, name=screen.name)
    again = Button("Switch on again", "run", argument=f"remind {screen.argument}", unique="again")
    return message(section(text), actions(again) if screen.argument else None)


def which(screen: r.WhichReminder, words: Words) -> Message:
    """Several subjects: a button for each."""
    buttons = [
        Button(subject, "run", argument=f"remind {screen.rest} for {subject}", unique=str(number))
        for number, subject in enumerate(screen.subjects[:_SUBJECTS_SHOWN])
    ]
    return message(section(words("reminders.which")), actions(*buttons))


def offer(screen: r.ReminderOffer, words: Words) -> Message:
    """At the end of an assessment."""
    buttons = []
    for number, reminder in enumerate(screen.proposed):
        rhythm = rhythm_text(reminder.rhythm, words)
        local = reminder.due.astimezone(ZoneInfo(reminder.zone)) if reminder.due else None
        label = f"{rhythm[:1].upper()}{rhythm[1:]} ({full_day(local)})" if local else str(rhythm)
        argument = reminder.rhythm.literal if reminder.rhythm else ""
        style = "primary" if number == 0 else None
        buttons.append(Button(label, "remind", screen.dialog, argument=argument, unique=argument, style=style))
    return message(
        section(words("reminders.offer", subject=screen.subject)),
        actions(
            *buttons,
            Button("Another rhythm", "remind", screen.dialog, argument="other", unique="other"),
            Button("No reminder", "remind", screen.dialog, argument="off", unique="off"),
        ),
    )


def declined(screen: r.ReminderDeclined, words: Words) -> Message:
    """The offer, folded."""
    return message(context(words("reminders.declined", name=screen.name)))


def team_time(screen: r.TeamTime, words: Words) -> Message:
    """The zone, country and hour of a channel."""
    calendar = screen.time.calendar(screen.profile)
    text = words(
        "reminders.time",
        zone=calendar.zone,
        origin=words(f"reminders.time_{screen.time.origin(screen.profile)}"),
        country=country_name(calendar.country),
        guessed=bool(calendar.country) and screen.time.country is None,
        at=f"{calendar.at:%H:%M}",
        guests=screen.guests,
    )
    return message(section(text), context(words("reminders.time_foot")))
