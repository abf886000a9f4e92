"""What the readable exports tell of a subject, gathered once for all of them; plain values, no sentences yet.

Levels, blockers and risks are those of the stored result: nothing is judged anew.
"""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bot.export_backing import Backed, backed
from bot.export_reasons import Reasons, reasons_of
from bot.export_sheet import Sheet, Told
from bot.export_steps import SHOWN, Step, Way, way_of
from bot.naming import area_title, fact_value, level_name
from dialogs.answers import Choice, FactValue
from dialogs.confidence import Backing
from dialogs.coverage import CellCoverage, coverage
from dialogs.exported import Assessment, Finished, Result, SubjectExport
from dialogs.exported_rows import Voice
from dialogs.state import GivenFact, State
from knowledge.content import DIMENSIONS, DimensionKey
from knowledge.library import Library


class LevelRow(NamedTuple):
    """One dimension: its level, how far it could still rise (None where it stands), and what backs its answers."""

    title: str
    level: int
    up_to: int | None
    gap: int
    backing: Backing


class Aside(NamedTuple):
    """A step that the team put off; `level` is the one that cannot be reached without it, None where there is none."""

    told: Told
    level: int | None


class Block(NamedTuple):
    """What keeps a dimension from its next level."""

    title: str
    level: int
    practices: tuple[Told, ...]


class HeatRow(NamedTuple):
    """One dimension of the heatmap, level 1 first."""

    title: str
    cells: tuple[CellCoverage, ...]


class FactTold(NamedTuple):
    """A fact in words, and who said so."""

    title: str
    value: str
    given: GivenFact


class Otherwise(NamedTuple):
    """A practice about which people said different things."""

    told: Told
    voices: tuple[Voice, ...]


class Findings(NamedTuple):
    """All of it. Without a result there are answers so far, and neither levels nor steps; `day` is in UTC.

    `version` is the content that made the result, `today` the present one, `share` its percentage of the points.
    """

    export: SubjectExport
    finished: Finished | None
    day: dt.date
    version: str
    name: str
    target_name: str
    up_to: int | None
    google_up_to: int | None
    confidence: Backed
    levels: tuple[LevelRow, ...]
    blocks: tuple[Block, ...]
    risks: tuple[Told, ...]
    reasons: Reasons
    steps: tuple[Step, ...]
    aside: tuple[Aside, ...]
    heat: tuple[HeatRow, ...]
    facts: tuple[FactTold, ...]
    sheet: tuple[Told, ...]
    dissent: tuple[Otherwise, ...]
    waits_for: tuple[str, ...]
    today: str
    share: int

    @property
    def result(self) -> Result:
        """The last result; LookupError where nothing is finished."""
        if self.finished is None:
            raise LookupError("no assessment of this subject is finished")
        return self.finished.result

    @property
    def gap(self) -> int:
        """How many levels lie between the overall level and the target; 0 when it is reached."""
        return max(0, self.result.target - self.result.overall)

    @property
    def shown(self) -> int:
        """How many next steps are told in full."""
        return SHOWN

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The keys of the four dimensions, in the order of `levels`."""
        return DIMENSIONS

    @property
    def answers(self) -> tuple[Told, ...]:
        """The practices that have an answer."""
        return tuple(told for told in self.sheet if told.given is not None)

    @property
    def not_asked(self) -> int:
        """How many of today's practices have none."""
        return sum(told.given is None for told in self.sheet)

    @property
    def same_content(self) -> bool:
        """Whether today's questions are those of the result."""
        return self.version == self.today

    @property
    def by_area(self) -> list[tuple[str, list[Told]]]:
        """The answers, area by area."""
        return [(area, list(group)) for area, group in itertools.groupby(self.answers, key=lambda told: told.area)]

    @property
    def people(self) -> tuple[str, ...]:
        """Who gave the answers, by name."""
        return tuple(sorted({told.given.name for told in self.answers if told.given is not None}))


def findings_of(export: SubjectExport, library: Library) -> Findings:
    """Gather what there is to tell."""
    last, shown = export.last, _shown(export)
    result = last.result if last is not None else None
    source: Result | State = result or shown.state
    day = (last.at if last is not None else shown.state.began).astimezone(dt.UTC).date()
    sheet = Sheet(library, source.answers, _versions(export), source.content_version)
    backing = backed(library, source.answers, day)
    way = way_of(library, result, export.plans_by_name()) if result else Way((), ())
    return Findings(
        export,
        last,
        day,
        source.content_version,
        name=level_name(library, result.overall) if result else "",
        target_name=level_name(library, result.target) if result else "",
        up_to=_higher(result.overall, result.ceiling.overall) if result else None,
        google_up_to=_higher(result.google, result.ceiling.google) if result else None,
        confidence=backing,
        levels=tuple(_level(library, result, key, backing.dimensions[key]) for key in DIMENSIONS) if result else (),
        blocks=tuple(_blocks(library, sheet, result)) if result else (),
        risks=tuple(map(sheet.told, result.risks)) if result else (),
        reasons=reasons_of(library, result) if result else Reasons((), ()),
        steps=way.steps,
        aside=tuple(Aside(sheet.told(step.id), step.level if step.gate else None) for step in way.aside),
        heat=tuple(_heat(library, sheet.choices)) if result else (),
        facts=tuple(_facts(library, source.facts)),
        sheet=tuple(sheet.everything()),
        dissent=tuple(Otherwise(sheet.told(each.practice), each.others) for each in shown.dissent),
        waits_for=_waits_for(library, result) if result else (),
        today=library.version,
        share=library.thresholds.share_percent,
    )


def _shown(export: SubjectExport) -> Assessment:
    """The assessment that made the last result, else the newest."""
    last = export.last
    made = [each for each in export.assessments if last is not None and last in each.results]
    return made[-1] if made else export.assessments[-1]


def _versions(export: SubjectExport) -> dict[tuple[str, dt.datetime], str]:
    rows = (row for each in export.assessments for row in each.answers)
    return {(row.practice, row.at): row.content_version for row in rows}


def _higher(low: int, high: int) -> int | None:
    return high if high != low else None


def _level(library: Library, result: Result, key: DimensionKey, backing: Backing) -> LevelRow:
    level = result.dimensions[key]
    up_to = _higher(level, result.ceiling.dimensions[key])
    return LevelRow(area_title(library, key), level, up_to, max(0, result.target - level), backing)


def _waits_for(library: Library, result: Result) -> tuple[str, ...]:
    """The titles of the facts that could still raise the target."""
    return tuple(library.facts[key].title if key in library.facts else key for key in result.target_missing)


def _blocks(library: Library, sheet: Sheet, result: Result) -> Iterator[Block]:
    for key in DIMENSIONS:
        level = result.dimensions[key]
        if level < result.target and (names := result.blockers.get(key)):
            yield Block(area_title(library, key), level + 1, tuple(map(sheet.told, names)))


def _heat(library: Library, choices: Mapping[str, Choice]) -> Iterable[HeatRow]:
    for key, cells in coverage(library, choices).items():
        yield HeatRow(area_title(library, key), cells)


def _facts(library: Library, facts: Mapping[str, GivenFact]) -> Iterator[FactTold]:
    order = [*(key for key in library.facts if key in facts), *sorted(key for key in facts if key not in library.facts)]
    for key in order:
        fact, given = library.facts.get(key), facts[key]
        yield FactTold(
            fact.title if fact else key, fact_value(library, fact, given.value) if fact else _plain(given.value), given
        )


def _plain(value: FactValue) -> str:
    """The value of a fact that today's content does not know."""
    return ", ".join(value) if isinstance(value, tuple) else str(value)
