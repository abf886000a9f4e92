"""Files in the local workspace: uploaded in three steps, shared a moment later, kept, handed over, deleted."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import ActRefused, DropConnection, Workspace
from lamp import CHURN, EVENTS, FRAUD, PRIVATE, SCOPES, Lamp, SetClock, manifest

DEMAND, DM = "C0000DEMAND", "D0000000ANA"
PICTURE = b"\x89PNG\r\n\x1a\n the rest of it"
FILING = manifest(scopes=(*SCOPES, "files:write", "files:read"), events=(*EVENTS, "file_shared"))


@pytest.fixture
async def workspace(clock: SetClock) -> AsyncIterator[Workspace]:
    async with Workspace.serve(FILING, clock=clock) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def announced(lamp: Lamp, content: bytes = PICTURE, name: str = "radar.png", **more: Any) -> tuple[str, str]:
    """Take the first step; gives the file's id and its upload URL."""
    told = await lamp.client.files_getUploadURLExternal(filename=name, length=len(content), **more)
    return str(told["file_id"]), str(told["upload_url"])


async def uploaded(lamp: Lamp, session: aiohttp.ClientSession, name: str = "radar.png", **more: Any) -> str:
    """Take the first two steps; gives the file's id."""
    key, url = await announced(lamp, name=name, **more)
    assert (await session.post(url, data=PICTURE)).status == 200
    return key


async def shared(workspace: Workspace, client: AsyncWebClient, **more: Any) -> dict[str, Any]:
    """Share a file with the SDK's own helper, wait for its message, and give what the message says of the file."""
    settings = {"filename": "radar.png", "content": PICTURE, "channel": FRAUD, **more}
    await client.files_upload_v2(**settings)
    await workspace.quiet()
    return workspace.person("Ana").last(settings["channel"]).files[0]


async def test_the_sdk_shares_a_picture_in_a_thread_as_one_message(workspace: Workspace, lamp: Lamp) -> None:
    root = await workspace.person("Ana").says("how far are we?")
    told = await lamp.client.files_upload_v2(
        filename="radar.png",
        content=PICTURE,
        title="Where you stand",
        alt_txt="Level 2 of 4",
        channel=FRAUD,
        thread_ts=root.ts,
        initial_comment="Your *result*",
    )
    await workspace.quiet()
    seen = workspace.person("Ben").last(FRAUD)
    file = seen.files[0]
    assert (told["file"]["id"], told["file"]["shares"]) == (file["id"], {})
    assert (seen.thread_ts, seen.author, seen.raw["subtype"]) == (root.ts, "U0000000BOT", "file_share")
    assert seen.text == "Your *result*\nWhere you stand\nLevel 2 of 4"
    named = (file["name"], file["title"], file["alt_txt"], file["mimetype"], file["size"])
    assert named == ("radar.png", "Where you stand", "Level 2 of 4", "image/png", len(PICTURE))
    assert workspace.file_content(file["id"]) == PICTURE


async def test_the_message_comes_after_the_answer_and_is_announced_like_any_other(
    workspace: Workspace, lamp: Lamp, session: aiohttp.ClientSession
) -> None:
    key = await uploaded(lamp, session)
    before = len(workspace.person("Ana").sees(FRAUD))
    told = await lamp.client.files_completeUploadExternal(files=[{"id": key, "title": "A"}], channel_id=FRAUD)
    assert (told["files"][0]["id"], told["files"][0]["title"]) == (key, "A")
    assert len(workspace.person("Ana").sees(FRAUD)) == before
    await workspace.quiet()
    # Bolt keeps what its own bot said from the app, so we look at what was sent.
    last = workspace.hub.events.last
    assert last is not None
    assert (last["event"]["type"], last["event"]["file_id"]) == ("file_shared", key)
    assert workspace.hub.events.emitted == 2


async def test_a_shared_file_is_read_with_its_thread_and_its_channel(workspace: Workspace, lamp: Lamp) -> None:
    root = await workspace.person("Ana").says("how far are we?")
    file = await shared(workspace, lamp.client, thread_ts=root.ts)
    top = await shared(workspace, lamp.client)
    replies = (await lamp.client.conversations_replies(channel=FRAUD, ts=root.ts))["messages"]
    history = (await lamp.client.conversations_history(channel=FRAUD, limit=1))["messages"]
    known = (await lamp.client.files_info(file=file["id"]))["file"]
    assert replies[1]["files"] == [file]
    assert history[0]["files"] == [top]
    share = known["shares"]["public"][FRAUD][0]
    assert (share["ts"], share["thread_ts"], known["channels"]) == (replies[1]["ts"], root.ts, [FRAUD])


async def test_several_files_make_one_message(workspace: Workspace, lamp: Lamp, session: aiohttp.ClientSession) -> None:
    keys = [await uploaded(lamp, session, name) for name in ("radar.png", "heatmap.png", "result.csv")]
    await lamp.client.files_completeUploadExternal(
        files=[{"id": each, "title": None} for each in keys], channel_id=FRAUD
    )
    await workspace.quiet()
    seen = workspace.person("Ana").last(FRAUD)
    assert [each["id"] for each in seen.files] == keys
    assert seen.text == "radar.png\nheatmap.png\nresult.csv"


async def test_a_file_without_a_channel_is_kept_and_shared_nowhere(
    workspace: Workspace, lamp: Lamp, session: aiohttp.ClientSession
) -> None:
    key = await uploaded(lamp, session)
    await lamp.client.files_completeUploadExternal(files=[{"id": key, "title": "A"}])
    await workspace.quiet()
    assert all(not seen.files for seen in workspace.person("Ana").sees())
    assert (await lamp.client.files_info(file=key))["file"]["title"] == "A"


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        (PICTURE, 200, f"OK - {len(PICTURE)}"),
        (PICTURE + b"!", 400, f"expected {len(PICTURE)} bytes, got {len(PICTURE) + 1}"),
        (b"", 400, f"expected {len(PICTURE)} bytes, got 0"),
    ],
)
async def test_exactly_the_announced_bytes_are_taken_raw_and_without_a_token(
    lamp: Lamp, session: aiohttp.ClientSession, sent: bytes, status: int, told: str
) -> None:
    _, url = await announced(lamp)
    answer = await session.post(url, data=sent, headers={"Content-Type": "application/octet-stream"})
    assert (answer.status, await answer.text()) == (status, told)


async def test_a_form_with_a_file_is_taken_too(
    workspace: Workspace, lamp: Lamp, session: aiohttp.ClientSession
) -> None:
    key, url = await announced(lamp)
    form = aiohttp.FormData()
    form.add_field("filename", "radar.png")
    form.add_field("file", PICTURE, filename="radar.png", content_type="image/png")
    assert (await session.post(url, data=form)).status == 200
    assert workspace.file_content(key) == PICTURE


async def test_a_large_file_is_taken_whole(workspace: Workspace, lamp: Lamp, session: aiohttp.ClientSession) -> None:
    large = bytes(range(256)) * 20_000  # 5 MB
    key, url = await announced(lamp, large)
    assert (await session.post(url, data=io.BytesIO(large))).status == 200
    assert workspace.file_content(key) == large


async def test_an_upload_url_serves_once(lamp: Lamp, session: aiohttp.ClientSession) -> None:
    _, url = await announced(lamp)
    assert (await session.post(url, data=PICTURE)).status == 200
    assert (await session.post(url, data=PICTURE)).status == 400
    assert (await session.post(url[:-3] + "xyz", data=PICTURE)).status == 400


async def test_only_a_file_that_was_uploaded_can_be_completed_and_only_once(
    lamp: Lamp, session: aiohttp.ClientSession
) -> None:
    never, _ = await announced(lamp)
    once = await uploaded(lamp, session)
    for key, error in ((never, "file_not_found"), ("F404", "file_not_found"), (once, ""), (once, "file_not_found")):
        args: dict[str, Any] = {"files": [{"id": key, "title": "A"}], "channel_id": FRAUD}
        if error:
            assert (await lamp.refusal("files.completeUploadExternal", **args))["error"] == error
        else:
            await lamp.client.files_completeUploadExternal(**args)


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel_id": "C404"}, "channel_not_found"),
        ({"channel_id": PRIVATE}, "channel_not_found"),
        ({"channel_id": "U0000000ANA"}, "channel_not_found"),
        ({"channel_id": CHURN}, "not_in_channel"),
        ({"channel_id": FRAUD, "thread_ts": "soon"}, "invalid_arguments"),
        ({"channel_id": FRAUD, "blocks": [{"type": "hologram"}]}, "invalid_blocks"),
        ({"files": []}, "invalid_arguments"),
        ({"files": [{"title": "A"}]}, "invalid_arguments"),
        ({"files": "[{"}, "invalid_arguments"),
        ({"channels": FRAUD}, "invalid_arguments"),
    ],
)
async def test_what_slack_would_not_complete_is_refused_and_can_be_tried_again(
    workspace: Workspace, lamp: Lamp, session: aiohttp.ClientSession, args: dict[str, Any], error: str
) -> None:
    key = await uploaded(lamp, session)
    right: dict[str, Any] = {"files": [{"id": key, "title": "A"}]}
    assert (await lamp.refusal("files.completeUploadExternal", **{**right, **args}))["error"] == error
    await lamp.client.files_completeUploadExternal(**right, channel_id=FRAUD)
    await workspace.quiet()
    assert workspace.person("Ana").last(FRAUD).files[0]["id"] == key


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"filename": "a.png", "length": 0}, "missing_argument"),
        ({"filename": "a.png", "length": "many"}, "invalid_arguments"),
        ({"length": 3}, "invalid_arguments"),
        ({"filename": "a.png", "length": 3, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
        ({"filename": "a.png", "length": 2_000_000_000}, "file_upload_size_restricted"),
    ],
)
async def test_what_slack_would_not_take_gets_no_upload_url(lamp: Lamp, args: dict[str, Any], error: str) -> None:
    assert (await lamp.refusal("files.getUploadURLExternal", **args))["error"] == error


async def test_an_archived_channel_takes_no_files(
    workspace: Workspace, lamp: Lamp, session: aiohttp.ClientSession
) -> None:
    key = await uploaded(lamp, session)
    workspace.archive("demand-forecast")
    args = {"files": [{"id": key}], "channel_id": DEMAND}
    assert (await lamp.refusal("files.completeUploadExternal", **args))["error"] == "posting_to_channel_denied"


async def test_the_upload_needs_its_scope() -> None:
    async with Workspace.serve(manifest()) as workspace:
        refused = await Lamp(workspace).refusal("files.getUploadURLExternal", filename="a", length=1)
    assert (refused["error"], refused["needed"]) == ("missing_scope", "files:write")


async def test_a_picture_is_shown_and_everything_else_only_downloaded(
    workspace: Workspace, lamp: Lamp, session: aiohttp.ClientSession
) -> None:
    expected = {
        "radar.png": ("image/png", "inline"),
        "result.html": ("text/html; charset=utf-8", "attachment"),
        "drawing.svg": ("image/svg+xml", "attachment"),
        "tasks.md": ("text/markdown; charset=utf-8", "attachment"),
        "Übersicht ü.csv": ("text/csv; charset=utf-8", "attachment"),
        "whatever": ("application/octet-stream", "attachment"),
    }
    for name, (kind, place) in expected.items():
        file = await shared(workspace, lamp.client, filename=name)
        answer = await session.get(file["url_private"])
        download = await session.get(file["url_private_download"])
        assert (answer.status, await answer.read()) == (200, PICTURE)
        assert (answer.headers["Content-Type"], answer.headers["Content-Disposition"].split(";")[0]) == (kind, place)
        assert download.headers["Content-Disposition"].startswith("attachment; ")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert (await session.get(file["permalink"])).content_disposition.filename == name  # type: ignore[union-attr]


async def test_a_file_that_is_not_there_is_not_found(workspace: Workspace, session: aiohttp.ClientSession) -> None:
    for path in ("files-pri/T00LAKESIDE-F404/a.png", "files/U0/F404/a.png", "files-pri/T0-F..%2Fworkspace.json/a"):
        assert (await session.get(workspace.url + path)).status == 404
    with pytest.raises(LookupError, match="F404"):
        workspace.file_content("F404")


async def test_files_survive_a_restart_and_those_that_wait_are_shared_first(tmp_path: Path) -> None:
    async with Workspace.serve(FILING, tmp_path) as first:
        client = AsyncWebClient(token=first.bot_token, base_url=first.api_url)
        await client.files_upload_v2(filename="radar.png", content=PICTURE, channel=FRAUD)
    async with Workspace.serve(FILING, tmp_path) as second:
        file = second.person("Ana").last(FRAUD).files[0]
        assert second.file_content(file["id"]) == PICTURE
    assert (tmp_path / "files" / file["id"]).read_bytes() == PICTURE


async def test_a_deleted_file_leaves_its_message_only_where_something_else_stands_in_it(
    workspace: Workspace, lamp: Lamp
) -> None:
    ana = workspace.person("Ana")
    bare = await shared(workspace, lamp.client)
    await lamp.client.files_delete(file=bare["id"])
    assert all(not seen.files for seen in ana.sees(FRAUD))
    worded = await shared(workspace, lamp.client, initial_comment="Your result")
    await lamp.client.files_delete(file=worded["id"])
    assert ana.last(FRAUD).files == [{"id": worded["id"], "mode": "tombstone"}]
    assert ana.last(FRAUD).text == "Your result"
    for key in (bare["id"], worded["id"]):
        assert (await lamp.refusal("files.info", file=key))["error"] == "file_not_found"
        with pytest.raises(LookupError):
            workspace.file_content(key)


async def test_the_file_of_a_person_is_theirs(workspace: Workspace, lamp: Lamp) -> None:
    seen = await workspace.person("Ben").shares("plan.pdf", "our plan", content=b"%PDF")
    key = seen.files[0]["id"]
    assert (seen.text, seen.files[0]["size"], workspace.file_content(key)) == ("our plan\nplan.pdf", 4, b"%PDF")
    assert (await lamp.refusal("files.delete", file=key))["error"] == "cant_delete_file"
    with pytest.raises(ActRefused, match="thread is gone"):
        await workspace.person("Ben").shares("plan.pdf", thread="1764000000.000001")


@pytest.mark.parametrize(
    ("method", "stands"), [("files.getUploadURLExternal", False), ("files.completeUploadExternal", True)]
)
async def test_an_answer_that_gets_lost_may_have_taken_effect(
    workspace: Workspace, lamp: Lamp, method: str, *, stands: bool
) -> None:
    workspace.weather.drop(method)
    lamp.client.retry_handlers.clear()
    with pytest.raises(aiohttp.ClientError):
        await lamp.client.files_upload_v2(filename="radar.png", content=PICTURE, channel=FRAUD)
    await workspace.quiet()
    assert bool(workspace.person("Ana").last(FRAUD).files) is stands


async def test_bad_weather_meets_the_upload_url_as_well(
    workspace: Workspace, lamp: Lamp, session: aiohttp.ClientSession
) -> None:
    _, url = await announced(lamp)
    workspace.weather.storm("upload", retry_after=9)
    stormy = await session.post(url, data=PICTURE)
    assert (stormy.status, stormy.headers["Retry-After"]) == (429, "9")
    workspace.weather.break_down("upload")
    assert (await session.post(url, data=PICTURE)).status == 500
    workspace.weather.drop("upload", after=False)
    with pytest.raises(aiohttp.ClientError):
        await session.post(url, data=PICTURE)
    await workspace.weather.outage()
    with pytest.raises(aiohttp.ClientError):
        await session.post(url, data=PICTURE)
    workspace.weather.back()
    assert (await session.post(url, data=PICTURE)).status == 200


async def test_hooks_see_the_upload(workspace: Workspace, lamp: Lamp) -> None:
    seen: list[tuple[str, int]] = []

    async def look(method: str, args: dict[str, Any], _: dict[str, Any]) -> None:
        if method == "upload":
            seen.append((method, args["length"]))
            raise DropConnection

    workspace.before_reply = look
    lamp.client.retry_handlers.clear()
    with pytest.raises((aiohttp.ClientError, SlackRequestError)):
        await lamp.client.files_upload_v2(filename="radar.png", content=PICTURE, channel=FRAUD)
    assert seen == [("upload", len(PICTURE))]
    assert [call.method for call in workspace.api_calls][-1] == "upload"


async def test_the_limits_of_slack_hold_for_uploads(workspace: Workspace, lamp: Lamp) -> None:
    workspace.weather.throttle()
    for _ in range(100):
        await announced(lamp)
    with pytest.raises(SlackApiError) as refused:
        await announced(lamp)
    assert refused.value.response["error"] == "ratelimited"
