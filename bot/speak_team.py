"""Questions about the team's own results, answered from its last completed assessment."""

from collections import Counter

from bot.blocks import Block, Message, listing, message, section
from bot.mrkdwn import Mrkdwn, join
from bot.naming import CHOICE_NAMES, answer_name, area_title, full_day, level_name, section_title, several
from bot.speak_course import levels_text
from bot.speak_need import basis, blocker
from bot.speak_reminders import rhythm_text, when
from bot.speak_report import filled_reason
from bot.speak_steps import step_text
from bot.speak_topics import foot
from bot.words import Words
from dialogs import answer_screens as a
from dialogs.answers import CHOICES
from dialogs.state import State
from knowledge.content import DIMENSIONS

_ANSWERS_SHOWN, _PAST_SHOWN = 12, 8


def team_page(screen: a.TeamPage, words: Words, workspace_url: str) -> Message:
    """The answer to one question about the team."""
    drawn = {
        "team/level": _level,
        "team/blockers": _blockers,
        "team/next": _next,
        "team/target": _target,
        "team/history": _history,
        "team/answers": _answers,
        "team/reminder": _reminder,
    }
    blocks = drawn[screen.topic](screen, words)
    return message(*blocks, basis(screen.state, words, workspace_url), foot(screen.topic, None, words))


def _level(screen: a.TeamPage, words: Words) -> list[Block]:
    judgement = screen.judgement
    floor = judgement.score.floor
    lines = [
        words("team.dimensions", title=area_title(words.library, key), level=floor.dimensions[key])
        for key in DIMENSIONS
    ]
    lines.append(words("team.google", level=floor.google))
    said = words("team.level", subject=screen.state.subject, levels=levels_text(judgement, words))
    return [section(join((said, *(_bullet(line) for line in lines))))]


def _bullet(line: str) -> Mrkdwn:
    return join((Mrkdwn("•"), line), " ")


def _blockers(screen: a.TeamPage, words: Words) -> list[Block]:
    score, target = screen.judgement.score, screen.judgement.target.level
    overall, subject = score.floor.overall, screen.state.subject
    holding = [key for key in DIMENSIONS if score.floor.dimensions[key] == overall and score.blockers[key]]
    if not holding:
        return [section(words("team.blockers_top", subject=subject, overall=overall))]
    areas = several([area_title(words.library, key) for key in holding])
    blocks = [section(words("team.blockers", subject=subject, overall=overall, areas=areas))]
    for key in holding:
        title = words("team.blockers_title", title=area_title(words.library, key), level=overall + 1)
        lines = [blocker(practice, screen.state, words) for practice in score.blockers[key]]
        blocks.append(section(listing(title, lines)))
    if overall >= target:
        blocks.append(section(words("team.beyond_target", target=target)))
    return blocks


def _next(screen: a.TeamPage, words: Words) -> list[Block]:
    subject = screen.state.subject
    if not screen.steps:
        return [section(words("team.next_none", subject=subject, target=screen.judgement.target.level))]
    first = words.library.practices[screen.steps[0].practice].step.rstrip(".")
    steps = [section(step_text(number, step, words)) for number, step in enumerate(screen.steps, 1)]
    return [section(words("team.next", subject=subject, first=first)), *steps]


def _target(screen: a.TeamPage, words: Words) -> list[Block]:
    target, library = screen.judgement.target, words.library
    doubt = words("team.target_doubt") if target.provisional else ""
    name = level_name(library, target.level)
    blocks = [section(words("team.target", subject=screen.state.subject, target=target.level, name=name, doubt=doubt))]
    reasons = [
        words("why.rule", reason=filled_reason(rule.reason, screen.state.known_facts()), id=rule.id, level=rule.level)
        for rule in library.target.rules
        if rule.id in target.rules and rule.level == target.level
    ]
    if reasons:
        blocks.append(section(listing(words("need.reasons_title"), reasons)))
    if target.missing:
        facts = several([library.facts[key].title for key in target.missing])
        blocks.append(section(words("team.target_open", facts=facts)))
    return blocks


def _history(screen: a.TeamPage, words: Words) -> list[Block]:
    now = screen.judgement.score.floor.overall
    earlier = screen.past[1:]
    if not earlier:
        date = full_day(screen.state.assessed_at)
        change = words("team.change_first", now=now, date=date)
        return [section(words("team.history", subject=screen.state.subject, change=change))]
    then = earlier[0]
    kind = "team.change_none" if then.overall == now else "team.change_up"
    change = words(kind, then=then.overall, now=now, date=full_day(then.at))
    lines = [
        words("team.past", date=full_day(past.at), level=past.overall, target=past.target)
        for past in screen.past[:_PAST_SHOWN]
    ]
    said = words("team.history", subject=screen.state.subject, change=change)
    return [section(join((said, *(_bullet(line) for line in lines))))]


def _answers(screen: a.TeamPage, words: Words) -> list[Block]:
    """The answers on what the question mentions; without that, how many of each there are."""
    state, library = screen.state, words.library
    practices = [practice for practice in library.asked() if practice.id in state.answers]
    about = [each for each in screen.about if each.kind in ("capability", "dimension", "level")]
    for kind, value in about:
        field = "capability" if kind == "capability" else kind
        practices = [practice for practice in practices if str(getattr(practice, field)) == value]
    named = several([_about_name(words, kind, value) for kind, value in about])
    if not practices:
        return [section(words("team.answers_none", subject=state.subject, about=named or "anything"))]
    head = words("team.answers", subject=state.subject, answers=len(practices), about=named)
    lines = [_answer(state, practice.id, words) for practice in practices] if about else _counts(screen, words)
    if len(lines) > _ANSWERS_SHOWN:
        lines = [*lines[:_ANSWERS_SHOWN], words("team.answers_more", number=len(lines) - _ANSWERS_SHOWN)]
    return [section(join((head, *(_bullet(line) for line in lines))))]


def _about_name(words: Words, kind: str, value: str) -> str:
    if kind == "capability":
        return words.library.capabilities[value].title.lower()
    return area_title(words.library, value).lower() if kind == "dimension" else f"level {value}"


def _answer(state: State, practice: str, words: Words) -> Mrkdwn:
    given = state.answers[practice]
    return words(
        "team.answer",
        title=words.library.practices[practice].title,
        id=practice,
        answer=answer_name(given.choice),
        name=given.name,
        date=full_day(given.at),
        note=given.note or "",
    )


def _counts(screen: a.TeamPage, words: Words) -> list[Mrkdwn]:
    """How many yes, partly, no ... there are in each dimension."""
    counts: dict[str, Counter[str]] = {}
    for practice in words.library.asked():
        if practice.id in screen.state.answers:
            area = section_title(words.library, practice.id)
            counts.setdefault(area, Counter())[screen.state.answers[practice.id].choice] += 1
    lines = []
    for area, each in counts.items():
        said = ", ".join(f"{each[choice]} {CHOICE_NAMES[choice]}" for choice in CHOICES if each[choice])
        lines.append(words("team.answers_count", area=area, counts=said))
    return lines


def _reminder(screen: a.TeamPage, words: Words) -> list[Block]:
    told = {"subject": screen.state.subject, "date": full_day(screen.state.assessed_at)}
    reminder = screen.reminder
    if reminder is None or reminder.due is None:
        return [section(words("team.reminder_none", **told))]
    rhythm = rhythm_text(reminder.rhythm, words)
    return [section(words("team.reminder", **told, when=when(reminder, words), rhythm=rhythm))]
