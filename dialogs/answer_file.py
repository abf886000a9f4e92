"""What `maturity-bot score` reads and writes: answers and facts as JSON in, levels, target and verdicts out."""

import json
from collections.abc import Mapping

from dialogs.answers import CHOICES, Answers, Choice, Facts, FactValue
from dialogs.judgement import judge
from dialogs.scoring import Levels
from dialogs.verdict import Verdict, verdicts
from knowledge.content import Fact, Practice
from knowledge.library import Library

_SECTIONS = ("answers", "context")
_SHOWN = 60  # characters of what somebody wrote that an error repeats


class ScoringInputError(ValueError):
    """Input that cannot be scored; the message is one line that names the key and says what to write."""


def parse_scoring_input(library: Library, text: str) -> tuple[dict[str, Choice], dict[str, FactValue]]:
    """Read `{"answers": {...}, "context": {...}}` strictly.

    Raises ScoringInputError at the first thing that is not exactly as asked for: nothing is converted or guessed.
    """
    raw = _object(_json(text), "the input")
    for key in raw:
        if key not in _SECTIONS:
            raise _error(_quoted(key), 'is not known here; the input has "answers" and "context"')
    answers = _object(raw.get("answers", {}), "answers")
    context = _object(raw.get("context", {}), "context")
    return (
        {key: _choice(library, key, value) for key, value in answers.items()},
        {key: _fact(library, key, value) for key, value in context.items()},
    )


def scoring_output(library: Library, answers: Answers, facts: Facts) -> dict[str, object]:
    """Score and judge, as plain values ready for JSON."""
    judgement = judge(library, answers, facts)
    found, target = judgement.score, judgement.target
    decided = verdicts(library, answers, facts)
    return {
        **_levels(found.floor),
        "ceiling": _levels(found.ceiling),
        "provisional": found.provisional,
        "target": target.level,
        "target_rules": list(target.rules),
        "target_missing": list(target.missing),
        "blockers": {key: list(ids) for key, ids in found.blockers.items()},
        "risks": list(found.risks),
        "verdicts": {str(each.level): _verdict(each) for each in decided},
    }


def _levels(levels: Levels) -> dict[str, object]:
    return {
        "overall": levels.overall,
        "dimensions": dict(levels.dimensions),
        "google": levels.google,
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    flips = [{"fact": flip.fact, "from": flip.was, "to": flip.to, "verdict": flip.verdict} for flip in verdict.flips]
    return {"verdict": verdict.verdict, "rules": list(verdict.rules), "flips": flips}


def _json(text: str) -> object:
    try:
        text.encode()
        parsed: object = json.loads(text, object_pairs_hook=_without_repeats)
    except UnicodeEncodeError:  # bytes that are no UTF-8, read with the handler "surrogateescape"
        raise _error("the input", "is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise _error("the input", f"is not JSON (line {error.lineno}, column {error.colno}: {error.msg})") from error
    except RecursionError:
        raise _error("the input", "is nested too deeply; it is an object with two objects in it") from None
    except ScoringInputError:
        raise
    except ValueError:  # Python reads no integer of more than some thousand digits
        raise _error("the input", "holds a number with too many digits") from None
    return parsed


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _error(_quoted(key), "stands twice; keep one")
        found[key] = value
    return found


def _object(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _error(name, f"is {_shown(value)}, not an object; write {{...}}")
    return value


def _choice(library: Library, key: str, value: object) -> Choice:
    where = f"answers.{_quoted(key)}"
    practice: Practice | None = library.practices.get(key)
    if practice is None:
        raise _error(where, "is no practice; ids look like M1-C-2, G1-7 or X-owner, in this very case")
    choice = next((known for known in CHOICES if isinstance(value, str) and value == known), None)
    if choice is None:
        raise _error(where, f"is {_shown(value)}; give one of {_listed(CHOICES)}")
    if choice == "na" and practice.na_when is None:
        raise _error(where, 'cannot be "na"; that is allowed only where the practice says so')
    return choice


def _fact(library: Library, key: str, value: object) -> FactValue:
    where = f"context.{_quoted(key)}"
    fact: Fact | None = library.facts.get(key)
    if fact is None:
        raise _error(where, f"is not known; the context has {', '.join(library.facts)}")
    values = tuple(option.value for option in fact.options)
    if fact.kind == "choice":
        if isinstance(value, str) and value in values:
            return value
        raise _error(where, f"is {_shown(value)}; give one of {_listed(values)}")
    if fact.kind == "count":
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        raise _error(where, f"is {_shown(value)}; give a whole number such as 3, not below 0")
    if fact.kind == "yes-no":
        if isinstance(value, bool):
            return value
        raise _error(where, f"is {_shown(value)}; give true or false")
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise _error(where, f'is {_shown(value)}; give a list of names such as ["mlflow"]')


def _error(where: str, what: str) -> ScoringInputError:
    return ScoringInputError(f"{where}: {what}")


def _quoted(text: str) -> str:
    """Make a key fit for one line of plain ASCII, whatever somebody put into it."""
    return json.dumps(text)[1:-1][: 2 * _SHOWN]


def _shown(value: object) -> str:
    """Show a value as it stands in JSON, shortened."""
    try:
        text = json.dumps(value)
    except (RecursionError, ValueError):
        return "too long to show"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f'"{value}"' for value in values)
