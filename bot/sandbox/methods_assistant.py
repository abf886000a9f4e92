"""assistant.threads.*: what an app with `features.agent_view` proposes to say in its Messages tab."""

from collections.abc import Callable

from bot.sandbox.errors import ApiError
from bot.sandbox.hub import Hub
from bot.sandbox.lookups import channel_seen_by_bot
from bot.sandbox.payload import Payload
from bot.sandbox.timestamps import is_ts

MOST_PROMPTS = 4


def set_suggested_prompts(hub: Hub, args: Payload) -> Payload:
    """Put prompts above the field of somebody's Messages tab; with a thread nothing happens, as under agent_view."""
    if hub.manifest.agent is None:
        raise ApiError("not_agent_app")
    channel = channel_seen_by_bot(hub, args["channel_id"])
    if channel.kind != "im" or channel.person is None:
        raise ApiError("channel_not_found")
    prompts = _prompts(args["prompts"])
    if args.get("thread_ts"):
        if not is_ts(args["thread_ts"]):
            raise ApiError("invalid_thread_ts")
        return {}
    hub.state.prompts[channel.id] = {"title": args.get("title", ""), "prompts": prompts}
    hub.feed.prompts(channel.person, hub.prompts_of(channel.person))
    hub.changed()
    return {}


def _prompts(prompts: object) -> list[Payload]:
    if not isinstance(prompts, list) or not 0 < len(prompts) <= MOST_PROMPTS:
        told = f"[ERROR] must be a list of 1 to {MOST_PROMPTS} prompts [json-pointer:/prompts]"
        raise ApiError("invalid_arguments", told)
    for index, prompt in enumerate(prompts):
        texts = [prompt.get(key) for key in ("title", "message")] if isinstance(prompt, dict) else [None]
        if not all(isinstance(text, str) and text for text in texts) or len(prompt) > len(texts):
            told = f"[ERROR] must be {{title, message}} [json-pointer:/prompts/{index}]"
            raise ApiError("invalid_arguments", told)
    return prompts


ASSISTANT_METHODS: dict[str, Callable[[Hub, Payload], Payload]] = {
    "assistant.threads.setSuggestedPrompts": set_suggested_prompts,
}
