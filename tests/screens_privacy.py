"""The gallery's room for privacy: what is kept, what a deletion takes, what was not kept."""

from collections.abc import Iterator

from dialogs import privacy_screens as p
from dialogs import screens as s

_ANSWER = {"subject": "fraud", "channel": "C1", "practice": "M2-C-4", "choice": "partly", "note": "only fraud"}


def mine_of(number: int) -> p.Mine:
    """Everything that can be kept of a person, so many times."""
    several = (_ANSWER,) * number
    return p.Mine(*[several] * 11)


def subject_of(subject: str, number: int = 2, starter: str = "U1") -> p.SubjectHeld:
    """A subject that Ana assessed so many times."""
    return p.SubjectHeld(subject, subject.casefold(), starter, "Ana", number, number, number, number, number)


def privacy(nasty: str) -> Iterator[tuple[str, s.Screen]]:
    """Examples of every screen; `nasty` is a subject."""
    yield "delete me", p.DeleteMe(mine_of(3))
    yield "delete me once", p.DeleteMe(mine_of(1))
    yield "delete me a little", p.DeleteMe(p.Mine(ratings=(_ANSWER,)))
    yield "nothing about you", p.NothingAboutYou()
    yield "delete subject", p.DeleteSubject(subject_of("fraud-detection"))
    yield "delete subject nasty", p.DeleteSubject(subject_of(nasty, 1))
    yield "may not delete", p.MayNotDelete(subject_of(nasty))
    yield "may not delete alone", p.MayNotDelete(subject_of(nasty, starter=""))
    yield "which to delete", p.WhichToDelete(tuple(f"{n} {nasty}"[:80] for n in range(30)))
    yield "erased", p.Erased()
    yield "exported", p.Exported("Ana", ('{"note": "<!channel> <@U1> & ```more"}',), 1, 1)
    yield "exported in parts", p.Exported(nasty, ("x" * 2_950,) * 3, 1, 9)
    for where in ("note", "question", "command"):
        yield f"secret in a {where}", p.SecretSeen(where)
