"""About how many questions quick still needs: the mean over all levels that are still in reach."""

from collections.abc import Collection, Iterable

from dialogs.relevance import Climb
from dialogs.tally import FULL, Tally


def estimate(found: Iterable[Climb], required: Collection[str], *, beyond_overall: bool) -> int:
    """Estimate the number of questions to come; `required` ones are asked in any case."""
    ladders = tuple(found)
    if not beyond_overall:
        return round(_to_overall([each for each in ladders if each.ladder.key != "google"]))
    inside = sum(_to_level(each) for each in ladders)
    on_ladders = {rung.asked for each in ladders for cell in each.ladder.cells for rung in cell.rungs}
    return round(inside + sum(name not in on_ladders for name in required))


def _to_overall(dimensions: list[Climb]) -> float:
    low, high = min(each.floor for each in dimensions), min(each.ceiling for each in dimensions)
    rows = [[each.tallies[level] for each in dimensions] for level in range(len(dimensions[0].tallies))]
    met = [sum(_to_meet(cell) for cell in row) for row in rows]
    failed = [min((_to_fail(cell) for cell in row if cell.open), default=0.0) for row in rows]
    return _mean(met, failed, low, high)


def _to_level(each: Climb) -> float:
    met = [_to_meet(cell) for cell in each.tallies]
    failed = [_to_fail(cell) for cell in each.tallies]
    return _mean(met, failed, each.floor, each.ceiling)


def _mean(met: list[int], failed: list[float], low: int, high: int) -> float:
    """Average over the levels from `low` to `high`: every cell up to the level is met, the next one fails."""
    costs = [sum(met[:level]) + (failed[level] if level < high else 0.0) for level in range(low, high + 1)]
    return sum(costs) / len(costs)


def _to_meet(cell: Tally) -> int:
    """Count the yeses that meet a cell: its open gates, and as many others as the points still want."""
    wanted = cell.needed - cell.points - FULL * cell.gates_open
    return cell.gates_open + min(cell.open - cell.gates_open, max(0, -(-wanted // FULL)))


def _to_fail(cell: Tally) -> float:
    """Expect the first no about halfway through the gates, or through the others where there is no open gate."""
    return ((cell.gates_open or cell.open) + 1) / 2 if cell.open else 0.0
