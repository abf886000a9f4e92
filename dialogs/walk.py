"""One step being taken: the state as it becomes, and the effects as they gather. Lives for one call of `step`."""

import hashlib
from typing import Any

from dialogs.effects import Edit, Effect, Learn, Post, Record, SetPlan, Tell, Turn, Upload
from dialogs.events import Event
from dialogs.script import Script
from dialogs.state import State
from dialogs.surroundings import Surroundings
from knowledge.library import Library

# Effects that must be remembered with a turn of their own, even where the state stays as it is.
_LASTING = (Post, Edit, Tell, Record, Learn, Upload, SetPlan)


class Walk:
    """The working place of a step. `state` is replaced, never changed; `turn` is the number of this step.

    `around` is what the channel has besides, for questions about the team.
    """

    def __init__(self, script: Script, state: State, event: Event, around: Surroundings | None = None) -> None:
        self.script = script
        self.before = state
        self.state = state
        self.event = event
        self.around = around or Surroundings()
        self.turn = state.turn + 1
        self.effects: list[Effect] = []

    @property
    def library(self) -> Library:
        """What is true about MLOps."""
        return self.script.library

    def become(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of State, checked there
        """Go on with a state in which these fields are different."""
        self.state = State.model_validate({**self.state.__dict__, **changes})

    def then(self, *effects: Effect) -> None:
        """Let these follow, in this order."""
        self.effects.extend(effects)

    def result(self) -> Turn:
        """The state with its turn counted, where anything lasting happened; else only what follows."""
        lasting = self.state != self.before or any(isinstance(effect, _LASTING) for effect in self.effects)
        state = self.state.model_copy(update={"turn": self.turn}) if lasting else None
        return Turn(state, tuple(self.effects))


def dialog_id(workspace: str, key: str) -> str:
    """The id of the assessment that an event begins: always the same for the same event."""
    return hashlib.sha256(f"{workspace} {key}".encode()).hexdigest()[:12]
