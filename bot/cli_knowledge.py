"""Commands that need no database and no Slack: check, score, ask and replay."""

import asyncio
import sys
from pathlib import Path

import click

from bot.cli_failing import fail


@click.command()
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
        _ = Words(library).names  # compiles every template
    except ContentError as error:
        fail(error.problems)
    found = findings(library, Index(library), dt.datetime.now(dt.UTC).date(), shipped=folder is None)
    for doubt in found.doubts:
        click.echo(f"look at: {doubt}")
    if found.problems:
        fail(found.problems)
    told = f"{len(library.asked())} practices to ask, {len(library.tools)} tools, {len(library.entries)} answers"
    click.echo(f"All well: {told}, content version {library.version}.")


@click.command()
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


@click.command()
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


@click.command()
@click.argument("transcript", type=click.Path(path_type=Path))
def replay(transcript: Path) -> None:
    """Play a written conversation, TRANSCRIPT.yml, in the terminal with no Slack, and show what would differ.

    It is a list of steps. What people do, and what is to be seen then:

    \b
      - Ana commands: /maturity start fraud model
      - Ana clicks: Fill in the facts           (within: text of the button's message)
      - Ana submits: {use_cases: "3"}           (or: Ana closes: the form)
      - Ben says: partly, only the card team    (or: Ben mentions: why?)
      - time passes: 3 days
      - last is: 2 of about                     (not: true turns a look around)
      - Ana privately sees: The assessment of

    The other looks are: all see, nobody sees, last but one is, silence, recorded and phase.
    """  # noqa: D301 - click's own mark for lines that are not wrapped
    from bot.replay import replay as play
    from bot.replay_steps import TranscriptProblem
    from bot.settings import SettingsError, read_local_settings
    from knowledge.library import ContentError

    try:
        well = asyncio.run(play(transcript, read_local_settings().knowledge_path, click.echo))
    except SettingsError as error:
        fail(error.problems, 2)
    except (ContentError, TranscriptProblem) as error:
        fail(error.problems)
    sys.exit(0 if well else 1)
