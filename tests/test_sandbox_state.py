"""What outlives a restart of the local workspace, and how it starts."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import NotAcknowledged, PortBusy, Workspace, WorkspaceFileError
from bot.sandbox.seed import default_state
from bot.sandbox.slack_text import rich_text, typed
from bot.sandbox.timestamps import Timestamps
from lamp import FRAUD, lamp_in, manifest


async def test_the_workspace_is_found_again_after_a_restart(tmp_path: Path) -> None:
    async with Workspace.serve(manifest(), tmp_path) as first, lamp_in(first) as lamp:
        await first.person("Ben").invites("ml-platform-private")
        root = await first.person("Ana").says("still here tomorrow")
        await lamp.client.chat_postMessage(channel=FRAUD, text="so am I", thread_ts=root.ts)
    async with Workspace.serve(manifest(), tmp_path) as second:
        assert second.state.as_json() == first.state.as_json()
        assert [seen.text for seen in second.person("Ana").sees(FRAUD)][-2:] == ["still here tomorrow", "so am I"]
    assert _names(tmp_path) == ["workspace.json"]


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_an_unreadable_file_is_named_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "workspace.json").write_text("{", encoding="utf-8")
    with pytest.raises(WorkspaceFileError, match=r"workspace\.json cannot be read .* move it away"):
        Workspace(manifest(), tmp_path)


async def test_a_busy_port_is_told() -> None:
    async with Workspace.serve(manifest()) as workspace:
        port = int(workspace.url.rsplit(":", 1)[1].rstrip("/"))
        with pytest.raises(PortBusy, match=f"Port {port} is in use"):
            await Workspace(manifest(), port=port).start()


async def test_without_an_app_nothing_is_acknowledged() -> None:
    async with Workspace.serve(manifest(), ack_limit=0.1) as workspace:
        with pytest.raises(NotAcknowledged):
            await workspace.person("Ana").commands("/lamp")


@given(st.text())
def test_whatever_is_typed_reads_the_same_in_rich_text(text: str) -> None:
    state = default_state(Timestamps(lambda: 1.0))
    message = {"text": typed(text, state, "Lantern"), "ts": "1764000000.000100"}
    parts = rich_text(message)["elements"][0]["elements"]
    read = "".join(each.get("text", "@") for each in parts)
    assert "<" not in message["text"].replace("<@U", "").replace("<#C", "")
    if "@" not in text and "#" not in text:
        assert read == text
