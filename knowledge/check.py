"""Every problem of a content folder, for `maturity-bot check`."""

from pathlib import Path

from knowledge.library import ContentError, Library, load_library

# A folder with these is complete by itself; any other is a company's overlay on what ships.
_COMPLETE = ("models/microsoft.yml", "facts.yml", "target.yml")


def library_of(folder: Path | None = None) -> Library:
    """Read `folder` by itself if it is complete, else as an overlay on what ships; ContentError with every problem."""
    complete = folder is not None and all((folder / name).is_file() for name in _COMPLETE)
    return load_library(folder) if complete else load_library(overlay=folder)


def check(folder: Path | None = None) -> tuple[str, ...]:
    """List the problems of `folder`, each `file: field: what to do`; empty when it is good.

    Without a folder the content that ships is checked.
    """
    try:
        library_of(folder)
    except ContentError as error:
        return error.problems
    return ()
