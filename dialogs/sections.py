"""Sections of an assessment: one dimension at one level, one level of Google's model, or the risks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from dialogs.answers import Answers, answer_of
from knowledge.content import DimensionKey, Practice
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Section:
    """Practices that are talked about together. `key` names it ("model-creation-2", "google-1", "risks")."""

    key: str
    area: DimensionKey | Literal["google", "risks"]
    level: int | None


def section_of(practice: Practice) -> Section:
    """Find the section of a practice that is asked."""
    if practice.level is None:
        return Section("risks", "risks", None)
    area = practice.dimension or "google"
    return Section(f"{area}-{practice.level}", area, practice.level)


def open_in_section(library: Library, answers: Answers, section: Section) -> tuple[str, ...]:
    """List what is asked in a section and has no answer yet, in the order of the sheet."""
    inside = practices_by_section(library).get(section, ())
    return tuple(name for name in inside if answer_of(library, answers, name) is None)


@lru_cache(maxsize=8)
def practices_by_section(library: Library) -> Mapping[Section, tuple[str, ...]]:
    """Group the practices asked by section, in the order of a full assessment.

    Dimension by dimension, because a conversation holds better together so than level by level; then Google's
    own practices; then what stands outside both ladders.
    """
    areas = (*get_args(DimensionKey), "google", "risks")
    found: dict[Section, list[str]] = {}
    for practice in library.asked():
        found.setdefault(section_of(practice), []).append(practice.id)
    ordered = sorted(found, key=lambda section: (areas.index(section.area), section.level or 0))
    return {section: tuple(found[section]) for section in ordered}


@lru_cache(maxsize=8)
def full_order(library: Library) -> tuple[str, ...]:
    """List every practice asked, in the order of a full assessment."""
    return tuple(name for names in practices_by_section(library).values() for name in names)
