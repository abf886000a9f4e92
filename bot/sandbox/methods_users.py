"""users.*: who is in the workspace."""

from collections.abc import Callable

from bot.sandbox.hub import Hub
from bot.sandbox.lookups import page_of, person_named
from bot.sandbox.objects import bot_object, user_object
from bot.sandbox.payload import Payload


def info(hub: Hub, args: Payload) -> Payload:
    """Describe one person or the bot."""
    if args["user"] == hub.state.bot_user:
        return {"user": bot_object(hub)}
    person = person_named(hub, args["user"])
    return {"user": user_object(hub, person, locale=args.get("include_locale", False))}


def list_users(hub: Hub, args: Payload) -> Payload:
    """List everybody, the bot last."""
    locale = args.get("include_locale", False)
    people = [user_object(hub, each, locale=locale) for each in hub.state.people.values()]
    page, cursor = page_of([*people, bot_object(hub)], args, 1000)
    return {"members": page, "cache_ts": int(hub.clock()), "response_metadata": {"next_cursor": cursor}}


USER_METHODS: dict[str, Callable[[Hub, Payload], Payload]] = {"users.info": info, "users.list": list_users}
