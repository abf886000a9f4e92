"""Commands about what the bot owes Slack: `status`, `outbox retry` and `outbox drop`."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import click

from bot.cli_failing import fail, in_one_line

if TYPE_CHECKING:
    import datetime as dt

T = TypeVar("T")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write it as JSON.")
def status(*, as_json: bool) -> None:
    """Show what the bot owes Slack: what waits, what is stuck, and what was given up in the last week."""
    import json

    from bot.stuck import as_lines, read_status

    found = _run(read_status)
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(as_lines(found)))


@click.group()
def outbox() -> None:
    """Try stuck messages again, or drop them; `maturity-bot status` lists their keys."""


@outbox.command()
@click.argument("key", required=False)
@click.option("--all", "everything", is_flag=True, help="All that wait; what was given up only by its key.")
def retry(key: str | None, *, everything: bool) -> None:
    """Try the message KEY at once, even one that was given up; what may be in Slack is looked for first."""
    from bot.stuck import retry

    if (key is None) != everything:
        fail(["give either a key, as `maturity-bot status` lists them, or --all"], 2)
    click.echo(_run(lambda url, now: retry(url, key, now)))


@outbox.command()
@click.argument("key")
def drop(key: str) -> None:
    """Give the message KEY up: it will not be sent, and what waits behind it goes on."""
    from bot.stuck import drop

    click.echo(_run(lambda url, now: drop(url, key, now)))


def _run(work: "Callable[[str, dt.datetime], Awaitable[T]]") -> T:
    """Run it on the configured database as of now; a line and an exit code for what is wrong."""
    from bot.rehearsal import time_source
    from bot.settings import read_local_settings
    from bot.stuck import OutboxProblem

    async def running(url: str, now: "dt.datetime") -> T:
        return await work(url, now)

    with in_one_line(OutboxProblem):
        settings = read_local_settings()
        return asyncio.run(running(settings.database_url, time_source(settings.clock_file)()))


def register(group: click.Group) -> None:
    """Add these commands to the command line."""
    group.add_command(status)
    group.add_command(outbox)
