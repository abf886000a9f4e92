"""What somebody typed, read as an answer or as a word that steers; None for anything else.

Better to miss an answer than to record a wrong one: a question back, two answers in one sentence, or talk that only
begins like an answer ("no one has looked at that") is no answer.
"""

import re
from dataclasses import dataclass

from dialogs.answers import Choice
from dialogs.script import Script, Word, plain

_AROUND = " \t\n.!,;\u2026\u2013\u2014-*_~`\"'>\u2022"  # with the marks of quotes, lists and code
_SKIN = re.compile(r":skin-tone-\d:|\u200d[\u2640\u2642]")  # of a hand or a person, as Slack writes it
_COUNTS = ("what counts as ", "what do you mean by ")
COUNTS = "counts"  # asks what counts as an answer to the open question
_BREAK = re.compile(r"^\s*([,.;:!(\u2013\u2014]|-\s)\s*")


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """An answer, with what was said besides. `literal`: nothing but the answer's own word was typed."""

    choice: Choice
    note: str | None
    literal: bool


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word that steers; `number` for "edit 3", `choice` for "edit 3 yes", `rest` for "why model creation"."""

    word: Word
    number: int | None = None
    choice: Choice | None = None
    rest: str = ""


Typed = TypedAnswer | TypedWord


def read_typed(script: Script, text: str) -> Typed | None:
    """Read a message's text (Slack's entities already undone)."""
    said = _without_fillers(script, _SKIN.sub("", plain(text)).strip(_AROUND))
    if not said:
        return None
    if word := _steering(script, said):
        return word
    bare = said.rstrip("?").strip(_AROUND)
    if bare == said and bare in script.phrases:
        return TypedAnswer(script.phrases[bare], None, literal=not bare.startswith(":") and bare.isascii())
    return _with_remark(script, text, said)


def _steering(script: Script, said: str) -> TypedWord | None:
    bare = said.rstrip("?").strip(_AROUND)
    if word := script.words.get(bare):
        return TypedWord(word)
    if found := re.fullmatch(r"(\w+) (?:question |no\.? ?|#)?(\d{1,3})(?: (?:to |is )?(.+))?", bare):
        word, choice = script.words.get(found[1]), script.phrases.get(found[3] or "")
        if word == "edit" and (choice or not found[3]):
            return TypedWord("edit", int(found[2]), choice)
        if word == "why" and not found[3]:
            return TypedWord("why", int(found[2]))
    if bare.startswith(_COUNTS):
        return TypedWord("why", rest=COUNTS)
    if bare.startswith("why "):
        return TypedWord("why", rest=bare[4:])
    return None


def _with_remark(script: Script, text: str, said: str) -> TypedAnswer | None:
    """Read "yes but only for fraud", "n/a because ...", "no, we never did"."""
    if said.endswith("?"):
        return None
    for phrase, choice in script.phrases.items():
        rest = said[len(phrase) :].lstrip('*_~`"') if said.startswith(phrase) else ""
        if not rest or rest[0].isalnum():
            continue
        narrowed = _begins_with(rest, script.file.narrows) and not _begins_with(rest, script.file.keeps)
        if not (_BREAK.match(rest) or narrowed or _begins_with(rest, (*script.file.joins, *script.file.keeps))):
            return None
        if _contradicts(rest, choice):
            return None
        remark = _BREAK.sub("", rest).strip()
        narrowed = narrowed or _begins_with(f" {remark}", ("but", "only", "except", "just"))
        meant: Choice = "partly" if choice == "yes" and narrowed else choice
        remark = remark.removeprefix("but ").strip()
        return TypedAnswer(meant, _original(text, remark), literal=False) if remark else None
    return None


def _begins_with(rest: str, phrases: tuple[str, ...]) -> bool:
    """Whether the rest begins with one of these, as whole words."""
    found = rest.lstrip(" ,;:-\u2013\u2014(")
    return any(found == phrase or found.startswith(f"{phrase} ") for phrase in phrases)


def _contradicts(rest: str, choice: Choice) -> bool:
    """Whether the remark takes the answer back: "yes and no", "no, I mean yes"."""
    against = ("no", "nope") if choice in ("yes", "partly") else ("yes", "yep", "yeah")
    return any(word.strip(_AROUND) in against for word in rest.split())


def _without_fillers(script: Script, said: str) -> str:
    """Take away "lol", "I think" and the like, before and after."""
    fillers = tuple(plain(filler) for filler in script.file.fillers)
    changed = True
    while changed and said:
        changed = False
        for filler in fillers:
            whole = said == filler
            if said.startswith(filler) and not said[len(filler) : len(filler) + 1].isalnum() and not whole:
                said, changed = said[len(filler) :].strip(_AROUND), True
            if said.endswith(filler) and not said[: -len(filler)][-1:].isalnum() and said != filler:
                said, changed = said[: -len(filler)].strip(_AROUND), True
        if said in fillers:
            return ""
    return said


def _original(text: str, remark: str) -> str:
    """Find the remark in the text as it was typed, with its own capitals; else as compared."""
    squeezed = " ".join(text.split())
    position = plain(squeezed).rfind(remark)
    same_length = len(plain(squeezed)) == len(squeezed)
    return squeezed[position:].strip().rstrip(".!") if same_length and position >= 0 else remark
