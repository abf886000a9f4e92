"""Slack's Web API as the bot calls it: one shared session, no repetition behind our back, ten seconds at the most."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

TIMEOUT_SECONDS = 10  # after this a call counts as in doubt


def open_session() -> aiohttp.ClientSession:
    """Open the one session; inside the running loop. Proxy variables are not looked at."""
    return aiohttp.ClientSession(trust_env=False, timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS))


def web_client(token: str, api_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Make the client. The SDK's own repetition after a dropped connection would post twice: the courier decides."""
    client = AsyncWebClient(
        token=token, base_url=api_url, session=session, timeout=TIMEOUT_SECONDS, trust_env_in_session=False
    )
    client.retry_handlers = []
    return client
