"""The gallery's third room: messages that were edited or deleted, several answers in one, the wrong place, pictures."""

import datetime as dt
from collections.abc import Iterator

from dialogs import change_screens as c
from dialogs import screens as s
from dialogs.answers import Choice
from dialogs.state import Given, State

NOON = dt.datetime(2026, 11, 3, 12, 0, tzinfo=dt.UTC)


def changes(state: State, nasty: str, note: str) -> Iterator[tuple[str, s.Screen]]:
    """Examples of every screen; `state` is a finished assessment, `nasty` a subject, `note` the longest there is."""

    def given(choice: Choice, said: str | None = None) -> Given:
        return Given(choice=choice, note=said, person="U1", name="Ana", at=NOON)

    one = (c.AnswerLine("M2-C-10", 3, given("partly", nasty)),)
    many = tuple(
        c.AnswerLine(practice, number, given("partly", note), given("no"))
        for number, practice in enumerate(list(state.answers)[:30], 1)
    )
    for name, lines in (("one", one), ("many", many)):
        yield f"several {name}", c.SeveralTaken(lines, nasty)
        yield f"edit unread {name}", c.EditUnread(lines)
        yield f"withdraw {name}", c.WithdrawOffer("d1", "1764000001.000100", lines)
        yield f"withdrawn {name}", c.Withdrawn(lines, nasty)
    yield "moved", c.Moved(state.model_copy(update={"subject": nasty}), 7, 12)
    yield "moved at the facts", c.Moved(state.model_copy(update={"phase": "facts"}), None, 12)
    yield "moved at the offer", c.Moved(state.model_copy(update={"phase": "offer"}), None, 12)
    yield "moved away", c.MovedAway(state, posted=True)
    yield "moved away, not yet there", c.MovedAway(state.model_copy(update={"subject": nasty}), posted=False)
    yield "meant", c.MeantFor("d1", nasty, "M2-C-10", 3, "partly", note)
    yield "meant, in a word", c.MeantFor("d1", "fraud", "M2-C-10", 3, "unknown", None)
    yield "picture", c.PictureSeen("M2-C-10", 3, 1)
    yield "pictures", c.PictureSeen("M2-C-10", 3, 4)
