"""Response URLs: five answers within thirty minutes to the place where somebody acted."""

import json
import secrets
from dataclasses import dataclass

from aiohttp import web

from bot.sandbox.block_defaults import completed
from bot.sandbox.blocks_check import check_message
from bot.sandbox.errors import ApiError
from bot.sandbox.payload import Payload
from bot.sandbox.posting import Posting
from bot.sandbox.state import Channel, State
from bot.sandbox.timestamps import Clock
from bot.sandbox.whispers import Whisper

MOST_USES = 5
LIFETIME = 30 * 60.0  # seconds
_MOST = 5000  # remembered, so that one that is too old is told from one that never was
_KNOWN = frozenset(
    {
        "text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts", "metadata",
        "mrkdwn", "unfurl_links", "unfurl_media",
    },
)  # fmt: skip
_GONE = ("no_such_url", "used_url", "expired_url")


@dataclass
class _Slot:
    person: str
    channel: Channel
    original: Whisper | str | None  # the ephemeral message, the ts of a message, or nothing (a command, a shortcut)
    given: float
    uses: int = 0


class ResponseUrls:
    """Gives out response URLs and carries out what is posted to them."""

    def __init__(self, state: State, posting: Posting, clock: Clock) -> None:
        self.base = ""
        self._state = state
        self._posting = posting
        self._clock = clock
        self._slots: dict[str, _Slot] = {}

    def give(self, kind: str, person: str, channel: Channel, original: Whisper | str | None = None) -> str:
        """Give a URL; `kind` is `actions`, `app` (a shortcut) or `commands`."""
        while len(self._slots) >= _MOST:
            del self._slots[next(iter(self._slots))]
        path = f"hooks/{kind}/{self._state.team_id}/{secrets.randbelow(10**12)}/{secrets.token_urlsafe(18)}"
        self._slots[path] = _Slot(person, channel, original, self._clock())
        return self.base + path

    async def serve(self, request: web.Request) -> web.Response:
        """Answer a POST to one of the URLs."""
        try:
            body = json.loads(await request.text())
            self._use(request.path.lstrip("/"), body)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        except ApiError as refused:
            status = 404 if refused.error in _GONE else 400
            return web.json_response({"ok": False, "error": refused.error, **refused.extra}, status=status)
        return web.Response(text="ok")

    def _use(self, path: str, body: object) -> None:
        slot = self._slots.get(path)
        if slot is None:
            raise ApiError("no_such_url")
        if not isinstance(body, dict):
            raise ApiError("invalid_payload")
        if self._clock() - slot.given > LIFETIME:
            raise ApiError("expired_url")
        if slot.uses >= MOST_USES:
            raise ApiError("used_url")
        if unknown := sorted(body.keys() - _KNOWN):
            raise ApiError("invalid_arguments", f"[ERROR] unknown argument: {unknown[0]}")
        if not body.get("delete_original"):
            check_message(body.get("text"), body.get("blocks"))
        slot.uses += 1
        self.carry_out(slot.person, slot.channel, body, slot.original)

    def carry_out(self, person: str, channel: Channel, body: Payload, original: Whisper | str | None = None) -> None:
        """Do what a response says: replace or delete the original, or post beside it."""
        if body.get("delete_original"):
            self._delete(channel, original)
            return
        text, blocks = body.get("text") or "", completed(body.get("blocks") or [])
        if body.get("replace_original") and original is not None:
            self._replace(channel, original, text, blocks)
        elif body.get("response_type") == "in_channel":
            self._posting.by_bot(channel, text, blocks, body.get("thread_ts"), metadata=body.get("metadata"))
        else:
            self._posting.whisper(channel, person, text, blocks, body.get("thread_ts"))

    def _delete(self, channel: Channel, original: Whisper | str | None) -> None:
        if isinstance(original, Whisper):
            self._posting.whispers.remove(original)
        elif original in self._state.in_channel(channel.id):
            self._posting.remove(channel, str(original))

    def _replace(self, channel: Channel, original: Whisper | str, text: str, blocks: list[Payload]) -> None:
        if isinstance(original, Whisper):
            self._posting.whispers.change(original, text, blocks)
        elif original in self._state.in_channel(channel.id):
            changes = {"text": text, "blocks": blocks or None}
            self._posting.change(channel, original, changes, self._state.bot_id)
