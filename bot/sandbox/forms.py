"""What people do in modals: enter, click, submit, close, and what the app answers."""

from bot.sandbox.blocks_check import check_view
from bot.sandbox.element_values import Entered, acting, complaint, keeps_value
from bot.sandbox.entering import Entries, enter
from bot.sandbox.errors import ActRefused, ApiError
from bot.sandbox.hub import Hub
from bot.sandbox.interactions import view_closed, view_submission
from bot.sandbox.payload import Payload
from bot.sandbox.view_clicks import clicked

_ACTIONS = (None, "errors", "update", "push", "clear")


class Forms:
    """Modals as a person uses them. Each method raises ActRefused with a sentence for the person."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def enter(self, person: str, entries: Entries) -> None:
        """Fill in fields of the open modal without sending anything."""
        enter(self._hub.state, person, self._view(person), entries)

    async def click(self, person: str, view_id: str, ids: tuple[str, str], selected: Entered = None) -> None:
        """Click a button or choose an option in the open modal.

        Fields in input blocks only keep the choice; the app hears of it if the block dispatches actions.
        """
        click = clicked(self._hub, person, self._view(person, view_id), ids, selected)
        if click is not None:
            await self._hub.link.deliver("interactive", click)

    async def submit(self, person: str, view_id: str, entries: Entries) -> dict[str, str]:
        """Submit the open modal; gives what is wrong with it by block_id, {} if the app took it."""
        view = self._view(person, view_id)
        if not view["submit"]:
            raise ActRefused("This form has nothing to submit.")
        self.enter(person, entries)
        values = view["state"]["values"]
        errors = {
            block["block_id"]: told
            for block, element in acting(view["blocks"])
            if keeps_value(element)
            and (told := complaint(block, element, values[block["block_id"]][element["action_id"]]))
        }
        if not errors:
            answer = await self._hub.link.deliver("interactive", view_submission(self._hub, person, view))
            errors = self._answered(person, view, answer)
        if errors:
            self._hub.feed.view_errors(person, view["id"], errors)
        self._hub.changed()
        return errors

    async def close(self, person: str, view_id: str, *, everything: bool = False) -> None:
        """Close the open modal; the app hears of it if the view asked for that."""
        view = self._view(person, view_id)
        cleared = everything or view["clear_on_close"]
        closed = self._hub.modals.close(person, everything=cleared)
        self._hub.changed()
        for each in closed:
            if each["notify_on_close"]:
                payload = view_closed(self._hub, person, each, cleared=cleared)
                await self._hub.link.deliver("interactive", payload)

    def _answered(self, person: str, view: Payload, answer: Payload) -> dict[str, str]:
        action = answer.get("response_action")
        modals = self._hub.modals
        try:
            if action == "errors":
                return self._errors(view, answer.get("errors"))
            if action in {"update", "push"}:
                check_view(answer.get("view"), "modal")
                if action == "push":
                    modals.push(person, answer["view"])
                else:
                    modals.update(view["id"], answer["view"])
        except ApiError as refused:
            raise ActRefused(f"The app's answer was not valid: {refused}") from refused
        if action not in _ACTIONS:
            raise ActRefused(f"The app's answer was not valid: unknown response_action {action!r}")
        if action == "clear" or (action is None and view in modals.stacks.get(person, [])):
            modals.close(person, everything=action == "clear")
        return {}

    def _errors(self, view: Payload, errors: object) -> dict[str, str]:
        inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors:
            raise ApiError("invalid_arguments", "[ERROR] errors must be an object and not empty")
        if unknown := sorted(errors.keys() - inputs):
            raise ApiError("invalid_arguments", f"[ERROR] errors: no input block {unknown[0]}")
        return errors

    def _view(self, person: str, view_id: str | None = None) -> Payload:
        view = self._hub.modals.top(person)
        if view is None or view_id not in {None, view["id"]}:
            raise ActRefused("This form is not open any more.")
        return view
