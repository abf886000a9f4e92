"""The command line. Errors are one clear line each on standard error, with an exit code that is not zero."""

import asyncio
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import click

from bot import cli_exports, cli_knowledge, cli_operations, cli_outbox
from bot.cli_failing import fail


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("mlops-maturity-bot"), prog_name="maturity-bot")
def main() -> None:
    """Walk a team through an MLOps maturity assessment in Slack."""


@main.command()
def run() -> None:
    """Run the bot, connected to Slack by Socket Mode; settings come from the environment or .env."""
    from bot.logs import log_to_stderr, say_last
    from bot.settings import SettingsError, read_settings

    try:
        settings = read_settings()
    except SettingsError as error:
        fail(error.problems, 2)
    log_to_stderr(settings.log_level, settings.log_format)
    from bot.running import run_bot

    if problems := asyncio.run(run_bot(settings)):
        say_last(problems, settings.log_format)
        sys.exit(1)


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
@click.option("--seed", is_flag=True, help="Fill an unused folder with three example teams and two years of history.")
def demo(port: int, data: Path, *, seed: bool) -> None:
    """Try the bot in your browser: a local workspace and the very same bot; no account, no key."""
    from bot.demo import DemoProblem, run_demo

    try:
        with suppress(KeyboardInterrupt):
            asyncio.run(run_demo(port, data, seed=seed))
    except DemoProblem as problem:
        fail([str(problem)])


for command in (
    cli_knowledge.check,
    cli_knowledge.score,
    cli_knowledge.ask,
    cli_knowledge.replay,
    cli_operations.questions,
    cli_operations.reminders,
    cli_operations.clock,
    cli_operations.doctor,
    cli_operations.health,
    cli_operations.backup,
    cli_operations.restore,
):
    main.add_command(command)
cli_outbox.register(main)
cli_exports.register(main)
