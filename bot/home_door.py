"""The Home tab's own door: drawing it for a person, handing it to Slack, and what is said inside views.

All of this happens after the event's transaction, in tasks: it never holds up an acknowledgement, and may be lost in a
crash, since the Home is drawn anew whenever it is opened.
"""

import datetime as dt
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import Message
from bot.buttons import ABOUT_CHANNEL
from bot.handle import Bot
from bot.home_modals import told
from bot.home_view import closed_view, home_view
from bot.inbound_home import about_of, view_of
from bot.people import People
from bot.replies import Reply
from bot.speak_home import PROMPTS
from bot.web import NO_ANSWER, refusal
from dialogs.events import Event, HomeOpened, Person
from dialogs.home import home, stepping
from dialogs.home_screens import HomeClosed, Wish, read_wish
from storage.overview import overview, planned
from storage.reports import Reading

logger = logging.getLogger(__name__)


class Asked(NamedTuple):
    """Whose Home is to be drawn, and how they wish it."""

    person: Person
    workspace: str
    wish: Wish


@dataclass
class Homes:
    """Draws and publishes. `now` gives aware UTC time.

    For each person one publishing runs at a time, and of several that wait only the newest is done.
    """

    bot: Bot
    people: People
    client: AsyncWebClient
    now: Callable[[], dt.datetime]
    _waiting: dict[str, Asked] = field(default_factory=dict)
    _busy: set[str] = field(default_factory=set)

    def after(self, body: Mapping[str, Any], event: Event, reply: Reply) -> Coroutine[Any, Any, None] | None:
        """What an event asks of the Home, or of the Messages tab, once it has taken effect; None for most."""
        if isinstance(event, HomeOpened) and event.tab == "messages":
            return self._prompt(event) if self.bot.place.agent else None
        wish = reply.home
        if wish is None and not reply.view_errors and (carried := about_of(body.get("view") or {}).wish):
            wish = read_wish(carried)  # something was done in a modal that was opened from the Home
        return self.show(Asked(event.person, event.workspace, wish)) if wish is not None else None

    async def show(self, asked: Asked) -> None:
        """Publish a person's Home as it is now."""
        whose = asked.person.id
        self._waiting[whose] = asked
        if whose in self._busy:
            return
        self._busy.add(whose)
        try:
            while (newest := self._waiting.pop(whose, None)) is not None:
                await self._publish(newest)
        finally:
            self._busy.discard(whose)

    async def _publish(self, asked: Asked) -> None:
        try:
            view = await self.draw(asked)
            await self.client.views_publish(user_id=asked.person.id, view=view)
        except SlackApiError as error:
            logger.warning("a Home could not be published (%s)", refusal(error).reason)
        except NO_ANSWER as error:
            logger.warning("a Home could not be published (%s)", type(error).__name__)
        except Exception:  # a fault of ours must not end the others' waiting
            logger.exception("a Home could not be drawn")

    async def draw(self, asked: Asked) -> dict[str, Any]:
        """A person's Home as Slack takes it."""
        words, at = self.bot.words, self.now()
        if asked.person.outsider:
            return closed_view(HomeClosed("stranger"), words)
        channels = await self.people.channels_of(asked.person.id)
        if channels is None:
            return closed_view(HomeClosed("unknown"), words)
        library, today = self.bot.script.library, self.bot.time.calendar(asked.person.zone).day(at)

        def read(reading: Reading) -> Any:  # noqa: ANN401 - a pair, named where it is taken apart
            found = overview(reading.sql, asked.workspace, asked.person, channels)
            return found, planned(reading.sql, stepping(found, asked.wish, today))

        seen, steps = await self.bot.store.read(read)
        shown = home(library, seen, asked.wish, today, steps)
        place = self.bot.place
        return home_view(shown, words, place.workspace_url, admin=asked.person.admin, stamp=f"{at.timestamp():.6f}")

    async def _prompt(self, event: HomeOpened) -> None:
        """Hang the prompts into the Messages tab, where the app has an agent view."""
        prompts = [{"title": title, "message": message} for title, message in PROMPTS]
        try:
            await self.client.assistant_threads_setSuggestedPrompts(channel_id=event.channel, prompts=prompts)
        except SlackApiError as error:
            logger.warning(
                "the prompts were not set (%s); is AGENT_VIEW on without its manifest?", refusal(error).reason
            )
        except NO_ANSWER as error:
            logger.warning("the prompts were not set (%s)", type(error).__name__)

    async def tell(self, body: Mapping[str, Any], channel: str, messages: tuple[Message, ...]) -> None:
        """Say privately, in a modal, what there is no message to answer for: a click in a view, a global shortcut."""
        if not messages:
            return
        inside = view_of(body) == "modal"
        view = told(messages, channel, about_of(body.get("view") or {}).wish)
        try:
            if inside:
                await self.client.views_update(view_id=body["view"]["id"], view=view)
            else:
                await self.client.views_open(trigger_id=body["trigger_id"], view=view)
        except SlackApiError as error:
            logger.warning("a modal could not be shown (%s)", refusal(error).reason)
        except NO_ANSWER as error:
            logger.warning("a modal could not be shown (%s)", type(error).__name__)


def answer_in_form(body: Mapping[str, Any], channel: str, messages: Sequence[Message]) -> dict[str, Any] | None:
    """What takes the place of a form about a channel; None for other forms, and where there is nothing to say."""
    view = body.get("view") or {}
    if body.get("type") != "view_submission" or view.get("callback_id") not in ABOUT_CHANNEL or not messages:
        return None
    return told(messages, channel, about_of(view).wish)


def speaks_in_views(body: Mapping[str, Any]) -> bool:
    """Whether what is said back has to stand in a modal: clicks in views and global shortcuts have no message."""
    return bool(view_of(body)) or body.get("type") == "shortcut"
