"""Methods about the app itself: auth.test, apps.connections.open, blocks.validate and the like."""

from collections.abc import Callable

from bot.sandbox.authorship import ICONS
from bot.sandbox.blocks_check import block_problems, check_message, view_problems
from bot.sandbox.errors import ApiError
from bot.sandbox.hub import Hub
from bot.sandbox.payload import Payload
from bot.sandbox.shape_rules import Problems


def api_test(_: Hub, args: Payload) -> Payload:
    """Echo the arguments; `error` makes the call fail with it."""
    if "error" in args:
        raise ApiError(str(args["error"]), args=args)
    return {"args": args} if args else {}


def auth_test(hub: Hub, _: Payload) -> Payload:
    """Say whose token it is."""
    state = hub.state
    return {
        "url": hub.url,
        "team": state.team_name,
        "user": _user_name(hub),
        "team_id": state.team_id,
        "user_id": state.bot_user,
        "bot_id": state.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(hub: Hub, _: Payload) -> Payload:
    """Give the URL of a Socket Mode connection."""
    host = hub.url.removeprefix("http://")
    return {"url": f"ws://{host}link/?ticket={hub.link.ticket()}&app_id={hub.state.app_id}"}


def bots_info(hub: Hub, args: Payload) -> Payload:
    """Describe the bot."""
    state = hub.state
    if args.get("bot", state.bot_id) != state.bot_id:
        raise ApiError("bot_not_found")
    return {
        "bot": {
            "id": state.bot_id,
            "deleted": False,
            "name": hub.manifest.name,
            "updated": 1_700_000_000,
            "app_id": state.app_id,
            "user_id": state.bot_user,
            "icons": ICONS,
        },
    }


def team_info(hub: Hub, args: Payload) -> Payload:
    """Describe the workspace."""
    state = hub.state
    if args.get("team", state.team_id) != state.team_id:
        raise ApiError("team_not_found")
    team = {"id": state.team_id, "name": state.team_name, "domain": state.domain, "email_domain": ""}
    return {"team": {**team, "url": hub.url, "is_verified": False, "icon": {"image_default": True}}}


def blocks_validate(_: Hub, args: Payload) -> Payload:
    """Check blocks, a message or a view without sending anything."""
    given = [name for name in ("blocks", "view", "message") if name in args]
    if len(given) != 1:
        raise ApiError("invalid_arguments", "must provide exactly one of `blocks`, `view`, or `message`")
    kind, value = given[0], args[given[0]]
    if kind == "message" and isinstance(value, dict):
        problems: Problems = block_problems(value.get("blocks", []), "message", "/blocks")
        if not problems:
            check_message(value.get("text"), value.get("blocks"))
    else:
        problems = view_problems(value) if kind == "view" else block_problems(value, "message")
    if problems:
        raise ApiError(f"invalid_{kind}", errors=[each.as_json() for each in problems])
    return {}


def _user_name(hub: Hub) -> str:
    return hub.manifest.name.lower().replace(" ", "_")


APP_METHODS: dict[str, Callable[[Hub, Payload], Payload]] = {
    "api.test": api_test,
    "auth.test": auth_test,
    "apps.connections.open": connections_open,
    "blocks.validate": blocks_validate,
    "bots.info": bots_info,
    "team.info": team_info,
}
