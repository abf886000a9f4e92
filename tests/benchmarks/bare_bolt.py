"""A bare Bolt app: one listener, which only acknowledges. What the house itself costs is measured against it."""

import re
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.loopback_slack import BOT, BOT_USER, TEAM

EVERYTHING = re.compile(".*")


def bare_app(client: AsyncWebClient | None = None) -> AsyncApp:
    """Make one; without a client it asks nobody who it is."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=TEAM, bot_token="xoxb-1", bot_id=BOT, bot_user_id=BOT_USER
        )  # fmt: skip

    if client is not None:
        app = AsyncApp(client=client, process_before_response=True)
    else:
        app = AsyncApp(authorize=authorize, process_before_response=True, request_verification_enabled=False)

    @app.action(EVERYTHING)
    async def clicked(ack: Any) -> None:
        await ack()

    return app


def bare_event_app() -> AsyncApp:
    """The same for an event of a renamed channel."""
    app = AsyncApp(authorize=_nobody, process_before_response=True, request_verification_enabled=False)

    @app.event("channel_rename")
    async def happened(ack: Any) -> None:
        await ack()

    return app


async def _nobody() -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None, team_id=TEAM, bot_token="xoxb-1", bot_id=BOT, bot_user_id=BOT_USER
    )  # fmt: skip


def request(body: dict[str, Any]) -> AsyncBoltRequest:
    """A payload as Socket Mode hands it to Bolt."""
    return AsyncBoltRequest(body=body, mode="socket_mode")


async def acknowledged(app: AsyncApp, body: dict[str, Any]) -> None:
    """Let an app take a payload; it must acknowledge."""
    answer = await app.async_dispatch(request(body))
    assert answer.status == 200, answer.body
