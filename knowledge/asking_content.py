"""The shape of what questions are recognised by: curated entries, phrasings with slots, words, and what is declined."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from knowledge.content import Ask, Record, Short, Slug, Text

# The address of what an answer answers, such as "level/4/need" or "tools/compare/airflow-prefect".
Topic = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[/-][a-z0-9]+)*$", max_length=160)]
# The same with slots that a question fills: "level/{level}/need".
Pattern = Annotated[str, StringConstraints(pattern=r"^[a-z0-9{}]+(?:[/-][a-z0-9{}]+)*$", max_length=160)]

SLOT = re.compile(r"\{([a-z]+)\}")


class Entry(Record):
    """One curated answer: the verdict first, then reasons.

    The entry whose `id` is its topic is the topic's own page. Others answer a narrower question under the same
    topic: "can we skip a level?" under `levels/overview`. `asks` are ways people ask for it.
    """

    id: Topic
    topic: Topic
    title: Short  # as a question, for buttons: "Do we need level 4?"
    asks: tuple[Ask, ...] = ()
    verdict: Text
    points: tuple[Text, ...] = ()
    caution: Text | None = None  # what may have aged, or is our judgement alone
    related: tuple[Topic, ...] = ()
    reviewed_on: dt.date
    review_by: dt.date
    sources: tuple[Slug, ...] = Field(min_length=1)


class Family(Record):
    """Ways people ask for answers put together from curated fields; slots in braces are filled from the question."""

    topic: Pattern
    asks: tuple[Ask, ...] = Field(min_length=1)


class PageOf(Record):
    """What a page put together from curated fields is called, and which topics lie next to it."""

    topic: Pattern
    title: Short
    related: tuple[Pattern, ...] = ()


class Declined(Record):
    """A kind of question that nothing curated answers, though it uses words like ours."""

    kind: Slug
    asks: tuple[Ask, ...] = Field(min_length=1)


class WordsFile(Record):
    """The file `asking/words.yml`; its header explains each key."""

    written_out: Mapping[str, str]
    dropped: tuple[Short, ...]
    neutral: tuple[Short, ...]
    foreign: tuple[Short, ...]
    levels: Mapping[str, tuple[Short, ...]]
    dimensions: Mapping[str, tuple[Short, ...]]
    same: Mapping[str, tuple[Short, ...]]
