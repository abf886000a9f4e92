"""A finished result as it is kept: a snapshot that can be read without the content that made it."""

from collections.abc import Mapping

from dialogs.judgement import Judgement
from dialogs.state import State
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
