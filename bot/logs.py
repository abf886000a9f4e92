"""The log on standard error: a line of text or one JSON object per entry, and never a token in it."""

import datetime as dt
import json
import logging
import re
import sys
from collections.abc import Iterable
from typing import Literal, TextIO

LogFormat = Literal["text", "json"]
TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# Slack's tokens (https://docs.slack.dev/authentication/tokens), and the ticket that opens a Socket Mode connection.
_TOKEN = re.compile(r"\b((?:xox[a-z](?:\.xox[a-z])?|xapp)-)[\w-]+|\b(ticket=)[^&\s\"']+")
# When debugging, these write down every word that people write; they never say more than INFO.
_TALKATIVE = ("slack_sdk", "slack_bolt", "bot.bolt")


def masked(text: str) -> str:
    """The text without what follows a token's prefix."""
    return _TOKEN.sub(lambda found: f"{found[1] or found[2]}...", text)


class Masking(logging.Filter):
    """Takes tokens out of every record: its message, its exception and its stack."""

    def __init__(self) -> None:
        super().__init__()
        self._formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without tokens."""
        record.msg, record.args = masked(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = self._formatter.formatException(record.exc_info)
        record.exc_text = masked(record.exc_text) if record.exc_text else None
        record.stack_info = masked(record.stack_info) if record.stack_info else None
        return True


class JsonLines(logging.Formatter):
    """One JSON object per record: time (ISO 8601, UTC), level, logger, message, and exception where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC)
        said = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        trace = record.exc_text or (self.formatException(record.exc_info) if record.exc_info else "")
        if trace := "\n".join(part for part in (trace, record.stack_info) if part):
            said["exception"] = trace
        return json.dumps(said, ensure_ascii=False)


def log_handler(form: LogFormat, stream: TextIO) -> logging.Handler:
    """Make the one handler: it writes the lines to `stream` and masks tokens."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if form == "json" else logging.Formatter(TEXT))
    handler.addFilter(Masking())
    return handler


def log_to_stderr(level: str, form: LogFormat) -> None:
    """Log from this level on, Python's own warnings included; libraries that quote people stay at INFO or above."""
    logging.basicConfig(level=level, handlers=[log_handler(form, sys.stderr)])
    logging.captureWarnings(capture=True)
    for library in _TALKATIVE:
        logging.getLogger(library).setLevel(max(logging.INFO, logging.getLevelName(level)))


def say_last(problems: Iterable[str], form: LogFormat) -> None:
    """Say what ended the bot: a line each, or as JSON like all others."""
    for problem in problems:
        if form == "json":
            logging.getLogger("bot").critical("%s", problem)
        else:
            sys.stderr.write(f"{problem}\n")
