"""The modals that are open: for each person a stack of at most three views."""

from bot.sandbox.block_defaults import completed, completed_text
from bot.sandbox.element_values import acting, values_of
from bot.sandbox.entering import keep_entered
from bot.sandbox.errors import ApiError
from bot.sandbox.page_feed import Feed
from bot.sandbox.payload import Payload, copied
from bot.sandbox.pickers import here
from bot.sandbox.state import State
from bot.sandbox.timestamps import Timestamps, fresh_id

MOST_VIEWS = 3


class Modals:
    """Opens, pushes, updates and closes views."""

    def __init__(self, state: State, stamps: Timestamps, feed: Feed) -> None:
        self.stacks: dict[str, list[Payload]] = {}
        self._came_from: dict[str, str] = {}  # person -> the conversation they looked at when the modal opened
        self._state = state
        self._stamps = stamps
        self._feed = feed

    def top(self, person: str) -> Payload | None:
        """Give the view the person looks at, or None."""
        stack = self.stacks.get(person)
        return stack[-1] if stack else None

    def came_from(self, person: str) -> str:
        """Give the conversation the person looked at when their modal opened, or an empty text."""
        return self._came_from.get(person, "")

    def open(self, person: str, view: Payload, conversation: str = "") -> Payload:
        """Show a view as the only one; `conversation` is what the person looks at."""
        self._unique(view)
        self._came_from[person] = conversation
        shown = self._shown_to(person, view)
        self.stacks[person] = [shown]
        return self._shown(person)

    def push(self, person: str, view: Payload) -> Payload:
        """Show a view on top of the ones that are open; raises ApiError."""
        stack = self.stacks.get(person) or []
        if not stack:
            raise ApiError("not_found")
        if len(stack) >= MOST_VIEWS:
            raise ApiError("push_limit_reached")
        self._unique(view)
        shown = self._shown_to(person, view)
        shown |= {"root_view_id": stack[0]["id"], "previous_view_id": stack[-1]["id"]}
        stack.append(shown)
        return self._shown(person)

    def update(self, view_id: str, view: Payload, hash_: str | None = None) -> Payload:
        """Replace the content of an open view; inputs that stay keep what was entered. Raises ApiError."""
        person, old = self.find(view_id)
        if hash_ and hash_ != old["hash"]:
            raise ApiError("hash_conflict")
        if view.get("external_id") != old["external_id"]:
            self._unique(view)
        new = self._shown_to(person, view)
        new |= {key: old[key] for key in ("id", "root_view_id", "previous_view_id")}
        keep_entered(old, new)
        stack = self.stacks[person]
        stack[stack.index(old)] = new
        self._shown(person)
        return new

    def find(self, view_id: str = "", external_id: str = "") -> tuple[str, Payload]:
        """Give an open view and whose it is; raises ApiError `not_found`."""
        for person, stack in self.stacks.items():
            for view in stack:
                if view["id"] == view_id or (external_id and view["external_id"] == external_id):
                    return person, view
        raise ApiError("not_found")

    def close(self, person: str, *, everything: bool = False) -> list[Payload]:
        """Take the top view away, or all of them, and give what was closed."""
        stack = self.stacks.get(person) or []
        closed = [stack.pop() for _ in range(len(stack) if everything else min(1, len(stack)))]
        self._shown(person)
        return closed

    def complete(self, view: Payload) -> Payload:
        """Give the view with everything that Slack adds to it."""
        view_id = fresh_id("V")
        blocks = completed(view["blocks"])
        shown: Payload = {
            "id": view_id,
            "team_id": self._state.team_id,
            "type": view["type"],
            "blocks": blocks,
            "private_metadata": view.get("private_metadata") or "",
            "callback_id": view.get("callback_id") or "",
            "external_id": view.get("external_id") or "",
            "state": {"values": values_of(blocks)},
            "hash": f"{self._stamps.next()[:10]}.{fresh_id('')[:8]}",
            "clear_on_close": bool(view.get("clear_on_close")),
            "notify_on_close": bool(view.get("notify_on_close")),
            "root_view_id": view_id,
            "previous_view_id": None,
            "app_id": self._state.app_id,
            "app_installed_team_id": self._state.team_id,
            "bot_id": self._state.bot_id,
        }
        for part in ("title", "submit", "close"):
            shown[part] = completed_text(view[part]) if view.get(part) else None
        return shown

    def _shown_to(self, person: str, view: Payload) -> Payload:
        """Complete a modal; a select that begins with the current conversation is told which one that is."""
        view = copied(view)
        for _, element in acting(view["blocks"]):
            if here(self._state, person, element, self.came_from(person)):
                element["initial_conversation"] = self.came_from(person)
        return self.complete(view)

    def _unique(self, view: Payload) -> None:
        external_id = view.get("external_id")
        if external_id and any(each["external_id"] == external_id for stack in self.stacks.values() for each in stack):
            raise ApiError("duplicate_external_id")

    def _shown(self, person: str) -> Payload:
        top = self.top(person)
        self._feed.view(person, top)
        return top or {}
