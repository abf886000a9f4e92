"""What nobody knows yet and the overall level turns on: the practices to learn about before all others."""

from dialogs.answers import Answers, answer_of
from dialogs.ladders import ladders
from dialogs.relevance import climb, open_cells, unanswered
from knowledge.library import Library


def overall_turns_on(library: Library, answers: Answers) -> tuple[str, ...]:
    """Name the practices, unknown or not asked, whose answer can still change the overall level.

    Lowest level first; at one level by dimension, gates first, then in the order of the sheet. What is unknown counts
    as open, so a practice that is no gate is named only where the gates alone do not give the share of points. Each
    one named decides for some answers to the others; all others decide for none. Empty where the overall level stands.
    """
    known = {
        name: answer
        for name, practice in library.practices.items()
        if practice.model == "microsoft" and (answer := answer_of(library, answers, name)) not in (None, "unknown")
    }
    share = library.thresholds.share_percent
    four = [climb(ladder, known, share, ()) for ladder in ladders(library) if ladder.key != "google"]
    highest = min(each.ceiling for each in four)
    found = [cell for each in four for cell in open_cells(each, highest, highest)]
    return tuple(
        rung.id
        for each in sorted(found, key=lambda each: each.cell.level)
        for gates in ((True, False) if each.others else (True,))
        for rung in unanswered(each.cell, known, (), gates=gates)
    )
