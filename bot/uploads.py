"""Files into threads, by Slack's present flow: ask for an address, send the bytes there, then share them all at once.

Only the sharing shows anything, so only it can be in doubt: what was sent and not shared is thrown away by Slack.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.chart_data import chart_from
from bot.charts import Charts
from bot.export_files import files_of
from bot.export_findings import findings_of
from bot.export_pictures import drawn
from bot.web import TIMEOUT_SECONDS
from bot.words import Words
from dialogs.exported import SubjectExport
from storage.failpoints import reach
from storage.outbox import Delivery


class NotTaken(Exception):  # noqa: N818 - a situation
    """The address that Slack gave did not take the bytes; nothing was shared, so it is tried again later."""


class File(NamedTuple):
    """One file to send: its name, the title people see, what it shows in words (empty: no picture), its bytes."""

    name: str
    title: str
    alt: str
    content: bytes


@dataclass
class Uploader:
    """Sends what an upload holds. Pictures are drawn here, in the process of `charts`."""

    client: AsyncWebClient
    session: aiohttp.ClientSession
    charts: Charts
    words: Words

    async def send(self, delivery: Delivery) -> list[dict[str, str]]:
        """Draw and send every file; gives them as `share` takes them.

        NotTaken, ChartFailed, SlackApiError, or one of `web.NO_ANSWER` where that failed; nothing is in doubt then.
        """
        sent = []
        for file in await self._files(delivery.payload):
            arguments: dict[str, Any] = {"filename": file.name, "length": len(file.content)}
            arguments |= {"alt_txt": file.alt} if file.alt else {}
            place = await self.client.api_call("files.getUploadURLExternal", params=arguments)
            await self._send_bytes(place["upload_url"], file.content)
            sent.append({"id": str(place["file_id"]), "title": file.title})
        reach("files-sent")
        return sent

    async def share(self, delivery: Delivery, files: list[dict[str, str]]) -> None:
        """Show the files in the thread, in one message with the comment."""
        arguments: dict[str, Any] = {
            "files": files,
            "channel_id": delivery.channel,
            "initial_comment": delivery.payload["text"],
        }
        if delivery.thread_ts:
            arguments["thread_ts"] = delivery.thread_ts
        await self.client.api_call("files.completeUploadExternal", json=arguments)

    async def _send_bytes(self, url: str, content: bytes) -> None:
        headers = {"content-type": "application/octet-stream"}
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
        async with self.session.post(
            url, data=io.BytesIO(content), headers=headers, proxy=self.client.proxy, timeout=timeout
        ) as answer:
            if answer.status >= 400:  # noqa: PLR2004 - HTTP's line between success and failure
                raise NotTaken(f"the upload address answered HTTP {answer.status}; it is tried again later")

    async def _files(self, payload: Mapping[str, Any]) -> list[File]:
        if "export" not in payload:
            return [
                File(each["name"], each["title"], each["alt"], await self.charts.draw(chart_from(each["chart"])))
                for each in payload["files"]
            ]
        export = SubjectExport.model_validate_json(json.dumps(payload["export"]))
        findings = findings_of(export, self.words.library)
        pictures = await drawn(findings, self.words, self.charts) if "html" in payload["kinds"] else ()
        found = files_of(export, self.words.library, payload["kinds"], pictures)
        return [File(_marked(each.name, payload["mark"]), each.title, "", each.text.encode()) for each in found]


def _marked(name: str, mark: str) -> str:
    """A file's name with the mark of its row."""
    stem, dot, kind = name.rpartition(".")
    return f"{stem}-{mark}{dot}{kind}"


def is_there(message: Mapping[str, Any], delivery: Delivery) -> bool:
    """Whether a message of the thread shares the files of this row."""
    mark = f"-{delivery.payload['mark']}."
    return any(mark in str(file.get("name") or "") for file in message.get("files") or ())
