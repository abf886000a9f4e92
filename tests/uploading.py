"""What the courier needs to put files into threads, for tests that build a courier themselves."""

from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot.uploads import Uploader
from bot.words import Words
from stage import shared_charts, shipped_index


def uploader(client: AsyncWebClient, session: ClientSession) -> Uploader:
    """One that draws in the process that all tests share."""
    return Uploader(client, session, shared_charts(), Words(shipped_index().library))
