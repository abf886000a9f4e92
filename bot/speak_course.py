"""The course of an assessment: the parent message, the offer, pausing, reopening, discarding."""

from bot.blocks import Block, Button, Message, actions, context, message, section
from bot.mrkdwn import Mrkdwn, join
from bot.phrases import day
from bot.place import Place
from bot.result_words import summary_line, verdict
from bot.words import Words
from dialogs.screens import Discarded, OfferFolded, OverallSettled, Parent, Paused, Reopened, Resumed


def parent(screen: Parent, words: Words, _: Place) -> Message:
    """Say in the channel what is coming, or what became of it."""
    state = screen.state
    head = words("result.parent_head", subject=state.subject)
    small = words(
        "course.parent_small",
        name=state.starter_name,
        day=day(state.began),
        mode=words(f"course.mode_{state.mode}"),
    )
    return message(section(join((head, _standing(screen, words)))), *_levels(screen, words), context(small))


def _standing(screen: Parent, words: Words) -> Mrkdwn:
    state = screen.state
    if state.phase == "finished" and screen.judgement is not None:
        return verdict(words, state, screen.judgement)
    if state.phase == "paused":
        return words("course.parent_paused", answered=len(state.answers))
    if state.phase == "discarded":
        return words("course.parent_discarded")
    return words(f"course.parent_{state.mode}", about=screen.about, minutes=screen.minutes)


def _levels(screen: Parent, words: Words) -> list[Block]:
    if screen.state.phase != "finished" or screen.judgement is None:
        return []
    below = words("result.report_below")
    return [section(join((summary_line(words, screen.judgement), below)))]


def overall_settled(screen: OverallSettled, words: Words, _: Place) -> Message:
    """Offer the result, or the rest of the questions."""
    shown = {"overall": screen.overall, "about": screen.about}
    text = (
        words("course.offer", **shown)
        if screen.up_to is None
        else words("course.offer_open", **shown, up_to=screen.up_to)
    )
    show, more = words("course.show_result"), words("course.go_on", about=screen.about)
    return message(
        section(text),
        actions(
            Button(show, "show-result", screen.dialog, screen.turn, style="primary"),
            Button(more, "go-on", screen.dialog, screen.turn),
        ),
    )


def offer_folded(screen: OfferFolded, words: Words, _: Place) -> Message:
    """Show what was chosen."""
    name = "course.offer_went_on" if screen.went_on else "course.offer_shown"
    return message(section(words(name, overall=screen.overall, name=screen.name)))


def paused(screen: Paused, words: Words, _: Place) -> Message:
    """Say that it rests."""
    return message(
        section(words("course.paused", name=screen.name, number=screen.number)),
        actions(Button(words("course.resume"), "resume", screen.dialog, style="primary")),
    )


def resumed(screen: Resumed, words: Words, _: Place) -> Message:
    """Take the pause's place."""
    return message(section(words("course.resumed", name=screen.name)))


def reopened(screen: Reopened, words: Words, _: Place) -> Message:
    """Say that answers are taken again."""
    text = (
        words("course.reopened", name=screen.name, about=screen.about)
        if screen.about
        else words("course.reopened_none", name=screen.name)
    )
    return message(section(text), actions(Button(words("course.finish"), "finish", screen.dialog)))


def discarded(screen: Discarded, words: Words, _: Place) -> Message:
    """Say that nothing of it counts; undo brings it back, unless a new one took its place."""
    if screen.replaced:
        return message(section(words("course.replaced", name=screen.name)))
    undo = Button(words("course.undo"), "undo-discard", screen.dialog)
    return message(section(words("course.discarded", name=screen.name)), actions(undo))
