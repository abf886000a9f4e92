"""That files are on their way into a thread, or do not come."""

from bot.blocks import Message, message, section
from bot.naming import several
from bot.speak_answers import permalink
from bot.words import Words
from dialogs import result_screens as x

KIND_NAMES: dict[x.ExportKind, str] = {"markdown": "Markdown", "csv": "CSV", "json": "JSON", "html": "a page (HTML)"}


def files_coming(screen: x.FilesComing, words: Words, workspace_url: str) -> Message:
    """Which files come, and where."""
    files = several([KIND_NAMES[kind] for kind in screen.kinds])
    where = permalink(workspace_url, screen.state)
    return message(section(words("files.coming", subject=screen.state.subject, files=files, link=where)))


def files_refused(screen: x.FilesRefused, words: Words) -> Message:
    """Why no files come, and the way out."""
    if screen.error == "missing_scope":
        return message(section(words("files.refused_scope")))
    return message(section(words("files.refused", error=screen.error)))
