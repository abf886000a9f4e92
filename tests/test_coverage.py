"""Coverage: every cell of the four dimensions, counted by answer, and whether it is met."""

from hypothesis import given

from dialogs.answers import Choice
from dialogs.coverage import CellCoverage, coverage
from dialogs.scoring import score
from knowledge.content import DIMENSIONS
from knowledge.library import Library, load_library
from teams import EVERY, answers, everything

LIBRARY: Library = load_library()


def test_a_cell_counts_each_kind_of_answer_and_what_nobody_was_asked_as_unknown() -> None:
    team: dict[str, Choice] = {
        "M2-C-1": "yes",
        "M2-C-2": "yes",
        "M2-C-3": "partly",
        "M2-C-4": "no",
        "M2-C-5": "unknown",
        "M2-C-10": "na",
    }
    assert coverage(LIBRARY, team)["model-creation"][1] == CellCoverage(
        level=2, met=2, partly=1, missing=1, unknown=6, na=1, cell_met=False
    )


def test_four_dimensions_have_four_levels_each_and_an_empty_cell_is_met() -> None:
    found = coverage(LIBRARY, everything("no"))
    assert tuple(found) == DIMENSIONS
    assert [[cell.level for cell in cells] for cells in found.values()] == [[1, 2, 3, 4]] * 4
    empty = [(key, cell.level) for key, cells in found.items() for cell in cells if not cell.practices]
    assert empty == [("people", 1), ("model-creation", 3), ("application-integration", 2)]
    assert [(key, cell.level) for key, cells in found.items() for cell in cells if cell.cell_met] == empty


def test_a_shared_practice_answered_in_googles_model_counts_here_as_well() -> None:
    assert coverage(LIBRARY, {"G1-1": "yes"})["model-creation"][1].met == 1
    assert coverage(LIBRARY, {"G1-1": "yes", "M2-C-1": "no"})["model-creation"][1].met == 0


@given(answers(EVERY))
def test_the_cells_met_from_the_first_on_make_the_level(team: dict[str, Choice]) -> None:
    levels = score(LIBRARY, team).floor.dimensions
    for key, cells in coverage(LIBRARY, team).items():
        met = [cell.cell_met for cell in cells]
        assert levels[key] == (met.index(False) if False in met else 4)
        assert [cell.practices for cell in cells] == [len(LIBRARY.cell(key, level)) for level in range(1, 5)]
