"""The course of an assessment: its parent message, pauses, the end."""

from bot.blocks import Button, Message, actions, context, message, section
from bot.mrkdwn import Mrkdwn
from bot.naming import full_day, levels_of
from bot.words import Words
from dialogs import screens as s
from dialogs.judgement import Judgement


def levels_text(judgement: Judgement, words: Words) -> Mrkdwn:
    """The overall level and the target, in a few words; a target that waits for the stage is left out."""
    overall, up_to = levels_of(judgement)
    target = None if "stage" in judgement.target.missing else judgement.target.level
    return words("commands.levels", overall=overall, up_to=up_to, target=target)


def parent(screen: s.Parent, words: Words) -> Message:
    """The message in the channel under which everything happens."""
    state = screen.state
    if screen.judgement is not None:
        levels = levels_text(screen.judgement, words)
        return message(section(words("course.parent_finished", subject=state.subject, levels=levels)))
    if state.phase == "discarded":
        return message(section(words("course.parent_discarded", subject=state.subject)))
    if state.phase == "paused":
        return message(section(words("course.parent_paused", subject=state.subject, answered=len(state.answers))))
    told = {"subject": state.subject, "about": screen.about, "starter": state.starter_name}
    if state.since is not None:
        return message(section(words("course.parent_again", **told, since=full_day(state.since))))
    return message(section(words("course.parent", **told, minutes=screen.minutes)))


def paused(screen: s.Paused, words: Words) -> Message:
    """It rests."""
    text = words("course.paused", name=screen.name, number=screen.number or "")
    return message(
        section(text),
        actions(
            Button("Resume", "resume", screen.dialog, style="primary"),
            Button("Finish with what is known", "finish", screen.dialog),
        ),
    )


def back(screen: s.Back, words: Words) -> Message:
    """It may go on."""
    text = words("course.unshared" if screen.unshared else "course.back")
    return message(section(text), actions(Button("Resume", "resume", screen.dialog, style="primary")))


def shared(screen: s.Shared, words: Words) -> Message:
    """Others read along from now on."""
    return message(section(words("course.shared")), actions(Button("Go on all the same", "resume", screen.dialog)))


def orphaned(screen: s.Orphaned, words: Words) -> Message:
    """Its starter is gone."""
    text = words("course.orphaned", name=screen.name)
    return message(section(text), actions(Button("Take over", "take-over", screen.dialog, style="primary")))


def taken_over(screen: s.TakenOver, words: Words) -> Message:
    """It has a starter again."""
    return message(context(words("course.taken_over", name=screen.name)))


def resumed(screen: s.Resumed, words: Words) -> Message:
    """It goes on."""
    return message(context(words("course.resumed", name=screen.name)))


def reopened(screen: s.Reopened, words: Words) -> Message:
    """It takes answers again."""
    text = words("course.reopened", name=screen.name, about=screen.about)
    return message(section(text), actions(Button("Finish", "finish", screen.dialog)))


def discarded(screen: s.Discarded, words: Words) -> Message:
    """It was thrown away."""
    text = words("course.discarded", name=screen.name, replaced=screen.replaced)
    undo = None if screen.replaced else actions(Button("Undo", "undo-discard", screen.dialog))
    return message(section(text), undo)
