"""What the files of the command line share."""

import sys
from collections.abc import Iterable
from typing import NoReturn

import click


def fail(problems: Iterable[str], code: int = 1) -> NoReturn:
    """Say what is wrong, a line each on standard error, and leave."""
    for problem in problems:
        click.echo(problem, err=True)
    sys.exit(code)
