"""Commands for whoever runs the bot: questions, reminders, clock, doctor, health, backup and restore."""

import asyncio
import sys
from pathlib import Path

import click

from bot.cli_failing import fail, in_one_line


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write both lists as JSON.")
def questions(*, as_json: bool) -> None:
    """List what people asked and nothing answered, most asked first, and which answers did not help."""
    import json

    from bot.curating import as_lines, read_questions
    from bot.settings import read_local_settings

    with in_one_line():
        found = asyncio.run(read_questions(read_local_settings().database_url))
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(as_lines(found)))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write the list as JSON.")
def reminders(*, as_json: bool) -> None:
    """List the reassessment reminders: what is due when, and in whose time."""
    import json

    from bot.rehearsal import time_source
    from bot.settings import read_local_settings
    from bot.upcoming import as_lines, read_reminders

    with in_one_line():
        settings = read_local_settings()
        found = asyncio.run(read_reminders(settings.database_url))
    now = time_source(settings.clock_file)()
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(as_lines(found, now)))


@click.command()
@click.argument("move", required=False)
def clock(move: str | None) -> None:
    """Show the clock of a rehearsal, or MOVE it ahead: +3d, +2w, 2027-03-01T09:59, or now for the real time.

    Works where CLOCK_FILE is set; a running bot with the same setting follows at once.
    """
    import datetime as dt

    from bot.rehearsal import ClockProblem, RehearsalClock, seconds_ahead
    from bot.settings import read_local_settings

    with in_one_line(ClockProblem):
        settings = read_local_settings()
        if settings.clock_file is None:
            fail(["CLOCK_FILE is not set, so the real time holds; set it for a rehearsal, here and for the bot"], 2)
        source = RehearsalClock(settings.clock_file)
        if move is not None:
            real = dt.datetime.now(dt.UTC)
            source.set_ahead(seconds_ahead(move, real, source.ahead, settings.time_zone))
    click.echo(f"{source():%a %Y-%m-%d %H:%M} UTC, {dt.timedelta(seconds=round(source.ahead))} ahead of the real time")


@click.command()
def doctor() -> None:
    """Check Python, SQLite, settings, tokens, scopes, membership and database; say what to do."""
    from bot.doctor import examine

    findings = asyncio.run(examine())
    for finding in findings:
        click.echo(str(finding))
    sys.exit(0 if all(finding.well for finding in findings) else 1)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write the findings as JSON.")
def health(*, as_json: bool) -> None:
    """Say how the running bot is, by the sign that it leaves beside its database; the exit code is 0 if all is well."""
    import datetime as dt
    import json

    from bot.health import health_file, judge, read_beat
    from bot.settings import read_local_settings

    with in_one_line():
        beat = read_beat(health_file(read_local_settings().database_url))
    aspects = judge(beat, dt.datetime.now(dt.UTC))
    well = all(aspect.well for aspect in aspects)
    if as_json:
        click.echo(json.dumps({"well": well, "aspects": [aspect._asdict() for aspect in aspects]}, ensure_ascii=False))
    else:
        click.echo("\n".join(map(str, aspects)))
    sys.exit(0 if well else 1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite FILE.")
@click.option("--json", "as_json", is_flag=True, help="Say as JSON what the copy holds.")
def backup(file: Path, *, force: bool, as_json: bool) -> None:
    """Copy the database to FILE while the bot runs; the copy is whole, and one file."""
    import json

    from bot.backup import as_line, take_backup
    from bot.settings import read_local_settings

    with in_one_line():
        taken = take_backup(read_local_settings().database_url, file, overwrite=force)
    click.echo(json.dumps(taken, ensure_ascii=False) if as_json else as_line(taken))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put the copy in FILE in the place of the database, whose content is kept beside it; the bot must be stopped."""
    from bot.backup import restore_backup
    from bot.settings import read_local_settings

    with in_one_line():
        lines = restore_backup(read_local_settings().database_url, file)
    click.echo("\n".join(lines))
