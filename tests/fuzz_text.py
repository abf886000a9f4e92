"""Ways of spoiling a YAML file: by its bytes, by its lines, and by what it holds."""

from collections.abc import Callable
from typing import Any

import yaml
from hypothesis import strategies as st

Spoil = Callable[[bytes], bytes]
JUNK: tuple[Any, ...] = (
    None, "", 0, -1, 10**30, 1.5, True, [], {}, [None], [[]], [{}], {"id": "x"}, {"": ""}, "nobody", "X" * 5000,
    "\u202e", {"fact": "stage"}, {"any_of": []}, [{"id": 1}], "2026-11-20", "{nobody}", "{", "[", "(?P<number>",
)  # fmt: skip
_TAILS = (
    b"\xff\xfe\x00", b"\x00", b"\xc3", b"\n---\na: 1\n", b"\n\ttab: 1\n", b"\n&a [*a]\n", b"\n? [a]\n: b\n", b"'",
    b"\n}", b"\nx: !!python/object:os.system x\n", b"\nx: !!int abc\n", b"\nx: 2026-13-45\n", b"\nx: &x\n  <<: *x\n",
    b"\n<<: 1\n",
    b"\n" + b"[" * 3000, b"\nx: .inf\nx: .nan\n", b"\nno: 1\n", b"\n1: 1\n", b"\nx: !!binary \xff\n", b"\nx: 0o8\n",
)  # fmt: skip


def _place(share: float, size: int) -> int:
    return min(int(share * size), max(0, size - 1))


def _byte(share: float, byte: int) -> Spoil:
    def spoil(raw: bytes) -> bytes:
        at = _place(share, len(raw))
        return raw[:at] + bytes([byte]) + raw[at + 1 :]

    return spoil


def _cut(share: float) -> Spoil:
    return lambda raw: raw[: int(share * len(raw))]


def _tail(tail: bytes) -> Spoil:
    return lambda raw: raw + tail


def _lines(share: float, change: Callable[[bytes], list[bytes]]) -> Spoil:
    """Put other lines in the place of one."""

    def spoil(raw: bytes) -> bytes:
        lines = raw.split(b"\n")
        at = _place(share, len(lines))
        return b"\n".join([*lines[:at], *change(lines[at]), *lines[at + 1 :]])

    return spoil


_LINES: tuple[Callable[[bytes], list[bytes]], ...] = (
    lambda _: [],
    lambda line: [line, line],
    lambda line: [b" " + line],
    lambda line: [line.lstrip()],
    lambda line: [b"\t" + line],
    lambda line: [line.replace(b":", b"", 1)],
    lambda line: [line.partition(b":")[0] + b":"],
    lambda line: [line.partition(b":")[0] + b": yes"],
    lambda line: [line.partition(b":")[0] + b": 99999999999999999999"],
    lambda line: [line.partition(b":")[0] + b": {a: [1, {b: ~}]}"],
    lambda line: [line.partition(b":")[0] + b": '"],
    lambda line: [line.replace(b"- ", b"", 1)],
    lambda line: [line.upper()],
)


def _inside(share: float, change: Callable[[Any, Any], None]) -> Spoil:
    """Change one place of what the file holds, where it can be read at all."""

    def spoil(raw: bytes) -> bytes:
        try:
            data = yaml.safe_load(raw)
        except (yaml.YAMLError, ValueError, TypeError, AttributeError, RecursionError):
            return raw
        places = list(_places(data))
        if not places:
            return raw
        change(*places[_place(share, len(places))])
        return yaml.safe_dump(data, sort_keys=False, allow_unicode=True).encode("utf-8", "replace")

    return spoil


def _places(value: Any, depth: int = 0) -> Any:
    """Every place in nested data: what holds it, and under which key."""
    if depth > 30:
        return
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key], depth + 1)


def _replaced(junk: Any) -> Callable[[Any, Any], None]:
    def change(holder: Any, key: Any) -> None:
        holder[key] = junk

    return change


def _dropped(holder: Any, key: Any) -> None:
    del holder[key]


def _renamed(holder: Any, key: Any) -> None:
    if isinstance(holder, dict):
        holder[f"{key}s"] = holder.pop(key)


def _doubled(holder: Any, key: Any) -> None:
    if isinstance(holder, list):
        holder.append(holder[key])


_shares = st.floats(0, 1)
_one = st.one_of(
    st.builds(_byte, _shares, st.integers(0, 255)),
    st.builds(_cut, _shares),
    st.builds(_tail, st.sampled_from(_TAILS)),
    st.builds(_lines, _shares, st.sampled_from(_LINES)),
    st.builds(_lines, _shares, st.sampled_from(_LINES)),
    st.builds(_inside, _shares, st.sampled_from(JUNK).map(_replaced)),
    st.builds(_inside, _shares, st.sampled_from(JUNK).map(_replaced)),
    st.builds(_inside, _shares, st.sampled_from((_dropped, _renamed, _doubled))),
)
spoilings: st.SearchStrategy[list[Spoil]] = st.lists(_one, min_size=1, max_size=2)
