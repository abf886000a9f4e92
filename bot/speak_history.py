"""Earlier results: what changed, what caused it, and what would be if something were otherwise."""

from collections.abc import Sequence

from bot.blocks import Block, Button, Message, actions, context, header, listing, message, section, sections
from bot.mrkdwn import Mrkdwn, join
from bot.naming import answer_name, area_title, fact_value, full_day, several
from bot.speak_course import levels_text
from bot.words import Words
from dialogs import result_screens as r
from dialogs.answers import FactValue
from dialogs.causes import LevelChange
from dialogs.changes import Changes
from dialogs.differences import AnswerChange, FactChange
from dialogs.judgement import Judgement
from dialogs.standing import Standing
from knowledge.content import DIMENSIONS

_CAUSES_SHOWN, _ANSWERS_SHOWN = 3, 15


def history_page(screen: r.HistoryPage, words: Words) -> Message:
    """Results that changed something, newest first."""
    blocks: list[Block] = [header(words("history.title", subject=screen.subject))]
    for entry in screen.entries:
        lines = _moves(entry.changes, words) if entry.changes is not None else [words("history.first")]
        head = standing_text(entry.number, entry.standing, words)
        blocks += sections(join((head, *(_bullet(line) for line in lines))))
    notes = [words("history.same", same=screen.same)] if screen.same else []
    notes += [words("history.how")] if len(screen.entries) > 1 else []
    return message(*blocks, context(*notes) if notes else None, _turn_pages(screen))


def _bullet(line: str) -> Mrkdwn:
    return join((Mrkdwn("•"), line), " ")


def standing_text(number: int, standing: Standing, words: Words) -> Mrkdwn:
    """One result in a line."""
    up_to = standing.up_to if standing.up_to != standing.overall else None
    return words(
        "history.entry",
        number=number,
        date=full_day(standing.at),
        level=standing.overall,
        up_to=up_to,
        target=standing.target,
    )


def _turn_pages(screen: r.HistoryPage) -> Block | None:
    if screen.pages < 2:  # noqa: PLR2004 - one page needs no turning
        return None
    ways = [("Later", screen.page - 1), ("Earlier", screen.page + 1)]
    return actions(
        *(
            Button(label, "run", argument=f"history page {page} of {screen.subject}", unique=label.lower())
            for label, page in ways
            if 1 <= page <= screen.pages
        )
    )


def _moves(changes: Changes, words: Words) -> list[Mrkdwn]:
    """Each level and target that moved, with its causes; levels that moved alike, for the same reasons, in one line."""
    alike: dict[tuple[object, ...], list[LevelChange]] = {}
    for change in changes.levels:
        alike.setdefault((change.was, change.to, change.answers, change.content), []).append(change)
    lines = [_levels(each, changes, words) for each in alike.values()]
    target = changes.target
    if target is not None:
        causes = _causes(target.answers, target.facts, changes, words, content=target.content)
        lines.append(join((words("history.target", was=target.was, to=target.to), causes), ""))
    return lines


def _levels(alike: Sequence[LevelChange], changes: Changes, words: Words) -> Mrkdwn:
    first = alike[0]
    names = ["Overall" if each.of == "overall" else area_title(words.library, each.of) for each in alike]
    causes = _causes(first.answers, (), changes, words, content=first.content)
    return join((words("history.level", area=several(names), was=first.was, to=first.to), causes), "")


def _causes(
    answers: Sequence[AnswerChange], facts: Sequence[FactChange], changes: Changes, words: Words, *, content: bool
) -> Mrkdwn:
    told = [fact_change(each, words) for each in facts]
    told += [answer_change(each, words) for each in answers[:_CAUSES_SHOWN]]
    if len(answers) > _CAUSES_SHOWN:
        told.append(words("history.more_causes", number=len(answers) - _CAUSES_SHOWN))
    if content and changes.content is not None:
        told.append(words("history.content", was=changes.content.was, to=changes.content.to))
    return words("history.because", causes=several(told)) if told else Mrkdwn("")


def answer_change(change: AnswerChange, words: Words) -> Mrkdwn:
    """One answer that is another one now, by whom and when."""
    practice = words.library.practices.get(change.practice)
    return words(
        "history.answer",
        title=practice.title if practice else change.practice,
        id=change.practice,
        was=answer_name(change.was),
        to=answer_name(change.to),
        name=change.name,
        date=full_day(change.at) if change.at is not None else "",
    )


def fact_change(change: FactChange, words: Words) -> Mrkdwn:
    """One fact that has another value now."""
    fact = words.library.facts.get(change.fact)
    return words(
        "history.fact",
        title=fact.title if fact else change.fact,
        was=_value(change.fact, change.was, words),
        to=_value(change.fact, change.to, words),
        name=change.name,
        date=full_day(change.at) if change.at is not None else "",
    )


def _value(key: str, value: FactValue | None, words: Words) -> str:
    if value is None:
        return "not known"
    fact = words.library.facts.get(key)
    return fact_value(words.library, fact, value) if fact is not None else str(value)


def diff_page(screen: r.DiffPage, words: Words) -> Message:
    """Two results side by side: levels and target with causes, then every answer and fact that changed."""
    older, newer, changes = screen.older, screen.newer, screen.changes
    first, second = full_day(older.standing.at), full_day(newer.standing.at)
    numbers = {"older": older.number, "newer": newer.number}
    title = header(words("history.diff_title", subject=screen.subject, **numbers))
    if not changes.anything:
        return message(title, section(words("history.diff_same", **numbers, first=first, second=second)))
    lines = _moves(changes, words)
    heads = [standing_text(each.number, each.standing, words) for each in (older, newer)]
    blocks: list[Block] = [title, section(join(heads))]
    if lines:
        blocks += sections(listing(words("history.diff_levels", first=first, second=second), lines))
    else:
        blocks.append(section(words("history.diff_no_level", first=first, second=second)))
    blocks += _lists(changes, words)
    return message(*blocks)


def _lists(changes: Changes, words: Words) -> list[Block]:
    asked_both = [each for each in changes.answers if each.was is not None and each.to is not None]
    answers = [answer_change(each, words) for each in asked_both]
    if len(answers) > _ANSWERS_SHOWN:
        answers = [*answers[:_ANSWERS_SHOWN], words("history.more", number=len(answers) - _ANSWERS_SHOWN)]
    facts = [fact_change(each, words) for each in changes.facts]
    blocks = sections(listing(words("history.diff_answers"), answers)) if answers else []
    blocks += sections(listing(words("history.diff_facts"), facts)) if facts else []
    notes = [
        words(f"history.{kind}", practices=_names(ids, words))
        for kind, ids in (("new", changes.newly_asked), ("gone", changes.not_asked_any_more))
        if ids
    ]
    if changes.content is not None:
        notes.append(words("history.diff_content", was=changes.content.was, to=changes.content.to))
    return [*blocks, *(context(note) for note in notes)]


def _names(ids: Sequence[str], words: Words) -> Mrkdwn:
    known = words.library.practices
    shown = [f"{known[i].title} ({i})" if i in known else i for i in ids[:_ANSWERS_SHOWN]]
    return several([*shown, f"{len(ids) - len(shown)} more"] if len(ids) > len(shown) else shown)


# What if -------------------------------------------------------------------------------------------------------------


def what_if_page(screen: r.WhatIfPage, words: Words) -> Message:
    """What the levels would be; nothing is changed."""
    found, library = screen.found, words.library
    supposed = [
        words("history.if_practice", title=library.practices[each.practice].title, id=each.practice, to=_as(each.to))
        for each in found.practices
    ]
    supposed += [
        words("history.if_fact", title=library.facts[each.fact].title, to=_value(each.fact, each.to, words))
        for each in found.facts
    ]
    today = [
        words("history.if_was_practice", title=library.practices[each.practice].title, was=answer_name(each.was))
        for each in found.practices
    ]
    today += [
        words("history.if_was_fact", title=library.facts[each.fact].title, was=_value(each.fact, each.was, words))
        for each in found.facts
    ]
    standing = join((*today, levels_text(found.before, words)), "; ")
    title = words("history.if_title", supposed=several(supposed))
    lines = _would(found.before, found.after, words)
    return message(section(join((Mrkdwn(f"*{title}*"), *lines))), context(words("history.if_today", standing=standing)))


def _as(choice: str) -> str:
    return {"unknown": "not known", "na": "not applicable"}.get(choice, choice)


def _would(before: Judgement, after: Judgement, words: Words) -> list[Mrkdwn]:
    """Everything that would be another number."""
    low, high = before.score.floor, after.score.floor
    target = (before.target.level, after.target.level)
    parts: list[tuple[str, int, int]] = [(key, low.dimensions[key], high.dimensions[key]) for key in DIMENSIONS]
    parts.append(("google", low.google, high.google))
    moved = [
        words("history.if_level", area=area_title(words.library, key), was=was, to=to)
        for key, was, to in parts
        if was != to
    ]
    moved += [words("history.if_target", was=target[0], to=target[1])] if target[0] != target[1] else []
    if low.overall == high.overall and not moved:
        return [words("history.if_same", overall=low.overall, target=target[0]), *_still(after, words)]
    kind = "history.if_overall_same" if low.overall == high.overall else "history.if_overall"
    still = _still(after, words) if low.overall == high.overall else []
    head = words(kind, overall=high.overall, was=low.overall, to=high.overall)
    return [head, *(_bullet(line) for line in moved), *still]


def _still(after: Judgement, words: Words) -> list[Mrkdwn]:
    """What would hold the overall level where it is, below the target; the first few practices."""
    score = after.score
    holding = [key for key in DIMENSIONS if score.floor.dimensions[key] == score.floor.overall]
    ids = [practice for key in holding for practice in score.blockers[key]] if after.gap else []
    named = [f"{words.library.practices[each].title} ({each})" for each in ids[:_CAUSES_SHOWN]]
    named += [f"{len(ids) - len(named)} more"] if len(ids) > len(named) else []
    return [words("history.if_still", level=score.floor.overall, practices=several(named))] if named else []


def what_if_unread(screen: r.WhatIfUnread, words: Words) -> Message:
    """A supposition that cannot be read: why, and one that can."""
    why = words(f"history.unread_{screen.problem.kind.replace('-', '_')}", **screen.problem.details)
    return message(section(join((why, words("history.unread_try")), " ")))


def which_one(screen: r.WhichOne, words: Words) -> Message:
    """Several subjects: asks which."""
    buttons = [
        Button(subject, "run", argument=f"{screen.command} {subject}", unique=f"{place}")
        for place, subject in enumerate(screen.subjects[:20])
    ]
    return message(section(words("history.which")), actions(*buttons))
