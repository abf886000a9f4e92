"""What the app's manifest allows it to do here."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class SlashCommand:
    """One slash command as the manifest declares it."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True)
class Shortcut:
    """One shortcut as the manifest declares it; `kind` is where it stands: at each `message`, or `global`."""

    name: str
    kind: str
    callback_id: str
    description: str


@dataclass(frozen=True)
class Agent:
    """What `features.agent_view` says: what the app is for, and prompts, [{title, message}], to begin with."""

    description: str
    prompts: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Manifest:
    """The parts of an app manifest that a workspace enforces."""

    name: str
    scopes: frozenset[str]
    commands: tuple[SlashCommand, ...]
    shortcuts: tuple[Shortcut, ...]
    bot_events: frozenset[str]
    interactivity: bool
    home_tab: bool
    messages_tab: bool
    agent: Agent | None

    def command(self, word: str) -> SlashCommand | None:
        """Give the declared command, such as `/maturity`, or None."""
        return next((each for each in self.commands if each.command == word), None)

    def shortcuts_of(self, kind: str) -> tuple[Shortcut, ...]:
        """Give the shortcuts that stand in the menu of every `message`, or the `global` ones."""
        return tuple(each for each in self.shortcuts if each.kind == kind)


def read_manifest(source: Mapping[str, Any] | Path) -> Manifest:
    """Read a manifest given as a mapping or as the path of its YAML file."""
    raw = yaml.safe_load(source.read_text(encoding="utf-8")) if isinstance(source, Path) else source
    features, settings = raw.get("features") or {}, raw.get("settings") or {}
    home = features.get("app_home") or {}
    return Manifest(
        name=(features.get("bot_user") or {}).get("display_name") or raw["display_information"]["name"],
        scopes=frozenset(((raw.get("oauth_config") or {}).get("scopes") or {}).get("bot") or ()),
        commands=tuple(_command(each) for each in features.get("slash_commands") or ()),
        shortcuts=tuple(_shortcut(each) for each in features.get("shortcuts") or ()),
        bot_events=frozenset((settings.get("event_subscriptions") or {}).get("bot_events") or ()),
        interactivity=bool((settings.get("interactivity") or {}).get("is_enabled")),
        home_tab=bool(home.get("home_tab_enabled")),
        messages_tab=bool(home.get("messages_tab_enabled", True)),
        agent=_agent(features["agent_view"]) if "agent_view" in features else None,
    )


def _agent(raw: Mapping[str, Any] | None) -> Agent:
    told = raw or {}
    return Agent(told.get("agent_description", ""), tuple(dict(each) for each in told.get("suggested_prompts") or ()))


def _command(raw: Mapping[str, Any]) -> SlashCommand:
    return SlashCommand(
        command=raw["command"],
        description=raw.get("description", ""),
        usage_hint=raw.get("usage_hint", ""),
        should_escape=bool(raw.get("should_escape")),
    )


def _shortcut(raw: Mapping[str, Any]) -> Shortcut:
    return Shortcut(
        name=raw["name"],
        kind=raw["type"],
        callback_id=raw["callback_id"],
        description=raw.get("description", ""),
    )
