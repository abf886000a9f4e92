"""A finished result as it is kept: a snapshot that can be read without the content that made it."""

from collections.abc import Mapping
from typing import Any

from dialogs.judgement import Judgement, judge
from dialogs.scoring import Levels, Score
from dialogs.state import State
from dialogs.target import Target
from knowledge.library import Library


def snapshot(library: Library, state: State, judgement: Judgement) -> Mapping[str, object]:
    """Levels, target, rules, blockers, risks, with the answers and facts they rest on; plain JSON types."""
    score, target = judgement.score, judgement.target
    return {
        "content_version": library.version,
        "subject": state.subject,
        "mode": state.mode,
        "overall": score.floor.overall,
        "dimensions": dict(score.floor.dimensions),
        "google": score.floor.google,
        "ceiling": {
            "overall": score.ceiling.overall,
            "dimensions": dict(score.ceiling.dimensions),
            "google": score.ceiling.google,
        },
        "provisional": score.provisional,
        "target": target.level,
        "target_rules": list(target.rules),
        "target_missing": list(target.missing),
        "blockers": {key: list(ids) for key, ids in score.blockers.items()},
        "risks": list(score.risks),
        "answers": {key: given.model_dump(mode="json") for key, given in state.answers.items()},
        "facts": {key: fact.model_dump(mode="json") for key, fact in state.facts.items()},
    }


def pinned(library: Library, state: State, result: Mapping[str, Any] | None) -> Judgement:
    """The judgement of a finished assessment as it was made: with the content of then, where that has changed since.

    `result` is its snapshot, None where there is none (yet): then it is judged today.
    """
    if result is None or result["content_version"] == library.version:
        return judge(library, state.choices(), state.known_facts())
    return judgement_of(result)


def judgement_of(result: Mapping[str, Any]) -> Judgement:
    """Read a judgement back from a snapshot. What a snapshot does not hold (needs, readiness) is empty."""
    ceiling = result["ceiling"]
    score = Score(
        floor=Levels(result["dimensions"], result["overall"], result["google"]),
        ceiling=Levels(ceiling["dimensions"], ceiling["overall"], ceiling["google"]),
        provisional=result["provisional"],
        blockers={key: tuple(ids) for key, ids in result["blockers"].items()},
        risks=tuple(result["risks"]),
    )
    missing = tuple(result["target_missing"])
    return Judgement(score, _target_of(result["target"], tuple(result["target_rules"]), missing))


def _target_of(level: int, rules: tuple[str, ...], missing: tuple[str, ...]) -> Target:
    return Target(
        level=level,
        rules=rules,
        undecided=(),
        missing=missing,
        provisional=bool(missing),
        lowest=level,
        highest=level,
        needs=(),
        needs_open=(),
        readiness_missing=(),
        readiness_unknown=(),
    )
