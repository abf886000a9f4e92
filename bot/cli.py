"""The command line. Errors are one clear line each on standard error, with an exit code that is not zero."""

import asyncio
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import click


def fail(problems: Iterable[str], code: int = 1) -> NoReturn:
    """Say what is wrong, a line each, and leave."""
    for problem in problems:
        click.echo(problem, err=True)
    sys.exit(code)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("mlops-maturity-bot"), prog_name="maturity-bot")
def main() -> None:
    """Walk a team through an MLOps maturity assessment in Slack."""


@main.command()
def run() -> None:
    """Run the bot, connected to Slack by Socket Mode; settings come from the environment or .env."""
    import logging

    from bot.settings import SettingsError, read_settings

    try:
        settings = read_settings()
    except SettingsError as error:
        fail(error.problems, 2)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for library in ("slack_sdk", "slack_bolt", "bot.bolt"):  # when debugging these log every word that people write
        logging.getLogger(library).setLevel(max(logging.INFO, logging.getLevelName(settings.log_level)))
    from bot.running import run_bot

    if problems := asyncio.run(run_bot(settings)):
        fail(problems)


@main.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8765,
    show_default=True,
    help="Where the page is shown; the next free one if busy.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-data"),
    show_default=True,
    help="The folder that keeps the workspace and the bot's database.",
)
def demo(port: int, data: Path) -> None:
    """Try the bot in your browser: a local workspace and the very same bot; no account, no key."""
    from bot.demo import DemoProblem, run_demo

    try:
        with suppress(KeyboardInterrupt):
            asyncio.run(run_demo(port, data))
    except DemoProblem as problem:
        fail([str(problem)])


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def check(folder: Path | None) -> None:
    """Check the knowledge and the conversation files; FOLDER is a company's own content, laid over ours."""
    import datetime as dt

    from bot.words import Words
    from dialogs.script import load_script
    from knowledge.check import findings, library_of
    from knowledge.index import Index
    from knowledge.library import ContentError

    if folder is not None and not folder.is_dir():
        fail([f"{folder}: folder: is not there; name an existing folder"])
    try:
        library = library_of(folder)
        load_script(library)
        Words(library)
    except ContentError as error:
        fail(error.problems)
    found = findings(library, Index(library), dt.datetime.now(dt.UTC).date(), shipped=folder is None)
    for doubt in found.doubts:
        click.echo(f"look at: {doubt}")
    if found.problems:
        fail(found.problems)
    told = f"{len(library.asked())} practices to ask, {len(library.tools)} tools, {len(library.entries)} answers"
    click.echo(f"All well: {told}, content version {library.version}.")


@main.command()
@click.argument("file")
@click.option("--batch", is_flag=True, help="Read JSON lines, write JSON lines.")
@click.option("--json", "_json", is_flag=True, help="Accepted for symmetry: JSON is always what it prints.")
def score(file: str, *, batch: bool, _json: bool) -> None:
    """Judge answers and facts in FILE, a JSON object, or `-` for standard input; levels, target and verdicts."""
    from bot.score import run_score

    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        fail([f"{file}: cannot be read ({error.strerror}); name a JSON file, or - for standard input"])
    text = raw.decode("utf-8-sig", errors="surrogateescape")  # what is no UTF-8 is an error of its own line only
    sys.exit(run_score(text, sys.stdout, sys.stderr, batch=batch))


@main.command()
@click.argument("question", required=False)
@click.option("--why", is_flag=True, help="Also say how the question was read and decided.")
@click.option("--json", "as_json", is_flag=True, help="Write the answer as JSON.")
@click.option("--batch", metavar="FILE", help='Answer JSON lines {"q": ...} from FILE, or - for standard input.')
def ask(question: str | None, batch: str | None, *, why: bool, as_json: bool) -> None:
    """Answer QUESTION from the curated knowledge, or decline; nothing is known here about your team."""
    import datetime as dt
    import json

    from bot.ask import Terminal
    from bot.settings import SettingsError, read_local_settings
    from knowledge.library import ContentError

    if (question is None) == (batch is None):
        fail(['give a question, as in: maturity-bot ask "do we need level 4?", or --batch FILE'], 2)
    try:
        terminal = Terminal(read_local_settings().knowledge_path, dt.datetime.now(dt.UTC).date())
        lines = _lines_of(batch) if batch else []
    except (SettingsError, ContentError) as error:
        fail(error.problems)
    if batch:
        sys.exit(0 if terminal.batch(lines, sys.stdout) else 1)
    answered = terminal.answer(question or "")
    click.echo(json.dumps(answered._asdict(), ensure_ascii=False) if as_json else answered.text)
    if why:
        click.echo("\n".join(terminal.why(question or "")), err=as_json)


def _lines_of(file: str) -> list[str]:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        fail([f"{file}: cannot be read ({error.strerror}); name a file of JSON lines, or - for standard input"])
    return raw.decode("utf-8-sig", errors="replace").splitlines()


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Write both lists as JSON.")
def questions(*, as_json: bool) -> None:
    """List what people asked and nothing answered, most asked first, and which answers did not help."""
    import json

    from bot.curating import as_lines, read_questions
    from bot.settings import SettingsError, read_local_settings
    from storage.database import DatabaseProblem

    try:
        found = asyncio.run(read_questions(read_local_settings().database_url))
    except SettingsError as error:
        fail(error.problems, 2)
    except DatabaseProblem as problem:
        fail([str(problem)])
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(as_lines(found)))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Write the list as JSON.")
def reminders(*, as_json: bool) -> None:
    """List the reassessment reminders: what is due when, and in whose time."""
    import json

    from bot.house import time_source
    from bot.settings import SettingsError, read_local_settings
    from bot.upcoming import as_lines, read_reminders
    from storage.database import DatabaseProblem

    try:
        settings = read_local_settings()
        found = asyncio.run(read_reminders(settings.database_url))
    except SettingsError as error:
        fail(error.problems, 2)
    except DatabaseProblem as problem:
        fail([str(problem)])
    now = time_source(settings.clock_file)()
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(as_lines(found, now)))


@main.command()
@click.argument("move", required=False)
def clock(move: str | None) -> None:
    """Show the clock of a rehearsal, or MOVE it ahead: +3d, +2w, 2027-03-01T09:59, or now for the real time.

    Works where CLOCK_FILE is set; a running bot with the same setting follows at once.
    """
    import datetime as dt

    from bot.rehearsal import ClockProblem, RehearsalClock, seconds_ahead
    from bot.settings import SettingsError, read_local_settings

    try:
        settings = read_local_settings()
        if settings.clock_file is None:
            fail(["CLOCK_FILE is not set, so the real time holds; set it for a rehearsal, here and for the bot"], 2)
        source = RehearsalClock(settings.clock_file)
        if move is not None:
            real = dt.datetime.now(dt.UTC)
            source.set_ahead(seconds_ahead(move, real, source.ahead, settings.time_zone))
    except SettingsError as error:
        fail(error.problems, 2)
    except ClockProblem as problem:
        fail([str(problem)])
    click.echo(f"{source():%a %Y-%m-%d %H:%M} UTC, {dt.timedelta(seconds=round(source.ahead))} ahead of the real time")


@main.command()
def doctor() -> None:
    """Check Python, SQLite, settings, tokens, scopes, membership and database; say what to do."""
    from bot.doctor import examine

    findings = asyncio.run(examine())
    for finding in findings:
        click.echo(str(finding))
    sys.exit(0 if all(finding.well for finding in findings) else 1)
