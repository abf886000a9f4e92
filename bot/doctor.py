"""`maturity-bot doctor`: looks at everything the bot needs, and says what to do about what is missing."""

import sqlite3
import sys
from pathlib import Path
from typing import NamedTuple

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.manifest import bot_scopes
from bot.settings import Settings, SettingsError, read_settings
from bot.web import NO_ANSWER, open_session, refusal, web_client
from dialogs.script import load_script
from knowledge.library import ContentError, load_library
from storage.database import DatabaseProblem
from storage.sqlite import OLDEST_SQLITE
from storage.store import open_store

OLDEST_PYTHON = (3, 11)


class Finding(NamedTuple):
    """One thing looked at: whether it is well, and what was found, with the way out."""

    what: str
    well: bool
    said: str

    def __str__(self) -> str:
        return f"{'ok     ' if self.well else 'PROBLEM'}  {self.what}: {self.said}"


async def examine() -> list[Finding]:
    """Look at everything; what cannot be looked at without settings is left out and said."""
    findings = [_python(), _sqlite()]
    try:
        settings = read_settings()
    except SettingsError as error:
        findings.append(_content(None))
        findings += [Finding("setting", False, problem) for problem in error.problems]
        return [*findings, Finding("Slack", False, "not looked at, since settings are missing")]
    findings.append(_content(settings.knowledge_path))
    findings.append(Finding("settings", True, f"complete; Slack is {settings.slack_api_url}"))
    findings.append(await _database(settings))
    session = open_session()
    try:
        findings += await _slack(settings, session)
    finally:
        await session.close()
    return findings


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    well = sys.version_info >= OLDEST_PYTHON
    return Finding("Python", well, found if well else f"{found} is too old; install 3.11 or newer")


def _sqlite() -> Finding:
    found = sqlite3.sqlite_version
    well = sqlite3.sqlite_version_info >= OLDEST_SQLITE
    return Finding("SQLite", well, found if well else f"{found} is too old; 3.35 is needed, use a newer Python")


def _content(overlay: Path | None) -> Finding:
    try:
        library = load_library(overlay=overlay)
        load_script(library)
    except ContentError as error:
        command = f"maturity-bot check {overlay or ''}".strip()
        return Finding("content", False, f"{len(error.problems)} problems; run `{command}`")
    return Finding("content", True, f"{len(library.asked())} practices, version {library.version}")


async def _database(settings: Settings) -> Finding:
    try:
        store = open_store(settings.database_url)
    except (DatabaseProblem, OSError, sqlite3.Error) as error:
        return Finding("database", False, f"{error}; check DATABASE_URL and the folder's rights")
    try:
        waiting = await store.read(lambda reading: reading.backlog())
        await store.database.transact(lambda sql: sql("DELETE FROM inbox WHERE key = ''"))
    except (DatabaseProblem, sqlite3.Error) as error:
        return Finding("database", False, f"cannot be written ({error}); check disk space and rights")
    finally:
        await store.close()
    return Finding("database", True, f"{settings.database_url}, {waiting} messages waiting to be sent")


async def _slack(settings: Settings, session: aiohttp.ClientSession) -> list[Finding]:
    client = web_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, session)
    try:
        me = await client.auth_test()
    except SlackApiError as error:
        reason = refusal(error).reason
        way_out = "copy the token anew from OAuth & Permissions, or install the app again"
        return [Finding("bot token", False, f"Slack says {reason}; {way_out}")]
    except NO_ANSWER as error:
        return [Finding("Slack", False, f"cannot be reached ({type(error).__name__}); check network and SLACK_API_URL")]
    granted = {scope.strip() for scope in str(me.headers.get("x-oauth-scopes", "")).split(",") if scope.strip()}
    return [
        Finding("bot token", True, f"{me['user']} in {me['team']}"),
        _scopes(granted),
        await _app_token(settings, session),
        await _membership(client, me["user_id"], granted),
    ]


def _scopes(granted: set[str]) -> Finding:
    missing = sorted(set(bot_scopes()) - granted)
    if not missing:
        return Finding("scopes", True, f"all {len(bot_scopes())} granted")
    return Finding("scopes", False, f"missing {', '.join(missing)}; add them under OAuth & Permissions, then reinstall")


async def _app_token(settings: Settings, session: aiohttp.ClientSession) -> Finding:
    client = web_client(settings.slack_app_token.get_secret_value(), settings.slack_api_url, session)
    try:
        await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except SlackApiError as error:
        way_out = "make an app-level token with connections:write, and turn Socket Mode on"
        return Finding("app token", False, f"Slack says {refusal(error).reason}; {way_out}")
    except NO_ANSWER as error:
        return Finding("app token", False, f"Slack gave no answer ({type(error).__name__}); try again")
    return Finding("app token", True, "Socket Mode opens")


async def _membership(client: AsyncWebClient, me: str, granted: set[str]) -> Finding:
    if not granted >= {"channels:read", "groups:read"}:
        return Finding("channels", False, "not looked at without the scopes channels:read and groups:read")
    try:
        answer = await client.users_conversations(user=me, types="public_channel,private_channel", limit=200)
    except SlackApiError as error:
        return Finding("channels", False, f"Slack says {refusal(error).reason}; see the findings above")
    except NO_ANSWER as error:
        return Finding("channels", False, f"Slack gave no answer ({type(error).__name__}); try again")
    names = [f"#{channel['name']}" for channel in answer["channels"]]
    return Finding("channels", True, ", ".join(names) if names else "in none yet; invite the bot, or use Add me")
