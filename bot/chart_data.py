"""What the report's pictures show, as plain values that travel as JSON: in the outbox, and to the process that draws.

Levels are Microsoft's, 0 to 4. `up_to` is how far a level could still rise once more is known, None where it stands.
The drawing process imports this file and must stay small, so what is only named in types is not imported here.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

if TYPE_CHECKING:
    from dialogs.coverage import CellCoverage
    from dialogs.judgement import Judgement
    from knowledge.content import DimensionKey
    from knowledge.library import Library

TOP = 4  # Microsoft's last level
GOOGLE_TOP = 2  # Google's
MOST_POINTS = 20  # of a trend; more would not be readable at the width Slack shows
TREND_BEGINS = 2  # points: one assessment is no trend

Level = Annotated[int, Field(ge=0, le=TOP)]
GoogleLevel = Annotated[int, Field(ge=0, le=GOOGLE_TOP)]
Count = Annotated[int, Field(ge=0)]


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Axis(_Value):
    """One dimension of the radar."""

    title: str
    level: Level
    up_to: Level | None = None


class Radar(_Value):
    """The levels of one result against its target. `target` is None while it is open."""

    kind: Literal["radar"] = "radar"
    subject: str
    day: dt.date
    target: Level | None
    axes: Annotated[tuple[Axis, ...], Field(min_length=3)]  # fewer span no area
    google: GoogleLevel
    google_up_to: GoogleLevel | None = None

    @property
    def name(self) -> str:
        """The stem of its file's name."""
        return "radar"

    @property
    def title(self) -> str:
        """What stands above it, and names its file."""
        return f"{self.subject}: levels and target"

    @property
    def overall(self) -> int:
        """The lowest level of all dimensions."""
        return min(axis.level for axis in self.axes)

    @property
    def overall_up_to(self) -> int | None:
        """How far the overall level could still rise."""
        high = min(axis.level if axis.up_to is None else axis.up_to for axis in self.axes)
        return high if high != self.overall else None


class HeatCell(_Value):
    """The practices of one dimension at one level, counted by their answers; `reached` is whether they suffice.

    Missing is "no"; unknown is "don't know" and not asked; `na` is not applicable and does not count.
    """

    met: Count
    partly: Count
    missing: Count
    unknown: Count
    na: Count
    reached: bool

    @property
    def counted(self) -> int:
        """How many practices count towards the level."""
        return self.met + self.partly + self.missing + self.unknown

    @property
    def empty(self) -> bool:
        """Whether the model asks nothing here."""
        return not self.counted and not self.na


class HeatRow(_Value):
    """One dimension: its cells from level 1 to 4."""

    title: str
    cells: Annotated[tuple[HeatCell, ...], Field(min_length=TOP, max_length=TOP)]

    @property
    def level(self) -> int:
        """The level of the dimension: how many cells from the first on are reached."""
        return next((level for level, cell in enumerate(self.cells) if not cell.reached), TOP)


class Heatmap(_Value):
    """Every practice of one result, by dimension and level. `target` is None while it is open."""

    kind: Literal["heatmap"] = "heatmap"
    subject: str
    day: dt.date
    target: Level | None
    rows: Annotated[tuple[HeatRow, ...], Field(min_length=1)]

    @property
    def name(self) -> str:
        """The stem of its file's name."""
        return "heatmap"

    @property
    def title(self) -> str:
        """What stands above it, and names its file."""
        return f"{self.subject}: practices by level"


class TrendPoint(_Value):
    """One finished assessment: its overall level and its target, None if that was open."""

    day: dt.date
    overall: Level
    up_to: Level | None = None
    target: Level | None = None


class Trend(_Value):
    """The overall level over the assessments of a subject, oldest first; `earlier` ones are not shown."""

    kind: Literal["trend"] = "trend"
    subject: str
    points: Annotated[tuple[TrendPoint, ...], Field(min_length=TREND_BEGINS, max_length=MOST_POINTS)]
    earlier: Count = 0

    @property
    def name(self) -> str:
        """The stem of its file's name."""
        return "trend"

    @property
    def title(self) -> str:
        """What stands above it, and names its file."""
        return f"{self.subject}: level over time"


Chart = Annotated[Radar | Heatmap | Trend, Field(discriminator="kind")]
_CHART: TypeAdapter[Radar | Heatmap | Trend] = TypeAdapter(Chart)


def chart_from(json: object) -> Radar | Heatmap | Trend:
    """Read a chart as `model_dump(mode="json")` gives it; pydantic's ValidationError if it is none."""
    return _CHART.validate_python(json)


def radar_of(library: "Library", subject: str, day: dt.date, judgement: "Judgement") -> Radar:
    """The radar of one result."""
    low, high = judgement.score.floor, judgement.score.ceiling
    axes = [
        Axis(title=one.title, level=low.dimensions[one.key], up_to=_above(low.dimensions, high.dimensions, one.key))
        for one in library.microsoft.dimensions
    ]
    target = None if "stage" in judgement.target.missing else judgement.target.level
    google_up_to = high.google if high.google != low.google else None
    return Radar(
        subject=subject, day=day, target=target, axes=tuple(axes), google=low.google, google_up_to=google_up_to
    )


def _above(
    low: "Mapping[DimensionKey, int]", high: "Mapping[DimensionKey, int]", dimension: "DimensionKey"
) -> int | None:
    return high[dimension] if high[dimension] != low[dimension] else None


def heatmap_of(
    library: "Library",
    subject: str,
    day: dt.date,
    coverage: "Mapping[DimensionKey, Iterable[CellCoverage]]",
    target: int | None,
) -> Heatmap:
    """The heatmap of one result; `coverage` is what `dialogs.coverage` counts."""
    rows = [
        HeatRow(title=one.title, cells=tuple(_cell(cell) for cell in coverage[one.key]))
        for one in library.microsoft.dimensions
    ]
    return Heatmap(subject=subject, day=day, target=target, rows=tuple(rows))


def _cell(of: "CellCoverage") -> HeatCell:
    return HeatCell(met=of.met, partly=of.partly, missing=of.missing, unknown=of.unknown, na=of.na, reached=of.cell_met)


def trend_of(subject: str, points: Iterable[TrendPoint]) -> Trend | None:
    """The trend over some results, oldest first; None for fewer than two. Only the latest 20 are shown."""
    ordered = tuple(points)
    if len(ordered) < TREND_BEGINS:
        return None
    shown = tuple(ordered[-MOST_POINTS:])
    return Trend(subject=subject, points=shown, earlier=len(ordered) - len(shown))
