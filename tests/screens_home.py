"""The gallery's room for the portfolio, the App Home, its modals and the Messages tab."""

import datetime as dt
from collections.abc import Iterator

from dialogs import home_screens as h
from dialogs import portfolio_screens as f
from dialogs import screens as s
from dialogs.home import home
from dialogs.judgement import judge
from dialogs.overview import Overview, Subject, spans
from dialogs.plan import Plan
from dialogs.standing import Standing
from dialogs.state import State
from knowledge.content import DIMENSIONS
from knowledge.library import Library

NOON = dt.datetime(2026, 11, 3, 12, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 26)
ALL = h.Wish()


def standing_of(number: int, subject: str, level: int = 1, **fields: object) -> Standing:
    """A result of 3 November."""
    known = {
        "dialog": f"d{number}",
        "turn": 1,
        "channel": f"C{number}",
        "subject": subject,
        "subject_key": subject.casefold()[:80].replace(" ", ""),
        "at": NOON,
        "overall": level,
        "up_to": level,
        "target": 2,
        "dimensions": dict.fromkeys(DIMENSIONS, level) | {"people": min(4, level + number % 2)},
        "google": 0,
        "provisional": False,
        "risks": (),
    }
    return Standing(**known | fields)  # type: ignore[arg-type]  # the fields of a standing


def subjects(nasty: str, long: str) -> tuple[Subject, ...]:
    """Subjects of every kind: risen, fallen, unchanged, new, at the target, open, due, with risks known and not."""
    up = Subject("C1", "ml-fraud", standing_of(1, "fraud"), standing_of(1, "fraud", 0), TODAY)
    down = Subject("C2", nasty[:75], standing_of(2, nasty, 0, up_to=2, provisional=True), standing_of(2, nasty, 1))
    risks = ("X-monitoring", "X-rollback", "X-owner", "gone-practice")
    same = Subject("C3", "ml-churn", standing_of(3, long, 2, risks=risks), standing_of(3, long, 2))
    new = Subject("D4", "direct message", standing_of(4, "price model", 1, target=None, risks=risks[:1]))
    alike = [Subject(f"C{n}", "ml-all", standing_of(n, f"model {n}", 2)) for n in range(5, 9)]
    return (up, down, same, new, *alike)


def portfolio(nasty: str, long: str) -> Iterator[tuple[str, s.Screen]]:
    """Examples of every screen; `nasty` and `long` are subjects."""
    shown = subjects(nasty, long)
    yield "portfolio", f.Portfolio(shown, len(shown), 1, 1, spans(shown))
    yield "portfolio of one", f.Portfolio(shown[:1], 1, 1, 1, spans(shown[:1]))
    under_way = tuple((f"{n} {nasty}"[:80], "ml-fraud") for n in range(5))
    yield "portfolio with first assessments", f.Portfolio(shown, len(shown), 1, 1, spans(shown), under_way=under_way)
    yield "portfolio page", f.Portfolio(shown, 300, 2, 38, spans(shown), ranked=True)
    yield "portfolio last page", f.Portfolio(shown[:3], 11, 2, 2, spans(shown[4:]), only=nasty[:75])
    yield "portfolio none", f.Portfolio((), 0, 1, 1, {})
    yield "portfolio none here", f.Portfolio((), 0, 1, 1, {}, only=nasty[:75])
    yield "portfolio unknown", f.PortfolioUnknown()
    yield "ranking off", f.RankingOff(admin=False)
    yield "ranking off admin", f.RankingOff(admin=True)
    yield "ranking set", f.RankingSet(on=True)
    yield "ranking set off", f.RankingSet(on=False)
    yield "started in", h.StartedIn("C1", nasty[:75], long, "quick", again=False)
    yield "started in full", h.StartedIn("C1", "ml-fraud", "fraud", "full", again=False)
    yield "started in again", h.StartedIn("D1", "direct message", "fraud", "quick", again=True)
    yield "start here", h.StartHere()
    yield "greeting", h.Greeting()


def home_modals(library: Library, state: State, nasty: str) -> dict[str, s.View]:
    """Every modal of the Home."""
    judgement = judge(library, state.choices(), state.known_facts())
    return {
        "start form": h.StartForm(),
        "start form from home": h.StartForm(h.Wish("provisional", 12, "C0123456789", whole=True).text),
        "settings": h.SettingsForm("C1", nasty[:75], "", None, guests=False, ranking=False, admin=False),
        "settings guests": h.SettingsForm("C1", "ml", "Asia/Kolkata", "", guests=True, ranking=False, admin=False),
        "settings admin": h.SettingsForm("C1", "ml", "", "DE-BY", guests=True, ranking=True, admin=True, wish=ALL.text),
        "result": h.ResultView(state, judgement),
        "result before its thread": h.ResultView(state.model_copy(update={"thread": None}), judgement),
    }


def homes(library: Library, state: State, nasty: str, long: str) -> dict[str, h.Home]:
    """Homes of every kind; `state` is an assessment below its target."""
    shown = subjects(nasty, long)
    running = tuple(state.model_copy(update={"id": f"r{n}", "subject": f"{n} {nasty}"[:80]}) for n in range(8))
    seen = Overview(shown, running, 3)
    first = shown[0].last.dialog
    planned = [(state.model_copy(update={"id": first}), _owned(library, nasty))]
    direct = (running[0].model_copy(update={"channel": "D1", "thread": None, "channel_name": "direct message"}),)
    many = tuple(
        Subject(
            f"C{n}", f"{n:03} {nasty}"[:75], standing_of(n, f"{n} {long}"[:80], n % 5, risks=tuple(library.practices))
        )
        for n in range(300)
    )
    wishes = {
        "home": (seen, ALL),
        "home empty": (Overview(), ALL),
        "home running only": (Overview((), direct), ALL),
        "home below": (seen, h.Wish("below")),
        "home provisional": (seen._replace(ranking=True), h.Wish("provisional")),
        "home due": (seen, h.Wish("due")),
        "home none due": (seen, h.Wish("due", channel="C2")),
        "home of a channel": (seen, h.Wish(channel="C1")),
        "home of nothing": (seen, h.Wish(channel="C9")),
        "home whole": (seen, h.Wish(whole=True)),
        "home many": (seen._replace(subjects=many), h.Wish(page=7)),
        "home many whole": (seen._replace(subjects=many), h.Wish(page=99, whole=True)),
        "home many first": (seen._replace(subjects=many), ALL),
    }
    return {name: home(library, what, wish, TODAY, planned) for name, (what, wish) in wishes.items()}


def _owned(library: Library, name: str) -> dict[str, Plan]:
    """Every step taken by somebody."""
    return {practice: Plan(practice, "U1", name[:75]) for practice in library.practices}
