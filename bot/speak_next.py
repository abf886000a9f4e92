"""The next steps towards the target: each with why, what done looks like, what it takes, and who does it."""

from bot.blocks import Block, Button, Message, actions, context, header, listing, message, section
from bot.mrkdwn import Mrkdwn, join
from bot.naming import CHOICE_NAMES, area_title, full_day, several
from bot.speak_answers import permalink
from bot.speak_need import VERDICTS, flip_text
from bot.speak_steps import step_reason, tools_text
from bot.words import Words
from dialogs import result_screens as r
from dialogs.judgement import Judgement
from dialogs.plan import Plan
from dialogs.roadmap import NextStep
from knowledge.content import DIMENSIONS

_FLIPS_SHOWN = 4


def next_page(screen: r.NextPage, words: Words, workspace_url: str) -> Message:
    """The steps, or that the team is done, and what would change that."""
    state = screen.state
    blocks: list[Block] = [header(words("next.title", subject=state.subject)), section(_way(screen, words))]
    for number, step in enumerate(screen.steps, 1):
        blocks.append(section(_step(number, step, screen, words)))
        blocks += [_buttons(step, screen)] if state.phase == "finished" else []
    blocks += _flips(screen, words)
    blocks += _aside(screen, words)
    link = permalink(workspace_url, state)
    as_of = words("history.as_of", date=full_day(state.assessed_at), link=link)
    return message(*blocks, context(as_of))


def _way(screen: r.NextPage, words: Words) -> Mrkdwn:
    """Where the team stands, where it goes, and how much of the way is shown."""
    judgement = screen.judgement
    overall, target = judgement.score.floor.overall, judgement.target.level
    levels = {"overall": overall, "target": target}
    if screen.steps and not judgement.gap and all(step.blocks == "risk" for step in screen.steps):
        return words("next.way_risks", **levels)
    if screen.steps:
        told = {"steps": len(screen.steps), "more": screen.more, "so_far": judgement.target.provisional}
        told["risks"] = any(step.blocks == "risk" for step in screen.steps)
        told["waits"] = bool(_waiting(screen, words))
        return words("next.way", **levels, **told)
    if screen.aside:
        return words("next.done_aside", **levels)
    if judgement.target.provisional:
        missing = several([words.library.facts[key].title for key in judgement.target.missing])
        return words("next.done_open", **levels, missing=missing)
    return words("next.done", **levels)


def _step(number: int, step: NextStep, screen: r.NextPage, words: Words) -> Mrkdwn:
    practice, plan = words.library.practices[step.practice], screen.plans.get(step.practice)
    waits = several([words.library.practices[name].title for name in step.waits_for])
    lines = [
        Mrkdwn(f"*{number}. {join((practice.step.rstrip('.'),))}*"),
        words("next.why", reason=step_reason(step, words), by=_by(step, screen, words)),
        words("next.looks_like", yes=practice.yes),
        words("next.effort", effort=practice.effort),
        words("next.after", steps=waits) if waits else "",
        tools_text(step, words),
        plan_text(plan, words) if plan is not None and (plan.owner or plan.due) else "",
    ]
    return join(lines)


def _by(step: NextStep, screen: r.NextPage, words: Words) -> Mrkdwn | str:
    """Who gave the answer that blocks, and when."""
    answers, twin = screen.state.answers, words.library.twin(step.practice)
    given = answers.get(step.practice) or answers.get(twin or "")
    return words("next.by", name=given.name, date=full_day(given.at)) if given is not None else ""


def plan_text(plan: Plan, words: Words) -> Mrkdwn:
    """Who does a step, and by when."""
    due = full_day(plan.due) if plan.due is not None else ""
    return words("next.planned", owner=_owner(plan), due=due)


def _owner(plan: Plan) -> Mrkdwn | str:
    """The owner as Slack shows people: their id is ours to write, and Slack puts the name."""
    return Mrkdwn(f"<@{plan.owner}>") if plan.owner else plan.owner_name


def _buttons(step: NextStep, screen: r.NextPage) -> Block:
    name, state = step.practice, screen.state
    planned = screen.plans.get(name)
    owned = planned is not None and (planned.owner or planned.due)
    return actions(
        Button("Done", "step-done", state.id, state.turn, name, name, spoken=f"Done: {name}"),
        Button("Not now", "step-later", state.id, state.turn, name, name, spoken=f"Not now: {name}"),
        Button("Change owner or date" if owned else "Owner and date", "step-plan", state.id, state.turn, name, name),
    )


def _flips(screen: r.NextPage, words: Words) -> list[Block]:
    """At the target: the facts that would make more worth while."""
    if screen.done is None or screen.steps or screen.aside:
        return []
    every = sorted(screen.done.flips, key=lambda flip: flip.verdict != "yes")  # what would surely change it comes first
    flips = [flip_text(flip.fact, flip.was, flip.to, flip.verdict, words) for flip in every[:_FLIPS_SHOWN]]
    flips += [words("next.more_flips", number=len(every) - len(flips))] if len(every) > len(flips) else []
    title = words("next.flips_title", level=screen.done.level, verdict=VERDICTS[screen.done.verdict])
    return [section(listing(title, flips or [words("next.no_flips")]))]


def _aside(screen: r.NextPage, words: Words) -> list[Block]:
    if not screen.aside:
        return []
    titles = several([words.library.practices[name].title for name in screen.aside])
    waits = _waiting(screen, words)
    level, named = (screen.judgement.target.level, several(waits)) if waits else (None, "")
    told = words("next.aside", steps=titles, level=level, waits="it" if len(screen.aside) == 1 else named)
    back = actions(Button("Bring them back", "steps-back", screen.state.id, screen.state.turn))
    return [context(told), back]


def _waiting(screen: r.NextPage, words: Words) -> list[str]:
    """What was put off although the target's level needs it: all but what is a risk alone."""
    found = (words.library.practices[name] for name in screen.aside)
    return [practice.title for practice in found if practice.model == "microsoft"]


def step_done(screen: r.StepDone, words: Words) -> Message:
    """What a step that was looked at again makes of the levels."""
    practice = words.library.practices[screen.practice]
    was = CHOICE_NAMES[screen.was.choice] if screen.was is not None else ""
    now = CHOICE_NAMES[screen.now.choice]
    head = words("next.step_done", title=practice.title, id=practice.id, was=was, now=now, name=screen.now.name)
    return message(section(join((head, *_moved(screen.before, screen.after, words)))))


def _moved(before: Judgement, after: Judgement, words: Words) -> list[Mrkdwn]:
    """Every level that moved; said plainly where none did."""
    low, high = before.score.floor, after.score.floor
    target, overall = after.target.level, high.overall
    lines = []
    if overall != low.overall:
        kind = "next.step_done_up" if overall > low.overall else "next.step_done_down"
        lines.append(words(kind, now=overall, was=low.overall, target=target, gap=after.gap))
    parts: list[tuple[str, int, int]] = [(key, low.dimensions[key], high.dimensions[key]) for key in DIMENSIONS]
    parts.append(("google", low.google, high.google))
    lines += [
        words("next.step_done_part", area=area_title(words.library, key), was=was, now=now, overall=overall)
        for key, was, now in parts
        if was != now and overall == low.overall
    ]
    if before.target.level != target:
        lines.append(words("next.step_done_target", now=target, was=before.target.level))
    return lines or [words("next.step_done_same", overall=overall, target=target)]


def step_planned(screen: r.StepPlanned, words: Words) -> Message:
    """Who took a step, and by when."""
    practice, plan = words.library.practices[screen.plan.practice], screen.plan
    named = {"title": practice.title, "id": practice.id, "name": screen.name}
    if plan.empty:
        return message(context(words("next.step_unplanned", **named)))
    return message(section(words("next.step_planned", **named, plan=plan_text(plan, words))))


def answered_meanwhile(screen: r.AnsweredMeanwhile, words: Words) -> Message:
    """Somebody was faster, so the form was not taken."""
    given = screen.given
    told = {"title": words.library.practices[screen.practice].title, "choice": CHOICE_NAMES[given.choice]}
    return message(section(words("next.answered_meanwhile", **told, name=given.name, date=full_day(given.at))))
