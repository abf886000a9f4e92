"""The same bot as somebody would write it in an afternoon: what ours is compared with.

Written fairly: Bolt as its guide shows it, the SDK's default client, sqlite-utils' row methods in threads (write-ahead
log, flushed at every commit, one transaction a click), Block Kit by the SDK's models, and the same questions chosen by
the same functions. It promises as much about an answer as ours does (saved before it is acknowledged, a click that
comes twice counts once), and less about messages: what Slack does not take is lost.
"""

import asyncio
import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

import sqlite_utils
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.models.blocks import ActionsBlock, ButtonElement, MarkdownTextObject, OverflowMenuElement, SectionBlock
from slack_sdk.models.blocks.basic_components import Option
from slack_sdk.web.async_client import AsyncWebClient

from bot.naming import section_title
from dialogs.answers import Choice
from dialogs.choosing import about_left, next_practice
from knowledge.library import Library, load_library

LABELS: dict[Choice, str] = {"yes": "Yes", "partly": "Partly", "no": "No", "unknown": "Don't know", "na": "Not for us"}
MENU = ("Why we ask", "Back", "Skip", "Pause", "Finish early")


def opened(path: Path) -> sqlite_utils.Database:
    """The database with its tables."""
    database = sqlite_utils.Database(sqlite3.connect(path, check_same_thread=False))
    database.enable_wal()
    database.execute("PRAGMA synchronous = FULL")
    tables: Any = database
    tables["dialogs"].create(
        {"id": str, "channel": str, "subject": str, "thread": str, "asked": str, "question_ts": str, "count": int},
        pk="id", if_not_exists=True,
    )  # fmt: skip
    tables["answers"].create(
        {"id": int, "dialog": str, "practice": str, "choice": str, "person": str, "at": str},
        pk="id", if_not_exists=True,
    )  # fmt: skip
    tables["answers"].create_index(["dialog"], if_not_exists=True)
    tables["events"].create({"key": str, "at": str}, pk="key", if_not_exists=True)
    return database


class NaiveBot:
    """Asks every question of the full assessment, one after the other, with buttons."""

    def __init__(self, token: str, app_token: str, api_url: str, path: Path) -> None:
        self.library: Library = load_library()
        self.client = AsyncWebClient(token, base_url=api_url)
        self.app = AsyncApp(client=self.client)
        self.socket = AsyncSocketModeHandler(self.app, app_token)
        self.tables: Any = opened(path)
        self.lock = asyncio.Lock()  # one connection, one transaction at a time
        self.app.command("/maturity")(self.started)
        self.app.action("choose")(self.chosen)

    async def started(self, ack: Any, command: dict[str, Any]) -> None:
        """Begin an assessment and ask its first question."""
        await ack()
        channel, subject = command["channel_id"], command["text"].split()[-1]
        parent = await self.client.chat_postMessage(channel=channel, text=f"MLOps maturity of {subject}")
        dialog = {
            "id": command["trigger_id"],
            "channel": channel,
            "subject": subject,
            "thread": parent["ts"],
            "count": 0,
        }
        async with self.lock:
            following = await asyncio.to_thread(self.begin, dialog)
        await self.ask(dialog, *following)

    async def chosen(self, ack: Any, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Save an answer, acknowledge it, fold its question, and ask the next one."""
        (name, practice, choice), person = action["value"].split("|"), body["user"]["username"]
        key = f"{body['channel']['id']}:{body['message']['ts']}:{action['action_ts']}"
        async with self.lock:
            saved = await asyncio.to_thread(self.save, key, name, practice, choice, person)
        await ack()
        if saved is None:
            return
        dialog, following = saved
        folded = f"{dialog['count']}. {self.library.practices[practice].title} · *{LABELS[choice]}* · {person}"
        edit = ButtonElement(text="Edit", action_id="edit", value=f"{dialog['id']}|{practice}")
        await self.client.chat_update(
            channel=dialog["channel"], ts=body["message"]["ts"], text=folded,
            blocks=[SectionBlock(text=MarkdownTextObject(text=folded), accessory=edit)],
        )  # fmt: skip
        await self.ask(dialog, *following)

    async def ask(self, dialog: dict[str, Any], practice: str | None, about: int) -> None:
        """Post a question and note where it stands."""
        if practice is None:
            return
        asked = self.library.practices[practice]
        number = dialog["count"] + 1
        total = number + about - 1
        area = section_title(self.library, practice)
        bar = "▰" * round(10 * number / total) + "▱" * (10 - round(10 * number / total))
        text = f"*{area} · {number} of about {total}*  {bar}\n*{asked.question}*\nYes means: {asked.yes}"
        choices = [choice for choice in LABELS if choice != "na" or asked.na_when]
        form = ButtonElement(text="Answer as a form", action_id="form", value="1")
        buttons = [
            ButtonElement(text=LABELS[each], action_id="choose", value=f"{dialog['id']}|{practice}|{each}")
            for each in choices
        ]
        menu = OverflowMenuElement(action_id="menu", options=[Option(value=each, text=each) for each in MENU])
        answer = await self.client.chat_postMessage(
            channel=dialog["channel"], thread_ts=dialog["thread"], text=text,
            blocks=[
                SectionBlock(text=MarkdownTextObject(text=text)),
                ActionsBlock(elements=[*buttons, form, menu]),
            ],
        )  # fmt: skip
        async with self.lock:
            await asyncio.to_thread(self.note, dialog["id"], answer["ts"])

    # In threads ------------------------------------------------------------------------------------------------------

    def begin(self, dialog: dict[str, Any]) -> tuple[str | None, int]:
        """Keep a new assessment; the first question, and about how many there are."""
        practice, about = self.following({})
        self.tables["dialogs"].insert({**dialog, "asked": practice})
        return practice, about

    def save(self, key: str, name: str, practice: str, choice: Choice, person: str) -> Any:
        """Keep an answer, once; what follows from it."""
        at = dt.datetime.now(dt.UTC).isoformat()
        with self.tables.atomic():
            if self.tables["events"].count_where("key = ?", [key]):
                return None
            self.tables["events"].insert({"key": key, "at": at})
            dialog = self.tables["dialogs"].get(name)
            if dialog["asked"] != practice:
                return None
            given = {"dialog": name, "practice": practice, "choice": choice, "person": person, "at": at}
            self.tables["answers"].insert(given)
            answers = {
                row["practice"]: row["choice"] for row in self.tables["answers"].rows_where("dialog = ?", [name])
            }
            following = self.following(answers)
            dialog |= {"asked": following[0], "count": dialog["count"] + 1}
            self.tables["dialogs"].update(name, {"asked": dialog["asked"], "count": dialog["count"]})
        return dialog, following

    def following(self, answers: dict[str, Choice]) -> tuple[str | None, int]:
        """The next question, and about how many are left."""
        practice = next_practice(self.library, answers, {}, mode="full", beyond_overall=True, skipped=())
        return practice, about_left(self.library, answers, {}, mode="full", beyond_overall=True)

    def note(self, name: str, ts: str) -> None:
        """Remember where the open question stands."""
        self.tables["dialogs"].update(name, {"question_ts": ts})
