"""Facts about people and channels, asked of Slack before the transaction and remembered for ten minutes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.inbound import Known, Payload, Where
from bot.web import NO_ANSWER, refusal
from dialogs.events import ChannelKind

T = TypeVar("T")
logger = logging.getLogger(__name__)
REMEMBERED_SECONDS = 600.0
MEMBERS_SECONDS = 60.0  # a removal from a channel counts after a minute at the latest
MOST_CHANNELS = 999  # that Slack lists at once
LOOK_SECONDS = 1.0  # at the most for one event: Slack wants its acknowledgement within 3
_NOT_THERE = ("channel_not_found", "not_in_channel", "missing_scope")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person's name and time zone, and whether they are a guest or an admin (not looked up: neither)."""

    name: str
    guest: bool = False
    zone: str = ""
    admin: bool = False


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """A channel's name and kind, whether the bot is in it, and how many people are; None: could not be found out."""

    name: str
    kind: ChannelKind
    bot_is_member: bool | None
    people: int | None = None


class People:
    """Looks people and channels up. `monotonic` gives seconds, injected so that tests own the time."""

    def __init__(self, client: AsyncWebClient, monotonic: Callable[[], float]) -> None:
        self._client = client
        self._monotonic = monotonic
        self._remembered: dict[str, tuple[float, object]] = {}

    async def known(
        self, payload: Payload, place: Where, about: str | None = None, *, everywhere: bool = False
    ) -> Known:
        """What can be known about this payload's person and channel, within a second.

        `about` is the channel of the assessment that a button belongs to: only its members may use it. `everywhere`
        asks for the channels that the person is in as well.
        """
        person, channel, member, channels = await asyncio.gather(
            self._person(payload, place.person),
            self._channel(payload, place.channel),
            self.is_member(about, place.person) if about else _nobody_asks(),
            self.channels_of(place.person) if everywhere else _nobody_asks(),
        )
        return Known(
            person.name,
            outsider=bool(place.person_team) and bool(place.workspace) and place.person_team != place.workspace,
            channel_name=channel.name,
            channel_kind=channel.kind,
            bot_is_member=channel.bot_is_member,
            zone=person.zone,
            admin=person.admin,
            guest=person.guest,
            member=member,
            people=channel.people,
            channels=channels,
        )

    async def channels_of(self, person: str) -> Mapping[str, str] | None:
        """The public and private channels that a person is in, id to name; None where Slack does not say in time.

        Of private ones only those that the bot is in as well. Remembered for a minute.
        """
        return await self._remember(f"channels of:{person}", lambda: self._ask_channels(person), MEMBERS_SECONDS)

    async def _ask_channels(self, person: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        cursor = ""
        while True:
            answer = await self._client.users_conversations(
                user=person, types="public_channel,private_channel", limit=MOST_CHANNELS, cursor=cursor
            )
            found |= {str(each["id"]): str(each.get("name") or each["id"]) for each in answer["channels"]}
            if not (cursor := (answer.get("response_metadata") or {}).get("next_cursor") or ""):
                return found

    async def is_member(self, channel: str, person: str) -> bool | None:
        """Whether a person is in a channel; None where Slack does not say. Remembered for a minute, a no not at all."""
        if channel.startswith("D"):
            return None  # a direct message has no members to list, and nobody else sees its buttons
        key = f"members of:{channel}"
        _, known = self._remembered.get(key, (0.0, None))
        if isinstance(known, frozenset) and person not in known:
            del self._remembered[key]  # they may have joined since
        found = await self._remember(key, lambda: self._ask_members(channel), MEMBERS_SECONDS)
        return person in found if found is not None else None

    async def _ask_members(self, channel: str) -> frozenset[str]:
        found: set[str] = set()
        cursor = ""
        while True:
            answer = await self._client.conversations_members(channel=channel, limit=1000, cursor=cursor)
            found |= set(answer["members"])
            if not (cursor := (answer.get("response_metadata") or {}).get("next_cursor") or ""):
                return frozenset(found)

    async def zone_of(self, person: str) -> str:
        """The time zone of a person's profile as it is now; empty where it cannot be found out."""
        if not person:  # whose owner is gone comes in the zone it always had
            return ""
        found = await self._remember(f"person:{person}", lambda: self._ask_person(person))
        return found.zone if found else ""

    async def alone_in(self, channel: str) -> bool:
        """Whether nobody but the bot is left in a channel, asked anew; False where it cannot be found out."""
        facts = await self._remember(f"channel:{channel}", lambda: self._ask_channel(channel, ""), 0.0)
        return facts is not None and bool(facts.bot_is_member) and facts.people == 1

    async def _person(self, payload: Payload, person: str) -> PersonFacts:
        told = payload.get("user_name") or _name_in(payload.get("user"))
        found = await self._remember(f"person:{person}", lambda: self._ask_person(person))
        return found or PersonFacts(str(told or "somebody"))

    async def _ask_person(self, person: str) -> PersonFacts:
        answer = await self._client.users_info(user=person)
        user: Mapping[str, Any] = answer["user"]
        profile = user.get("profile") or {}
        names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
        guest = any(user.get(mark) for mark in ("is_restricted", "is_ultra_restricted", "is_stranger"))
        admin = any(user.get(mark) for mark in ("is_admin", "is_owner", "is_primary_owner"))
        return PersonFacts(
            next((str(name) for name in names if name), "somebody"), guest, str(user.get("tz") or ""), admin
        )

    async def _channel(self, payload: Payload, channel: str) -> ChannelFacts:
        told = str(payload.get("channel_name") or _name_in(payload.get("channel")) or "")
        kind: ChannelKind = "direct" if channel.startswith("D") or told == "directmessage" else "channel"
        if kind == "direct" or not channel:
            return ChannelFacts("direct message", "direct", True)
        found = await self._remember(f"channel:{channel}", lambda: self._ask_channel(channel, told))
        return found or ChannelFacts(told or "this channel", "private" if told == "privategroup" else "channel", None)

    async def _ask_channel(self, channel: str, told: str) -> ChannelFacts:
        try:
            answer = await self._client.conversations_info(channel=channel, include_num_members=True)
        except SlackApiError as error:
            if refusal(error).reason in _NOT_THERE:  # Slack hides private channels from those outside
                return ChannelFacts(told or "this channel", "private", False)
            raise
        facts: Mapping[str, Any] = answer["channel"]
        kind: ChannelKind = "private" if facts.get("is_private") else "channel"
        return ChannelFacts(facts.get("name") or told, kind, bool(facts.get("is_member")), facts.get("num_members"))

    async def _remember(
        self, key: str, ask: Callable[[], Awaitable[T]], seconds: float = REMEMBERED_SECONDS
    ) -> T | None:
        """What was found under this key lately, else what asking gives; None where Slack does not answer in time."""
        now = self._monotonic()
        if (kept := self._remembered.get(key)) and now - kept[0] < seconds:
            return kept[1]  # type: ignore[return-value]  # what was kept under this key came from the same question
        try:
            found = await asyncio.wait_for(ask(), LOOK_SECONDS)
        except (SlackApiError, *NO_ANSWER) as error:
            logger.warning("could not look up %s: %s", key.partition(":")[0], type(error).__name__)
            return None
        membership = isinstance(found, ChannelFacts) and not found.bot_is_member
        if not membership:  # an invitation should count at once
            self._remembered[key] = (now, found)
        return found


async def _nobody_asks() -> None:
    return None


def _name_in(value: object) -> str | None:
    if isinstance(value, Mapping):
        return value.get("name") or value.get("username")
    return None
