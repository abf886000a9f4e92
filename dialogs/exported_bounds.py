"""What a file must keep to that somebody may have written by hand: ids, times and turns as the bot would make them.

Everything else in it is words, which are shown and do nothing. But an id stands within markup and within what buttons
carry, a time without its zone cannot be compared, and a turn that is still to come would clash when it comes. This is
asked of what is taken in and not of what goes out, so that nobody is ever kept from their own data.
"""

import datetime as dt
import re
from collections.abc import Iterator

from dialogs.exported import Assessment, SubjectExport
from dialogs.exported_rows import AnswerRow, FactRow, Number
from dialogs.state import Given, GivenFact, State, subject_key

LONGEST_SUBJECT = 80  # letters, as for one that is typed
LAST_TURN = 999_999_999  # what a button can carry
YEARS = range(2000, 2200)  # further off, calendars come to their end
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_id(text: str) -> bool:
    """Whether something can be the id of a channel, a workspace, a person or an assessment."""
    return _ID.fullmatch(text) is not None


def out_of_bounds(export: SubjectExport) -> Iterator[str]:
    """Tell each field that cannot be, with where it stands: "plans.0.owner: is no id"."""
    yield from _id("workspace", export.workspace)
    yield from _id("channel", export.channel)
    for number, plan in enumerate(export.plans):
        yield from _person(f"plans.{number}.owner", plan.owner)
        yield from _person(f"plans.{number}.set_by", plan.set_by)
        yield from _time(f"plans.{number}.set_at", plan.set_at)
    for number, assessment in enumerate(export.assessments):
        yield from _of_assessment(f"assessments.{number}", assessment)


def _of_assessment(where: str, assessment: Assessment) -> Iterator[str]:
    state = assessment.state
    yield from _of_state(f"{where}.state", state)
    yield from _time(f"{where}.finished", assessment.finished)
    for number, answer in enumerate(assessment.answers):
        yield from _of_row(f"{where}.answers.{number}", answer, state)
    for number, fact in enumerate(assessment.facts):
        yield from _of_row(f"{where}.facts.{number}", fact, state)
    for number, each in enumerate(assessment.results):
        there = f"{where}.results.{number}"
        yield from _turn(there, each.turn, state)
        yield from _time(f"{there}.at", each.at)
        yield from _said(f"{there}.result.answers", each.result.answers)
        yield from _said(f"{there}.result.facts", each.result.facts)


def _of_state(where: str, state: State) -> Iterator[str]:
    yield from _id(f"{where}.id", state.id)
    yield from _person(f"{where}.starter", state.starter)
    if not 0 <= state.turn <= LAST_TURN:
        yield f"{where}.turn: is not from 0 to {LAST_TURN}"
    if subject_key(state.subject) != state.subject_key:
        yield f"{where}.subject_key: is not that of the subject"
    if len(state.subject) > LONGEST_SUBJECT:
        yield f"{where}.subject: is longer than {LONGEST_SUBJECT} letters"
    for name, at in (("began", state.began), ("heard", state.heard), ("nudge", state.nudge)):
        yield from _time(f"{where}.{name}", at)
    yield from _said(f"{where}.answers", state.answers)
    yield from _said(f"{where}.facts", state.facts)


def _of_row(where: str, row: AnswerRow | FactRow, state: State) -> Iterator[str]:
    yield from _turn(where, row.turn, state)
    yield from _person(f"{where}.person", row.person)
    yield from _time(f"{where}.at", row.at)


def _said(where: str, given: dict[str, Given] | dict[str, GivenFact]) -> Iterator[str]:
    for name, each in given.items():
        yield from _person(f"{where}.{name}.person", each.person)
        yield from _time(f"{where}.{name}.at", each.at)


def _turn(where: str, turn: Number, state: State) -> Iterator[str]:
    if turn > state.turn:
        yield f"{where}.turn: comes after the last turn of the assessment, {state.turn}"


def _time(where: str, at: dt.datetime | None) -> Iterator[str]:
    if at is not None and at.tzinfo is None:
        yield f"{where}: needs a time zone"
    elif at is not None and at.year not in YEARS:
        yield f"{where}: the year is not from {YEARS[0]} to {YEARS[-1]}"


def _person(where: str, person: str) -> Iterator[str]:
    """Empty is nobody, or somebody who asked to be forgotten."""
    if person:
        yield from _id(where, person)


def _id(where: str, text: str) -> Iterator[str]:
    if not is_id(text):
        yield f"{where}: is no id"
