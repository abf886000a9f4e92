"""Taking somebody's words out of an answer that carries them: out of its note, and their links out of its evidence."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from dialogs.evidence import links_in, without_links

GAP = "…"  # where something stood in the middle of another one's sentence
TELLING = 4  # letters from which on words are taken out of a sentence; shorter ones stand in anybody's
_URL = re.compile(r"https?://", re.IGNORECASE)
_URL_ENDS = r"(?=[.,;:!?)\]}…]*(?:[\s<>|\"'“”]|&[lg]t;|$))"  # not within a longer address


def less(note: str | None, *words: str) -> str | None:
    """A note without these words; None where nothing is left.

    A piece that says only them goes. Where they stand within another one's sentence, as whole words, a "…" is left, so
    that what is left does not say the opposite. A note that was cut ("…") counts as what it was cut from.
    """
    pieces = [piece for piece in (note or "").split("; ") if piece]
    for said in forms(piece for each in words for piece in each.split("; ")):
        pieces = [left for piece in pieces if (left := _piece_less(piece, said))]
    return "; ".join(pieces) or None


def _piece_less(piece: str, said: str) -> str:
    cut = piece.removesuffix(GAP)
    if piece == said or (cut != piece and cut and said.startswith(cut)):
        return ""
    left = replaced(piece, said, GAP) if len(said) >= TELLING else piece
    return left if left == piece or any(letter.isalnum() for letter in left) else ""


def forms(words: Iterable[str]) -> list[str]:
    """These words, and what is left of each without its links, the longest first: none hides within another."""
    found = {form for each in words for form in (each, without_links(each)) if form}
    return sorted(found, key=lambda form: (-len(form), form))


def replaced(text: str, words: str, instead: str) -> str:
    """The text with words replaced where they stand alone: "Ana", not "Analysis"; no address within a longer one."""
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    last = words.rsplit(maxsplit=1)[-1] if words.split() else ""
    after = _URL_ENDS if _URL.match(last) else after
    return re.sub(before + re.escape(words) + after, lambda _: instead, text) if words else text


def answer_less(given: Mapping[str, Any], words: Collection[str]) -> dict[str, Any]:
    """An answer as JSON, without words of somebody's in its note, and without their links in its evidence."""
    after = dict(given)
    if given.get("note"):
        after["note"] = less(given["note"], *words)
    if given.get("evidence"):
        links = {link for each in words for link in links_in(each)}
        after["evidence"] = [link for link in given["evidence"] if link not in links]
    return after
