"""Assessments that went quiet, reassessments, and facts told in words."""

from bot.blocks import Button, Message, actions, button, context, message, section
from bot.mrkdwn import Mrkdwn, join
from bot.naming import day, fact_value, facts_in_a_line, full_day
from bot.speak_answers import permalink
from bot.speak_course import levels_text
from bot.speak_report import filled_reason
from bot.words import Words
from dialogs import reminder_screens as r
from dialogs.nudging import QUIET_DAYS

# --- quiet ---------------------------------------------------------------------------------------------------------


def nudge(screen: r.Nudge, words: Words) -> Message:
    """Once, after three working days of silence."""
    state = screen.state
    number = state.numbers.get(state.question.id) if state.question is not None else None
    phase = "question" if number else "offer" if state.phase == "offer" else "facts"
    open_ = words(f"again.nudge_{phase}", number=number or 0, left=screen.left)
    return message(
        section(words("again.nudge", date=full_day(screen.since), open=open_)),
        actions(
            Button("Go on", "continue", state.id, style="primary"),
            Button("Finish with what is known", "finish", state.id),
            Button("Pause", "pause", state.id),
        ),
    )


def rested(screen: r.Rested, words: Words) -> Message:
    """It rests from now on."""
    return message(
        section(words("again.rested")),
        actions(
            Button("Resume", "resume", screen.dialog, style="primary"),
            Button("Finish with what is known", "finish", screen.dialog),
        ),
    )


def rest_summary(screen: r.RestSummary, words: Words, workspace_url: str) -> Message:
    """To the starter: how far it came, and what can be done."""
    state = screen.state
    text = words(
        "again.rest_summary",
        subject=state.subject,
        channel=f"#{state.channel_name}",
        days=2 * QUIET_DAYS,
        answered=len(state.answers),
        left=screen.left,
        levels=levels_text(screen.judgement, words) if state.answers else "",
        link=permalink(workspace_url, state),
    )
    return message(
        section(text),
        actions(
            Button("Continue", "resume", state.id, style="primary"),
            Button("Finish with what is known", "finish", state.id),
            Button("Discard", "discard", state.id, style="danger"),
        ),
    )


# --- reassessments -------------------------------------------------------------------------------------------------


def recheck(screen: r.Recheck, words: Words) -> Message:
    """What may have changed."""
    name = "again.recheck" if screen.kept else "again.recheck_alone"
    text = words(name, practices=len(screen.practices), date=full_day(screen.since), kept=screen.kept)
    return message(section(text, button(Button("All still true", "all-still-true", screen.dialog, unique="first"))))


def recheck_done(screen: r.RecheckDone, words: Words) -> Message:
    """What came of it."""
    date = full_day(screen.since)
    return message(context(words("again.recheck_done", date=date, confirmed=screen.confirmed, changed=screen.changed)))


# --- facts told in words -------------------------------------------------------------------------------------------


def fact_told(screen: r.FactTold, words: Words) -> Message:
    """What a told fact would change."""
    library, was = words.library, screen.was
    fact = library.facts[screen.fact]
    told = {"title": fact.title, "value": fact_value(library, fact, screen.value)}
    if was is not None and was.value == screen.value:
        return message(section(words("again.told_same", **told, name=was.name, date=day(was.at))))
    said = words(
        "again.told",
        **told,
        was=fact_value(library, fact, was.value) if was is not None else "",
        name=was.name if was is not None else "",
        date=day(was.at) if was is not None else "",
    )
    value = str(screen.value).lower() if isinstance(screen.value, bool) else str(screen.value)
    return message(
        section(join((said, _would_change(screen, words)))),
        section(words("again.told_ask")),
        actions(
            Button("Update it", "update-facts", screen.state.id, argument=f"{screen.fact}={value}", style="primary"),
            Button("Leave it", "leave-facts", screen.state.id),
        ),
    )


def _would_change(screen: r.FactTold, words: Words) -> Mrkdwn:
    before, after = screen.before.target, screen.after.target
    named = {"subject": screen.state.subject, "before": before.level, "after": after.level}
    if after.level == before.level:
        return words("again.told_stays", **named)
    if after.level < before.level:
        return words("again.told_lower", **named)
    rules = {rule.id: rule for rule in words.library.target.rules}
    facts = {**screen.state.known_facts(), screen.fact: screen.value}
    reason = next(filled_reason(rules[i].reason, facts) for i in after.rules if rules[i].level == after.level)
    return words("again.told_target", **named, reason=reason)


def facts_updated(screen: r.FactsUpdated, words: Words) -> Message:
    """The facts as they are now, and what that changed."""
    before, after = screen.before.target.level, screen.after.target.level
    overall = screen.after.score.floor.overall
    facts = facts_in_a_line(words.library, screen.facts)
    said = words("again.updated", subject=screen.subject, name=screen.name, facts=facts)
    name = "again.updated_stays" if before == after else "again.updated_target"
    moved = words(name, before=before, after=after, overall=overall)
    return message(section(join((said, moved))), context(words("again.updated_foot")))
