"""Whether a team needs a level: the verdict in a sentence, reasons with who said what, and what would change it."""

from bot.blocks import Block, Button, Message, actions, context, listing, message, section
from bot.mrkdwn import Mrkdwn, join
from bot.naming import answer_name, fact_value, full_day, sources_line
from bot.speak_answers import permalink
from bot.speak_report import filled_reason
from bot.speak_topics import SETTLE, foot
from bot.words import Words
from dialogs import answer_screens as a
from dialogs.answers import FactValue, answer_of, value_of
from dialogs.grounds_read import facts_read
from dialogs.settling import settling_facts
from dialogs.state import State
from knowledge.content import DIMENSIONS, TargetRule

VERDICTS = {
    "unknown": "open",
    "already": "you have it",
    "beyond": "more than you need",
    "yes": "yes",
    "not-yet": "not yet",
    "no": "no",
}
HELD_BACK = {"T4-approval": "approval", "T4-close": "held"}  # rules that keep the last level back, and what they say
_FLIPS_SHOWN, _BLOCKERS_SHOWN = 3, 4


def need(screen: a.Need, words: Words, workspace_url: str) -> Message:
    """The whole answer."""
    blocks: list[Block] = [section(verdict_text(screen, words))]
    blocks += _titled(words("need.reasons_title"), _reasons(screen, words))
    blocks += _titled(words("need.blockers_title"), _blockers(screen, words))
    blocks += _titled(words("need.readiness_title", level=screen.level), _readiness(screen, words))
    blocks += _titled(words("need.open_title"), _open(screen, words))
    blocks += _titled(words("need.flips_title"), _flips(screen, words))
    blocks.append(section(_next(screen, words)))
    blocks += [basis(screen.state, words, workspace_url), _sources(screen, words)]
    waits = screen.verdict.verdict == "unknown" or screen.judgement.target.needs_open
    settle = actions(Button(SETTLE, "need", argument=str(screen.level))) if waits else None
    return message(*blocks, settle, foot(f"level/{screen.level}/need", None, words))


def _titled(title: str, lines: list[Mrkdwn]) -> list[Block]:
    return [section(listing(title, lines))] if lines else []


def verdict_text(screen: a.Need, words: Words) -> Mrkdwn:
    """The verdict in one sentence, or two."""
    target, overall = screen.judgement.target, screen.judgement.score.floor.overall
    kind = screen.verdict.verdict.replace("-", "_")
    if kind == "not_yet":
        kind += next((f"_{said}" for rule, said in HELD_BACK.items() if rule in target.rules), "")
    gap = target.level - overall
    place = "need.place_there" if gap == 0 else "need.place_steps" if gap > 0 else "need.place_above"
    said = words(
        f"need.{kind}",
        level=screen.level,
        target=target.level,
        overall=overall,
        subject=screen.state.subject,
        highest=target.highest,
        place=words(place, gap=gap),
    )
    perhaps = words("need.perhaps", level=screen.level) if screen.verdict.perhaps_reached else ""
    return join((said, perhaps), " ")


def _reasons(screen: a.Need, words: Words) -> list[Mrkdwn]:
    """The rules that speak for the target, each with what it read; and that none speaks for the level asked about."""
    library = words.library
    fired = [rule for rule in library.target.rules if rule.id in screen.verdict.rules]
    target = screen.judgement.target.level
    lines = [_reason(rule, screen.state, words) for rule in fired if rule.level == target]
    top = len(library.microsoft.levels) - 1
    if screen.level == top and screen.level > target and not screen.judgement.target.needs:
        facts = join([_fact(key, screen.state, words) for key in settling_facts(library, top)], "; ")
        kind = "need.no_need_known" if screen.judgement.target.needs_open else "need.no_need"
        lines.append(words(kind, level=screen.level, facts=facts))
    return lines


def _reason(rule: TargetRule, state: State, words: Words) -> Mrkdwn:
    reason = filled_reason(rule.reason, state.known_facts()).rstrip(".")
    facts = [_fact(key, state, words) for key in facts_read(words.library, (rule.id,)) if key in state.facts]
    if not facts:
        return words("need.reason_plain", reason=reason, rule=rule.id, level=rule.level)
    return words("need.reason", reason=reason, facts=join(facts, "; "), rule=rule.id, level=rule.level)


def _fact(key: str, state: State, words: Words) -> Mrkdwn:
    """A fact with who gave it and when."""
    fact, given = words.library.facts[key], state.facts.get(key)
    if given is not None:
        value = fact_value(words.library, fact, given.value)
        return words("need.fact", title=fact.title, value=value, name=given.name, date=full_day(given.at))
    known = value_of(words.library, state.known_facts(), key)
    if known is None:
        return words("need.fact_unknown", title=fact.title)
    return words("need.fact_default", title=fact.title, value=fact_value(words.library, fact, known))


def _blockers(screen: a.Need, words: Words) -> list[Mrkdwn]:
    """What keeps the team from a level it needs, in the dimensions that hold it."""
    if screen.verdict.verdict != "yes":
        return []
    score = screen.judgement.score
    holding = [key for key in DIMENSIONS if score.floor.dimensions[key] == score.floor.overall]
    practices = [practice for key in holding for practice in score.blockers[key]]
    return [blocker(practice, screen.state, words) for practice in practices[:_BLOCKERS_SHOWN]]


def blocker(practice: str, state: State, words: Words) -> Mrkdwn:
    """A practice that is not in place, with the answer that says so, by whom and when."""
    library = words.library
    given = state.answers.get(practice) or state.answers.get(library.twin(practice) or "")
    return words(
        "need.blocker",
        title=library.practices[practice].title,
        id=practice,
        answer=answer_name(answer_of(library, state.choices(), practice)),
        name=given.name if given else "",
        date=full_day(given.at) if given else "",
    )


def _readiness(screen: a.Need, words: Words) -> list[Mrkdwn]:
    target = screen.judgement.target
    if screen.verdict.verdict != "not-yet" or not target.needs:
        return []
    points = {point.id: point.says.rstrip(".") for point in words.library.target.readiness}
    states = [(name, "not met") for name in target.readiness_missing]
    states += [(name, "not known") for name in target.readiness_unknown]
    return [words("need.readiness", says=points[name], id=name, state=said) for name, said in states]


def _open(screen: a.Need, words: Words) -> list[Mrkdwn]:
    if screen.verdict.verdict != "unknown":
        return []
    return [Mrkdwn(words.library.facts[key].question) for key in screen.judgement.target.missing]


def _flips(screen: a.Need, words: Words) -> list[Mrkdwn]:
    if not screen.verdict.flips:
        return [words("need.no_flips")]
    return [
        flip_text(flip.fact, flip.was, flip.to, flip.verdict, words) for flip in screen.verdict.flips[:_FLIPS_SHOWN]
    ]


def flip_text(key: str, was: FactValue, to: FactValue, verdict: str, words: Words) -> Mrkdwn:
    """A fact whose other value would give another verdict."""
    fact = words.library.facts[key]
    return words(
        "need.flip",
        title=fact.title,
        was=fact_value(words.library, fact, was),
        to=fact_value(words.library, fact, to),
        verdict=VERDICTS[verdict],
    )


def _next(screen: a.Need, words: Words) -> Mrkdwn:
    if not screen.judgement.gap or not screen.steps:
        return words("need.next_none")
    return words("need.next", step=words.library.practices[screen.steps[0].practice].step)


def basis(state: State, words: Words, workspace_url: str) -> Block:
    """Which assessment an answer rests on, and when it was."""
    link = permalink(workspace_url, state)
    return context(words("need.basis", subject=state.subject, date=full_day(state.assessed_at), link=link))


def _sources(screen: a.Need, words: Words) -> Block:
    fired = [rule for rule in words.library.target.rules if rule.id in screen.verdict.rules]
    keys = dict.fromkeys(key for rule in fired for key in rule.sources) or {"our-judgement": None}
    return context(words("why.sources", sources=sources_line(words.library, keys), one=len(keys) == 1))
