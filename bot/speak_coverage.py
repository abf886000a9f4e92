"""What the heatmap shows, in words; and how well the answers are backed, which stands beside the levels."""

from dataclasses import asdict

from bot.blocks import listing
from bot.mrkdwn import Mrkdwn, join
from bot.naming import area_title
from bot.words import Words
from dialogs.confidence import confidence
from dialogs.coverage import coverage
from dialogs.state import State


def practices_text(state: State, words: Words) -> Mrkdwn:
    """How many practices of each dimension and level are in place: what the heatmap shows, in words."""
    lines = []
    for key, cells in coverage(words.library, state.choices()).items():
        counted = [(cell, cell.practices - cell.na) for cell in cells]
        told = [
            words("report.cell", **asdict(cell), counted=number)
            if number
            else words("report.cell_empty", level=cell.level)
            for cell, number in counted
        ]
        lines.append(words("report.cells", title=area_title(words.library, key), cells=join(told, " · ")))
    return listing(words("report.cells_title"), lines)


def confidence_text(state: State, words: Words) -> Mrkdwn:
    """How well the answers are backed, on the day they were given; it stands beside the level."""
    found = confidence(words.library, state.answers, state.assessed_at.date())
    parts = [
        words("report.backing", title=area_title(words.library, key), backed=each.backed, claims=each.claims)
        for key, each in (*found.dimensions.items(), *found.others.items())
        if each.claims
    ]
    return words("report.confidence", **asdict(found.overall), word=found.overall.word, parts=join(parts, " · "))
