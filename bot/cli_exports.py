"""Commands that carry a subject elsewhere: `export` writes it as files, `import` takes its JSON in."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli_failing import fail, in_one_line

if TYPE_CHECKING:
    from bot.export_command import Made

_FORMATS = ("markdown", "csv", "json", "html", "all")
_DATABASE = click.option("--database", metavar="URL", help="As in sqlite:///maturity.db; by default DATABASE_URL.")


@click.command()
@click.argument("subject")
@click.option("--channel", metavar="NAME_OR_ID", help="Where it was assessed, if that was in several channels.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="markdown", show_default=True)
@click.option("--output", metavar="FILE|DIR|-", help="By default standard output; for all formats this folder.")
@click.option("--force", is_flag=True, help="Overwrite files.")
@_DATABASE
@click.option("--json", "as_json", is_flag=True, help="Say as JSON what was written; the files then go to a folder.")
def export(
    subject: str,
    channel: str | None,
    form: str,
    output: str | None,
    database: str | None,
    *,
    force: bool,
    as_json: bool,
) -> None:
    """Write what is kept of SUBJECT as files: a report to paste, a table, everything as JSON, a page with pictures."""
    import json

    from bot.export_command import CarryingProblem, place_of, written

    several = form == "all"
    if output == "-" and (several or as_json):
        fail(["standard output takes one file and nothing else; name a folder with --output DIR"], 2)
    with in_one_line(CarryingProblem):
        made = _made(subject, channel, form, database)
        place = place_of(output, several=several or as_json)
        paths = written(made.files, place, overwrite=force) if place is not None else ()
    for remark in made.remarks:
        click.echo(remark, err=True)
    if place is None:
        click.echo(made.files[0].text.encode(), nl=False)
    elif as_json:
        click.echo(json.dumps({**made.about, "files": [str(path) for path in paths]}, ensure_ascii=False))
    else:
        click.echo("\n".join(f"{path}: {file.title}" for path, file in zip(paths, made.files, strict=True)))


def _made(subject: str, channel: str | None, form: str, database: str | None) -> "Made":
    """The files asked for; content that cannot be used leaves with a line for each problem."""
    from bot.export_command import make_files
    from bot.export_files import KINDS
    from bot.settings import read_local_settings
    from knowledge.library import ContentError, load_library

    settings = read_local_settings()
    try:
        library = load_library(overlay=settings.knowledge_path)
    except ContentError as error:
        fail(error.problems)
    kinds = [kind for kind in KINDS if form in (kind, "all")]
    return asyncio.run(make_files(database or settings.database_url, library, subject, channel, kinds))


@click.command("import")
@click.argument("file")
@click.option("--channel", metavar="ID", help="The channel to put it in; by default the one it came from.")
@click.option("--workspace", metavar="ID", help="Likewise the workspace.")
@_DATABASE
@click.option("--json", "as_json", is_flag=True, help="Say as JSON what was taken in.")
def restore_subject(
    file: str, channel: str | None, workspace: str | None, database: str | None, *, as_json: bool
) -> None:
    """Take in a subject from FILE, the JSON of `export`, or `-` for standard input; all of it, or nothing."""
    import json

    from bot.export_command import CarryingProblem, as_line, take_in_file
    from bot.settings import read_local_settings
    from storage.importing import ImportProblem

    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        fail([f"{file}: cannot be read ({error.strerror}); name a JSON file, or - for standard input"])
    with in_one_line(CarryingProblem, ImportProblem):
        url = database or read_local_settings().database_url
        taken = asyncio.run(take_in_file(url, raw, workspace, channel))
    click.echo(json.dumps(taken._asdict(), ensure_ascii=False) if as_json else as_line(taken))


def register(group: click.Group) -> None:
    """Add these commands to the command line."""
    group.add_command(export)
    group.add_command(restore_subject)
