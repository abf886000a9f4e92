"""What a button carries, and how it is read back.

A button's value is `ACTION|DIALOG|TURN|ARGUMENT`; the entries of overflow menus and selects carry the same. A
modal carries the same four in its private metadata, the form's name in the place of the action. The argument
stands last, so it may hold anything, bars included.
"""

from typing import NamedTuple, get_args

from bot.limits import BUTTON_VALUE
from dialogs.screens import Action

ACTIONS: frozenset[str] = frozenset(get_args(Action))
# Modals: their callback ids. All but the last one can be sent off.
FORMS = ("facts", "answers", "edit", "need", "update", "done", "plan", "start", "settings", "told")
LOOSE_FORMS = ("need", "start", "settings")  # those that belong to no assessment
ABOUT_CHANNEL = ("start", "settings", "told")  # modals that carry "CHANNEL WISH": what about, and of which Home
_BAR = "|"
_PARTS = 4
_LONGEST_TURN = 9  # digits; no assessment takes a thousand million turns


class Pushed(NamedTuple):
    """What a pushed button, or a modal sent off, says. `dialog` is None where none is meant."""

    action: str
    dialog: str | None
    turn: int
    argument: str


def button_value(action: Action, dialog: str | None = None, turn: int = 0, argument: str = "") -> str:
    """Write what a button carries. ValueError beyond 2000 characters, which Slack refuses."""
    value = _BAR.join((action, dialog or "", str(turn), argument))
    if len(value) > BUTTON_VALUE:
        raise ValueError(f"the button value {value!r} is longer than {BUTTON_VALUE} characters")
    return value


def read_value(value: str) -> Pushed | None:
    """Read what a button carries; None for anything that is not ours, such as a button of an older bot."""
    pushed = _read(value)
    return pushed if pushed and pushed.action in ACTIONS else None


def metadata(form: str, dialog: str | None, turn: int, argument: str = "") -> str:
    """Write what a modal carries as its private metadata."""
    return _BAR.join((form, dialog or "", str(turn), argument))


def read_metadata(text: str) -> Pushed | None:
    """Read what a modal carries; `action` is the form's name. None for anything that is not ours."""
    pushed = _read(text)
    return pushed if pushed and pushed.action in FORMS else None


def _read(text: str) -> Pushed | None:
    parts = text.split(_BAR, _PARTS - 1)
    if len(parts) != _PARTS:
        return None
    action, dialog, turn, argument = parts
    if not (turn.isascii() and turn.isdigit() and len(turn) <= _LONGEST_TURN):
        return None
    return Pushed(action, dialog or None, int(turn), argument)
