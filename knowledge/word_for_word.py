"""Questions that are one of our phrasings word for word, names aside."""

from collections.abc import Sequence

from knowledge.mentions import Unit
from knowledge.phrasings import DECLINED, Phrasing, Reader


class WordForWord:
    """Knows every phrasing by its tokens, except those that several topics share and those to decline."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        topics: dict[tuple[str, ...], set[str]] = {}
        for each in reader.phrasings:
            topics.setdefault(each.tokens, set()).add(each.topic)
        self._by_tokens: dict[tuple[str, ...], Phrasing] = {}
        for each in reader.phrasings:
            if len(topics[each.tokens]) == 1 and not each.topic.startswith(DECLINED):
                self._by_tokens.setdefault(each.tokens, each)

    def phrasing(self, units: Sequence[Unit]) -> Phrasing | None:
        """Give the phrasing that these units are, or None.

        None too where a narrower entry has it: "drift" and "skew" read alike there, so words must be compared closely.
        """
        as_named = self._by_tokens.get(tuple(unit.token for unit in units))
        if as_named and as_named.entry not in (None, as_named.topic):
            return None
        if as_named and len(units) > 1:
            return as_named
        return self._by_tokens.get(self._reader.asked(units))
