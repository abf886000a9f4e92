"""What is kept with an answer besides it: remarks made with a mention, and pictures."""

from dialogs.asking import give
from dialogs.carried import remark_carried_on
from dialogs.change_screens import PictureSeen
from dialogs.effects import Post, Whisper
from dialogs.events import Said
from dialogs.evidence import grounds_of
from dialogs.privacy_screens import SecretSeen
from dialogs.screens import Help, Noted, NoteKept, Problem
from dialogs.secrets import holds_secret
from dialogs.state import Given
from dialogs.walk import Walk


def shortened(walk: Walk, note: str | None) -> str | None:
    """A note within its limit; the person is told what was cut. One that holds a secret is not kept at all."""
    return _cut(walk, _without_secret(walk, note))


def _without_secret(walk: Walk, note: str | None) -> str | None:
    if note is None or not holds_secret(note):
        return note
    walk.then(Whisper(SecretSeen("note")))
    return None


def _cut(walk: Walk, note: str | None) -> str | None:
    limit = walk.script.file.limits.note
    if note is None or len(note) <= limit:
        return note
    walk.then(Whisper(Problem("note-too-long", {"length": len(note), "limit": limit})))
    return note[: limit - 1] + "…"


def joined(*parts: str | None) -> str | None:
    """Parts of a note in their order, each once; None where there is nothing."""
    told = (piece.strip() for part in parts if part for piece in " ".join(part.split()).split("; "))
    return "; ".join(dict.fromkeys(piece for piece in told if piece)) or None


def note_for(walk: Walk, practice: str, *more: str | None) -> str | None:
    """The note for an answer now given: what came with it, and what the same person had kept for it before.

    What another person had kept stands in for a note that did not come; two people's words are never made one.
    """
    person, kept = walk.event.person.id, walk.state.notes.get(practice)
    came = _without_secret(walk, joined(*more))
    own = walk.state.noted_by.get(practice, person) == person
    return _cut(walk, joined(kept, came) if own else came or kept)


def keep_note(walk: Walk, event: Said) -> None:
    """A remark made with a mention is kept with the open question; the question stays open.

    Written before that question was on screen, it belongs to the answer that the same person has just given.
    """
    question = walk.state.question
    remark = joined(event.text, *event.files)
    if question is None or not remark:
        walk.then(Whisper(Help(in_thread=True)))
    elif (last := _last_answer(walk, event)) is not None:
        _keep_late(walk, *last, remark)
    else:
        _keep(walk, question.id, remark)


def _last_answer(walk: Walk, event: Said) -> tuple[str, Given] | None:
    """The answer that a person has just given, where the next question was not on screen when they went on."""
    if event.shown or not walk.state.order:
        return None
    practice = walk.state.order[-1]
    given = walk.state.answers.get(practice)
    return (practice, given) if given is not None and given.person == event.person.id else None


def _keep_late(walk: Walk, practice: str, given: Given, remark: str) -> None:
    if not _hang_on(walk, practice, remark):
        return
    note, source = note_for(walk, practice, given.note), walk.state.sources.get(practice)
    give(walk, practice, given.choice, note, source, grounds_of(given))
    number, now = walk.state.numbers[practice], walk.state.answers[practice]
    walk.then(Post(f"noted:{walk.turn}", Noted(walk.state.id, practice, number, now)))


def _keep(walk: Walk, practice: str, remark: str) -> None:
    if _hang_on(walk, practice, remark):
        number, note = walk.state.numbers[practice], walk.state.notes[practice]
        walk.then(Post(f"note:{walk.turn}", NoteKept(practice, number, note)))


def _hang_on(walk: Walk, practice: str, *remarks: str) -> bool:
    """Keep remarks for a practice, after those of the same person; False where they may not be kept."""
    state, person = walk.state, walk.event.person.id
    came = _without_secret(walk, joined(*remarks))
    if came is None:
        return False
    own = state.noted_by.get(practice) == person
    before = state.notes.get(practice) if own else None
    note = _cut(walk, joined(before, came)) or came
    walk.become(
        notes={**state.notes, practice: note},
        noted_by={**state.noted_by, practice: person},
        carried=state.carried if own else remark_carried_on(state, practice),
    )
    return True


def take_picture(walk: Walk, event: Said) -> None:
    """Files without a word hang on the open question; their sender is asked what they show."""
    question = walk.state.question
    if walk.state.phase != "asking" or question is None or question.about != "practice" or not event.shown:
        if event.mentioned:
            walk.then(Whisper(Help(in_thread=True)))
        return
    if _hang_on(walk, question.id, *event.files):
        walk.become(captions={**walk.state.captions, question.id: event.person.id})
    walk.then(Whisper(PictureSeen(question.id, walk.state.numbers[question.id], len(event.files))))


def take_caption(walk: Walk, event: Said) -> bool:
    """Take the line that says what somebody's picture shows; False where nobody asked them."""
    question, captions = walk.state.question, walk.state.captions
    asked = question is not None and captions.get(question.id) == event.person.id and event.shown
    if question is None or not asked or event.text.endswith("?"):
        return False
    walk.become(captions={practice: person for practice, person in captions.items() if practice != question.id})
    _keep(walk, question.id, event.text)
    return True
