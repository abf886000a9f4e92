"""What is kept of a person and of subjects, counted from the assessments alone: for replays, which have no database."""

from collections.abc import Sequence

from dialogs.deleting import remarks_of
from dialogs.privacy_screens import Entry, Held, Mine, SubjectHeld
from dialogs.reminder import Reminder
from dialogs.state import State


def held_in(states: Sequence[State], reminders: Sequence[Reminder], person: str) -> Held:
    """What these assessments and reminders hold: each answer as it is now."""
    mine = Mine(
        answers=tuple(
            _entry(
                state,
                practice=practice,
                choice=given.choice,
                note=given.note,
                evidence=list(given.evidence) or None,
                last_run=given.last_run.isoformat() if given.last_run is not None else None,
            )
            for state in states
            for practice, given in state.answers.items()
            if given.person == person
        ),
        facts=tuple(
            _entry(state, fact=key, value=fact.value)
            for state in states
            for key, fact in state.facts.items()
            if fact.person == person
        ),
        remarks=tuple(
            _entry(state, practice=key, note=note)
            for state in states
            for key, note in sorted(remarks_of(state, person))
        ),
        started=tuple(_entry(state, phase=state.phase) for state in states if state.starter == person),
        reminders=tuple({"subject": each.subject} for each in reminders if each.owner == person),
        written=tuple(_entry(state) for state in states if person in state.writers),
    )
    return Held(mine, _subjects(states, reminders))


def _entry(state: State, **parts: object) -> Entry:
    return {"subject": state.subject, **{key: part for key, part in parts.items() if part is not None}}


def _subjects(states: Sequence[State], reminders: Sequence[Reminder]) -> tuple[SubjectHeld, ...]:
    reminded = {each.subject_key: each for each in reminders}
    keys = sorted({*reminded, *(state.subject_key for state in states)})
    return tuple(_subject(key, [s for s in states if s.subject_key == key], reminded.get(key)) for key in keys)


def _subject(key: str, states: Sequence[State], reminder: Reminder | None) -> SubjectHeld:
    last = max(states, key=lambda state: state.began, default=None)
    owner = (reminder.subject, reminder.owner, reminder.owner_name) if reminder is not None else ("", "", "")
    subject, starter, name = (last.subject, last.starter, last.starter_name) if last is not None else owner
    return SubjectHeld(
        subject,
        key,
        starter,
        name,
        assessments=len(states),
        answers=sum(len(state.answers) for state in states),
        facts=sum(len(state.facts) for state in states),
        results=sum(state.phase == "finished" for state in states),
        reminders=int(reminder is not None),
    )
