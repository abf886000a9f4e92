"""files.*: the upload in three steps (the second one is in uploads.py), looking one up, and deleting it."""

from collections.abc import Callable

from bot.sandbox.block_defaults import completed
from bot.sandbox.blocks_check import check_message
from bot.sandbox.errors import ApiError
from bot.sandbox.files import described, in_message, places_of, share_noted, unshared
from bot.sandbox.hub import Hub
from bot.sandbox.lookups import channel_seen_by_bot
from bot.sandbox.payload import Payload, copied
from bot.sandbox.state import Channel
from bot.sandbox.timestamps import fresh_id, is_ts

MOST_ALT = 1000  # characters
MOST_BYTES = 1_000_000_000


def upload_url(hub: Hub, args: Payload) -> Payload:
    """Give the URL that a file of this name and length is to be posted to, and the file's id."""
    if args["length"] < 1:
        raise ApiError("missing_argument", "[ERROR] length must be at least 1")
    if args["length"] > MOST_BYTES:
        raise ApiError("file_upload_size_restricted")
    alt_txt = args.get("alt_txt", "")
    if len(alt_txt) > MOST_ALT:
        raise ApiError("alt_txt_too_large")
    key = fresh_id("F")
    return {
        "upload_url": hub.url + hub.uploads.announce(key, args["filename"], args["length"], alt_txt),
        "file_id": key,
    }


def complete(hub: Hub, args: Payload) -> Payload:
    """Finish uploads and share them, if a channel is given, in one message; the message comes a moment later."""
    titles = _titles(args["files"])
    for key in titles:
        if hub.uploads.waiting(key) is None:
            raise ApiError("file_not_found")
    channel = _channel(hub, args.get("channel_id"))
    thread_ts, blocks = _thread(hub, channel, args.get("thread_ts")), args.get("blocks")
    if blocks is not None:
        check_message(None, blocks)
    files = [_finished(hub, key, title) for key, title in titles.items()]
    hub.changed()
    if channel is not None:
        place, text, shown = channel, args.get("initial_comment", ""), completed(blocks or [])
        hub.sharing.soon(lambda: _share(hub, place, files, text, shown, thread_ts))
    return {"files": [unshared(each) for each in files]}


def info(hub: Hub, args: Payload) -> Payload:
    """Describe a file and say where it stands."""
    file = _known(hub, args["file"])
    return {"file": copied(file), "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(hub: Hub, args: Payload) -> Payload:
    """Delete one of the bot's files; a message that held nothing else goes with it."""
    file = _known(hub, args["file"])
    if file["user"] != hub.state.bot_user:
        raise ApiError("cant_delete_file")
    del hub.state.files[file["id"]]
    hub.file_store.drop(file["id"])
    for channel_id, ts in places_of(file):
        _take_out(hub, hub.state.channels[channel_id], ts, file["id"])
    hub.changed()
    return {}


def _titles(files: object) -> dict[str, str]:
    """Read `files`, [{id, title}], as a title by id."""
    if not isinstance(files, list) or not files:
        raise ApiError("invalid_arguments", "[ERROR] must be a list that is not empty [json-pointer:/files]")
    titles: dict[str, str] = {}
    for index, file in enumerate(files):
        if not isinstance(file, dict) or not isinstance(file.get("id"), str) or file.keys() - _OF_FILE:
            raise ApiError("invalid_arguments", f"[ERROR] must be {{id, title}} [json-pointer:/files/{index}]")
        titles[file["id"]] = str(file.get("title") or "")
    return titles


def _channel(hub: Hub, channel_id: str | None) -> Channel | None:
    """Give the channel to share in: the bot must be there, whatever it may write elsewhere."""
    if not channel_id:
        return None
    channel = channel_seen_by_bot(hub, channel_id)
    if not hub.state.bot_in(channel):
        raise ApiError("not_in_channel")
    if channel.archived:
        raise ApiError("posting_to_channel_denied")
    return channel


def _thread(hub: Hub, channel: Channel | None, thread_ts: str | None) -> str | None:
    if thread_ts is None or channel is None:
        return None
    if not is_ts(thread_ts):
        raise ApiError("invalid_arguments", "[ERROR] must be a timestamp [json-pointer:/thread_ts]")
    parent = hub.state.in_channel(channel.id).get(thread_ts)
    if parent and parent.get("thread_ts", thread_ts) != thread_ts:
        raise ApiError("invalid_arguments", "[ERROR] thread_ts is a reply: give its parent's ts")
    return thread_ts


def _finished(hub: Hub, key: str, title: str) -> Payload:
    announced = hub.uploads.waiting(key)
    if announced is None:
        raise ApiError("file_not_found")
    file = described(
        hub.state,
        hub.stamps,
        hub.url,
        hub.state.bot_user,
        announced.name,
        key=key,
        title=title,
        alt_txt=announced.alt_txt,
        size=announced.length,
    )
    file["is_public"] = False
    hub.state.files[key] = file
    hub.uploads.completed(key)
    return file


def _share(
    hub: Hub, channel: Channel, files: list[Payload], text: str, blocks: list[Payload], thread_ts: str | None
) -> None:
    for file in files:
        file["is_public"] = channel.kind == "channel"
    shown = [in_message(each) for each in files]
    message = hub.posting.by_bot(channel, text, blocks, thread_ts, files=shown)
    for file in files:
        share_noted(file, channel, message)
    hub.changed()


def _known(hub: Hub, key: str) -> Payload:
    if key not in hub.state.files:
        raise ApiError("file_not_found")
    return hub.state.files[key]


def _take_out(hub: Hub, channel: Channel, ts: str, key: str) -> None:
    message = hub.state.in_channel(channel.id).get(ts)
    if message is None or not message.get("files"):
        return
    left = [each for each in message["files"] if each["id"] != key]
    if not left and not message["text"] and not message.get("blocks"):
        hub.posting.remove(channel, ts)
    else:
        gone = {"id": key, "mode": "tombstone"}
        files = [gone if each["id"] == key else each for each in message["files"]]
        hub.posting.change(channel, ts, {"files": files}, hub.state.bot_id)


_OF_FILE = frozenset({"id", "title", "highlight_type"})
FILE_METHODS: dict[str, Callable[[Hub, Payload], Payload]] = {
    "files.completeUploadExternal": complete,
    "files.delete": delete,
    "files.getUploadURLExternal": upload_url,
    "files.info": info,
}
