"""Every record that is valid by itself, and the two questions all cross-checks ask of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge.asking_content import Declined, Entry, Family, PageOf, WordsFile
from knowledge.content import (
    Capability,
    Fact,
    MaturityModel,
    Practice,
    Source,
    TargetRules,
    Thresholds,
    Tool,
)
from knowledge.folder import Kind, Raw

Found = tuple[str, str, str]  # file, field, what to do


@dataclass(frozen=True)
class Parts:
    """Every record that is valid by itself, and the file it stands in by kind and id."""

    models: Mapping[str, MaturityModel]
    practices: Mapping[str, Practice]
    facts: Mapping[str, Fact]
    target: TargetRules | None
    thresholds: Thresholds | None
    capabilities: Mapping[str, Capability]
    tools: Mapping[str, Tool]
    sources: Mapping[str, Source]
    entries: Mapping[str, Entry]
    families: Mapping[str, Family]
    pages: Mapping[str, PageOf]
    declined: Mapping[str, Declined]
    words: WordsFile | None
    known: Mapping[Kind, frozenset[str] | None]  # ids, invalid records included; None when a file is unreadable
    records: Mapping[Kind, Mapping[str, Raw]]

    def at(self, kind: Kind, name: str, field: str) -> tuple[str, str]:
        """Give the file in which a field of a record was last written, and its path in that file."""
        raw = self.records[kind][name]
        return raw.file_of(field), f"{raw.path}.{field}" if raw.path else field


def unknown(parts: Parts, kind: Kind, names: Iterable[str]) -> Iterator[str]:
    """Say what to do about every name that no record of this kind has."""
    known = parts.known[kind]
    for name in names:
        if known is not None and name not in known:
            yield f"names {name}, which is not among the {kind}; add it there or correct it"


def repeated(items: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pair ids with the first id of the same title, whatever the case of its letters."""
    first: dict[str, str] = {}
    for name, title in items:
        known = first.setdefault(title.casefold(), name)
        if known != name:
            yield name, known
