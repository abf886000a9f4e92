"""What the SDK's Socket Mode client lacks: an address for a socket lapses within a minute, and it would not notice."""

import asyncio

from slack_sdk.socket_mode.aiohttp import SocketModeClient


async def renew_address(client: SocketModeClient) -> None:
    """While there is no socket, let the client ask for a new address instead of trying an old one for ever."""
    while True:
        await asyncio.sleep(client.ping_interval)  # as often as it tries itself
        if not await client.is_connected():
            client.wss_uri = None
