"""What an operator may set, and that all mistakes are told at once, with the way out and without the secret."""

import os
from pathlib import Path

import pytest

from bot.settings import SettingsError, is_loopback, read_settings

GOOD = {"SLACK_BOT_TOKEN": "xoxb-made-up", "SLACK_APP_TOKEN": "xapp-made-up"}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of whoever runs the tests."""
    for name in os.environ:
        if name.startswith("SLACK_") or name in ("DATABASE_URL", "KNOWLEDGE_PATH", "LOG_LEVEL"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def set_all(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in (GOOD | values).items():
        monkeypatch.setenv(name, value)


def problems() -> tuple[str, ...]:
    with pytest.raises(SettingsError) as refused:
        read_settings()
    return refused.value.problems


def test_two_tokens_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch)

    settings = read_settings()

    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url.startswith("sqlite:////")
    assert settings.database_url.endswith("/maturity.db")
    assert settings.log_level == "INFO"
    assert settings.knowledge_path is None
    assert not settings.local


def test_settings_are_read_from_a_file_named_env(tmp_path: Path) -> None:
    lines = [*(f"{name}={value}" for name, value in GOOD.items()), "LOG_LEVEL=debug", "EDITOR=vi"]
    (tmp_path / ".env").write_text("\n".join(lines), encoding="utf-8")

    assert read_settings().log_level == "DEBUG"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=DEBUG\n", encoding="utf-8")
    set_all(monkeypatch, LOG_LEVEL="ERROR")

    assert read_settings().log_level == "ERROR"


def test_all_problems_are_told_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xapp-swapped-secret")
    monkeypatch.setenv("SLACK_APP_TOKEN", "")
    monkeypatch.setenv("SLACK_API_URL", "http://slack.example/api/")
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/maturity")
    monkeypatch.setenv("KNOWLEDGE_PATH", str(tmp_path / "nowhere"))
    monkeypatch.setenv("LOG_LEVEL", "loud")

    told = problems()

    assert [line.split()[0] for line in told] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_API_URL",
        "DATABASE_URL",
        "KNOWLEDGE_PATH",
        "LOG_LEVEL",
    ]


def test_a_missing_app_token_says_that_http_comes_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-made-up")

    (told,) = problems()

    assert told.startswith("SLACK_APP_TOKEN is not set: create an app-level token (xapp-...)")
    assert "over HTTP without it comes in a later version" in told


@pytest.mark.parametrize(("name", "prefix"), [("SLACK_BOT_TOKEN", "xoxb-"), ("SLACK_APP_TOKEN", "xapp-")])
def test_a_wrong_token_is_named_but_never_shown(monkeypatch: pytest.MonkeyPatch, name: str, prefix: str) -> None:
    set_all(monkeypatch, **{name: "hunter2-made-up"})

    (told,) = problems()

    assert told.startswith(f"{name} must begin with {prefix}: ")
    assert "hunter2" not in told


def test_tokens_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch)

    assert "made-up" not in repr(read_settings())


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://slack.example/api", "https://slack.example/api/"),
        ("http://127.0.0.1:8765/api/", "http://127.0.0.1:8765/api/"),
        ("http://localhost:8765/api", "http://localhost:8765/api/"),
        ("http://[::1]:8765/api/", "http://[::1]:8765/api/"),
    ],
)
def test_slack_may_be_anywhere_by_https_and_here_by_http(monkeypatch: pytest.MonkeyPatch, url: str, kept: str) -> None:
    set_all(monkeypatch, SLACK_API_URL=url)

    assert read_settings().slack_api_url == kept


@pytest.mark.parametrize("url", ["http://10.0.0.1/api/", "ftp://127.0.0.1/", "slack.com/api", "https://", "nonsense"])
def test_a_token_is_never_sent_in_the_open(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    set_all(monkeypatch, SLACK_API_URL=url)

    (told,) = problems()

    assert told.startswith("SLACK_API_URL must be an https address, or http on this machine")


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:1/", True),
        ("http://127.9.9.9/", True),
        ("http://localhost/", True),
        ("http://localhost.example/", False),
        ("https://slack.com/api/", False),
        ("http://127.0.0.1.example/", False),
    ],
)
def test_only_this_machine_is_loopback(url: str, here: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_loopback(url) is here


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "mysql://x/y", "maturity.db"])
def test_only_a_sqlite_file_will_do(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    set_all(monkeypatch, DATABASE_URL=url)

    (told,) = problems()

    assert told.startswith("DATABASE_URL must name a SQLite file, as in sqlite:///maturity.db")
