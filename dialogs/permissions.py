"""Who may take part: members of the channel; people of other workspaces never, guests where an admin allows it."""

from typing import Literal

from dialogs.events import Person
from dialogs.state import State
from dialogs.surroundings import Surroundings

Refusal = Literal["stranger", "guest", "not-member"]


def refusal(person: Person, around: Surroundings) -> Refusal | None:
    """Why this person may neither see nor answer here; None where they may.

    Where Slack could not say whether they are a member, they are taken for one: they saw what they clicked.
    """
    if person.outsider:
        return "stranger"
    if person.guest and not around.guests:
        return "guest"
    return "not-member" if person.member is False else None


def in_charge(person: Person, state: State) -> bool:
    """Whether this person may finish, pause or discard without asking again: who started it, and workspace admins."""
    return person.id == state.starter or person.admin
