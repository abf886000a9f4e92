"""The gallery's second room: reminders, nudges, reassessments, facts told in words."""

import datetime as dt
from collections.abc import Iterator

from dialogs import reminder_screens as r
from dialogs import screens as s
from dialogs.judgement import judge
from dialogs.reminder import Reminder, reminder_id
from dialogs.schedule import Rhythm
from dialogs.sections import full_order
from dialogs.state import OpenQuestion, State
from dialogs.working_time import WorkingTime
from knowledge.library import Library

DUE = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)
DAY = DUE.date()
TIME = WorkingTime()


def reminder_of(subject: str = "fraud-detection", months: int | None = 3, **changes: object) -> Reminder:
    """A reminder due on 1 March 2027, set by Ana in Berlin."""
    return Reminder(
        id=reminder_id("T1", "C1", subject),
        workspace="T1",
        channel="C1",
        channel_name="fraud-detection",
        subject=subject,
        subject_key=subject,
        owner="U1",
        owner_name="Ana",
        profile_zone="Europe/Berlin",
        rhythm=Rhythm(count=months, unit="month") if months else None,
        counted_from=dt.date(2026, 12, 1),
    ).on(TIME, DAY, message=f"due:{DUE.isoformat()}", **changes)


def again(library: Library, state: State, nasty: str, long: str) -> Iterator[tuple[str, s.Screen]]:
    """Examples of every screen; `state` is a finished assessment, `nasty` and `long` are subjects."""
    yield from _setting(nasty, long)
    yield from _due(library, state, nasty)
    yield from _quiet(library, state, nasty)
    yield from _told(library, state)


def _setting(nasty: str, long: str) -> Iterator[tuple[str, s.Screen]]:
    yield "reminder set", r.ReminderSet(reminder_of())
    yield "reminder set once", r.ReminderSet(reminder_of(months=None), nasty)
    yield "reminder nowhere", r.ReminderSet(reminder_of().with_(zone_from="default", zone="UTC"))
    yield "reminder moved", r.ReminderSet(reminder_of(country="DE").with_(day=DAY - dt.timedelta(days=2)))
    weekly = reminder_of(nasty).with_(zone_from="profile", country="DE-BY", rhythm=Rhythm(count=1, unit="week"))
    yield "reminder set weekly", r.ReminderSet(weekly)
    other = reminder_of(nasty).with_(zone_from="channel", rhythm=Rhythm(count=2, unit="week"))
    yield "reminder set fortnightly", r.ReminderSet(other)
    yield "reminder proposed", r.ReminderProposed(nasty, reminder_of(long, 1), f"every 1 months for {long}")
    yield "reminder proposed once", r.ReminderProposed("in 6 weeks", reminder_of(months=None), "on 2027-03-01 for x")
    rests = tuple(reminder_of(f"{why} {nasty}"[:80]).resting(why) for why in ("off", "over", "channel", "nobody"))
    yield "reminders", r.RemindersShown((reminder_of(months=12, snoozed=True), *rests), (nasty, "b"), "ml-fraud")
    yield "reminders none", r.RemindersShown((), (long,), "ml-fraud")
    yield "reminder off", r.ReminderOff(nasty, "Ana", f"every 3 months for {long}")
    yield "reminder off for good", r.ReminderOff(nasty, "Ana", "")
    yield "which reminder", r.WhichReminder("every 3 months", tuple(f"{n} {long}"[:80] for n in range(30)))
    yield "reminder offer", r.ReminderOffer("d1", nasty, (reminder_of(), reminder_of(months=6)))
    yield "reminder declined", r.ReminderDeclined(nasty)
    yield "team time default", r.TeamTime("ml-fraud", TIME, "")
    yield "team time profile", r.TeamTime("ml-fraud", TIME, "Europe/Berlin")
    yield "team time guests", r.TeamTime("ml-fraud", TIME, "", guests=True)
    yield "team time channel", r.TeamTime("ml-fraud", TIME._replace(zone="Asia/Kolkata", country=""), "Europe/Berlin")


def _due(library: Library, state: State, nasty: str) -> Iterator[tuple[str, s.Screen]]:
    judgement = judge(library, state.choices(), state.known_facts())
    practices, facts = tuple(state.answers), tuple(state.facts)
    yield "due", r.TimeToLook(reminder_of(), DAY, state, judgement, practices, facts)
    yield "due few", r.TimeToLook(reminder_of(), DAY, state, judgement, practices[:1], facts[:1], DAY)
    yield "due nothing aged", r.TimeToLook(reminder_of(months=None), DAY, state, judgement, (), ())
    yield "due never assessed", r.TimeToLook(reminder_of(nasty), DAY, None, None, (), ())
    yield "due unfinished", r.TimeToLook(reminder_of(), DAY, state, judgement, (), (), None, state)
    for what in ("again", "full", "snoozed", "stopped"):
        yield f"reminder {what}", r.ReminderFolded(reminder_of(nasty), what, nasty)
    yield "reminder snoozed far", r.ReminderFolded(reminder_of(), "snoozed", "Ana", DAY)
    yield "reminder spent", r.ReminderSpent(reminder_of(nasty))
    yield "reminder spent for good", r.ReminderSpent(reminder_of().resting("over"))
    yield "reminder stuck", r.ReminderStuck(reminder_of(nasty), "is_archived")
    yield "reminder stuck outside", r.ReminderStuck(reminder_of(nasty), "not_in_channel")
    yield "reminder lonely", r.ReminderLonely(reminder_of(nasty))


def _quiet(library: Library, state: State, nasty: str) -> Iterator[tuple[str, s.Screen]]:
    question = OpenQuestion(about="practice", id="M1-C-2", slot="question:1:1", turn=1)
    open_ = state.model_copy(update={"question": question, "numbers": {"M1-C-2": 7}, "phase": "asking"})
    yield "nudge", r.Nudge(open_, 12, DAY)
    yield "nudge facts", r.Nudge(state.model_copy(update={"question": None, "phase": "facts"}), 1, DAY)
    yield "nudge offer", r.Nudge(state.model_copy(update={"question": None, "phase": "offer"}), 0, DAY)
    yield "rested", r.Rested("d1")
    judgement = judge(library, state.choices(), state.known_facts())
    yield "rest summary", r.RestSummary(state.model_copy(update={"subject": nasty}), 9, judgement)
    bare = state.model_copy(update={"answers": {}, "facts": {}})
    yield "rest summary bare", r.RestSummary(bare, 28, judge(library, {}, {}))
    yield "parent again", s.Parent(open_.model_copy(update={"since": DAY}), 9, 5)
    yield "recheck", r.Recheck("d1", DAY, full_order(library)[:9], 14)
    yield "recheck one kept", r.Recheck("d1", DAY, full_order(library)[:1], 1)
    yield "recheck alone", r.Recheck("d1", DAY, full_order(library), 0)
    yield "recheck done", r.RecheckDone(DAY, 6, 3)
    yield "facts kept", s.FactsInvitation("d1", prefilled=True, kept=state.known_facts())
    known = next(iter(state.answers.items()))
    yield "question rechecked", s.Question("d1", known[0], 3, 12, 0.2, 5, known[1], rechecks=9)
    yield "question rechecked last", s.Question("d1", known[0], 3, 12, 0.2, 5, known[1], rechecks=1)


def _told(library: Library, state: State) -> Iterator[tuple[str, s.Screen]]:
    facts = state.known_facts()

    def changed(fact: str, value: str | int) -> r.FactTold:
        before, after = (judge(library, state.choices(), each) for each in (facts, {**facts, fact: value}))
        return r.FactTold(state, fact, state.facts.get(fact), value, before, after)

    yield "fact told higher", changed("retraining", "daily")
    yield "fact told lower", changed("stage", "poc")
    yield "fact told stays", changed("label_delay", "weeks")
    yield "fact told same", changed("use_cases", facts["use_cases"])  # type: ignore[arg-type]  # a count
    for name in ("retraining", "use_cases"):
        told = changed(name, "daily" if name == "retraining" else 4)
        yield f"facts updated {name}", r.FactsUpdated(state.subject, {name: told.value}, "Ana", told.before, told.after)
