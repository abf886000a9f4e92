"""The command "what if M2-C-4 were yes": computed from what a team has answered, and nothing of it kept."""

from dialogs.effects import Answer, Effect
from dialogs.events import Commanded
from dialogs.one_subject import one_subject
from dialogs.result_screens import WhatIfPage, WhatIfUnread
from dialogs.script import Script
from dialogs.state import State, subject_key
from dialogs.surroundings import Surroundings
from dialogs.what_if import WhatIfProblem, read_what_if, what_if
from knowledge.library import Library

_FOR = " for "  # "what if M2-C-4 were yes for churn model"


def what_if_command(script: Script, around: Surroundings, event: Commanded, rest: str) -> tuple[Effect, ...]:
    """Show what the levels and the target would be."""
    text, asked = _parted(around, rest)
    supposed = read_what_if(script.library, text)
    if isinstance(supposed, WhatIfProblem):
        return (Answer(WhatIfUnread(supposed)),)
    found = one_subject(around, event, asked, f"what if {text} for")
    if not isinstance(found, State):
        return (Answer(found),)
    page = WhatIfPage(found, what_if(script.library, found.choices(), found.known_facts(), supposed))
    return (Answer(page, share=event.text),)


def supposes(library: Library, rest: str) -> bool:
    """Whether what stands after "what if" supposes something that can be computed, if perhaps in a wrong way."""
    found = read_what_if(library, rest)
    return not (isinstance(found, WhatIfProblem) and found.kind == "unknown-subject")


def _parted(around: Surroundings, rest: str) -> tuple[str, str]:
    """Take the subject off the end, where one is named."""
    known = {state.subject_key: state.subject for state in around.states}
    text, found, name = rest.strip().rstrip("?").rpartition(_FOR)
    return (text, known[subject_key(name)]) if found and subject_key(name) in known else (rest, "")
