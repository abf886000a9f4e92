"""The app's manifest: beside the packages in a checkout, inside `bot/` in the wheel."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml


class ManifestMissing(Exception):  # noqa: N818 - a situation
    """No manifest was found; the installation is not whole."""


def manifest_path() -> Path:
    """Where the manifest is; ManifestMissing with the way out."""
    here = Path(__file__).parent
    for path in (here / "manifest.yml", here.parent / "manifest.yml"):
        if path.is_file():
            return path
    raise ManifestMissing("manifest.yml is missing; install the package again, or fetch the file from the repository")


def read_manifest() -> Mapping[str, Any]:
    """The manifest as data."""
    data: Mapping[str, Any] = yaml.safe_load(manifest_path().read_text(encoding="utf-8"))
    return data


def bot_scopes() -> tuple[str, ...]:
    """The scopes that the manifest asks for."""
    return tuple(read_manifest()["oauth_config"]["scopes"]["bot"])
