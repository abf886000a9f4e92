"""Why the target of an exported result is what it is: the rules that say its level, and what is to be closed first."""

from typing import NamedTuple

from bot.speak_report import filled_reason
from dialogs.close_first import OpenPoint, close_first
from dialogs.exported import Result
from dialogs.judgement import judge
from knowledge.library import Library


class Reasons(NamedTuple):
    """The rules that speak for the target itself, in words, and the points to close before more is worth while."""

    texts: tuple[str, ...]
    first: tuple[OpenPoint, ...]


def reasons_of(library: Library, result: Result) -> Reasons:
    """Tell the rules that fired for the target's level, as far as today's content knows them and says so still.

    Readiness is not kept with a result, so what is missing of it is told only where today's content made the result.
    """
    facts = {key: given.value for key, given in result.facts.items()}
    fired = (rule for rule in library.target.rules if rule.id in result.target_rules and rule.level == result.target)
    texts = tuple(filled_reason(rule.reason, facts) for rule in fired)
    if result.content_version != library.version:
        return Reasons(texts, ())
    choices = {name: given.choice for name, given in result.answers.items()}
    return Reasons(texts, close_first(library, judge(library, choices, facts).target))
