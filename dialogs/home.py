"""The App Home: what it shows of what a person may see, and what its buttons do. Nothing of it is stored."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from dialogs.asking import about_left, answered_here
from dialogs.effects import Answer, Effect, Greet, Open, Post, ShowHome
from dialogs.events import HomeOpened, Pressed
from dialogs.home_screens import (
    Greeting,
    Home,
    ResultView,
    SettingsForm,
    Show,
    StartForm,
    Step,
    Under,
    Wish,
    read_wish,
)
from dialogs.judgement import judge
from dialogs.overview import Overview, Subject, ordered, spans
from dialogs.permissions import refusal
from dialogs.plan import Plan
from dialogs.planning import next_page
from dialogs.screens import Outdated, Outsider
from dialogs.state import State
from dialogs.surroundings import Surroundings
from knowledge.library import Library

Planned = tuple[State, Mapping[str, Plan]]  # a finished assessment, and what was decided about its next steps
SHOWN = 20  # subjects on a page
STEPS = 5  # subjects whose first next step is shown
SOON = dt.timedelta(days=14)  # "due soon": the next reminder comes within two weeks
PRESSES = ("home", "home-channel", "home-settings", "home-report", "start-form")


# What it shows -------------------------------------------------------------------------------------------------------


def home(library: Library, seen: Overview, wish: Wish, today: dt.date, planned: Sequence[Planned]) -> Home:
    """Draw up a Home. `planned` are the assessments that `stepping` names, for their next steps."""
    here = _of_channel(seen.subjects, wish.channel)
    chosen = _chosen(seen, wish, today)
    pages = max(1, -(-len(chosen) // SHOWN))
    page = min(wish.page, pages - 1)
    name = here[0].channel_name if here and wish.channel else ""
    return Home(
        wish=wish,
        subjects=tuple(chosen[page * SHOWN : (page + 1) * SHOWN]),
        counts={show: sum(map(_picks(show, today), here)) for show in ("all", "below", "provisional", "due")},
        chosen=len(chosen),
        page=page,
        pages=pages,
        today=today,
        running=tuple(_under(library, state) for state in seen.running),
        more_running=seen.more_running,
        steps=() if wish.whole else tuple(_steps(library, chosen, planned)),
        spans=spans(chosen) if wish.whole else None,
        ranked=seen.ranking,
        channel_name=name,
    )


def stepping(seen: Overview, wish: Wish, today: dt.date) -> tuple[str, ...]:
    """The assessments whose first next step a Home shows: of the first chosen subjects that are below their target."""
    if wish.whole:
        return ()
    return tuple(subject.last.dialog for subject in _chosen(seen, wish, today) if subject.last.gap)[:STEPS]


def _chosen(seen: Overview, wish: Wish, today: dt.date) -> tuple[Subject, ...]:
    wanted = filter(_picks(wish.show, today), _of_channel(seen.subjects, wish.channel))
    return ordered(wanted, ranked=seen.ranking)


def _of_channel(subjects: Sequence[Subject], channel: str) -> tuple[Subject, ...]:
    return tuple(subject for subject in subjects if not channel or subject.channel == channel)


def _picks(show: Show, today: dt.date) -> Callable[[Subject], bool]:
    """What a filter lets through."""
    rules: Mapping[Show, Callable[[Subject], bool]] = {
        "all": lambda _: True,
        "below": lambda subject: subject.last.gap > 0,
        "provisional": lambda subject: subject.last.provisional,
        "due": lambda subject: subject.due is not None and subject.due <= today + SOON,
    }
    return rules[show]


def _under(library: Library, state: State) -> Under:
    answered = answered_here(state)
    return Under(state, answered, answered + about_left(library, state))


def _steps(library: Library, subjects: Iterable[Subject], planned: Sequence[Planned]) -> Iterable[Step]:
    by_id = {state.id: (state, plans) for state, plans in planned}
    for subject in subjects:
        if subject.last.dialog not in by_id:
            continue
        state, plans = by_id[subject.last.dialog]
        for step in next_page(library, state, dict(plans)).steps[:1]:
            yield Step(subject, step, plans.get(step.practice, Plan(step.practice)).owner_name)


# What its buttons do -------------------------------------------------------------------------------------------------


def home_pressed(around: Surroundings, event: Pressed, library: Library) -> tuple[Effect, ...]:
    """Take a button or menu of the Home; those about a channel are for its members alone."""
    if event.person.outsider:
        return (Answer(Outsider("stranger")),)
    if event.action == "start-form":
        return (Open(StartForm(event.argument)),)
    if event.action == "home":
        return (ShowHome(read_wish(event.argument)),)
    if event.action == "home-channel":
        wish, _, channel = event.argument.partition(" ")
        return (ShowHome(read_wish(wish)._replace(channel=channel, page=0)),)
    again = ShowHome(read_wish(event.argument.partition(" ")[0]))
    if why := refusal(event.person, around):
        return Answer(Outsider(why)), again
    return _settings(around, event) if event.action == "home-settings" else _report(around, event, library), again


def _settings(around: Surroundings, event: Pressed) -> Effect:
    """Open the settings of the channel that was chosen."""
    form = SettingsForm(
        channel=event.channel,
        channel_name=event.channel_name,
        zone=around.time.zone,
        country=around.time.country,
        guests=around.guests,
        ranking=around.ranking,
        admin=event.person.admin,
        wish=event.argument.partition(" ")[0],
    )
    return Open(form)


def _report(around: Surroundings, event: Pressed, library: Library) -> Effect:
    """Open a subject's last result; the argument is the wish, the channel and the subject's key."""
    key = event.argument.rpartition(" ")[2]
    state = next((state for state in around.finished if state.subject_key == key), None)
    if state is None:
        return Answer(Outdated(None))
    return Open(ResultView(state, judge(library, state.choices(), state.known_facts())))


# The Messages tab ----------------------------------------------------------------------------------------------------


def home_opened(around: Surroundings, event: HomeOpened) -> tuple[Effect, ...]:
    """Greet somebody who opened the Messages tab, once."""
    if event.tab != "messages" or around.greeted or refusal(event.person, around):
        return ()
    return Greet(), Post("greeting", Greeting(), "channel")
