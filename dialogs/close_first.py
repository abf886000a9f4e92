"""The readiness points that a target names: what is to be closed before more than it is worth while."""

from typing import NamedTuple

from dialogs.target import Target
from knowledge.content import NotReady, Readiness
from knowledge.library import Library


class OpenPoint(NamedTuple):
    """A readiness point that is not met; not `known` where nobody told the fact it rests on."""

    point: Readiness
    known: bool


def close_first(library: Library, target: Target) -> tuple[OpenPoint, ...]:
    """List the points that the fired rules found missing: those not met, then those not known.

    Empty where no rule that speaks of missing points fired (`T4-close`), and where the target was read back from a
    result that other content made: readiness is not kept with it.
    """
    fired = [each for rule in library.target.rules if rule.id in target.rules for each in rule.when]
    spoken_of = {name for each in fired if isinstance(each, NotReady) for name in each.not_ready}
    points = {point.id: point for point in library.target.readiness if point.id in spoken_of}
    not_met = (OpenPoint(points[name], known=True) for name in target.readiness_missing if name in points)
    not_known = (OpenPoint(points[name], known=False) for name in target.readiness_unknown if name in points)
    return (*not_met, *not_known)
