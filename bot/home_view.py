"""The Home as Slack takes it: what runs, the subjects, their next steps; drawn anew whenever somebody looks or clicks.

It may have 100 blocks, as modals may. Menus carry the wish in their action ids, so nothing of it is stored; their block
ids change with it, else Slack would keep showing what was chosen before.
"""

from typing import get_args

from bot import limits
from bot.blocks import Block, Button, actions, button, context, divider, header, option, plain, section, select
from bot.buttons import button_value
from bot.home_modals import channel_picker
from bot.modal_parts import Json
from bot.mrkdwn import Mrkdwn
from bot.speak_answers import PHASES
from bot.speak_portfolio import line, spans_text
from bot.words import Words
from dialogs import home_screens as h
from dialogs.home import SHOWN
from dialogs.overview import Subject
from dialogs.state import State

_START = "Start an assessment"


def home_view(home: h.Home, words: Words, workspace_url: str, *, admin: bool = False, stamp: str = "") -> Json:
    """A person's Home. `stamp` is of this drawing: with it the menu of settings forgets what was chosen."""
    blocks = [header(words("home.title_whole" if home.wish.whole else "home.title")), _shortcuts(home)]
    some = bool(home.counts["all"] or home.wish.channel)  # a channel without subjects has a way back to all
    if not some and not home.running:
        start = Button(_START, "start-form", argument=home.wish.text, style="primary")
        return _view([blocks[0], section(words("home.empty")), actions(start), context(words("home.ask"))])
    blocks.append(context(words("home.ask")))
    if not home.wish.whole:
        blocks += _running(home, words, workspace_url)
    blocks += _subjects(home, words) if some else []
    if not home.wish.whole:
        blocks += [*_steps(home, words), *_settings(home, words, admin=admin, stamp=stamp)]
    return _view(blocks)


def closed_view(closed: h.HomeClosed, words: Words) -> Json:
    """A Home with nothing to show."""
    return _view([section(words(f"home.closed_{closed.why}"))])


def _view(blocks: list[Block]) -> Json:
    return {"type": "home", "blocks": blocks[: limits.MODAL_BLOCKS]}


def _shortcuts(home: h.Home) -> Block:
    """What one can do from here."""
    wish = home.wish
    other = wish._replace(whole=not wish.whole, page=0)
    label = "Back to the overview" if wish.whole else "Portfolio"
    return actions(
        Button(_START, "start-form", argument=wish.text, style="primary"),
        Button(label, "home", argument=other.text, unique="whole"),
    )


def link_button(label: str, url: str, unique: str, spoken: str) -> Block:
    """A button that leads to an address; the bot hears of the click and has nothing to do."""
    return {
        "type": "button",
        "text": plain(label, limits.BUTTON_TEXT),
        "action_id": f"link:{unique}"[: limits.IDENTIFIER],
        "url": url,
        "accessibility_label": plain(spoken, limits.ACCESSIBILITY_LABEL)["text"],
    }


def thread_address(workspace_url: str, state: State) -> str:
    """Where an assessment goes on: its thread, or its channel until the thread is there; empty where unknown."""
    if not workspace_url:
        return ""
    channel = f"{workspace_url.rstrip('/')}/archives/{state.channel}"
    return f"{channel}/p{state.thread.replace('.', '')}" if state.thread else channel


def _running(home: h.Home, words: Words, workspace_url: str) -> list[Block]:
    """The assessments that run, each with the way to its thread."""
    if not home.running:
        return []
    blocks = [divider(), header(words("home.running_title"))]
    for under in home.running:
        state, url = under.state, thread_address(workspace_url, under.state)
        text = words(
            "home.running",
            subject=state.subject,
            channel=_channel(state.channel, state.channel_name),
            phase=PHASES.get(state.phase, state.phase),
            answered=under.answered,
            about=under.about,
        )
        link = link_button("Continue", url, state.id, f"Continue with {state.subject}") if url else None
        blocks.append(section(text, link))
    if home.more_running:
        blocks.append(context(words("home.running_more", number=home.more_running)))
    return blocks


def _channel(channel: str, name: str) -> str:
    return name if channel.startswith("D") else f"#{name}"


def _subjects(home: h.Home, words: Words) -> list[Block]:
    """The subjects, with what picks some of them and the way through the pages."""
    wish = home.wish
    name = f"#{home.channel_name}" if home.channel_name else ""
    title = words("home.subjects_of", channel=name) if name else words("home.subjects_title")
    ordered = words("portfolio.order_ranked" if home.ranked else "portfolio.order")
    blocks = [divider(), header(title), _filters(home, words), context(ordered)]
    if wish.show == "due":
        blocks.append(context(words("home.due_soon")))
    if home.spans and home.chosen > 1:
        blocks.append(section(spans_text(home.spans, words)))
    if not home.subjects:
        blocks.append(section(words("home.chosen_none")))
    blocks += [_subject(number, subject, wish, words) for number, subject in enumerate(home.subjects)]
    return [*blocks, *_paging(home, words)]


def _subject(number: int, subject: Subject, wish: h.Wish, words: Words) -> Block:
    text = line(subject, words, short=not wish.whole)
    report = Button(
        "Report",
        "home-report",
        argument=f"{wish.text} {subject.channel} {subject.last.subject_key}",
        unique=str(number),
        spoken=f"Last result of {subject.name}",
    )
    return section(text, button(report))


def _filters(home: h.Home, words: Words) -> Block:
    """Which subjects: of one kind, of one channel."""
    wish = home.wish
    shows: tuple[h.Show, ...] = get_args(h.Show)
    values = {show: button_value("home", argument=wish._replace(show=show, page=0).text) for show in shows}
    options = [option(words(f"home.show_{show}", number=home.counts[show]), values[show]) for show in shows]
    kinds = select("menu:show", "Which subjects", options, values[wish.show])
    carried = button_value("home-channel", argument=wish._replace(page=0).text)
    channels = channel_picker(carried, "Of one channel", wish.channel)
    every = Button("All channels", "home", argument=wish._replace(channel="", page=0).text, unique="channels")
    row = actions(kinds, channels, every if wish.channel else None)
    return row | {"block_id": f"filters:{wish.show}:{wish.channel}:{wish.whole}"}


def _paging(home: h.Home, words: Words) -> list[Block]:
    if home.pages == 1:
        return []
    first = home.page * SHOWN + 1
    told = words("home.chosen", first=first, last=first + len(home.subjects) - 1, chosen=home.chosen)
    earlier, later = home.wish._replace(page=home.page - 1), home.wish._replace(page=home.page + 1)
    buttons = (
        Button("Earlier", "home", argument=earlier.text, unique="earlier") if home.page else None,
        Button("Later", "home", argument=later.text, unique="later") if home.page < home.pages - 1 else None,
    )
    return [context(told), actions(*buttons)]


def _steps(home: h.Home, words: Words) -> list[Block]:
    """The first next step of some subjects."""
    if not home.steps:
        return []
    return [
        divider(),
        header(words("home.steps_title")),
        *(_step(each, words) for each in home.steps),
        context(words("home.steps_foot")),
    ]


def _step(each: h.Step, words: Words) -> Block:
    practice = words.library.practices[each.step.practice]
    text = words(
        "home.step",
        subject=each.subject.name,
        step=practice.step.rstrip("."),
        id=practice.id,
        effort=practice.effort,
        owner=each.owner_name,
    )
    return section(text)


def _settings(home: h.Home, words: Words, *, admin: bool, stamp: str) -> list[Block]:
    """A menu that opens the settings of a channel."""
    carried = button_value("home-settings", argument=home.wish.text)
    picker = actions(channel_picker(carried, "Settings of a channel")) | {"block_id": f"settings:{stamp}"}
    return [
        divider(),
        header(words("home.settings_title")),
        section(Mrkdwn(words("home.settings", admin=admin))),
        picker,
    ]
