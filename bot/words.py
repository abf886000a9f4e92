"""The words: sentences from `dialogs/words/`, filled in with everything escaped that is not our own markup.

A template holds named blocks; `words("question.head", title=...)` gives the block `head` of `question.md.j2`.
A missing variable is an error, and every error says which words were being filled in.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2

import dialogs
from bot.mrkdwn import Mrkdwn, escape
from knowledge.library import Library

FOLDER = Path(dialogs.__file__).parent / "words"
_SUFFIX = ".md.j2"


def _finalize(value: object) -> str:
    """Escape whatever a template puts out; None is a mistake of ours and must not be shown."""
    if value is None:
        raise TypeError("a template puts out None; give the words what they need")
    return escape(value if isinstance(value, str) else str(value))


def environment(folder: Path = FOLDER) -> jinja2.Environment:
    """Build the environment that all words are filled in with."""
    made = jinja2.Environment(  # noqa: S701 - HTML escapes are wrong in Slack; `_finalize` escapes instead
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.filters |= {"count": count}
    return made


def count(number: int, one: str, several: str | None = None) -> str:
    """Say a number with what it counts: "1 question", "3 questions"."""
    return f"{number} {one if number == 1 else several or one + 's'}"


class Words:
    """All sentences of the bot, and the library they talk about. Built once; a template is compiled when first used."""

    def __init__(self, library: Library, folder: Path = FOLDER) -> None:
        self.library = library
        self._environment = environment(folder)
        self._templates: dict[str, jinja2.Template] = {}

    def __call__(self, name: str, /, **given: Any) -> Mrkdwn:  # noqa: ANN401 - whatever a template shows
        """Fill in the block `TEMPLATE.BLOCK`; KeyError if there is none, jinja2's errors for mistakes in it."""
        template, _, block = name.partition(".")
        try:
            found = self._templates.get(template) or self._compiled(template)
            return Mrkdwn("".join(found.blocks[block](found.new_context(given))).strip())
        except Exception as error:
            error.add_note(f"while filling in the words {name!r}")
            raise

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that can be filled in; compiles every template."""
        found = self._environment.list_templates(filter_func=lambda name: name.endswith(_SUFFIX))
        stems = [name.removesuffix(_SUFFIX) for name in found]
        return frozenset(f"{stem}.{block}" for stem in stems for block in self._compiled(stem).blocks)

    def _compiled(self, template: str) -> jinja2.Template:
        """Compile a template; KeyError if there is none."""
        try:
            found = self._environment.get_template(template + _SUFFIX)
        except jinja2.TemplateNotFound:
            raise KeyError(template) from None
        self._templates[template] = found
        return found
