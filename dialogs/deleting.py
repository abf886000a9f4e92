"""What stands after "delete" and "export": who may, what goes, and what is left when somebody's traces are gone.

A person leaves the choices they made to the team: those stay as a former member's, without id, name or note.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from dialogs.effects import Dismiss, Effect, ForgetPerson, ForgetSubject, Whisper
from dialogs.events import Commanded, Event, Person, Pressed, Said
from dialogs.privacy_screens import (
    DeleteMe,
    DeleteSubject,
    Exported,
    MayNotDelete,
    Mine,
    NothingAboutYou,
    SubjectHeld,
    WhichToDelete,
)
from dialogs.reminder import Reminder
from dialogs.screens import Done, Problem, Screen
from dialogs.script import plain
from dialogs.state import State, near_subject, subject_key
from dialogs.surroundings import Surroundings
from dialogs.unsaying import answer_less, less

Remarks = frozenset[tuple[str, str]]  # words of somebody, or a link, each with the practice that they are about
FORMER = Person("", "a former member")  # nobody: no message goes to them, no look-up is made for them
_ME = ("me", "all about me", "everything about me", "my data", "mine", "all my data", "my answers", "myself")
_WORDS = ("delete", "export")
DELETING = ("delete-me", "delete-subject", "leave-delete")  # the buttons of these screens
PIECE = 2_950  # characters of a code block: with its fences below Slack's 3000 for a section
_PART = 450  # characters of a line too long for one: even escaped throughout it fits
PIECES = 3  # on one page
_EXPORTED = (
    "answers",
    "facts",
    "remarks",
    "started",
    "reminders",
    "ratings",
    "settings",
    "policies",
    "greetings",
    "plans",
    "written",
)


def asks_what_is_held(event: Event) -> bool:
    """Whether an event needs to know what is kept of a person or a subject."""
    if isinstance(event, Pressed):
        return event.action == "delete-subject" or (event.action == "run" and _first_word(event.argument) in _WORDS)
    return isinstance(event, Commanded | Said) and _first_word(event.text) in _WORDS


def about_oneself(event: Event) -> bool:
    """Whether a person asks for what is theirs: that is open to those as well who may not take part (any more)."""
    if isinstance(event, Pressed):
        return event.action == "delete-me"
    word, _, rest = plain(event.text).partition(" ") if isinstance(event, Commanded) else ("", "", "")
    return word in _WORDS and _whose(rest)[0] in _ME


def _first_word(text: str) -> str:
    return plain(text).partition(" ")[0].strip(".,!?")


# Commands ------------------------------------------------------------------------------------------------------------


def delete(around: Surroundings, event: Commanded, rest: str) -> tuple[Effect, ...]:
    """Ask before anything is deleted: all about the person, or a subject. Always answered privately."""
    if plain(rest).strip(" .!") in _ME:
        mine = around.held.mine
        return (Whisper(DeleteMe(mine) if mine else NothingAboutYou()),)
    return (Whisper(_asked(around, event, rest.strip().strip('"'))),)


def _asked(around: Surroundings, event: Commanded, name: str) -> Screen:
    subjects = around.held.subjects
    names = tuple(each.subject for each in subjects)
    if not subjects:
        return Problem("nothing-to-delete", {})
    if not name:
        return _confirm(subjects[0], event.person) if len(subjects) == 1 else WhichToDelete(names)
    found = named(subjects, name)
    if found is not None:
        return _confirm(found, event.person)
    near = near_subject(subject_key(name), (each.subject_key for each in subjects))
    known = [each.subject for each in subjects if near in (None, each.subject_key)]
    return Problem("delete-unknown-subject", {"given": name, "known": ", ".join(known[:10])})


def named(subjects: Sequence[SubjectHeld], name: str) -> SubjectHeld | None:
    """The subject of this name, written in whatever way."""
    return next((each for each in subjects if each.subject_key == subject_key(name)), None)


def _confirm(held: SubjectHeld, person: Person) -> Screen:
    return DeleteSubject(held) if may_delete(held, person) else MayNotDelete(held)


def may_delete(held: SubjectHeld, person: Person) -> bool:
    """Only who started the last assessment of a subject, or an admin of the workspace."""
    return person.admin or (bool(person.id) and person.id == held.starter)


def sure(around: Surroundings, event: Pressed) -> tuple[Effect, ...]:
    """The click that deletes, or leaves everything as it is. Looked at anew: meanwhile it may have changed."""
    if event.action == "leave-delete":
        return (Dismiss(Done("stays")),)
    if event.action == "delete-me":
        return ForgetPerson(), Dismiss(Done("deleted-me"))
    held = named(around.held.subjects, event.argument)
    if held is None:
        return (Dismiss(Done("deleted-before")),)
    if not may_delete(held, event.person):
        return (Dismiss(MayNotDelete(held)),)
    return ForgetSubject(held.subject, held.subject_key), Dismiss(Done("deleted-subject"))


def export(around: Surroundings, event: Commanded, rest: str) -> tuple[Effect, ...]:
    """Show a person everything that is kept of them, as JSON, page by page; privately."""
    _, number = _whose(rest)
    mine = around.held.mine
    if not mine:
        return (Whisper(NothingAboutYou()),)
    pieces = _pieces(exported(event.person, mine))
    pages = -(-len(pieces) // PIECES)
    page = min(max(number, 1), pages)
    shown = pieces[(page - 1) * PIECES : page * PIECES]
    return (Whisper(Exported(event.person.name, tuple(shown), page, pages)),)


def _whose(rest: str) -> tuple[str, int]:
    """What stands after the command, and the page that is asked for: "mine 2"."""
    words, _, number = plain(rest).strip(" .!").rpartition(" ")
    return (words, int(number[:4])) if words and number.isdecimal() else (plain(rest).strip(" .!"), 1)


def exported(person: Person, mine: Mine) -> str:
    """Everything kept of a person, as JSON, an entry a line."""
    head = json.dumps({"person": person.id, "name": person.name}, ensure_ascii=False)[:-1]
    parts = [f'"{name}": [{_lines(getattr(mine, name))}]' for name in _EXPORTED if getattr(mine, name)]
    return ",\n".join((head, *parts)) + "}"


def _lines(entries: Sequence[Mapping[str, object]]) -> str:
    return "\n" + ",\n".join(json.dumps(dict(entry), ensure_ascii=False) for entry in entries) + "\n"


def _pieces(text: str) -> list[str]:
    """Cut at line ends into pieces that fit into a code block each; only a longer line is cut itself."""
    pieces = [""]
    for line in text.splitlines(keepends=True):
        for part in (line[at : at + _PART] for at in range(0, len(line), _PART)):
            if _size(pieces[-1] + part) > PIECE:
                pieces.append("")
            pieces[-1] += part
    return pieces


def _size(text: str) -> int:
    """The characters of a text once it is escaped for Slack."""
    return len(text) + sum(text.count(sign) for sign in "&<>`") * 5


# What is left ---------------------------------------------------------------------------------------------------------

_BLANK: Mapping[str, object] = {"name": FORMER.name, "note": None, "evidence": [], "last_run": None}
_OWN = {"starter": "starter_name", "owner": "owner_name"}


def without(value: Any, person: str, remarks: Remarks = frozenset()) -> Any:  # noqa: ANN401 - JSON
    """The same JSON without a trace of a person: their id and name are a former member's, their notes are gone.

    `remarks` are notes of theirs, by practice, that another one's answer carries.
    """
    if isinstance(value, list):
        return [without(each, person, remarks) for each in value]
    if isinstance(value, dict):
        cleaned = {key: without(each, person, remarks) for key, each in value.items() if key != person}
        return _signed(value, _unremarked(cleaned, remarks), person)
    return FORMER.id if value == person else value


def _signed(before: dict[str, Any], after: dict[str, Any], person: str) -> dict[str, Any]:
    """What the person gave or owns, in nobody's name."""
    if before.get("person") == person:
        after |= {key: new for key, new in _BLANK.items() if key in after}
    for key, name in _OWN.items():
        if before.get(key) == person:
            after |= {name: FORMER.name}
    return after


def names_in(value: Any, person: str) -> frozenset[str]:  # noqa: ANN401 - JSON
    """The names that stand beside a person's id."""
    if isinstance(value, list):
        return frozenset(name for each in value for name in names_in(each, person))
    if not isinstance(value, dict):
        return frozenset()
    beside = {"person": "name", **_OWN}
    own = {str(value[name]) for key, name in beside.items() if value.get(key) == person and value.get(name)}
    return frozenset(own).union(*(names_in(each, person) for each in value.values()))


def _unremarked(value: dict[str, Any], remarks: Remarks) -> dict[str, Any]:
    for practice in {practice for practice, _ in remarks} & value.keys():
        words, given = _words_about(practice, remarks), value[practice]
        if isinstance(given, dict):
            value = value | {practice: answer_less(given, words)}
        elif given in words:
            value = {key: each for key, each in value.items() if key != practice}
    return value


def _words_about(practice: str, remarks: Remarks) -> list[str]:
    return [words for about, words in remarks if about == practice]


def remarks_of(state: State, person: str) -> Remarks:
    """A person's words in an assessment that may stand with another one's answer: practice and words, or a link.

    They are the remarks they made, and what others took over of their answers (`dialogs.carried`). What others wrote
    in words of their own stays theirs, and so does the day when something last ran.
    """
    noted = ((key, state.notes[key]) for key, by in state.noted_by.items() if by == person and key in state.notes)
    return frozenset((*noted, *((each.practice, each.words) for each in state.carried if each.person == person)))


def state_without(state: State, person: str) -> State:
    """An assessment without a trace of a person; it goes on with the choices they made."""
    remarks = remarks_of(state, person)
    others = (
        each.model_copy(update={"words": left})
        for each in state.carried
        if each.person != person and (left := less(each.words, *_words_about(each.practice, remarks)))
    )
    rest = state.model_copy(update={"carried": tuple(others)})
    return State.model_validate(without(rest.model_dump(mode="json"), person, remarks))


def reminder_without(reminder: Reminder, person: str) -> Reminder:
    """A reminder that nobody owns: it keeps coming, in the time zone in which it always came."""
    return Reminder.model_validate(without(reminder.model_dump(mode="json"), person))
