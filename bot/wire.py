"""A delivery as the Web API takes it: which method, which arguments, and what comes back."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from storage.outbox import Delivery

METADATA = "maturity_message"  # the kind of metadata that carries a delivery's key
METHODS = {
    "post": "chat.postMessage",
    "direct": "chat.postMessage",
    "update": "chat.update",
    "join": "conversations.join",
    "upload": "files.completeUploadExternal",
}


async def call(client: AsyncWebClient, delivery: Delivery, *, plain: bool = False) -> str | None:
    """Call Slack once; the message's ts, None for a join. `plain`: the text alone, without blocks."""
    method = METHODS[delivery.kind]
    arguments: dict[str, Any] = {"channel": delivery.channel}
    if method == "conversations.join":
        await client.api_call(method, json=arguments)
        return None
    # Without a list of blocks an edit would keep those that are there.
    arguments |= {"text": delivery.payload["text"], "blocks": []} if plain else delivery.payload
    if method == "chat.update":
        arguments["ts"] = delivery.ts
    else:
        arguments["metadata"] = {"event_type": METADATA, "event_payload": {"key": delivery.key}}
        arguments |= {"unfurl_links": False, "unfurl_media": False}
        if delivery.thread_ts:
            arguments |= {"thread_ts": delivery.thread_ts, "reply_broadcast": delivery.broadcast}
    answer = await client.api_call(method, json=arguments)
    if not (ts := answer.get("ts")):
        raise ValueError(f"{method} succeeded and named no ts; the message will be looked for")
    return str(ts)
