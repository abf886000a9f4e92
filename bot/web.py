"""Slack's Web API as the bot calls it: one shared session, no repetition behind our back, ten seconds at the most."""

from typing import NamedTuple

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import is_loopback

TIMEOUT_SECONDS = 10  # after this a call counts as in doubt
# What a call may end with besides Slack's own no: nobody knows then whether it took effect.
NO_ANSWER = (TimeoutError, OSError, aiohttp.ClientError)
NEVER_LEFT = aiohttp.ClientConnectorError  # one of these: there was no connection, so the call took no effect
TOO_MANY, SERVER_ERRORS = 429, 500  # HTTP's status codes
UNREADABLE = "unreadable_answer"
TOO_MUCH = ("invalid_blocks", "msg_blocks_too_long", "invalid_blocks_format", "msg_too_long")
LOCKED_OUT = ("invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed")


class Refusal(NamedTuple):
    """Slack's no: the HTTP status, its word for it, how many seconds it asks to wait, and the scope it misses."""

    status: int
    reason: str
    retry_after: float
    needed: str = ""

    @property
    def throttled(self) -> bool:
        """Whether the same call will be taken later."""
        return self.status == TOO_MANY or self.reason == "ratelimited"

    @property
    def in_doubt(self) -> bool:
        """Whether Slack itself does not know what became of the call."""
        broken = (UNREADABLE, "internal_error", "fatal_error", "service_unavailable", "request_timeout")
        return self.status >= SERVER_ERRORS or self.reason in broken

    @property
    def too_much(self) -> bool:
        """Whether Slack takes the blocks amiss, and may take the text alone."""
        return self.reason in TOO_MUCH

    @property
    def locks_out(self) -> bool:
        """Whether Slack takes nothing any more from this token."""
        return self.reason in LOCKED_OUT


def refusal(error: SlackApiError) -> Refusal:
    """Read an error of the SDK; its body is no JSON where a server broke down."""
    response = error.response
    data = getattr(response, "data", response)
    reason = str(data.get("error", "unknown_error")) if isinstance(data, dict) else UNREADABLE
    headers = getattr(response, "headers", {}) or {}
    status = int(getattr(response, "status_code", 0) or 0)
    needed = str(data.get("needed") or "") if isinstance(data, dict) else ""
    return Refusal(status, reason, _seconds(headers.get("Retry-After", headers.get("retry-after"))), needed)


def _seconds(retry_after: object) -> float:
    """The header in seconds; one second where Slack names none, or none that can be read."""
    try:
        return max(1.0, float(str(retry_after)))
    except ValueError:
        return 1.0


def open_session() -> aiohttp.ClientSession:
    """Open the one session; inside the running loop. Proxy variables are not looked at."""
    return aiohttp.ClientSession(trust_env=False, timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS))


def web_client(token: str, api_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Make the client. The SDK's own repetition after a dropped connection would post twice: the courier decides.

    The environment's proxy is used, except where Slack is on this very machine.
    """
    client = AsyncWebClient(
        token=token, base_url=api_url, session=session, timeout=TIMEOUT_SECONDS, trust_env_in_session=False
    )
    client.retry_handlers = []
    if is_loopback(api_url):
        client.proxy = None  # the SDK has taken it from the environment by now
    return client
