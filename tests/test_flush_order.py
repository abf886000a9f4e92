"""Power may fail at any moment: what is acknowledged was flushed to the disk before, as the kernel saw it."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from chaos.scene import Plan, Scene

TRACED = "trace=fdatasync,fsync,sendto,recvfrom"
_CALL = re.compile(r"(\d+) +(?:<\.\.\. )?(fdatasync|fsync|sendto|recvfrom)(?:\((\d+)<([^>]*)>)?(.*)")
_TAKEN = re.compile(r'"envelope_id": "(\w+)", "type": "(interactive|slash_commands)"')
_ACKNOWLEDGED = re.compile(r'"envelope_id": ?"(\w+)"')


def _bytes(text: str) -> bytes:
    """What strace wrote as hexadecimal; other text stays as it is."""
    plain = re.fullmatch(r"(?:\\x[0-9a-f]{2})*", text) is None
    return text.encode() if plain else bytes.fromhex(text.replace("\\x", ""))


class Step(NamedTuple):
    """What the kernel was asked for: an envelope came in, an acknowledgement went out, or the log was flushed."""

    kind: str
    envelope: str = ""


def may_trace() -> bool:
    strace = shutil.which("strace")
    return strace is not None and subprocess.run([strace, "true"], capture_output=True, check=False).returncode == 0  # noqa: S603 - found above


def unmasked(frame: bytes) -> str:
    """The text of a small frame from a WebSocket's client, which masks it; empty for anything else."""
    if len(frame) < 6 or frame[0] != 0x81:
        return ""
    at = 4 if frame[1] & 0x7F == 126 else 2
    mask, masked = frame[at : at + 4], frame[at + 4 :]
    return bytes(byte ^ mask[place % 4] for place, byte in enumerate(masked)).decode(errors="replace")


def steps(trace: str) -> Iterator[Step]:
    """Read a trace in the order in which calls ended; only flushes of the write-ahead log count."""
    open_files: dict[str, str] = {}
    for line in trace.splitlines():
        if (found := _CALL.match(line)) is None:
            continue
        thread, call, _, file, rest = found.groups()
        file = _bytes(file).decode() if file else open_files.get(thread, "")
        open_files[thread] = file
        data = b"".join(_bytes(text) for text in re.findall(r'"([^"]*)"', rest))
        if call in ("fdatasync", "fsync") and file.endswith("-wal") and rest.endswith("= 0"):
            yield Step("flushed")
        elif call == "recvfrom":
            yield from (Step("came", envelope) for envelope, _ in _TAKEN.findall(data.decode(errors="replace")))
        elif call == "sendto":
            yield from (Step("acknowledged", envelope) for envelope in _ACKNOWLEDGED.findall(unmasked(data)))


def without_flush(taken: list[Step]) -> list[str]:
    """The envelopes that were acknowledged although nothing was flushed since they came in."""
    came: dict[str, int] = {}
    flushes, early = 0, []
    for step in taken:
        if step.kind == "flushed":
            flushes += 1
        elif step.kind == "came":
            came[step.envelope] = flushes
        elif came.get(step.envelope, -1) == flushes:
            early.append(step.envelope)
    return early


@pytest.mark.skipif(not may_trace(), reason="no strace here, or it may not trace: the order of flushes is not observed")
async def test_every_click_and_command_is_acknowledged_after_its_flush(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    tracer = ("strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", "8192", "-e", TRACED, "-o", str(trace))
    result = await Scene(tmp_path, Plan(short=True), under=tracer).play()

    taken = list(steps(trace.read_text(encoding="ascii")))
    acknowledged = {step.envelope for step in taken if step.kind == "acknowledged"}
    clicked = {step.envelope for step in taken if step.kind == "came"}

    assert result.problems == []
    assert len(clicked & acknowledged) >= 5
    assert clicked <= acknowledged
    assert without_flush(taken) == []
