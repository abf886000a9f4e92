"""Reads one YAML file into plain data, or into problems that name the file and the line.

Lists become tuples, so that the content models can be validated strictly (no silent conversion of types).
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

# The C loader reads the whole content about eight times faster; not every build of PyYAML has it.
_Base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT = "tag:yaml.org,2002:str"
_TRUE_FALSE = "tag:yaml.org,2002:bool"


class _Loader(_Base):  # type: ignore[valid-type, misc]  # the base is chosen when the module is imported
    """The safe loader, with lists read as tuples."""


def _as_tuple(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> tuple[object, ...]:
    return tuple(loader.construct_sequence(node, deep=True))


_Loader.add_constructor("tag:yaml.org,2002:seq", _as_tuple)


@dataclass(frozen=True)
class YamlFile:
    """What one file held: its data (None when unreadable), its bytes, and what is wrong with it."""

    name: str  # relative to the content folder, with forward slashes
    data: object
    raw: bytes
    problems: tuple[str, ...] = ()


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read `path`; every problem is one line, `name: line N: what to do`. Never raises for bad content."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return YamlFile(name, None, b"", (f"{name}: file: cannot be read ({error.strerror}); check its rights",))
    try:
        return _parse(name, raw)
    except yaml.YAMLError as error:
        return YamlFile(name, None, raw, (f"{name}: {_where(error)}: {_what(error)}",))
    except UnicodeDecodeError:
        return YamlFile(name, None, raw, (f"{name}: file: is not UTF-8 text; save it as UTF-8",))
    except ValueError as error:  # a value that looks like a date and is none, such as 2026-13-01
        return YamlFile(name, None, raw, (f"{name}: file: holds an impossible value ({error}); correct it",))
    except (AttributeError, IndexError, KeyError, TypeError):  # a value that does not fit its tag: !!bool maybe
        return YamlFile(name, None, raw, (f"{name}: file: holds a value that does not fit its tag; correct it",))
    except RecursionError:
        return YamlFile(name, None, raw, (f"{name}: file: is nested too deeply; flatten it",))


def _parse(name: str, raw: bytes) -> YamlFile:
    loader = _Loader(raw.decode("utf-8-sig"))
    try:
        node = loader.get_single_node()
        problems = [f"{name}: {problem}" for problem in _key_problems(node, set())] if node else []
        data = loader.construct_document(node) if node else None
    finally:
        loader.dispose()
    if data is None:
        problems.append(f"{name}: file: is empty; fill it or remove it")
    return YamlFile(name, data, raw, tuple(problems))


def _key_problems(node: yaml.Node, seen: set[int]) -> list[str]:
    """Keys that stand twice, and keys that YAML takes for something else than text, in a whole file."""
    if id(node) in seen:  # an alias points back to a node already checked
        return []
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [problem for item in node.value for problem in _key_problems(item, seen)]
    if not isinstance(node, yaml.MappingNode):
        return []
    problems: list[str] = []
    first: dict[str, int] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        problems += _one_key(key, line, first)
        problems += _key_problems(value, seen)
    return problems


def _one_key(key: yaml.Node, line: int, first: dict[str, int]) -> list[str]:
    if not isinstance(key, yaml.ScalarNode):
        return [f"line {line}: a key must be one word of text; rewrite it"]
    if key.tag == _TRUE_FALSE:
        return [f"line {line}: the bare key {key.value} means true or false in YAML; put it in quotes"]
    if key.tag != _TEXT:
        return [f"line {line}: the key {key.value} is not text; put it in quotes"]
    if key.value in first:
        return [f"line {line}: the key {key.value} already stands in line {first[key.value]}; keep one"]
    first[key.value] = line
    return []


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return f"line {mark.line + 1}" if mark else "file"


def _what(error: yaml.YAMLError) -> str:
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "the text cannot be parsed"
    return f"is not valid YAML ({said}); correct it"
