"""The Slack edge: one router for everything that Slack sends; acknowledged when it is safe on disk, not before."""

import asyncio
import datetime as dt
import json
import logging
import uuid
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import Message
from bot.handle import Bot
from bot.home_around import needs_channels
from bot.home_door import Homes, answer_in_form, speaks_in_views
from bot.inbound import Known, event_from, where
from bot.inbound_channels import channel_event
from bot.owing import payload_of
from bot.people import People
from bot.private_answers import besides, is_private, replacement, thread_of
from bot.replies import Reply
from bot.uninstalling import uninstalled
from bot.web import NO_ANSWER, refusal
from dialogs.events import Deleted, Event
from storage.failpoints import reach

logger = logging.getLogger(__name__)
ACKNOWLEDGED = 200
NOT_ACKNOWLEDGED = 500  # in Socket Mode nothing is sent at all: Slack shows a failure, or sends the event again


class Ourselves(NamedTuple):
    """Who the bot is in its workspace, as `auth.test` says."""

    team: str = ""
    user: str = ""
    bot: str | None = None


@dataclass
class Router:
    """Takes every payload. `now` gives aware UTC time; `lost` hears that the app was uninstalled, and by which event.

    After that nothing is taken any more.
    """

    bot: Bot
    people: People
    client: AsyncWebClient
    session: aiohttp.ClientSession
    now: Callable[[], dt.datetime]
    lost: Callable[[str], None] = lambda _: None
    me: Ourselves = field(default_factory=Ourselves)
    last_event: dt.datetime | None = None
    uninstalled: bool = False
    _tasks: set[asyncio.Task[object]] = field(default_factory=set)

    @cached_property
    def homes(self) -> Homes:
        """The Home tab's door."""
        return Homes(self.bot, self.people, self.client, self.now)

    async def route(self, body: dict[str, Any]) -> BoltResponse:
        """Let one payload take effect, then acknowledge it; what is not for us is acknowledged as well."""
        self.last_event = self.now()
        reach("payload-received")
        if (why := uninstalled(body)) is not None:
            self.uninstalled = True
            self.lost(why)
        if self.uninstalled:
            return BoltResponse(status=ACKNOWLEDGED)
        try:
            event = await self._event(body)
            reach("event-read")
            reply = await self.bot.handle(event) if event is not None else None
        except Exception:
            number = uuid.uuid4().hex[:8]
            logger.exception("an event failed and was not acknowledged; reference %s", number)
            self._later(self._tell_not_saved(body, number))
            return BoltResponse(status=NOT_ACKNOWLEDGED)
        reach("before-acknowledgement")
        if reply is None or event is None:
            return BoltResponse(status=ACKNOWLEDGED)
        return self._answer(body, event, reply)

    async def _event(self, body: dict[str, Any]) -> Event | None:
        """Read a payload; people and channels are looked up only for what concerns us."""
        try:
            change = channel_event(body, self.me.team, bot_user=self.me.user, at=self.now())
            if change is not None:
                return change
            place = where(body)
            if place is None:
                return None
            place = replace(place, workspace=self.me.team or place.workspace)
            event = event_from(body, place, Known(""), bot_user=self.me.user, at=self.now())
        except (AttributeError, IndexError, KeyError, TypeError):  # no shape that Slack documents
            logger.exception("a payload of type %r was not understood, and is let go", body.get("type"))
            return None
        if event is None or not await self.bot.concerns_us(event):
            return None
        if isinstance(event, Deleted):  # nobody did anything by name
            return event
        about = await self.bot.channel_about(event)
        known = await self.people.known(body, place, about, everywhere=needs_channels(event))
        return event_from(body, place, known, bot_user=self.me.user, at=event.at)

    async def idle(self) -> bool:
        """Whether no private answer is on its way."""
        return not self._tasks

    def _answer(self, body: Mapping[str, Any], event: Event, reply: Reply) -> BoltResponse:
        """Acknowledge, with what belongs into the acknowledgement; the rest follows in tasks."""
        ack: dict[str, Any] = {}
        whispers = list(reply.whispers)
        if reply.view_errors:
            ack = {"response_action": "errors", "errors": reply.view_errors}
        elif view := reply.view_update or answer_in_form(body, event.channel, whispers):
            ack = {"response_action": "update", "view": view}
            whispers = [] if view is not reply.view_update else whispers
        elif "command" in body and whispers:
            ack = {"response_type": "ephemeral", **payload_of(whispers.pop(0))}
        if reply.open_view and body.get("trigger_id"):
            self._later(self._open(body, reply.open_view))
        if reply.dismiss and body.get("response_url") and is_private(body):
            self._later(self._respond(body["response_url"], replacement(reply.instead)))
        if speaks_in_views(body):
            said = (*whispers, *([reply.instead] if reply.instead else []))
            self._later(self.homes.tell(body, event.channel, said))
            whispers = []
        for whisper in whispers:
            self._later(self._whisper(body, event, reply, whisper))
        if (after := self.homes.after(body, event, reply)) is not None:
            self._later(after)
        text = json.dumps(ack, ensure_ascii=False) if ack else ""
        return BoltResponse(status=ACKNOWLEDGED, body=text, headers={"content-type": "application/json"} if ack else {})

    def _later(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _open(self, body: Mapping[str, Any], view: dict[str, Any]) -> None:
        try:
            await self.client.views_open(trigger_id=body["trigger_id"], view=view)
        except (SlackApiError, *NO_ANSWER) as error:
            logger.warning("a modal could not be opened (%s)", _reason(error))
            if url := body.get("response_url"):
                text = "The form did not open in time. Nothing was changed; please click again."
                await self._respond(url, besides({"text": text}))

    async def _whisper(self, body: Mapping[str, Any], event: Event, reply: Reply, message: Message) -> None:
        """Tell the person privately: where they clicked if that was private itself, else in the thread."""
        alone = is_private(body) or "command" in body or body.get("type") == "message_action"
        if (
            alone
            and body.get("response_url")
            and await self._respond(body["response_url"], besides(payload_of(message)))
        ):
            return
        arguments: dict[str, Any] = {"channel": reply.channel, "user": event.person.id, **payload_of(message)}
        clicked = (body.get("container") or {}).get("type") == "message"  # then it is told where the click was
        if thread := thread_of(body) if clicked else reply.thread:
            arguments["thread_ts"] = thread
        try:
            await self.client.api_call("chat.postEphemeral", json=arguments)
        except (SlackApiError, *NO_ANSWER) as error:
            logger.warning("a private answer was not delivered (%s)", _reason(error))
            if body.get("response_url"):
                await self._respond(body["response_url"], besides(payload_of(message)))

    async def _respond(self, url: str, payload: Mapping[str, Any]) -> bool:
        """Answer by the response_url; False where Slack no longer takes it (30 minutes, or five answers)."""
        try:
            async with self.session.post(url, json=payload, proxy=self.client.proxy) as answer:
                if answer.status < 400:  # noqa: PLR2004 - HTTP's line between success and failure
                    return True
                logger.warning("a private answer was not delivered (HTTP %s)", answer.status)
        except NO_ANSWER as error:
            logger.warning("a private answer was not delivered (%s)", _reason(error))
        return False

    async def _tell_not_saved(self, body: Mapping[str, Any], number: str) -> None:
        """Say, where Slack gave us a way, that nothing was recorded."""
        if url := body.get("response_url"):
            text = f"That was not saved. Please do it again; if it stays so, tell whoever runs me: reference {number}."
            await self._respond(url, besides({"text": text}))


def _reason(error: Exception) -> str:
    return refusal(error).reason if isinstance(error, SlackApiError) else type(error).__name__


def _quiet_about_tokens() -> logging.Logger:
    """Bolt warns that the token in the environment is not used; the client has it already."""
    bolt = logging.getLogger("bot.bolt")
    bolt.addFilter(lambda record: "`token`" not in record.getMessage())
    bolt.setLevel(logging.WARNING)  # its everyday talk about sessions is of no use to operators
    return bolt


def make_app(client: AsyncWebClient, router: Router) -> AsyncApp:
    """The Bolt app: everything goes to the one router. Bolt would drop what happens to the bot's own messages.

    Who we are is asked once at the start, not again by Bolt.
    """

    async def authorize() -> AuthorizeResult:
        me = router.me
        return AuthorizeResult(
            enterprise_id=None, team_id=me.team, bot_token=client.token, bot_id=me.bot, bot_user_id=me.user
        )

    app = AsyncApp(
        client=client,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        logger=_quiet_about_tokens(),
    )

    @app.middleware
    async def route(body: dict[str, Any]) -> BoltResponse:
        return await router.route(body)

    return app
