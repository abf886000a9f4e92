"""All parts of the workspace, wired together."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.sandbox.activity import Activity
from bot.sandbox.announcing import Announcer
from bot.sandbox.clock_moves import ClockMoves, Forward
from bot.sandbox.events import Events
from bot.sandbox.file_store import FileStore
from bot.sandbox.manifest import Manifest
from bot.sandbox.modals import Modals
from bot.sandbox.page_feed import Feed
from bot.sandbox.payload import Payload
from bot.sandbox.posting import Posting
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.sharing import Sharing
from bot.sandbox.socket_mode import Link
from bot.sandbox.state import State
from bot.sandbox.timestamps import Clock, Timestamps
from bot.sandbox.triggers import Triggers
from bot.sandbox.uploads import Uploads
from bot.sandbox.weather import Weather
from bot.sandbox.whispers import Whispers

MOST_CALLS = 10_000


@dataclass(frozen=True)
class ApiCall:
    """One Web API call as it came and as it was answered."""

    method: str
    args: Payload
    result: Payload


BeforeCall = Callable[[str, Payload], Awaitable[Payload | None]]
"""Asked before a call is looked at; a payload is given as the answer instead. May raise DropConnection."""

BeforeReply = Callable[[str, Payload, Payload], Awaitable[None]]
"""Told after a call took effect and before it is answered; may raise DropConnection."""


class Hub:
    """What the Web API, the page and the test driver share."""

    def __init__(  # noqa: PLR0913 - all that the parts are made of comes in here
        self,
        manifest: Manifest,
        state: State,
        clock: Clock,
        tokens: tuple[str, str],
        ack_limit: float,
        save: Callable[[], None],
        forward: Forward | None = None,
        *,
        file_store: FileStore | None = None,
    ) -> None:
        self.manifest = manifest
        self.state = state
        self.clock = clock
        self.bot_token, self.app_token = tokens
        self.url = ""
        self.curtain = ""  # what a page is told that is not open yet; empty: it is open
        self.installed = True  # while it is not, the bot's token opens nothing
        self.api_calls: list[ApiCall] = []
        self.before_call: BeforeCall | None = None
        self.before_reply: BeforeReply | None = None
        self._save = save
        self.stamps = Timestamps(clock, state.last_ts)
        self.activity = Activity()
        self.link = Link(state.app_id, self.activity, ack_limit)
        self.weather = Weather(clock, self.link)
        self.events = Events(state, manifest, self.link)
        self.feed = Feed(state)
        self.link.when_changed = self.feed.bot
        self.clock_moves = ClockMoves(clock, forward, self.feed, self.activity)
        announcer = Announcer(state, self.stamps, self.events, self.feed)
        whispers = Whispers(self.stamps, self.feed, self.changed)
        self.posting = Posting(state, manifest.name, self.stamps, announcer, whispers, self.changed)
        self.triggers = Triggers(clock)
        self.response_urls = ResponseUrls(state, self.posting, clock)
        self.file_store = file_store or FileStore(None)
        self.uploads = Uploads(self.file_store)
        self.sharing = Sharing(self.activity)
        self.modals = Modals(state, self.stamps, self.feed)

    def changed(self) -> None:
        """Note that something changed: wakes those who wait and saves."""
        self.state.last_ts = self.stamps.last
        self.activity.ring()
        self._save()

    def keep_file(self, file: Payload, content: bytes | None) -> Payload:
        """Keep a file that was shared, and what it holds if that is known; gives the file."""
        self.state.files[file["id"]] = file
        if content is not None:
            self.file_store.keep(file["id"], content)
        return file

    def prompts_of(self, person: str) -> Payload:
        """Give what the Messages tab proposes to a person: {title, prompts}, by default the manifest's prompts."""
        agent, channel = self.manifest.agent, self.state.im_of(person)
        if agent is None:
            return {"title": "", "prompts": []}
        return self.state.prompts.get(channel.id) or {"title": "", "prompts": list(agent.prompts)}

    def note(self, call: ApiCall) -> None:
        """Remember a call for assertions."""
        self.api_calls.append(call)
        if len(self.api_calls) > MOST_CALLS:
            del self.api_calls[: MOST_CALLS // 2]
