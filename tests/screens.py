"""A gallery: examples of every screen and every modal from the real library, the nasty ones included.

Text in `NASTY` is what people might type to make the bot ping, link or format something.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from bot.home_view import closed_view, home_view
from bot.words import Words
from dialogs import answer_screens as a
from dialogs import reminder_screens as r
from dialogs import result_screens as x
from dialogs import screens as s
from dialogs.answers import CHOICES, Choice, FactValue
from dialogs.home_screens import HomeClosed
from dialogs.judgement import judge
from dialogs.ladders import risk_ids
from dialogs.plan import Plan
from dialogs.roadmap import next_steps
from dialogs.sections import practices_by_section
from dialogs.settling import settle, settling_facts
from dialogs.state import Given, GivenFact, State, subject_key
from dialogs.surroundings import Past
from dialogs.verdict import verdicts
from knowledge.content import DIMENSIONS
from knowledge.found import About
from knowledge.library import Library
from screens_again import again, reminder_of
from screens_changes import changes
from screens_home import home_modals, homes, portfolio
from screens_privacy import privacy
from screens_results import WHOLE, results

NOON = dt.datetime(2026, 11, 3, 12, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 26)
LONG_AFTER = dt.date(2030, 1, 1)
TEAM_TOPICS = tuple(f"team/{t}" for t in ("level", "blockers", "next", "target", "history", "answers", "reminder"))
NASTY = "<!channel> <@U1> *bold* _it_ ~gone~ `code` <https://example.org|here> & more"
LONG_NAME = "N" * 75
LONG_SUBJECT = "s" * 80
LONG_NOTE = ("<!here> a very long note, " * 25)[:500]
D = "d1a2b3c4d5e6"
TOPICS = ("overall", *DIMENSIONS, "google", "target", "provisional", "risks")
PRODUCTION: Mapping[str, FactValue] = {
    "stage": "production",
    "use_cases": 3,
    "importance": "medium",
    "retraining": "quarterly",
    "staleness": "none",
    "adaptive": False,
    "regulation": "none",
    "team": "4-10",
    "stack": ("mlflow", "airflow"),
}
TOP: Mapping[str, FactValue] = {
    **PRODUCTION,
    "staleness": "costly",
    "label_delay": "hours",
    "on_call": True,
    "retraining_budget": True,
}
FOR_LEVEL_4: Mapping[str, FactValue] = {**PRODUCTION, "staleness": "costly", "regulation": "approval"}


def given(choice: Choice, name: str = "Ana", note: str | None = None) -> Given:
    """An answer of 3 November."""
    return Given(choice=choice, note=note, person="U1", name=name, at=NOON)


def state_of(
    answers: Mapping[str, Choice],
    facts: Mapping[str, FactValue] | None = None,
    *,
    subject: str = "fraud-detection",
    name: str = "Ana",
    note: str | None = None,
    **fields: Any,
) -> State:
    """An assessment with these answers, all by one person, and these facts."""
    known = {key: GivenFact(value=value, person="U1", name=name, at=NOON) for key, value in (facts or {}).items()}
    shown = {practice: given(choice, name, note) for practice, choice in answers.items()}
    return State(
        **{
            "id": D,
            "workspace": "T1",
            "channel": "C1",
            "channel_name": "ml-fraud",
            "subject": subject,
            "subject_key": subject_key(subject),
            "starter": "U1",
            "starter_name": name,
            "began": NOON,
            "mode": "quick",
            "content_version": "1",
            "thread": "1700000000.000100",
            "answers": shown,
            "numbers": {practice: number for number, practice in enumerate(shown, start=1)},
            "facts": known,
        }
        | fields
    )


def everything(library: Library, choice: Choice) -> dict[str, Choice]:
    """The same answer to every practice that is asked."""
    return {practice.id: choice for practice in library.asked()}


def up_to(library: Library, level: int) -> dict[str, Choice]:
    """Every practice of the levels up to this one in place, and all others not; no risk."""
    return {
        practice.id: "yes" if (practice.level or 0) <= level or practice.id in risk_ids(library) else "no"
        for practice in library.asked()
    }


def provisional(library: Library) -> dict[str, Choice]:
    """Level 1, and level 2 but for two gates that nobody knows about."""
    return {**up_to(library, 2), "M2-C-8": "unknown", "M2-C-4": "unknown"}


def overall_only(library: Library) -> dict[str, Choice]:
    """People hold the overall level at 1 for sure; model creation may be at 1 or at 2."""
    people = {practice.id: "no" for practice in library.cell("people", 2)}
    return {**up_to(library, 2), **people, "M2-C-8": "unknown"}  # type: ignore[dict-item]  # "no" is a choice


def share_missing(library: Library) -> dict[str, Choice]:
    """Every gate up to level 2 in place, and too little beside the gates of model creation at level 2."""
    others = {practice.id: "no" for practice in library.cell("model-creation", 2) if not practice.gate}
    return {**up_to(library, 2), **others}  # type: ignore[dict-item]  # "no" is a choice


def teams(library: Library) -> dict[str, State]:
    """Teams that a report may be about."""
    nasty = {"subject": NASTY[:80], "name": NASTY[:75], "note": LONG_NOTE}
    return {
        "nothing known": state_of({}),
        "all no": state_of(everything(library, "no"), PRODUCTION),
        "all partly": state_of(everything(library, "partly"), PRODUCTION),
        "all unknown": state_of(everything(library, "unknown"), PRODUCTION),
        "all yes": state_of(everything(library, "yes"), PRODUCTION),
        "all na": state_of({p.id: "na" if p.na_when else "yes" for p in library.asked()}, PRODUCTION),
        "one below": state_of(up_to(library, 1), PRODUCTION),
        "done": state_of(up_to(library, 2), PRODUCTION),
        "reached so far": state_of(up_to(library, 2), {"stage": "production", "use_cases": 3}),
        "provisional": state_of(provisional(library), PRODUCTION),
        "overall settled": state_of(overall_only(library), PRODUCTION),
        "share missing": state_of(share_missing(library), PRODUCTION),
        "level 4 to close": state_of(up_to(library, 2), FOR_LEVEL_4),
        "level 4 approval": state_of(
            {**everything(library, "yes"), **{p.id: "no" for p in library.practices.values() if p.id.startswith("M4")}},
            {**TOP, "regulation": "approval"},
        ),
        "top": state_of(everything(library, "yes"), TOP),
        "poc": state_of(everything(library, "no"), {"stage": "poc"}),
        "half the facts": state_of(up_to(library, 1), {"stage": "production", "use_cases": 3}),
        "nasty": state_of(everything(library, "no"), PRODUCTION, **nasty),
        "long": state_of(everything(library, "partly"), PRODUCTION, subject=LONG_SUBJECT, name=LONG_NAME),
    }


def gallery(library: Library) -> dict[str, s.Screen]:
    """Every screen, by a name that says which example it is."""
    found: dict[str, s.Screen] = {}
    for part in (_questions, _facts, _course, _results, _commands, _answers, _notices):
        found |= dict(part(library))
    found |= dict(changes(teams(library)["done"], NASTY[:80], LONG_NOTE))
    found |= dict(portfolio(NASTY[:80], LONG_SUBJECT))
    found |= dict(results(library, teams(library), NASTY[:80]))
    return found | dict(again(library, teams(library)["done"], NASTY[:80], LONG_SUBJECT)) | dict(privacy(NASTY[:80]))


def _answers(library: Library) -> Iterator[tuple[str, s.Screen]]:
    """Every page there is, every verdict, and everything a team may ask about itself."""
    for topic in every_topic(library):
        yield f"topic {topic}", a.TopicPage(topic, None, TODAY)
    for name, entry in library.entries.items():
        yield f"entry {name}", a.TopicPage(entry.topic, name, LONG_AFTER)
    for level in range(5):
        yield f"general need {level}", a.TopicPage(f"level/{level}/need", None, TODAY, unknown_team=True)
    for topic in TEAM_TOPICS:
        yield f"general {topic}", a.TopicPage(topic, None, TODAY, unknown_team=True)
    for name, state in teams(library).items():
        choices, facts = state.choices(), state.known_facts()
        judgement = judge(library, choices, facts)
        steps = next_steps(library, judgement, choices, facts)
        for found in verdicts(library, choices, facts):
            yield f"need {found.level} {name}", a.Need(found.level, state, judgement, found, steps, TODAY)
        for topic in TEAM_TOPICS:
            past = (Past(NOON, judgement.score.floor.overall, 2), Past(NOON, 0, 2), Past(NOON, 1, 3))
            yield f"{topic} {name}", a.TeamPage(topic, state, judgement, steps, (), past)
        for about in (About("capability", "monitoring"), About("dimension", "people"), About("level", "2")):
            yield f"answers on {about.value} {name}", a.TeamPage("team/answers", state, judgement, steps, (about,))
    state = teams(library)["done"]
    judgement = judge(library, state.choices(), state.known_facts())
    yield "reminder known", a.TeamPage("team/reminder", state, judgement, (), reminder=reminder_of("fraud-detection"))
    same = Past(NOON, judgement.score.floor.overall, 2)
    yield "history once", a.TeamPage("team/history", state, judgement, (), (), (same,))
    yield "history the same", a.TeamPage("team/history", state, judgement, (), (), (same, same))
    several = tuple(state_of({}, id=f"r{n}", subject=f"{n} {NASTY}"[:80]) for n in range(20))
    yield "which subject", a.WhichSubject("level/4/need", several, {each.id: judgement for each in several})
    yield "refused", a.Refused(("level/4/need", "capability/model-serving/tools"), noted=True)
    yield "refused bare", a.Refused((), noted=False)


def every_topic(library: Library) -> list[str]:
    """Every address that has an answer, but comparisons of tools only of a few."""
    topics = [entry.topic for name, entry in library.entries.items() if name == entry.topic]
    topics += [f"level/{n}/{part}" for n in range(5) for part in ("overview", "highlights", "technology", "when")]
    topics += [f"levels/compare/{low}-{high}" for low in range(5) for high in range(low + 1, 5)]
    topics += [f"google/{n}" for n in range(3)]
    topics += [f"capability/{name}/{part}" for name in library.capabilities for part in ("what", "tools")]
    topics += [f"tool/{slug}" for slug in library.tools]
    pairs = {tuple(sorted((slug, other))) for slug, tool in library.tools.items() for other in tool.alternatives}
    return topics + [f"tools/compare/{first}-{second}" for first, second in sorted(pairs)]


def _questions(library: Library) -> Iterator[tuple[str, s.Screen]]:
    for practice in library.asked():
        yield f"question {practice.id}", s.Question(D, practice.id, 4, 28, 0.125, 7)
    one = "M2-C-1"
    so_far = given("partly", NASTY[:75], LONG_NOTE)
    yield "question again", s.Question(D, one, 4, 28, 1.0, 7, so_far)
    for choice in CHOICES:
        yield f"folded {choice}", s.Folded(D, s.FoldedLine(one, 3, given(choice)))
    yield "folded nasty", s.Folded(D, s.FoldedLine(one, 3, so_far))
    for why in ("skipped", "again", "later"):
        yield f"folded {why}", s.Folded(D, s.FoldedLine(one, 3, None, why))
    for section, names in practices_by_section(library).items():
        lines = tuple(s.FoldedLine(p, n, so_far) for n, p in enumerate(names, start=1))
        yield f"folded form {section.key}", s.FoldedForm(D, section.key, lines, NASTY[:75])
    yield "noted", s.Noted(D, one, 3, given("partly", note="only fraud"))
    yield "noted plain", s.Noted(D, one, 3, given("partly"))
    yield "noted nasty", s.Noted(D, one, 3, given("partly", note=NASTY))
    yield "changed", s.Changed(one, 3, given("partly"), given("yes", "Ben"))
    yield "changed nasty", s.Changed(one, 3, given("no"), so_far)
    yield "note kept", s.NoteKept(one, 3, NASTY)
    yield "crowd", s.Crowd()
    yield "offer", s.OverallSettled(D, 1, 14, 9)
    yield "offer of one", s.OverallSettled(D, 1, 1, 9)
    yield "offer open", s.OverallSettled(D, 1, 14, 9, 2)
    yield "offer went on", s.OfferFolded(1, went_on=True, name=NASTY[:75])
    yield "offer shown", s.OfferFolded(1, went_on=False, name="Ana")


def _facts(library: Library) -> Iterator[tuple[str, s.Screen]]:
    yield "facts invitation", s.FactsInvitation(D, prefilled=False)
    yield "facts invitation prefilled", s.FactsInvitation(D, prefilled=True)
    yield "facts line", s.FactsLine(D, PRODUCTION, "Ana")
    yield "facts line empty", s.FactsLine(D, {}, "Ana")
    yield "facts line waiting", s.FactsLine(D, FOR_LEVEL_4, NASTY[:75], 4)
    yield "facts line waiting for one", s.FactsLine(D, FOR_LEVEL_4, "Ana", 1)
    yield "facts line with all tools", s.FactsLine(D, {"stack": tuple(library.tools)}, "Ana")
    for key, fact in library.facts.items():
        yield f"fact {key}", s.FactQuestion(D, key, 2, 5)
        value: FactValue = {"count": 3, "yes-no": True, "tools": ("mlflow", NASTY)}.get(fact.kind, "")  # type: ignore[assignment]
        value = fact.options[0].value if fact.options else value
        yield f"fact {key} again", s.FactQuestion(D, key, 2, 5, value)
        yield f"fact folded {key}", s.FactFolded(key, value, NASTY[:75])
    yield "fact skipped", s.FactFolded("stage", None, "Ana")


def _course(library: Library) -> Iterator[tuple[str, s.Screen]]:
    for name, state in teams(library).items():
        done = state.model_copy(update={"phase": "finished"})
        judgement = judge(library, state.choices(), state.known_facts())
        yield f"parent finished {name}", s.Parent(done, 28, 11, judgement)
    for phase in ("facts", "asking", "offer", "paused", "discarded"):
        yield f"parent {phase}", s.Parent(state_of({"M1-C-1": "yes"}, phase=phase), 28, 11)
    yield "parent nasty", s.Parent(state_of({}, subject=NASTY[:80], name=NASTY[:75], mode="full"), 1, 1)
    yield "paused", s.Paused(D, 7, "Ana")
    yield "paused first", s.Paused(D, None, NASTY[:75])
    yield "resumed", s.Resumed(NASTY[:75])
    yield "reopened", s.Reopened(D, 14, "Ana")
    yield "reopened one", s.Reopened(D, 1, "Ana")
    yield "reopened none", s.Reopened(D, 0, NASTY[:75])
    yield "discarded", s.Discarded(D, NASTY[:75], replaced=False)
    yield "replaced", s.Discarded(D, "Ana", replaced=True)


def _results(library: Library) -> Iterator[tuple[str, s.Screen]]:
    for name, state in teams(library).items():
        choices, facts = state.choices(), state.known_facts()
        judgement = judge(library, choices, facts)
        steps = next_steps(library, judgement, choices, facts)
        yield f"report {name}", s.Report(D, state, judgement, steps)
        yield f"summary {name}", s.Summary(state, judgement)
        for topic in TOPICS:
            yield f"why {topic} {name}", s.WhyNumber(topic, state, judgement)
    same = teams(library)["done"].model_copy(update={"content_version": library.version})
    judgement = judge(library, same.choices(), same.known_facts())
    yield "report same content", s.Report(D, same, judgement, ())


def _commands(library: Library) -> Iterator[tuple[str, s.Screen]]:
    yield "help", s.Help()
    yield "help in thread", s.Help(in_thread=True)
    for level in library.microsoft.levels:
        yield f"level {level.number}", s.LevelPage("microsoft", level.number)
    for level in library.google.levels:
        yield f"google {level.number}", s.LevelPage("google", level.number)
    yield "status none", s.Status("ml-fraud", None, (), (), {}, {})
    yield "status none of", s.Status("ml-fraud", NASTY[:80], (), (), {}, {})
    running = tuple(state_of({}, id=f"r{n}", subject=f"{n} {NASTY}"[:80]) for n in range(60))
    finished = teams(library)["done"].model_copy(update={"phase": "finished", "thread": None})
    judgement = judge(library, finished.choices(), finished.known_facts())
    progress = {state.id: (1, 28) for state in running}
    yield "status one", s.Status("ml-fraud", None, running[:1], (finished,), progress, {D: judgement})
    yield "status many", s.Status("ml-fraud", None, running, (finished,), progress, {D: judgement})
    reminder = reminder_of("fraud-detection")
    known = {finished.subject_key: reminder, "alone": reminder_of(NASTY[:80], None)}
    yield "status reminders", s.Status("ml-fraud", None, (), (finished,), {}, {D: judgement}, known)
    yield "already running", s.AlreadyRunning(state_of({}, subject=NASTY[:80]), 1)
    yield "started quick", s.Started(NASTY[:80], "quick")
    yield "started again", s.Started("fraud-detection", "quick", again=True)
    yield "started full", s.Started("fraud-detection", "full")
    yield "near subject", s.NearSubject(LONG_SUBJECT, NASTY[:80], "quick")
    yield "not member", s.NotMember(NASTY[:75], can_join=True, argument=f"start quick {LONG_SUBJECT}")
    yield "not member private", s.NotMember("secret", can_join=False, argument="start quick x")
    yield "crowded", s.Crowded("ml-all", 2_000, f"start quick {LONG_SUBJECT}")
    yield "not understood near", s.NotUnderstood("strat <!channel>", f"start {NASTY[:80]}")
    for practice in library.practices:
        yield f"why practice {practice}", s.WhyPractice(practice)
    for fact in library.facts:
        yield f"why fact {fact}", s.WhyFact(fact)


def kinds_of(screen: type, field: str) -> tuple[str, ...]:
    """The values that a field of a screen may have."""
    return get_args(screen.__annotations__[field])


def problems() -> dict[str, Mapping[str, str | int]]:
    """What fills each problem's sentence, as the conversation gives it."""
    return {
        "unknown-level": {"given": NASTY, "model": "microsoft"},
        "nothing-assessed": {"channel": NASTY[:75]},
        "nothing-assessed-here": {},
        "unknown-subject": {"given": NASTY, "known": f"{NASTY}, b"},
        "not-finished-yet": {"subject": NASTY},
        "no-thread": {"subject": NASTY},
        "history-unknown-result": {"given": 9, "first": 1, "last": 3},
        "history-one-result": {"subject": NASTY},
        "evidence-without-answer": {"number": 3},
        "evidence-not-yet": {"day": "2027-11-20"},
        "subject-too-long": {"length": 81, "limit": 80},
        "unknown-question-number": {"given": 9, "last": 3},
        "na-not-allowed": {"title": "Training as a job"},
        "not-a-number": {"title": "Use cases live", "given": NASTY},
        "unknown-option": {"title": "Importance", "given": NASTY, "options": "low, medium"},
        "note-too-long": {"length": 600, "limit": 500},
        "share-not-member": {"channel": NASTY[:75]},
        "nothing-to-ask-again": {"subject": NASTY[:80]},
        "remind-not-understood": {"given": NASTY},
        "remind-past": {"day": "2026-03-01", "example": "2027-03-01"},
        "remind-too-far": {"given": NASTY, "years": 5, "example": "2027-11-26"},
        "remind-too-rare": {"given": "every 600 weeks", "years": 5},
        "remind-zero": {"given": "every 0 months"},
        "remind-times": {"given": "5 times a year"},
        "remind-two-ways": {"given": "01/02/2027"},
        "remind-no-such-day": {"given": "31 April", "example": "2027-04-30"},
        "remind-unknown-subject": {"given": NASTY, "known": "churn model, fraud-detection"},
        "remind-other": {"subject": NASTY[:80]},
        "settings-not-understood": {"given": NASTY},
        "unknown-zone": {"given": NASTY, "near": "Europe/Berlin"},
        "unknown-country": {"given": NASTY, "near": "Germany"},
        "delete-unknown-subject": {"given": NASTY, "known": "churn model, fraud-detection"},
    }


def _notices(_: Library) -> Iterator[tuple[str, s.Screen]]:
    for kind in kinds_of(s.Problem, "kind"):
        yield f"problem {kind}", s.Problem(kind, problems().get(kind, {}))  # type: ignore[arg-type]
    yield "problem google level", s.Problem("unknown-level", {"given": "7", "model": "google"})
    for what in kinds_of(s.Done, "what"):
        yield f"done {what}", s.Done(what)  # type: ignore[arg-type]
    for action in kinds_of(s.Confirm, "action"):
        yield f"confirm {action}", s.Confirm(D, action, NASTY[:75], by_starter=False, answered=1)  # type: ignore[arg-type]
    yield "confirm own discard", s.Confirm(D, "discard", "Ana", by_starter=True, answered=0)
    yield "already answered", s.AlreadyAnswered(D, "M2-C-1", given("partly"), "yes")
    yield "already answered nasty", s.AlreadyAnswered(D, "M2-C-10", given("na", NASTY[:75]), "unknown")
    yield "same answer", s.SameAnswer("M2-C-1", given("yes", NASTY[:75]))
    yield "outdated", s.Outdated(None)
    yield "outdated with state", s.Outdated(state_of({}))
    yield "ended", s.Ended(state_of({}, subject=NASTY[:80]))
    yield "stop", s.StopChoice(D, 12)
    for why in ("stranger", "guest", "not-member"):
        yield f"outsider {why}", s.Outsider(why)
    yield "admins only", s.AdminsOnly()
    yield "back", s.Back(D)
    yield "back unshared", s.Back(D, unshared=True)
    yield "shared", s.Shared(D)
    yield "orphaned", s.Orphaned(D, NASTY[:75])
    yield "taken over", s.TakenOver(NASTY[:75])
    yield "stuck restricted", s.Stuck(state_of({}, thread=None), "restricted_action")
    for error in ("not_in_channel", "is_archived", NASTY):
        yield f"stuck {error}", s.Stuck(state_of({}, subject=NASTY[:80]), error)
    yield "stuck at once", s.Stuck(state_of({}, thread=None), "not_in_channel")


def drawn_homes(library: Library, words: Words) -> dict[str, dict[str, Any]]:
    """Every Home as Slack takes it, for admins and for others."""
    below, url = teams(library)["one below"], "https://acme.slack.com/"
    found = {
        f"{name}, {admin}": home_view(each, words, url, admin=admin)
        for name, each in homes(library, below, NASTY[:80], LONG_SUBJECT).items()
        for admin in (True, False)
    }
    closed = {f"home {why}": closed_view(HomeClosed(why), words) for why in ("unknown", "stranger")}
    return found | closed


def views(library: Library) -> dict[str, s.View]:
    """Every modal, by a name that says which example it is."""
    found: dict[str, s.View] = {
        "facts 1": s.FactsForm(D, 1, {}, 3),
        "facts 1 filled": s.FactsForm(D, 1, {**PRODUCTION, "stack": tuple(library.tools)}, 3),
        "facts 2": s.FactsForm(D, 2, {}, 3),
        "update": r.UpdateForm(D, ("use_cases", "importance"), {"use_cases": 3}, 3),
        "facts 2 filled": s.FactsForm(D, 2, {"label_delay": "weeks", "on_call": True, "proxy_metric": False}, 3),
    }
    for section, names in practices_by_section(library).items():
        found[f"answers {section.key}"] = s.AnswersForm(D, section.key, names, 3)
    for practice in library.asked():
        found[f"edit {practice.id}"] = s.EditForm(D, practice.id, 66, None, 3)
        found[f"why {practice.id}"] = s.WhyView(practice.id)
        found[f"done {practice.id}"] = x.StepDoneForm(D, practice.id, WHOLE, 3)
        found[f"plan {practice.id}"] = x.StepPlanForm(D, Plan(practice.id), NASTY[:80], 3)
    found["plan known"] = x.StepPlanForm(D, Plan("M2-C-4", "U1", "Ana", TODAY), "churn model", 3)
    for level in library.microsoft.levels:
        keys = settling_facts(library, level.number)
        found[f"need {level.number}"] = a.NeedForm(level.number, keys)
        few: tuple[Mapping[str, FactValue], ...] = ({}, {"stage": "poc"}, {"use_cases": 1, "importance": "high"})
        for facts in (*few, FOR_LEVEL_4, PRODUCTION, TOP):
            found[f"settled {level.number} {len(found)}"] = a.NeedResult(settle(library, level.number, facts))
    for choice in CHOICES:
        found[f"edit {choice}"] = s.EditForm(D, "M2-C-10", 3, given(choice, note=LONG_NOTE), 3)
    return found | home_modals(library, teams(library)["one below"], NASTY)
