"""`maturity-bot score`: answers and facts in, levels, target and verdicts out, all as JSON."""

import json
from typing import TextIO

from dialogs.answer_file import ScoringInputError, parse_scoring_input, scoring_output
from knowledge.library import ContentError, Library, load_library


def run_score(text: str, out: TextIO, err: TextIO, *, batch: bool, library: Library | None = None) -> int:
    """Score one input, or with `batch` one per line; give the exit code, 1 where any input could not be scored.

    One bad input gives one line on `err` and nothing on `out`; a bad line of a batch gives `{"error": ...}` in
    its place. Content that cannot be read is told on `err`, problem by problem.
    """
    try:
        library = library or load_library()
    except ContentError as error:
        err.writelines(f"{problem}\n" for problem in error.problems)
        return 1
    if batch:
        return _batch(library, text, out)
    try:
        result = _score(library, text)
    except ScoringInputError as error:
        err.write(f"{error}\n")
        return 1
    out.write(json.dumps(result, indent=2) + "\n")
    return 0


def _batch(library: Library, text: str, out: TextIO) -> int:
    code = 0
    for line in text.split("\n"):  # splitlines() would also split at characters that JSON strings may hold
        if not line.strip():
            continue
        try:
            result = _score(library, line)
        except ScoringInputError as error:
            result, code = {"error": str(error)}, 1
        out.write(json.dumps(result) + "\n")
    return code


def _score(library: Library, text: str) -> dict[str, object]:
    answers, facts = parse_scoring_input(library, text)
    return scoring_output(library, answers, facts)
