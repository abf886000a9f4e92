"""The report at the end, and its summary for the channel. Every number stands in text; bars only repeat it."""

from bot.blocks import Block, Button, Message, actions, context, fields, header, listing, menu, message, section
from bot.mrkdwn import Mrkdwn, join
from bot.naming import (
    answer_name,
    area_title,
    bar,
    facts_in_a_line,
    level_name,
    levels_of,
    open_areas,
    risk_name,
    several,
)
from bot.speak_course import levels_text
from bot.words import Words
from dialogs import screens as s
from dialogs.answers import answer_of
from dialogs.judgement import Judgement
from dialogs.roadmap import NextStep
from dialogs.state import State
from knowledge.content import DIMENSIONS

TOP, GOOGLE_TOP = 4, 2
_BLOCKERS_SHOWN = 4  # of one dimension; "why?" names them all
_PRACTICES_NAMED = 3  # of those that would settle a provisional level


def report(screen: s.Report, words: Words) -> Message:
    """The whole report: verdict, levels, reasons, blockers, risks, next steps, and a menu that asks why."""
    state, judgement = screen.state, screen.judgement
    blocks: list[Block] = [header(words("report.title", subject=state.subject)), section(verdict(judgement, words))]
    blocks += [section(text) for text in _doubts(state, judgement, words)]
    blocks += fields(_dimension_fields(judgement, words))
    blocks += [section(text) for text in (_reasons(judgement, state, words), _facts(state, words)) if text]
    blocks += [section(text) for text in _blockers(state, judgement, words)]
    blocks.append(section(_risks(state, judgement, words)))
    blocks += _steps(screen, words)
    blocks += [_ask_why(screen, words), _foot(state, words)]
    return message(*blocks)


def verdict(judgement: Judgement, words: Words) -> Mrkdwn:
    """Where the team stands and how far it should go, in one or two sentences."""
    overall, target = judgement.score.floor.overall, judgement.target.level
    name = level_name(words.library, overall)
    if "stage" in judgement.target.missing:
        return words("report.open_target", overall=overall, name=name, target=target)
    if overall >= target and judgement.target.provisional:
        return words("report.so_far", overall=overall, name=name, target=target)
    if overall > target:
        return words("report.above", overall=overall, target=target)
    if overall == target:
        return words("report.done", overall=overall, target=target)
    target_name = level_name(words.library, target)
    return words("report.gap", overall=overall, name=name, target=target, target_name=target_name, gap=judgement.gap)


def _doubts(state: State, judgement: Judgement, words: Words) -> list[Mrkdwn]:
    """What is provisional about the levels and about the aim, and what would settle it."""
    found: list[Mrkdwn] = []
    score = judgement.score
    if score.provisional:
        overall, up_to = levels_of(judgement)
        if up_to is not None:
            level = words("commands.levels", overall=overall, up_to=up_to, target=None)
            names = several(_settling(state, judgement, words))
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


def _settling(state: State, judgement: Judgement, words: Words) -> list[str]:
    """The practices to learn about first: unknown blockers of the dimensions that hold the overall level."""
    score, choices = judgement.score, state.choices()
    holding = [key for key in DIMENSIONS if score.floor.dimensions[key] == score.floor.overall]
    ids = [practice for key in holding for practice in score.blockers[key]]
    unknown = [i for i in ids if answer_of(words.library, choices, i) in (None, "unknown")]
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


def filled_reason(reason: str, state: State) -> str:
    """A rule's reason with the facts it names."""
    values = {key: str(value) for key, value in state.known_facts().items()}
    values.setdefault("use_cases_planned", values.get("use_cases", "?"))
    for key, value in values.items():
        reason = reason.replace("{" + key + "}", value)
    return reason


def _reasons(judgement: Judgement, state: State, words: Words) -> Mrkdwn:
    """The rules that speak for the target itself; lower ones are told by "why?"."""
    rules = {rule.id: rule for rule in words.library.target.rules}
    level = judgement.target.level
    texts = [filled_reason(rules[i].reason, state) for i in judgement.target.rules if rules[i].level == level]
    return listing(words("report.reasons_title", target=level), texts)


def _facts(state: State, words: Words) -> Mrkdwn | None:
    facts = facts_in_a_line(words.library, state.known_facts())
    return words("report.facts", facts=facts) if facts else None


def _blockers(state: State, judgement: Judgement, words: Words) -> list[Mrkdwn]:
    """For each dimension below the aim, what keeps it from its next level."""
    found = []
    for key in DIMENSIONS:
        ids = judgement.score.blockers[key]
        if not ids or not judgement.gap_of(key):
            continue
        lines = [_blocker(state, practice, words) for practice in ids[:_BLOCKERS_SHOWN]]
        if len(ids) > _BLOCKERS_SHOWN:
            lines.append(words("report.more", number=len(ids) - _BLOCKERS_SHOWN))
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


def _steps(screen: s.Report, words: Words) -> list[Block]:
    if not screen.steps:
        return [section(words("report.no_steps"))]
    title = section(Mrkdwn(f"*{words('report.steps_title')}*"))
    return [title, *(section(_step(number, step, words)) for number, step in enumerate(screen.steps, 1))]


def _step(number: int, step: NextStep, words: Words) -> Mrkdwn:
    practice = words.library.practices[step.practice]
    kind = "risk" if step.blocks == "risk" else "gate" if step.gate else ""
    reason = words(
        f"report.step_reason_{kind}" if kind else "report.step_reason",
        title=practice.title,
        id=step.practice,
        answer=risk_name(step.answer) if kind == "risk" else answer_name(step.answer),
        area=area_title(words.library, step.blocks),
        level=step.level,
    )
    tools = _tools(step, words)
    return words(
        "report.step", number=number, step=practice.step.rstrip("."), reason=reason, effort=practice.effort, tools=tools
    )


def _tools(step: NextStep, words: Words) -> Mrkdwn | str:
    """What serves the step: the team's own tools, else one or two to consider, with what to know first."""
    library = words.library
    chosen = [library.tools[slug] for slug in step.owned_tools or step.tool_options]
    if not chosen:
        return ""
    if step.owned_tools:
        said = words("report.step_owned", tools=several([tool.name for tool in chosen]))
    else:
        texts = [words("report.step_tool", name=tool.name, when=tool.choose_when.rstrip(".")) for tool in chosen]
        capability = library.capabilities[library.practices[step.practice].capability].title
        said = words("report.step_tools", capability=capability, tools=several(texts, last="or"))
    cautions = (words("report.caution", name=tool.name, caution=tool.caution) for tool in chosen if tool.caution)
    return join((said, *cautions))


def _ask_why(screen: s.Report, words: Words) -> Block:
    topics = ["overall", *DIMENSIONS, "google", "target", "provisional", "risks"]
    labels = {
        "overall": f"Why level {screen.judgement.score.floor.overall} overall?",
        "google": "Why this level on Google's ladder?",
        "target": f"Why aim at level {screen.judgement.target.level}?",
        "provisional": "What is not settled yet?",
        "risks": "Why are these risks?",
    }
    entries = [
        Button(
            labels.get(topic) or f"Why this level in {area_title(words.library, topic).lower()}?",
            "why-number",
            screen.dialog,
            argument=topic,
        )
        for topic in topics
    ]
    return actions(menu("why", "Ask why …", entries), Button("Reopen", "reopen", screen.dialog))


def _foot(state: State, words: Words) -> Block:
    people = several(sorted({given.name for given in state.answers.values()})) or "nobody"
    share = words.library.thresholds.share_percent
    version = words.library.version
    return context(words("report.foot", answers=len(state.answers), people=people, version=version, share=share))


def summary(screen: s.Summary, words: Words) -> Message:
    """The result in two or three lines, for the channel."""
    judgement, state = screen.judgement, screen.state
    holding = min(DIMENSIONS, key=lambda key: judgement.score.floor.dimensions[key])
    blockers = judgement.score.blockers[holding]
    first = words.library.practices[blockers[0]].title if blockers and judgement.gap else ""
    open_aim = "stage" in judgement.target.missing
    kind = "gap" if judgement.gap else "so_far" if judgement.target.provisional else "done"
    kind = "open" if open_aim else kind
    said = words(f"report.summary_{kind}", target=judgement.target.level, gap=judgement.gap)
    text = words(
        "report.summary",
        subject=state.subject,
        levels=levels_text(judgement, words),
        verdict=said,
        blocker=first,
        google=f"Google's ladder: level {judgement.score.floor.google} of {GOOGLE_TOP}",
        risks=len(judgement.score.risks),
    )
    return message(section(text))
