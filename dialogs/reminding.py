"""What stands after "remind": read, said back, and set; for one subject of the channel."""

import datetime as dt
import re
from typing import NamedTuple

from dialogs.effects import Answer, Dismiss, Effect, Post, Remind
from dialogs.events import ChannelKind, Commanded, Person, Pressed, as_command
from dialogs.reminder import Reminder, reminder_id
from dialogs.reminder_screens import ReminderOff, ReminderProposed, ReminderSet, RemindersShown, WhichReminder
from dialogs.schedule import NotASchedule, Wanted, read_schedule
from dialogs.screens import Outdated, Problem, Screen
from dialogs.script import plain
from dialogs.state import near_subject, subject_key
from dialogs.surroundings import Surroundings

_WHOM = re.compile(r"^(?:please |us |me |the team |everybody |everyone |again |to look again )+", re.IGNORECASE)
_FOR = re.compile(r"(?:^|\s+)for\s+(.+)$", re.IGNORECASE)
_OFF = ("off", "stop", "never", "none", "no", "no more", "cancel")


def remind(around: Surroundings, event: Commanded, rest: str) -> tuple[Effect, ...]:
    """Answer `remind ...`: show what is set, switch off, set what was said exactly, or say back what was meant."""
    asked, said = _split(_WHOM.sub("", f"{rest} ").strip())
    known = _known(around)
    if not said and not asked:
        return (_shown(around, event, known),)
    try:
        subject = _subject(known, event, asked)
    except NotASchedule as problem:
        return (_told(problem),)
    if subject is None:
        return (Answer(WhichReminder(said, tuple(known.values()))),)
    return _of_subject(around, event, subject, said)


def _split(text: str) -> tuple[str, str]:
    """The subject after "for", and what stands before it."""
    if found := _FOR.search(text):
        return found[1].strip().strip('"'), text[: found.start()].strip()
    return "", text


def _known(around: Surroundings) -> dict[str, str]:
    """The subjects of the channel, by key: assessed, being assessed, or with a reminder."""
    assessed = {state.subject_key: state.subject for state in around.states}
    return assessed | {key: reminder.subject for key, reminder in around.reminders.items()}


def _subject(known: dict[str, str], event: Commanded, asked: str) -> str | None:
    """The subject that is meant; None where several could be. NotASchedule for one that nobody knows."""
    if asked:
        if (key := subject_key(asked)) in known:
            return known[key]
        if key == subject_key(event.channel_name) and event.channel_kind != "direct":
            return event.channel_name
        near = near_subject(key, known)
        names = known[near] if near else ", ".join(known[each] for each in sorted(known)) or event.channel_name
        raise NotASchedule("remind-unknown-subject", given=asked, known=names)
    if not known and event.channel_kind == "direct":
        raise NotASchedule("subject-missing")
    if not known:
        return event.channel_name
    return next(iter(known.values())) if len(known) == 1 else None


def _of_subject(around: Surroundings, event: Commanded, subject: str, said: str) -> tuple[Effect, ...]:
    reminder = around.reminders.get(subject_key(subject))
    if not said:
        shown = (reminder,) if reminder is not None else ()
        return (
            Answer(RemindersShown(shown, () if shown else (subject,), event.channel_name), f"remind for {subject}"),
        )
    if plain(said).strip(" .!") in _OFF:
        return _off(event, subject, reminder)
    whose = whose_of(around, event, subject)
    try:
        wanted = read_schedule(said, whose.day_there(around))
        made = arranged(around, whose, wanted)
    except NotASchedule as problem:
        return (_told(problem),)
    if wanted.literal:
        return Remind(made), Answer(ReminderSet(made), f"remind for {subject}")
    return (Answer(ReminderProposed(said, made, f"{literally(wanted)} for {subject}")),)


def _told(problem: NotASchedule) -> Answer:
    return Answer(Problem(problem.kind, problem.details))  # type: ignore[arg-type]  # kinds of Problem


def literally(wanted: Wanted) -> str:
    """A schedule in the exact form that is taken without asking back."""
    if wanted.rhythm is not None:
        return wanted.rhythm.literal
    return f"on {wanted.day}"


class Whose(NamedTuple):
    """Whose reminder it is: the subject, where it lives, and the person in whose time it comes."""

    workspace: str
    channel: str
    channel_name: str
    channel_kind: ChannelKind
    subject: str
    person: Person
    at: dt.datetime

    def day_there(self, around: Surroundings) -> dt.date:
        """The day it is for that person."""
        return around.time.calendar(self.person.zone).day(self.at)


def whose_of(around: Surroundings, event: Commanded, subject: str) -> Whose:
    """A reminder comes in the time of who started the last assessment; without any, of who asks for it."""
    started = [state for state in around.states if state.subject_key == subject_key(subject) and state.zone]
    last = max(started, key=lambda state: state.began, default=None)
    person = Person(last.starter, last.starter_name, zone=last.zone) if last is not None else event.person
    return Whose(event.workspace, event.channel, event.channel_name, event.channel_kind, subject, person, event.at)


def arranged(around: Surroundings, whose: Whose, wanted: Wanted) -> Reminder:
    """The reminder of a subject as this schedule makes it. NotASchedule where its hour is past already.

    A rhythm counts from the last assessment where that leads to a day still to come, else from today.
    """
    key, today = subject_key(whose.subject), whose.day_there(around)
    before = around.reminders.get(key)
    counted_from, day = _first_day(around, key, today, wanted)
    made = Reminder(
        id=before.id if before else reminder_id(whose.workspace, whose.channel, key),
        workspace=whose.workspace,
        channel=whose.channel,
        channel_name=whose.channel_name,
        channel_kind=whose.channel_kind,
        subject=whose.subject,
        subject_key=key,
        owner=whose.person.id,
        owner_name=whose.person.name,
        profile_zone=whose.person.zone,
        rhythm=wanted.rhythm,
        counted_from=counted_from,
        turn=before.turn if before else 0,
    ).on(around.time, day)
    if made.due is not None and made.due <= whose.at:
        tomorrow = today + dt.timedelta(days=1)
        raise NotASchedule("remind-past", day=today.isoformat(), example=tomorrow.isoformat())
    return made


def _first_day(around: Surroundings, key: str, today: dt.date, wanted: Wanted) -> tuple[dt.date, dt.date | None]:
    if wanted.rhythm is None:
        return today, wanted.day
    last = next((state for state in around.finished if state.subject_key == key), None)
    from_last = last.assessed_at.date() if last is not None else today
    if (day := wanted.rhythm.after(from_last, from_last)) > today:
        return from_last, day
    return today, wanted.rhythm.after(today, today)


def _off(event: Commanded, subject: str, reminder: Reminder | None) -> tuple[Effect, ...]:
    if reminder is None or reminder.rests is not None:
        return (Answer(RemindersShown((), (subject,), event.channel_name)),)
    return Remind(reminder.resting("off")), Answer(ReminderOff(subject, event.person.name, again(reminder)))


def again(reminder: Reminder) -> str:
    """What would switch a reminder on again, as it was; empty where its one day is past."""
    if reminder.rhythm is None and reminder.day is None:
        return ""
    return f"{literally(Wanted(reminder.rhythm, reminder.day, literal=True))} for {reminder.subject}"


def _shown(around: Surroundings, event: Commanded, known: dict[str, str]) -> Answer:
    active = [reminder for reminder in around.reminders.values() if reminder.rests != "off"]
    names = known or ({subject_key(event.channel_name): event.channel_name} if event.channel_kind != "direct" else {})
    without = tuple(name for key, name in names.items() if key not in {each.subject_key for each in active})
    screen = RemindersShown(tuple(active), without, event.channel_name)
    return Answer(screen, "remind" if active else None)


def confirm(around: Surroundings, event: Pressed) -> tuple[Effect, ...]:
    """Set what was said back: the click on "Set it". In a public message, everybody is told."""
    order = as_command(event, f"remind {event.argument}", "slash")
    effects = remind(around, order, event.argument)
    if not any(isinstance(effect, Remind) for effect in effects):
        return effects or (Answer(Outdated(None)),)
    kept = tuple(effect for effect in effects if not isinstance(effect, Answer))
    screens: list[Screen] = [effect.screen for effect in effects if isinstance(effect, Answer)]
    if event.private:
        return (*kept, *(Dismiss(screen) for screen in screens))
    named = [ReminderSet(s.reminder, event.person.name) if isinstance(s, ReminderSet) else s for s in screens]
    return (*kept, *(Post(f"set:{event.key}", screen, "thread") for screen in named))
