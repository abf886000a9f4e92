"""The report at the end, and its summary for the channel. Every number stands in text; bars only repeat it."""

import re
from collections.abc import Sequence

from bot.blocks import Block, Button, Message, actions, context, fields, header, listing, menu, message, section
from bot.mrkdwn import Mrkdwn, join
from bot.naming import (
    answer_name,
    area_title,
    bar,
    facts_in_a_line,
    full_day,
    level_name,
    levels_of,
    open_areas,
    risk_name,
    several,
)
from bot.speak_answers import permalink
from bot.speak_course import levels_text
from bot.speak_coverage import confidence_text, practices_text
from bot.speak_steps import steps_blocks
from bot.words import Words
from dialogs import result_screens as r
from dialogs import screens as s
from dialogs.answers import Facts, answer_of
from dialogs.close_first import close_first
from dialogs.judgement import Judgement
from dialogs.overall_turns_on import overall_turns_on
from dialogs.roadmap import NextStep
from dialogs.state import State
from knowledge.content import DIMENSIONS

TOP, GOOGLE_TOP = 4, 2
_BLOCKERS_SHOWN = 4  # of one dimension; "why?" names them all
_PRACTICES_NAMED = 3  # of those that would settle a provisional level


def report(screen: s.Report, words: Words) -> Message:
    """The whole report: verdict, levels, reasons, blockers, risks, next steps, and a menu that asks why."""
    end = (_ask_why(screen.state, screen.judgement, words), _foot(screen.state, words))
    return message(*_body(screen.state, screen.judgement, screen.steps, words), *end)


def report_again(screen: r.ReportAgain, words: Words, workspace_url: str) -> Message:
    """A report that was asked for; of an assessment that runs it says how far it has come."""
    state, judgement = screen.state, screen.judgement
    running = [words("history.running", answered=screen.answered, about=screen.about)] if state.running else []
    as_of = words("history.as_of", date=full_day(screen.at), link=permalink(workspace_url, state))
    pictures = None if state.running else Button("Pictures in the thread", "pictures", state.id, state.turn)
    steps = Button("Next steps", "run", argument=f"next {state.subject}", unique="next")
    past = Button("History", "run", argument=f"history {state.subject}", unique="history")
    return message(
        *(section(text) for text in running),
        *_body(state, judgement, screen.steps, words),
        context(as_of),
        actions(pictures, steps, past),
    )


def _body(state: State, judgement: Judgement, steps: Sequence[NextStep], words: Words) -> list[Block]:
    """Everything that a report says, without what can be clicked."""
    blocks: list[Block] = [header(words("report.title", subject=state.subject)), section(verdict(judgement, words))]
    blocks += [section(text) for text in _doubts(state, judgement, words)]
    blocks += fields(_dimension_fields(judgement, words))
    blocks += [section(practices_text(state, words)), section(confidence_text(state, words))]
    blocks += [section(text) for text in (_reasons(judgement, state, words), _facts(state, words)) if text]
    blocks += [section(text) for text in _blockers(state, judgement, words)]
    blocks.append(section(_risks(state, judgement, words)))
    return [*blocks, *steps_blocks(steps, words, gap=judgement.gap)]


def verdict(judgement: Judgement, words: Words) -> Mrkdwn:
    """Where the team stands and how far it should go, in one or two sentences."""
    target = judgement.target.level
    overall, ceiling = levels_of(judgement)
    named = {
        "overall": overall,
        "name": level_name(words.library, overall),
        "up_to": words("report.up_to", up_to=ceiling) if ceiling is not None else "",
        "target": target,
    }
    if "stage" in judgement.target.missing:
        return words("report.open_target", **named)
    if overall >= target and judgement.target.provisional:
        return words("report.so_far", **named)
    if overall > target:
        return words("report.above", overall=overall, target=target)
    if overall == target:
        return words("report.done_top" if overall == TOP else "report.done", **named)
    return words("report.gap", **named, target_name=level_name(words.library, target), gap=judgement.gap)


def _doubts(state: State, judgement: Judgement, words: Words) -> list[Mrkdwn]:
    """What is provisional about the levels and about the target, and what would settle it."""
    found: list[Mrkdwn] = []
    score = judgement.score
    if score.provisional:
        overall, up_to = levels_of(judgement)
        if up_to is not None:
            level = words("commands.levels", overall=overall, up_to=up_to, target=None)
            names = several(_settling(state, words))
            found.append(words("report.provisional", level=level, overall_open=bool(names), practices=names))
        else:
            where = several([area_title(words.library, key) for key in open_areas(judgement)])
            found.append(words("report.provisional_other", where=where))
    if judgement.target.provisional:
        titles = [words.library.facts[key].title for key in judgement.target.missing]
        found.append(words("report.target_missing", facts=several(titles)))
    if state.content_version != words.library.version:
        found.append(words("report.changed_content"))
    return found


def _settling(state: State, words: Words) -> list[str]:
    """The practices to learn about first: those unknown ones that the overall level turns on."""
    unknown = overall_turns_on(words.library, state.choices())
    named = [f"{words.library.practices[i].title} ({i})" for i in unknown[:_PRACTICES_NAMED]]
    return [*named, f"{len(unknown) - len(named)} more"] if len(unknown) > len(named) else named


def _dimension_fields(judgement: Judgement, words: Words) -> list[Mrkdwn]:
    low, high, target = judgement.score.floor, judgement.score.ceiling, judgement.target.level
    found = []
    for key in DIMENSIONS:
        level, gap = low.dimensions[key], judgement.gap_of(key)
        said = words("report.gap_some", gap=gap, target=target) if gap else words("report.gap_none")
        up_to = high.dimensions[key] if high.dimensions[key] != level else None
        shown = {"title": area_title(words.library, key), "bar": bar(level / TOP, TOP), "level": level}
        found.append(words("report.dimension", **shown, up_to=up_to, gap=said))
    up_to = high.google if high.google != low.google else None
    google_bar = bar(low.google / GOOGLE_TOP, GOOGLE_TOP)
    return [*found, words("report.google", bar=google_bar, level=low.google, up_to=up_to)]


def filled_reason(reason: str, facts: Facts) -> str:
    """A rule's reason with the facts it names; numbers that are not known are "several"."""
    values = {key: str(value) for key, value in facts.items()}
    values.setdefault("use_cases_planned", values.get("use_cases", "several"))
    return re.sub(r"\{([a-z_]+)\}", lambda found: values.get(found[1], "several"), reason)


def _reasons(judgement: Judgement, state: State, words: Words) -> Mrkdwn:
    """The rules that speak for the target itself, and what they ask to close first; "why?" tells lower ones."""
    library, target, facts = words.library, judgement.target, state.known_facts()
    rules = (rule for rule in library.target.rules if rule.id in target.rules and rule.level == target.level)
    title = words("report.reasons_title", target=target.level)
    reasons = listing(title, [filled_reason(rule.reason, facts) for rule in rules])
    points = [
        words("why.missing", says=point.says.rstrip("."), id=point.id, state="not met" if known else "not known")
        for point, known in close_first(library, target)
    ]
    return join((reasons, listing(words("why.missing_title"), points)))


def _facts(state: State, words: Words) -> Mrkdwn | None:
    facts = facts_in_a_line(words.library, state.known_facts())
    return words("report.facts", facts=facts) if facts else None


def _blockers(state: State, judgement: Judgement, words: Words) -> list[Mrkdwn]:
    """For each dimension below the target, what keeps it from its next level."""
    found = []
    for key in DIMENSIONS:
        ids = judgement.score.blockers[key]
        if not ids or not judgement.gap_of(key):
            continue
        shown = len(ids) if len(ids) == _BLOCKERS_SHOWN + 1 else _BLOCKERS_SHOWN  # "and 1 more" saves no line
        lines = [_blocker(state, practice, words) for practice in ids[:shown]]
        if len(ids) > shown:
            lines.append(words("report.more", number=len(ids) - shown))
        level = judgement.score.floor.dimensions[key] + 1
        title = words("report.blockers_title", title=area_title(words.library, key), level=level)
        found.append(listing(title, lines))
    return found


def _blocker(state: State, practice: str, words: Words) -> Mrkdwn:
    known = words.library.practices[practice]
    answer = answer_name(answer_of(words.library, state.choices(), practice))
    return words("report.blocker", title=known.title, id=practice, answer=answer, gate=known.gate)


def _risks(state: State, judgement: Judgement, words: Words) -> Mrkdwn:
    if not judgement.score.risks:
        return words("report.no_risks")
    lines = []
    for practice in judgement.score.risks:
        answer = risk_name(answer_of(words.library, state.choices(), practice))
        lines.append(words("report.risk", title=words.library.practices[practice].title, id=practice, answer=answer))
    return listing(words("report.risks_title"), lines)


def _ask_why(state: State, judgement: Judgement, words: Words) -> Block:
    topics = ["overall", *DIMENSIONS, "google", "target", "provisional", "risks"]
    labels = {
        "overall": f"Why level {judgement.score.floor.overall} overall?",
        "google": "Why this level on Google's ladder?",
        "target": f"Why is level {judgement.target.level} the target?",
        "provisional": "What is not settled yet?",
        "risks": "Why are these risks?",
    }
    entries = [
        Button(
            labels.get(topic) or f"Why this level in {area_title(words.library, topic).lower()}?",
            "why-number",
            state.id,
            argument=topic,
        )
        for topic in topics
    ]
    return actions(
        menu("why", "Ask why …", entries),
        Button("Next steps", "run", argument=f"next {state.subject}", unique="next"),
        Button("Reopen", "reopen", state.id),
    )


def _foot(state: State, words: Words) -> Block:
    people = several(sorted({given.name for given in state.answers.values()})) or "nobody"
    share = words.library.thresholds.share_percent
    version = words.library.version
    return context(words("report.foot", answers=len(state.answers), people=people, version=version, share=share))


def summary(screen: s.Summary, words: Words) -> Message:
    """The result in two or three lines, for the channel."""
    return message(section(in_short(screen.state, screen.judgement, words, in_thread=True)))


def in_short(state: State, judgement: Judgement, words: Words, *, in_thread: bool) -> Mrkdwn:
    """A result in two or three lines; `in_thread` where the whole report stands beside it."""
    holding = min(DIMENSIONS, key=lambda key: judgement.score.floor.dimensions[key])
    blockers = judgement.score.blockers[holding]
    first = words.library.practices[blockers[0]].title if blockers and judgement.gap else ""
    open_aim = "stage" in judgement.target.missing
    kind = "gap" if judgement.gap else "so_far" if judgement.target.provisional else "done"
    kind = "open" if open_aim else kind
    said = words(f"report.summary_{kind}", target=judgement.target.level, gap=judgement.gap)
    return words(
        "report.summary",
        subject=state.subject,
        levels=levels_text(judgement, words),
        verdict=said,
        blocker=first,
        google=f"Google's ladder: level {judgement.score.floor.google} of {GOOGLE_TOP}",
        risks=len(judgement.score.risks),
        in_thread=in_thread,
    )
