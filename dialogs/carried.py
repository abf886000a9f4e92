"""Whose words an answer carries, once somebody else stands behind it.

Who adds evidence, finds an answer still true or edits it takes over its note and links, in their own name. The state
remembers whose they were, so that they can go with who gave them: with who gave them first.
"""

from collections.abc import Collection, Iterable

from dialogs.evidence import links_in
from dialogs.state import Carried, State


def carried_on(state: State, practice: str, giver: str) -> tuple[Carried, ...]:
    """What answers carry, and what the present one to a practice says, before another person's takes its place."""
    was = state.answers.get(practice)
    if was is None or was.person in ("", giver):
        return state.carried
    return _with(state, practice, was.person, (*_pieces(was.note), *was.evidence))


def remark_carried_on(state: State, practice: str) -> tuple[Carried, ...]:
    """What answers carry, and a remark whose place another one takes: an answer in between may have it."""
    by, note = state.noted_by.get(practice), state.notes.get(practice)
    return _with(state, practice, by, (*_pieces(note), *links_in(note))) if by else state.carried


def carried_over(last: State, practices: Collection[str]) -> tuple[Carried, ...]:
    """What the answers to these practices bring along into the next assessment, remarks included."""
    for practice in last.noted_by:
        last = last.model_copy(update={"carried": remark_carried_on(last, practice)})
    return tuple(each for each in last.carried if each.practice in practices)


def _with(state: State, practice: str, person: str, words: Iterable[str]) -> tuple[Carried, ...]:
    known = {each.words for each in state.carried if each.practice == practice}
    if state.noted_by.get(practice) not in (None, person):
        note = state.notes.get(practice)
        known |= {*_pieces(note), *links_in(note)}
    new = (each for each in dict.fromkeys(words) if each not in known)
    return (*state.carried, *(Carried(practice=practice, person=person, words=each) for each in new))


def _pieces(note: str | None) -> list[str]:
    """What a note was joined from."""
    return [piece for piece in (note or "").split("; ") if piece]
