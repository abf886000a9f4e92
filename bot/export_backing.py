"""What backs the answers of an exported result, and the parts that add up to it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.naming import area_title
from dialogs.confidence import Backing, Confidence, confidence
from dialogs.state import Given
from knowledge.content import DimensionKey
from knowledge.library import Library


class Part(NamedTuple):
    """One part of all answers, a dimension or what stands outside them, and what backs it."""

    title: str
    backing: Backing


class Backed(NamedTuple):
    """What backs all answers. The `parts` add up to `overall`; those without a claim are left out."""

    overall: Backing
    dimensions: Mapping[DimensionKey, Backing]
    google: Backing
    parts: tuple[Part, ...]


def backed(library: Library, given: Mapping[str, Given], day: dt.date) -> Backed:
    """Count what backs these answers on a day."""
    found = confidence(library, given, day)
    return Backed(found.overall, found.dimensions, found.others["google"], tuple(_parts(library, found)))


def _parts(library: Library, found: Confidence) -> Iterator[Part]:
    for key, each in (*found.dimensions.items(), *found.others.items()):
        if each.claims:
            yield Part(area_title(library, key), each)
