"""Which subject a command is about, where a channel may have several."""

from dialogs.events import Commanded
from dialogs.result_screens import WhichOne
from dialogs.screens import Problem
from dialogs.state import State, near_subject, subject_key
from dialogs.surroundings import Surroundings


def one_subject(around: Surroundings, event: Commanded, asked: str, command: str) -> State | Problem | WhichOne:
    """The assessment that a command is about: the last finished one of its subject, else the running one.

    Without a name it is the only subject, or the one that is named like the channel; else it is asked which. A problem
    says that there is none, or none of this name.
    """
    known = {state.subject_key: state for state in (*around.states, *around.finished)}
    asked = asked.strip().strip('"')
    if not known and event.channel_kind == "direct":
        return Problem("nothing-assessed-here", {})
    if not known:
        return Problem("nothing-assessed", {"channel": event.channel_name})
    if not asked:
        own = known.get(subject_key(event.channel_name))
        only = next(iter(known.values())) if len(known) == 1 else own
        return only or WhichOne(command, tuple(state.subject for state in known.values()))
    if (found := known.get(subject_key(asked))) is not None:
        return found
    near = near_subject(subject_key(asked), known)
    names = [state.subject for key, state in known.items() if near in (None, key)]
    return Problem("unknown-subject", {"given": asked, "known": ", ".join(names[:10])})
