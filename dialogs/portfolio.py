"""What stands after "portfolio": the subjects that the asker may see, page by page; never a ranking unless allowed."""

import re
from dataclasses import replace
from typing import NamedTuple

from dialogs.effects import Answer, Effect, SetPolicy
from dialogs.events import Commanded, Event, Pressed, Said
from dialogs.overview import Overview, ordered, spans
from dialogs.portfolio_screens import Portfolio, PortfolioUnknown, RankingOff, RankingSet
from dialogs.screens import AdminsOnly
from dialogs.script import plain
from dialogs.surroundings import Surroundings

SHOWN = 12  # subjects on a page: with head and foot well below the 50 blocks of a message
_READ = 300  # characters of a text that are searched for words of ranking
_HERE = "here"  # of a page that everybody in the channel may read
_RANKING = re.compile(
    r"^rank(?:ing|ings)?[.?!]?$"
    r"|\brank(?:s|ed|ing|ings)?\b.*\b(?:teams?|subjects?|channels?|portfolio)\b"
    r"|\b(?:teams?|subjects?|channels?|portfolio)\b.*\brank(?:s|ed|ing|ings)?\b"
    r"|\bleague table\b|\bleaderboard\b|\b(?:best|worst) (?:teams?|subjects?)\b"
    r"|\b(?:which|what|who) (?:teams?|subjects?) (?:is|are) (?:the )?(?:best|worst)\b"
)


class Wanted(NamedTuple):
    """What of the portfolio is wanted: of this channel alone, which page, and whether as a ranking."""

    here: bool = False
    page: int = 1
    ranking: bool = False


def read_wanted(rest: str) -> Wanted:
    """Read "[here] [PAGE]" after "portfolio"; words for a ranking are heard as well."""
    said = plain(rest).strip(" .?!")
    words = said.split()
    page = int(words[-1]) if words and re.fullmatch(r"[0-9]{1,4}", words[-1]) else 1
    ranking = re.search(r"\brank|\bby gap\b|\bbest\b|\bworst\b", said) is not None
    return Wanted(_HERE in words, max(1, page), ranking)


def asks_portfolio(event: Event) -> bool:
    """Whether an event asks for the portfolio, so that what its person may see has to be looked up."""
    if isinstance(event, Pressed):
        return event.action in ("run", "share") and _named(event.argument)
    return isinstance(event, Commanded | Said) and _named(event.text)


def _named(text: str) -> bool:
    return plain(text).partition(" ")[0].strip(".,!?") == "portfolio"


def asks_ranking(text: str) -> bool:
    """Whether words ask for a ranking of teams, such as "which team is best?"."""
    return _RANKING.search(plain(text[:_READ])) is not None  # a long text would take long to search


def whole(event: Event) -> bool:
    """Whether the asker's whole portfolio is wanted: not that of one channel, and not where others read along."""
    if isinstance(event, Commanded) and event.by == "mention":
        return False
    if isinstance(event, Said) and not event.direct:
        return False
    text = event.argument if isinstance(event, Pressed) else event.text if isinstance(event, Commanded | Said) else ""
    return asks_portfolio(event) and not read_wanted(text.partition(" ")[2]).here


def portfolio(around: Surroundings, event: Commanded, rest: str) -> tuple[Effect, ...]:
    """Show a page of the portfolio; a mention is answered with the channel's own subjects alone."""
    wanted, seen = read_wanted(rest), around.overview
    if seen is None:
        return (Answer(PortfolioUnknown()),)
    if wanted.ranking and not seen.ranking:
        return ranking_refused(around, event)
    only = wanted.here or event.by == "mention"
    screen = page_of(seen, wanted.page, event.channel_name if only else "")
    if screen.page == 1:
        screen = replace(screen, under_way=_under_way(seen, event.channel if only else ""))
    shareable = _shareable(seen, event)
    return (Answer(replace(screen, shareable=shareable), share=f"portfolio {_HERE}" if shareable else None),)


def page_of(seen: Overview, page: int, only: str = "") -> Portfolio:
    """One page of it; one beyond the last is the last. `only` names the channel that it is limited to."""
    every = ordered(seen.subjects, ranked=seen.ranking)
    pages = max(1, -(-len(every) // SHOWN))
    page = min(page, pages)
    shown = every[(page - 1) * SHOWN : page * SHOWN]
    return Portfolio(shown, len(every), page, pages, spans(every), seen.ranking, only)


def _under_way(seen: Overview, channel: str) -> tuple[tuple[str, str], ...]:
    """The subjects whose first assessment runs; of one channel, or of all."""
    known = {(subject.channel, subject.last.subject_key) for subject in seen.subjects}
    first = (state for state in seen.running if (state.channel, state.subject_key) not in known)
    return tuple((state.subject, state.channel_name) for state in first if channel in ("", state.channel))


def _shareable(seen: Overview, event: Commanded) -> bool:
    """Whether there is something of this channel that everybody in it may see."""
    return event.channel_kind != "direct" and any(subject.channel == event.channel for subject in seen.subjects)


def ranking_refused(around: Surroundings, event: Commanded) -> tuple[Effect, ...]:
    """Say why there is no ranking, and who can turn it on; where it is on, where to see it."""
    return (Answer(RankingSet(on=True) if around.ranking else RankingOff(event.person.admin)),)


def set_ranking(event: Commanded, *, on: bool) -> tuple[Effect, ...]:
    """Turn the ranking on or off for the whole workspace; for its admins only."""
    if not event.person.admin:
        return (Answer(AdminsOnly()),)
    return SetPolicy(ranking=on), Answer(RankingSet(on))
