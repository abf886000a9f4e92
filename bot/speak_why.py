"""Why we ask, and why a number is what it is: always with the answers and facts that hold it."""

from bot.blocks import Block, Message, context, listing, message, section
from bot.mrkdwn import Mrkdwn, join
from bot.naming import answer_name, area_title, day, fact_value, open_areas, risk_name, several, sources_line
from bot.speak_report import filled_reason
from bot.words import Words
from dialogs import screens as s
from dialogs.answers import answer_of
from dialogs.ladders import Cell, ladders
from dialogs.scoring import cell_progress
from dialogs.state import State
from knowledge.content import (
    DIMENSIONS,
    AnyOf,
    Condition,
    FactAtLeast,
    FactIs,
    FactIsNot,
    FactMoreThan,
    TargetRule,
)
from knowledge.library import Library


def practice_text(words: Words, practice_id: str) -> tuple[Mrkdwn, Mrkdwn]:
    """Why a practice is asked, and its sources."""
    library = words.library
    practice = library.practices[practice_id]
    kind = "why.place_risk" if practice.level is None else "why.place_gate" if practice.gate else "why.place"
    area = area_title(library, practice.dimension or ("google" if practice.level else "risk"))
    text = words(
        "why.practice",
        title=practice.title,
        id=practice.id,
        place=words(kind, level=practice.level, area=area),
        why=practice.why,
        yes=practice.yes,
        partly=practice.partly,
        na=practice.na_when or "",
        evidence=practice.evidence,
    )
    sources = sources_line(library, practice.sources)
    return text, words("why.sources", sources=sources, one=len(practice.sources) == 1)


def why_practice(screen: s.WhyPractice, words: Words) -> Message:
    """Why we ask, as a message."""
    text, sources = practice_text(words, screen.practice)
    return message(section(text), context(sources))


def why_fact(screen: s.WhyFact, words: Words) -> Message:
    """Why a fact is asked."""
    fact = words.library.facts[screen.fact]
    return message(section(words("why.fact", title=fact.title, why=fact.why)))


def why_number(screen: s.WhyNumber, words: Words) -> Message:
    """Why a number of the report is what it is."""
    if screen.topic == "target":
        return message(*_target(screen, words))
    if screen.topic == "risks":
        return message(*_risks(screen, words))
    if screen.topic == "provisional":
        return message(*_provisional(screen, words))
    if screen.topic in (*DIMENSIONS, "google"):
        return message(*_ladder(screen, screen.topic, words))
    return message(*_overall(screen, words))


def _overall(screen: s.WhyNumber, words: Words) -> list[Block]:
    floor = screen.judgement.score.floor
    holding = [key for key in DIMENSIONS if floor.dimensions[key] == floor.overall]
    lowest = several([area_title(words.library, key) for key in holding])
    blocks = [section(words("why.overall", level=floor.overall, lowest=lowest))]
    for key in holding:
        blocks += _ladder(screen, key, words)
    return blocks


def _ladder(screen: s.WhyNumber, key: str, words: Words) -> list[Block]:
    """A dimension, or Google's ladder: the cell that is not met, counted, and the answers that hold it."""
    floor = screen.judgement.score.floor
    level = floor.google if key == "google" else floor.dimensions[key]  # type: ignore[index]  # checked by the caller
    title = area_title(words.library, key)
    cells = next(ladder.cells for ladder in ladders(words.library) if ladder.key == key)
    text = [words("why.dimension", title=title, level=level)]
    if level > 0:
        text.append(_cell(cells[level - 1], screen.state, words, "reached"))
    if level == len(cells):
        return [section(join((*text, words("why.top", title=title))))]
    text.append(_cell(cells[level], screen.state, words, "not reached"))
    lines = [_answer(screen.state, i, words) for i in screen.judgement.score.blockers[key]]
    return [section(join(text)), section(listing(words("why.answers_title"), lines))]


def _cell(cell: Cell, state: State, words: Words, said: str) -> Mrkdwn:
    """One cell in numbers: points, what is needed, and the gates that are not a full yes."""
    choices = state.choices()
    practices = [words.library.practices[rung.id] for rung in cell.rungs]
    points, maximum = cell_progress(words.library, choices, practices)
    if not maximum:
        return words("why.cell_empty", level=cell.level)
    open_gates = [
        words.library.practices[rung.asked].title
        for rung in cell.rungs
        if rung.gate and answer_of(words.library, choices, rung.id) not in ("yes", "na")
    ]
    return words(
        "why.cell",
        level=cell.level,
        state=said,
        points=points,
        maximum=maximum,
        share=words.library.thresholds.share_percent,
        gates=several(open_gates),
    )


def _answer(state: State, practice_id: str, words: Words) -> Mrkdwn:
    """One answer with who gave it, and when."""
    library = words.library
    practice = library.practices[practice_id]
    given = state.answers.get(practice_id) or state.answers.get(library.twin(practice_id) or "")
    return words(
        "why.answer",
        title=practice.title,
        id=practice_id,
        answer=answer_name(given.choice if given else None),
        name=given.name if given else "",
        date=day(given.at) if given else "",
        note=(given.note or "") if given else "",
    )


def _facts_read(rules: list[TargetRule], library: Library) -> list[str]:
    """The facts that some rules read, in the order in which they are asked."""
    needs = [condition for need in library.target.needs for condition in need.when]
    names: set[str] = set()
    pending: list[Condition] = [condition for rule in rules for condition in rule.when]
    if any(rule.id.startswith("T4") for rule in rules):
        pending += needs
    while pending:
        condition = pending.pop()
        if isinstance(condition, AnyOf):
            pending += condition.any_of
        elif isinstance(condition, FactIs | FactIsNot | FactAtLeast | FactMoreThan):
            names.add(condition.fact)
    return [key for key in library.facts if key in names]


def _target(screen: s.WhyNumber, words: Words) -> list[Block]:
    target, library = screen.judgement.target, words.library
    by_id = {rule.id: rule for rule in library.target.rules}
    fired = [by_id[i] for i in target.rules]
    blocks = [section(words("why.target", level=target.level))]
    lines = [
        words(
            "why.rule_exactly" if rule.says == "exactly" else "why.rule",
            reason=filled_reason(rule.reason, screen.state.known_facts()),
            id=rule.id,
            level=rule.level,
        )
        for rule in fired
    ]
    blocks.append(section(listing(words("why.rules_title"), lines) if lines else words("why.target_none")))
    if facts := [_fact(screen.state, key, words) for key in _facts_read(fired, library)]:
        blocks.append(section(listing(words("why.facts_title"), [fact for fact in facts if fact])))
    if any(i in ("T4-close", "T4-approval") for i in target.rules):
        points = {point.id: point for point in library.target.readiness}
        open_points = [(i, "not met") for i in target.readiness_missing]
        open_points += [(i, "not known") for i in target.readiness_unknown]
        texts = [words("why.missing", says=points[i].says.rstrip("."), id=i, state=said) for i, said in open_points]
        blocks.append(section(listing(words("why.missing_title"), texts)))
    if target.undecided:
        open_rules = [by_id[i] for i in target.undecided if by_id[i].level > target.level]
        waiting = [
            words(
                "why.undecided",
                level=rule.level,
                reason=filled_reason(rule.reason, screen.state.known_facts()),
                id=rule.id,
            )
            for rule in open_rules
        ]
        if waiting:
            blocks.append(section(listing(words("why.undecided_title"), waiting)))
    keys = dict.fromkeys(key for rule in fired for key in rule.sources)
    sources = words("why.sources", sources=sources_line(library, keys), one=len(keys) == 1)
    return [*blocks, context(sources)] if fired else blocks


def _fact(state: State, key: str, words: Words) -> Mrkdwn | None:
    fact, given = words.library.facts[key], state.facts.get(key)
    if given is not None:
        value = fact_value(words.library, fact, given.value)
        return words("why.fact_given", title=fact.title, value=value, name=given.name, date=day(given.at))
    if fact.default is not None:
        return words("why.fact_default", title=fact.title, value=fact_value(words.library, fact, fact.default))
    return None


def _risks(screen: s.WhyNumber, words: Words) -> list[Block]:
    blocks = [section(words("why.risks"))]
    if not screen.judgement.score.risks:
        return [*blocks, section(words("why.no_risks"))]
    for practice_id in screen.judgement.score.risks:
        practice = words.library.practices[practice_id]
        answer = risk_name(answer_of(words.library, screen.state.choices(), practice_id))
        risk = words("report.risk", title=practice.title, id=practice_id, answer=answer)
        blocks.append(section(join((Mrkdwn(f"*{risk}*"), practice.why))))
    return blocks


def _provisional(screen: s.WhyNumber, words: Words) -> list[Block]:
    areas = open_areas(screen.judgement)
    if not areas:
        return [section(words("why.settled"))]
    where = several([area_title(words.library, key) for key in areas])
    blocks = [section(words("why.provisional", where=where))]
    choices = screen.state.choices()
    for key in areas:
        ids = screen.judgement.score.blockers[key]
        unknown = [i for i in ids if answer_of(words.library, choices, i) in (None, "unknown")]
        if unknown:
            lines = [_answer(screen.state, i, words) for i in unknown]
            blocks.append(section(listing(area_title(words.library, key), lines)))
    return blocks
