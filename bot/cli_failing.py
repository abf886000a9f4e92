"""What the files of the command line share."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import click


@contextmanager
def in_one_line(*situations: type[Exception]) -> Iterator[None]:
    """Tell settings or a database that cannot be used, and these situations, a line each; settings leave with 2."""
    from bot.settings import SettingsError
    from storage.database import DatabaseProblem

    try:
        yield
    except SettingsError as error:
        fail(error.problems, 2)
    except DatabaseProblem as problem:
        fail([str(problem)])
    except situations as problem:
        fail([str(problem)])


def fail(problems: Iterable[str], code: int = 1) -> NoReturn:
    """Say what is wrong, a line each on standard error, and leave."""
    for problem in problems:
        click.echo(problem, err=True)
    sys.exit(code)
