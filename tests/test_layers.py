"""The house has one direction: bot -> storage -> dialogs -> knowledge; the sandbox knows nothing of ours."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("knowledge", "dialogs", "storage", "bot")
# Who alone may import what, by folder or file.
ONLY_IN = {
    "slack_bolt": ("bot/",),
    "slack_sdk": ("bot/",),
    "aiohttp": ("bot/",),
    "sqlite_utils": ("knowledge/lean_sqlite_utils.py",),
    "knowledge.lean_sqlite_utils": ("storage/", "knowledge/search.py"),
    "matplotlib": ("bot/chart_",),
    "numpy": ("bot/chart_",),
    "PIL": ("bot/chart_",),
    "rapidfuzz": ("knowledge/wording.py",),
    "snowballstemmer": ("knowledge/wording.py",),
    "sqlite3": ("storage/", "bot/doctor.py"),
    "click": ("bot/cli.py", "bot/cli_"),
    "time": ("bot/", "storage/"),
    "random": ("bot/",),
    "socket": ("bot/",),
    "asyncio": ("bot/", "storage/"),
    "os": ("bot/",),
}


def python_files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_those_below_it(layer: str) -> None:
    above = LAYERS[LAYERS.index(layer) + 1 :]

    wrong = [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in python_files(layer)
        for module in imported(file)
        if module.split(".")[0] in above
    ]

    assert wrong == []


def test_the_local_workspace_imports_nothing_of_ours_but_itself() -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in python_files("bot/sandbox")
        for module in imported(file)
        if module.split(".")[0] in (*LAYERS, "slack_sdk", "slack_bolt") and not module.startswith("bot.sandbox")
    ]

    assert wrong == []


@pytest.mark.parametrize("module", ONLY_IN)
def test_a_library_is_used_only_where_it_belongs(module: str) -> None:
    wrong = [
        str(file.relative_to(ROOT))
        for layer in LAYERS
        for file in python_files(layer)
        if any(module in (name, name.split(".")[0]) for name in imported(file))
        and not str(file.relative_to(ROOT)).startswith(ONLY_IN[module])
    ]

    assert wrong == []


def test_the_core_never_reads_the_clock() -> None:
    """No `now`, no `today`: time comes in with the event."""
    wrong = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for layer in ("knowledge", "dialogs", "storage")
        for file in python_files(layer)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today")
    ]

    assert wrong == []


def test_no_file_outgrows_its_name() -> None:
    """Code files stay under 250 lines; the vocabulary pages are one page each on purpose."""
    long = {
        str(file.relative_to(ROOT)): lines
        for layer in LAYERS
        for file in python_files(layer)
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > 250
    }

    # The vocabularies stand on one page each, however long it is.
    vocabularies = {f"dialogs/{name}.py" for name in ("screens", "effects", "events")}
    assert set(long) <= vocabularies | {"knowledge/content.py"}
