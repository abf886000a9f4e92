"""What an operator can set, by environment variable or in a file named `.env`; all mistakes are told at once."""

import datetime as dt
import ipaddress
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.zones import UnknownPlace, find_zone

SLACK_API = "https://slack.com/api/"
MOST_MONTHS = 1200

_WAY_OUT = {
    "slack_bot_token": "copy the Bot User OAuth Token (xoxb-...) from your Slack app's page OAuth & Permissions",
    "slack_app_token": (
        "create an app-level token (xapp-...) with the scope connections:write on your Slack app's page Basic"
        " Information; working over HTTP without it comes in a later version"
    ),
}


_S = TypeVar("_S", bound=BaseSettings)


class SettingsError(Exception):
    """Settings that cannot be used. `problems` holds each one as a line that names the way out."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def _token(prefix: str) -> AfterValidator:
    def check(token: SecretStr) -> SecretStr:
        if not token.get_secret_value().startswith(prefix):
            raise ValueError(f"must begin with {prefix}")
        return token

    return AfterValidator(check)


def is_loopback(url: str) -> bool:
    """Tell whether a URL points to this very machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _api_url(url: str) -> str:
    parts = urlsplit(url)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(url))):
        raise ValueError(
            f"must be an https address, or http on this machine (such as http://127.0.0.1:8765/api/), not {url!r}"
        )
    return url if url.endswith("/") else url + "/"


def _database_url(url: str) -> str:
    if not url.startswith("sqlite:///") or url == "sqlite:///":
        scheme = url.partition(":")[0] or "nothing"
        raise ValueError(
            "must name a SQLite file, as in sqlite:///maturity.db or sqlite:////var/lib/maturity.db;"
            f" {scheme} is not supported"
        )
    return url


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise ValueError(f"must be an existing folder; {path} is none")
    return path.absolute()


def _default_database() -> str:
    return f"sqlite:///{user_data_path('maturity-bot') / 'maturity.db'}"


def _channel(name: str) -> str:
    if not re.fullmatch(r"[CG][A-Z0-9]{6,}|#?[^\s#<>&|]{1,80}", name):
        raise ValueError(
            f"must be a channel's id, such as C0123456789, or its name, such as #ml-platform, not {name!r}"
        )
    return name if re.fullmatch(r"[CG][A-Z0-9]{6,}", name) else f"#{name.removeprefix('#')}"


def _time_of_day(text: object) -> object:
    if isinstance(text, str):
        found = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
        if not found or int(found[1]) > 23 or int(found[2]) > 59:  # noqa: PLR2004 - hours and minutes of a day
            raise ValueError(f"must be a time of day from 00:00 to 23:59, such as 10:00, not {text!r}")
        return dt.time(int(found[1]), int(found[2]))
    return text


def _months(text: object) -> object:
    if not str(text).isdecimal() or not 1 <= int(str(text)) <= MOST_MONTHS:
        raise ValueError(f"must be a whole number of months from 1 to {MOST_MONTHS}, such as 24, not {text!r}")
    return int(str(text))


def _switch(text: object) -> object:
    if isinstance(text, str):
        if text.casefold() not in ("true", "false"):
            raise ValueError(f"must be true or false, not {text!r}")
        return text.casefold() == "true"
    return text


def _zone(name: str) -> str:
    try:
        return find_zone(name)
    except UnknownPlace as unknown:
        raise ValueError(f"must be a time zone, such as {unknown.near}, not {name!r}") from None


DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
TimeZone = Annotated[str, AfterValidator(_zone)]
KnowledgePath = Annotated[Path, AfterValidator(_folder)]
_SOURCES = SettingsConfigDict(
    env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
)


class LocalSettings(BaseSettings):
    """What the commands need that never talk to Slack. Names in the environment are the same in capitals."""

    model_config = _SOURCES

    database_url: DatabaseUrl = _default_database()
    knowledge_path: KnowledgePath | None = None
    time_zone: TimeZone = "UTC"
    clock_file: Path | None = None


class Settings(BaseSettings):
    """The bot's settings. Names in the environment are the same in capitals."""

    model_config = _SOURCES

    slack_bot_token: Annotated[SecretStr, _token("xoxb-")]
    slack_app_token: Annotated[SecretStr, _token("xapp-")]
    slack_api_url: Annotated[str, AfterValidator(_api_url)] = SLACK_API
    database_url: DatabaseUrl = _default_database()
    knowledge_path: KnowledgePath | None = None
    remind_at: Annotated[dt.time, BeforeValidator(_time_of_day)] = dt.time(10)
    time_zone: TimeZone = "UTC"
    clock_file: Path | None = None
    retention_months: Annotated[int, BeforeValidator(_months)] | None = None
    expert_channel: Annotated[str, AfterValidator(_channel)] | None = None
    agent_view: Annotated[bool, BeforeValidator(_switch)] = False
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"],
        BeforeValidator(lambda level: level.upper() if isinstance(level, str) else level),
    ] = "INFO"
    log_format: Annotated[
        Literal["text", "json"],
        BeforeValidator(lambda form: form.lower() if isinstance(form, str) else form),
    ] = "text"

    @property
    def local(self) -> bool:
        """Whether Slack is the local workspace of `maturity-bot demo`."""
        return is_loopback(self.slack_api_url)


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings from the environment and `env_file`. SettingsError with every problem."""
    return _read(Settings, env_file)


def read_local_settings(env_file: Path | None = Path(".env")) -> LocalSettings:
    """Read only what is needed without Slack. SettingsError with every problem."""
    return _read(LocalSettings, env_file)


def _read(model: type[_S], env_file: Path | None) -> _S:
    try:
        return model(_env_file=env_file)
    except ValidationError as refused:
        raise SettingsError(_problem(error) for error in refused.errors(include_input=False)) from None


def _problem(error: ErrorDetails) -> str:
    field = str(error["loc"][0])
    way_out = f": {_WAY_OUT[field]}" if field in _WAY_OUT else ""
    if error["type"] == "missing":
        return f"{field.upper()} is not set{way_out}"
    if error["type"] == "literal_error":
        return f"{field.upper()} must be one of {error['ctx']['expected']}"
    return f"{field.upper()} {error['msg'].removeprefix('Value error, ')}{way_out}"
