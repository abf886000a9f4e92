"""The portfolio: subjects with levels, gaps, trends, dates and risks; no number without its word."""

from collections.abc import Mapping, Sequence

from bot.blocks import Block, Button, Message, actions, context, listing, message, section
from bot.mrkdwn import Mrkdwn, join
from bot.naming import area_title, full_day, several
from bot.words import Words
from dialogs import portfolio_screens as f
from dialogs.overview import Span, Subject
from knowledge.content import DimensionKey

_NAMED = 3  # risks, or subjects at a minimum, that are named


def portfolio(screen: f.Portfolio, words: Words) -> Message:
    """A page of the portfolio."""
    only = f"#{screen.only}" if screen.only else ""
    if not screen.total:
        start = Button("Start an assessment", "start-form", style="primary")
        return message(
            section(words("portfolio.none_here", only=only) if only else words("portfolio.none")), _row(start)
        )
    blocks: list[Block | None] = [
        section(words("portfolio.title", total=screen.total, only=only)),
        context(words("portfolio.order_ranked" if screen.ranked else "portfolio.order")),
        section(spans_text(screen.spans, words)) if screen.total > 1 else None,
        *(section(line(subject, words)) for subject in screen.subjects),
        context(_under_way(screen, words)) if screen.under_way else None,
        *_paging(screen, words),
        context(words("portfolio.only", only=only) if only else words("portfolio.private", shareable=screen.shareable)),
    ]
    return message(*blocks)


def _under_way(screen: f.Portfolio, words: Words) -> Mrkdwn:
    """Subjects that have no result yet."""
    named = [f"{subject} (#{channel})" for subject, channel in screen.under_way]
    return words("portfolio.under_way", subjects=_some(named, words))


def _row(*buttons: Button | None) -> Block | None:
    return actions(*buttons) if any(buttons) else None


def _paging(screen: f.Portfolio, words: Words) -> list[Block | None]:
    if screen.pages == 1:
        return []
    size = len(screen.subjects)
    first = screen.total - size + 1 if screen.page == screen.pages else (screen.page - 1) * size + 1
    here = "here " if screen.only else ""
    earlier = Button("Earlier", "run", argument=f"portfolio {here}{screen.page - 1}", unique="earlier")
    later = Button("Later", "run", argument=f"portfolio {here}{screen.page + 1}", unique="later")
    return [
        context(words("portfolio.page", first=first, last=first + size - 1, total=screen.total)),
        _row(earlier if screen.page > 1 else None, later if screen.page < screen.pages else None),
    ]


def spans_text(spans: Mapping[DimensionKey, Span], words: Words) -> Mrkdwn:
    """The minimum and the range of each dimension."""
    return listing(words("portfolio.spans"), [_span(key, span, words) for key, span in spans.items()])


def _span(key: DimensionKey, span: Span, words: Words) -> Mrkdwn:
    title = area_title(words.library, key)
    if span.low == span.high:
        return words("portfolio.span_same", title=title, low=span.low)
    return words("portfolio.span", title=title, low=span.low, high=span.high, names=_some(span.lowest, words))


def line(subject: Subject, words: Words, *, short: bool = False) -> Mrkdwn:
    """One subject in two or three lines; short, without the last date and the risks."""
    last = subject.last
    channel = f"#{subject.channel_name}" if not subject.channel.startswith("D") else subject.channel_name
    levels = words(
        "commands.levels",
        overall=last.overall,
        up_to=last.up_to if last.up_to != last.overall else None,
        target=last.target,
    )
    return words(
        "portfolio.line",
        subject=subject.name,
        channel=channel,
        levels=levels,
        provisional=last.provisional,
        gap=_gap(subject, words),
        trend=_trend(subject, words),
        last="" if short else full_day(last.at),
        next=words("portfolio.next", date=full_day(subject.due)) if subject.due else words("portfolio.next_none"),
        risks="" if short else _risks(subject, words),
    )


def _gap(subject: Subject, words: Words) -> Mrkdwn:
    if subject.last.target is None:
        return words("portfolio.gap_open")
    return words("portfolio.gap", gap=subject.last.gap) if subject.last.gap else words("portfolio.gap_none")


def _trend(subject: Subject, words: Words) -> Mrkdwn:
    before = subject.before
    if before is None:
        return words("portfolio.trend_first")
    return words(f"portfolio.trend_{subject.trend}", then=before.overall, date=full_day(before.at))


def _risks(subject: Subject, words: Words) -> Mrkdwn:
    """The practices that are missing whatever the level; one that is not in the content any more by its id."""
    known = words.library.practices
    titles = [known[practice].title if practice in known else practice for practice in subject.last.risks]
    if not titles:
        return words("portfolio.risks_none")
    return words("portfolio.risks", number=len(titles), names=_some(titles, words))


def _some(names: Sequence[str], words: Words) -> Mrkdwn:
    """The first few names, and how many more there are."""
    if len(names) <= _NAMED:
        return several(names)
    return several([*names[:_NAMED], words("portfolio.more", number=len(names) - _NAMED)])


def unknown(_: f.PortfolioUnknown, words: Words) -> Message:
    """Slack does not say which channels one is in."""
    again = Button("Try again", "run", argument="portfolio", unique="again")
    return message(section(words("portfolio.unknown")), actions(again))


def ranking_off(screen: f.RankingOff, words: Words) -> Message:
    """Why there is no ranking, and who can turn it on."""
    who = words("portfolio.ranking_off_admin" if screen.admin else "portfolio.ranking_off_others")
    show = Button("Show the portfolio", "run", argument="portfolio", unique="portfolio")
    return message(section(join((words("portfolio.ranking_off"), who))), actions(show))


def ranking_set(screen: f.RankingSet, words: Words) -> Message:
    """The ranking is on, or off."""
    return message(section(words("portfolio.ranking_on" if screen.on else "portfolio.ranking_set_off")))
