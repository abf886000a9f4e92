"""Reads the acts that the page sends and has them done."""

from collections.abc import Awaitable, Callable

from bot.sandbox.acts import Acts
from bot.sandbox.errors import ActRefused
from bot.sandbox.hub import Hub
from bot.sandbox.payload import Payload

_Act = Callable[[Hub, Acts, Payload], Awaitable[Payload]]


async def perform(hub: Hub, acts: Acts, body: Payload) -> Payload:
    """Do what the body says (`do`) for its `person` and give what the answer adds.

    Raises ActRefused, NotAcknowledged, or KeyError and TypeError for a body that is not of the protocol.
    """
    if body["person"] not in hub.state.people:
        raise ActRefused("There is no such person in this workspace.")
    act = _ACTS.get(body["do"])
    if act is None:
        raise ActRefused(f"The workspace does not know the act {body['do']!r}.")
    return await act(hub, acts, body)


async def _say(_: Hub, acts: Acts, body: Payload) -> Payload:
    message, _deliveries = acts.say(
        body["person"],
        body["channel"],
        body["text"],
        body.get("thread_ts"),
        broadcast=bool(body.get("broadcast")),
    )
    return {"ts": message["ts"]}


async def _edit(_: Hub, acts: Acts, body: Payload) -> Payload:
    acts.edit(body["person"], body["channel"], body["ts"], body["text"])
    return {}


async def _delete(_: Hub, acts: Acts, body: Payload) -> Payload:
    acts.delete(body["person"], body["channel"], body["ts"])
    return {}


async def _command(_: Hub, acts: Acts, body: Payload) -> Payload:
    await acts.command(body["person"], body["channel"], body["text"])
    return {}


async def _click(_: Hub, acts: Acts, body: Payload) -> Payload:
    ids = (body["block_id"], body["action_id"])
    selected = body.get("selected")
    if "view_id" in body:
        if acts.home.is_shown(body["person"], body["view_id"]):
            acts.home.enter(body["person"], body.get("values") or {})
            await acts.home.click(body["person"], ids, selected)
            return {}
        if body.get("values"):
            acts.forms.enter(body["person"], body["values"])
        await acts.forms.click(body["person"], body["view_id"], ids, selected)
    else:
        where = body.get("id") or body["ts"]
        await acts.click(body["person"], body["channel"], where, ids, selected)
    return {}


async def _shortcut(_: Hub, acts: Acts, body: Payload) -> Payload:
    await acts.shortcut(body["person"], body["channel"], body["ts"], body["name"])
    return {}


async def _global_shortcut(_: Hub, acts: Acts, body: Payload) -> Payload:
    await acts.global_shortcut(body["person"], body["name"], body.get("channel") or "")
    return {}


async def _open_tab(_: Hub, acts: Acts, body: Payload) -> Payload:
    acts.home.open(body["person"], body["tab"])
    return {}


async def _submit(_: Hub, acts: Acts, body: Payload) -> Payload:
    errors = await acts.forms.submit(body["person"], body["view_id"], body.get("values") or {})
    return {"errors": errors} if errors else {}


async def _close(_: Hub, acts: Acts, body: Payload) -> Payload:
    await acts.forms.close(body["person"], body["view_id"])
    return {}


async def _invite(_: Hub, acts: Acts, body: Payload) -> Payload:
    acts.invite(body["person"], body["channel"])
    return {}


async def _kick(_: Hub, acts: Acts, body: Payload) -> Payload:
    acts.kick(body["person"], body["channel"])
    return {}


async def _redeliver(hub: Hub, _: Acts, __: Payload) -> Payload:
    if hub.events.last is None:
        raise ActRefused("There is no event yet that could be sent again.")
    hub.events.send(hub.events.last, retry=(1, "timeout"))
    return {}


async def _forward(hub: Hub, acts: Acts, body: Payload) -> Payload:
    acts.forward(body.get("seconds"))
    return {"clock": hub.clock_moves.shown()}


_ACTS: dict[str, _Act] = {
    "say": _say,
    "edit": _edit,
    "delete": _delete,
    "command": _command,
    "click": _click,
    "shortcut": _shortcut,
    "global_shortcut": _global_shortcut,
    "open_tab": _open_tab,
    "submit": _submit,
    "close": _close,
    "invite": _invite,
    "kick": _kick,
    "redeliver": _redeliver,
    "forward": _forward,
}
