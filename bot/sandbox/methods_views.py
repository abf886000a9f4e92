"""views.*: modals and the home tab."""

from collections.abc import Callable

from bot.sandbox.blocks_check import check_view
from bot.sandbox.entering import keep_entered
from bot.sandbox.errors import ApiError
from bot.sandbox.hub import Hub
from bot.sandbox.lookups import person_named
from bot.sandbox.payload import Payload, copied


def open_view(hub: Hub, args: Payload) -> Payload:
    """Open a modal for the person the trigger belongs to."""
    check_view(args["view"], "modal")
    acted = hub.triggers.take(args["trigger_id"])
    return _told(hub, hub.modals.open(acted.person, args["view"], acted.conversation))


def push(hub: Hub, args: Payload) -> Payload:
    """Put a view on top of the person's open modal."""
    check_view(args["view"], "modal")
    person = hub.triggers.take(args["trigger_id"]).person
    return _told(hub, hub.modals.push(person, args["view"]))


def update(hub: Hub, args: Payload) -> Payload:
    """Replace the content of an open view."""
    if not args.get("view_id") and not args.get("external_id"):
        raise ApiError("invalid_arguments", "[ERROR] missing required field: view_id or external_id")
    check_view(args["view"], "modal")
    _, view = hub.modals.find(args.get("view_id", ""), args.get("external_id", ""))
    return _told(hub, hub.modals.update(view["id"], args["view"], args.get("hash")))


def publish(hub: Hub, args: Payload) -> Payload:
    """Set a person's home tab; what they entered stays where block and element are the same."""
    if not hub.manifest.home_tab:
        raise ApiError("not_enabled")
    check_view(args["view"], "home")
    if args["user_id"] not in hub.state.people:
        raise ApiError("invalid_arguments", "[ERROR] invalid `user_id`")
    person = person_named(hub, args["user_id"])
    old = hub.state.homes.get(person.id)
    if args.get("hash") and old and old["hash"] != args["hash"]:
        raise ApiError("hash_conflict")
    view = hub.modals.complete(args["view"])
    if old:
        view |= {"id": old["id"], "root_view_id": old["id"]}
        keep_entered(old, view)
    hub.state.homes[person.id] = view
    hub.feed.home(person.id, view)
    return _told(hub, view)


def _told(hub: Hub, view: Payload) -> Payload:
    hub.changed()
    return {"view": copied(view)}


VIEW_METHODS: dict[str, Callable[[Hub, Payload], Payload]] = {
    "views.open": open_view,
    "views.publish": publish,
    "views.push": push,
    "views.update": update,
}
