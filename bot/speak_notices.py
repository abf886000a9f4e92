"""Private notices: what a click or a word came to, what is wrong with it, and what to do instead."""

import datetime as dt

from bot.blocks import Button, Message, actions, message, section
from bot.naming import CHOICE_LABELS, CHOICE_NAMES, day, full_day
from bot.words import Words
from dialogs import screens as s


def already_answered(screen: s.AlreadyAnswered, words: Words) -> Message:
    """Somebody has answered this: keep it or change it."""
    given = screen.given
    text = words(
        "notices.already_answered",
        name=given.name,
        date=day(given.at),
        choice=CHOICE_NAMES[given.choice],
        wanted=CHOICE_NAMES[screen.wanted],
    )
    change = f"{screen.practice}={screen.wanted}"
    return message(
        section(text),
        actions(
            Button("Keep", "keep", screen.dialog),
            Button(f"Change to {CHOICE_LABELS[screen.wanted]}", "change", screen.dialog, argument=change),
        ),
    )


def same_answer(screen: s.SameAnswer, words: Words) -> Message:
    """The same answer again."""
    title = words.library.practices[screen.practice].title
    choice = CHOICE_NAMES[screen.given.choice]
    return message(section(words("notices.same_answer", title=title, choice=choice, name=screen.given.name)))


def outdated(screen: s.Outdated, words: Words) -> Message:
    """The button is of something that is over, or has done its work."""
    if screen.state is not None and screen.state.running:
        return message(section(words("notices.outdated_running", subject=screen.state.subject)))
    return message(
        section(words("notices.outdated")),
        actions(Button("What is running?", "run", argument="status", unique="status")),
    )


def ended(screen: s.Ended, words: Words) -> Message:
    """The assessment is finished."""
    return message(
        section(words("notices.ended", subject=screen.state.subject)),
        actions(Button("Reopen", "reopen", screen.state.id)),
    )


def confirm(screen: s.Confirm, words: Words) -> Message:
    """Asks again before pausing, finishing or discarding."""
    text = words(
        f"notices.confirm_{screen.action}",
        starter=screen.starter_name,
        answered=screen.answered,
        by_starter=screen.by_starter,
    )
    label = screen.action.capitalize()
    style = "danger" if screen.action == "discard" else "primary"
    return message(
        section(text),
        actions(
            Button(label, "confirm", screen.dialog, argument=screen.action, style=style),
            Button("Leave it", "stay", screen.dialog),
        ),
    )


def stop_choice(screen: s.StopChoice, words: Words) -> Message:
    """What "stop" meant."""
    return message(
        section(words("notices.stop", answered=screen.answered)),
        actions(
            Button("Pause", "pause", screen.dialog),
            Button("Finish", "finish", screen.dialog),
            Button("Discard", "discard", screen.dialog, style="danger"),
            Button("Go on", "stay", screen.dialog),
        ),
    )


def outsider(screen: s.Outsider, words: Words) -> Message:
    """Not of this workspace, a guest, or not of this channel."""
    return message(section(words(f"notices.outsider_{screen.why.replace('-', '_')}")))


def admins_only(_: s.AdminsOnly, words: Words) -> Message:
    """For admins."""
    return message(section(words("notices.admins_only")))


def stuck(screen: s.Stuck, words: Words) -> Message:
    """To the starter: the channel no longer takes our messages."""
    state = screen.state
    archived = screen.error == "is_archived"
    restricted = screen.error.startswith("restricted_action")
    way = "restricted" if restricted else "archived" if archived else "invite" if state.thread else "start"
    text = words(
        "notices.stuck",
        channel=f"#{state.channel_name}",
        reason="it is archived" if archived else f"Slack says {screen.error}",
        subject=state.subject,
        way_out=words(f"notices.stuck_way_{way}"),
    )
    return message(section(text))


def done(screen: s.Done, words: Words) -> Message:
    """A private button did its work."""
    return message(section(words(f"notices.done_{screen.what.replace('-', '_')}")))


def problem(screen: s.Problem, words: Words) -> Message:
    """What cannot be done as given, with an example that works."""
    details = dict(screen.details)
    if "channel" in details:
        details["channel"] = f"#{details['channel']}"
    if "day" in details:
        details["day"] = full_day(dt.date.fromisoformat(str(details["day"])))
    return message(section(words(f"notices.problem_{screen.kind.replace('-', '_')}", **details)))
