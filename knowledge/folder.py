"""A content folder as raw records: which files are read, and how a company's overlay changes the base.

An overlay has the same layout and may be partial. A record with a new id is added; one with a known id
replaces the fields it names and leaves the others as they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from knowledge.yaml_files import YamlFile, read_yaml

Kind = Literal["practices", "sources", "facts", "capabilities", "tools", "answers", "families", "pages", "declined"]
# Lists of records under one key, in one or more files: where they are, and the field that names a record.
LISTS: dict[Kind, tuple[str, str]] = {
    "practices": ("models/practices/*.yml", "id"),
    "sources": ("sources*.yml", "key"),
    "facts": ("facts.yml", "key"),
    "answers": ("answers/*.yml", "id"),
    "families": ("asking/families*.yml", "topic"),
    "pages": ("asking/pages*.yml", "topic"),
    "declined": ("asking/declined*.yml", "kind"),
}
# One record per file; the file's name is the record's slug.
ONE_PER_FILE: dict[Kind, str] = {"capabilities": "capabilities/*.yml", "tools": "tools/*.yml"}
SINGLES = ("models/microsoft.yml", "models/google.yml", "target.yml", "thresholds.yml", "asking/words.yml")
_NAMES = ("id", "key", "number")  # the fields that tell records of a nested list apart


@dataclass(frozen=True)
class Raw:
    """One record before validation, and the file each of its fields comes from."""

    data: Mapping[str, object]
    file: str
    path: str = ""  # where the record stands in its file, such as "practices.M1-C-2"
    origins: Mapping[str, str] = field(default_factory=dict)

    def file_of(self, name: str) -> str:
        """Name the file that a field was last written in."""
        return self.origins.get(name, self.file)


@dataclass
class Folder:
    """All raw records of a folder, by kind and id, and every problem met while reading them."""

    records: dict[Kind, dict[str, Raw]] = field(default_factory=dict)
    singles: dict[str, Raw] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    files: list[YamlFile] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)  # files that may hold more records than could be read


def read_folder(root: Path) -> Folder:
    """Read every content file under `root`; nothing is validated beyond its being a record with an id."""
    folder = Folder()
    for kind, (pattern, name) in LISTS.items():
        folder.records[kind] = _read_lists(folder, root, pattern, kind, name)
    for kind, pattern in ONE_PER_FILE.items():
        folder.records[kind] = {}
        for file, data in _read(folder, root, pattern):
            folder.records[kind][Path(file).stem] = Raw(data, file)
    for single in SINGLES:
        for file, data in _read(folder, root, single):
            folder.singles[single] = Raw(data, file)
    return folder


def missing_files(folder: Folder) -> list[str]:
    """List what a complete folder must have and this one has not, one problem each."""
    names = [file.name for file in folder.files]
    return [
        f"{pattern}: file: is missing; add it"
        for pattern in _patterns()
        if not any(fnmatchcase(name, pattern) for name in names)
    ]


def stray_files(root: Path) -> list[str]:
    """YAML files of an overlay that nothing reads, so that a misspelt folder does not go unnoticed."""
    known = {path for pattern in _patterns() for path in root.glob(pattern)}
    found = sorted(path for path in root.rglob("*.y*ml") if path.is_file() and path not in known)
    names = [path.relative_to(root) for path in found]
    return [
        f"{name.as_posix()}: file: is read by nothing; content stands in {', '.join(_patterns())}"
        for name in names
        if not any(part.startswith(".") for part in name.parts)
    ]


def is_of_kind(file: str, kind: Kind) -> bool:
    """Whether a file, named relative to its folder, holds records of this kind."""
    return fnmatchcase(file, LISTS[kind][0] if kind in LISTS else ONE_PER_FILE[kind])


def _patterns() -> list[str]:
    return [*(pattern for pattern, _ in LISTS.values()), *ONE_PER_FILE.values(), *SINGLES]


def lay_over(base: Folder, overlay: Folder) -> Folder:
    """Give the base with the overlay's records added, and its fields in the place of the base's."""
    merged = Folder(
        problems=base.problems + overlay.problems,
        files=base.files + overlay.files,
        unreadable=base.unreadable | overlay.unreadable,
    )
    for kind, records in base.records.items():
        merged.records[kind] = dict(records)
        for name, raw in overlay.records[kind].items():
            merged.records[kind][name] = _override(records[name], raw) if name in records else raw
    merged.singles = dict(base.singles)
    for single, raw in overlay.singles.items():
        merged.singles[single] = _override(base.singles[single], raw) if single in base.singles else raw
    return merged


def _read(folder: Folder, root: Path, pattern: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    for path in sorted(root.glob(pattern)):
        file = read_yaml(path, path.relative_to(root).as_posix())
        folder.files.append(file)
        folder.problems += file.problems
        if isinstance(file.data, dict):
            yield file.name, file.data
            continue
        folder.unreadable.add(file.name)
        if not file.problems:
            folder.problems.append(f"{file.name}: file: must hold keys and values; see the other files like it")


def _read_lists(folder: Folder, root: Path, pattern: str, key: Kind, name: str) -> dict[str, Raw]:
    records: dict[str, Raw] = {}
    for file, data in _read(folder, root, pattern):
        items = data.get(key)
        folder.problems += [f"{file}: {other}: is unknown here; move it below {key}" for other in data if other != key]
        if not isinstance(items, tuple):
            folder.unreadable.add(file)
            folder.problems.append(f"{file}: {key}: must be a list of records; add it")
            continue
        for place, item in enumerate(items, start=1):
            found = item.get(name) if isinstance(item, dict) else None
            if not isinstance(found, str):
                folder.unreadable.add(file)
                folder.problems.append(f"{file}: {key}[{place}]: needs the field {name} as text; add it")
            elif found in records:
                other = records[found].file
                folder.problems.append(f"{file}: {key}.{found}: stands already in {other}; keep one")
            else:
                records[found] = Raw(item, file, f"{key}.{found}")
    return records


def _override(base: Raw, over: Raw) -> Raw:
    data = dict(base.data)
    for name, value in over.data.items():
        data[name] = _merged(data.get(name), value)
    return Raw(data, base.file, base.path, {**base.origins, **dict.fromkeys(over.data, over.file)})


def _merged(base: object, over: object) -> object:
    """Merge lists of named records record by record; replace everything else."""
    named = _by_name(base), _by_name(over)
    if not named[0] or not named[1]:
        return over
    merged = dict(named[0])
    for name, record in named[1].items():
        merged[name] = {**merged.get(name, {}), **record}
    return tuple(merged.values())


def _by_name(value: object) -> dict[object, dict[str, object]]:
    if not isinstance(value, tuple) or not all(isinstance(item, dict) for item in value):
        return {}
    named = {next((item[name] for name in _NAMES if name in item), None): item for item in value}
    return {} if None in named or len(named) != len(value) else named
