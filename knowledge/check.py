"""Every problem of a content folder, for `maturity-bot check`."""

from pathlib import Path

from knowledge.library import ContentError, load_library

# A folder with these is complete by itself; any other is a company's overlay on what ships.
_COMPLETE = ("models/microsoft.yml", "facts.yml", "target.yml")


def check(folder: Path | None = None) -> tuple[str, ...]:
    """List the problems of `folder`, each `file: field: what to do`; empty when it is good.

    Without a folder the content that ships is checked. An incomplete folder is checked as an overlay.
    """
    complete = folder is not None and all((folder / name).is_file() for name in _COMPLETE)
    try:
        load_library(folder) if complete else load_library(overlay=folder)
    except ContentError as error:
        return error.problems
    return ()
