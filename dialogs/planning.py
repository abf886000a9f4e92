"""Next steps: which they are, who takes them, which are put off, and what becomes of the level when one is done."""

import datetime as dt
from collections.abc import Mapping

from dialogs.answers import Facts
from dialogs.asking import allowed, give
from dialogs.course import parent
from dialogs.editing import told_in
from dialogs.effects import Answer, Conclude, Dismiss, Edit, Effect, Open, Post, Refuse, SetPlan, Whisper
from dialogs.events import Commanded, Person, Pressed, Submitted
from dialogs.evidence import read_day
from dialogs.judgement import Judgement, judge
from dialogs.one_subject import one_subject
from dialogs.plan import Plan, set_aside
from dialogs.result import snapshot
from dialogs.result_screens import (
    ASKED_AT,
    IN_THREAD,
    AnsweredMeanwhile,
    NextPage,
    StepDone,
    StepDoneForm,
    StepPlanForm,
    StepPlanned,
    asked_at,
)
from dialogs.roadmap import whole_path
from dialogs.screens import AlreadyRunning, Outdated, SameAnswer
from dialogs.script import Script
from dialogs.state import Given, State
from dialogs.surroundings import Surroundings
from dialogs.target import top_level
from dialogs.verdict import Verdict, verdict
from dialogs.walk import Walk
from knowledge.library import Library

SHOWN = 3  # steps at a time; more are a backlog, not a next step
PLANNING = ("step-done", "step-later", "step-plan", "steps-back")  # the buttons
PLANNING_FORMS = ("done", "plan")


def next_command(script: Script, around: Surroundings, event: Commanded, rest: str) -> tuple[Effect, ...]:
    """Show the next steps of a subject."""
    found = one_subject(around, event, rest, "next")
    if not isinstance(found, State):
        return (Answer(found),)
    plans = around.plans.get(found.subject_key, {})
    return (Answer(next_page(script.library, found, plans), share=event.text),)


def next_page(library: Library, state: State, plans: Mapping[str, Plan] | None = None) -> NextPage:
    """The next steps as things stand, without those put off."""
    kept = dict(plans or {})
    answers, facts = state.choices(), state.known_facts()
    judgement = judge(library, answers, facts)
    every = whole_path(library, judgement, answers, facts)
    aside = tuple(step.practice for step in every if step.practice in set_aside(kept))
    steps = tuple(step for step in every if step.practice not in aside)
    done = _beyond(library, state, judgement, facts) if not every else None
    return NextPage(state, judgement, steps[:SHOWN], max(0, len(steps) - SHOWN), aside, kept, done)


def _beyond(library: Library, state: State, judgement: Judgement, facts: Facts) -> Verdict | None:
    """What would make more than the present target worth while."""
    above = judgement.target.level + 1
    return verdict(library, state.choices(), facts, above) if above <= top_level(library) else None


# Buttons and forms ---------------------------------------------------------------------------------------------------


def plan_pressed(walk: Walk, event: Pressed) -> None:
    """Take a button beside a step; one of an older page is answered with the steps as they are now."""
    practice, state = event.argument, walk.state
    if state.phase != "finished":
        walk.then(Whisper(Outdated(state)))
    elif _newer(walk) or (event.action != "steps-back" and practice not in _path(walk)):
        _show(walk, event)
    elif event.action == "step-done":
        _ask_again(walk, practice, in_thread=event.thread is not None)
    elif event.action == "step-plan":
        plan = _plans(walk).get(practice, Plan(practice))
        walk.then(Open(StepPlanForm(state.id, plan, state.subject, walk.turn, event.thread is not None)))
    elif event.action == "step-later":
        _decide(walk, event, _plans(walk).get(practice, Plan(practice))._replace(later=True))
    else:
        _decide(walk, event, *(each._replace(later=False) for each in _plans(walk).values() if each.later))


def _newer(walk: Walk) -> State | None:
    """The newest finished assessment of the subject, where that is another one: its steps are the present ones."""
    own = (each for each in walk.around.finished if each.subject_key == walk.state.subject_key)
    return next((each for each in own if each.id != walk.state.id), None)


def _path(walk: Walk) -> tuple[str, ...]:
    """What is left to do, put off or not."""
    state = walk.state
    answers, facts = state.choices(), state.known_facts()
    every = whole_path(walk.library, judge(walk.library, answers, facts), answers, facts)
    return tuple(step.practice for step in every)


def _show(walk: Walk, event: Pressed | Submitted, plans: Mapping[str, Plan] | None = None) -> None:
    """The steps as they are now: in the place of the private page that was clicked, else beside it."""
    page = next_page(walk.library, _newer(walk) or walk.state, _plans(walk) if plans is None else plans)
    walk.then(Dismiss(page) if isinstance(event, Pressed) and event.private else Whisper(page))


def _plans(walk: Walk) -> dict[str, Plan]:
    return dict(walk.around.plans.get(walk.state.subject_key, {}))


def _ask_again(walk: Walk, practice: str, *, in_thread: bool) -> None:
    state = walk.state
    running = _running(walk)
    if running is not None:  # its answers count from now on; two places to answer would contradict each other
        walk.then(Whisper(AlreadyRunning(running, len(running.answers))))
        return
    walk.then(Open(StepDoneForm(state.id, practice, state.answers.get(practice), walk.turn, in_thread)))


def _running(walk: Walk) -> State | None:
    own = (each for each in walk.around.states if each.subject_key == walk.state.subject_key)
    return next((each for each in own if each.running and each.id != walk.state.id), None)


def _decide(walk: Walk, event: Pressed, *plans: Plan) -> None:
    """Keep decisions, and show the steps as they are then."""
    walk.then(*(SetPlan(plan, event.person, event.at) for plan in plans))
    _show(walk, event, {**_plans(walk), **{plan.practice: plan for plan in plans}})


def take_plan(walk: Walk, event: Submitted) -> None:
    """Take who does a step, and by when; the thread is told."""
    practice = event.argument.removesuffix(IN_THREAD)
    owner, due = event.values.get("owner"), read_day(event.values.get("due"))
    if walk.state.phase != "finished" or _newer(walk) or practice not in _path(walk):
        _show(walk, event)
        return
    if due is not None and due < event.at.date() - dt.timedelta(days=1):  # it may be yesterday somewhere
        walk.then(Refuse({"due": "That day is over. Choose today or a later one, or leave it open."}))
        return
    who = owner if isinstance(owner, str) else ""
    plan = Plan(practice, who, _name_of(event.person, who), due)
    walk.then(SetPlan(plan, event.person, event.at))
    walk.then(Post(f"plan:{walk.turn}", StepPlanned(plan, event.person.name)))
    _show(walk, event, {**_plans(walk), practice: plan})


def _name_of(person: Person, owner: str) -> str:
    """The name of who does it: known for the one who says so; Slack shows everybody else's by their id."""
    return person.name if owner == person.id else ""


def take_done(walk: Walk, event: Submitted) -> None:
    """Take the answer to a practice that was asked again after the end, and judge anew.

    Nothing is taken where the answer is another one by now than when the form was opened, or the same as it was.
    """
    practice, _, opened = event.argument.removesuffix(IN_THREAD).partition(ASKED_AT)
    if walk.state.phase != "finished" or _newer(walk) or practice not in walk.library.practices:
        _show(walk, event)
    elif (running := _running(walk)) is not None:
        walk.then(Whisper(AlreadyRunning(running, len(running.answers))))
    elif (was := walk.state.answers.get(practice)) is not None and asked_at(was) != opened:
        walk.then(Whisper(AnsweredMeanwhile(practice, was)))
    elif (told := told_in(walk, event)) is not None and allowed(walk, practice, told.choice):
        if was is not None and told == (was.choice, was.note, (was.evidence, was.last_run)):
            walk.then(Whisper(SameAnswer(practice, was)))
            return
        before = _judged(walk)
        give(walk, practice, told.choice, told.note, grounds=told.grounds)
        _conclude_anew(walk, practice, was, before)


def _conclude_anew(walk: Walk, practice: str, was: Given | None, before: Judgement) -> None:
    """Another result of the same assessment, judged with today's content; the thread is told what it changes."""
    walk.become(content_version=walk.library.version)
    state, after = walk.state, _judged(walk)
    walk.then(Conclude(snapshot(walk.library, state, after), walk.event.at))
    walk.then(Post(f"done:{walk.turn}", StepDone(practice, was, state.answers[practice], before, after)))
    walk.then(Edit("parent", parent(walk)))
    plans = _plans(walk)
    if practice in plans and state.answers[practice].choice in ("yes", "na"):
        walk.then(SetPlan(Plan(practice), walk.event.person, walk.event.at))
    walk.then(Whisper(next_page(walk.library, state, plans)))


def _judged(walk: Walk) -> Judgement:
    return judge(walk.library, walk.state.choices(), walk.state.known_facts())
